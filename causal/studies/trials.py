"""A randomised trial on drawn units: a coin sets the treatment, and what the arms show is held against the truth.

The difference of two means with its 95 % interval (normal approximation
with unequal variances; of two shares as in Agresti and Caffo 2000, which holds for rare events too), and the means of
every other cause in both arms, with the coin and without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from causal.graphs.graph import descendants
from causal.models.model import Model, Variable
from causal.studies.estimation import Z95
from causal.studies.units import draw


@dataclass(frozen=True, slots=True)
class Balance:
    """One cause that the coin knows nothing of: its mean (or the share of its last state) in both arms."""

    name: str
    coin: tuple[float, float]
    seen: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial of n units found; ``low`` and ``high`` are the ends of the 95 % interval."""

    sizes: tuple[int, int]
    estimate: float
    low: float
    high: float
    balance: tuple[Balance, ...]


def run(
    model: Model, treated: str, outcome: str, event: str, arms: tuple[str | float, str | float], n: int, seed: int
) -> Trial:
    """Toss a coin for each of n units: heads take the first arm, tails the second."""
    units = draw(model, n, seed)
    heads = np.random.default_rng([seed, n]).random(n) < 0.5
    heads[:2] = True, False  # both arms exist, however small the trial
    worlds = [units.values({treated: arm}) for arm in arms]
    results = [
        _numbers(world, model[outcome], event)[side] for world, side in zip(worlds, (heads, ~heads), strict=True)
    ]
    estimate = float(results[0].mean() - results[1].mean())
    centre, error = _around(results, estimate, counted=bool(event))
    free = units.values()
    return Trial(
        (len(results[0]), len(results[1])),
        estimate,
        centre - Z95 * error,
        centre + Z95 * error,
        tuple(_balance(model, free, name, treated, arms, heads) for name in _others(model, treated, outcome)),
    )


def _around(results: Sequence[np.ndarray], estimate: float, counted: bool) -> tuple[float, float]:
    """Where the interval lies and its standard error; shares get one success and one failure more in each arm."""
    if not counted:
        return estimate, sqrt(sum(float(r.var(ddof=1)) / len(r) if len(r) > 1 else 0.0 for r in results))
    shares = [(float(r.sum()) + 1) / (len(r) + 2) for r in results]
    error = sqrt(sum(p * (1 - p) / (len(r) + 2) for p, r in zip(shares, results, strict=True)))
    return shares[0] - shares[1], error


def _others(model: Model, treated: str, outcome: str) -> Sequence[str]:
    later = descendants(model, treated)
    return [v.name for v in model if v.name not in later and v.name not in (treated, outcome)]


def _balance(
    model: Model, free: pd.DataFrame, name: str, treated: str, arms: tuple[str | float, str | float], heads: np.ndarray
) -> Balance:
    values = _numbers(free, model[name], model[name].states[-1] if model[name].states else "")
    if treated in model.real_valued:
        middle = float(free[treated].median())
        sides = (free[treated] <= middle, free[treated] > middle)
        first, second = sides if float(arms[0]) <= float(arms[1]) else sides[::-1]
    else:
        first, second = free[treated] == arms[0], free[treated] == arms[1]
    chosen = (float(values[first].mean()), float(values[second].mean())) if first.any() and second.any() else None
    return Balance(name, (float(values[heads].mean()), float(values[~heads].mean())), chosen)


def _numbers(world: pd.DataFrame, variable: Variable, event: str) -> np.ndarray:
    column = world[variable.name].to_numpy()
    return np.asarray(variable.support.case(states=column == event, numbers=column), dtype=float)
