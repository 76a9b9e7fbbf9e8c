"""One question for many values of one variable, as a slider asks it: what does not change is computed once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from causal.answers.answer import Answer
from causal.answers.engine import ask, need_numbers
from causal.answers.terms import Part, linear_part, only, told
from causal.models.model import Model
from causal.queries.query import Atom, Setting, Term, World, as_number, as_text, rung, settings
from causal.queries.reading import read
from causal.rungs.intervention import in_brackets
from causal.rungs.prepared import prepare, prepare_linear
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


def _read_off(model: Model, term: Term, variable: str, values: Sequence[str]) -> dict[str, Answer] | None:
    """A sweep's answers from one compiled question; None where values must be asked one by one."""
    first = read(put(term, variable, values[0]), model)
    if not isinstance(first, Term) or any(a.variable == variable and a.relation for a in term.event):
        return None
    solvers = {model.kind(name).solver for name in (variable, *(a.variable for a in (*term.event, *term.evidence)))}
    if len(solvers) > 1:
        return None
    solver = solvers.pop()
    match solver:
        case "linear":
            parts = _on_a_line(model, first, variable, values)
        case "network":
            parts = _in_a_table(model, first, variable, values)
        case _:
            assert_never(solver)
    if parts is None:
        return None
    step = rung(term)
    return {value: told(part, put(term, variable, value), step) for value, part in zip(values, parts, strict=True)}


def _in_a_table(model: Model, first: Term, variable: str, values: Sequence[str]) -> list[Part] | None:
    """The joint table of target and slider, computed once, and indexed at every step."""
    held = only(model, in_brackets(first), "network")
    question, slots = prepare(model, held)
    slot = _slot(held, variable)
    if not question.targets or slot is None or not set(values) <= set(model[variable].states):
        return None
    found = question.along(slots, slot, values)
    if found is None or found[1].min() <= 0.0:
        return None
    joint, totals = found
    shares = joint / totals.reshape(-1, *[1] * (joint.ndim - 1)) if question.evidence else joint
    asked, outcome = first.event[0], model[first.event[0].variable]
    if asked.relation is not None:
        return [Part(number=p) for p in np.clip(shares.reshape(len(values), -1).sum(axis=1), 0.0, 1.0).tolist()]
    if first.kind == "E":
        return [Part(number=mean) for mean in (shares @ np.array(outcome.numbers)).tolist()]
    rows = np.clip(shares, 0.0, 1.0).tolist()
    return [Part(states=dict(zip(outcome.states, row, strict=True))) for row in rows]


def _on_a_line(model: Model, first: Term, variable: str, values: Sequence[str]) -> list[Part] | None:
    """A linear question, compiled once, is a closed form in the value that moves."""
    held = only(model, in_brackets(first), "linear")
    slot = _slot(held, variable)
    if slot is None or any(as_number(value) is None for value in values):
        return None
    question, numbers = prepare_linear(model, held)
    parts = []
    for value in values:
        numbers[slot] = float(value)
        if question.contradiction(numbers) is not None:
            return None
        parts.append(linear_part(first, question, numbers))
    return parts


def _slot(term: Term, variable: str) -> int | None:
    """Where a question's values hold the one that moves: all that is set or seen of the variable is one value."""
    form, _ = shape(term)
    held: tuple[Setting | Atom, ...] = (*settings(form), *form.evidence)
    return next((int(h.value) for h in held if h.variable == variable and h.value is not None), None)


def put(term: Term, variable: str, value: str | float) -> Term:
    """The term with every value that it sets or sees of ``variable`` replaced; what is asked of it stays."""
    new = as_text(value)

    def world(held: World) -> World:
        return tuple(map(setting, held)) if held else held

    def setting(s: Setting) -> Setting:
        if s.value is None:
            return Setting(s.variable, None, world(s.nested))
        return Setting(variable, new) if s.variable == variable else s

    def atom(a: Atom, seen: bool) -> Atom:
        known = new if seen and a.variable == variable else a.value
        return a if known == a.value and not a.world else Atom(a.variable, world(a.world), a.relation, known)

    return Term(
        term.kind,
        tuple(atom(a, seen=False) for a in term.event),
        tuple(atom(a, seen=True) for a in term.evidence),
        world(term.action),
    )
