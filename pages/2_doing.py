"""Rung 2: what happens if we set a variable by hand. The arrows into it are cut; all else goes on."""

import streamlit as st

import causal
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls, known_facts, people, predict, stories
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


@st.fragment
def doing() -> under_answer.AnsweredQuestion | None:
    """The action, and what it changes: all that moves."""
    x = value(acted, "do_x")
    second, known = also() if more else ({}, {})
    guess = predict.guess("do", measure, predicting)
    done = {acted: x, **second}
    evidence = {n: v for n, v in known.items() if n not in done}
    cut = step == 2
    scene = dot.scene(model, seen=evidence if cut else {**done, **evidence}, done=done if cut else {})
    canvas.draw(scene, alt=say("do.alt", done=sentences.facts(model, done)))
    with answer:
        frame.engine()
    with frame.trouble_shown(answer, below, under):
        shown, gap = compare(done, evidence, guess)
        if guess.hidden:
            frame.keep(below, under)
            return None
        with below:
            legend = charts.legend(("see", say("do.see_line")), ("do", say("do.do_line")))
            st.markdown(f"{gap}\n\n{legend}".strip())
            worlds = {**shown, **predict.series(guess, target, measure.event)}
            charts.distribution(target, worlds, "do_chart", say("do.chart_alt", noun=clean(target.label)))
        with under:
            if more:
                with st.container(key="quiet_do_sweep"):
                    whole_sweep.draw(model, acted, measure, second, evidence)
            asked = under_answer.AnsweredQuestion(2, measure, evidence, done)
            if "do" in shown:
                under_answer.draw("do", model, asked, shown["do"], crowded)
        return asked
    return None


@st.fragment
def tossing() -> None:
    """A coin for every unit in place of the slider."""
    n, seed = randomising.size()
    guess = predict.guess("do", measure, predicting)
    canvas.draw(dot.tossed(model, acted, say("do.coin")), alt=say("do.alt", done=say("do.coin")))
    with answer:
        frame.engine()
    with frame.trouble_shown(answer, under):
        with answer:
            randomising.draw(model, acted, measure, n, seed, guess)
        with under, st.container(key="quiet_do_balance"):
            randomising.balance(model, acted, measure, n, seed)


def value(name: str, key: str) -> str | float:
    """What a variable is set to."""
    label = say("do.x", noun=plain(model[name].label))
    return controls.value(label, model[name], key, controls.start_of(model, name), live=True)


def also() -> tuple[people.Facts, people.Facts]:
    """A second action, and what is seen after acting."""
    rest = [n for n in choice if n != acted]
    names = controls.pick_several(say("do.second"), model, rest, "do_also", []) if rest else []
    second = {name: value(name, "do_x2") for name in names[:1]}
    free = [n for n in people.observed(model) if n not in {acted, *second}]
    return second, known_facts.known(say("do.known"), model, free, "do", [])


def compare(done: people.Facts, evidence: people.Facts, guess: predict.Guess) -> tuple[dict[str, causal.Answer], str]:
    """See and do side by side; gives both answers, and the gap in words."""
    seen, set_ = {"evidence": {**evidence, **done}}, {"action": done, "evidence": evidence}
    shown: dict[str, causal.Answer] = {}
    with beside, frame.trouble_shown():
        shown["see"] = measure.ask(model, **seen)
        asked = sentences.asked(model, 1, seen["evidence"], target, measure.event)
        st.markdown(f"{asked}\n\n{look.number(1, *(measure.parts(shown['see']) if not guess.hidden else ('?', '')))}")
    if step == 1:
        return shown, ""
    shown["do"] = do = measure.ask(model, **set_)
    with answer:
        predict.answer(2, sentences.acted(model, done, evidence, target, measure.event), measure.parts(do), guess)
    if guess.hidden or "see" not in shown:
        return shown, ""
    gap = measure.gap(model, seen, set_)
    return shown, say("do.no_gap" if gap.none else "do.gap", gap=gap)


def told_cut() -> str:
    """Which arrows are cut; and where nothing can come of it, that."""
    noun = sentences.noun(model[acted])
    said = say("do.coin_cut" if coin else "do.cut" if model[acted].parents else "do.none_cut", noun=noun)
    if target.name == acted or target.name in causal.graph.descendants(model, acted):
        return said
    return grammar.together(said, say("do.no_effect", noun=noun, outcome=sentences.noun(target)))


# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
chosen, about, options = st.columns([8, 4, 2], gap="medium", vertical_alignment="bottom")
with chosen:
    acted = controls.pick(say("do.var"), model, choice, "do_var", treated, on_change=lambda: controls.reset("do_x"))
with about, st.container(key="quiet_do_target"):
    measure = known_facts.target(model, people.observed(model), "do_target", people.outcome(model))
with options, st.container(key="quiet_do"), st.popover(say("frame.options"), icon=":material/tune:"):
    chance = controls.chance(model, "do")
    coin = controls.switch(say("do.random"), "do_random", help=say("do.random_help"))
    more = controls.switch(say("do.more"), "do_more", help=say("do.more_help"))
    predicting = predict.wanted("do")
    crowded = crowd.wanted("do")
target = measure.variable
step = steps.walk(__file__, "do", 2)
left, right = st.columns([6, 7], gap="medium")
with left:
    pick = known_facts.setting("do", choice)
    canvas = world_graph.canvas(model, "do", chance=chance, on_pick=pick, verb=say("do.verb"))
    st.caption(told_cut() if step == 2 or coin else say("see.nothing_cut"))
with right:
    hands = st.container()
    one, two = (st.empty(), st) if coin else st.columns(2)
    beside, answer = one.container(key="answer_see"), two.container(key="answer")
    below = st.container()
under = st.container()
with hands:
    asked = tossing() if coin else doing()
under_answer.leave("do", model, asked, graph="do")
if not (coin or more or predicting or frame.talking()):
    with frame.trouble_shown():
        frame.engine()
        whole_sweep.draw(model, acted, measure, {}, {})
foot.draw("do", model, 2, ("do", "confounding", "randomisation", "mediator"), foot.example_of(model, 2))
