"""The range of a ratio over all models where it is linear in each block: exact, as far as corners can be listed.

A ratio of linear functions is a linear program (Charnes and Cooper 1962). Where blocks that are independent of each
other are multiplied, the optimum lies at corners of all but some of them, and is a linear program in those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from math import inf, prod

import numpy as np

from causal.bounding.algebra import Poly, Ratio, Unknown, blocks_of, plus
from causal.bounding.space import MOST_WORK, Point, Space
from causal.errors import ImpossibleEvidence
from causal.ranges.spans import Array

MOST_CHOICES = 400
"""Choices of corners for each of which a linear program is solved."""

MOST_CORNERS = 100_000
"""Choices of corners that are looked at where nothing is left to solve."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a question can take, and where it takes the ends (None: nobody has found out).

    ``touched`` numbers the groups of variables whose response types matter, or are limited by assumptions.
    """

    low: float
    high: float
    at: tuple[Point | None, Point | None]
    touched: tuple[int, ...] = ()

    @property
    def attained(self) -> bool:
        """Whether both ends are values that the program's variables can bring about."""
        return None not in self.at


def no_model() -> ImpossibleEvidence:
    """The error where assumptions leave nothing."""
    return ImpossibleEvidence("No model fits both the numbers and what is assumed.", "assumptions")


def extent(space: Space, ratio: Ratio) -> Range | None:
    """The range of a ratio that is linear in each block; None if there are too many corners to go through."""
    walked = _walked(space, ratio)
    shadows = [corners(space, b, [ratio]) for b in walked]
    listed = [c for c in shadows if c is not None]
    width = sum(space.block(b).width for b in blocks_of(ratio).difference(walked))
    limit = max(1, min(MOST_CHOICES, MOST_WORK // width)) if width else MOST_CORNERS
    if len(listed) < len(shadows) or prod(len(c) for c in listed) > limit:
        return None
    ends: list[tuple[float, Point | None]] = [(inf, None), (-inf, None)]
    for chosen in product(*listed):
        point = dict(zip(walked, chosen, strict=True))
        linear = Ratio(_put(space, ratio.top, point), _put(space, ratio.bottom, point))
        for end, sign in enumerate((1.0, -1.0)):
            best = _linear(space, linear, sign)
            if best is not None and sign * best[0] < sign * ends[end][0]:
                ends[end] = best[0], {**point, **best[1]}
    if ends[0][1] is None or ends[1][1] is None:
        if space.some(blocks_of(ratio)) is None:
            raise no_model()
        raise never("What this question takes for given")
    return Range(ends[0][0], ends[1][0], (ends[0][1], ends[1][1]))


def never(what: str) -> ImpossibleEvidence:
    """The error where a condition can happen in no model."""
    return ImpossibleEvidence(f"{what} never happens in any model that fits the numbers: nothing follows from it.")


def _walked(space: Space, ratio: Ratio) -> list[int]:
    """Blocks whose corners are gone through so that what is left is linear; the widest are left where possible."""
    products = [{b for b, _ in p} for p in (*ratio.top, *ratio.bottom) if len(p) > 1]
    walked = set().union(*products)
    width = {b: space.block(b).width for b in walked}
    for block in sorted(walked, key=lambda b: (-width[b], b)):
        if all(p - walked <= set() for p in products if block in p):
            walked.remove(block)
    return sorted(walked)


def corners(space: Space, block: int, ratios: Iterable[Ratio]) -> list[Array] | None:
    """Corners of a block, as many as these ratios can tell apart: they see it through a few sums of its unknowns."""
    sums: dict[tuple[int, int, tuple[Unknown, ...]], Array] = {}
    polytope = space.block(block)
    for i, ratio in enumerate(ratios):
        for j, poly in enumerate((ratio.top, ratio.bottom)):
            for unknowns, coefficient in poly.items():
                for b, k in unknowns:
                    if b == block:
                        rest = (i, j, tuple(u for u in unknowns if u[0] != block))
                        sums[rest] = sums.get(rest, 0.0) + coefficient * polytope.patterns[k]
    different = {tuple(np.round(form, 12)): form for form in sums.values()}
    return polytope.shadow(np.array(list(different.values())))


def _put(space: Space, poly: Poly, point: Point) -> Poly:
    """The polynomial where some blocks stand at a point."""
    if not point:
        return poly
    found: dict[tuple[tuple[int, int], ...], float] = {}
    for unknown, coefficient in poly.items():
        for b, k in unknown:
            if b in point:
                coefficient *= float(space.block(b).patterns[k] @ point[b])
        rest = tuple(u for u in unknown if u[0] not in point)
        found[rest] = found.get(rest, 0.0) + coefficient
    return found


def _linear(space: Space, ratio: Ratio, sign: float) -> tuple[float, Point] | None:
    """The least (sign 1) or greatest (sign -1) value of a ratio of affine functions, and where; None if nowhere."""
    turned = _positive(space, ratio)
    if turned is None:
        return None
    point = space.least(blocks_of(turned), plus({}, turned.top, sign), turned.bottom)
    if point is None:
        return None
    under = value_at(space, turned.bottom, point)
    return (value_at(space, turned.top, point) / under, point) if under > 0.0 else None


def _positive(space: Space, ratio: Ratio) -> Ratio | None:
    """The ratio with a bottom that is not negative (its sign never changes); None if it is always 0."""
    bottom = ratio.bottom
    if not any(c < 0.0 for c in bottom.values()):
        return ratio if any(c > 0.0 for c in bottom.values()) else None
    point = space.least(blocks_of(Ratio(bottom)), plus({}, bottom, -1.0))
    if point is None:
        return None
    if value_at(space, bottom, point) > 0.0:
        return ratio
    return Ratio(plus({}, ratio.top, -1.0), plus({}, bottom, -1.0))


def value_at(space: Space, poly: Poly, point: Point) -> float:
    """A polynomial's value where all of its blocks stand at a point."""
    return _put(space, poly, point).get((), 0.0)
