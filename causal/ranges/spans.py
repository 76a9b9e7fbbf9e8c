"""Ranges as values: between which ends a number lies, and arithmetic on two of them (Moore 1966)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
"""An array of real numbers."""

SAME_END = 1e-9
"""Ends closer than this are one value."""

Span = tuple[float, float]
"""The least and the greatest value."""

Leaf = TypeVar("Leaf")
T = TypeVar("T")


class DividesByZero(ArithmeticError):
    """Something is divided by what can be 0; ``always``: by what can be nothing else."""

    def __init__(self, always: bool = False) -> None:
        super().__init__()
        self.always = always


def combined(operator: str, a: Span, b: Span) -> Span:
    """All values that the operation can have where its sides move freely. Raises DividesByZero.

    >>> combined("-", (0.5, 1.0), (0.25, 0.75))
    (-0.25, 0.75)
    """
    if operator == "+":
        return a[0] + b[0], a[1] + b[1]
    if operator == "-":
        return a[0] - b[1], a[1] - b[0]
    if operator == "/" and b[0] <= 0.0 <= b[1]:
        raise DividesByZero
    corners = [x / y if operator == "/" else x * y for x in a for y in b]
    return min(corners), max(corners)


def fold(expression: Sequence[Leaf | str], leaf: Callable[[Leaf], T], join: Callable[[str, T, T], T]) -> T:
    """Work arithmetic out that is written in postfix order: an operator joins the two results before it.

    >>> fold((5.0, 2.0, 3.0, "*", "-"), str, lambda operator, a, b: f"({a} {operator} {b})")
    '(5.0 - (2.0 * 3.0))'
    """
    done: list[T] = []
    for item in expression:
        if isinstance(item, str):
            right, left = done.pop(), done.pop()
            done.append(join(item, left, right))
        else:
            done.append(leaf(item))
    return done[0]
