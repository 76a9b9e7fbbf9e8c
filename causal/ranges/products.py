"""The range of a product of affine functions over a polytope, exactly, by asking for its farthest points.

Where no factor changes its sign the product's logarithm is concave: its peak is where nothing lies further along the
gradient, and how far a point is from the peak is known at any time (Frank and Wolfe 1956). So the greatest value is the
highest of at most 2^k peaks, one for each way in which the factors' signs can make the product positive, and the least
likewise. Corners are looked for as they are needed. A product that can be neither positive nor negative ends at 0; of
one that has one sign everywhere, what lies nearest to 0 is a corner.

>>> square = np.array([[-1.0, -1.0], [-1.0, 2.0], [1.0, -1.0], [1.0, 2.0]])
>>> product_range(lambda direction: square[(square @ direction).argmax()], 2)
(-2.0, 2.0)

References: M. Frank and P. Wolfe, An algorithm for quadratic programming (1956); P. Wolfe, Finding the nearest point
in a polytope (1976), for the corners that are kept; Y. Nesterov and A. Nemirovskii, Interior-point polynomial
algorithms in convex programming (1994).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from causal.ranges.projections import projection
from causal.ranges.spans import Array

CLOSE = 1e-10
"""A peak's logarithm is known to this, or the peak itself to a hundredth of it, as the product of parts of one."""

LEAST = 1e-12
"""A factor that is never further from 0 than this on one side has no such sign."""

MOST_STEPS = 300
MOST_FACTORS = 8


def product_range(farthest: Callable[[Array], Array], factors: int) -> tuple[float, float] | None:
    """The least and the greatest product of the coordinates of an image; ``farthest`` gives its end in a direction.

    None if a peak was not found, or there are more than ``MOST_FACTORS`` factors.
    """
    if factors > MOST_FACTORS:
        return None
    first = np.array([farthest(sign * axis) for axis in np.eye(factors) for sign in (1.0, -1.0)])
    size = np.abs(first).max(axis=0)
    if not size.all():
        return 0.0, 0.0
    image = _Image(lambda direction: farthest(direction / size) / size, list(first / size))
    low, high = image.known().min(axis=0), image.known().max(axis=0)
    best = {1.0: 0.0, -1.0: 0.0}
    if (low > 0.0).sum() + (high < 0.0).sum() == factors:
        corners = projection(image.farthest, np.eye(factors))
        if not corners:
            return None
        values = np.array(corners).prod(axis=1)
        best = {1.0: float(values.max()), -1.0: float(-values.min())}
    options = [[s for s, end in ((1.0, high[i]), (-1.0, -low[i])) if end > LEAST] for i in range(factors)]
    for signs in product(*options):
        side, turned = float(np.prod(signs)), np.array(signs)
        if np.where(turned > 0.0, high, -low).prod() <= best[side]:
            continue
        found = image.peak(turned)
        if found is None:
            return None
        best[side] = max(best[side], found)
    whole = float(size.prod())
    return -best[-1.0] * whole + 0.0, best[1.0] * whole


@dataclass
class _Image:
    """The corners that were met, each coordinate at most 1 in size, and the way to more of them."""

    farthest: Callable[[Array], Array]
    met: list[Array]

    def known(self) -> Array:
        """The corners, one a row."""
        return np.array(self.met)

    def further(self, direction: Array, than: float) -> bool:
        """Meet the farthest corner in a direction; whether it lies further than that."""
        corner = self.farthest(direction)
        if corner @ direction <= than:
            return False
        self.met.append(corner)
        return True

    def peak(self, signs: Array) -> float | None:
        """The greatest size of the product where it has these signs, 0 where it never has; None if it was not found."""
        for _ in range(MOST_STEPS):
            corners = self.known() * signs
            shares, direction = _inside(corners)
            if shares is None:
                if not self.further(direction * signs, LEAST):
                    return 0.0
                continue
            point = _peak(corners, shares)
            if point is None:
                return None
            if not self.further(signs / point, len(signs) + 2 * _close(point)):
                return float(point.prod())
        return None


def _peak(corners: Array, shares: Array) -> Array | None:
    """The point among these corners' mixtures with the greatest product of coordinates, from a positive one on."""
    count = corners.shape[1]
    for _ in range(MOST_STEPS):
        point = shares @ corners
        slopes = corners @ (1.0 / point)
        gap = slopes.max() - count
        if gap <= _close(point):
            return np.asarray(point)
        used = np.flatnonzero(shares > 0.0)
        if np.ptp(slopes[used]) <= 0.01 * gap:  # these corners give no more by themselves
            used = np.append(used, slopes.argmax())
            shares = _fewer(corners, shares, used)
            used = used[(shares[used] > 0.0) | (used == slopes.argmax())]
        step = np.zeros(len(shares))
        step[used] = _newton(corners[used] / point, slopes[used])
        shares = _moved(shares, step, max(0.0, float(slopes @ step)))
    return None


def _close(point: Array) -> float:
    """How far the logarithm may be from its peak."""
    return CLOSE / min(1.0, 100.0 * float(point.prod()))


def _fewer(corners: Array, shares: Array, used: NDArray[np.int64]) -> Array:
    """Shares that give the same point with corners none of which lies among the others (Caratheodory)."""
    shares = shares.copy()
    while True:
        left = used[(shares[used] > 0.0) | (used == used[-1])]
        lifted = np.vstack([corners[left].T, np.ones(len(left))])
        _, sizes, axes = np.linalg.svd(lifted)
        if len(left) <= (rank := int((sizes > 1e-12 * sizes[0]).sum())):
            return shares
        idle = axes[rank]
        idle = idle if idle[-1] > 0.0 or (idle[-1] == 0.0 and idle.min() < 0.0) else -idle
        falling = np.flatnonzero(idle < 0.0)
        reach = shares[left[falling]] / -idle[falling]
        shares[left] = np.maximum(shares[left] + reach.min() * idle, 0.0)
        shares[left[falling[reach.argmin()]]] = 0.0


def _inside(corners: Array) -> tuple[Array | None, Array]:
    """Shares of the corners that make a point of which all coordinates are positive.

    None where there are none; and then weights of the coordinates by which no corner has a positive sum.
    """
    rows, columns = corners.shape
    # the least coordinate, to be made as great as it can be
    above = np.column_stack([-corners.T, np.ones(columns)])
    sums = np.append(np.ones(rows), 0.0)[None]
    limits = [(0.0, None)] * rows + [(None, None)]
    found = linprog(-np.eye(rows + 1)[-1], above, np.zeros(columns), sums, [1.0], limits, method="highs-ds")
    if found.x is None:
        raise ArithmeticError(f"linear program over {rows} corners: {found.message}")
    if found.x[-1] <= LEAST:
        return None, -np.asarray(found.ineqlin.marginals)
    shares = np.maximum(found.x[:-1], 0.0)
    return np.asarray(shares / shares.sum()), np.zeros(columns)


def _newton(scaled: Array, slopes: Array) -> Array:
    """The step of Newton's method along which the shares still sum to 1."""
    size = len(slopes)
    system = np.zeros((size + 1, size + 1))
    system[:size, :size] = scaled @ scaled.T
    system[:size, size] = system[size, :size] = 1.0
    return np.asarray(np.linalg.lstsq(system, np.append(slopes, 0.0), rcond=None)[0][:size])


def _moved(shares: Array, step: Array, rise: float) -> Array:
    """As far along the step as no share becomes negative.

    The logarithm of a product is self-concordant: a whole step leads up where little is left to rise, else a shorter
    one does (Nesterov and Nemirovskii 1994).
    """
    falling = np.flatnonzero(step < 0.0)
    reach = shares[falling] / -step[falling]
    whole = 1.0 if rise < 0.05 else 1.0 / (1.0 + sqrt(rise))
    moved = shares + min(whole, float(reach.min(initial=1.0))) * step
    if reach.min(initial=1.0) < whole:
        moved[falling[reach.argmin()]] = 0.0
    moved[moved < 1e-15] = 0.0
    return np.asarray(moved / moved.sum())
