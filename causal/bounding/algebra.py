"""A whole expression over response types: polynomials in unknown probabilities, and one over another.

An unknown is a functional of one block: the probability of a pattern that no given number settles. What is known has
become a coefficient already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from causal.queries.query import Number, Query, Term, fold

Unknown = tuple[int, int]
"""A block, and which of its patterns."""

Poly = Mapping[tuple[Unknown, ...], float]
"""Coefficients of products of unknowns; () is the constant."""

ONE: Poly = {(): 1.0}
MOST_PRODUCTS = 5_000


@dataclass(frozen=True, slots=True)
class Ratio:
    """top / bottom; ``bottom`` never changes its sign, and where a condition makes it 0 the ratio does not count."""

    top: Poly
    bottom: Poly = field(default_factory=lambda: ONE)


def blocks_of(ratio: Ratio) -> set[int]:
    """The blocks that a ratio depends on."""
    return {block for poly in (ratio.top, ratio.bottom) for product in poly for block, _ in product}


def constant(poly: Poly) -> float | None:
    """The number that a polynomial is, None if it depends on something."""
    return poly.get((), 0.0) if not poly.keys() - {()} else None


def plus(a: Poly, b: Poly, times: float = 1.0) -> Poly:
    """a + times b."""
    found = dict(a)
    for product, coefficient in b.items():
        found[product] = found.get(product, 0.0) + times * coefficient
    return {product: c for product, c in found.items() if c != 0.0}


def multiply(a: Poly, b: Poly) -> Poly | None:
    """a times b; None where that would have too many products to go on with."""
    if len(a) * len(b) > MOST_PRODUCTS:
        return None
    found: dict[tuple[Unknown, ...], float] = {}
    for p, c in a.items():
        for q, d in b.items():
            product = tuple(sorted(p + q))
            found[product] = found.get(product, 0.0) + c * d
    return {product: c for product, c in found.items() if c != 0.0}


def combine(query: Query, parts: Mapping[Term, Ratio]) -> Ratio | None:
    """The expression as one ratio, None where it has too many products; the caller has seen that no divisor is 0."""

    def join(operator: str, a: Ratio | None, b: Ratio | None) -> Ratio | None:
        if a is None or b is None:
            return None
        if operator == "*":
            return _ratio(multiply(a.top, b.top), multiply(a.bottom, b.bottom))
        if operator == "/":
            if a.bottom == b.bottom:
                return _ratio(a.top, b.top)
            return _ratio(multiply(a.top, b.bottom), multiply(a.bottom, b.top))
        sign = 1.0 if operator == "+" else -1.0
        if a.bottom == b.bottom:
            return Ratio(plus(a.top, b.top, sign), a.bottom)
        left, right = multiply(a.top, b.bottom), multiply(b.top, a.bottom)
        return _ratio(None if left is None or right is None else plus(left, right, sign), multiply(a.bottom, b.bottom))

    return fold(query, lambda leaf: Ratio({(): leaf.value}) if isinstance(leaf, Number) else parts[leaf], join)


def _ratio(top: Poly | None, bottom: Poly | None) -> Ratio | None:
    if top is None or bottom is None:
        return None
    if by := constant(bottom):
        return Ratio({product: c / by for product, c in top.items()})
    return Ratio(top, bottom)
