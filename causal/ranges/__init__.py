"""Pure mathematics of least and greatest values over polytopes; no causality."""
