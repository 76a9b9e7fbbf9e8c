"""What a sample says, beside what is exact: shares and means of units with their sampling error, and a trial.

The intervals cover the truth in about 95 of 100 samples: Wilson's for a share (Wilson 1927), the normal one for a mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from causal.model import Model
from causal.units import Units, draw

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


def share(true: pd.Series) -> Estimate:
    """The share of units of which something is true."""
    n, count = len(true), int(true.sum())
    if n == 0:
        return Estimate(0, None, None, None)
    p, z = count / n, Z95
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Estimate(n, p, max(0.0, centre - half), min(1.0, centre + half), count)


def average(values: pd.Series) -> Estimate:
    """The mean of a continuous variable over units (an interval needs two of them)."""
    n = len(values)
    if n == 0:
        return Estimate(0, None, None, None)
    mean = float(values.mean())
    if n == 1:
        return Estimate(1, mean, None, None, 1)
    half = Z95 * float(values.std(ddof=1)) / sqrt(n)
    return Estimate(n, mean, mean - half, mean + half, n)


def estimate(units: pd.DataFrame, variable: str, event: str = "") -> Estimate:
    """The share of units at ``event``, or (without an event) the mean of a continuous variable."""
    return share(units[variable] == event) if event else average(units[variable])


def fits(units: pd.DataFrame, model: Model, facts: Mapping[str, str | float], near: float = 0.0) -> pd.Series:
    """Which units the facts fit; a continuous fact fits within ``near`` of its variable's range on either side."""
    fit = pd.Series(True, index=units.index)
    for name, value in facts.items():
        variable = model[name]
        if variable.continuous:
            low, high = variable.range or (float(units[name].min()), float(units[name].max()))
            fit &= (units[name] - float(value)).abs() <= near * (high - low) + 1e-9
        else:
            fit &= units[name] == str(value)
    return fit


@dataclass(frozen=True, slots=True)
class Balance:
    """One other cause in the two arms of a trial: its mean (or the share of its last state) in each."""

    variable: str
    treated: float
    untreated: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What a coin toss for every unit gives: the effect with its 95 % interval, each arm, and every cause's balance."""

    treated: Estimate
    untreated: Estimate
    effect: Estimate
    balance: tuple[Balance, ...]


def trial(
    model: Model,
    treatment: str,
    outcome: str,
    arms: tuple[str | float, str | float],
    n: int,
    seed: int,
    event: str = "",
    causes: tuple[str, ...] = (),
) -> Trial:
    """Toss a coin for each of n units: heads gets the treatment at ``arms[0]``, tails at ``arms[1]``.

    The effect is the difference of the arms' outcomes (of the shares at ``event``, or of the means).
    """
    units: Units = draw(model, n, seed)
    heads = np.random.default_rng([seed, n]).random(n) < 0.5
    one, other = units.values({treatment: arms[0]})[heads], units.values({treatment: arms[1]})[~heads]
    treated, untreated = estimate(one, outcome, event), estimate(other, outcome, event)
    balance = tuple(Balance(c, _level(model, one, c), _level(model, other, c)) for c in causes)
    return Trial(treated, untreated, _difference(one, other, outcome, event), balance)


def _level(model: Model, units: pd.DataFrame, name: str) -> float:
    variable = model[name]
    column = units[name] if variable.continuous else units[name] == variable.states[-1]
    return float(column.mean()) if len(column) else 0.0


def _difference(one: pd.DataFrame, other: pd.DataFrame, outcome: str, event: str) -> Estimate:
    a, b = (frame[outcome] == event if event else frame[outcome] for frame in (one, other))
    n = len(a) + len(b)
    if len(a) < 2 or len(b) < 2:
        return Estimate(n, None, None, None)
    value = float(a.mean() - b.mean())
    half = Z95 * sqrt(float(a.astype(float).var(ddof=1)) / len(a) + float(b.astype(float).var(ddof=1)) / len(b))
    return Estimate(n, value, value - half, value + half)
