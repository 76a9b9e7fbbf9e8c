"""Unknowns as linear forms of points of polytopes, which move freely of each other; polynomials over such points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from scipy.linalg import block_diag

from causal.ranges.linear_programs import least, least_ratio
from causal.ranges.polynomials import Monomial, Polynomial, Ratio, Unknown
from causal.ranges.polytopes import NothingFits, Polytope
from causal.ranges.spans import Array, Span

Point = Mapping[int, Array]
"""A point of each of some polytopes, by their numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A sum over one polytope's columns with these weights; ``span``: between what it lies, if somebody has said."""

    polytope: int
    weights: Array
    span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Affine:
    """A constant, and weights of the columns of some polytopes."""

    constant: float
    weights: Mapping[int, Array]

    def at(self, point: Point) -> float:
        """Its value at a point."""
        return self.constant + sum(float(weights @ point[number]) for number, weights in self.weights.items())


class Space:
    """Polytopes, and what each unknown is a form of; sums up to ``nothing`` are rounding, and taken for 0."""

    def __init__(self, polytopes: Mapping[int, Polytope], forms: Mapping[Unknown, Form], nothing: float = 0.0) -> None:
        self.polytopes, self.forms, self.nothing = polytopes, forms, nothing
        self._stacks: dict[tuple[int, ...], tuple[Array, Array]] = {}
        self._spans: dict[Unknown, Span] = {}

    def reads(self, *polynomials: Polynomial) -> frozenset[int]:
        """The polytopes that polynomials depend on."""
        return frozenset(self.forms[u].polytope for p in polynomials for monomial in p.monomials for u in monomial)

    def fixed(self, polynomial: Polynomial, point: Point) -> Affine:
        """What is left of a polynomial where points of some polytopes are fixed; no two others may be multiplied."""
        constant = polynomial.constant
        weights: dict[int, Array] = {}
        for monomial, coefficient in polynomial.monomials.items():
            free = None
            for form in map(self.forms.__getitem__, monomial):
                if form.polytope in point:
                    coefficient *= float(point[form.polytope] @ form.weights)
                else:
                    free = form
            if free is None:
                constant += coefficient
            else:
                weights[free.polytope] = weights.get(free.polytope, 0.0) + coefficient * free.weights
        return Affine(constant, weights)

    def most(self, weights: Mapping[int, Array]) -> Point:
        """Where a weighted sum over these polytopes is greatest. Raises NothingFits."""
        listed = [n for n in weights if self.polytopes[n].corners is not None]
        point = {n: self.polytopes[n].most(weights[n]) for n in listed}
        if len(listed) == len(weights):
            return point
        numbers = sorted(weights.keys() - point.keys())
        found = least(-self._row(numbers, weights), *self._stacked(numbers))
        if found is None:
            raise NothingFits
        return {**point, **self._apart(numbers, found)}

    def some(self, numbers: Iterable[int]) -> Point:
        """Any point of these polytopes. Raises NothingFits."""
        return self.most({n: np.zeros(self.polytopes[n].width) for n in numbers})

    def most_ratio(self, top: Affine, bottom: Affine) -> Point | None:
        """Where top / bottom, never negative, is greatest; None if it is 0 everywhere, or nothing fits."""
        if not bottom.weights:
            return self.most(top.weights) if bottom.constant > 0.0 else None
        numbers = sorted({*top.weights, *bottom.weights})
        over = -self._row(numbers, top.weights), -top.constant
        under = self._row(numbers, bottom.weights), bottom.constant
        found = least_ratio(over, under, *self._stacked(numbers))
        return None if found is None else self._apart(numbers, found)

    def _stacked(self, numbers: Sequence[int]) -> tuple[Array, Array]:
        """The equations of several polytopes as those of one, their columns side by side."""
        key = tuple(numbers)
        if key not in self._stacks:
            several = [self.polytopes[n] for n in numbers]
            self._stacks[key] = block_diag(*(p.rows for p in several)), np.concatenate([p.right for p in several])
        return self._stacks[key]

    def _row(self, numbers: Sequence[int], weights: Mapping[int, Array]) -> Array:
        return np.concatenate([weights.get(n, np.zeros(self.polytopes[n].width)) for n in numbers])

    def _apart(self, numbers: Sequence[int], x: Array) -> Point:
        ends = np.cumsum([self.polytopes[n].width for n in numbers])
        return dict(zip(numbers, np.split(x, ends[:-1]), strict=True))

    def span(self, unknown: Unknown) -> Span:
        """The least and the greatest value of one unknown."""
        form = self.forms[unknown]
        if form.span is not None:
            return form.span
        if unknown not in self._spans:
            polytope, weights = self.polytopes[form.polytope], form.weights
            low, high = (float(weights @ polytope.most(sign * weights)) for sign in (-1.0, 1.0))
            self._spans[unknown] = low, high
        return self._spans[unknown]

    def grid(self, polynomial: Polynomial, places: Mapping[int, Array]) -> Array:
        """The polynomial where each polytope's point is one row of its ``places``: an axis for each polytope."""
        values = np.full([len(rows) for rows in places.values()], polynomial.constant)
        for monomial, coefficient in polynomial.monomials.items():
            forms = {form.polytope: form.weights for form in map(self.forms.__getitem__, monomial)}
            heights = [rows @ forms[n] if n in forms else np.ones(len(rows)) for n, rows in places.items()]
            values += coefficient * reduce(np.multiply.outer, heights)
        return values

    def grids(self, ratios: Iterable[Ratio], places: Mapping[int, Array]) -> dict[Ratio, tuple[Array, Array]]:
        """Each ratio's numerator and denominator on such a grid."""
        return {r: (self.grid(r.numerator, places), self.grid(r.denominator, places)) for r in ratios}

    def sums(self, number: int, polynomials: Iterable[Polynomial]) -> Array:
        """What polynomials see of a polytope: while the others stand still, each sees one weighted sum of it."""
        found: dict[tuple[int, Monomial], Array] = {}
        for i, polynomial in enumerate(polynomials):
            for monomial, coefficient in polynomial.monomials.items():
                for unknown in monomial:
                    form = self.forms[unknown]
                    if form.polytope == number:
                        key = i, tuple(other for other in monomial if other != unknown)
                        found[key] = found.get(key, 0.0) + coefficient * form.weights
        return np.array(list({tuple(np.round(weights, 12)): weights for weights in found.values()}.values()))
