"""The range of any arithmetic between ratios: branch and bound on a cube.

A point of a simplex is a mixture of its corners. Broken like a stick (the first corner gets s1, the second what is left
times s2, ...) every polynomial over points of simplices becomes affine in each coordinate of a cube. Such a function is
told by its values at the cube's corners, its range over any smaller box is that of the box's corners, and so is that of
N / D. What is left are the operations between ratios: intervals for value and slope, bounded about the box's middle
(Moore 1966).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from causal.ranges.polynomials import Expression, Ratio
from causal.ranges.ratios import Range
from causal.ranges.spans import Array, fold

Corners = Mapping[Ratio, tuple[Array, Array]]
"""A ratio's numerator and denominator at the corners of cubes: two arrays of shape cubes x 2 x 2 x ...

Where there are many boxes, each has the corners of the cube that it lies in. Plain numbers have none.
"""

MOST_COORDINATES = 8
MOST_BOXES = 20_000
MOST_ROUNDS = 400
MOST_WORK = 20_000_000
"""Corners of boxes, times slopes and terms, that are looked at for one end: a second or two."""

CLOSE = 1e-11
"""The search ends when no box can hold a value better than the best found by more than this."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """Intervals over many boxes at once: of a value (boxes) and of its slopes (boxes x coordinates)."""

    low: Array
    high: Array
    slope_low: Array
    slope_high: Array


def extremes(expression: Expression, cubes: Corners) -> Range:
    """The least and the greatest value of the expression over cubes, taken together; sharp: attained, or approached.

    Ends are infinite where the expression is unbounded; where the search gives up they are safe outer bounds.
    """
    low, sharp_low = _greatest(expression, cubes, -1.0)
    high, sharp_high = _greatest(expression, cubes, 1.0)
    return Range(-low, high, sharp_low and sharp_high)


def _greatest(expression: Expression, cubes: Corners, sign: float) -> tuple[float, bool]:
    """The greatest value of sign x expression in any of the cubes, and whether it is sharp."""
    count, *sides = next(iter(cubes.values()))[0].shape
    coordinates = len(sides)
    boxes = MOST_WORK // (2**coordinates * (coordinates + 1) * len(cubes))
    low, high = np.zeros((count, coordinates)), np.ones((count, coordinates))
    cube = np.arange(count)  # which of them a box lies in
    best = -np.inf
    for _ in range(MOST_ROUNDS):
        boxes -= len(low)
        corners = _of(cubes, cube)
        best = max(best, *(_at(expression, corners, p, sign) for p in (low, high, (low + high) / 2)))
        bound, slopes = _bound(expression, corners, low, high, sign)
        keep = bound > best + CLOSE * max(1.0, abs(best))
        if not keep.any():
            return best, True
        low, high, cube, bound = low[keep], high[keep], cube[keep], bound[keep]
        least_slope, most_slope = slopes.slope_low[keep], slopes.slope_high[keep]
        if len(low) > min(MOST_BOXES, boxes):
            return max(best, float(bound.max())), False
        # where the slope keeps its sign, the greatest value lies on that face; unless a denominator may be 0 there:
        # then it is only approached, and the box must keep its inside
        possible = _possible(_of(cubes, cube), low, high)[:, None]
        rising, falling = (least_slope >= 0.0) & possible, (most_slope <= 0.0) & possible
        low, high = np.where(rising & (high > low), high, low), np.where(falling & ~rising & (high > low), low, high)
        width = high - low
        steep = np.nan_to_num(np.maximum(abs(least_slope), abs(most_slope)), posinf=1e6)
        axis = (width * (1e-6 + steep)).argmax(axis=1)
        rows = np.arange(len(low))
        middle = (low[rows, axis] + high[rows, axis]) / 2
        split = width.max(axis=1) > 1e-13
        left_high, right_low = high.copy(), low.copy()
        left_high[rows, axis], right_low[rows, axis] = middle, middle
        low = np.concatenate([low, right_low[split]])
        high = np.concatenate([np.where(split[:, None], left_high, high), high[split]])
        cube = np.concatenate([cube, cube[split]])
    bound, _ = _bound(expression, _of(cubes, cube), low, high, sign)
    return max(best, float(bound.max())), False


def _of(cubes: Corners, cube: NDArray[np.intp]) -> Corners:
    """The corners of the cube that each box lies in."""
    return {leaf: (top[cube], bottom[cube]) for leaf, (top, bottom) in cubes.items()}


def _possible(corners: Corners, low: Array, high: Array) -> NDArray[np.bool_]:
    """Whether every denominator is positive everywhere in a box: it is least at a corner."""
    sure = np.ones(len(low), dtype=np.bool_)
    for _, bottom in corners.values():
        sure &= _inside(bottom, low, high).min(axis=1) > 0.0
    return sure


def _at(expression: Expression, corners: Corners, points: Array, sign: float) -> float:
    """The best value among points, passing over those where a denominator is 0."""
    values = sign * fold(expression, _value_leaf(corners, points), operated)
    values = values[np.isfinite(values)]
    return float(values.max()) if len(values) else -np.inf


def operated(operator: str, a: Array, b: Array) -> Array:
    """An operation between values; not a finite number where it divides by 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return a + b if operator == "+" else a - b if operator == "-" else a * b if operator == "*" else a / b


def _inside(corners: Array, low: Array, high: Array, slope: int = -1) -> Array:
    """The values at the corners of many boxes (boxes x corners); along ``slope`` the difference instead."""
    values = corners
    for axis in range(low.shape[1]):
        first, second = np.take(values, 0, axis=axis + 1), np.take(values, 1, axis=axis + 1)
        if axis == slope:
            values = np.stack([second - first] * 2, axis=axis + 1)
            continue
        shape = (-1, *[1] * (low.shape[1] - 1))
        ends = [first + (second - first) * end[:, axis].reshape(shape) for end in (low, high)]
        values = np.stack(ends, axis=axis + 1)
    return values.reshape(len(low), -1)


def _bound(expression: Expression, corners: Corners, low: Array, high: Array, sign: float) -> tuple[Array, Bounded]:
    """An upper bound of sign x expression in every box, and the bounds it came from (of sign x expression)."""
    found = fold(expression, _leaf(corners, low, high), _join)
    if sign < 0:
        found = Bounded(-found.high, -found.low, -found.slope_high, -found.slope_low)
    middle = (low + high) / 2
    centre = sign * fold(expression, _value_leaf(corners, middle), operated)
    half = (high - low) / 2
    with np.errstate(invalid="ignore"):
        reach = np.maximum(abs(found.slope_low), abs(found.slope_high)) * half
        most = centre + np.nan_to_num(reach, nan=np.inf, posinf=np.inf).sum(axis=1)
    about = np.where(np.isfinite(centre), most, np.inf)
    return np.fmin(found.high, about), found


def _value_leaf(corners: Corners, points: Array) -> Callable[[Ratio], Array]:
    def leaf(ratio: Ratio) -> Array:
        if ratio not in corners:
            return np.full(len(points), ratio.constant)
        top, bottom = (_inside(c, points, points)[:, 0] for c in corners[ratio])
        return np.where(bottom > 0.0, top / np.where(bottom > 0.0, bottom, 1.0), np.nan)

    return leaf


def _leaf(corners: Corners, low: Array, high: Array) -> Callable[[Ratio], Bounded]:
    boxes, coordinates = low.shape

    def leaf(ratio: Ratio) -> Bounded:
        if ratio not in corners:
            still = np.zeros((boxes, coordinates))
            value = np.full(boxes, ratio.constant)
            return Bounded(value, value, still, still)
        top, bottom = (_inside(c, low, high) for c in corners[ratio])
        positive = bottom > 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(positive, top / bottom, np.nan)
        # where the denominator is 0 all over a box, there is nothing to find in it
        least = np.where(positive.any(axis=1), np.nanmin(np.where(positive, values, np.inf), axis=1), np.inf)
        most = np.where(positive.any(axis=1), np.nanmax(np.where(positive, values, -np.inf), axis=1), -np.inf)
        slopes = [_slope(corners[ratio], low, high, top, bottom, axis) for axis in range(coordinates)]
        return Bounded(least, most, np.stack([s[0] for s in slopes], 1), np.stack([s[1] for s in slopes], 1))

    return leaf


def _slope(
    pair: tuple[Array, Array], low: Array, high: Array, top: Array, bottom: Array, axis: int
) -> tuple[Array, Array]:
    """The interval of the slope of N / D along one axis, (N' D - N D') / D^2."""
    rise, fall = (_inside(c, low, high, slope=axis) for c in pair)
    numerator = _times((rise.min(1), rise.max(1)), (bottom.min(1), bottom.max(1)))
    other = _times((top.min(1), top.max(1)), (fall.min(1), fall.max(1)))
    least, most = numerator[0] - other[1], numerator[1] - other[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        square = bottom.min(1) ** 2, bottom.max(1) ** 2
        down = np.where(least < 0, least / square[0], least / square[1])
        up = np.where(most > 0, most / square[0], most / square[1])
    return np.nan_to_num(down, nan=0.0, neginf=-np.inf), np.nan_to_num(up, nan=0.0, posinf=np.inf)


Pair = tuple[Array, Array]


def _times(a: Pair, b: Pair) -> Pair:
    with np.errstate(invalid="ignore"):
        corners = [np.nan_to_num(x * y, nan=0.0, posinf=np.inf, neginf=-np.inf) for x, y in product(a, b)]
    return np.minimum.reduce(corners), np.maximum.reduce(corners)


def _join(operator: str, a: Bounded, b: Bounded) -> Bounded:
    if operator == "+":
        return Bounded(a.low + b.low, a.high + b.high, a.slope_low + b.slope_low, a.slope_high + b.slope_high)
    if operator == "-":
        return Bounded(a.low - b.high, a.high - b.low, a.slope_low - b.slope_high, a.slope_high - b.slope_low)
    if operator == "/":
        return _join("*", a, _inverse(b))
    low, high = _times((a.low, a.high), (b.low, b.high))
    one = _times(_slopes(a), (b.low[:, None], b.high[:, None]))
    two = _times((a.low[:, None], a.high[:, None]), _slopes(b))
    return Bounded(low, high, one[0] + two[0], one[1] + two[1])


def _slopes(b: Bounded) -> Pair:
    return b.slope_low, b.slope_high


def _inverse(b: Bounded) -> Bounded:
    crosses = (b.low <= 0.0) & (b.high >= 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.where(crosses, -np.inf, 1.0 / b.high), np.where(crosses, np.inf, 1.0 / b.low)
        square = np.minimum(b.low**2, b.high**2), np.maximum(b.low**2, b.high**2)
        slope = _times((-b.slope_high, -b.slope_low), (1.0 / square[1][:, None], 1.0 / square[0][:, None]))
    unknown = crosses[:, None]
    return Bounded(low, high, np.where(unknown, -np.inf, slope[0]), np.where(unknown, np.inf, slope[1]))
