"""Rung 1: what one thing tells about another. Nothing is changed; cases are selected."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

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
        measure = known_facts.target(model, choice, "see_target", people.outcome(model))
    with options, st.container(key="quiet_see"), st.popover(say("frame.options"), icon=":material/tune:"):
        return Choice(
            names,
            measure,
            controls.chance(model, "see"),
            controls.switch(say("see.paths"), "see_paths"),
            predict.wanted("see"),
            crowd.wanted("see"),
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    canvas: world_graph.Canvas
    hands: DeltaGenerator
    answer: DeltaGenerator
    below: DeltaGenerator
    paths: DeltaGenerator
    others: Mapping[str, DeltaGenerator]
    fit: line_fit.Fit | None
    under: DeltaGenerator
    ends: tuple[str, ...]

    @property
    def later(self) -> tuple[DeltaGenerator, ...]:
        """What is drawn only once the answer may be told."""
        fit = (self.fit.place,) if self.fit else ()
        return self.below, *self.others.values(), self.paths, *fit, self.under


def stage(now: Choice) -> Stage:
    """The graph on the left; the sliders, the answer and the chart on the right; the other variables under both."""
    target = now.measure.variable
    left, right = st.columns([6, 7], gap="medium")
    with left:
        pick = known_facts.toggle("see", choice)
        ends = open_paths.ends(model, choice, target.name) if now.paths else ()
        canvas = world_graph.canvas(model, "see", chance=now.chance, on_pick=pick, verb=say("see.verb"))
        st.caption(say("see.nothing_cut"))
    with right:
        hands = st.container()
        answer = st.container(key="answer")
        below = st.container()
    with st.container(key="quiet_see_more"):
        paths = st.container()
        others = {} if frame.talking() else places(target.name, now.names)
        fit = None
        if not (now.paths or now.predicting or frame.talking()):
            with frame.trouble_shown():
                frame.engine()
                fit = line_fit.scatter(model, people.treatment(model), now.measure)
    return Stage(canvas, hands, answer, below, paths, others, fit, st.container(), ends)


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
def seeing(now: Choice, step: int, on: Stage) -> under_answer.Asked | None:
    """What is known, and what it tells: all that moves."""
    measure, outcome = now.measure, now.measure.variable
    known = known_facts.values(model, now.names, "see")
    seen = known if step == 2 else {}
    guess = predict.guess("see", measure, now.predicting)
    scene = open_paths.scene(model, on.ends, seen) if now.paths else dot.scene(model, seen=seen)
    on.canvas.draw(scene, alt=say("see.alt", known=sentences.facts(model, seen) or say("see.nothing")))
    with on.answer:
        frame.engine()
    with frame.trouble_shown(on.answer, *on.later):
        before, after = measure.ask(model), measure.ask(model, evidence=seen)
        with on.answer:
            predict.answer(1, sentences.asked(model, 1, seen, outcome, measure.event), measure.parts(after), guess)
        if guess.hidden:
            frame.keep(*on.later)
            return None
        with on.below:
            st.markdown(charts.legend(("all", say("see.before")), ("see", say("see.after"))))
            worlds = {"all": before, "see": after, **predict.series(guess, outcome, measure.event)}
            charts.distribution(outcome, worlds, "see_chart", say("see.chart_alt", noun=clean(outcome.label)))
        for name, place in on.others.items():
            with place:
                other(name, seen)
        if now.paths and not frame.talking():
            with on.paths:
                open_paths.said(model, on.ends, seen)
        if on.fit:
            on.fit.draw(seen)
        asked = under_answer.Asked(1, measure, seen, {})
        with on.under:
            under_answer.draw("see", model, asked, after, now.crowd)
        return asked
    return None


def other(name: str, seen: people.Facts) -> None:
    """Another variable, before and after."""
    variable = model[name]
    measured = Measure.of(variable)
    worlds = {"all": measured.ask(model), "see": measured.ask(model, evidence=seen)}
    charts.distribution(variable, worlds, f"see_chart_{name}", say("see.chart_alt", noun=clean(variable.label)), 110)


now = choose()
on = stage(now)
with on.hands:
    asked = seeing(now, steps.walk(__file__, "see", 2), on)
under_answer.leave("see", model, asked, graph="see")
foot.draw(
    "see",
    model,
    1,
    ("evidence", "dseparation", "collider", "confounding"),
    Measure.of(model[people.outcome(model)]).term(
        evidence={people.treatment(model): controls.start_of(model, people.treatment(model))}
    ),
)
