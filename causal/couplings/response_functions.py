"""The couplings of uncoupled tables as points of polytopes, a pattern being a linear form of one.

Rows of a table that are read together have one coupling: a distribution over *response functions*, each of which
answers every row with a state, that has the table's rows as its marginals. Rows that are not have couplings of their
own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from causal.errors import TooLarge
from causal.models.model import Model
from causal.ranges.linked import linked
from causal.ranges.polynomials import Polynomial
from causal.ranges.polytopes import Polytope, corners
from causal.ranges.space import Form, Space
from causal.ranges.spans import Array, Span

MOST_FUNCTIONS = 2**16
"""The most response functions of rows that are read together."""

Marginals = tuple[tuple[float, ...], ...]


def couplings(model: Model, used: Iterable[Polynomial]) -> Space:
    """The space of all couplings that these polynomials depend on."""
    unknowns = {unknown for polynomial in used for monomial in polynomial.monomials for unknown in monomial}
    rows: dict[tuple[str, int], tuple[int, int]] = {}
    marginals: list[Marginals] = []
    groups = linked([(name, row) for row, _ in pattern] for name, pattern in unknowns)
    for number, group in enumerate(sorted(map(sorted, groups))):
        rows |= {row: (number, place) for place, row in enumerate(group)}
        marginals.append(_marginals(model, group))
    polytopes = {number: _polytope(one) for number, one in enumerate(marginals)}
    forms = {}
    for name, pattern in unknowns:
        (number, _), *_ = places = [rows[name, row] for row, _ in pattern]
        answers = [(place, state) for (_, place), (_, state) in zip(places, pattern, strict=True)]
        forms[name, pattern] = Form(
            number, _indicator(marginals[number], answers), _frechet(marginals[number], answers)
        )
    return Space(polytopes, forms)


def _marginals(model: Model, group: list[tuple[str, int]]) -> Marginals:
    name = group[0][0]
    marginals = tuple(model.table(name).rows[row] for _, row in group)
    if prod(sum(p > 0.0 for p in marginal) for marginal in marginals) > MOST_FUNCTIONS:
        raise TooLarge("errors.couplings.too_many_functions", table=name, rows=len(group))
    return marginals


@lru_cache(maxsize=16)
def _functions(marginals: Marginals) -> NDArray[np.int64]:
    """Every response function that can happen at all, one a line: its answer to each row."""
    supports = [[state for state, p in enumerate(marginal) if p > 0.0] for marginal in marginals]
    return np.array(list(product(*supports)), dtype=np.int64).reshape(-1, len(marginals))


@lru_cache(maxsize=16)
def _polytope(marginals: Marginals) -> Polytope:
    """The couplings with these marginals. Each sums to 1, so the first state of all but one follows from the others."""
    functions = _functions(marginals)
    matrix, right = [], []
    for row, marginal in enumerate(marginals):
        support = [state for state, p in enumerate(marginal) if p > 0.0]
        for state in support if row == 0 else support[1:]:
            matrix.append((functions[:, row] == state).astype(float))
            right.append(marginal[state])
    rows, sums = np.array(matrix), np.array(right)
    return Polytope(rows, sums, corners(rows, sums), inner=True)


def _indicator(marginals: Marginals, answers: list[tuple[int, int]]) -> Array:
    """1 for every response function that answers so."""
    functions = _functions(marginals)
    agrees = np.ones(len(functions), dtype=bool)
    for row, state in answers:
        agrees &= functions[:, row] == state
    return agrees.astype(float)


def _frechet(marginals: Marginals, answers: list[tuple[int, int]]) -> Span:
    """Between what the probability of these answers lies whatever the coupling (Frechet 1951)."""
    shares = [marginals[row][state] for row, state in answers]
    return max(0.0, sum(shares) - len(shares) + 1), min(shares)
