"""Ask a model a question of any rung: read it, split it by kind of variable, answer it exactly, or say why not.

Discrete and continuous variables may stand in one model but do not depend on each other, so a term's probability is
the product of its discrete and its continuous part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import comb, isfinite
from typing import Any

import numpy as np

from causal.answer import Answer, Interval
from causal.association import Conditional
from causal.counterfactual import prepare, prepare_linear
from causal.couplings import Polynomial, polynomials, tables
from causal.errors import BadQuery, CausalError, ImpossibleEvidence, MissingNumbers
from causal.gaussian import Gaussian, LinearQuestion
from causal.intervals import SAME_END, Range, over_couplings
from causal.intervention import in_brackets
from causal.model import Model
from causal.network import Array
from causal.parsing import parse, plain_state
from causal.printing import text
from causal.query import Atom, Number, Query, Term, World, as_number, as_text, fold, rung, terms
from causal.ratios import Ratio
from causal.worlds import shape

SHORT = 400
"""The latest questions of so many characters are kept as they were read: a page asks them again and again."""

MOST_SUBSETS = 5_000
"""The search for the smallest impossible part of the evidence tries at most so many parts of one size."""


def ask(model: Model, question: str | Query) -> Answer:
    """Answer a question exactly.

    Raises CausalError: BadQuery if it cannot be read or has no finite answer, MissingNumbers if the model is only a
    graph, ImpossibleEvidence if the condition has probability 0, TooLarge if exactness would not fit into memory.
    """
    written = question if isinstance(question, str) else text(question)
    query = _read(written, model) if len(written) <= SHORT else parse(written, model)
    need_numbers(model)
    return _answer(model, query, written)


@lru_cache(maxsize=4096)
def _read(written: str, model: Model) -> Query:
    return parse(written, model)


def need_numbers(model: Model) -> None:
    """Raise MissingNumbers if the model is only a graph."""
    if not model.numeric:
        missing = [v.name for v in model if v.mechanism is None]
        more = f" and {len(missing) - 8} more" if len(missing) > 8 else ""
        raise MissingNumbers(
            f"This model is only a graph: {', '.join(missing[:8])}{more} have no numbers (p, cpt, function or linear), "
            "so a probability cannot be computed."
        )


def sweep(model: Model, term: Term, variable: str, values: Sequence[str | float]) -> tuple[Answer, ...]:
    """The same question for many values of one variable that it sets or sees; what does not change is computed once.

    Raises what ``ask`` raises, for the first value that cannot be answered.
    """
    need_numbers(model)
    different = list(dict.fromkeys(as_text(value) for value in values))
    found = _read_off(model, term, variable, different) if len(different) > 1 else None
    if found is None:
        found = {value: ask(model, put(term, variable, value)) for value in different}
    return tuple(found[as_text(value)] for value in values)


MOVING = "\0moving\0"
"""Stands in a question for the value that a sweep moves."""


def _read_off(model: Model, term: Term, variable: str, values: Sequence[str]) -> dict[str, Answer] | None:
    """A sweep's answers from one compiled question; None where values must be asked one by one."""
    first, moving = put(term, variable, values[0]), put(term, variable, MOVING)
    written = text(first)
    if parse(written, model) != first or MOVING in written or MOVING not in (template := text(moving)):
        return None
    if any(a.variable == variable and a.relation for a in term.event):
        return None
    kinds = {model[a.variable].continuous for a in (*term.event, *term.evidence)} | {model[variable].continuous}
    if kinds == {True} and all(as_number(value) is not None for value in values):
        parts = _on_a_line(model, moving, values)
    elif kinds == {False} and set(values) <= set(model[variable].states):
        parts = _in_a_table(model, moving, values)
    else:
        return None
    if parts is None:
        return None
    place, step = _quoted(variable, MOVING), rung(term)
    pairs = zip(values, parts, strict=True)
    return {value: _told(part, template.replace(place, _quoted(variable, value)), step) for value, part in pairs}


def _in_a_table(model: Model, moving: Term, values: Sequence[str]) -> list[_Part] | None:
    """The joint table of target and slider, computed once, and indexed at every step."""
    question, slots = prepare(model, only(model, in_brackets(moving), continuous=False))
    if not question.targets or MOVING not in slots:
        return None
    found = question.along(slots, slots.index(MOVING), values)
    if found is None or found[1].min() <= 0.0:
        return None
    joint, totals = found
    shares = joint / totals.reshape(-1, *[1] * (joint.ndim - 1)) if question.evidence else joint
    asked, variable = moving.event[0], model[moving.event[0].variable]
    if asked.relation is not None:
        return [_Part(number=p) for p in np.clip(shares.reshape(len(values), -1).sum(axis=1), 0.0, 1.0).tolist()]
    if moving.kind == "E":
        return [_Part(number=mean) for mean in (shares @ np.array(variable.numbers)).tolist()]
    rows = np.clip(shares, 0.0, 1.0).tolist()
    return [_Part(states=dict(zip(variable.states, row, strict=True))) for row in rows]


def _on_a_line(model: Model, moving: Term, values: Sequence[str]) -> list[_Part] | None:
    """A linear question, compiled once, is a closed form in the value that moves."""
    held = only(model, in_brackets(moving), continuous=True)
    slots = shape(held)[1]
    if MOVING not in slots:
        return None
    question, numbers = prepare_linear(model, held)
    slot, parts = slots.index(MOVING), []
    for value in values:
        numbers[slot] = float(value)
        if question.contradiction(numbers) is not None:
            return None
        parts.append(_linear(moving, question, numbers))
    return parts


def _quoted(variable: str, value: str) -> str:
    """A state as the query language writes it."""
    if plain_state(value):
        return value
    return text(Term("P", (Atom(variable, (), "=", value),)))[len(f"P({variable}=") : -1]


def put(term: Term, variable: str, value: str | float) -> Term:
    """The term with every value that it sets or sees of ``variable`` replaced; what is asked of it stays."""
    new = as_text(value)

    def world(settings: World) -> World:
        return tuple(
            replace(s, value=new)
            if s.variable == variable and s.value is not None
            else replace(s, nested=world(s.nested))
            for s in settings
        )

    def atom(a: Atom, seen: bool) -> Atom:
        told = new if seen and a.variable == variable else a.value
        return replace(a, world=world(a.world), value=told)

    return replace(
        term,
        event=tuple(atom(a, seen=False) for a in term.event),
        evidence=tuple(atom(a, seen=True) for a in term.evidence),
        action=world(term.action),
    )


# -- one question ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A term's result: a number, numbers by state, or a normal distribution; or polynomials over couplings."""

    number: float | None = None
    states: Mapping[str, float] | None = None
    normal: Gaussian | None = None
    ratio: Ratio | None = None
    ratios: Mapping[str, Ratio] | None = None


def _answer(model: Model, query: Query, written: str) -> Answer:
    step = rung(query)
    parts = {term: _term(model, term) for term in dict.fromkeys(terms(query))}
    if isinstance(query, Term):
        part = parts[query]
        if part.ratios is not None:
            return _distribution(model, query, part.ratios, Answer(written, step))
        if part.ratio is None:
            return _told(part, written, step)
    if any(part.ratio is not None for part in parts.values()):
        ratios = {term: p.ratio or Ratio(Polynomial(p.number or 0.0)) for term, p in parts.items()}
        return _range(model, query, ratios, Answer(written, step))
    return Answer(written, step, value=_arithmetic(query, {t: p.number or 0.0 for t, p in parts.items()}))


def _told(part: _Part, written: str, step: int) -> Answer:
    """The answer that is one term's number, distribution or normal curve."""
    if part.normal is not None:
        return Answer(written, step, mean=_finite(part.normal.mean), sd=_finite(part.normal.sd))
    if part.states is not None:
        return Answer(written, step, distribution=part.states)
    return Answer(written, step, value=_finite(part.number or 0.0))


def _arithmetic(query: Query, numbers: Mapping[Term, float]) -> float:
    def join(operator: str, left: float, right: float) -> float:
        if operator == "/":
            if right == 0.0:
                raise BadQuery("This divides by 0.", "division-by-zero")
            return left / right
        return left + right if operator == "+" else left - right if operator == "-" else left * right

    return _finite(fold(query, lambda leaf: leaf.value if isinstance(leaf, Number) else numbers[leaf], join))


def _finite(value: float) -> float:
    if not isfinite(value):
        raise BadQuery("The result is not a finite number.", "not-finite")
    return value


def _range(model: Model, query: Query, ratios: Mapping[Term, Ratio], blank: Answer) -> Answer:
    found = over_couplings(model, query, ratios)
    if found.high - found.low <= SAME_END:
        return replace(blank, value=(found.low + found.high) / 2)
    interval = _within(found, query)
    return replace(blank, interval=interval, sharp=found.sharp, **_missing(ratios.values()))


def _within(found: Range, query: Query) -> Interval:
    if isinstance(query, Term) and query.kind == "P":
        return max(0.0, found.low), min(1.0, found.high)
    return found.low + 0.0, found.high + 0.0  # no minus zero


def _distribution(model: Model, query: Term, ratios: Mapping[str, Ratio], blank: Answer) -> Answer:
    distribution: dict[str, float | Interval] = {}
    sharp = True
    for state, ratio in ratios.items():
        found = over_couplings(model, query, {query: ratio})
        sharp = sharp and found.sharp
        same = found.high - found.low <= SAME_END
        distribution[state] = (found.low + found.high) / 2 if same else _within(found, query)
    if not any(isinstance(p, tuple) for p in distribution.values()):
        return replace(blank, distribution=distribution)
    return replace(blank, distribution=distribution, sharp=sharp, **_missing(ratios.values()))


def _missing(ratios: Iterable[Ratio]) -> dict[str, Any]:
    """Whose couplings are missing, and the sentence that says so."""
    names = tables(p for r in ratios for p in (r.numerator, r.denominator))
    whose = ", ".join(names)
    have = "has" if len(names) == 1 else "have"
    because = (
        f"{whose} {have} no coupling: the table says how often, not which individual, so every value between the ends "
        "fits the model."
    )
    return {"because": because, "missing": tuple(names)}


# -- one term --------------------------------------------------------------------------------------------------------


def _term(model: Model, written: Term) -> _Part:
    term = in_brackets(written)
    continuous = only(model, term, continuous=True)
    discrete = only(model, term, continuous=False)
    linear = None
    if continuous.event or continuous.evidence:
        linear = _given_facts(model, written, *prepare_linear(model, continuous))
    if not discrete.event and not discrete.evidence:
        assert linear is not None  # noqa: S101 - a term says something of some variable
        return linear
    question, values = prepare(model, discrete)
    if question.depends_on_coupling:
        part = _open(model, written, question, values)
    else:
        part = _settled(model, written, question, values)
    if linear is None or linear.number == 1.0:
        return part
    if not discrete.event:
        return linear  # the discrete facts can happen, and say nothing of continuous variables
    share = linear.number or 0.0
    if part.ratio is not None:
        return _Part(ratio=replace(part.ratio, numerator=part.ratio.numerator.scaled(share)))
    return _Part(number=(part.number or 0.0) * share)


def only(model: Model, term: Term, continuous: bool) -> Term:
    """The part of a term that is about continuous, or about discrete, variables."""
    if len(kinds := _kinds(model)) == 1:  # most models are of one kind: nothing to pick apart
        return replace(term, action=()) if continuous in kinds else Term(term.kind, ())

    def world(settings: World) -> World:
        kept = (s for s in settings if model[s.variable].continuous == continuous)
        return tuple(replace(s, nested=world(s.nested)) for s in kept)

    def atoms(group: Sequence[Atom]) -> tuple[Atom, ...]:
        kept = (a for a in group if model[a.variable].continuous == continuous)
        return tuple(replace(a, world=world(a.world)) if a.world else a for a in kept)

    return Term(term.kind, atoms(term.event), atoms(term.evidence))


@lru_cache(maxsize=256)
def _kinds(model: Model) -> frozenset[bool]:
    return frozenset(v.continuous for v in model)


def _given_facts(model: Model, written: Term, question: LinearQuestion, values: Array) -> _Part:
    if question.contradiction(values) is not None:
        raise impossible(model, written)
    if not question.event:
        return _Part(number=1.0)
    return _linear(written, question, values)


def _linear(term: Term, question: LinearQuestion, values: Array) -> _Part:
    if question.event[0].relation is not None:
        return _Part(number=question.probability(values))
    normal = question.distribution(values)
    return _Part(number=normal.mean) if term.kind == "E" else _Part(normal=normal)


def _settled(model: Model, written: Term, question: Conditional, values: Sequence[str]) -> _Part:
    joint, total = question.joint(values)
    if total <= 0.0:
        raise impossible(model, written)
    if not question.event:
        return _Part(number=1.0)
    divisor = total if question.evidence else 1.0
    asked = question.event[0]
    if asked.relation is not None:
        return _Part(number=min(1.0, max(0.0, float(joint.sum()) / divisor)))
    variable = model[asked.variable]
    shares = _by_state(question, values, joint) / divisor
    if written.kind == "E":
        return _Part(number=float(np.array(variable.numbers) @ shares))
    return _Part(states={s: min(1.0, max(0.0, float(p))) for s, p in zip(variable.states, shares, strict=True)})


def _by_state(question: Conditional, values: Sequence[str], joint: Array) -> Array:
    """The joint of one target by its states; a target that an action holds stands at its value."""
    if question.targets:
        return joint
    return float(joint) * question.held_weights(question.event[0], values)


def _open(model: Model, written: Term, question: Conditional, values: Sequence[str]) -> _Part:
    joint, total = polynomials(question, values)
    if not total.monomials and total.constant <= 0.0:
        raise impossible(model, written)
    divisor = total if question.evidence else Polynomial(1.0)
    if not question.event:
        return _Part(ratio=Ratio(divisor, divisor))
    asked = question.event[0]
    if asked.relation is not None:
        whole = sum(joint.values(), Polynomial())
        return _Part(ratio=Ratio(whole, divisor))
    variable = model[asked.variable]
    if question.targets:
        by_state = [joint.get((k,), Polynomial()) for k in range(len(variable.states))]
    else:
        whole = sum(joint.values(), Polynomial())
        by_state = [whole.scaled(float(w)) for w in question.held_weights(asked, values)]
    if written.kind == "E":
        numbers = variable.numbers or ()
        mean = sum((p.scaled(n) for p, n in zip(by_state, numbers, strict=True)), Polynomial())
        return _Part(ratio=Ratio(mean, divisor))
    return _Part(ratios={s: Ratio(p, divisor) for s, p in zip(variable.states, by_state, strict=True)})


# -- impossible evidence ---------------------------------------------------------------------------------------------


def impossible(model: Model, term: Term) -> ImpossibleEvidence:
    """The error that names the smallest part of the evidence that cannot happen."""
    smallest = _smallest(term.evidence, lambda part: _can_happen(model, replace(term, evidence=part)))
    said = " together with ".join(text(Term("P", (a,)))[2:-1] for a in smallest)
    done = f" after {text(Term('P', (smallest[0],), (), term.action)).split(' | ')[1][:-1]}" if term.action else ""
    return ImpossibleEvidence(f"{said} never happens in this model{done}, so nothing can be concluded from it.")


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
    continuous, discrete = only(model, bare, continuous=True), only(model, bare, continuous=False)
    if continuous.evidence:
        linear, numbers = prepare_linear(model, continuous)
        if linear.contradiction(numbers) is not None:
            return False
    if not discrete.evidence:
        return True
    question, values = prepare(model, discrete)
    if not question.depends_on_coupling:
        return question.joint(values)[1] > 0.0
    total = polynomials(question, values)[1]
    try:
        over_couplings(model, bare, {bare: Ratio(total, total)})
    except CausalError:
        return False
    return True
