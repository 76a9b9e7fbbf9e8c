# <scripts.equations>
# <scripts.noise_of_unit>
def world(held):
    """<scripts.world>

    <scripts.held>
    """
    slopes, constants, loadings = B.copy(), intercepts.copy(), np.diag(sds)
    for name, value in held.items():
        i = NAMES.index(name)
        slopes[i] = 0.0
        if isinstance(value, dict):
            other = world(value)
            constants[i], loadings[i] = other[0][i], other[1][i]
        else:
            constants[i], loadings[i] = value, 0.0
    for i in range(len(NAMES)):
        constants[i] += slopes[i] @ constants
        loadings[i] += slopes[i] @ loadings
    return constants, loadings


def quantity(name, held):
    """<scripts.quantity>"""
    constants, loadings = world(held)
    return constants[NAMES.index(name)], loadings[NAMES.index(name)]


def predict(quantities, facts):
    """<scripts.predict>"""
    mean, left = np.zeros(len(NAMES)), np.eye(len(NAMES))
    known = [(quantity(name, held), value) for name, held, value in facts]
    known = [(told, value) for told, value in known if told[1].any()]
    if known:
        sizes = np.array([np.linalg.norm(loadings) for (_, loadings), _ in known])
        equations = np.array([loadings for (_, loadings), _ in known]) / sizes[:, None]
        inverse = np.linalg.pinv(equations, rcond=1e-10)
        mean = inverse @ (np.array([value - constant for (constant, _), value in known]) / sizes)
        left = left - inverse @ equations
    asked = [quantity(name, held) for name, held in quantities]
    rests = [loadings @ left for _, loadings in asked]
    # <scripts.rounding>
    rests = [rest * (np.linalg.norm(rest) > 1e-10 * np.linalg.norm(own)) for rest, (_, own) in zip(rests, asked)]
    return [float(constant + loadings @ mean) for constant, loadings in asked], rests
