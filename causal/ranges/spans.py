"""Ranges as values: between which ends a number lies, and arithmetic on two of them (Moore 1966)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from causal.errors import CausalError

Array = NDArray[np.float64]
"""An array of real numbers."""

SAME_END = 1e-9
"""Ends closer than this are one value."""

Span = tuple[float, float]
"""The least and the greatest value."""


def combined(operator: str, a: Span, b: Span, by_zero: CausalError) -> Span:
    """All values that the operation can have where its sides move freely; raises ``by_zero`` where it may divide by 0.

    >>> combined("-", (0.5, 1.0), (0.25, 0.75), CausalError("by 0"))
    (-0.25, 0.75)
    """
    if operator == "+":
        return a[0] + b[0], a[1] + b[1]
    if operator == "-":
        return a[0] - b[1], a[1] - b[0]
    if operator == "/" and b[0] <= 0.0 <= b[1]:
        raise by_zero
    corners = [x / y if operator == "/" else x * y for x in a for y in b]
    return min(corners), max(corners)
