"""Moving through the models that agree on what is measured, until they disagree on a question.

What is measured and what is asked are smooth functions of the mechanisms' entries. Where the question's gradient does
not lie in the span of the measurements' gradients, one can move a little along the rest of it: the measurements then
change in second order only, and Newton's method puts them back. Many such steps lead from a random model to one that
measures the same, to rounding, and answers differently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from causal.identification.witnesses.response_probabilities import ResponseProbabilities
from causal.queries.query import Number, Query, Term, fold
from causal.ranges.spans import Array

LEAST = 0.02
"""No entry of a mechanism becomes smaller: everything can happen in a witness."""

FAR = 0.3
"""A difference that needs no looking for."""

MOST_STEPS = 40
EXACT = 1e-13


@dataclass(frozen=True)
class Goal:
    """A term as scenes: the probability (or mean) of event and evidence, and that of the evidence."""

    above: ResponseProbabilities
    below: ResponseProbabilities | None


@dataclass(frozen=True)
class Fibre:
    """The tables of some mechanisms, what is measured of them, and a question."""

    shapes: Mapping[str, tuple[int, int]]
    measured: Sequence[ResponseProbabilities]
    query: Query
    asked: Mapping[Term, Goal]

    def walk(self, seed: int) -> tuple[dict[str, Array], dict[str, Array]] | None:
        """Two sets of tables with the same measurements and different answers; None if no way leads on."""
        rng = np.random.default_rng(seed)
        start = {n: 0.3 / s + 0.7 * rng.dirichlet(np.ones(s), rows) for n, (rows, s) in self.shapes.items()}
        target = self._measure(start)
        first, gradient = self._answer(start)
        if not np.isfinite(first) or not gradient.size:
            return None
        here, size = start, 0.3
        for _ in range(MOST_STEPS):
            free = self._free(here, gradient)
            left, sizes, right = np.linalg.svd(self._jacobian(here) * free, full_matrices=False)
            rank = int((sizes > 1e-9 * sizes.max()).sum())
            direction = _rest(gradient * free, right[:rank])
            if direction is None:
                break
            back = (right[:rank].T / sizes[:rank]) @ left[:, :rank].T
            while size > 1e-3:
                there = self._put_back(self._moved(here, size * direction), back, target)
                if there is not None and (answer := self._answer(there))[0] > self._answer(here)[0]:
                    here, gradient = there, answer[1]
                    break
                size /= 2
            else:
                break
            size = min(0.3, 1.5 * size)
            if answer[0] - first > FAR:
                break
        return None if here is start else (start, here)

    def _measure(self, tables: Mapping[str, Array]) -> Array:
        return np.concatenate([scene.value(tables).ravel() for scene in self.measured])

    def _jacobian(self, tables: Mapping[str, Array]) -> Array:
        return np.concatenate([self._columns(scene, tables) for scene in self.measured])

    def _columns(self, scene: ResponseProbabilities, tables: Mapping[str, Array]) -> Array:
        """The derivatives by the free entries: in each row all but the first, which makes up for them."""
        found, size = scene.jacobian(tables), max(1, int(np.prod([scene.sizes[a] for a in scene.kept])))
        blocks = []
        for name, (rows, states) in self.shapes.items():
            entries = found.get(name, np.zeros((size, rows * states))).reshape(size, rows, states)
            blocks.append((entries[..., 1:] - entries[..., :1]).reshape(size, -1))
        return np.concatenate(blocks, axis=1)

    def _answer(self, tables: Mapping[str, Array]) -> tuple[float, Array]:
        """The question's number and its gradient."""
        count = sum(rows * (states - 1) for rows, states in self.shapes.values())

        def leaf(part: Term | Number) -> tuple[float, Array]:
            if isinstance(part, Number):
                return part.value, np.zeros(count)
            asked = self.asked[part]
            above = float(asked.above.value(tables)), self._columns(asked.above, tables)[0]
            if asked.below is None:
                return above
            return _join("/", above, (float(asked.below.value(tables)), self._columns(asked.below, tables)[0]))

        return fold(self.query, leaf, _join)

    def _moved(self, tables: Mapping[str, Array], by: Array) -> dict[str, Array]:
        moved, at = {}, 0
        for name, (rows, states) in self.shapes.items():
            step = by[at : at + rows * (states - 1)].reshape(rows, states - 1)
            moved[name] = tables[name] + np.concatenate([-step.sum(axis=1, keepdims=True), step], axis=1)
            at += step.size
        return moved

    def _put_back(self, tables: dict[str, Array], back: Array, target: Array) -> dict[str, Array] | None:
        """Newton's method, with the derivatives of nearby, back to what was measured."""
        before = np.inf
        while True:
            missing = target - self._measure(tables)
            off = np.abs(missing).max()
            if off < EXACT:
                return tables if all(table.min() >= LEAST / 2 for table in tables.values()) else None
            if off > 0.6 * before:  # too far away to come back
                return None
            tables, before = self._moved(tables, back @ missing), off

    def _free(self, tables: Mapping[str, Array], gradient: Array) -> NDArray[np.bool_]:
        """Which entries may move: not those in rows that are at their end already and would be pushed over it."""
        pushed, free = self._moved(dict.fromkeys(tables, np.zeros(())), gradient), []
        for name, (_, states) in self.shapes.items():
            stuck = ((tables[name] <= LEAST) & (pushed[name] < 0)).any(axis=1)
            free.append(np.repeat(~stuck, states - 1))
        return np.concatenate(free)


def _join(operator: str, one: tuple[float, Array], other: tuple[float, Array]) -> tuple[float, Array]:
    """Arithmetic on numbers with their gradients."""
    (a, da), (b, db) = one, other
    if operator == "+":
        return a + b, da + db
    if operator == "-":
        return a - b, da - db
    if operator == "*":
        return a * b, a * db + b * da
    return (a / b, (da * b - a * db) / b**2) if b else (float("nan"), da)


def _rest(gradient: Array, span: Array) -> Array | None:
    """The part of the gradient along which no measurement changes, its largest entry 1; None if nothing is left."""
    rest = gradient - span.T @ (span @ gradient)
    if np.abs(rest).max() <= 1e-7 * np.abs(gradient).max():
        return None
    result: Array = rest / np.abs(rest).max()
    return result
