"""Polytopes cut into simplices, and simplices as cubes, on which polynomials are affine in each coordinate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, Delaunay, QhullError

from causal.ranges.branching import MOST_COORDINATES, Corners
from causal.ranges.polynomials import Ratio
from causal.ranges.space import Space
from causal.ranges.spans import Array

MOST_PIECES = 4000
"""The most combinations of simplices."""

Simplices = list[NDArray[np.intp]]
"""The numbers of each simplex's corners."""


def cubes(space: Space, ratios: Sequence[Ratio]) -> Corners | None:
    """The ratios at the corners of cubes that cover the whole space.

    None if there would be too many cubes, or too many axes or none. Raises NothingFits.
    """
    polynomials = [p for ratio in ratios for p in ratio.polynomials]
    forms_of = {number: space.sums(number, polynomials) for number in sorted(space.reads(*polynomials))}
    if sum(space.polytopes[number].dimension(forms) for number, forms in forms_of.items()) > MOST_COORDINATES:
        return None
    told_apart: dict[int, tuple[Array, Array]] = {}
    axes = 0
    for number, forms in forms_of.items():
        corners = space.polytopes[number].projection(forms)
        if corners is None:
            return None
        places = _flat(corners @ forms.T)
        axes += places.shape[1]
        if axes > MOST_COORDINATES:
            return None
        told_apart[number] = corners, places
    cuts = [_cut(*pair) for pair in told_apart.values()]
    if not axes or not 0 < prod(len(simplices) for _, simplices in cuts) <= MOST_PIECES:
        return None
    grids = space.grids(ratios, {n: corners for n, (corners, _) in zip(told_apart, cuts, strict=True)})
    chosen = [np.ix_(*simplices) for simplices in product(*(simplices for _, simplices in cuts))]

    def stacked(values: Array) -> Array:
        return np.stack([_on_cube(values[at]) for at in chosen])

    return {ratio: (stacked(top), stacked(bottom)) for ratio, (top, bottom) in grids.items()}


def _flat(images: Array) -> Array:
    """The points in as few coordinates as they need."""
    centred = images - images.mean(axis=0)
    _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
    return np.asarray(centred @ axes[: int((sizes > 1e-10 * max(1.0, sizes[0])).sum())].T)


def _cut(corners: Array, places: Array) -> tuple[Array, Simplices]:
    """The corners that matter, which stand at these places, and simplices of them; none if it is too flat to cut."""
    dimension = places.shape[1]
    if dimension == 0:
        return corners[:1], [np.array([0])]
    if dimension == 1:
        return corners[[int(places[:, 0].argmin()), int(places[:, 0].argmax())]], [np.array([0, 1])]
    try:
        corners, places = (a[ConvexHull(places).vertices] for a in (corners, places))
        if len(corners) == dimension + 1:
            return corners, [np.arange(dimension + 1)]
        return corners, list(Delaunay(places, qhull_options="QJ Pp").simplices)
    except QhullError:
        return corners, []


def _on_cube(values: Array) -> Array:
    """Values at the corners of the cube whose coordinates break a stick for each simplex, from those at its corners."""
    for axis, count in enumerate(values.shape):
        values = np.moveaxis(np.tensordot(_broken(count - 1), values, (1, axis)), 0, axis)
    return values.reshape([2] * (values.size.bit_length() - 1))


@lru_cache
def _broken(places: int) -> Array:
    """A stick broken at so many places, each at one of its ends: the shares, a row for each corner of the cube."""
    rows = []
    for corner in np.ndindex(*[2] * places):
        left, shares = 1.0, []
        for place in corner:
            shares.append(left * place)
            left *= 1.0 - place
        rows.append([*shares, left])
    return np.array(rows)
