"""Three kinds of predictor, really trained here: lines, trees, and the artists that are most alike (scikit-learn)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
"""One row a unit, one column a feature."""

KINDS = ("line", "trees", "neighbours")
NEIGHBOURS = 15


class Predictor(Protocol):
    """What has been trained."""

    def predict(self, table: Table) -> Table:
        """The outcome that it expects, for each row."""
        ...


def train(kind: str, table: Table, outcome: Table, seed: int) -> Predictor:
    """A predictor of this kind, fitted to these units."""
    from sklearn.ensemble import GradientBoostingRegressor  # a second to import: only who trains pays for it
    from sklearn.linear_model import LinearRegression
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    makers: dict[str, Callable[[], Any]] = {
        "line": LinearRegression,
        "trees": lambda: GradientBoostingRegressor(
            n_estimators=150, max_depth=4, learning_rate=0.08, subsample=0.5, random_state=seed
        ),
        "neighbours": lambda: make_pipeline(StandardScaler(), KNeighborsRegressor(NEIGHBOURS, weights="distance")),
    }
    fitted: Predictor = makers[kind]().fit(table, outcome)
    return fitted


def score(predicted: Table, outcome: Table) -> float:
    """R²: which share of the differences between units the predictor explains; 0 is as good as always the mean."""
    return float(1 - ((outcome - predicted) ** 2).sum() / ((outcome - outcome.mean()) ** 2).sum())
