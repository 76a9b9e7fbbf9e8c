"""The interval of arithmetic between several conditional probabilities or means, over all couplings.

Parts of an expression that no block of rows links are independent of each other: the interval of their sum, product or
quotient is that of their ends. A part that holds together may be a product (``causal.couplings.factored``), else the
search is by branch and bound (``causal.ranges.branching``); where that would take too long the interval is an outer
one, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from itertools import product
from math import inf, isfinite, prod

import numpy as np

from causal.couplings.coupled_ratio import Ratio, merged_ratios
from causal.couplings.coupling_space import Couplings
from causal.couplings.factored import factored_range
from causal.couplings.open_tables import Polynomial
from causal.couplings.ratio_range import Range, by_zero, ratio_range
from causal.errors import BadQuery, ImpossibleEvidence
from causal.models.model import Model
from causal.queries.query import Number, Operation, Query, Term, fold
from causal.ranges.branching import MOST_COORDINATES, Corners, extremes, stick
from causal.ranges.spans import Array, Span, combined

MOST_PIECES = 4000
"""Combinations of simplices that branch and bound is run on; beyond, the interval is only an outer one."""


def over_couplings(model: Model, query: Query, parts: Mapping[Term, Ratio]) -> Range:
    """The range of a whole expression over all couplings; ``parts`` gives each term as a ratio of polynomials."""
    space = Couplings(model, [p for r in parts.values() for p in (r.numerator, r.denominator)])
    settled = {term: _settle(space, ratio) for term, ratio in parts.items()}
    merged, ratios = merged_ratios(query, settled)
    found = _Expression(space, ratios).range(merged)
    if not (isfinite(found.low) and isfinite(found.high)):
        # every term is finite: only a division by what comes as near to 0 as one likes is not
        raise BadQuery("This divides by an expression that is 0 or near it under some couplings.", "division-by-zero")
    return found


def _settle(space: Couplings, ratio: Ratio) -> Ratio:
    """A condition that no coupling changes becomes a plain number, and so does a ratio that can have one value only."""
    if not ratio.denominator.monomials:
        if ratio.denominator.constant <= 0.0:
            raise ImpossibleEvidence("This condition never happens in the model.")
        return Ratio(ratio.numerator.scaled(1.0 / ratio.denominator.constant))
    low, high = space.least(ratio.denominator), space.most(ratio.denominator)
    if low.point is not None and high.value - low.value <= 1e-14 * high.value:
        return Ratio(ratio.numerator.scaled(1.0 / high.value))
    # where the condition is only just possible the ratio would be one of rounding errors
    share = ratio.share
    return ratio if share is None or high.value <= 0.0 else Ratio(Polynomial(share))


ZERO = Number(-1)
"""Stands for the ratio that is 0, as Number(i) stands for the i-th ratio of an expression."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an expression: what it is, the blocks that it reads, and ``plan``: what is left to join.

    In a plan the leaves are ratios, and what was found to hang together; all are independent of each other.
    """

    query: Query
    blocks: frozenset[int]
    plan: Query


class _Expression:
    """Arithmetic between ratios, told by their numbers, and taken apart as far as the blocks allow."""

    def __init__(self, space: Couplings, ratios: Sequence[Ratio]) -> None:
        self.space = space
        self.ratios: dict[Term | Number, Ratio] = {Number(i): ratio for i, ratio in enumerate(ratios)}
        self.ratios[ZERO] = Ratio(Polynomial())
        self.hanging: dict[Term | Number, Query] = {}

    def range(self, query: Query) -> Range:
        """What the whole can be."""
        return fold(self._sum(fold(query, self._leaf, self._join)).plan, self._found, _apart)

    def _leaf(self, item: Term | Number) -> list[_Part]:
        ratio = self.ratios[item]
        return [_Part(item, self.space.read(ratio.numerator, ratio.denominator), item)]

    def _join(self, operator: str, left: list[_Part], right: list[_Part]) -> list[_Part]:
        """Two sums, each of parts that share no block, joined to one."""
        if operator in "*/":
            return [self._joined(operator, self._sum(left), self._sum(right))]
        for part in right:
            near = [p for p in left if p.blocks & part.blocks or p.blocks == part.blocks]
            start = near or (self._leaf(ZERO) if operator == "-" else [])
            grown = self._joined(operator, self._sum(start), part) if start else part
            left = [*(p for p in left if p not in near), grown]
        return left

    def _sum(self, parts: list[_Part]) -> _Part:
        return reduce(partial(self._joined, "+"), parts)

    def _joined(self, operator: str, one: _Part, other: _Part) -> _Part:
        query = Operation(operator, one.query, other.query)  # type: ignore[arg-type]
        blocks = one.blocks | other.blocks
        if not one.blocks & other.blocks:
            return _Part(query, blocks, Operation(operator, one.plan, other.plan))  # type: ignore[arg-type]
        group = Number(len(self.ratios) + len(self.hanging))
        self.hanging[group] = query
        return _Part(query, blocks, group)

    def _found(self, leaf: Term | Number) -> Range:
        return (
            self._searched(self.hanging[leaf]) if leaf in self.hanging else ratio_range(self.space, self.ratios[leaf])
        )

    def _searched(self, query: Query) -> Range:
        """A product, else branch and bound over simplices of couplings, else an outer interval."""
        ratios: dict[Term | Number, Ratio] = {}
        fold(query, lambda leaf: ratios.update({leaf: self.ratios[leaf]}), lambda *_: None)
        if (found_at_once := factored_range(self.space, query, ratios)) is not None:
            return found_at_once
        used = [p for r in ratios.values() for p in (r.numerator, r.denominator)]
        cut = {number: self.space.simplices(number, used) for number in sorted(self.space.read(*used))}
        pieces = {number: listed for number, listed in cut.items() if listed is not None}
        coordinates = sum(len(simplices[0]) - 1 for simplices in pieces.values())
        too_many = coordinates > MOST_COORDINATES or prod(map(len, pieces.values())) > MOST_PIECES
        if len(pieces) < len(cut) or too_many:
            return self._outer(query)
        cubes = [self._cube(ratios, dict(zip(pieces, chosen, strict=True))) for chosen in product(*pieces.values())]
        found = extremes(query, cubes, coordinates)
        return Range(found.low, found.high, found.sharp_low and found.sharp_high)

    def _cube(self, ratios: Mapping[Term | Number, Ratio], simplices: Mapping[int, Array]) -> Corners:
        return {
            leaf: (_corners(self.space, r.numerator, simplices), _corners(self.space, r.denominator, simplices))
            for leaf, r in ratios.items()
        }

    def _outer(self, query: Query) -> Range:
        """Interval arithmetic over the ratios' own ranges."""

        def leaf(item: Term | Number) -> Span:
            found = ratio_range(self.space, self.ratios[item])
            return found.low, found.high

        return Range(*fold(query, leaf, lambda operator, a, b: combined(operator, a, b, by_zero())), sharp=False)


def _apart(operator: str, one: Range, other: Range) -> Range:
    """What an operation gives between parts that share no block: every pair of their values can happen together."""
    if not all(map(isfinite, (one.low, one.high, other.low, other.high))):
        return Range(-inf, inf, sharp=False)
    return Range(
        *combined(operator, (one.low, one.high), (other.low, other.high), by_zero()), one.sharp and other.sharp
    )


def _corners(space: Couplings, polynomial: Polynomial, simplices: Mapping[int, Array]) -> Array:
    """The polynomial at the corners of the cube whose coordinates break a stick for each simplex."""
    values = np.full([2] * sum(len(simplex) - 1 for simplex in simplices.values()), polynomial.constant)
    for monomial, coefficient in polynomial.monomials.items():
        seen = dict(space.factors(monomial))
        shares = [
            _broken(len(simplex) - 1) @ (simplex @ seen[number] if number in seen else np.ones(len(simplex)))
            for number, simplex in simplices.items()
        ]
        values += coefficient * reduce(np.multiply.outer, shares).reshape(values.shape)
    return values


@lru_cache
def _broken(places: int) -> Array:
    """A stick broken at so many places, each at one of its ends: the shares, a row for each corner of the cube."""
    return np.array([stick(corner) for corner in np.ndindex(*[2] * places)])
