"""The two worlds of the lab, their data, and what the engine says of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from causal.answers.engine import ask
from causal.bounding import bounds
from causal.files import overlay
from causal.files.shelf import PROGRAMS, load
from causal.models.model import Model
from causal.queries.parsing import parse
from causal.studies.units import draw
from causal.words.caching import words_cache
from causal.words.catalogue import current

WORLDS = ("front_door", "bow")

PRIORS: Mapping[str, tuple[float, ...]] = {
    "open": (1.0, 1.0, 1.0, 1.0),
    "hopeful": (1.0, 25.0, 1.0, 1.0),
    "doubtful": (8.0, 1.0, 25.0, 8.0),
}
"""What is believed before the data of how many are never well, helped, hurt, always well: a Dirichlet distribution."""

SIZES = (10, 30, 100, 300, 1000, 3000, 10000)
EFFECT = "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))"
CAUSE = {"front_door": "M", "bow": "X"}
"""What the response of Y is a response to."""


@lru_cache(maxsize=4)
def world(name: str) -> Model:
    """One of the two worlds."""
    return load(PROGRAMS / f"{name}.toml")


@words_cache(8)
def worded(name: str) -> Model:
    """The same in the words of the language that is spoken."""
    return overlay.worded(PROGRAMS / f"{name}.toml", current())


@lru_cache(maxsize=4)
def truth(name: str) -> float:
    """The effect of X on Y, by the engine."""
    model = world(name)
    return float(ask(model, parse(EFFECT, model)).value or 0.0)


@lru_cache(maxsize=4)
def reach(name: str) -> tuple[float, float]:
    """All values of the effect that endless data allow, by the engine: one value if it is identifiable."""
    return _interval(name, EFFECT)


@lru_cache(maxsize=4)
def reach_of_helped(name: str) -> tuple[float, float]:
    """The same of the share of units that are helped by what Y responds to."""
    cause = CAUSE[name]
    return _interval(name, f"P(Y[{cause}=1]=1, Y[{cause}=0]=0)")


def counts(name: str, n: int, seed: int) -> NDArray[np.int64]:
    """How many of n units were seen in each cell, the axes in the order X, M, Y (or X, Y)."""
    model = world(name)
    columns = draw(model, n, seed).columns()
    shown = [v.name for v in model if v.observable]
    cells = np.zeros([2] * len(shown), dtype=np.int64)
    np.add.at(cells, tuple((columns[v] == "1").astype(int) for v in shown), 1)
    return cells


def _interval(name: str, question: str) -> tuple[float, float]:
    found = bounds(world(name), question)
    if found.value is not None:
        return found.value, found.value
    assert found.interval is not None  # noqa: S101 - a question without a free variable has an interval
    return found.interval
