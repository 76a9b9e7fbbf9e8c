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
