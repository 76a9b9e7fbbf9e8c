"""Polytopes: all x >= 0 that fit linear equations, such as distributions with given marginals."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from causal.ranges.linear_programs import least
from causal.ranges.projections import MOST_DIMENSIONS, projection
from causal.ranges.spans import Array

MOST_WORK = 200_000
"""Linear programs times columns that a search may spend, before it is content with less than sharp ends."""

MOST_BASES = 20_000
"""Corners are found by trying bases; beyond this many they are not listed."""


class NothingFits(ArithmeticError):
    """The equations contradict each other."""


class Polytope:
    """The x >= 0 with rows @ x = right; ``corners``, one a row, where all of them are listed.

    ``inner`` says that some point has all columns positive, so that nothing but ``rows`` makes it flat.
    """

    def __init__(self, rows: Array, right: Array, corners: Array | None = None, inner: bool = False) -> None:
        self.rows, self.right, self.corners, self.inner = rows, right, corners, inner
        self._projections: dict[bytes, Array | None] = {}

    @property
    def width(self) -> int:
        """How many columns it has."""
        return int(self.rows.shape[1])

    def most(self, weights: Array) -> Array:
        """Where a weighted sum is greatest. Raises NothingFits."""
        if self.corners is not None:
            corner: Array = self.corners[(self.corners @ weights).argmax()]
            return corner
        found = least(-weights, self.rows, self.right)
        if found is None:
            raise NothingFits
        return found

    def projection(self, forms: Array) -> Array | None:
        """Points, one a row, whose images under ``forms`` hold all corners of the image; None if that takes too long.

        Raises NothingFits.
        """
        if self.corners is not None:
            return self.corners
        key = forms.tobytes()
        if key not in self._projections:
            flat = self.dimension(forms) <= MOST_DIMENSIONS
            found = projection(self.most, forms, MOST_WORK // max(1, self.width)) if flat else None
            self._projections[key] = None if found is None else np.array(found)
        return self._projections[key]

    def dimension(self, forms: Array) -> int:
        """The dimension of the image under ``forms``; 0 where that is not told by the equations alone."""
        if not self.inner:
            return 0
        both = np.vstack([self.rows, forms])
        ranks = [int((np.linalg.eigvalsh(a @ a.T) > 1e-12 * len(a)).sum()) for a in (self.rows, both)]
        return ranks[1] - ranks[0]


def corners(rows: Array, right: Array) -> Array | None:
    """All corners, one a row; None if there are too many bases to try. ``rows`` are independent, of 0 and 1."""
    rank, columns = rows.shape
    if comb(columns, rank) > MOST_BASES:
        return None
    bases = _subsets(columns, rank)
    squares = rows[:, bases].transpose(1, 0, 2)
    # entries are 0 or 1, so a determinant is a whole number: it is 0 or at least 1
    regular = np.abs(np.linalg.det(squares)) > 0.5
    solutions = np.linalg.solve(squares[regular], np.broadcast_to(right, (int(regular.sum()), rank))[..., None])[..., 0]
    feasible = solutions.min(axis=1) >= -1e-13
    found = np.zeros((int(feasible.sum()), columns))
    np.put_along_axis(found, bases[regular][feasible], np.maximum(solutions[feasible], 0.0), axis=1)
    _, first = np.unique(np.round(found, 13), axis=0, return_index=True)
    return found[np.sort(first)]


@lru_cache(maxsize=16)
def _subsets(count: int, size: int) -> NDArray[np.intp]:
    return np.array(list(combinations(range(count), size)))
