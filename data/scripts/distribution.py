def distribution(net, node, evidence):
    """<scripts.distribution>"""
    values = joint(net, [node], evidence)
    return {state: float(p) for state, p in zip(STATES[node], values / values.sum())}
