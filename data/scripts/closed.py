def told(low, high):
    """<scripts.told>"""
    return [float(low), float(high)] if high - low > 1e-9 else float(low + high) / 2
