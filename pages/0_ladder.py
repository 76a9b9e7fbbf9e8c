"""One question, three rungs: what we see, what we do, and what this one unit would have had."""

import streamlit as st

import causal
from pages.ui import controls, drawing, foot, frame, graph, look, people, sentences, steps, stories, takeaway, workings
from pages.ui.measure import Measure
from pages.ui.texts import plain, prose, say

TITLE = "The ladder"
ICON = ":material/stairs_2:"
HELP = "One question, three rungs, three answers: move one control and watch all three."

frame.enter(__file__)
model = stories.current()
treated, outcome = model[people.treatment(model)], model[people.outcome(model)]
measure = Measure.of(outcome)
st.title(plain(model.question or model.title or say("frame.untitled")), anchor=False)
names = {"treatment": sentences.noun(treated), "outcome": sentences.noun(outcome)}


def card(rung: int, sentence: str, notation: str, scene: drawing.Scene):
    """One rung: its sentence, its question in notation, its graph in small; gives the place where its number goes."""
    shape = look.RUNGS[rung]
    with st.container(key=f"rung_{rung}"):
        said, number, drawn = st.columns([13, 5, 5], vertical_alignment="center", gap="small")
        with said, st.container(gap="xsmall"):
            st.markdown(f"## :{shape.color}[{shape.icon} {rung} {shape.name}]")
            st.markdown(sentence)
            st.markdown(f"${notation}$")
        with number, st.container(key=f"answer_{rung}"):
            slot = st.empty() if causal.ready() else st.skeleton(height=44)
        with drawn:
            graph.draw(model, f"ladder_{rung}", scene, alt=say(f"ladder.alt{rung}", **names), compact=True)
    return slot


@st.fragment
def ladder() -> None:
    """The control, the three rungs and their gaps: all that moves."""
    left, right = st.columns([4, 9], gap="medium")
    with left:
        if model.story:
            with st.container(key="story"):
                st.markdown(prose(model.story))
        x = controls.value(
            say("ladder.control", noun=plain(treated.label)),
            treated,
            "ladder_x",
            controls.start_of(model, treated.name),
            live=True,
        )
        persons = {p.name: p for p in people.named(model)}
        chosen = next(iter(persons))
        if len(persons) > 1:
            chosen = controls.one_of(say("ladder.person"), {n: plain(n) for n in persons}, "ladder_person", chosen)
        person = persons[chosen]
        st.caption(say("ladder.facts", facts=sentences.facts(model, person.facts)))
        step = steps.walk(__file__, "ladder", 4)
    act = {treated.name: x}
    given = {1: {"evidence": act}, 2: {"action": act}, 3: {"world": act, "evidence": person.facts}}
    said = {r: sentences.asked(model, r, act, outcome, measure.event) for r in (1, 2)}
    said[3] = say(
        "words.colon",
        start=f"**{sentences.capital(plain(chosen))}**",
        rest=sentences.asked(model, 3, act, outcome, measure.event),
    )
    kept = {n: v for n, v in person.facts.items() if n not in causal.graph.descendants(model, treated.name)}
    later = dict.fromkeys(causal.graph.descendants(model, treated.name), "")
    scenes = {
        1: drawing.scene(model, seen=act),
        2: drawing.scene(model, done=act),
        3: drawing.scene(model, seen=kept, done=act, imagined=later),
    }
    slots = {}
    with right:
        for rung in (3, 2, 1):
            if step >= rung:
                notation = causal.latex(measure.term(**given[rung]), model)
                slots[rung] = card(rung, said[rung], notation, scenes[rung])
        confounding, individual = st.columns(2)
    frame.engine()
    with frame.trouble_shown():
        for rung in sorted(slots):
            slots[rung].markdown(look.number(rung, *measure.parts(measure.ask(model, **given[rung])), stacked=True))
        if step == 4:
            confounding.markdown(say("ladder.gap_confounding", gap=measure.gap(model, given[1], given[2])))
            name = sentences.capital(plain(chosen))
            individual.markdown(say("ladder.gap_individual", gap=measure.gap(model, given[3], given[2]), name=name))
        if not frame.talking():
            for rung in sorted(slots):
                workings.panel(f"ladder_{rung}", model, measure.term(**given[rung]), look.RUNGS[rung].name)
            takeaway.panel("ladder", model, measure.term(**given[2]), graph="graph_ladder_2", action=act)


ladder()
foot.draw("ladder", model, 3, ("confounding", "do", "counterfactual"), foot.example_of(model, measure, treated.name))
