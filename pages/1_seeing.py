"""Rung 1: what one thing tells about another. Nothing is changed; cases are selected."""

import streamlit as st

from pages.ui import (
    beneath,
    charts,
    controls,
    drawing,
    fitting,
    foot,
    frame,
    graph,
    knowing,
    look,
    pathways,
    people,
    predict,
    sentences,
    spreads,
    steps,
    stories,
)
from pages.ui.measure import Measure
from pages.ui.texts import clean, plain, say

TITLE = "Seeing"
ICON = ":material/visibility:"
HELP = "Choose what is known, and see what it tells about everything else."

frame.enter(__file__)
model = stories.current()
choice = people.observed(model)
look.title(1, say("see.title", noun=sentences.noun(model[people.outcome(model)])))


@st.fragment
def seeing() -> None:
    """What is known, what it tells, and how it gets there: all that moves."""
    left, right = st.columns([6, 7], gap="medium")
    with right:
        known = knowing.known(say("see.known"), model, choice, "see", [people.treatment(model)])
    with left:
        place, between = st.container(), st.container()
        with st.container(key="quiet_see_target"):
            measure = knowing.target(model, choice, "see_target", people.outcome(model))
        with st.container(key="quiet_see", horizontal=True):
            chance = controls.chance(model, "see")
            paths = controls.switch(say("see.paths"), "see_paths")
            predicting = predict.wanted("see")
        step = steps.walk(__file__, "see", 2)
    seen = known if step == 2 else {}
    outcome = measure.variable
    with right:
        guess = predict.guess("see", measure, predicting)
        answer = st.container(key="answer")
        picture = st.container()
    with place:
        with between:
            ends = pathways.ends(model, choice, measure.variable.name) if paths else ()
        show = pathways.scene(model, ends, seen) if paths else drawing.scene(model, seen=seen)
        alt = say("see.alt", known=sentences.facts(model, seen) or say("see.nothing"))
        graph.draw(
            model, "see", show, alt=alt, chance=chance, on_pick=knowing.toggle("see", choice), verb=say("see.verb")
        )
        st.caption(say("see.nothing_cut"))
    with answer:
        frame.engine()
    with frame.trouble_shown():
        before, after = measure.ask(model), measure.ask(model, evidence=seen)
        with answer:
            predict.answer(1, sentences.asked(model, 1, seen, outcome, measure.event), measure.parts(after), guess)
        if not guess.hidden:
            with picture:
                charts.legend("see", ("all", say("see.before")), ("see", say("see.after")))
                worlds = {"all": before, "see": after, **predict.series(guess, outcome, measure.event)}
                spreads.draw(outcome, worlds, "see_chart", say("see.chart_alt", noun=clean(outcome.label)))
        with st.container(key="quiet_see_more"):
            if paths:
                pathways.said(model, ends, seen)
            others(measure.variable.name, seen)
            if outcome.continuous and not paths:
                fitting.draw(model, people.treatment(model), measure, seen)
        if not guess.hidden:
            beneath.draw("see", 1, model, measure, after, given=seen, action={}, graph="see")


def others(target: str, seen: people.Facts) -> None:
    """Every other variable, before and after."""
    rest = [v for v in model.endogenous if v.name != target and v.name not in seen]
    if not rest:
        return
    st.header(say("see.others"), anchor=False)
    for column, variable in zip(st.columns(max(3, len(rest))), rest, strict=False):
        measured = Measure.of(variable)
        with column:
            st.caption(plain(variable.label))
            worlds = {"all": measured.ask(model), "see": measured.ask(model, evidence=seen)}
            alt = say("see.chart_alt", noun=clean(variable.label))
            spreads.draw(variable, worlds, f"see_chart_{variable.name}", alt, 110)


seeing()
foot.draw(
    "see",
    model,
    1,
    ("evidence", "dseparation", "collider", "confounding"),
    Measure.of(model[people.outcome(model)]).term(
        evidence={people.treatment(model): controls.start_of(model, people.treatment(model))}
    ),
)
