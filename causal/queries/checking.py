"""What a question must be in a given model: known names, known states, numbers where numbers are needed.

The parser notes where the text mentions a variable; ``check`` compares the mentions with the model, so that every error
can point at the place. A graph is checked as far as it says anything: a variable without states takes any state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from causal.errors import BadQuery, one_of
from causal.models.model import Model, Variable
from causal.queries.query import Atom, Setting, World, as_number


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text speaks of a variable: the name stands at ``at``, its value at ``value_at``."""

    role: Literal["asked", "mean", "event", "evidence", "set"]
    part: Atom | Setting
    at: int
    value_at: int
    term: int


def wrong(at: int, found: str, expected: str, finer: str = "syntax") -> BadQuery:
    """The error at a position (from 0; the message counts characters from 1, as people do)."""
    return BadQuery(f"at character {at + 1}: found {found}, expected {expected}", finer, at)


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
        names = [v.name for v in (model.endogenous if setting else model.variables)]
        raise wrong(mention.at, shown(name), f"a variable of the model: {one_of(names, name)}", "unknown-variable")
    if setting and model[name].exogenous:
        names = [v.name for v in model.endogenous]
        found = f"an action on {name}, which is exogenous (it may be seen, never set)"
        raise wrong(mention.at, found, f"a variable that can be set: {one_of(names, name)}", "sets-exogenous")


def _check_value(mention: Mention, variable: Variable) -> None:
    if mention.role == "mean":
        _need_numbers(mention, variable, f"the mean of {variable.name}")
    if mention.part.value is None:
        return
    relation = mention.part.relation if isinstance(mention.part, Atom) else "="
    found = shown(mention.part.value)
    if relation != "=" and not variable.continuous:
        _need_numbers(mention, variable, f"{relation} for {variable.name}")
    if (variable.continuous or relation != "=") and as_number(mention.part.value) is None:
        kind = "continuous" if variable.continuous else f"compared by {relation}"
        expected = f"a finite decimal number such as -2.5, as {variable.name} is {kind}"
        raise wrong(mention.value_at, found, expected, "number")
    if variable.continuous:
        _check_continuous(mention, variable, relation)
    elif relation == "=" and variable.states and mention.part.value not in variable.states:
        expected = f"a state of {variable.name}: {one_of(variable.states, mention.part.value)}"
        raise wrong(mention.value_at, found, expected, "unknown-state")


def _need_numbers(mention: Mention, variable: Variable, what: str) -> None:
    if variable.states and variable.numbers is None:
        expected = (
            f"a variable with numbers behind its states (those of {variable.name} are words: {one_of(variable.states)})"
        )
        raise wrong(mention.at, what, expected, "no-numbers")


def _check_continuous(mention: Mention, variable: Variable, relation: str | None) -> None:
    name = variable.name
    if mention.role == "event" and relation == "=":
        found = f"a single point of the continuous variable {name}"
        expected = f"{name} > or {name} < a number, or {name} alone for its distribution"
        raise wrong(mention.at, found, expected, "point-event")
    if mention.role == "evidence" and relation != "=":
        found = f"{relation} in what is given of the continuous variable {name}"
        raise wrong(mention.value_at, found, f"{name} = a number", "range-evidence")


def _check_quantities(mentions: Sequence[Mention], model: Model) -> None:
    """At most two different continuous quantities in one event; a quantity is a variable in a world."""
    quantities: dict[int, set[object]] = {}
    for mention in mentions:
        if mention.role == "event" and isinstance(mention.part, Atom) and model[mention.part.variable].continuous:
            met = quantities.setdefault(mention.term, set())
            met.add((mention.part.variable, _which(mention.part.world, model)))
            if len(met) > 2:
                found = f"a third continuous quantity in one event, {mention.part.variable}"
                raise wrong(mention.at, found, "at most two", "too-many-continuous")


def _which(world: World, model: Model) -> object:
    """The world itself, however it was written: order, and 1 or 1.0 for a number, make no difference."""
    return frozenset(
        (
            s.variable,
            as_number(s.value) if s.value is not None and model[s.variable].continuous else s.value,
            _which(s.nested, model),
        )
        for s in world
    )
