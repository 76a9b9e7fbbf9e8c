"""Rung 1, seeing: P(event | evidence) = P(event, evidence) / P(evidence).

What is said of a variable, left of the bar or right of it, keeps some of its states: as weights over them it picks from
any table those cases of which it is true. That is the same operation on every rung.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from causal.models.model import Variable
from causal.queries.query import Relation
from causal.ranges.spans import Array
from causal.worlds.parallel_worlds import Reference


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of one potential response; ``value`` numbers a slot of the values given at each call."""

    of: Reference
    variable: str
    relation: Relation | None
    value: str | None


def allowed(variable: Variable, relation: Relation, value: str) -> Array:
    """Weights over a discrete variable's states: 1 where the relation holds, else 0."""
    if relation == "=":
        return np.array([float(state == value) for state in variable.states])
    threshold, numbers = float(value), np.array(variable.numbers)
    compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[relation]
    return np.asarray(compare(numbers, threshold), dtype=float)
