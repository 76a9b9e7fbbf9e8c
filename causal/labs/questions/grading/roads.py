"""Known wrong roads: what comes out if a question is taken for another one, each computed exactly.

    seen         P(y | x) where P(y | do(x)) was asked              seeing for doing
    done         P(y | do(x)) where some cases were picked out      the average for the individual
    seen_other   P(y | x') among others, for the same cases had x been x'
    fact         what did happen, for what would have
    marginal, forgot    a condition left out, all of it or a part
    reversed     the condition the wrong way round
    mediator, descendant, collider, open      adjusted for a set that will not do

A road that ends where the right one does, or where another one ended, tells nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from causal.answers import engine
from causal.effects.price import price
from causal.errors import CausalError
from causal.graphs.adjustment import judge
from causal.labs.questions.wording import noun
from causal.labs.questions.writing.question_sheet import Question
from causal.queries.query import Atom, Operation, Query, Term
from causal.words.grammar import listed

MOST_ADJUSTED = 2
"""Wrong sets of so many variables are tried."""

_REASONS = {
    "closes-mediator": "mediator",
    "descendant": "descendant",
    "opens-collider": "collider",
    "leaves-open": "open",
}


@dataclass(frozen=True, slots=True)
class Road:
    """One wrong road: its key, the number at its end, and the variables that were adjusted for, in words."""

    key: str
    value: float
    labels: str = ""


def roads(question: Question) -> tuple[Road, ...]:
    """Every wrong road that can be walked from here, the likeliest mistake first."""
    found: list[Road] = []
    for key, taken_for in _mistaken(question):
        value = _value(question, taken_for)
        if value is not None:
            found.append(Road(key, value))
    query = question.query
    if question.rung == 2 and not isinstance(query, Term):
        found += _adjusted(question, both=True)
    elif (
        question.rung == 2
        and isinstance(query, Term)
        and not query.evidence
        and query.event[0].variable == question.scene.outcome
    ):
        found += _adjusted(question, both=False)
    return tuple(found)


def _value(question: Question, query: Query) -> float | None:
    try:
        return engine.ask(question.model, query).value
    except CausalError:
        return None


def _mistaken(question: Question) -> Iterator[tuple[str, Query]]:
    """The questions that this one is taken for."""
    query = question.query
    if isinstance(query, Operation) and question.rung == 2:
        yield "seen", _each(query, _as_seen)
    if not isinstance(query, Term):
        return
    if question.rung == 1:
        yield from _mistaken_seeing(query)
    elif question.rung == 2:
        yield "seen", _as_seen(query)
        if query.evidence:
            yield "forgot", replace(query, evidence=())
            yield "forgot", replace(query, action=())
        yield "marginal", replace(query, action=(), evidence=())
    else:
        yield from _mistaken_imagining(query)


def _each(query: Operation, change: Callable[[Term], Term]) -> Query:
    left, right = (change(side) for side in (query.left, query.right) if isinstance(side, Term))
    return Operation(query.operator, left, right)


def _as_seen(term: Term) -> Term:
    """The action taken for something that was seen."""
    taken = tuple(Atom(s.variable, (), "=", s.value) for s in term.action)
    return replace(term, action=(), evidence=(*taken, *term.evidence))


def _mistaken_seeing(term: Term) -> Iterator[tuple[str, Query]]:
    if len(term.evidence) > 1:
        for atom in term.evidence:
            yield "forgot", replace(term, evidence=tuple(a for a in term.evidence if a is not atom))
    if term.evidence and term.kind == "P" and len(term.event) == 1:
        yield "reversed", Term("P", term.evidence[:1], (*term.event, *term.evidence[1:]))
    if term.evidence:
        yield "marginal", replace(term, evidence=())


def _mistaken_imagining(term: Term) -> Iterator[tuple[str, Query]]:
    asked = term.event[0]
    held = tuple(s for s in asked.world if s.value is not None)
    alone = tuple(replace(a, world=()) for a in term.event[:1])
    taken = tuple(Atom(s.variable, (), "=", s.value) for s in held)
    set_here = {s.variable for s in held}
    if term.evidence:
        kept = tuple(a for a in term.evidence if a.variable not in set_here | {asked.variable})
        yield "done", Term(term.kind, alone, (), held)
        yield "seen_other", Term(term.kind, alone, (*taken, *kept))
        if kept:
            yield "seen_other", Term(term.kind, alone, taken)
        yield "fact", Term(term.kind, alone, term.evidence)
    else:
        yield "done", Term(term.kind, alone, (), held)
        yield "seen", Term(term.kind, alone, taken)
    yield "marginal", Term(term.kind, alone)


def _adjusted(question: Question, both: bool) -> Iterator[Road]:
    """What adjusting for a wrong set reports, of one arm or of the difference."""
    s, model = question.scene, question.model
    others = [n for n in question.core if n not in (s.treatment, s.outcome)]
    for size in range(1, MOST_ADJUSTED + 1):
        for given in combinations(others, size):
            judged = judge(model, s.treatment, s.outcome, given)
            if judged:
                continue
            try:
                found = price(model, s.treatment, s.outcome, given, (s.x, s.other), s.y)
            except CausalError:
                continue
            key = _REASONS[judged.reasons[0].kind]
            at = {r.node for r in judged.reasons if _REASONS[r.kind] == key and r.node}
            named = [n for n in given if n in at] if key != "open" else list(given)
            value = found.effect_reported if both else found.reported[0]
            yield Road(key, value, listed(noun(model[n]) for n in named or given))
