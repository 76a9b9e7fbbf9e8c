"""What a sample says, beside what is exact: shares and means of units with their sampling error.

The intervals cover the truth in about 95 of 100 samples: Wilson's for a share (Wilson 1927), the normal one for a mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from causal.models.model import Model

Z95 = 1.959963984540054
"""The normal quantile that leaves 2.5 % on each side."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate from ``n`` units and the ends of its 95 % interval; None where no unit is left to count."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    count: int = 0


def share(true: NDArray[np.bool_]) -> Estimate:
    """The share of units of which something is true."""
    n, count = len(true), int(true.sum())
    if n == 0:
        return Estimate(0, None, None, None)
    return Estimate(n, count / n, *_wilson(count, n), count)


@lru_cache(maxsize=4096)
def _wilson(count: int, n: int) -> tuple[float, float]:
    from scipy.stats import binomtest  # here, as it takes a second to import

    ends = binomtest(count, n).proportion_ci(method="wilson")
    return float(ends.low), float(ends.high)


def average(values: NDArray[np.float64]) -> Estimate:
    """The mean of a continuous variable over units (an interval needs two of them)."""
    n = len(values)
    if n == 0:
        return Estimate(0, None, None, None)
    mean = float(values.mean())
    if n == 1:
        return Estimate(1, mean, None, None, 1)
    half = Z95 * float(values.std(ddof=1)) / sqrt(n)
    return Estimate(n, mean, mean - half, mean + half, n)


def residual(column: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """What least squares leaves of a column when the others are taken out."""
    return np.asarray(column - others @ np.linalg.lstsq(others, column, rcond=None)[0])


def estimate(values: NDArray[Any], event: str = "") -> Estimate:
    """The share of units at ``event``, or (without an event) the mean of a continuous variable."""
    return share(values == event) if event else average(values)


def fits(
    columns: Mapping[str, NDArray[Any]], model: Model, facts: Mapping[str, str | float], near: float = 0.0
) -> NDArray[np.bool_]:
    """Which units the facts fit; a continuous fact fits within ``near`` of its variable's range on either side."""
    fit = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for name, value in facts.items():
        variable, column = model[name], columns[name]
        if name in model.real_valued:
            low, high = variable.range or (float(column.min()), float(column.max()))
            fit &= np.abs(column - float(value)) <= near * (high - low) + 1e-9
        else:
            fit &= column == str(value)
    return fit
