"""One term's answer, of any rung: numbers where the model settles it, polynomials over couplings where it does not.

Discrete and continuous variables may stand in one model but do not depend on each other, so a term's probability is
the product of its discrete and its continuous part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import comb, isfinite
from typing import assert_never

import numpy as np

from causal.answers.answer import Answer
from causal.couplings.coupling_range import over_couplings
from causal.couplings.open_tables import polynomials
from causal.errors import BadQuery, CausalError, ImpossibleEvidence
from causal.models.mechanisms.protocol import SOLVERS, Solver
from causal.models.model import Model
from causal.queries.printing import action_text, atom_text
from causal.queries.query import Atom, Query, Term, World
from causal.ranges.polynomials import Polynomial, Ratio
from causal.ranges.spans import Array
from causal.rungs.compiled_question import CompiledQuestion
from causal.rungs.intervention import in_brackets
from causal.rungs.linear import Gaussian, LinearQuestion
from causal.rungs.prepared import prepare, prepare_linear
from causal.words.sentence import Listed

MOST_SUBSETS = 5_000
"""The search for the smallest impossible part of the evidence tries at most so many parts of one size."""


@dataclass(frozen=True)
class Part:
    """A term's result: a number, numbers by state, or a normal distribution; or polynomials over couplings."""

    number: float | None = None
    states: Mapping[str, float] | None = None
    normal: Gaussian | None = None
    ratio: Ratio | None = None
    ratios: Mapping[str, Ratio] | None = None


def told(part: Part, asked: str | Query, step: int) -> Answer:
    """The answer that is one term's number, distribution or normal curve."""
    if part.normal is not None:
        return Answer(asked, step, mean=finite(part.normal.mean), sd=finite(part.normal.sd))
    if part.states is not None:
        return Answer(asked, step, distribution=part.states)
    return Answer(asked, step, value=finite(part.number or 0.0))


def finite(value: float) -> float:
    """The value itself; BadQuery if it is none."""
    if not isfinite(value):
        raise BadQuery("errors.answers.not_finite", "not-finite")
    return value


def part_of(model: Model, written: Term) -> Part:
    """The term's result. Raises what ``engine.ask`` raises."""
    parts = {solver: only(model, in_brackets(written), solver) for solver in SOLVERS}
    linear, network = (_answered(model, written, part, solver) for solver, part in parts.items())
    if linear is None or network is None:
        part = linear or network
        assert part is not None  # noqa: S101 - a term says something of some variable
        return part
    if linear.number == 1.0:
        return network
    if not parts["network"].event:
        return linear  # the discrete facts can happen, and say nothing of continuous variables
    share = linear.number or 0.0
    if network.ratio is not None:
        return Part(ratio=replace(network.ratio, numerator=network.ratio.numerator.scaled(share)))
    return Part(number=(network.number or 0.0) * share)


def only(model: Model, term: Term, solver: Solver) -> Term:
    """The part of a term, written in brackets, about the variables that one solver answers for."""
    if len(needed := _solvers(model)) == 1:  # most models need one alone: nothing to pick apart
        return replace(term, action=()) if solver in needed else Term(term.kind, ())

    def world(settings: World) -> World:
        kept = (s for s in settings if model.kind(s.variable).solver == solver)
        return tuple(replace(s, nested=world(s.nested)) for s in kept)

    def atoms(group: Sequence[Atom]) -> tuple[Atom, ...]:
        kept = (a for a in group if model.kind(a.variable).solver == solver)
        return tuple(replace(a, world=world(a.world)) if a.world else a for a in kept)

    return Term(term.kind, atoms(term.event), atoms(term.evidence))


@lru_cache(maxsize=256)
def _solvers(model: Model) -> frozenset[Solver]:
    return frozenset(model.kind(v.name).solver for v in model)


def _answered(model: Model, written: Term, part: Term, solver: Solver) -> Part | None:
    """What a solver says of its part of a term; None where that says nothing."""
    if not part.event and not part.evidence:
        return None
    match solver:
        case "linear":
            return _given_facts(model, written, *prepare_linear(model, part))
        case "network":
            question, values = prepare(model, part)
            answered = _open if question.depends_on_coupling else _settled
            return answered(model, written, question, values)
        case _:
            assert_never(solver)


def _given_facts(model: Model, written: Term, question: LinearQuestion, values: Array) -> Part:
    if question.contradiction(values) is not None:
        raise impossible(model, written)
    if not question.event:
        return Part(number=1.0)
    return linear_part(written, question, values)


def linear_part(term: Term, question: LinearQuestion, values: Array) -> Part:
    """A linear question's result where its numbers are these."""
    if question.event[0].relation is not None:
        return Part(number=question.probability(values))
    normal = question.distribution(values)
    return Part(number=normal.mean) if term.kind == "E" else Part(normal=normal)


def _settled(model: Model, written: Term, question: CompiledQuestion, values: Sequence[str]) -> Part:
    joint, total = question.joint(values)
    if total <= 0.0:
        raise impossible(model, written)
    if not question.event:
        return Part(number=1.0)
    divisor = total if question.evidence else 1.0
    asked = question.event[0]
    if asked.relation is not None:
        return Part(number=min(1.0, max(0.0, float(joint.sum()) / divisor)))
    variable = model[asked.variable]
    # a target that an action holds stands at its value
    by_state = joint if question.targets else float(joint) * question.held_weights(asked, values)
    shares = by_state / divisor
    if written.kind == "E":
        return Part(number=float(np.array(variable.numbers) @ shares))
    return Part(states={s: min(1.0, max(0.0, float(p))) for s, p in zip(variable.states, shares, strict=True)})


def _open(model: Model, written: Term, question: CompiledQuestion, values: Sequence[str]) -> Part:
    joint, total = polynomials(question, values)
    if not total.monomials and total.constant <= 0.0:
        raise impossible(model, written)
    divisor = total if question.evidence else Polynomial(1.0)
    if not question.event:
        return Part(ratio=Ratio(divisor, divisor))
    asked = question.event[0]
    if asked.relation is not None:
        whole = sum(joint.values(), Polynomial())
        return Part(ratio=Ratio(whole, divisor))
    variable = model[asked.variable]
    if question.targets:
        by_state = [joint.get((k,), Polynomial()) for k in range(len(variable.states))]
    else:
        whole = sum(joint.values(), Polynomial())
        by_state = [whole.scaled(float(w)) for w in question.held_weights(asked, values)]
    if written.kind == "E":
        numbers = variable.numbers or ()
        mean = sum((p.scaled(n) for p, n in zip(by_state, numbers, strict=True)), Polynomial())
        return Part(ratio=Ratio(mean, divisor))
    return Part(ratios={s: Ratio(p, divisor) for s, p in zip(variable.states, by_state, strict=True)})


# -- impossible evidence ---------------------------------------------------------------------------------------------


def impossible(model: Model, term: Term) -> ImpossibleEvidence:
    """The error that names the smallest part of the evidence that cannot happen."""
    smallest = _smallest(term.evidence, lambda part: _can_happen(model, replace(term, evidence=part)))
    said = Listed(map(atom_text, smallest), "together")
    if not term.action:
        return ImpossibleEvidence("errors.answers.never", event=said)
    return ImpossibleEvidence("errors.answers.never_after", event=said, action=action_text(term.action))


def _smallest(evidence: Sequence[Atom], can_happen: Callable[[tuple[Atom, ...]], bool]) -> tuple[Atom, ...]:
    for size in range(1, len(evidence)):
        if comb(len(evidence), size) > MOST_SUBSETS:
            break
        for part in combinations(evidence, size):
            if not can_happen(part):
                return part
    left = tuple(evidence)  # every smaller part can happen, or there are too many: take away what is not needed
    for atom in evidence:
        fewer = tuple(a for a in left if a is not atom)
        if fewer and not can_happen(fewer):
            left = fewer
    return left


def _can_happen(model: Model, term: Term) -> bool:
    bare = replace(in_brackets(term), kind="P", event=())
    return all(_can(model, only(model, bare, solver), solver) for solver in SOLVERS)


def _can(model: Model, bare: Term, solver: Solver) -> bool:
    if not bare.evidence:
        return True
    match solver:
        case "linear":
            linear, numbers = prepare_linear(model, bare)
            return linear.contradiction(numbers) is None
        case "network":
            question, values = prepare(model, bare)
            if not question.depends_on_coupling:
                return question.joint(values)[1] > 0.0
            total = polynomials(question, values)[1]
            try:
                over_couplings(model, bare, {bare: Ratio(total, total)})
            except CausalError:
                return False
            return True
        case _:
            assert_never(solver)
