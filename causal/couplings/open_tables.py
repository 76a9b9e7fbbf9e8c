"""Rung 3 without rung-3 knowledge: what a table without coupling leaves open, written as polynomials over couplings.

A table says how often; a coupling says which individual: it is a distribution over response functions whose marginals
are the table's rows. A probability of several worlds reads several rows at once, so it is a sum over *patterns*
("row 1 answers yes and row 3 answers no"), each of them linear in the coupling (Balke and Pearl 1994; Tian and Pearl
2000). Rows that are never read together need no common coupling: a table falls apart into independent blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

import numpy as np

from causal.errors import TooLarge
from causal.models.model import Model
from causal.ranges.polynomials import Monomial, Polynomial
from causal.rungs.compiled_question import CompiledQuestion

Pattern = tuple[tuple[int, int], ...]
"""Rows of one table and the states they answer with, rows rising; always at least two rows.

An unknown is a table's name and a pattern of it. Different tables' couplings are independent, so these multiply.
"""


def polynomials(
    question: CompiledQuestion, values: Sequence[str]
) -> tuple[dict[tuple[int, ...], Polynomial], Polynomial]:
    """P(targets = t, evidence) for every joint state t of the targets that the event allows, and P(evidence)."""
    if not question.holds(question.evidence, values):
        return {}, Polynomial()
    network = question.network
    if prod(network.sizes[k] for k in question.kept) > 2**20:
        raise TooLarge("errors.couplings.too_many_worlds")
    table = question.contraction(question.index(values), question.masks(values))
    readers = [_reader(question, values, name) for name in network.open_tables]
    event = [question.event_masks(values)[t] for t in question.targets]
    possible = question.holds(question.event, values)
    sums: dict[tuple[int, ...], dict[Monomial, float]] = {}
    total: dict[Monomial, float] = {}
    for at in map(tuple, np.argwhere(table)):
        weight, monomial = float(table[at]), []
        for reader in readers:
            pattern, share = reader(at)
            weight *= share
            if pattern:
                monomial.append((reader.name, pattern))
        if weight:
            key = tuple(monomial)
            total[key] = total.get(key, 0.0) + weight
            state = at[: len(question.targets)]
            weight *= prod(float(mask[k]) for mask, k in zip(event, state, strict=True)) * possible
            if weight:
                own = sums.setdefault(tuple(int(k) for k in state), {})
                own[key] = own.get(key, 0.0) + weight
    return {state: _polynomial(found) for state, found in sums.items()}, _polynomial(total)


def _polynomial(found: dict[Monomial, float]) -> Polynomial:
    return Polynomial(found.pop((), 0.0), found)


_Places = tuple[list[tuple[int, int, int]], tuple[int, int]]
"""Where a copy's parents (axis or -1, state if fixed, number of states) and the copy itself (axis, state) stand."""


class _Reader:
    """Reads off one joint state which rows of a table were read, and what they answered."""

    def __init__(self, model: Model, name: str, copies: Sequence[_Places]) -> None:
        self.name, self.rows, self.copies = name, model.table(name).rows, copies

    def __call__(self, at: Sequence[int]) -> tuple[Pattern, float]:
        """The pattern (empty if fewer than two undetermined rows are read), and the probability that is settled."""
        read: dict[int, int] = {}
        for parents, (axis, fixed) in self.copies:
            row = 0
            for parent_axis, parent_fixed, size in parents:
                row = row * size + int(at[parent_axis] if parent_axis >= 0 else parent_fixed)
            state = int(at[axis] if axis >= 0 else fixed)
            if read.setdefault(row, state) != state:
                return (), 0.0  # one unit cannot answer the same row in two ways
        probabilities = [self.rows[row][state] for row, state in read.items()]
        if min(probabilities) == 0.0:
            return (), 0.0
        free = {row: state for row, state in read.items() if self.rows[row][state] < 1.0}
        if len(free) > 1:
            return tuple(sorted(free.items())), 1.0
        return (), prod(probabilities)


def _reader(question: CompiledQuestion, values: Sequence[str], name: str) -> _Reader:
    network, model = question.network, question.model
    axes = {node: i for i, node in enumerate(question.kept)}
    fixed = question.index(values)

    def place(node: str) -> tuple[int, int]:
        return (axes[node], 0) if node in axes else (-1, fixed[node])

    copies = []
    for number in network.open_tables[name]:
        parents = [
            (*place(network.node(p)), len(model[v].states))
            for p, v in zip(question.copies[number].parents, model[name].parents, strict=True)
            if len(model[v].states) > 1
        ]
        copies.append((parents, place(network.names[number])))
    return _Reader(model, name, copies)


def tables(used: Iterable[Polynomial]) -> list[str]:
    """The tables that polynomials depend on."""
    return list(dict.fromkeys(name for polynomial in used for m in polynomial.monomials for name, _ in m))
