"""The range of any arithmetic between ratios of polynomials over points of polytopes.

Parts of an expression that no polytope links are independent of each other: the range of their sum, product or quotient
is that of their ends. A part that holds together is

- one ratio, where the polynomials can be multiplied out without a polytope by itself (``causal.ranges.ratios``);
- or a product of affine functions (``causal.ranges.factored``);
- or searched by branch and bound over simplices of points (``causal.ranges.branching``);
- or, where that would take too long, told by interval arithmetic between its ratios: an outer range.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial, reduce
from math import inf, isfinite, prod
from operator import itemgetter

import numpy as np

from causal.ranges.branching import extremes, operated
from causal.ranges.factored import factored_span
from causal.ranges.polynomials import Expression, Ratio, joined, merged, number
from causal.ranges.ratios import Range, exact_range, outer_span
from causal.ranges.simplices import cubes
from causal.ranges.space import Space
from causal.ranges.spans import SAME_END, DividesByZero, Span, combined, fold

MOST_PRODUCTS = 5_000
"""Pairs of monomials that are multiplied out for one product."""

MOST_CORNERS = 4000
"""Combinations of corners that are looked at for points that attain the ends."""


class TooInvolved(DividesByZero):
    """What is divided by was seen never to be 0, but only as a whole."""


Plan = tuple[Expression | str, ...]
"""What is left to join, in postfix order: expressions that are independent of each other."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an expression: what it is, the polytopes that it reads, and how it falls apart."""

    whole: Expression
    reads: frozenset[int]
    plan: Plan


def expression_range(space: Space, expression: Expression) -> Range:
    """The range of an expression. Raises DividesByZero (TooInvolved), NeverDefined and NothingFits."""
    return _Search(space).range(expression)


class _Search:
    def __init__(self, space: Space) -> None:
        self.space = space
        self._exact = cache(partial(exact_range, space))
        self._held_together = cache(self._searched)

    def range(self, expression: Expression) -> Range:
        return self._range_of(self._sum(fold(expression, self._leaf, self._join)))

    def _range_of(self, part: _Part) -> Range:
        return fold(part.plan, self._held_together, _apart)

    def _leaf(self, ratio: Ratio) -> list[_Part]:
        return [_Part((ratio,), self.space.reads(*ratio.polynomials), ((ratio,),))]

    def _join(self, operator: str, left: list[_Part], right: list[_Part]) -> list[_Part]:
        """Two sums, each of parts that share no polytope, joined to one."""
        if operator == "*":
            return [self._joined("*", self._sum(left), self._sum(right))]
        if operator == "/":
            return [self._divided(self._sum(left), self._sum(right))]
        for part in right:
            near = [p for p in left if p.reads & part.reads or p.reads == part.reads]
            start = near or (self._leaf(number(0.0)) if operator == "-" else [])
            grown = self._joined(operator, self._sum(start), part) if start else part
            left = [*(p for p in left if p not in near), grown]
        return left

    def _sum(self, parts: list[_Part]) -> _Part:
        return reduce(partial(self._joined, "+"), parts)

    def _divided(self, one: _Part, other: _Part) -> _Part:
        below = self._range_of(other)
        if below.low <= 0.0 <= below.high:
            raise DividesByZero(always=below.low == below.high)
        if below.high < 0.0:  # denominators of ratios are positive
            minus = self._leaf(number(-1.0))[0]
            one, other = self._joined("*", minus, one), self._joined("*", minus, other)
        return self._joined("/", one, other)

    def _joined(self, operator: str, one: _Part, other: _Part) -> _Part:
        whole = joined(operator, one.whole, other.whole)
        linked = one.reads & other.reads
        return _Part(whole, one.reads | other.reads, (whole,) if linked else (*one.plan, *other.plan, operator))

    def _searched(self, expression: Expression) -> Range:
        whole = fold(expression, lambda ratio: ratio, _multiplied)
        if whole is not None and self._separate(whole) and (found := self._exact(whole)):
            return found
        if (span := factored_span(self.space, expression)) is not None:
            return Range(*span, sharp=True)
        return self._branched(expression) or self._outer(expression)

    def _separate(self, ratio: Ratio) -> bool:
        """Whether no polytope is multiplied by itself."""
        monomials = (monomial for polynomial in ratio.polynomials for monomial in polynomial.monomials)
        return all(len({self.space.forms[u].polytope for u in monomial}) == len(monomial) for monomial in monomials)

    def _branched(self, expression: Expression) -> Range | None:
        """Branch and bound over simplices; None where that would take too long."""
        covered = cubes(self.space, _ratios(expression))
        return None if covered is None else extremes(expression, covered)

    def _outer(self, expression: Expression) -> Range:
        """Interval arithmetic over the ratios' own ranges."""

        def leaf(ratio: Ratio) -> Span:
            found = self._exact(ratio)
            return outer_span(self.space, ratio) if found is None else (found.low, found.high)

        try:
            low, high = fold(expression, leaf, combined)
        except DividesByZero:
            raise TooInvolved from None
        return Range(low, high, sharp=False)


def attained(space: Space, expression: Expression, found: Range) -> Range:
    """The range with a point at each end that is attained where all polytopes are at corners."""
    ratios = _ratios(expression)
    polynomials = [p for ratio in ratios for p in ratio.polynomials]
    listed = {n: space.polytopes[n].projection(space.sums(n, polynomials)) for n in sorted(space.reads(*polynomials))}
    places = {n: corners for n, corners in listed.items() if corners is not None}
    if not places or len(places) < len(listed) or prod(map(len, places.values())) > MOST_CORNERS:
        return found
    grids = space.grids(ratios, places)
    defined = np.logical_and.reduce([bottom > 0.0 for _, bottom in grids.values()])
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = {r: np.where(defined, top / bottom, np.nan) for r, (top, bottom) in grids.items()}
    values = fold(expression, lambda r: shares[r] if r in shares else np.full(defined.shape, r.constant), operated)
    points = []
    for sign, end in ((1.0, found.low), (-1.0, found.high)):
        place = np.unravel_index(np.where(np.isfinite(values), sign * values, np.inf).argmin(), values.shape)
        near = abs(values[place] - end) <= SAME_END * max(1.0, abs(found.low), abs(found.high))
        points.append({n: rows[k] for (n, rows), k in zip(places.items(), place, strict=True)} if near else None)
    return replace(found, at=(points[0], points[1]))


def _ratios(expression: Expression) -> list[Ratio]:
    """The ratios of an expression that are no plain numbers."""
    return [r for r in dict.fromkeys(expression) if isinstance(r, Ratio) and r.constant is None]


def _multiplied(operator: str, left: Ratio | None, right: Ratio | None) -> Ratio | None:
    return None if left is None or right is None else merged(operator, left, right, MOST_PRODUCTS)


def _apart(operator: str, one: Range, other: Range) -> Range:
    """What an operation gives between parts that share no polytope: all pairs of their values can happen together."""
    if not all(map(isfinite, (one.low, one.high, other.low, other.high))):
        return Range(-inf, inf, sharp=False)
    ends = [
        (combined(operator, (x, x), (y, y))[0], None if p is None or q is None else {**p, **q})
        for x, p in zip((one.low, one.high), one.at, strict=True)
        for y, q in zip((other.low, other.high), other.at, strict=True)
    ]
    low, high = min(ends, key=itemgetter(0)), max(ends, key=itemgetter(0))
    return Range(low[0], high[0], one.sharp and other.sharp, (low[1], high[1]))
