def mean(net, node, numbers, evidence):
    """<scripts.mean>"""
    values = joint(net, [node], evidence)
    return float(np.array(numbers) @ values / values.sum())
