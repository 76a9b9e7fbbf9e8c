"""The functions that scripts carry along, as text: written to be read by students, and short for that reason.

A script takes the parts that its question needs. STATES, TABLES, ROWS and the numbers of linear equations are written
into it by ``causal.workings.script.discrete_part`` and ``causal.workings.script.linear_part``. What is said in words
stands in the catalogue, at the key between < and >.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import wrap

from causal.words.catalogue import say

WIDTH = 119

_WORDS = re.compile(r"^# <(scripts\.\w+)>$|<(scripts\.\w+)>", re.MULTILINE)


def worded(parts: Iterable[str]) -> str:
    """These parts one after the other, in the words of the language that is spoken; a long comment takes lines."""

    def said(found: re.Match[str]) -> str:
        comment, words = found.groups()
        return "\n".join(f"# {line}" for line in wrap(say(comment), WIDTH - 2)) if comment else say(words)

    return _WORDS.sub(said, "\n\n".join(parts))


NETWORK = '''\
def cpd(name, parents, rows):
    """<scripts.cpd>"""
    states = {node: STATES[node] for node in [name, *parents]}
    sizes = [len(STATES[parent]) for parent in parents]
    return TabularCPD(name, len(STATES[name]), np.array(rows, dtype=float).T, parents, sizes, state_names=states)


def network(*cpds):
    """<scripts.network>"""
    net = DiscreteBayesianNetwork()
    net.add_nodes_from(c.variable for c in cpds)
    net.add_edges_from((parent, c.variable) for c in cpds for parent in c.variables[1:])
    net.add_cpds(*cpds)
    return net


def keep(values, nodes, allowed):
    """<scripts.keep>"""
    for axis, node in enumerate(nodes):
        if node in allowed:
            mask = np.array([float(state in allowed[node]) for state in STATES[node]])
            values = values * mask.reshape([-1 if i == axis else 1 for i in range(values.ndim)])
    return values


def joint(net, nodes, evidence):
    """<scripts.joint>"""
    elimination = VariableElimination(net)
    known, chance = {}, 1.0
    for node, states in evidence.items():
        if len(states) == 1 and node not in nodes:
            # <scripts.never_ask>
            factor = elimination.query([node], dict(known), show_progress=False)
            chance = chance * factor.values[STATES[node].index(states[0])]
            if chance == 0:
                raise SystemExit("<scripts.never_happens>")
            known[node] = states[0]
    axes = [*nodes, *(node for node in evidence if node not in known and node not in nodes)]
    factor = elimination.query(axes, known, show_progress=False)
    order = [factor.variables.index(node) for node in axes]
    values = keep(chance * factor.values.transpose(order), axes, evidence)
    return values.sum(axis=tuple(range(len(nodes), len(axes))))
'''

PROBABILITY = '''\
def probability(net, event, evidence):
    """<scripts.probability>"""
    values = joint(net, list(event), evidence)
    return float(keep(values, list(event), event).sum() / values.sum())
'''

DISTRIBUTION = '''\
def distribution(net, node, evidence):
    """<scripts.distribution>"""
    values = joint(net, [node], evidence)
    return {state: float(p) for state, p in zip(STATES[node], values / values.sum())}
'''

MEAN = '''\
def mean(net, node, numbers, evidence):
    """<scripts.mean>"""
    values = joint(net, [node], evidence)
    return float(np.array(numbers) @ values / values.sum())
'''

RESPONSES = '''\
# <scripts.responses>
FUNCTIONS = {table: list(product(*rows.values())) for table, rows in ROWS.items()}
INDEPENDENT = {table: np.array([prod(p) for p in product(*(row.values() for row in rows.values()))])
               for table, rows in ROWS.items()}
for table in ROWS:
    STATES["<scripts.response_of>" + table] = FUNCTIONS[table]


def response(table):
    """<scripts.response>"""
    count = len(FUNCTIONS[table])
    return cpd("<scripts.response_of>" + table, [], [[1 / count] * count])


def responding(name, parents, table):
    """<scripts.responding>"""
    rows, answers = list(ROWS[table]), []
    for row in product(*(STATES[parent] for parent in parents)):
        for function in FUNCTIONS[table]:
            answer = function[rows.index(row)] if row in ROWS[table] else STATES[name][0]
            answers.append([float(state == answer) for state in STATES[name]])
    return cpd(name, [*parents, "<scripts.response_of>" + table], answers)


def by_response(net, event, evidence):
    """<scripts.by_response>"""
    roots = {table: "<scripts.response_of>" + table for table in ROWS if "<scripts.response_of>" + table in net.nodes}
    values = joint(net, [*event, *roots.values()], evidence)
    for table in roots:
        values = values * len(FUNCTIONS[table])
    both = keep(values, list(event), event)
    shape = [len(FUNCTIONS[table]) if table in roots else 1 for table in ROWS]
    full = np.ones([len(FUNCTIONS[table]) for table in ROWS])
    first = tuple(range(len(event)))
    return both.sum(axis=first).reshape(shape) * full, values.sum(axis=first).reshape(shape) * full


def average(values):
    """<scripts.average>"""
    for table in ROWS:
        values = INDEPENDENT[table] @ values
    return values


def marginals(table):
    """<scripts.marginals>"""
    answers = [(i, state, p) for i, row in enumerate(ROWS[table].values()) for state, p in row.items()]
    equations = [[float(function[i] == state) for function in FUNCTIONS[table]] for i, state, _ in answers]
    return np.array(equations), np.array([p for _, _, p in answers])


def least(table, top, bottom):
    """<scripts.least>"""
    A, b = marginals(table)
    scale = bottom @ INDEPENDENT[table]
    if scale == 0:
        return np.inf
    equations = np.vstack([np.column_stack([A, -b]), np.append(bottom / scale, 0.0)])
    found = linprog(np.append(top / scale, 0.0), A_eq=equations, b_eq=np.append(0 * b, 1.0), method="highs-ds",
                    options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})
    if not found.success:
        raise SystemExit("<scripts.no_solution>" + found.message)
    return found.fun
'''

ONE_TABLE = '''\
def ends(top, bottom):
    """<scripts.ends>"""
    (table,) = ROWS
    top, bottom = top + 0 * bottom, bottom + 0 * top
    return least(table, top, bottom), -least(table, -top, bottom)
'''

TWO_TABLES = '''\
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
'''

CLOSED = '''\
def told(low, high):
    """<scripts.told>"""
    return [float(low), float(high)] if high - low > 1e-9 else float(low + high) / 2
'''

WORLD = '''\
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
'''

INEQUALITIES = '''\
def inequalities(quantities, bounds, facts):
    """<scripts.inequalities>"""
    means, rests = predict(quantities, facts)
    lows, highs, spread = [], [], []
    for mean, rest, (low, high, low_counts, high_counts) in zip(means, rests, bounds):
        sd = np.linalg.norm(rest)
        if sd == 0:  # <scripts.determined>
            low_met = low_counts if abs(mean - low) <= 1e-9 * max(1.0, abs(low)) else mean > low
            high_met = high_counts if abs(mean - high) <= 1e-9 * max(1.0, abs(high)) else mean < high
            if not (low_met and high_met):
                return 0.0
        else:
            lows, highs, spread = [*lows, (low - mean) / sd], [*highs, (high - mean) / sd], [*spread, rest / sd]
    if any(low >= high for low, high in zip(lows, highs)):
        return 0.0
    if not spread:
        return 1.0
    if len(spread) == 1:
        low, high = (lows[0], highs[0]) if lows[0] <= 0 else (-highs[0], -lows[0])
        return float(norm.cdf(high) - norm.cdf(low))
    r = float(spread[0] @ spread[1])
    if r == 0:  # <scripts.independent>
        return float(np.prod([norm.sf(low) - norm.sf(high) if low > 0 else norm.cdf(high) - norm.cdf(low)
                              for low, high in zip(lows, highs)]))
    if abs(r) > 1 - 1e-14:  # <scripts.one_of_the_other>
        low, high = (lows[1], highs[1]) if r > 0 else (-highs[1], -lows[1])
        return float(max(0.0, norm.cdf(min(highs[0], high)) - norm.cdf(max(lows[0], low))))
    return float(multivariate_normal.cdf(highs, mean=[0, 0], cov=[[1, r], [r, 1]], lower_limit=lows))
'''
