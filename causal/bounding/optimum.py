"""The least and the greatest value of a question over all models: three kinds of program, by what it multiplies.

- nothing unknown by another: linear, or one ratio of linear functions (``extents``);
- probabilities of blocks that are independent of each other: linear in each block (``extents``);
- anything else: branch and bound, or interval arithmetic between the terms (``searching``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isfinite

import numpy as np

from causal.bounding.algebra import Poly, Ratio, Unknown, blocks_of, combine, constant
from causal.bounding.extents import Range, extent, never, no_model
from causal.bounding.program import Program
from causal.bounding.responses import Polynomial
from causal.bounding.searching import search
from causal.bounding.space import Space
from causal.errors import BadQuery
from causal.queries.printing import text
from causal.queries.query import Operation, Query, Term, terms
from causal.ranges.spans import Array

NOTHING = 1e-13
"""What a program finds to be no more than this is 0."""


def optimize(program: Program, told: Array, query: Query, state: int = 0) -> Range:
    """The range of a question; of a distribution, that of the probability of one state.

    Raises ImpossibleEvidence where assumptions leave no model, or a condition can happen in none.
    """
    space = Space(program, told)
    raw = {}
    for term, asked in program.terms.items():
        numerator = asked.numerators[state if len(asked.numerators) > 1 else 0]
        raw[term] = Ratio(_known(space, numerator), _known(space, asked.denominator))
    used = {b for ratio in raw.values() for b in blocks_of(ratio)}
    limited = {b for b, block in enumerate(program.blocks) if block.group in program.limited}
    if space.some(limited - used) is None:
        raise no_model()
    found = _range(space, query, {term: _settle(space, term, ratio) for term, ratio in raw.items()})
    if not (isfinite(found.low) and isfinite(found.high)):
        raise BadQuery("The result is not a finite number.", "not-finite")
    touched = {program.blocks[b].group for b in used}.union(program.limited)
    return replace(found, touched=tuple(sorted(touched)))


def _known(space: Space, polynomial: Polynomial) -> Poly:
    """The polynomial with the numbers that are told put in."""
    program = space.program
    found: dict[tuple[Unknown, ...], float] = {}
    for monomial, coefficient in polynomial.items():
        left, unknowns = [], []
        for _, pattern in monomial:
            number = next((float(space.told[i]) for i in program.cells[pattern] if not np.isnan(space.told[i])), None)
            if number is None:
                left.append(program.functional[pattern])
            else:
                coefficient *= number
        for unknown in left if coefficient else ():
            if (number := space.settled(unknown)) is None:
                unknowns.append(unknown)
            else:
                coefficient *= number
        if coefficient:
            rest = tuple(sorted(unknowns))
            found[rest] = found.get(rest, 0.0) + coefficient
    return found


def _settle(space: Space, term: Term, ratio: Ratio) -> Ratio:
    """A condition whose probability is known (or can be 0 only) is no longer one."""
    by = constant(ratio.bottom)
    if by is None:
        most = extent(space, Ratio(ratio.bottom))
        if most is not None and (most.high <= NOTHING or most.high - most.low <= NOTHING * most.high):
            by = most.high if most.high > NOTHING else 0.0
    if by is None:
        return ratio
    if by <= 0.0:
        raise never(text(Term("P", term.evidence, (), term.action))[2:-1])
    return Ratio({p: c / by for p, c in ratio.top.items()})


def _range(space: Space, query: Query, known: Mapping[Term, Ratio]) -> Range:
    parts = {term: known[term] for term in terms(query)}
    for divisor in _divisors(query):
        below = _range(space, divisor, known)
        if below.low <= 0.0 <= below.high:
            raise BadQuery("This divides by an expression that can be 0.", "division-by-zero")
    whole = combine(query, parts)
    found = extent(space, whole) if whole is not None and _separate(whole) else None
    return search(space, query, parts) if found is None else found


def _divisors(query: Query) -> Iterator[Query]:
    waiting = [query]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Operation):
            waiting += [item.right, item.left]
            if item.operator == "/":
                yield item.right


def _separate(ratio: Ratio) -> bool:
    """Whether only unknowns of different blocks are multiplied."""
    return all(len({b for b, _ in p}) == len(p) for p in (*ratio.top, *ratio.bottom))
