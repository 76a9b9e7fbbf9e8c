def probability(net, event, evidence):
    """<scripts.probability>"""
    values = joint(net, list(event), evidence)
    return float(keep(values, list(event), event).sum() / values.sum())
