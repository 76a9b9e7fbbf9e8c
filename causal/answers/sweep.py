"""One question for many values of one variable, as a slider asks it: what does not change is computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from causal.answers.answer import Answer
from causal.answers.engine import ask, need_numbers
from causal.answers.terms import Part, linear_part, only, told
from causal.models.model import Model
from causal.queries.parsing import parse, plain_state
from causal.queries.printing import text
from causal.queries.query import Atom, Term, World, as_number, as_text, rung
from causal.rungs.counterfactual import prepare, prepare_linear
from causal.rungs.intervention import in_brackets
from causal.worlds.parallel_worlds import shape


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
    return {value: told(part, template.replace(place, _quoted(variable, value)), step) for value, part in pairs}


def _in_a_table(model: Model, moving: Term, values: Sequence[str]) -> list[Part] | None:
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
        return [Part(number=p) for p in np.clip(shares.reshape(len(values), -1).sum(axis=1), 0.0, 1.0).tolist()]
    if moving.kind == "E":
        return [Part(number=mean) for mean in (shares @ np.array(variable.numbers)).tolist()]
    rows = np.clip(shares, 0.0, 1.0).tolist()
    return [Part(states=dict(zip(variable.states, row, strict=True))) for row in rows]


def _on_a_line(model: Model, moving: Term, values: Sequence[str]) -> list[Part] | None:
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
        parts.append(linear_part(moving, question, numbers))
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
