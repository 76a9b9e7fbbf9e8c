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
