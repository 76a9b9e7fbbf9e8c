"""Probabilities of potential responses as functions of the mechanisms, with their derivatives.

A scene is a set of potential responses in some worlds. Its probabilities are sums of products of mechanisms' entries:
one row is read for each copy of a variable, and copies that read the same row give the same answer (the coupling
"independent"). So the derivative by one entry is the same sum with that entry left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from causal.models.model import Model
from causal.queries.query import World
from causal.ranges.spans import Array
from causal.worlds.parallel_worlds import Held, Worlds

Tables = Mapping[str, Array]
"""For every endogenous variable its rows, each a distribution over its states."""


class ResponseProbabilities:
    """Potential responses in a discrete model, whose numbers are put in at each call.

    ``weights`` holds a vector over the states for each response, None where the response stays an axis of the result.
    Exogenous variables are uniform.
    """

    def __init__(
        self, model: Model, responses: Sequence[tuple[str, World]], weights: Sequence[Array | None] | None = None
    ) -> None:
        worlds = Worlds(model)
        found = [worlds.response(name, world) for name, world in responses]
        self.constant = 1.0
        self.sizes = [len(model[copy.variable].states) for copy in worlds.copies]
        self._fixed: list[Any] = [np.ones(()), []]
        kept: list[int] = []
        for reference, weight in zip(found, weights or [None] * len(found), strict=True):
            if weight is None:
                assert not isinstance(reference, Held)  # noqa: S101 - what is held has no distribution
                kept.append(reference)
            elif isinstance(reference, Held):
                state = model[reference.variable].states.index(reference.value)
                self.constant *= float(weight[state])
            else:
                self._fixed += [weight, [reference]]
        self.kept = tuple(kept)
        groups: dict[str, list[int]] = {}
        for number, copy in enumerate(worlds.copies):
            if model[copy.variable].exogenous:
                self._fixed += [np.full(self.sizes[number], 1.0 / self.sizes[number]), [number]]
            else:
                groups.setdefault(copy.variable, []).append(number)
        self.readings = {name: _Reading(model, worlds, name, numbers) for name, numbers in groups.items()}
        self._paths: dict[str, Any] = {}

    def value(self, tables: Tables) -> Array:
        """The probabilities, with the kept responses as axes."""
        return self.constant * self._contract(tables, "", self.kept)

    def jacobian(self, tables: Tables) -> dict[str, Array]:
        """The derivative of each probability (first axis, flat) by each entry of the tables."""
        return {name: self._derivative(tables, name, reading) for name, reading in self.readings.items()}

    def _derivative(self, tables: Tables, name: str, reading: _Reading) -> Array:
        axes = (*self.kept, *(axis for axis in reading.axes if axis not in self.kept))
        around = self.constant * self._contract(tables, name, axes)
        at = np.indices(around.shape).reshape(len(axes), -1)
        out = np.zeros(at.shape[1], dtype=np.int64)
        for axis in self.kept:
            out = out * self.sizes[axis] + at[axes.index(axis)]
        inner = tuple(at[axes.index(axis)] for axis in reading.axes)
        rows, states = tables[name].shape
        result = np.zeros((int(np.prod([self.sizes[a] for a in self.kept])), rows * states))
        for entry, factor in reading.derivatives(tables[name]):
            np.add.at(result, (out, entry[inner]), around.ravel() * factor[inner])
        return result

    def _contract(self, tables: Tables, without: str, axes: tuple[int, ...]) -> Array:
        operands = list(self._fixed)
        for name, reading in self.readings.items():
            if name != without:
                operands += [reading.factor(tables[name]), list(reading.axes)]
        for axis in axes:  # what no factor is left to speak of stands for itself
            operands += [np.ones(self.sizes[axis]), [axis]]
        if without not in self._paths:
            self._paths[without] = np.einsum_path(*operands, list(axes), optimize="greedy")[0]
        result: Array = np.einsum(*operands, list(axes), optimize=self._paths[without])
        return result


class _Reading:
    """How the copies of one variable read its table: for every state of all around, each copy's row and answer."""

    def __init__(self, model: Model, worlds: Worlds, name: str, copies: Sequence[int]) -> None:
        parents = model[name].parents
        references = [worlds.copies[number].parents for number in copies]
        free = [r for group in references for r in group if not isinstance(r, Held)]
        self.axes = tuple(dict.fromkeys([*free, *copies]))
        states = len(model[name].states)
        shape = [len(model[worlds.copies[axis].variable].states) for axis in self.axes]
        grid = np.indices(shape)
        self.entries: list[NDArray[np.int64]] = []
        rows: list[NDArray[np.int64]] = []
        for number, group in zip(copies, references, strict=True):
            row = np.zeros(shape, dtype=np.int64)
            for parent, reference in zip(parents, group, strict=True):
                known = model[parent].states
                at = known.index(reference.value) if isinstance(reference, Held) else grid[self.axes.index(reference)]
                row = row * len(known) + at
            rows.append(row)
            self.entries.append(row * states + grid[self.axes.index(number)])
        # A copy that reads a row already read must repeat its answer; it then adds no factor of its own.
        self.repeats: list[NDArray[np.bool_]] = []
        self.consistent = np.ones(shape, dtype=bool)
        for i, row in enumerate(rows):
            again = np.zeros(shape, dtype=bool)
            for j in range(i):
                same = rows[j] == row
                again |= same
                self.consistent &= ~same | (self.entries[j] == self.entries[i])
            self.repeats.append(again)

    def _factors(self, table: Array) -> list[Array]:
        flat = table.ravel()
        return [np.where(again, 1.0, flat[entry]) for entry, again in zip(self.entries, self.repeats, strict=True)]

    def factor(self, table: Array) -> Array:
        """The probability of the answers."""
        result: Array = np.prod(self._factors(table), axis=0) * self.consistent
        return result

    def derivatives(self, table: Array) -> list[tuple[NDArray[np.int64], Array]]:
        """For each copy the entry that it reads, and the derivative of the probability by it."""
        factors = self._factors(table)
        found = []
        for i, entry in enumerate(self.entries):
            others: Array = np.ones(entry.shape)
            for j, factor in enumerate(factors):
                others = others * factor if j != i else others
            found.append((entry, others * self.consistent * ~self.repeats[i]))
        return found
