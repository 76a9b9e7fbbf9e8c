"""Rung 1: what one thing tells about another. Nothing is changed; cases are selected."""

from dataclasses import dataclass

import streamlit as st

from pages.ui import (
    beneath,
    charts,
    controls,
    crowd,
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


@dataclass(frozen=True, slots=True)
class Choice:
    """What stays while a slider moves: what is known, what is asked, and what is shown."""

    names: list[str]
    measure: Measure
    chance: bool
    paths: bool
    predicting: bool
    crowd: bool


def choose() -> Choice:
    """The choices above the moving part; they stand outside its fragment, so that a slider's step is light."""
    chosen, asked, options = st.columns([8, 4, 2], gap="medium", vertical_alignment="bottom")
    with chosen:
        names = controls.pick_several(say("see.known"), model, choice, "see_known", [people.treatment(model)])
    with asked, st.container(key="quiet_see_target"):
        measure = knowing.target(model, choice, "see_target", people.outcome(model))
    with options, st.container(key="quiet_see"), st.popover(say("frame.options"), icon=":material/tune:"):
        return Choice(
            names,
            measure,
            controls.chance(model, "see"),
            controls.switch(say("see.paths"), "see_paths"),
            predict.wanted("see"),
            crowd.wanted("see"),
        )


@st.fragment
def seeing(now: Choice, step: int) -> None:
    """What is known, what it tells, and how it gets there: all that moves."""
    left, right = st.columns([6, 7], gap="medium")
    measure, outcome = now.measure, now.measure.variable
    with right:
        known = knowing.values(model, now.names, "see")
        seen = known if step == 2 else {}
        guess = predict.guess("see", measure, now.predicting)
        answer = st.container(key="answer")
        picture = st.container()
    with left:
        ends = pathways.ends(model, choice, outcome.name) if now.paths else ()
        show = pathways.scene(model, ends, seen) if now.paths else drawing.scene(model, seen=seen)
        alt = say("see.alt", known=sentences.facts(model, seen) or say("see.nothing"))
        pick = knowing.toggle("see", choice)
        graph.draw(model, "see", show, alt=alt, chance=now.chance, on_pick=pick, verb=say("see.verb"))
        st.caption(say("see.nothing_cut"))
    with answer:
        frame.engine()
    with frame.trouble_shown():
        before, after = measure.ask(model), measure.ask(model, evidence=seen)
        with answer:
            predict.answer(1, sentences.asked(model, 1, seen, outcome, measure.event), measure.parts(after), guess)
        if guess.hidden:
            return
        with picture:
            charts.legend("see", ("all", say("see.before")), ("see", say("see.after")))
            worlds = {"all": before, "see": after, **predict.series(guess, outcome, measure.event)}
            spreads.draw(outcome, worlds, "see_chart", say("see.chart_alt", noun=clean(outcome.label)))
        with st.container(key="quiet_see_more"):
            if now.paths:
                pathways.said(model, ends, seen)
            if not frame.talking():
                others(outcome.name, seen)
            if outcome.continuous and not now.paths and not frame.talking():
                fitting.draw(model, people.treatment(model), measure, seen)
        beneath.draw("see", 1, model, measure, after, given=seen, action={}, graph="see", crowded=now.crowd)


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


seeing(choose(), steps.walk(__file__, "see", 2))
foot.draw(
    "see",
    model,
    1,
    ("evidence", "dseparation", "collider", "confounding"),
    Measure.of(model[people.outcome(model)]).term(
        evidence={people.treatment(model): controls.start_of(model, people.treatment(model))}
    ),
)
