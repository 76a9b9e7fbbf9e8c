"""What lets an effect be computed from what is seen, one criterion a row (contract, section 4).

    adjust(model, "X", "Y").to_dict()     {"adjustment": [["Z"]], "front_door": [], "instruments": [["I", ["W"]]]}

A new criterion is one function of a model, a treatment and an outcome, and one row of the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from causal.graphs.adjustment import adjustment_sets, measured
from causal.graphs.front_door import front_door_sets
from causal.graphs.instruments import instruments
from causal.models.model import Model

Found = tuple[Any, ...]

CRITERIA: dict[str, Callable[[Model, str, str], Found]] = {
    "adjustment": adjustment_sets,
    "front_door": front_door_sets,
    "instruments": instruments,
}
"""The criteria by name, each with the function that lists all that satisfies it: sets, or a variable and a set."""


@dataclass(frozen=True, slots=True)
class SatisfiedCriteria:
    """What each criterion found for one treatment and one outcome; empty where it found nothing.

    Sets are tuples of names: ``()`` among the adjustment sets says that nothing needs to be adjusted for. An instrument
    is a pair of its name and of what must be given.
    """

    treatment: str
    outcome: str
    found: tuple[tuple[str, Found], ...]

    def __getitem__(self, criterion: str) -> Found:
        return dict(self.found)[criterion]

    def to_dict(self) -> dict[str, Any]:
        """The lists as JSON data, as the contract writes them."""
        return {name: _listed(found) for name, found in self.found}


def adjust(model: Model, treatment: str, outcome: str) -> SatisfiedCriteria:
    """All minimal adjustment sets, front-door sets and instruments, from the graph alone.

    Raises BadQuery if the names are not two different variables that somebody measures (see ``adjustment.measured``),
    TooLarge if there are too many sets to list.
    """
    x, y = measured(model, treatment, outcome)
    return SatisfiedCriteria(x, y, tuple((name, find(model, x, y)) for name, find in CRITERIA.items()))


def _listed(value: Any) -> Any:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value
