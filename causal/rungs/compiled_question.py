"""A question of any rung about discrete variables, compiled: a network of worlds that is conditioned on evidence.

What differs between rungs is the network alone. It is compiled once for a form of question; values are put in at each
call.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from causal.errors import TooLarge
from causal.models.model import Model
from causal.ranges.spans import Array
from causal.rungs.association import Statement, allowed
from causal.worlds.contraction import Contraction
from causal.worlds.network import Network
from causal.worlds.parallel_worlds import Copy, Held

OPEN_UP_TO = 4096
"""Up to this many joint states of the targets one contraction gives event and evidence together."""


class CompiledQuestion:
    """P(event | evidence) in one network, for any values of what is said; answers never change after it is made."""

    def __init__(
        self,
        model: Model,
        copies: Sequence[Copy],
        network: Network,
        event: Sequence[Statement],
        evidence: Sequence[Statement],
    ) -> None:
        self.model, self.network, self.copies = model, network, tuple(copies)
        self.event, self.evidence = tuple(event), tuple(evidence)
        self._speaks_of_held = any(isinstance(s.of, Held) for s in (*event, *evidence))
        self.held = tuple((name, held.variable, int(held.value)) for held, name in network.held.items())
        self._state = {v.name: {s: i for i, s in enumerate(v.states)} for v in model if v.states}
        self.targets = tuple(dict.fromkeys(network.names[s.of] for s in event if not isinstance(s.of, Held)))
        self._of_target = tuple(
            (name, tuple(s for s in event if not isinstance(s.of, Held) and network.names[s.of] == name))
            for name in self.targets
        )
        # what is only asked about has no weights
        self._weighted = tuple(
            (i, said) for i, (_, said) in enumerate(self._of_target) if any(s.relation for s in said)
        )
        seen: dict[str, list[Statement]] = {}
        for statement in dict.fromkeys(evidence):
            if not isinstance(statement.of, Held):
                seen.setdefault(network.names[statement.of], []).append(statement)
        self._pointed = tuple(
            (name, s[0].variable, int(s[0].value or 0))
            for name, s in seen.items()
            if len(s) == 1 and s[0].relation == "=" and name not in self.targets
        )
        pointed = {name for name, _, _ in self._pointed}
        self._masked = tuple((name, tuple(s)) for name, s in seen.items() if name not in pointed)
        self.kept = self.targets + self._left_open(pointed)
        self.wide = self.kept == self.targets and prod(network.sizes[t] for t in self.targets) > OPEN_UP_TO
        indexed = [name for name, _, _ in self.held] + [name for name, _, _ in self._pointed]
        masks = [name for name, _ in self._masked]
        self.contraction = Contraction(network, indexed=indexed, masked=masks, kept=() if self.wide else self.kept)
        if self.wide:  # too many joint states to keep: ask for the event's probability alone
            both = [*masks, *(t for t in self.targets if t not in masks)]
            self._narrow = Contraction(network, indexed=indexed, masked=both)
        self.entries = self.contraction.entries
        self._latest: Contraction | None = None

    def _left_open(self, pointed: set[str]) -> tuple[str, ...]:
        """The copies of tables without coupling, and their parents: the interval over couplings needs them all."""
        names, nodes = self.network.names, dict.fromkeys(self.targets)
        for number in (n for group in self.network.open_tables.values() for n in group):
            free = [names[p] for p in self.copies[number].parents if not isinstance(p, Held)]
            nodes.update(dict.fromkeys([*free, names[number]]))
        return tuple(n for n in nodes if n not in self.targets and n not in pointed)

    @property
    def depends_on_coupling(self) -> bool:
        """Whether some table without coupling is read in more than one way."""
        return bool(self.network.open_tables)

    def index(self, values: Sequence[str]) -> dict[str, int]:
        """The states at which held values and point evidence stand."""
        return {name: self._state[variable][values[slot]] for name, variable, slot in (*self.held, *self._pointed)}

    def mask(self, statements: Sequence[Statement], values: Sequence[str]) -> Array:
        """The states that satisfy every one of these statements about one variable."""
        if len(statements) == 1 and statements[0].relation == "=":
            variable = statements[0].variable
            return self._point(variable, self._state[variable][values[int(statements[0].value or 0)]])
        weights = np.ones(len(self.model[statements[0].variable].states))
        for s in statements:
            if s.relation is not None:
                weights = weights * allowed(self.model[s.variable], s.relation, values[int(s.value or 0)])
        return weights

    def holds(self, statements: Sequence[Statement], values: Sequence[str]) -> bool:
        """Whether what is said of held values is true of them."""
        if not self._speaks_of_held:
            return True
        return all(
            bool(allowed(self.model[s.variable], s.relation, values[int(s.value or 0)])[self._held_at(s.of, values)])
            for s in statements
            if isinstance(s.of, Held) and s.relation is not None
        )

    def held_weights(self, statement: Statement, values: Sequence[str]) -> Array:
        """The distribution of a variable that an action holds: all of it on one state."""
        assert isinstance(statement.of, Held)  # noqa: S101 - the caller has looked
        return self._point(statement.variable, self._held_at(statement.of, values))

    def _point(self, variable: str, state: int) -> Array:
        weights = np.zeros(len(self.model[variable].states))
        weights[state] = 1.0
        return weights

    def _held_at(self, held: Held, values: Sequence[str]) -> int:
        return self._state[held.variable][values[int(held.value)]]

    def masks(self, values: Sequence[str]) -> dict[str, Array]:
        """The weights of evidence that is not a point."""
        return {name: self.mask(statements, values) for name, statements in self._masked}

    def event_masks(self, values: Sequence[str]) -> dict[str, Array]:
        """The weights of the event, one vector for each target."""
        return {name: self.mask(statements, values) for name, statements in self._of_target}

    def joint(self, values: Sequence[str]) -> tuple[Array, float]:
        """P(targets, evidence), weighted by what the event says of each target, and P(evidence).

        With at most OPEN_UP_TO joint states of the targets the first is a table over them, else their sum.
        """
        if not self.holds(self.evidence, values):
            return np.zeros(()), 0.0
        index, masks = self.index(values), self.masks(values)
        table = self.contraction(index, masks)
        total = float(table.sum())
        if self.wide:
            event = self.event_masks(values)
            both = {name: masks.get(name, 1.0) * event[name] for name in self.targets}
            table = self._narrow(index, {**masks, **both})
        else:
            table = self._weigh(table, values)
        return (table if self.holds(self.event, values) else table * 0.0), total

    def along(self, values: Sequence[str], slot: int, states: Sequence[str]) -> tuple[Array, Array] | None:
        """joint() with each of many states in one slot, contracted once: an axis for the states comes first.

        None where the slot is more than a place to look at (an inequality, an event), or a coupling matters.
        """
        said = [s for s in self.event if s.relation is not None]
        said += [s for _, statements in self._masked for s in statements]
        moved = {name for name, _, at in (*self.held, *self._pointed) if at == slot}
        if self._speaks_of_held or not moved or any(int(s.value or 0) == slot for s in said):
            return None
        if self.wide or self.depends_on_coupling:
            return None
        index: dict[str, Any] = {}
        for name, variable, at in (*self.held, *self._pointed):
            place = self._state[variable]
            index[name] = np.array([place[state] for state in states]) if at == slot else place[values[at]]
        if self.contraction.table is not None and not self._masked:
            tables = self.contraction(index)
        else:
            try:
                opened = self._opened(moved)
            except TooLarge:
                return None  # one value at a time may still fit
            tables = opened(index, self.masks(values))[tuple([index[name] for name in opened.kept[: len(moved)]])]
        totals = tables.reshape(len(states), -1).sum(axis=1)
        return self._weigh(tables, values), totals

    def _opened(self, moved: set[str]) -> Contraction:
        """The same contraction with some of the fixed axes left open, first; kept until the next sweep opens others."""
        latest = self._latest
        if latest is None or set(latest.kept[: len(latest.kept) - len(self.kept)]) != moved:
            fixed = [name for name in self.contraction.indexed if name not in moved]
            kept = (*sorted(moved), *self.kept)
            latest = Contraction(self.network, indexed=fixed, masked=self.contraction.masked, kept=kept)
            self._latest = latest  # whole or not at all: any thread may find it, or make its own
        return latest

    def _weigh(self, table: Array, values: Sequence[str]) -> Array:
        """The table, its last axes the targets, with what the event says of each put in as weights."""
        for at, statements in self._weighted:
            table = table * self.mask(statements, values).reshape([-1] + [1] * (len(self.targets) - 1 - at))
        return table
