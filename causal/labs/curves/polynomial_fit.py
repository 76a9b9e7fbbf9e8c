"""A polynomial fitted to the points that were shown, and refitted to many redrawn sets of them (Efron 1979).

Where points were shown, the refits agree. Where none were, nothing holds the curves together: how far they lie apart
is how much the curve is a guess there. All of it is seeing: it is about fields that come to a value by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev

from causal.labs.curves.linear_worlds import CAUSE, EFFECT, KINDS, world
from causal.ranges.spans import Array
from causal.studies.units import draw

SHOWN = (0.0, 4.0)
"""Fields with so many bags are shown. Choosing by X leaves what goes with X as it is."""

MOST_POINTS, MOST_DEGREE = 1000, 8
REFITS = 400
MIDDLE = (0.05, 0.95)
"""The band holds nine of ten refits."""

FRESH, FRESH_SEED = 1000, 0
"""New points on which a fit is tried, of a seed that no visitor can choose."""


@dataclass(frozen=True, eq=False, slots=True)
class Points:
    """Fields of which both variables were measured."""

    x: Array
    y: Array


@dataclass(frozen=True, eq=False, slots=True)
class Fit:
    """The curve, and the curves of all refits, as coefficients of Chebyshev polynomials over the shown range."""

    degree: int
    curve: Array
    refits: Array

    def at(self, xs: Array) -> Array:
        """What the curve says at each of ``xs``."""
        return np.asarray(_powers(xs, self.degree) @ self.curve)

    def band(self, xs: Array) -> tuple[Array, Array]:
        """Between which values nine of ten refits lie, at each of ``xs``."""
        low, high = np.quantile(_powers(xs, self.degree) @ self.refits.T, MIDDLE, axis=1)
        return low, high

    def miss(self, points: Points) -> float:
        """By how much the curve is wrong about points, on average."""
        return float(np.abs(self.at(points.x) - points.y).mean())


@lru_cache(maxsize=64)
def shown(n: int, seed: int) -> Points:
    """The first n fields within the shown range; a larger set begins with the same ones.

    They are drawn from one of the worlds, and it does not matter from which: to the others they are as probable.
    """
    if not 1 <= n <= MOST_POINTS:
        raise ValueError(f"between 1 and {MOST_POINTS} points are shown")
    found = draw(world(KINDS[0]), MOST_POINTS * 2, seed).columns()
    inside = (found[CAUSE] >= SHOWN[0]) & (found[CAUSE] <= SHOWN[1])
    points = Points(found[CAUSE][inside][:n], found[EFFECT][inside][:n])
    points.x.setflags(write=False)
    points.y.setflags(write=False)
    return points


def fresh() -> Points:
    """New points in the shown range."""
    return shown(FRESH, FRESH_SEED)


@lru_cache(maxsize=128)
def fit(n: int, seed: int, degree: int) -> Fit:
    """Fit a polynomial to n shown points by least squares, and to as many sets redrawn from them."""
    if not 0 <= degree <= MOST_DEGREE:
        raise ValueError(f"the degree lies between 0 and {MOST_DEGREE}")
    points = shown(n, seed)
    powers = _powers(points.x, degree)
    redrawn = np.random.default_rng([seed, n]).multinomial(n, np.full(n, 1 / n), size=REFITS).astype(float)
    products = (powers[:, :, None] * powers[:, None, :]).reshape(n, -1)
    left = (redrawn @ products).reshape(REFITS, degree + 1, degree + 1)
    right = (redrawn * points.y) @ powers
    refits = np.linalg.solve(left, right[:, :, None])[:, :, 0]
    curve = np.linalg.lstsq(powers, points.y, rcond=None)[0]
    return Fit(degree, np.asarray(curve, dtype=float), np.asarray(refits, dtype=float))


def changed(kind: str, x: float, n: int, seed: int) -> Array:
    """The outcome of n new fields on which X was set to ``x``, in a world of this kind."""
    return np.asarray(draw(world(kind), n, seed).columns({CAUSE: x})[EFFECT])


def _powers(xs: Array, degree: int) -> Array:
    low, high = SHOWN
    return np.asarray(chebyshev.chebvander((2 * np.asarray(xs) - low - high) / (high - low), degree))
