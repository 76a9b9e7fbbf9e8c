"""The nearest counterfactual: the smallest change of the inputs for which a predictor says what one wants to hear.

After R. Mothilal, A. Sharma and C. Tan, Explaining machine learning classifiers through diverse counterfactual
explanations (2020), in its plainest form: no diversity, and a change's size is the sum of its parts, each in standard
deviations of its input. Changes are tried from the smallest on, one input alone or several together.
"""

from __future__ import annotations

import numpy as np

from causal.labs.star.predictors import Predictor, Table

SIZES = np.linspace(0.2, 4.0, 20)
"""In standard deviations."""

TOGETHER = 6
"""So many ways to change several inputs together are tried, besides each input alone, up and down."""


def directions(features: int, seed: int) -> Table:
    """The ways to change: rows of size 1."""
    alone = np.vstack([np.eye(features), -np.eye(features)])
    if features == 1:
        return alone
    mixed = np.random.default_rng(seed).standard_normal((TOGETHER, features))
    return np.vstack([alone, mixed / np.abs(mixed).sum(axis=1, keepdims=True)])


def nearest(predictor: Predictor, table: Table, spread: Table, gain: float, seed: int) -> Table:
    """For each row, the nearest inputs that are predicted to bring ``gain`` more; nan where none was found."""
    ways = directions(table.shape[1], seed) * spread
    goal = predictor.predict(table) + gain
    found = np.full(table.shape, np.nan)
    waiting = np.arange(len(table))
    for size in SIZES:
        tried = table[waiting, None, :] + size * ways
        said = predictor.predict(tried.reshape(-1, table.shape[1])).reshape(len(waiting), -1)
        best = said.argmax(axis=1)
        there = said.max(axis=1) >= goal[waiting]
        found[waiting[there]] = tried[there, best[there]]
        waiting = waiting[~there]
        if not len(waiting):
            break
    return found
