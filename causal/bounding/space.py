"""The feasible set: for every block a distribution over its columns that fits the numbers given.

Where several blocks are multiplied, the optimum lies at corners of all of them. A block may have very many corners, but
the question sees it through a few probabilities only: ``shadow`` finds the corners of that projection, by asking the
linear program for the farthest point in each direction until no face of the hull of those found can be moved.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from causal.bounding.algebra import ONE, Poly, constant
from causal.bounding.factors import Array
from causal.bounding.linear import least, least_ratio
from causal.bounding.program import Program

SAME = 1e-9
MOST_CORNERS = 200
MOST_DIMENSIONS = 5

Point = dict[int, Array]
"""A distribution over its columns for each of some blocks."""


class Polytope:
    """The distributions over one block's columns that fit the numbers given."""

    def __init__(self, program: Program, block: int, told: Array) -> None:
        columns = program.blocks[block].columns
        self.patterns = columns.patterns.astype(float)
        right = told[columns.cells]
        defined = ~np.isnan(right)
        if defined[~columns.spare].all():
            defined &= ~columns.spare
        self.rows = np.vstack([columns.inside[defined], np.ones(len(columns.known))]).astype(float)
        self.right = np.append(right[defined], 1.0)

    def most(self, weights: Array) -> Array | None:
        """Where a weighted sum is greatest."""
        return least(-weights, self.rows, self.right)

    def shadow(self, forms: Array) -> list[Array] | None:
        """Points whose images under ``forms`` are all corners of the whole image; None if there are too many."""
        found: list[Array] = []

        def probe(direction: Array) -> Array | None:
            point = self.most(direction @ forms)
            if point is not None:
                found.append(point)
            return None if point is None else forms @ point

        first = probe(np.zeros(len(forms)))
        if first is None:
            return []
        axes = self._axes(len(forms), first, probe)
        if len(axes) > MOST_DIMENSIONS:
            return None
        if not axes:
            return found[:1]
        flat = np.array(axes)
        if len(axes) == 1:
            places = [float((flat @ (forms @ p))[0]) for p in found]
            return [found[int(np.argmin(places))], found[int(np.argmax(places))]]
        return self._hull(found, flat @ forms)

    @staticmethod
    def _axes(size: int, first: Array, probe: Callable[[Array], Array | None]) -> list[Array]:
        """Perpendicular directions that span all differences between points of the image."""
        axes: list[Array] = []
        while True:
            before = len(axes)
            for axis in np.eye(size):
                rest = axis - sum(((axis @ a) * a for a in axes), np.zeros(size))
                if np.linalg.norm(rest) < SAME:
                    continue
                ends = [p for p in (probe(rest), probe(-rest)) if p is not None]
                along = [p - first for p in ends if abs((p - first) @ rest) > SAME]
                if along:
                    fresh = along[0] - sum(((along[0] @ a) * a for a in axes), np.zeros(size))
                    axes.append(fresh / np.linalg.norm(fresh))
            if len(axes) == before:
                return axes

    def _hull(self, found: list[Array], forms: Array) -> list[Array] | None:
        from scipy.spatial import ConvexHull, QhullError

        settled: set[tuple[float, ...]] = set()
        while True:
            places = np.array([forms @ p for p in found])
            try:
                hull = ConvexHull(places)
            except QhullError:
                return None
            fresh = [f for f in hull.equations if tuple(np.round(f, 7)) not in settled]
            if not fresh:
                return [found[i] for i in sorted(hull.vertices)]
            for face in fresh:
                settled.add(tuple(np.round(face, 7)))
                point = self.most(face[:-1] @ forms)
                if point is not None and face[:-1] @ (forms @ point) + face[-1] > SAME:
                    found.append(point)
            if len(found) > MOST_CORNERS:
                return None


class Space:
    """The feasible set of a program for given numbers: a polytope for each block that is asked for."""

    def __init__(self, program: Program, told: Array) -> None:
        self.program, self.told = program, told
        self._polytopes: dict[int, Polytope] = {}

    def block(self, number: int) -> Polytope:
        """One block's polytope."""
        if number not in self._polytopes:
            self._polytopes[number] = Polytope(self.program, number, self.told)
        return self._polytopes[number]

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
