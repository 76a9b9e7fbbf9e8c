"""The sum of a product of factors over everything but a few axes: compiled once, then asked with many values.

The one door to opt_einsum, which finds an order in which the tables on the way stay small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
import opt_einsum

from causal.errors import TooLarge
from causal.ranges.spans import Array
from causal.words.numbers import Whole
from causal.worlds.network import LARGEST_TABLE, Network

CAREFUL_FROM = 2**20
"""Above this size a better order of contraction is worth searching for."""

HOPELESS_FROM = 2**36
"""Above this size no other order of contraction would bring the largest table down to one that fits."""

TABLE_UP_TO = 4096
"""A question that says and asks things with at most so many joint states is one table (32 kB), made once."""


class Contraction:
    """The sum over everything but ``kept`` of the product of factors, compiled once and called with values.

    ``indexed`` axes are fixed at a state at each call, ``masked`` ones restricted by a vector of weights. Where all of
    these axes together have few joint states, the factors are contracted at once into a table over them, which a call
    only reads; else each call contracts along a path that was found once. Nothing is stored by a call, so that any
    number of threads may share one contraction.
    """

    def __init__(
        self, network: Network, *, indexed: Sequence[str] = (), masked: Sequence[str] = (), kept: Sequence[str] = ()
    ) -> None:
        self.indexed, self.masked, self.kept = tuple(indexed), tuple(masked), tuple(kept)
        self._summed = tuple(axis for axis in masked if axis not in kept)
        self._weighted = tuple((axis, self.kept.index(axis)) for axis in masked if axis in kept)
        self.table = _tabulated(network, [*self.indexed, *self._summed, *self.kept])
        if self.table is not None:
            self.entries = int(self.table.size)
        else:
            self._compile(network)

    def _compile(self, network: Network) -> None:
        symbol = {axis: opt_einsum.get_symbol(i) for i, axis in enumerate(network.sizes)}
        fixed = set(self.indexed)
        parts: list[str] = []
        still: dict[int, Array] = {}
        shapes: list[tuple[int, ...]] = []

        def put(axes: Sequence[str], shape: tuple[int, ...], values: Array | None = None) -> None:
            if values is not None:
                still[len(parts)] = values
            parts.append("".join(symbol[a] for a in axes))
            shapes.append(shape)

        self._moving: list[tuple[Array, tuple[str, ...]]] = []
        for factor in network.factors:
            if not fixed.intersection(factor.axes):
                put(factor.axes, factor.values.shape, factor.values)
        for factor in network.factors:
            at = [i for i, a in enumerate(factor.axes) if a in fixed]
            if at:
                # the indexed axes first: indexing them is then one cheap view
                values = np.ascontiguousarray(np.moveaxis(factor.values, at, range(len(at))))
                self._moving.append((values, tuple(factor.axes[i] for i in at)))
                put([a for a in factor.axes if a not in fixed], values.shape[len(at) :])
        for axis in self.masked:
            put([axis], (network.sizes[axis],))
        for axis in self.kept:
            if not any(symbol[axis] in part for part in parts):  # no factor reads it: it stands for itself
                put([axis], (network.sizes[axis],), np.ones(network.sizes[axis]))
        equation = ",".join(parts) + "->" + "".join(symbol[a] for a in self.kept)
        path = self._path(equation, shapes)
        operands: list[Any] = [still.get(i, shape) for i, shape in enumerate(shapes)]
        self._constant = None
        if len(still) == len(parts):
            self._constant = np.asarray(opt_einsum.contract(equation, *operands, optimize=path))
        else:
            self._expression = opt_einsum.contract_expression(equation, *operands, constants=list(still), optimize=path)

    def _path(self, equation: str, shapes: list[tuple[int, ...]]) -> Any:
        path, info = opt_einsum.contract_path(equation, *shapes, shapes=True, optimize="auto")
        self.entries = int(max([info.largest_intermediate, *(prod(s) for s in shapes)]))
        if CAREFUL_FROM < self.entries < HOPELESS_FROM:
            search = opt_einsum.RandomGreedy(max_repeats=32, max_time=0.5, minimize="size")
            again, info = opt_einsum.contract_path(equation, *shapes, shapes=True, optimize=search)
            entries = int(max([info.largest_intermediate, *(prod(s) for s in shapes)]))
            if entries < self.entries:
                path, self.entries = again, entries
        if self.entries > LARGEST_TABLE:
            raise TooLarge("errors.worlds.table", entries=self.entries, most=Whole(LARGEST_TABLE))
        return path

    def __call__(self, index: Mapping[str, Any], masks: Mapping[str, Array] | None = None) -> Array:
        """Contract at these states (``index``) and weights (``masks``); the axes of the result are ``kept``.

        Where there is a table and nothing is masked, a state may also be an array of states: an axis for its elements
        then comes first.
        """
        if self.table is not None:
            found: Array = self.table[tuple([index[a] for a in self.indexed])]
            if masks:
                for axis in self._summed:
                    found = (masks[axis] @ found.reshape(len(found), -1)).reshape(found.shape[1:])
                for axis, at in self._weighted:
                    found = found * masks[axis].reshape([-1 if i == at else 1 for i in range(found.ndim)])
            return found
        if self._constant is not None:
            return self._constant
        operands = [np.asarray(values[tuple([index[a] for a in at])]) for values, at in self._moving]
        if masks:
            operands += [masks[a] for a in self.masked]
        result: Array = self._expression(*operands)
        return result


def _tabulated(network: Network, axes: Sequence[str]) -> Array | None:
    """The product of all factors summed over everything but ``axes``; None if there are too many joint states."""
    shape = [network.sizes[axis] for axis in axes]
    if len(set(axes)) < len(axes) or prod(shape) > TABLE_UP_TO:
        return None
    symbol = {axis: opt_einsum.get_symbol(i) for i, axis in enumerate(network.sizes)}
    operands = [factor.values for factor in network.factors]
    parts = ["".join(symbol[a] for a in factor.axes) for factor in network.factors]
    read = {axis for factor in network.factors for axis in factor.axes}
    for axis in axes:
        if axis not in read:  # it stands for itself
            operands.append(np.ones(network.sizes[axis]))
            parts.append(symbol[axis])
    if not parts:
        return np.ones(())
    equation = ",".join(parts) + "->" + "".join(symbol[axis] for axis in axes)
    path, info = opt_einsum.contract_path(equation, *(o.shape for o in operands), shapes=True, optimize="greedy")
    if info.largest_intermediate > TABLE_UP_TO * 16:
        return None
    table = np.ascontiguousarray(opt_einsum.contract(equation, *operands, optimize=path))
    table.flags.writeable = False
    return table
