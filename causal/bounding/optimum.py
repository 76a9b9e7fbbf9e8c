"""The least and the greatest value of a question over all models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from causal.bounding.feasible import Feasible
from causal.bounding.response_program import Program
from causal.errors import BadQuery, ImpossibleEvidence, TooLarge
from causal.queries.printing import action_text, atom_text
from causal.queries.query import Number, Query, Term, fold
from causal.ranges.polynomials import ANYTHING, Expression, Monomial, Polynomial, Ratio, number
from causal.ranges.ratios import NeverDefined, Range, settled
from causal.ranges.search import TooInvolved, attained, expression_range
from causal.ranges.space import Space
from causal.ranges.spans import Array, DividesByZero, Span
from causal.words.sentence import Listed, Sentence


@dataclass(frozen=True, slots=True)
class Optimum:
    """A range, and the groups of variables whose response types the question reads or assumptions limit."""

    range: Range
    touched: tuple[int, ...]


def optimize(program: Program, told: Array, query: Query, state: int = 0) -> Optimum:
    """The range of a question; of a distribution, that of the probability of one state.

    Raises NothingFits, ImpossibleEvidence where a condition can happen in no model, and BadQuery and TooLarge for
    divisions.
    """
    feasible = Feasible(program, told)
    raw = {}
    for term, asked in program.terms.items():
        top = asked.numerators[state if len(asked.numerators) > 1 else 0]
        raw[term] = Ratio(_known(feasible, top), _known(feasible, asked.denominator), _within(program, term))
    polynomials = [p for ratio in raw.values() for p in ratio.polynomials]
    limited = {b for b, block in enumerate(program.blocks) if block.group in program.limited}
    space = feasible.space(polynomials, limited)
    used = space.reads(*polynomials)
    space.some(limited - used)
    found = _range(space, query, {term: _settled(space, term, ratio) for term, ratio in raw.items()})
    space.some(used.difference(found.at[0] or ()))  # what cancels out must fit, too
    touched = {program.blocks[b].group for b in used}.union(program.limited)
    return Optimum(found, tuple(sorted(touched)))


def _within(program: Program, term: Term) -> Span:
    if term.kind == "P":
        return 0.0, 1.0
    numbers = program.measured.variable(term.event[0].variable).numbers
    return (min(numbers), max(numbers)) if numbers else ANYTHING


def _known(feasible: Feasible, polynomial: Polynomial) -> Polynomial:
    """The polynomial with the numbers that are told put in."""
    program, told = feasible.program, feasible.told
    found: dict[Monomial, float] = {(): polynomial.constant}
    for monomial, coefficient in polynomial.monomials.items():
        left, unknowns = [], []
        for _, pattern in monomial:
            given = next((float(told[i]) for i in program.cells[pattern] if not np.isnan(told[i])), None)
            if given is None:
                left.append(program.functional[pattern])
            else:
                coefficient *= given
        for unknown in left if coefficient else ():
            if (given := feasible.settled(*unknown)) is None:
                unknowns.append(unknown)
            else:
                coefficient *= given
        if coefficient:
            rest = tuple(sorted(unknowns))
            found[rest] = found.get(rest, 0.0) + coefficient
    return Polynomial(found.pop(()), found)


def _settled(space: Space, term: Term, ratio: Ratio) -> Ratio:
    try:
        return settled(space, ratio)
    except NeverDefined:
        evidence: object = Listed(map(atom_text, term.evidence), "comma")
        if term.action:
            evidence = Sentence("errors.bounding.evidence_after", evidence=evidence, action=action_text(term.action))
        raise ImpossibleEvidence("errors.bounding.never", evidence=evidence) from None


def _range(space: Space, query: Query, known: Mapping[Term, Ratio]) -> Range:
    def leaf(item: Term | Number) -> Expression:
        return (number(item.value) if isinstance(item, Number) else known[item],)

    expression = fold(query, leaf, lambda operator, one, other: (*one, *other, operator))
    try:
        found = expression_range(space, expression)
    except TooInvolved:
        raise TooLarge("errors.bounding.involved") from None
    except DividesByZero:
        raise BadQuery("errors.bounding.by_zero", "division-by-zero") from None
    except NeverDefined:
        raise ImpossibleEvidence("errors.bounding.never", evidence=Sentence("errors.bounding.given")) from None
    if not (isfinite(found.low) and isfinite(found.high)):
        raise BadQuery("errors.answers.not_finite", "not-finite")
    return attained(space, expression, found) if None in found.at else found
