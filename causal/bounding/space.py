"""The feasible set: for every block a distribution over its columns that fits the numbers given.

Where several blocks are multiplied, the optimum lies at corners of all of them, as far as the question can see them
(``causal.ranges.projections``).
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from causal.bounding.algebra import ONE, Poly, Unknown, constant
from causal.bounding.program import Program
from causal.ranges.linear_programs import least, least_ratio
from causal.ranges.projections import shadow
from causal.ranges.spans import Array

MOST_WORK = 200_000
"""Linear programs times columns that a search may spend, before it is content with less than sharp ends."""

Point = dict[int, Array]
"""A distribution over its columns for each of some blocks."""


class Polytope:
    """The distributions over one block's columns that fit the numbers given.

    Columns that would do what never happens are left out: ``kept`` numbers the others.
    """

    def __init__(self, program: Program, block: int, told: Array) -> None:
        columns = program.blocks[block].columns
        right = told[columns.cells]
        defined = ~np.isnan(right)
        if defined[~columns.spare].all():
            defined &= ~columns.spare
        never = right == 0.0
        self.kept = np.flatnonzero(~columns.inside[never].any(axis=0))
        self.patterns = columns.patterns[:, self.kept].astype(float)
        inside = columns.inside[defined & ~never][:, self.kept]
        self.rows = np.vstack([inside, np.ones(len(self.kept))]).astype(float)
        self.right = np.append(right[defined & ~never], 1.0)
        self._shadows: dict[bytes, list[Array] | None] = {}

    @property
    def width(self) -> int:
        """How many columns the block has."""
        return len(self.kept)

    def most(self, weights: Array) -> Array | None:
        """Where a weighted sum is greatest."""
        return least(-weights, self.rows, self.right)

    def shadow(self, forms: Array) -> list[Array] | None:
        """Points whose images under ``forms`` are all corners of the whole image; None if that takes too long."""
        key = forms.tobytes()
        if key not in self._shadows:
            self._shadows[key] = shadow(self.most, forms, MOST_WORK // max(1, self.width))
        return self._shadows[key]


class Space:
    """The feasible set of a program for given numbers: a polytope for each block that is asked for."""

    def __init__(self, program: Program, told: Array) -> None:
        self.program, self.told = program, told
        self._polytopes: dict[int, Polytope] = {}
        self._extents: dict[Unknown, tuple[float, float]] = {}

    def block(self, number: int) -> Polytope:
        """One block's polytope."""
        if number not in self._polytopes:
            self._polytopes[number] = Polytope(self.program, number, self.told)
        return self._polytopes[number]

    def settled(self, unknown: Unknown) -> float | None:
        """An unknown's value, if all columns that are left agree about it."""
        weights = self.block(unknown[0]).patterns[unknown[1]]
        return float(weights[0]) if len(weights) and (weights == weights[0]).all() else None

    def extent(self, unknown: Unknown) -> tuple[float, float]:
        """The least and the greatest value of one unknown."""
        if unknown not in self._extents:
            block, weights = self.block(unknown[0]), self.block(unknown[0]).patterns[unknown[1]]
            low, high = block.most(-weights), block.most(weights)
            known = low is not None and high is not None
            self._extents[unknown] = (float(weights @ low), float(weights @ high)) if known else (0.0, 1.0)
        return self._extents[unknown]

    def some(self, blocks: Collection[int]) -> Point | None:
        """Any point of these blocks; None if there is none."""
        return self.least(blocks, {})

    def least(self, blocks: Collection[int], top: Poly, bottom: Poly = ONE) -> Point | None:
        """Where top / bottom is least, both affine in the unknowns of these blocks; None if nowhere."""
        numbers = sorted(blocks)
        if not numbers:
            return {}
        parts = [self.block(b) for b in numbers]
        ends = np.cumsum([0, *(part.rows.shape[1] for part in parts)])
        heights = np.cumsum([0, *(len(part.right) for part in parts)])
        rows = np.zeros((heights[-1], ends[-1]))
        for i, part in enumerate(parts):
            rows[heights[i] : heights[i + 1], ends[i] : ends[i + 1]] = part.rows
        right = np.concatenate([part.right for part in parts])

        def weights(poly: Poly) -> Array:
            found = np.zeros(ends[-1])
            for unknowns, coefficient in poly.items():
                for b, k in unknowns:
                    i = numbers.index(b)
                    found[ends[i] : ends[i + 1]] += coefficient * parts[i].patterns[k]
            return found

        if constant(bottom) is not None:
            x = least(weights(top), rows, right)
        else:
            over = weights(top), top.get((), 0.0)
            x = least_ratio(over, (weights(bottom), bottom.get((), 0.0)), rows, right)
        return None if x is None else {b: x[ends[i] : ends[i + 1]] for i, b in enumerate(numbers)}
