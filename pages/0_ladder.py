"""One question, three rungs: what we see, what we do, and what this one unit would have had."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls, people, stories
from pages.ui.controls.measure import Measure
from pages.ui.drawing import dot, world_graph
from pages.ui.look import look
from pages.ui.shell import foot, frame, steps, under_answer, workings
from pages.ui.words import sentences
from pages.ui.words.escaping import plain, prose

ICON = ":material/stairs_2:"

frame.enter(__file__)
model = stories.current()
treated, outcome = model[people.treatment(model)], model[people.outcome(model)]
measure = Measure.of(outcome)
st.title(plain(model.question or model.title or say("frame.untitled")), anchor=False)
names = {"treatment": sentences.noun(treated), "outcome": sentences.noun(outcome)}

Values = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class RungCard:
    """The places of one rung: its sentence and notation, its number, and its graph in small."""

    said: DeltaGenerator
    number: DeltaGenerator
    canvas: world_graph.Canvas


def card(rung: int) -> RungCard:
    """One rung, still without its question."""
    shape = look.RUNGS[rung]
    with st.container(key=f"rung_{rung}"):
        said, number, drawn = st.columns([13, 5, 5], vertical_alignment="center", gap="small")
        with said:
            place = st.container(gap="xsmall")
            place.markdown(f"## :{shape.color}[{shape.icon} {rung} {shape.name}]")
        with number:
            answer = st.container(key=f"answer_{rung}")
        with drawn:
            canvas = world_graph.canvas(model, f"ladder_{rung}", compact=True)
    return RungCard(place, answer, canvas)


def scenes(act: Values, facts: Values) -> dict[int, dot.Scene]:
    """What each rung does to the world."""
    later = causal.graph.descendants(model, treated.name)
    kept = {n: v for n, v in facts.items() if n not in later}
    return {
        1: dot.scene(model, seen=act),
        2: dot.scene(model, done=act),
        3: dot.scene(model, seen=kept, done=act, imagined=dict.fromkeys(later, "")),
    }


@st.fragment
def ladder() -> under_answer.AnsweredQuestion | None:
    """The control, the three rungs and their gaps: all that moves."""
    label = say("ladder.control", noun=plain(treated.label))
    x = controls.value(label, treated, "ladder_x", controls.start_of(model, treated.name), live=True)
    act, name = {treated.name: x}, grammar.capital(plain(person.name))
    given = {1: {"evidence": act}, 2: {"action": act}, 3: {"world": act, "evidence": person.facts}}
    drawn = scenes(act, person.facts)
    for rung, places in cards.items():
        sentence = sentences.asked(model, rung, act, outcome, measure.event, name)
        places.said.markdown(f"{sentence}\n\n${causal.latex(measure.term(**given[rung]), model)}$")
        places.canvas.draw(drawn[rung], alt=say(f"ladder.alt{rung}", **names))
    for places in cards.values():
        with places.number:
            frame.engine()
    with frame.trouble_shown(*(places.number for places in cards.values()), confounding, individual, work):
        for rung, places in cards.items():
            parts = measure.parts(measure.ask(model, **given[rung]))
            places.number.markdown(look.number(rung, *parts, stacked=True))
        if len(cards) == 3:
            gap = measure.gap(model, given[1], given[2])
            confounding.markdown(say("ladder.gap_confounding", gap=gap))
            gap = measure.gap(model, given[3], given[2])
            individual.markdown(say("ladder.gap_individual", gap=gap, name=name))
        if not frame.talking():
            with work:
                for rung in sorted(cards):
                    workings.panel(f"ladder_{rung}", model, measure.term(**given[rung]), look.RUNGS[rung].name)
        return under_answer.AnsweredQuestion(2, measure, {}, act)
    return None


# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
left, right = st.columns([4, 9], gap="medium")
with left:
    if model.story:
        with st.container(key="story"):
            st.markdown(prose(model.story))
    hands = st.container()
    persons = {p.id: p for p in people.named(model)}
    chosen = next(iter(persons))
    if len(persons) > 1:
        words = {name: plain(p.name) for name, p in persons.items()}
        chosen = controls.one_of(say("ladder.person"), words, "ladder_person", chosen)
    person = persons[chosen]
    st.caption(say("ladder.facts", facts=sentences.facts(model, person.facts)))
    step = steps.walk(__file__, "ladder", 4)
with right:
    cards = {rung: card(rung) for rung in (3, 2, 1) if step >= rung}
    one, two = st.columns(2) if step == 4 else (st.empty(), st.empty())
confounding, individual, work = one.container(), two.container(), st.container()
with hands:
    asked = ladder()
under_answer.leave("ladder", model, asked, graph="ladder_2")
foot.draw("ladder", model, 3, ("confounding", "do", "counterfactual"), foot.example_of(model, 2))
