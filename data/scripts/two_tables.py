def vertices(table):
    """<scripts.vertices>"""
    A, b = marginals(table)
    firsts = np.cumsum([0] + [len(row) for row in ROWS[table].values()])[1:-1]
    A, b = np.delete(A, firsts, axis=0), np.delete(b, firsts)  # <scripts.nothing_new>
    for basis in map(list, combinations(range(A.shape[1]), len(b))):
        if abs(np.linalg.det(A[:, basis])) > 0.5:
            weights = np.linalg.solve(A[:, basis], b)
            if weights.min() > -1e-13:
                q = np.zeros(A.shape[1])
                q[basis] = np.maximum(weights, 0.0)
                yield q


def ends(top, bottom):
    """<scripts.ends_of_two>"""
    first, second = ROWS
    top, bottom = top + 0 * bottom, bottom + 0 * top
    corners = list({tuple(q.round(13)): q for q in vertices(first)}.values())
    low = min(least(second, q @ top, q @ bottom) for q in corners)
    return low, -min(least(second, -(q @ top), q @ bottom) for q in corners)
