"""What a question must be in a given model: known names, known states, numbers where numbers are needed.

The parser notes where the text mentions a variable; ``check`` compares the mentions with the model, so that every error
can point at the place. A graph is checked as far as it says anything: a variable without states takes any state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from causal.errors import BadQuery, one_of
from causal.models.model import Model, Variable
from causal.models.support import RealLine, States, Unstated
from causal.queries.query import Atom, Setting, World, as_number


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text speaks of a variable: the name stands at ``at``, its value at ``value_at``."""

    role: Literal["asked", "mean", "event", "evidence", "set"]
    part: Atom | Setting
    at: int
    value_at: int
    term: int


def wrong(at: int, key: str, finer: str = "syntax", /, **values: object) -> BadQuery:
    """The error at a position (from 0; the message counts characters from 1, as people do)."""
    return BadQuery(key, finer, position=at, at=at + 1, **values)


def shown(text: str) -> str:
    """A piece of the reader's own text inside a message: quoted, shortened, nothing invisible in it."""
    visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:40])
    return f'"{visible}…"' if len(text) > 40 else f'"{visible}"'


def check(mentions: Sequence[Mention], model: Model) -> None:
    """Raise BadQuery at the first mention that means nothing in the model."""
    for mention in mentions:
        _check_name(mention, model)
    for mention in mentions:
        _check_value(mention, model[mention.part.variable])
    _check_quantities(mentions, model)


def _check_name(mention: Mention, model: Model) -> None:
    name, setting = mention.part.variable, mention.role == "set"
    if name not in model:
        known = one_of((v.name for v in (model.endogenous if setting else model.variables)), name)
        raise wrong(mention.at, "errors.queries.no_variable", "unknown-variable", found=shown(name), known=known)
    if setting and model[name].exogenous:
        known = one_of((v.name for v in model.endogenous), name)
        raise wrong(mention.at, "errors.queries.sets_exogenous", "sets-exogenous", name=name, known=known)


def _check_value(mention: Mention, variable: Variable) -> None:
    if mention.role == "mean":
        _need_numbers(mention, variable, "errors.queries.mean_of_words")
    value = mention.part.value
    if value is None:
        return
    relation = mention.part.relation if isinstance(mention.part, Atom) else "="
    match variable.support:
        case RealLine():
            _check_number(mention, value, "errors.queries.number_as_continuous", relation)
            _check_continuous(mention, variable, relation)
        case States() | Unstated() if relation != "=":
            _need_numbers(mention, variable, "errors.queries.order_of_words", relation=relation)
            _check_number(mention, value, "errors.queries.number_as_compared", relation)
        case States(states):
            if value not in states:
                values = {"found": shown(value), "name": variable.name, "known": one_of(states, value)}
                raise wrong(mention.value_at, "errors.queries.no_state", "unknown-state", **values)
        case Unstated():
            pass
        case other:
            assert_never(other)


def _check_number(mention: Mention, value: str, key: str, relation: str | None) -> None:
    if as_number(value) is None:
        name = mention.part.variable
        raise wrong(mention.value_at, key, "number", found=shown(value), name=name, relation=relation)


def _need_numbers(mention: Mention, variable: Variable, key: str, /, **values: object) -> None:
    if variable.states and variable.numbers is None:
        raise wrong(mention.at, key, "no-numbers", name=variable.name, known=one_of(variable.states), **values)


def _check_continuous(mention: Mention, variable: Variable, relation: str | None) -> None:
    name = variable.name
    if mention.role == "event" and relation == "=":
        raise wrong(mention.at, "errors.queries.point_event", "point-event", name=name)
    if mention.role == "evidence" and relation != "=":
        key = "errors.queries.range_evidence"
        raise wrong(mention.value_at, key, "range-evidence", name=name, relation=relation)


def _check_quantities(mentions: Sequence[Mention], model: Model) -> None:
    """At most two different continuous quantities in one event; a quantity is a variable in a world."""
    quantities: dict[int, set[object]] = {}
    for mention in mentions:
        if mention.role == "event" and isinstance(mention.part, Atom) and mention.part.variable in model.real_valued:
            met = quantities.setdefault(mention.term, set())
            met.add((mention.part.variable, _which(mention.part.world, model)))
            if len(met) > 2:
                key = "errors.queries.third_continuous"
                raise wrong(mention.at, key, "too-many-continuous", name=mention.part.variable)


def _which(world: World, model: Model) -> object:
    """The world itself, however it was written: order, and 1 or 1.0 for a number, make no difference."""
    return frozenset(
        (s.variable, None if s.value is None else model[s.variable].support.read(s.value), _which(s.nested, model))
        for s in world
    )
