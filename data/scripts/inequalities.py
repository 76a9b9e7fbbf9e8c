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
