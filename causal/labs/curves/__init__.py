"""Fitting a curve is seeing: one cloud of points, the curves that fit it, and three worlds that all look like it."""
