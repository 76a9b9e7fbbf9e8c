"""Rung 3: what would have happened to this one unit, given what did happen: abduction, action, prediction."""

from dataclasses import dataclass

import streamlit as st

import causal
from causal.model import Model, Table
from pages.ui import (
    abducting,
    beneath,
    charts,
    controls,
    crowd,
    foot,
    frame,
    graph,
    knowing,
    look,
    people,
    predict,
    sentences,
    spreads,
    steps,
    stories,
    unit,
    worlds,
)
from pages.ui.measure import Measure
from pages.ui.texts import clean, plain, say

TITLE = "Imagining"
ICON = ":material/cognition:"
HELP = "Take one unit and its facts, and ask what would have been, had one thing been different."

frame.enter(__file__)
model = stories.current()
choice = people.settable(model)
treated = people.treatment(model)
look.title(3, say("imagine.title"))


def pick(name: str) -> None:
    """What a click on the graph does: imagine this variable otherwise."""
    if name in choice and name != st.session_state.get("imagine_var"):
        st.session_state["imagine_var"] = name
        controls.reset("imagine_x")
        st.rerun()  # the pills stand outside the moving fragment


@dataclass(frozen=True, slots=True)
class Choice:
    """What stays while the slider moves: whose story, what is different, what is asked, and what is shown."""

    person: people.Person
    acted: str
    measure: Measure
    predicting: bool
    chance: bool
    twin: bool
    crowd: bool


def choose() -> Choice:
    """The choices above the moving part; they stand outside its fragment, so that a slider's step is light."""
    whose, changed, options = st.columns([6, 6, 2], gap="medium", vertical_alignment="top")
    with whose:
        person = unit.choose(model)
    with changed:
        acted = controls.pick(
            say("imagine.var"), model, choice, "imagine_var", treated, on_change=lambda: controls.reset("imagine_x")
        )
    with options, st.container(key="quiet_imagine"), st.popover(say("frame.options"), icon=":material/tune:"):
        return Choice(
            person,
            acted,
            knowing.target(model, people.observed(model), "imagine_target", people.outcome(model)),
            predict.wanted("imagine"),
            controls.chance(model, "imagine"),
            controls.switch(say("imagine.twin"), "imagine_twin", help=say("imagine.twin_help")),
            crowd.wanted("imagine"),
        )


@st.fragment
def imagining(now: Choice) -> None:
    """What is changed, and what follows: all that moves."""
    person, measure, acted = now.person, now.measure, now.acted
    left, right = st.columns([5, 9], gap="medium")
    with left:
        label = say("imagine.x", noun=plain(model[acted].label))
        x = controls.value(label, model[acted], "imagine_x", controls.start_of(model, acted), live=True)
        coupled = couple(model)
        guess = predict.guess("imagine", measure, now.predicting)
        answer = st.container(key="answer")
        with st.container(key="quiet_imagine_spread"):
            picture = st.container()
    with right:
        step = walk()
        place = st.container()
    with answer:
        frame.engine()
    action = {acted: x}
    with frame.trouble_shown():
        found = measure.ask(coupled, evidence=person.facts, world=action)
        with answer:
            tell(person, action, measure, found, guess)
        with place:
            show(coupled, person, action, step, now.chance, hidden=guess.hidden)
            if now.twin:
                joined, scene = worlds.twin(model, action)
                graph.draw(joined, "imagine_twin", scene, alt=say("imagine.twin_alt"), chance=True, compact=True)
        if guess.hidden:
            return
        with picture:
            charts.legend("imagine", ("do", say("do.do_line")), ("imagine", plain(person.name)))
            spread = {"do": measure.ask(model, action=action), "imagine": found}
            alt = say("do.chart_alt", noun=clean(measure.variable.label))
            spreads.draw(measure.variable, spread, "imagine_chart", alt, 120)
        beneath.draw(
            "imagine",
            3,
            coupled,
            measure,
            found,
            given=person.facts,
            action=action,
            graph="imagine_other",
            crowded=now.crowd,
        )


def tell(
    person: people.Person, action: people.Facts, measure: Measure, found: causal.Answer, guess: predict.Guess
) -> None:
    """The answer sentence first, and why it may be no single number."""
    outcome = measure.variable
    asked = sentences.asked(model, 3, action, outcome, measure.event)
    large, small = measure.parts(found)
    if outcome.name in person.facts and not guess.hidden:
        fact = say("imagine.instead", fact=sentences.state(outcome, person.facts[outcome.name]))
        small = f"{small} {fact}".strip() if outcome.continuous else small
    predict.answer(3, say("imagine.what_if", name=plain(person.name), asked=asked), (large, small), guess)
    if found.because and not guess.hidden:
        st.caption(say("imagine.open", labels=sentences.listed(plain(model[n].label) for n in found.missing)))


def show(coupled: Model, person: people.Person, action: people.Facts, step: int, chance: bool, hidden: bool) -> None:
    """The step that the walk has come to, and the two worlds side by side."""
    acted = next(iter(action))
    st.markdown(say(f"imagine.walk{step}", noun=sentences.noun(model[acted])))
    one, two = st.columns(2)
    with one:
        st.markdown(f"**{say('imagine.factual')}**")
        alt = say("imagine.alt_fact", facts=sentences.facts(model, person.facts))
        scene = worlds.factual(coupled, person.facts)
        graph.draw(model, "imagine_fact", scene, alt=alt, chance=chance, on_pick=pick, verb=say("do.verb"))
        if worlds.replays(coupled, person.facts, acted):
            st.markdown(say("imagine.replay"))
    with two:
        if step == 1:
            abducting.draw(coupled, person.facts)
        else:
            st.markdown(f"**{say('imagine.other')}**")
            scene = worlds.imagined(coupled, person.facts, action, predicted=step == 3 and not hidden)
            alt = say("imagine.alt_other", done=sentences.facts(model, action))
            graph.draw(model, "imagine_other", scene, alt=alt, chance=chance, on_pick=pick, verb=say("do.verb"))
            st.markdown(say("imagine.legend"))


def walk() -> int:
    """Which of the three steps is shown; the clicker walks them in a talk."""
    options = {str(n): say(f"imagine.step{n}") for n in (1, 2, 3)}
    step = controls.one_of(say("imagine.step"), options, "imagine_step", "1" if frame.talking() else "3", quiet=True)
    if frame.talking():
        steps.listen(__file__, "imagine_step", list(options))
    return int(step)


def uncoupled(model: Model) -> list[str]:
    """The variables of whom only "how often" is known."""
    return [
        v.name
        for v in model.endogenous
        if v.parents and isinstance(v.mechanism, Table) and v.mechanism.coupling is None
    ]


def couple(model: Model) -> Model:
    """The switch that supplies the missing assumption, where one is missing."""
    tables = uncoupled(model)
    if not tables:
        return model
    options = {n: say(f"imagine.coupling_{n}") for n in ("none", "monotone", "independent")}
    chosen = controls.one_of(say("imagine.supply"), options, "imagine_coupling", "none")
    for name in tables:
        model = model.couple(name, None if chosen == "none" else chosen)
    return model


with frame.trouble_shown():
    imagining(choose())
foot.draw(
    "imagine",
    model,
    3,
    ("counterfactual", "abduction", "exogenous", "coupling"),
    Measure.of(model[people.outcome(model)]).term(
        world={treated: controls.start_of(model, treated)}, evidence=people.named(model)[0].facts
    ),
)
