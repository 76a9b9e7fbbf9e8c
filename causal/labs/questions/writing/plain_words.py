"""A question in plain words, with all that its condition and its action say."""

from __future__ import annotations

from collections.abc import Iterable

from causal.labs.questions.wording import clean, noun, state
from causal.labs.questions.writing.question_sheet import Question
from causal.models.model import Model
from causal.queries.query import Atom, Query, Setting, Term, terms
from causal.words.catalogue import say
from causal.words.grammar import listed


def tell(question: Question) -> str:
    """The question, in one or two sentences."""
    model, scene, form = question.model, question.scene, question.form
    parts = tuple(terms(question.query))
    first, last = parts[0], parts[-1]
    asked = first.event[0]
    past = question.rung == 3
    seen = first.evidence
    if question.rung == 1 and not seen and form.endswith("_given"):
        raise ValueError(f"{form} needs a condition")
    if question.rung < 3 and seen and question.asks in ("share", "mean") and not form.endswith("_given"):
        form = f"{form}_given"
    return say(
        f"chatbot.ask.{form}",
        event=_event(model, asked),
        outcome=_outcome(model, asked.variable),
        state=state(model[asked.variable], asked.value) if asked.value else "",
        rest=state(model[scene.outcome], scene.not_y) if scene.not_y else "",
        given=_clauses(model, seen, past),
        against=_clauses(model, last.evidence, past),
        action=_action(model, _made(first)),
        other=_action(model, _other(question.query, scene.treatment, scene.other)),
        mediator=noun(model[scene.mediator]) if scene.mediator else "",
    )


def _made(term: Term) -> tuple[Setting, ...]:
    """What the question sets, by an action or in the world it imagines; what is held at a nested value apart."""
    return tuple(s for s in term.action or term.event[0].world if s.value is not None)


def _other(query: Query, x: str, off: str) -> tuple[Setting, ...]:
    """The second way to set things, where a question compares two."""
    found = [s for term in terms(query) for atom in term.event for s in (*term.action, *atom.world) if s.value == off]
    return tuple(found[:1]) or (Setting(x, off),)


def _event(model: Model, atom: Atom) -> str:
    v = model[atom.variable]
    return say("chatbot.clause.state", label=noun(v), state=state(v, atom.value)) if atom.value else noun(v)


def _outcome(model: Model, name: str) -> str:
    v = model[name]
    return say("chatbot.clause.unit", label=noun(v), unit=clean(v.unit)) if v.unit else noun(v)


def _action(model: Model, settings: Iterable[Setting]) -> str:
    return listed(
        say(
            model[s.variable].support.case(states="chatbot.clause.state", numbers="chatbot.clause.to"),
            label=noun(model[s.variable]),
            state=state(model[s.variable], s.value or ""),
        )
        for s in settings
    )


def _clauses(model: Model, facts: Iterable[Atom], past: bool) -> str:
    def said(a: Atom) -> str:
        v = model[a.variable]
        form = v.support.case(states="was" if past else "is", numbers="valued" if past else "value")
        return say(f"chatbot.clause.{form}", label=noun(v), state=state(v, a.value or ""))

    return listed(map(said, facts))
