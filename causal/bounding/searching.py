"""The range of any other arithmetic: branch and bound over the blocks' corners, or interval arithmetic between terms.

What branch and bound finds is exact to its tolerance; interval arithmetic gives an outer interval. Either way an end
counts as attained only if corners are seen to attain it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import inf, isfinite, prod

import numpy as np

from causal.bounding.algebra import Poly, Ratio, blocks_of
from causal.bounding.extents import MOST_CHOICES, Range, corners, extent, no_model, value_at
from causal.bounding.space import MOST_WORK, Point, Space
from causal.errors import TooLarge
from causal.queries.query import Number, Query, Term, computed, fold
from causal.ranges.branching import MOST_COORDINATES, Corners, extremes, stick
from causal.ranges.spans import SAME_END, Array, combined

MOST_PIECES = 400
"""Combinations of simplices that branch and bound is run on."""


def search(space: Space, query: Query, parts: Mapping[Term, Ratio]) -> Range:
    """Branch and bound over the blocks' corners, or interval arithmetic; an end counts as attained if at corners."""
    numbers = sorted({b for ratio in parts.values() for b in blocks_of(ratio)})
    listed = [c for c in (corners(space, b, parts.values()) for b in numbers) if c is not None]
    if not all(listed):
        raise no_model()
    if len(listed) < len(numbers):
        return Range(*_outer(space, query, parts), (None, None))
    ends = _at_corners(space, query, parts, numbers, listed)
    low, high = _branched(space, query, parts, dict(zip(numbers, listed, strict=True)))
    close = SAME_END * max(1.0, abs(low), abs(high))
    at = [found[1] if abs(found[0] - end) <= close else None for found, end in zip(ends, (low, high), strict=True)]
    return Range(low, high, (at[0], at[1]))


def _branched(
    space: Space, query: Query, parts: Mapping[Term, Ratio], corners: Mapping[int, list[Array]]
) -> tuple[float, float]:
    pieces = [_simplices(space, b, c, parts.values()) for b, c in corners.items()]
    cut = [p for p in pieces if p is not None]
    coordinates = sum(len(simplices[0]) - 1 for simplices in cut)
    if len(cut) < len(pieces) or not 0 < coordinates <= MOST_COORDINATES or prod(map(len, cut)) > MOST_PIECES:
        return _outer(space, query, parts)
    cubes = [_cube(space, parts, dict(zip(corners, chosen, strict=True)), coordinates) for chosen in product(*cut)]
    found = extremes(query, cubes, coordinates)
    return found.low, found.high


def _cube(space: Space, parts: Mapping[Term, Ratio], simplices: Mapping[int, list[Array]], coordinates: int) -> Corners:
    return {
        term: (_on_cube(space, r.top, simplices, coordinates), _on_cube(space, r.bottom, simplices, coordinates))
        for term, r in parts.items()
    }


def _at_corners(
    space: Space, query: Query, parts: Mapping[Term, Ratio], numbers: Sequence[int], listed: Sequence[list[Array]]
) -> list[tuple[float, Point | None]]:
    """The least and the greatest value at corners, and where."""
    ends: list[tuple[float, Point | None]] = [(inf, None), (-inf, None)]
    if prod(len(c) for c in listed) > MOST_CHOICES * 10:
        return ends
    for chosen in product(*listed):
        point = dict(zip(numbers, chosen, strict=True))
        value = _value(space, query, parts, point)
        if value is not None:
            ends = [
                (value, point) if value < ends[0][0] else ends[0],
                (value, point) if value > ends[1][0] else ends[1],
            ]
    return ends


def _value(space: Space, query: Query, parts: Mapping[Term, Ratio], point: Point) -> float | None:
    """The expression's value at one point; None where a condition never happens there."""
    values = {}
    for term, ratio in parts.items():
        below = value_at(space, ratio.bottom, point)
        if below <= 0.0:
            return None
        values[term] = value_at(space, ratio.top, point) / below
    value = computed(query, values, lambda: inf)
    return value if isfinite(value) else None


def _simplices(space: Space, block: int, corners: list[Array], ratios: Iterable[Ratio]) -> list[list[Array]] | None:
    """The block's shadow cut into simplices; None if it is too flat to cut."""
    from scipy.spatial import Delaunay, QhullError

    used = {k for r in ratios for poly in (r.top, r.bottom) for unknowns in poly for b, k in unknowns if b == block}
    places = np.array(corners) @ space.block(block).patterns[sorted(used)].T
    _, sizes, axes = np.linalg.svd(places - places.mean(axis=0), full_matrices=False)
    dimension = int((sizes > 1e-10 * max(1.0, sizes[0])).sum())
    if len(corners) == dimension + 1:
        return [corners]
    try:
        cut = Delaunay(places @ axes[:dimension].T, qhull_options="QJ Pp").simplices
    except (QhullError, ValueError):
        return None
    return [[corners[i] for i in simplex] for simplex in cut]


def _on_cube(space: Space, poly: Poly, shares: Mapping[int, list[Array]], coordinates: int) -> Array:
    """The polynomial at the corners of the cube whose coordinates break a stick for each simplex."""
    values = np.empty([2] * coordinates)
    for corner in np.ndindex(values.shape):
        point, used = {}, 0
        for number, simplex in shares.items():
            length = len(simplex) - 1
            point[number] = stick(corner[used : used + length]) @ np.array(simplex)
            used += length
        values[corner] = value_at(space, poly, point)
    return values


def _boxed(space: Space, ratio: Ratio, within: tuple[float, float]) -> tuple[float, float]:
    """A term's range as far as each unknown's own range tells."""
    used = {u for poly in (ratio.top, ratio.bottom) for product in poly for u in product}
    if sum(space.block(b).width for b, _ in used) > MOST_WORK:
        return within

    def box(poly: Poly) -> tuple[float, float]:
        low = high = 0.0
        for unknowns, coefficient in poly.items():
            ends = [space.extent(u) for u in unknowns]
            reach = [coefficient * prod(end[i] for end in ends) for i in (0, 1)]
            low, high = low + min(reach), high + max(reach)
        return low, high

    top, bottom = box(ratio.top), box(ratio.bottom)
    if bottom[0] <= 0.0:
        return within
    corners = [t / b for t in top for b in bottom]
    return max(within[0], min(corners)), min(within[1], max(corners))


def _outer(space: Space, query: Query, parts: Mapping[Term, Ratio]) -> tuple[float, float]:
    """Interval arithmetic over the terms' own ranges."""

    def leaf(item: Term | Number) -> tuple[float, float]:
        if isinstance(item, Number):
            return item.value, item.value
        found = extent(space, parts[item])
        if found is not None:
            return found.low, found.high
        numbers = space.program.frame.variable(item.event[0].variable).numbers if item.kind == "E" else None
        return _boxed(space, parts[item], (0.0, 1.0) if numbers is None else (min(numbers), max(numbers)))

    # the divisor was seen never to be 0, but only as a whole
    involved = TooLarge("This divides by an expression that is too involved to be bounded away from 0.")
    return fold(query, leaf, lambda operator, a, b: combined(operator, a, b, involved))
