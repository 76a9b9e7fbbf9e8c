"""Three linear Gaussian worlds with one and the same joint distribution of X and Y, and different answers to do(X).

    cause       X -> Y              E(Y | do(X=x)) = E(Y | X=x)
    hidden      X <- H -> Y         E(Y | do(X=x)) = E(Y)
    backwards   Y -> X              E(Y | do(X=x)) = E(Y)

A normal distribution is its means, variances and covariance, so those three decide each world's numbers. For hidden,
H has variance 1 and correlation r with X: X loads on it by r sd(X), and Y must load by cov(X, Y) / (r sd(X)).

Reference: P. Spirtes, C. Glymour and R. Scheines, Causation, Prediction, and Search (2000), chapter 4.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

from causal.files.reader import from_dict
from causal.models.model import Model
from causal.words.caching import words_cache
from causal.words.catalogue import say

CAUSE, EFFECT, HIDDEN = "X", "Y", "H"
KINDS = ("cause", "hidden", "backwards")

SLOPE, MEAN, SPREAD, REST = 4.0, 2.5, 0.9, 1.3125
"""What is seen, the same in every world (invented): E(Y | X=x) = 4 x, X = 2.5 give or take 0.9, Y misses it by REST."""

SHARED = 0.96
"""How strongly the hidden cause goes with X. Less, and it could not explain as much of Y as X does."""

_AXIS: dict[str, dict[str, Any]] = {
    CAUSE: {"range": [0, 8], "step": 0.1},
    EFFECT: {"range": [0, 100], "step": 1},
    HIDDEN: {"range": [-3, 3], "step": 0.1, "latent": True},
}

_WORDS = {
    CAUSE: ("labs.curves.fertiliser", "labs.curves.bags"),
    EFFECT: ("labs.curves.harvest", "labs.curves.sacks"),
    HIDDEN: ("labs.curves.soil", "labs.curves.points"),
}
"""What says each variable's label and unit."""


@words_cache(32)
def world(kind: str) -> Model:
    """The world of this kind, its labels in the language that is spoken."""
    variance, outcome = SPREAD**2, (SLOPE * SPREAD) ** 2 + REST**2
    covariance, mean = SLOPE * variance, SLOPE * MEAN
    if kind == "cause":
        mechanisms = {CAUSE: _mechanism(MEAN, SPREAD), EFFECT: _mechanism(0.0, REST, {CAUSE: SLOPE})}
        places: dict[str, tuple[float, float]] = {CAUSE: (0, 0), EFFECT: (1, 0)}
    elif kind == "backwards":
        back = covariance / outcome
        mechanisms = {
            CAUSE: _mechanism(MEAN - back * mean, sqrt(variance - back * covariance), {EFFECT: back}),
            EFFECT: _mechanism(mean, sqrt(outcome)),
        }
        places = {CAUSE: (0, 0), EFFECT: (1, 0)}
    else:
        loads_x = SHARED * SPREAD
        loads_y = covariance / loads_x
        mechanisms = {
            HIDDEN: _mechanism(0.0, 1.0),
            CAUSE: _mechanism(MEAN, sqrt(variance - loads_x**2), {HIDDEN: loads_x}),
            EFFECT: _mechanism(mean, sqrt(outcome - loads_y**2), {HIDDEN: loads_y}),
        }
        places = {HIDDEN: (0.5, 0), CAUSE: (0, 1), EFFECT: (1, 1)}
    said = {n: {"label": say(label), "unit": say(unit)} for n, (label, unit) in _WORDS.items()}
    variables = {n: {**_AXIS[n], **said[n], **m, "position": list(places[n])} for n, m in mechanisms.items()}
    head = {"format": 1, "id": f"fields-{kind}", "treatment": CAUSE, "outcome": EFFECT, "invented": True}
    return from_dict({**head, "variables": variables}, f"fields-{kind}")


def _mechanism(intercept: float, sd: float, causes: dict[str, float] | None = None) -> dict[str, Any]:
    causes = causes or {}
    return {"parents": list(causes), "linear": {"intercept": intercept, "coefficients": causes, "sd": sd}}
