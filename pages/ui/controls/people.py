"""Whom a story is about: its treatment and outcome, and the named units whose facts rung 3 starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from causal.models.model import Model
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.words.escaping import clean

Facts = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Person:
    """One unit: what it is called and what is known of it; ``id`` is what a link calls it."""

    name: str
    facts: Facts
    id: str = ""


def observed(model: Model) -> tuple[str, ...]:
    """The variables that somebody can measure: what may be seen, and offered as evidence."""
    return tuple(v.name for v in model.endogenous if v.observable)


def settable(model: Model) -> tuple[str, ...]:
    """The variables that an action can set; chance cannot be set."""
    return tuple(v.name for v in model.endogenous)


def treatment(model: Model) -> str:
    """The variable that the story's question acts on; in a model that names none, the first that has an effect."""
    if model.treatment:
        return model.treatment
    parents = {p for v in model.endogenous for p in v.parents}
    names = observed(model) or settable(model)
    return next((n for n in names if n in parents), names[0])


def outcome(model: Model) -> str:
    """The variable that the story's question asks about; in a model that names none, the last effect."""
    if model.outcome:
        return model.outcome
    names = [n for n in model.causal_order if not model[n].exogenous and n != treatment(model)]
    measured = [n for n in names if model[n].observable]
    return (measured or names or [treatment(model)])[-1]


@words_cache(64)
def named(model: Model) -> tuple[Person, ...]:
    """The story's own units; a model without any gets one of whom only the treatment is known."""
    people = tuple(
        Person(clean(u.label or u.name), {k: model[k].support.read(v) for k, v in u.facts}, clean(u.name))
        for u in model.units
    )
    if people:
        return people
    acted = model[treatment(model)]
    known = acted.states[-1] if acted.states else controls.limits(acted)[1]
    return (Person(say("words.somebody"), {acted.name: known}, "somebody"),)


def arms(model: Model, treated: str) -> tuple[str | float, str | float]:
    """What the coin's two sides set: the last and the first state, or the two ends of the range."""
    variable = model[treated]
    if variable.states:
        return variable.states[-1], variable.states[0]
    low, high, _ = controls.limits(variable)
    return high, low
