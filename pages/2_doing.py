"""Rung 2: what happens if we set a variable by hand. The arrows into it are cut; all else goes on."""

from dataclasses import dataclass

import streamlit as st

import causal
from pages.ui import (
    beneath,
    charts,
    controls,
    crowd,
    drawing,
    foot,
    frame,
    graph,
    knowing,
    look,
    people,
    predict,
    randomising,
    sentences,
    spreads,
    steps,
    stories,
    sweeping,
)
from pages.ui.measure import Measure
from pages.ui.texts import clean, plain, say

TITLE = "Doing"
ICON = ":material/touch_app:"
HELP = "Set a variable by hand, watch its causes let go, and compare with merely seeing it."

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
        measure = knowing.target(model, people.observed(model), "do_target", people.outcome(model))
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


@st.fragment
def doing(now: Choice, step: int) -> None:
    """The action, and what it changes: all that moves."""
    left, right = st.columns([6, 7], gap="medium")
    acted, measure, variable = now.acted, now.measure, model[now.acted]
    with right:
        x, second, known = None, {}, {}
        if now.coin:
            n, seed = randomising.size()
        else:
            x = controls.value(
                say("do.x", noun=plain(variable.label)), variable, "do_x", controls.start_of(model, acted), live=True
            )
        if now.more and not now.coin:
            second, known = also(acted)
        guess = predict.guess("do", measure, now.predicting)
        answer = st.container()
    done = {} if x is None else {acted: x, **second}
    evidence = {n: v for n, v in known.items() if n not in done}
    with left:
        scene = (
            drawing.scene(model, seen={**done, **evidence} if step == 1 else evidence, done={} if step == 1 else done)
            if not now.coin
            else drawing.tossed(model, acted, say("do.coin"))
        )
        alt = say("do.alt", done=sentences.facts(model, done) or say("do.coin"))
        graph.draw(model, "do", scene, alt=alt, chance=now.chance, on_pick=pick, verb=say("do.verb"))
        cut = step == 2 or now.coin
        st.caption(_cut(acted, measure.variable.name, now.coin) if cut else say("see.nothing_cut"))
    with answer:
        frame.engine()
    with frame.trouble_shown():
        if now.coin:
            with answer:
                randomising.draw(model, acted, measure, n, seed, guess)
            with st.container(key="quiet_do_balance"):
                randomising.balance(model, acted, measure, n, seed)
            return
        with answer:
            shown = compare(measure, done, evidence, guess, step)
            if guess.hidden:
                return
            charts.legend("do", ("see", say("do.see_line")), ("do", say("do.do_line")))
            worlds = {**shown, **predict.series(guess, measure.variable, measure.event)}
            spreads.draw(measure.variable, worlds, "do_chart", say("do.chart_alt", noun=clean(measure.variable.label)))
        if now.more:
            with st.container(key="quiet_do_sweep"):
                sweeping.draw(model, acted, measure, second, evidence)
        if "do" in shown:
            beneath.draw(
                "do", 2, model, measure, shown["do"], given=evidence, action=done, graph="do", crowded=now.crowd
            )


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
    return second, knowing.known(say("do.known"), model, free, "do", [])


def compare(
    measure: Measure, done: people.Facts, evidence: people.Facts, guess: predict.Guess, step: int
) -> dict[str, causal.Answer]:
    """See and do side by side, with the gap as a number."""
    seen, acted = {"evidence": {**evidence, **done}}, {"action": done, "evidence": evidence}
    outcome, event = measure.variable, measure.event
    shown: dict[str, causal.Answer] = {}
    one, two = st.columns(2)
    with one, st.container(key="answer_see"), frame.trouble_shown():
        st.markdown(sentences.asked(model, 1, seen["evidence"], outcome, event))
        shown["see"] = measure.ask(model, **seen)
        st.markdown(look.number(1, *(measure.parts(shown["see"]) if not guess.hidden else ("?", ""))))
    if step == 2:
        shown["do"] = do = measure.ask(model, **acted)
        with two, st.container(key="answer"):
            predict.answer(2, sentences.acted(model, done, evidence, outcome, event), measure.parts(do), guess)
        if not guess.hidden and "see" in shown:
            gap = measure.gap(model, seen, acted)
            st.markdown(say("do.no_gap" if gap.startswith("0") else "do.gap", gap=gap))
    return shown


def _cut(acted: str, outcome: str, coin: bool) -> str:
    noun = sentences.noun(model[acted])
    said = say("do.coin_cut" if coin else "do.cut" if model[acted].parents else "do.none_cut", noun=noun)
    moves = outcome in causal.graph.descendants(model, acted) or outcome == acted
    return said if moves else f"{said} {say('do.no_effect', noun=noun, outcome=sentences.noun(model[outcome]))}"


now = choose()
doing(now, steps.walk(__file__, "do", 2))
if not (now.coin or now.more or now.predicting or frame.talking()):
    with frame.trouble_shown():
        frame.engine()
        sweeping.draw(model, now.acted, now.measure, {}, {})
foot.draw(
    "do",
    model,
    2,
    ("do", "confounding", "randomisation", "mediator"),
    foot.example_of(model, Measure.of(model[people.outcome(model)]), treated),
)
