"""The interval of a ratio over all couplings: the least and the greatest value that the tables allow.

Two kinds of program, by what the ratio is made of:
  a polynomial          each table's coupling enters linearly, so the optimum lies at vertices of all but one table,
                        and the last is a linear program that falls apart into its blocks
  N / D                 a fractional program: the greatest r with max(N - r D) >= 0 (Dinkelbach 1967)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import inf, prod

import numpy as np
from scipy.optimize import linprog
from scipy.spatial import ConvexHull, Delaunay, QhullError

from causal.couplings import Block, Monomial, Pattern, Polynomial, blocks, vertices
from causal.errors import BadQuery, ImpossibleEvidence
from causal.model import Model
from causal.network import Array
from causal.ranges import combined
from causal.ratios import Ratio
from causal.shadows import shadow

MOST_CORNERS = 50_000
"""Combinations of vertices of the tables that are walked through; beyond, the interval is only an outer one."""

Point = Mapping[int, Array]
"""A coupling: for each block a distribution over its response functions."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values a question can take; ``sharp`` says whether both ends are attained or approached."""

    low: float
    high: float
    sharp: bool


@dataclass(frozen=True, slots=True)
class _Best:
    value: float
    point: Point | None  # None: only a bound, not attained


class Couplings:
    """The space of all couplings of a model's tables that these polynomials depend on."""

    def __init__(self, model: Model, used: Sequence[Polynomial]) -> None:
        self.blocks = blocks(model, used)
        self._of = {(b.table, row): i for i, b in enumerate(self.blocks) for row in b.rows}
        self._indicators: dict[tuple[int, Pattern], Array] = {}

    def factors(self, monomial: Monomial) -> list[tuple[int, Array]]:
        """A monomial as blocks and, for each, which response functions fulfil its pattern."""
        found = []
        for name, pattern in monomial:
            number = self._of[name, pattern[0][0]]
            key = (number, pattern)
            if key not in self._indicators:
                self._indicators[key] = self.blocks[number].indicator(pattern)
            found.append((number, self._indicators[key]))
        return found

    def read(self, *polynomials: Polynomial) -> frozenset[int]:
        """The blocks that polynomials depend on, by their numbers."""
        return frozenset(block for p in polynomials for m in p.monomials for block, _ in self.factors(m))

    def at(self, polynomial: Polynomial, point: Point) -> float:
        """The polynomial's value under one coupling."""
        return polynomial.constant + sum(
            c * prod(float(point[b] @ v) for b, v in self.factors(m)) for m, c in polynomial.monomials.items()
        )

    @cached_property
    def some(self) -> Point:
        """One coupling of every block (a vertex)."""
        return {i: _extreme(b, np.zeros(len(b.responses)))[1] for i, b in enumerate(self.blocks)}

    def most(self, polynomial: Polynomial) -> _Best:
        """The greatest value of a polynomial, and a coupling that attains it."""
        parts = [(c, self.factors(m)) for m, c in polynomial.monomials.items()]
        walked = self._walked(parts)
        if walked is None:
            return _Best(self.bounds(polynomial)[1], None)
        choices = [vertices(self.blocks[b]) for b in walked]
        best = _Best(-inf, None)
        for chosen in product(*(range(len(v)) for v in choices if v is not None)):
            point: dict[int, Array] = {
                b: v[k] for b, v, k in zip(walked, choices, chosen, strict=True) if v is not None
            }
            value = polynomial.constant
            left: dict[int, Array] = {}
            for coefficient, factors in parts:
                free = None
                for b, indicator in factors:
                    if b in point:
                        coefficient *= float(point[b] @ indicator)
                    else:
                        free = (b, indicator)
                if free is None:
                    value += coefficient
                else:
                    left[free[0]] = left.get(free[0], 0.0) + coefficient * free[1]
            for b, weights in left.items():
                gain, where = _extreme(self.blocks[b], weights)
                value += gain
                point[b] = where
            if value > best.value:
                best = _Best(value, {**self.some, **point})
        return best

    def least(self, polynomial: Polynomial) -> _Best:
        """The least value of a polynomial, and a coupling that attains it."""
        best = self.most(polynomial.scaled(-1.0))
        return _Best(-best.value, best.point)

    def _walked(self, parts: Sequence[tuple[float, list[tuple[int, Array]]]]) -> list[int] | None:
        """The blocks whose vertices are walked through so that what is left is linear; None if there are too many."""
        joined = {b for _, factors in parts if len(factors) > 1 for b, _ in factors}
        corners: dict[str, float] = {}
        for b in joined:
            listed = vertices(self.blocks[b])
            table = self.blocks[b].table
            corners[table] = corners.get(table, 1.0) * (inf if listed is None else len(listed))
        if not corners:
            return []
        # one table may stay free: the polynomial is linear in it once the others are fixed
        free = max(corners, key=lambda t: corners[t])
        if prod(c for t, c in corners.items() if t != free) > MOST_CORNERS:
            return None
        return sorted(b for b in joined if self.blocks[b].table != free)

    def bounds(self, polynomial: Polynomial) -> tuple[float, float]:
        """An outer interval: every pattern between its Frechet bounds, whatever the others do."""
        low = high = polynomial.constant
        for monomial, coefficient in polynomial.monomials.items():
            least, greatest = 1.0, 1.0
            for name, pattern in monomial:
                block = self.blocks[self._of[name, pattern[0][0]]]
                shares = [block.marginals[block.rows.index(row)][state] for row, state in pattern]
                least *= max(0.0, sum(shares) - len(shares) + 1)
                greatest *= min(shares)
            ends = sorted((coefficient * least, coefficient * greatest))
            low, high = low + ends[0], high + ends[1]
        return low, high

    def simplices(self, number: int, used: Sequence[Polynomial]) -> list[Array] | None:
        """A block's couplings cut into simplices, as far as these polynomials can tell them apart; None if unlisted."""
        forms = np.array(self._seen(number, used))
        block = self.blocks[number]
        listed = vertices(block)
        if listed is None:
            corners = shadow(lambda weights: _extreme(block, weights)[1], forms)
            if not corners:
                return None
            listed = np.array(corners)
        images = listed @ forms.T
        centred = images - images.mean(axis=0)
        _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
        dimension = int((sizes > 1e-10 * max(1.0, sizes[0])).sum())
        if dimension == 0:
            return [listed[:1]]
        places = centred @ axes[:dimension].T
        if dimension == 1:
            return [listed[[int(places[:, 0].argmin()), int(places[:, 0].argmax())]]]
        try:
            listed, places = (a[ConvexHull(places).vertices] for a in (listed, places))
            if len(listed) == dimension + 1:
                return [listed]
            return [listed[corners] for corners in Delaunay(places, qhull_options="QJ Pp").simplices]
        except QhullError:  # too flat to cut: the interval will be an outer one, and say so
            return None

    def _seen(self, number: int, used: Sequence[Polynomial]) -> list[Array]:
        """What polynomials see of a block: once the other blocks stand still, each sees one weighted sum."""
        sums: dict[tuple[int, Monomial], Array] = {}
        for i, polynomial in enumerate(used):
            for monomial, coefficient in polynomial.monomials.items():
                for factor, (block, indicator) in zip(monomial, self.factors(monomial), strict=True):
                    if block == number:
                        key = i, tuple(other for other in monomial if other != factor)
                        sums[key] = sums.get(key, 0.0) + coefficient * indicator
        return list({tuple(np.round(weights, 12)): weights for weights in sums.values()}.values())

    def ratio(self, ratio: Ratio) -> Range:
        """The range of a ratio over all couplings under which its condition can happen.

        Raises ImpossibleEvidence if it can under none, BadQuery if a written division can be one by 0.
        """
        top, bottom = ratio.numerator, ratio.denominator
        if not bottom.monomials:
            if bottom.constant <= 0.0 and not ratio.written:
                raise ImpossibleEvidence("This condition never happens in the model.")
            top = top.scaled(1.0 / bottom.constant)
            low, high = self.least(top), self.most(top)
            return Range(low.value, high.value, low.point is not None and high.point is not None)
        smallest, largest = self.least(bottom), self.most(bottom)
        if ratio.written:
            if smallest.value <= 0.0 <= largest.value:
                raise by_zero()
            if largest.value < 0.0:
                return self.ratio(Ratio(top.scaled(-1.0), bottom.scaled(-1.0), written=True))
        elif largest.value <= 0.0:
            raise ImpossibleEvidence("This condition never happens in the model, whatever the coupling.")
        if largest.point is None:
            return self._outer(ratio)
        above = self._greatest(top, bottom, largest)
        below = self._greatest(top.scaled(-1.0), bottom, largest)
        return self._outer(ratio) if above is None or below is None else Range(-below, above, sharp=True)

    def _greatest(self, top: Polynomial, bottom: Polynomial, start: _Best) -> float | None:
        assert start.point is not None  # noqa: S101 - the caller has looked
        rate = self.at(top, start.point) / start.value
        for _ in range(100):
            best = self.most(top + bottom.scaled(-rate))
            if best.point is None:
                return None
            below = self.at(bottom, best.point)
            if best.value <= 1e-15 * start.value or below <= 0.0:
                break
            again = self.at(top, best.point) / below
            if again <= rate:
                break
            rate = again
        return rate

    def _outer(self, ratio: Ratio) -> Range:
        low, high = self.bounds(ratio.numerator)
        below, above = self.bounds(ratio.denominator)
        if ratio.written:
            return Range(*combined("/", (low, high), (below, above), by_zero()), sharp=False)
        return Range(max(0.0, low / above), min(1.0, high / below) if below > 0 else 1.0, sharp=False)


def _extreme(block: Block, weights: Array) -> tuple[float, Array]:
    """The greatest weighted sum over a block's couplings, and where."""
    listed = vertices(block)
    if listed is not None:
        values = listed @ weights
        at = int(values.argmax())
        return float(values[at]), listed[at]
    matrix, right = block.constraints()
    options = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    found = linprog(-weights, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs-ds", options=options)
    if not found.success:
        raise ArithmeticError(f"linear program over {len(weights)} response functions: {found.message}")
    return float(weights @ found.x), np.asarray(found.x)


def by_zero() -> BadQuery:
    """The refusal of a division by what some couplings make 0."""
    return BadQuery("This divides by an expression that is 0 under some couplings.", "division-by-zero")
