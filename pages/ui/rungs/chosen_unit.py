"""Whose facts rung 3 starts from: a named unit, one drawn at random, or one set by hand."""

from __future__ import annotations

import causal
from causal.models.model import Model
from causal.words.catalogue import say
from causal.words.grammar import capital
from pages.ui.controls import controls, known_facts, people
from pages.ui.controls.people import Person
from pages.ui.shell import frame
from pages.ui.words.escaping import plain

DRAWN, BY_HAND = "drawn", "hand"


def choose(model: Model) -> Person:
    """The unit and its facts."""
    persons = {p.id: p for p in people.named(model)}
    words = {name: plain(p.name) for name, p in persons.items()}
    options = {**words, DRAWN: say("imagine.drawn"), BY_HAND: say("imagine.by_hand")}
    chosen = controls.one_of(say("imagine.who"), options, "imagine_unit", next(iter(persons)))
    if chosen == DRAWN:
        return _drawn(model)
    if chosen == BY_HAND:
        start = next(iter(persons.values())).facts
        seen = people.observed(model)
        facts = known_facts.known(
            say("imagine.facts"), model, seen, "imagine", {n: v for n, v in start.items() if n in seen}
        )
        return Person(capital(say("words.somebody")), facts)
    return Person(capital(persons[chosen].name), persons[chosen].facts)


def _drawn(model: Model) -> Person:
    seed = controls.whole(say("imagine.seed"), "imagine_seed", 9999)
    frame.engine()
    values = causal.draw(model, 1, seed).values().iloc[0]
    return Person(capital(say("words.somebody")), {n: values[n] for n in people.observed(model)})
