"""A trial that decides directions: one variable is set by lot, and whoever moves with it is its effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import assert_never

from causal.labs.discovery.search_run import discrete, table
from causal.labs.discovery.searches import LEVEL
from causal.models.mechanisms import Linear, Table
from causal.models.model import Model
from causal.models.support import RealLine, States, Unstated
from causal.worlds.network import independence_test

FEWEST = 1e-9
"""A continuous variable that hardly varies by itself is set with at least this spread."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a trial says of one variable: how often chance alone would make it move so, and whether it moves."""

    name: str
    p_value: float

    @property
    def moves(self) -> bool:
        """Whether the variable moves with what was set; a p-value that is no number says that nothing could move."""
        return self.p_value < LEVEL


def trial(model: Model, name: str, others: Sequence[str], n: int, seed: int) -> tuple[Seen, ...]:
    """Set a variable of n units by lot, and look at each of the others."""
    found = table(by_lot(model, name, n, seed), n, seed)
    tested = [(other, independence_test(found, name, other, (), discrete(model))[0]) for other in others]
    return tuple(Seen(other, 1.0 if isnan(p_value) else p_value) for other, p_value in tested)


def by_lot(model: Model, name: str, n: int, seed: int) -> Model:
    """The story in which a lot sets one variable: every state as likely, or a spread as wide as it is seen."""
    variable = model[name]
    match variable.support:
        case RealLine():
            seen = table(model, n, seed)[name]
            mechanism: Linear | Table = Linear(float(seen.mean()), (), max(float(seen.std()), FEWEST))
        case States(states):
            mechanism = Table((tuple(1 / len(states) for _ in states),))
        case Unstated():
            raise ValueError(f"{name} has no states")
        case other:
            assert_never(other)
    lot = replace(variable, parents=(), mechanism=mechanism)
    return replace(model, variables=tuple(lot if v.name == name else v for v in model))
