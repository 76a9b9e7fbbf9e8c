"""Response types, as few of them as matter: the columns of a program.

Types grow as their rows are read: one that has not read a row yet becomes one type for each answer to it. In the end
types that do the same to all numbers given and to all patterns asked are one column, and rows that a column never comes
to are left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from causal.bounding.assumptions import Order
from causal.bounding.factors import Factor, Names
from causal.bounding.measured_graph import MeasuredGraph, States
from causal.bounding.response_queries import Row
from causal.errors import TooLarge
from causal.words.sentence import Listed

MOST_TYPES = 2**16
MOST_ENTRIES = 2**22
"""The largest table of columns against numbers given and patterns asked."""

MOST_READINGS = 2**26
"""How often, in all, a type is asked whether it has read a row."""

Bits = NDArray[np.bool_]
Counts = NDArray[np.int64]
Reading = Sequence[tuple[Row, int]]
"""A pattern: rows in the order in which they are read, and their answers."""


@dataclass(frozen=True, slots=True)
class FactorSetting:
    """One setting of a factor's parents; the answers' probabilities stand from ``start`` in the list of all numbers."""

    factor: Factor
    given: States
    start: int


@dataclass(frozen=True, slots=True)
class OrderSetting:
    """One setting in which an effect must not fall as its cause rises."""

    order: Order
    others: States


@dataclass(frozen=True, slots=True)
class Columns:
    """Each column's answers to the rows (-1: never read), and the numbers and patterns that it is part of.

    ``cells`` says where the numbers stand in the list of all, ``spare`` which of them are spare (see ``Factor``).
    """

    answers: NDArray[np.int16]
    cells: Counts
    spare: Bits
    inside: Bits
    patterns: Bits


def columns(
    measured: MeasuredGraph,
    rows: Sequence[Row],
    factor_settings: Sequence[FactorSetting],
    order_settings: Sequence[OrderSetting],
    patterns: Sequence[Reading],
) -> Columns:
    """The columns of a block. Raises TooLarge if they are too many."""
    types = _Types(measured, rows)
    for order in order_settings:
        types.keep_monotone(order)
    for setting in factor_settings:
        types.cell(setting)
    for pattern in patterns:
        types.matches(pattern)
    # Now that every row that matters is read, nothing grows any more.
    hit = [types.cell(setting) for setting in factor_settings]
    matched = [types.matches(pattern) for pattern in patterns]
    alike = np.array([*hit, *matched, np.zeros(len(types.answers))], dtype=np.int64)
    first = np.sort(np.unique(alike, axis=1, return_index=True)[1])
    sizes = [prod(measured.shape(setting.factor.shown)) for setting in factor_settings]
    if len(first) * (sum(sizes) + len(patterns)) > MOST_ENTRIES:
        raise types.too_many()
    inside = np.zeros((sum(sizes), len(first)), dtype=bool)
    for start, cell in zip(np.cumsum([0, *sizes]).tolist(), hit, strict=False):
        inside[start + cell[first], np.arange(len(first))] = True
    return Columns(
        types.answers[first],
        np.array(
            [one.start + i for one, size in zip(factor_settings, sizes, strict=True) for i in range(size)], np.int64
        ),
        np.repeat(np.array([one.factor.spare for one in factor_settings], dtype=bool), sizes),
        inside,
        np.array([m[first] for m in matched], dtype=bool).reshape(len(patterns), len(first)),
    )


class _Types:
    """All types that differ in what was read so far: ``answers`` has a line for each, and a place for each row."""

    def __init__(self, measured: MeasuredGraph, rows: Sequence[Row]) -> None:
        self.measured, self.rows = measured, rows
        self.answers = np.full((1, len(rows)), -1, dtype=np.int16)
        self.readings = 0
        self._row = {name: np.full(measured.shape(measured.parents[name]), -1, dtype=np.int64) for name, _ in rows}
        for i, (name, states) in enumerate(rows):
            self._row[name][states] = i

    def too_many(self) -> TooLarge:
        """The error where the types are more than a program takes."""
        names = dict.fromkeys(name for name, _ in self.rows)
        return TooLarge("errors.bounding.too_many_types", names=Listed(names, "comma"))

    def cell(self, setting: FactorSetting) -> Counts:
        """Which of the shown joint states comes about, numbered with the last variable moving fastest."""
        factor = setting.factor
        states = self._respond(factor.names, dict(zip(factor.parents, setting.given, strict=True)))
        at = np.zeros(len(self.answers), dtype=np.int64)
        for name in factor.shown:
            at = at * self.measured.sizes[name] + states[name]
        return at

    def matches(self, pattern: Reading) -> Bits:
        """Which types answer with a pattern; a row is read by those only that match so far."""
        found = np.ones(len(self.answers), dtype=bool)
        for (name, states), state in pattern:
            row = np.full(len(found), self._row[name][states])
            grown = self._read(name, row, found)
            found = found[grown] & (self.answers[np.arange(len(grown)), row[grown]] == state)
        return found

    def keep_monotone(self, setting: OrderSetting) -> None:
        """Keep only the types in which the effect never falls as the cause goes through its states."""
        order, others = setting.order, dict(zip(setting.order.others, setting.others, strict=True))
        causes = [{**others, order.cause: state} for state in range(self.measured.sizes[order.cause])]
        for given in causes:
            self._respond(order.path, given)
        reached = np.array([self._respond(order.path, given)[order.effect] for given in causes])
        self.answers = self.answers[(np.diff(reached, axis=0) >= 0).all(axis=0)]

    def _respond(self, names: Names, given: dict[str, int]) -> dict[str, Counts]:
        """The states of these variables, causes first, where their parents outside stand as given."""
        states = {name: np.full(len(self.answers), state) for name, state in given.items()}
        for name in names:
            row = self._row[name][tuple([states[p] for p in self.measured.parents[name]])]
            row = np.broadcast_to(row, len(self.answers))
            grown = self._read(name, row, np.ones(len(row), dtype=bool))
            states = {n: s[grown] for n, s in states.items()}
            states[name] = self.answers[np.arange(len(grown)), row[grown]].astype(np.int64)
        return states

    def _read(self, name: str, row: Counts, who: Bits) -> Counts:
        """Let some types read one row each; the result says for each type which one it was before."""
        self.readings += len(row)
        if self.readings > MOST_READINGS:
            raise self.too_many()
        fresh = who & (self.answers[np.arange(len(row)), row] < 0)
        grown = np.repeat(np.arange(len(row)), np.where(fresh, self.measured.sizes[name], 1))
        if len(grown) > MOST_TYPES:
            raise self.too_many()
        if len(grown) > len(row) or fresh.any():
            self.answers = self.answers[grown]
            split = np.flatnonzero(fresh[grown])
            self.answers[split, row[grown][split]] = np.tile(np.arange(self.measured.sizes[name]), int(fresh.sum()))
        return grown
