"""One artist, one thing different: by an edited predictor, by the model of causes, and why they differ."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from causal.labs.star import musicians
from causal.labs.star.musicians import OUTCOME, measured, star, story
from causal.labs.star.shifting import imagined
from causal.labs.star.training import Trained, everybody
from causal.models.model import Variable
from causal.queries.query import Term, ask_for
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import people
from pages.ui.controls.measure import ask
from pages.ui.controls.people import Person
from pages.ui.drawing import dot, set_verdict, world_graph
from pages.ui.look import look
from pages.ui.words import quantities, sentences
from pages.ui.words.escaping import plain


@dataclass(frozen=True, slots=True)
class EditRequest:
    """Whose story it is, what the predictor is told, what is edited, and which kind of predictor answers."""

    person: Person
    features: tuple[str, ...]
    edited: str
    kind: str

    @property
    def facts(self) -> dict[str, float]:
        """All that is known of the artist."""
        return {n: float(v) for n, v in self.person.facts.items()}

    @property
    def place(self) -> int:
        """Where the artist stands among everybody who is asked about."""
        return people.named(story()).index(self.person)

    def value(self, share: float) -> float:
        """What the edited feature is set to."""
        return share * self.facts[self.edited]

    def query(self, share: float) -> Term:
        """The question, as the model of causes understands it."""
        return ask_for(OUTCOME, mean=True, evidence=self.facts, world={self.edited: self.value(share)})


def sales(x: float) -> str:
    """A number of records in words."""
    return quantities.quantity(_outcome(), x)


def edited(request: EditRequest, trained: Trained | None, share: float, canvas: world_graph.Canvas) -> None:
    """What the predictor says when one of its inputs is edited, on the graph that this assumes."""
    facts = request.facts
    value = request.value(share)
    said = None if trained is None else _promised(request, trained, share)
    shown = dot.scene(
        star(request.features),
        seen={n: facts[n] for n in request.features if n != request.edited},
        done={request.edited: value},
        imagined={} if said is None else {OUTCOME: dot.value_text(_outcome(), said)},
    )
    nouns = {"noun": _noun(request.edited), "at": _quantity(request.edited, value)}
    canvas.draw(shown, alt=say("star.alt_star", **nouns))
    asked = say("star.edit", name=plain(request.person.name), **nouns)
    if said is None:
        st.markdown(asked)
        with st.container(key="quiet_star_learning"):
            st.markdown(say("star.learning", n=numbers.Whole(musicians.TRAINED)))
        return
    st.markdown(f"{asked}\n\n{_instead(1, said, request)}")


def caused(request: EditRequest, share: float, canvas: world_graph.Canvas) -> None:
    """What the model of causes says of the same artist, on the true graph."""
    facts, value = request.facts, request.value(share)
    model = measured(request.features)
    exact = _exact(request, share)
    units = {n: column[[request.place]] for n, column in everybody().items()}
    other = imagined(story(), units, {request.edited: units[request.edited] * share})
    moved = [n for n in other if n in model and abs(other[n][0] - units[n][0]) > 1e-9 and n != request.edited]
    told = [v.name for v in model if v.observable and v.name not in {*moved, request.edited}]
    shown = dot.scene(
        model,
        seen={n: facts[n] for n in told},
        done={request.edited: value},
        imagined={n: dot.value_text(model[n], float(other[n][0])) for n in moved},
    )
    nouns = {"noun": _noun(request.edited), "at": _quantity(request.edited, value)}
    follow = sentences.nouns(story(), moved) or say("star.nothing")
    canvas.draw(shown, alt=say("star.alt_true", follow=follow, **nouns))
    st.markdown(f"{say('star.imagine', follow=follow, **nouns)}\n\n{_instead(3, exact, request)}")


def compared(request: EditRequest, trained: Trained | None, share: float) -> None:
    """By how much the two differ."""
    if trained is None:
        return
    gap = _promised(request, trained, share) - _exact(request, share)
    lines = [say("star.gap", gap=sales(abs(gap)), name=plain(request.person.name))]
    outside = musicians.beyond(request.facts, request.features)
    if outside:
        labels = sentences.nouns(story(), outside)
        lines.append(say("star.beyond", name=plain(request.person.name), labels=labels))
    st.markdown("\n\n".join(lines))


def why(request: EditRequest) -> None:
    """Whether the edit can be right at all: if what stays fixed is a set that may be adjusted for."""
    given = tuple(n for n in request.features if n != request.edited)
    kept = sentences.nouns(story(), given) or say("star.nothing")
    st.markdown(say("star.why", kept=kept, noun=_noun(request.edited)))
    model = measured(request.features)
    set_verdict.draw(model, request.edited, OUTCOME, given)
    if set_verdict.judge(model, request.edited, OUTCOME, given).valid:
        st.markdown(say("star.fit"))


def _promised(request: EditRequest, trained: Trained, share: float) -> float:
    promised = trained.edits(request.kind, request.edited, share).promised[request.place]
    return request.facts[OUTCOME] + float(promised)


def _exact(request: EditRequest, share: float) -> float:
    return ask(story(), request.query(share)).value or 0.0


def _instead(rung: int, x: float, request: EditRequest) -> str:
    """So many records, instead of those that were sold."""
    return say("star.instead", answer=look.number(rung, *_number(x)), now=_number(request.facts[OUTCOME])[0])


def _number(x: float) -> tuple[str, str]:
    return quantities.number(_outcome(), x), plain(_outcome().unit)


def _noun(name: str) -> str:
    return sentences.noun(story()[name])


def _quantity(name: str, x: float) -> str:
    return quantities.quantity(story()[name], x)


def _outcome() -> Variable:
    return story()[OUTCOME]
