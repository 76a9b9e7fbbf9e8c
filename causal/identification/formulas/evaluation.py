"""The number behind an estimand, from distributions that were measured.

Where P(given) is 0, P(of | given) is not defined: nobody was there to be measured. Such a piece does not matter where
it is multiplied by 0, because every factor of an estimand is a probability and stays between 0 and 1 in all models
nearby; where it does matter the result is nan.

>>> import numpy as np
>>> from causal.identification.formulas.estimand import Probability, Value
>>> seen = Distribution(("X", "Y"), np.array([[0.2, 0.2], [0.0, 0.6]]))
>>> evaluate(Probability((Value("Y"),), (Value("X"),)), {frozenset(): seen}).at({Value("X"): 1, Value("Y"): 1})
1.0
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from causal.errors import BadQuery
from causal.identification.formulas.estimand import (
    Difference,
    Estimand,
    Fraction,
    Imagined,
    Probability,
    Product,
    Sum,
    Value,
    Values,
    Zero,
)
from causal.ranges.spans import Array


@dataclass(frozen=True)
class Distribution:
    """P(V | do(W)) as a table with one axis for every variable, those of W included.

    An entry is the probability of the others' states when W is set to its states there; so for every setting of W the
    table sums to 1.
    """

    axes: tuple[str, ...]
    values: Array


@dataclass(frozen=True)
class Numbers:
    """What a formula is for each value of its free letters, which are the axes."""

    axes: Values
    values: Array

    def at(self, states: Mapping[Value, int]) -> float:
        """The number where letters stand at these states.

        Letters without a state may stand at any, as the formula is the same for all of them in every distribution that
        fits the graph: the first is taken at which it is defined.
        """
        known: Any = tuple(states.get(letter, slice(None)) for letter in self.axes)
        found = np.asarray(self.values[known]).ravel()
        defined = found[~np.isnan(found)]
        return float(defined[0]) if defined.size else float("nan")


def evaluate(estimand: Estimand, measured: Mapping[frozenset[str], Distribution]) -> Numbers:
    """The formula's numbers; ``measured`` holds the distribution of each set of variables that was set (none: seen)."""
    match estimand:
        case Probability(of, given, do):
            return _probability(measured[frozenset(letter.variable for letter in do)], of, given, do)
        case Product(factors):
            result = Numbers((), np.ones(()))
            for factor in factors:
                result = _combined(result, evaluate(factor, measured), _product)
            return result
        case Sum(bound, inner):
            numbers = evaluate(inner, measured)
            at = tuple(i for i, letter in enumerate(numbers.axes) if letter in bound)
            rest = tuple(letter for letter in numbers.axes if letter not in bound)
            return Numbers(rest, numbers.values.sum(axis=at))
        case Fraction(above, below):
            return _combined(evaluate(above, measured), evaluate(below, measured), _quotient)
        case Difference(first, second):
            return _combined(evaluate(first, measured), evaluate(second, measured), np.subtract)
        case Zero():
            return Numbers((), np.zeros(()))
        case Imagined():
            raise BadQuery("errors.identification.several_worlds", "several-worlds")


def _probability(table: Distribution, of: Values, given: Values, do: Values) -> Numbers:
    wanted = (*of, *given, *do)
    kept = [table.axes.index(letter.variable) for letter in wanted]
    rest = tuple(i for i in range(len(table.axes)) if i not in kept)
    joint = table.values.sum(axis=rest)
    order = sorted(kept)
    joint = joint.transpose([order.index(i) for i in kept])
    if given:
        joint = _quotient(joint, joint.sum(axis=tuple(range(len(of))), keepdims=True))
    return Numbers(wanted, joint)


def _combined(one: Numbers, other: Numbers, how: Callable[[Array, Array], Array]) -> Numbers:
    axes = (*one.axes, *(letter for letter in other.axes if letter not in one.axes))
    return Numbers(axes, how(_along(one, axes), _along(other, axes)))


def _along(numbers: Numbers, axes: Sequence[Value]) -> Array:
    """The same numbers with their axes in the order of these, length 1 where there is none."""
    present = [letter for letter in axes if letter in numbers.axes]
    moved = numbers.values.transpose([numbers.axes.index(letter) for letter in present])
    sizes = dict(zip(present, moved.shape, strict=True))
    return moved.reshape([sizes.get(letter, 1) for letter in axes])


def _product(one: Array, other: Array) -> Array:
    return np.where((one == 0.0) | (other == 0.0), 0.0, one * other)


def _quotient(above: Array, below: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0.0, above / below, np.nan)
