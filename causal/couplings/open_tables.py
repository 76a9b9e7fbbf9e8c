"""Rung 3 without rung-3 knowledge: what a table without coupling leaves open, written as polynomials over couplings.

A table says how often; a coupling says which individual: it is a distribution over response functions whose marginals
are the table's rows. A probability of several worlds reads several rows at once, so it is a sum over *patterns*
("row 1 answers yes and row 3 answers no"), each of them linear in the coupling (Balke and Pearl 1994; Tian and Pearl
2000). Rows that are never read together need no common coupling: a table falls apart into independent blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from causal.errors import TooLarge
from causal.models.model import Model
from causal.ranges.spans import Array
from causal.rungs.compiled_question import CompiledQuestion

LARGEST_BLOCK = 2**16
"""The most response functions of one block that are written out."""

MOST_BASES = 20_000
"""The vertices of a block are found by trying its bases; beyond this many they are not listed."""

Pattern = tuple[tuple[int, int], ...]
"""Rows of one table and the states they answer with, rows rising; always at least two rows."""

Monomial = tuple[tuple[str, Pattern], ...]
"""Patterns of different tables that must hold together; different tables' couplings are independent: these multiply."""


@dataclass(frozen=True)
class Polynomial:
    """A probability as a function of the couplings: a constant, and a coefficient for every monomial."""

    constant: float = 0.0
    monomials: Mapping[Monomial, float] = field(default_factory=dict)

    def __add__(self, other: Polynomial) -> Polynomial:
        both = dict(self.monomials)
        for monomial, coefficient in other.monomials.items():
            both[monomial] = both.get(monomial, 0.0) + coefficient
        return Polynomial(self.constant + other.constant, {m: c for m, c in both.items() if c != 0.0})

    def scaled(self, by: float) -> Polynomial:
        """The polynomial times a number."""
        if by == 0.0:
            return Polynomial()
        return Polynomial(self.constant * by, {m: c * by for m, c in self.monomials.items()})


def polynomials(
    question: CompiledQuestion, values: Sequence[str]
) -> tuple[dict[tuple[int, ...], Polynomial], Polynomial]:
    """P(targets = t, evidence) for every joint state t of the targets that the event allows, and P(evidence)."""
    if not question.holds(question.evidence, values):
        return {}, Polynomial()
    network = question.network
    if prod(network.sizes[k] for k in question.kept) > 2**20:
        raise TooLarge(
            "Too many worlds read tables without a coupling at once. Name fewer worlds, or supply a coupling."
        )
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


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table that are read together; a response function answers each of them with a state."""

    table: str
    rows: tuple[int, ...]
    marginals: tuple[tuple[float, ...], ...]

    @property
    def responses(self) -> NDArray[np.int64]:
        """Every response function that can happen at all, one a row: its answer to each of the block's rows."""
        return _responses(self.marginals)

    def indicator(self, pattern: Pattern) -> Array:
        """1 for every response function that answers as the pattern says."""
        agrees = np.ones(len(self.responses), dtype=bool)
        for row, state in pattern:
            agrees &= self.responses[:, self.rows.index(row)] == state
        return agrees.astype(float)

    def constraints(self) -> tuple[Array, Array]:
        """A and b with A q = b: the coupling's marginals are the table's rows."""
        matrix, right = [], []
        for i, marginal in enumerate(self.marginals):
            for state, p in enumerate(marginal):
                if p > 0.0:
                    matrix.append((self.responses[:, i] == state).astype(float))
                    right.append(p)
        return np.array(matrix), np.array(right)


def blocks(model: Model, used: Iterable[Polynomial]) -> tuple[Block, ...]:
    """The independent blocks of rows that these polynomials read together."""
    together: dict[tuple[str, int], set[tuple[str, int]]] = {}
    for monomial in {m for polynomial in used for m in polynomial.monomials}:
        for name, pattern in monomial:
            group = {(name, row) for row, _ in pattern}
            for member in list(group):
                group |= together.get(member, set())
            for member in group:
                together[member] = group
    unique = {min(group): group for group in together.values()}
    return tuple(_block(model, sorted(group)) for _, group in sorted(unique.items()))


def _block(model: Model, members: Sequence[tuple[str, int]]) -> Block:
    name = members[0][0]
    rows = tuple(row for _, row in members)
    marginals = tuple(model.table(name).rows[row] for row in rows)
    supports = [[state for state, p in enumerate(m) if p > 0.0] for m in marginals]
    if prod(map(len, supports)) > LARGEST_BLOCK:
        raise TooLarge(
            f"{name} has no coupling, and this question reads {len(rows)} of its rows together: there are too many "
            "ways in which one unit could respond. Supply a coupling, or ask a narrower question."
        )
    return Block(name, rows, marginals)


@lru_cache(maxsize=16)
def _responses(marginals: tuple[tuple[float, ...], ...]) -> NDArray[np.int64]:
    supports = [[state for state, p in enumerate(m) if p > 0.0] for m in marginals]
    return np.array(list(product(*supports)), dtype=np.int64).reshape(-1, len(marginals))


@lru_cache(maxsize=64)
def vertices(block: Block) -> Array | None:
    """The extreme couplings of a block, one a row; None if there are too many candidates to try."""
    matrix, right = block.constraints()
    columns = matrix.shape[1]
    rank = len(matrix) - len(block.rows) + 1  # every row's constraints sum to 1: all but one of these are redundant
    if comb(columns, rank) > MOST_BASES:
        return None
    firsts = np.cumsum([0] + [sum(p > 0.0 for p in m) for m in block.marginals])[1:-1]
    independent = [i for i in range(len(matrix)) if i not in set(firsts)]
    reduced, target = matrix[independent], right[independent]
    bases = np.array(list(combinations(range(columns), rank)))
    squares = reduced[:, bases].transpose(1, 0, 2)
    # entries are 0 or 1, so a determinant is a whole number: it is 0 or at least 1
    regular = np.abs(np.linalg.det(squares)) > 0.5
    solutions = np.linalg.solve(squares[regular], np.broadcast_to(target, (int(regular.sum()), rank))[..., None])[
        ..., 0
    ]
    feasible = solutions.min(axis=1) >= -1e-13
    found = np.zeros((int(feasible.sum()), columns))
    np.put_along_axis(found, bases[regular][feasible], np.maximum(solutions[feasible], 0.0), axis=1)
    keys = np.round(found, 13)
    _, first = np.unique(keys, axis=0, return_index=True)
    return found[np.sort(first)]


def tables(used: Iterable[Polynomial]) -> list[str]:
    """The tables that polynomials depend on."""
    return list(dict.fromkeys(name for polynomial in used for m in polynomial.monomials for name, _ in m))
