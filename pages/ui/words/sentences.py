"""Sentences about any model, made of its labels: seeing, doing and imagining, each in its own grammar.

A discrete variable reads as "the treatment is open surgery", a continuous one as "radio play at 10 hours". Every
sentence is one pattern of the catalogue, for its rung, for a discrete or continuous outcome, and for none, one or
several facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from causal.models.model import Model, Variable
from causal.words import grammar
from causal.words.caching import words_cache
from causal.words.catalogue import say
from causal.words.sentence import Listed, Sentence
from pages.ui.words import quantities
from pages.ui.words.escaping import clean, plain

Values = Mapping[str, str | float]
RUNGS = {1: "seeing", 2: "doing", 3: "imagining"}


def noun(variable: Variable) -> str:
    """The variable within a sentence: "the treatment", "rifleman A", "radio play"."""
    return _noun(variable.label, variable.support.case(states=False, numbers=True))


def nouns(model: Model, names: Iterable[str]) -> str:
    """Several variables within a sentence."""
    return grammar.listed(noun(model[n]) for n in names)


@words_cache(4096)
def _noun(label: str, counted: bool) -> str:
    word = plain(grammar.within(label))
    return say("grammar.the", noun=word) if grammar.needs_article(label) and not counted else word


def state(variable: Variable, value: str | float) -> str:
    """A value within a sentence; a bare yes or 1 is put in quotation marks, as it would not read as a word."""
    text = quantities.value(variable, value)
    quoted = variable.states and grammar.needs_quotes(variable.label_of(str(value)))
    return say("grammar.quoted", word=text) if quoted else text


def clause(variable: Variable, value: str | float) -> str:
    """That a variable is at a value: "the treatment is open surgery", "radio play is at 10 hours"."""
    form = variable.support.case(states="words.is", numbers="words.is_at")
    return say(form, noun=noun(variable), value=state(variable, value))


def clauses(model: Model, rung: int, values: Values) -> str:
    """What is seen, done or imagined, as a rung's own list of it."""
    return grammar.listed(
        say(
            f"{RUNGS[rung]}.fact_{_form(model[n])}",
            noun=noun(model[n]),
            value=state(model[n], v),
        )
        for n, v in values.items()
    )


def facts(model: Model, known: Values) -> str:
    """What is known of one unit, as a list of label: value."""
    said = (
        say("words.fact", label=plain(model[n].label), value=quantities.value(model[n], v)) for n, v in known.items()
    )
    return grammar.listed(said, "comma")


def what(variable: Variable, event: str) -> str:
    """What is measured, as a noun: "record sales", or "how often the prisoner is dead"."""
    if not event:
        return noun(variable)
    return say("words.how_often", noun=noun(variable), value=state(variable, event))


def asked(model: Model, rung: int, values: Values, variable: Variable, event: str, name: str = "") -> str:
    """A rung's whole question about one outcome, up to where the number follows; on rung 3 it is that of ``name``."""
    return whole(RUNGS[rung], model, rung, values, variable, event, name=name)


def acted(model: Model, done: Values, seen: Values, variable: Variable, event: str) -> str:
    """A rung-2 question with evidence that is seen after the action."""
    return whole("doing", model, 2, done, variable, event, seen)


def whole(
    section: str,
    model: Model,
    rung: int,
    values: Values,
    variable: Variable,
    event: str,
    seen: Values | None = None,
    **words: str,
) -> str:
    """One of the sentences that every section of a rung has: about so many facts, and what is seen besides."""
    outcome = variable.support.case(states="often", numbers="mean")
    words["noun"] = noun(variable)
    if outcome == "often":
        words["value"] = state(variable, event)
    if seen and rung == 3:
        return say(f"{section}.{outcome}_among", facts=clauses(model, 3, values), seen=facts(model, seen), **words)
    if seen:
        words |= {"facts": clauses(model, rung, values), "seen": clauses(model, 1, seen)}
        return say(f"{section}.{outcome}_then_{_kind(model, seen)}", **words)
    if not values:
        return say(f"{section}.{outcome}_none", **words)
    if len(values) == 1:
        ((name, at),) = values.items()
        return say(f"{section}.{outcome}_{_form(model[name])}", x=noun(model[name]), at=state(model[name], at), **words)
    form = _kind(model, values) if rung == 1 else "several"
    return say(f"{section}.{outcome}_{form}", facts=clauses(model, rung, values), **words)


def labelled(model: Model, said: Sentence) -> Sentence:
    """A reason in which the variables that it lists are called as a page calls them."""

    def called(value: object) -> object:
        if not isinstance(value, Listed):
            return value
        names = (clean(model[n].label) if n in model else n for n in value.things)
        return Listed(names, value.way, most=value.most)

    return Sentence(said.key, **{slot: called(value) for slot, value in said.values.items()})


def _kind(model: Model, values: Values) -> str:
    return "numbers" if model.real_valued.issuperset(values) else "states"


def _form(variable: Variable) -> str:
    return variable.support.case(states="state", numbers="number")
