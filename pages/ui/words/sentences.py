"""Sentences about any model, made of its labels: seeing, doing and imagining, each in its own grammar.

A discrete variable reads as "the treatment is open surgery", a continuous one as "radio play at 10 hours".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from causal.models.model import Model, Variable
from causal.words.catalogue import say
from pages.ui.words import quantities
from pages.ui.words.escaping import plain

Values = Mapping[str, str | float]
_BARE = {"yes", "no", "true", "false", "on", "off"}


def noun(variable: Variable) -> str:
    """The variable within a sentence: "the treatment", "rifleman A", "radio play"."""
    words = variable.noun.split(" ")
    own_name = len(words[-1]) == 1 or words[0] in {"a", "an", "the"} or variable.noun == variable.label
    bare = variable.continuous or own_name
    return plain(variable.noun) if bare else say("words.the", noun=plain(variable.noun))


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def state(variable: Variable, value: str | float) -> str:
    """A value within a sentence; a bare yes or 1 is put in quotation marks, as it would not read as a word."""
    text = quantities.value(variable, value)
    label = variable.label_of(str(value)) if variable.states else ""
    quoted = label.lower() in _BARE or label.replace(".", "").isdigit()
    return say("words.quoted", word=text) if quoted else text


def listed(items: Iterable[str]) -> str:
    """A, B and C."""
    *most, last = list(items) or [""]
    return say("words.and", first=", ".join(most), last=last) if most else last


def seeing(model: Model, seen: Values) -> str:
    """Where we see that ...: the condition of a rung-1 question (all cases if nothing is seen)."""
    if not seen:
        return say("seeing.everywhere")
    clauses = _clauses(model, seen, "is")
    told = any(model[n].states for n in seen)
    return say("seeing.where", what=say("words.that", what=clauses) if told else clauses)


def doing(model: Model, done: Values) -> str:
    """If we make ...: the action of a rung-2 question."""
    acts = [
        say(
            "doing.set" if model[n].continuous else "doing.make",
            noun=noun(model[n]),
            value=state(model[n], v),
        )
        for n, v in done.items()
    ]
    return say("doing.if", what=listed(acts)) if acts else say("doing.nothing")


def imagining(model: Model, done: Values) -> str:
    """Had ... been: the antecedent of a rung-3 question."""
    had = [
        say("imagining.at" if model[n].continuous else "imagining.been", noun=noun(model[n]), value=state(model[n], v))
        for n, v in done.items()
    ]
    return say("imagining.had", what=listed(had))


def facts(model: Model, known: Values) -> str:
    """What is known of one unit, as a list of label: value."""
    return say("words.separator").join(
        say("words.fact", label=plain(model[n].label), value=quantities.value(model[n], v)) for n, v in known.items()
    )


def expects(variable: Variable, event: str, rung: int) -> str:
    """What is asked of the outcome, up to where the number follows."""
    place = {1: "seeing", 2: "doing", 3: "imagining"}[rung]
    if variable.continuous:
        return say(f"{place}.mean", noun=noun(variable))
    return say(f"{place}.often", noun=noun(variable), value=state(variable, event))


def what(variable: Variable, event: str) -> str:
    """What is measured, as a noun: "record sales", or "how often the prisoner is dead"."""
    if variable.continuous:
        return noun(variable)
    return say("words.how_often", what=say("words.is", noun=noun(variable), value=state(variable, event)))


def asked(model: Model, rung: int, values: Values, variable: Variable, event: str) -> str:
    """A rung's whole question about one outcome, up to where the number follows."""
    start = {1: seeing, 2: doing, 3: imagining}[rung](model, values)
    return say("words.sentence", start=start, rest=expects(variable, event, rung))


def acted(model: Model, done: Values, seen: Values, variable: Variable, event: str) -> str:
    """A rung-2 question with evidence that is seen after the action."""
    start = doing(model, done)
    if seen:
        told = any(model[n].states for n in seen)
        clauses = _clauses(model, seen, "is")
        start = say("do.and_see", start=start, what=say("words.that", what=clauses) if told else clauses)
    return say("words.sentence", start=start, rest=expects(variable, event, 2))


def _clauses(model: Model, values: Values, verb: str) -> str:
    said = [
        say(f"words.{'at' if model[n].continuous else verb}", noun=noun(model[n]), value=state(model[n], v))
        for n, v in values.items()
    ]
    return listed(said)
