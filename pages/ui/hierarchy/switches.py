"""The ledger: what the number on screen rests on, each assumption with its rung and a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import causal
from causal.models.model import Model, Variable
from causal.queries.query import Term
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, people, stories
from pages.ui.controls.measure import Measure
from pages.ui.drawing import charts, dot, world_graph
from pages.ui.look import look
from pages.ui.shell import frame, takeaway, workings
from pages.ui.words import sentences
from pages.ui.words.escaping import clean

if TYPE_CHECKING:
    from causal.labs.hierarchy.ledger import Assumptions

SUITED = ("kidney-stones", "smallpox", "firing-squad")
"""Stories to go on with from one that the ledger cannot take."""

LINES = (
    ("mechanisms", 3, True),
    ("monotone", 3, False),
    ("directed", 2, True),
    ("unconfounded", 2, True),
    ("experiment", 2, False),
)


def draw(model: Model) -> None:
    """The ledger, or stories to go on with where this one is none for it."""
    frame.engine()
    treatment, outcome = model[people.treatment(model)], model[people.outcome(model)]
    if len(outcome.states) != 2 or not treatment.states or not (treatment.observable and outcome.observable):
        st.info(say("ledger.states"), icon=":material/info:")
        for name in SUITED:
            st.button(stories.title_of(name), key=f"machines_story_{name}", on_click=stories.choose, args=(name,))
        return
    settle(model, treatment, Measure.of(outcome))


@st.fragment
def settle(model: Model, treatment: Variable, measure: Measure) -> None:
    """The question, the switches, and the interval that they leave."""
    from causal.labs.hierarchy import ledger

    outcome = measure.variable
    left, right = st.columns([6, 6], gap="large")
    with left:
        options = {"do": say("ledger.ask_do"), "needed": say("ledger.ask_needed")}
        chosen = controls.one_of(say("ledger.ask"), options, "machines_question", "needed")
        made = {}
        st.markdown(f"**{say('ledger.title')}**")
        for name, rung, default in LINES:
            shape = look.RUNGS[rung]
            label = f":{shape.color}[{shape.icon} {rung}] {say(f'ledger.{name}', noun=sentences.noun(treatment))}"
            made[name] = controls.switch(label, f"machines_{name}", default, help=say(f"ledger.{name}_help"))
    with right:
        answer = st.container()
    with left if frame.talking() else right:
        shown = model if made["unconfounded"] else ledger.confounded(model, treatment.name, outcome.name)
        scene = dot.scene(shown, done={treatment.name: treatment.states[-1]})
        world_graph.canvas(shown, "machine_ledger").draw(scene, alt=world_graph.described(shown))
    with answer, frame.trouble_shown():
        x = treatment.states[-1]
        question: Term = measure.term(action={treatment.name: x})
        if chosen == "needed":
            question = ledger.needed(model, treatment.name, outcome.name)
        assumed = ledger.Assumptions(**made)
        (low, high), sharp = ledger.settle(model, treatment.name, outcome.name, question, assumed)
        with st.container(key="answer"):
            rung = 3 if chosen == "needed" else 2
            words = {"x": sentences.state(treatment, x), "noun": sentences.noun(treatment)}
            words["event"] = sentences.clause(outcome, measure.event)
            other = sentences.state(treatment, treatment.states[0])
            sentence = say(f"ledger.said_{chosen}", other=other, **words)
            number = look.number(rung, numbers.between(low, high))
            st.markdown(f"{sentence}\n\n{number}\n\n${causal.latex(question, model)}$")
            kind = _kind(low, high, sharp, made["directed"])
            st.markdown(say(f"ledger.{kind}"))
        series = look.RUNGS[rung].series
        charts.bars(
            [(series, clean(outcome.label), low, high)],
            [clean(outcome.label)],
            "ledger_chart",
            say("ledger.alt"),
            charts.domain_of([high]),
        )
        if not frame.talking():
            commands = ledger.command("FILE", treatment.name, outcome.name, question, assumed)
            with left:
                _work(shown, question, assumed, commands)


def _work(model: Model, question: Term, made: Assumptions, commands: tuple[str, ...]) -> None:
    """How the number was found; the model whose graph is drawn can be taken along, so anybody can find it again."""

    def draw() -> None:
        st.markdown(say("ledger.work"))
        st.code("\n".join(commands), language=None, wrap_lines=True)

    if made.directed and made.mechanisms and made.unconfounded:
        workings.panel("machines", model, question)
    else:
        workings.folded("machines", draw)
    takeaway.panel("machines", model, question, graph="graph_machine_ledger", action={})


def _kind(low: float, high: float, sharp: bool, directed: bool) -> str:
    if high - low < 1e-9:
        return "point"
    if not sharp:
        return "outer"
    return "sharp" if directed else "either"
