"""What a table of data reports of an effect when one adjusts for some of its columns, with its sampling error.

Discrete: the units fall into strata by the values of Z, in each of which the arms are compared, and the differences are
weighted by the strata's sizes (standardisation). Linear: the coefficient of X in the regression of Y on X and Z.

The 95 % intervals are normal ones. Of a standardised difference the variance is that within the strata, each share
moved a little towards one half so that a small stratum does not look certain, and that between them; of a coefficient
that of least squares. An interval tells how far chance may lead astray, never how far a wrong set does.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from causal.errors import BadQuery
from causal.graphs.adjustment import measured
from causal.models.model import Model
from causal.queries.query import Arms
from causal.ranges.spans import Array
from causal.studies.estimation import Z95, Estimate, residual

if TYPE_CHECKING:
    import pandas as pd


def from_table(
    table: pd.DataFrame, model: Model, treatment: str, outcome: str, given: Sequence[str], arms: Arms, event: str = ""
) -> Estimate:
    """The effect that a table of data would report with this set, and its 95 % interval.

    Of a discrete treatment, ``n`` counts the units in strata in which both arms occur; the others are left out. The
    value is None where no unit is left.
    """
    x, y, *z = measured(model, treatment, outcome, *given)
    smooth = model.real_valued
    if {x, y} <= smooth:
        return _least_squares(table, x, y, [n for n in z if n in smooth], float(arms[0]) - float(arms[1]))
    if x in smooth:
        raise BadQuery("errors.studies.kinds", "kinds", x=x, y=y)
    values = table[y].to_numpy(dtype=float) if y in smooth else (table[y] == event).to_numpy(dtype=float)
    strata = table.groupby([n for n in z if n not in smooth], sort=False).ngroup() if z else None
    return _strata(
        values,
        np.zeros(len(table), dtype=np.int64) if strata is None else strata.to_numpy(),
        [(table[x] == arm).to_numpy() for arm in arms],
        shares=y not in smooth,
    )


def _strata(values: Array, stratum: Array, arms: Sequence[Array], shares: bool) -> Estimate:
    """Differences within strata, weighted by how many units each holds."""
    if not len(values):
        return Estimate(0, None, None, None)
    groups = int(stratum.max()) + 1
    sizes = np.bincount(stratum, minlength=groups).astype(float)
    counts, means, noises = zip(*(_arm(values, stratum, arm, groups, shares) for arm in arms), strict=True)
    usable = (counts[0] > 0) & (counts[1] > 0)
    n = int(sizes[usable].sum())
    if not n:
        return Estimate(0, None, None, None)
    weights = sizes[usable] / n
    differences = (means[0] - means[1])[usable]
    value = float(weights @ differences)
    between = float(weights @ (differences - value) ** 2) / n
    within = sum(
        float(weights**2 @ (noise[usable] / count[usable])) for noise, count in zip(noises, counts, strict=True)
    )
    half = Z95 * sqrt(between + within)
    return Estimate(n, value, value - half, value + half, n)


def _arm(values: Array, stratum: Array, arm: Array, groups: int, shares: bool) -> tuple[Array, Array, Array]:
    """How many units of an arm each stratum holds, their mean, and the variance of one of them."""
    count = np.bincount(stratum[arm], minlength=groups).astype(float)
    total = np.bincount(stratum[arm], weights=values[arm], minlength=groups)
    mean = total / np.maximum(count, 1.0)
    if shares:
        near = (total + 1.0) / (count + 2.0)
        return count, mean, near * (1.0 - near)
    squares = np.bincount(stratum[arm], weights=values[arm] ** 2, minlength=groups) / np.maximum(count, 1.0)
    return count, mean, np.maximum(squares - mean**2, 0.0) * count / np.maximum(count - 1.0, 1.0)


def _least_squares(table: pd.DataFrame, x: str, y: str, z: Sequence[str], distance: float) -> Estimate:
    """The coefficient of X beside Z and a constant, times the distance between the arms."""
    n = len(table)
    others = np.column_stack([np.ones(n), *(table[name].to_numpy(dtype=float) for name in z)])
    free = n - others.shape[1] - 1
    if free < 1:
        return Estimate(n, None, None, None)
    cause, effect = table[x].to_numpy(dtype=float), table[y].to_numpy(dtype=float)
    own, rest = residual(cause, others), residual(effect, others)
    spread = float(own @ own)
    if spread <= 1e-18 * float(cause @ cause):
        return Estimate(n, None, None, None)
    slope = float(own @ rest) / spread
    half = Z95 * sqrt(float(((rest - slope * own) ** 2).sum()) / free / spread)
    value = slope * distance
    return Estimate(n, value, value - half * abs(distance), value + half * abs(distance), n)
