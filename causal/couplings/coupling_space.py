"""The space of all couplings of a model's tables, and the least and the greatest value of a polynomial over it.

A polynomial is linear in each table's coupling, so the optimum lies at vertices of all but one table, and the last is a
linear program that falls apart into its blocks.
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

from causal.couplings.open_tables import Block, Monomial, Pattern, Polynomial, blocks, vertices
from causal.models.model import Model
from causal.ranges.projections import shadow
from causal.ranges.spans import Array

MOST_CORNERS = 50_000
"""Combinations of vertices of the tables that are walked through; beyond, the interval is only an outer one."""

Point = Mapping[int, Array]
"""A coupling: for each block a distribution over its response functions."""


@dataclass(frozen=True, slots=True)
class Best:
    """A value, and a coupling that attains it."""

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

    def most(self, polynomial: Polynomial) -> Best:
        """The greatest value of a polynomial, and a coupling that attains it."""
        parts = [(c, self.factors(m)) for m, c in polynomial.monomials.items()]
        walked = self._walked(parts)
        if walked is None:
            return Best(self.bounds(polynomial)[1], None)
        choices = [vertices(self.blocks[b]) for b in walked]
        best = Best(-inf, None)
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
                best = Best(value, {**self.some, **point})
        return best

    def least(self, polynomial: Polynomial) -> Best:
        """The least value of a polynomial, and a coupling that attains it."""
        best = self.most(polynomial.scaled(-1.0))
        return Best(-best.value, best.point)

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

    def farthest(self, weights: Array) -> Array:
        """Where a weighted sum over the response functions of all blocks, one after the other, is greatest."""
        ends = np.cumsum([len(block.responses) for block in self.blocks])[:-1]
        pairs = zip(self.blocks, np.split(weights, ends), strict=True)
        return np.concatenate([_extreme(block, own)[1] for block, own in pairs])

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
