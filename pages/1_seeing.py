"""Rung 1: what one thing tells about another. Nothing is changed; cases are selected."""

from collections.abc import Collection

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.words.catalogue import say
from pages.ui.controls import controls, known_facts, people, predict, stories
from pages.ui.controls.measure import Measure
from pages.ui.drawing import charts, crowd, dot, open_paths, world_graph
from pages.ui.look import look
from pages.ui.rungs import line_fit
from pages.ui.shell import foot, frame, steps, under_answer
from pages.ui.words import sentences
from pages.ui.words.escaping import clean, plain

ICON = ":material/visibility:"

frame.enter(__file__)
model = stories.current()
choice = people.observed(model)
look.title(1, say("see.title", noun=sentences.noun(model[people.outcome(model)])))


def places(target: str, known: Collection[str]) -> dict[str, DeltaGenerator]:
    """A place for every other variable."""
    rest = [v for v in model.endogenous if v.name != target and v.name not in known]
    if not rest:
        return {}
    st.header(say("see.others"), anchor=False)
    found: dict[str, DeltaGenerator] = {}
    for column, variable in zip(st.columns(max(3, len(rest))), rest, strict=False):
        column.caption(plain(variable.label))
        found[variable.name] = column.container()
    return found


@st.fragment
def seeing() -> under_answer.AnsweredQuestion | None:
    """What is known, and what it tells: all that moves."""
    known = known_facts.values(model, names, "see")
    seen = known if step == 2 else {}
    guess = predict.guess("see", measure, predicting)
    scene = open_paths.scene(model, ends, seen) if on_paths else dot.scene(model, seen=seen)
    canvas.draw(scene, alt=say("see.alt", known=sentences.facts(model, seen) or say("see.nothing")))
    with answer:
        frame.engine()
    later = (below, *others.values(), paths, *((fit.place,) if fit else ()), under)
    with frame.trouble_shown(answer, *later):
        before, after = measure.ask(model), measure.ask(model, evidence=seen)
        with answer:
            predict.answer(1, sentences.asked(model, 1, seen, target, measure.event), measure.parts(after), guess)
        if guess.hidden:
            frame.keep(*later)
            return None
        with below:
            st.markdown(charts.legend(("all", say("see.before")), ("see", say("see.after"))))
            worlds = {"all": before, "see": after, **predict.series(guess, target, measure.event)}
            charts.distribution(target, worlds, "see_chart", say("see.chart_alt", noun=clean(target.label)))
        for name, place in others.items():
            with place:
                other(name, seen)
        if on_paths and not frame.talking():
            with paths:
                open_paths.said(model, ends, seen)
        if fit:
            fit.draw(seen)
        asked = under_answer.AnsweredQuestion(1, measure, seen, {})
        with under:
            under_answer.draw("see", model, asked, after, crowded)
        return asked
    return None


def other(name: str, seen: people.Facts) -> None:
    """Another variable, before and after."""
    variable = model[name]
    measured = Measure.of(variable)
    worlds = {"all": measured.ask(model), "see": measured.ask(model, evidence=seen)}
    charts.distribution(variable, worlds, f"see_chart_{name}", say("see.chart_alt", noun=clean(variable.label)), 110)


# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
chosen, about, options = st.columns([8, 4, 2], gap="medium", vertical_alignment="bottom")
with chosen:
    names = controls.pick_several(say("see.known"), model, choice, "see_known", [people.treatment(model)])
with about, st.container(key="quiet_see_target"):
    measure = known_facts.target(model, choice, "see_target", people.outcome(model))
with options, st.container(key="quiet_see"), st.popover(say("frame.options"), icon=":material/tune:"):
    chance = controls.chance(model, "see")
    on_paths = controls.switch(say("see.paths"), "see_paths")
    predicting = predict.wanted("see")
    crowded = crowd.wanted("see")
target = measure.variable
left, right = st.columns([6, 7], gap="medium")
with left:
    ends = open_paths.ends(model, choice, target.name) if on_paths else ()
    pick = known_facts.toggle("see", choice)
    canvas = world_graph.canvas(model, "see", chance=chance, on_pick=pick, verb=say("see.verb"))
    st.caption(say("see.nothing_cut"))
with right:
    hands = st.container()
    answer = st.container(key="answer")
    below = st.container()
with st.container(key="quiet_see_more"):
    paths = st.container()
    others = {} if frame.talking() else places(target.name, names)
    fit: line_fit.Fit | None = None
    if not (on_paths or predicting or frame.talking()):
        with frame.trouble_shown():
            frame.engine()
            fit = line_fit.scatter(model, people.treatment(model), measure)
under = st.container()
with hands:
    step = steps.walk(__file__, "see", 2)
    asked = seeing()
under_answer.leave("see", model, asked, graph="see")
foot.draw("see", model, 1, ("evidence", "dseparation", "collider", "confounding"), foot.example_of(model, 1))
