"""Rung 2: what happens if we set a variable by hand. The arrows into it are cut; all else goes on."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls, known_facts, people, predict, stories
from pages.ui.controls.measure import Measure
from pages.ui.drawing import charts, crowd, dot, world_graph
from pages.ui.look import look
from pages.ui.rungs import coin as randomising
from pages.ui.rungs import whole_sweep
from pages.ui.shell import foot, frame, steps, under_answer
from pages.ui.words import sentences
from pages.ui.words.escaping import clean, plain

ICON = ":material/touch_app:"

frame.enter(__file__)
model = stories.current()
choice = people.settable(model)
treated = people.treatment(model)
look.title(2, say("do.title", noun=sentences.noun(model[people.outcome(model)])))


def pick(name: str) -> None:
    """What a click on the graph does: set this variable."""
    if name in choice and name != st.session_state.get("do_var"):
        st.session_state["do_var"] = name
        controls.reset("do_x")
        st.rerun()  # the pills stand outside the moving fragment


@dataclass(frozen=True, slots=True)
class Choice:
    """What stays while the slider moves: which variable is set, what is asked, and what is shown."""

    acted: str
    measure: Measure
    chance: bool
    coin: bool
    more: bool
    predicting: bool
    crowd: bool


def choose() -> Choice:
    """The choices above the moving part; they stand outside its fragment, so that a slider's step is light."""
    chosen, asked, options = st.columns([8, 4, 2], gap="medium", vertical_alignment="bottom")
    with chosen:
        acted = controls.pick(say("do.var"), model, choice, "do_var", treated, on_change=lambda: controls.reset("do_x"))
    with asked, st.container(key="quiet_do_target"):
        measure = known_facts.target(model, people.observed(model), "do_target", people.outcome(model))
    with options, st.container(key="quiet_do"), st.popover(say("frame.options"), icon=":material/tune:"):
        return Choice(
            acted,
            measure,
            controls.chance(model, "do"),
            controls.switch(say("do.random"), "do_random", help=say("do.random_help")),
            controls.switch(say("do.more"), "do_more", help=say("do.more_help")),
            predict.wanted("do"),
            crowd.wanted("do"),
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    canvas: world_graph.Canvas
    hands: DeltaGenerator
    see: DeltaGenerator
    do: DeltaGenerator
    below: DeltaGenerator
    under: DeltaGenerator


def stage(now: Choice, step: int) -> Stage:
    """The graph on the left; the slider, both answers and the chart on the right; the crowd under both."""
    left, right = st.columns([6, 7], gap="medium")
    with left:
        canvas = world_graph.canvas(model, "do", chance=now.chance, on_pick=pick, verb=say("do.verb"))
        cut = step == 2 or now.coin
        st.caption(_cut(now.acted, now.measure.variable.name, now.coin) if cut else say("see.nothing_cut"))
    with right:
        hands = st.container()
        see, do = (st.empty(), st) if now.coin else st.columns(2)
        see, do = see.container(key="answer_see"), do.container(key="answer")
        below = st.container()
    return Stage(canvas, hands, see, do, below, st.container())


@st.fragment
def doing(now: Choice, step: int, on: Stage) -> under_answer.Asked | None:
    """The action, and what it changes: all that moves."""
    acted, measure, variable = now.acted, now.measure, model[now.acted]
    label = say("do.x", noun=plain(variable.label))
    x = controls.value(label, variable, "do_x", controls.start_of(model, acted), live=True)
    second, known = also(acted) if now.more else ({}, {})
    guess = predict.guess("do", measure, now.predicting)
    done = {acted: x, **second}
    evidence = {n: v for n, v in known.items() if n not in done}
    cut = step == 2
    scene = dot.scene(model, seen=evidence if cut else {**done, **evidence}, done=done if cut else {})
    on.canvas.draw(scene, alt=say("do.alt", done=sentences.facts(model, done)))
    with on.do:
        frame.engine()
    with frame.trouble_shown(on.do, on.below, on.under):
        shown, gap = compare(measure, done, evidence, guess, step, on)
        if guess.hidden:
            frame.keep(on.below, on.under)
            return None
        with on.below:
            legend = charts.legend(("see", say("do.see_line")), ("do", say("do.do_line")))
            st.markdown(f"{gap}\n\n{legend}".strip())
            worlds = {**shown, **predict.series(guess, measure.variable, measure.event)}
            charts.distribution(
                measure.variable, worlds, "do_chart", say("do.chart_alt", noun=clean(measure.variable.label))
            )
        with on.under:
            if now.more:
                with st.container(key="quiet_do_sweep"):
                    whole_sweep.draw(model, acted, measure, second, evidence)
            asked = under_answer.Asked(2, measure, evidence, done)
            if "do" in shown:
                under_answer.draw("do", model, asked, shown["do"], now.crowd)
        return asked
    return None


@st.fragment
def tossing(now: Choice, on: Stage) -> None:
    """A coin for every unit in place of the slider."""
    n, seed = randomising.size()
    guess = predict.guess("do", now.measure, now.predicting)
    on.canvas.draw(dot.tossed(model, now.acted, say("do.coin")), alt=say("do.alt", done=say("do.coin")))
    with on.do:
        frame.engine()
    with frame.trouble_shown(on.do, on.under):
        with on.do:
            randomising.draw(model, now.acted, now.measure, n, seed, guess)
        with on.under, st.container(key="quiet_do_balance"):
            randomising.balance(model, now.acted, now.measure, n, seed)


def also(acted: str) -> tuple[people.Facts, people.Facts]:
    """A second action, and what is seen after acting."""
    rest = [n for n in choice if n != acted]
    second: dict[str, str | float] = {}
    if rest:
        names = controls.pick_several(say("do.second"), model, rest, "do_also", [])
        for name in names[:1]:
            second[name] = controls.value(
                say("do.x", noun=plain(model[name].label)),
                model[name],
                "do_x2",
                controls.start_of(model, name),
                live=True,
            )
    free = [n for n in people.observed(model) if n not in {acted, *second}]
    return second, known_facts.known(say("do.known"), model, free, "do", [])


def compare(
    measure: Measure, done: people.Facts, evidence: people.Facts, guess: predict.Guess, step: int, on: Stage
) -> tuple[dict[str, causal.Answer], str]:
    """See and do side by side; gives both answers, and the gap in words."""
    seen, acted = {"evidence": {**evidence, **done}}, {"action": done, "evidence": evidence}
    outcome, event = measure.variable, measure.event
    shown: dict[str, causal.Answer] = {}
    with on.see, frame.trouble_shown():
        shown["see"] = measure.ask(model, **seen)
        asked = sentences.asked(model, 1, seen["evidence"], outcome, event)
        st.markdown(f"{asked}\n\n{look.number(1, *(measure.parts(shown['see']) if not guess.hidden else ('?', '')))}")
    if step == 1:
        return shown, ""
    shown["do"] = do = measure.ask(model, **acted)
    with on.do:
        predict.answer(2, sentences.acted(model, done, evidence, outcome, event), measure.parts(do), guess)
    if guess.hidden or "see" not in shown:
        return shown, ""
    gap = measure.gap(model, seen, acted)
    return shown, say("do.no_gap" if gap.none else "do.gap", gap=gap)


def _cut(acted: str, outcome: str, coin: bool) -> str:
    noun = sentences.noun(model[acted])
    said = say("do.coin_cut" if coin else "do.cut" if model[acted].parents else "do.none_cut", noun=noun)
    moves = outcome in causal.graph.descendants(model, acted) or outcome == acted
    return (
        said
        if moves
        else grammar.together(said, say("do.no_effect", noun=noun, outcome=sentences.noun(model[outcome])))
    )


now, step = choose(), steps.walk(__file__, "do", 2)
on = stage(now, step)
with on.hands:
    asked = tossing(now, on) if now.coin else doing(now, step, on)
under_answer.leave("do", model, asked, graph="do")
if not (now.coin or now.more or now.predicting or frame.talking()):
    with frame.trouble_shown():
        frame.engine()
        whole_sweep.draw(model, now.acted, now.measure, {}, {})
foot.draw(
    "do",
    model,
    2,
    ("do", "confounding", "randomisation", "mediator"),
    foot.example_of(model, Measure.of(model[people.outcome(model)]), treated),
)
