"""Rung 3: what would have happened to this one unit, given what did happen: abduction, action, prediction."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.models.model import Model
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls, known_facts, people, predict, stories
from pages.ui.controls.measure import Measure
from pages.ui.drawing import charts, crowd, world_graph
from pages.ui.look import look
from pages.ui.rungs import chance as abducting
from pages.ui.rungs import chosen_unit, two_worlds
from pages.ui.shell import foot, frame, steps, under_answer
from pages.ui.words import sentences
from pages.ui.words.escaping import clean, plain

ICON = ":material/cognition:"

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
        person = chosen_unit.choose(model)
    with changed:
        acted = controls.pick(
            say("imagine.var"), model, choice, "imagine_var", treated, on_change=lambda: controls.reset("imagine_x")
        )
    with options, st.container(key="quiet_imagine"), st.popover(say("frame.options"), icon=":material/tune:"):
        return Choice(
            person,
            acted,
            known_facts.target(model, people.observed(model), "imagine_target", people.outcome(model)),
            predict.wanted("imagine"),
            controls.chance(model, "imagine"),
            controls.switch(say("imagine.twin"), "imagine_twin", help=say("imagine.twin_help")),
            crowd.wanted("imagine"),
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    coupled: Model
    hands: DeltaGenerator
    answer: DeltaGenerator
    below: DeltaGenerator
    step: int
    other: world_graph.Canvas | None
    under: DeltaGenerator


def stage(now: Choice) -> Stage:
    """The slider, the answer and the chart on the left; the walk and the two worlds on the right; the crowd below."""
    left, right = st.columns([5, 9], gap="medium")
    with left:
        hands = st.container()
        coupled = couple(model)
        answer = st.container(key="answer")
        below = st.container(key="quiet_imagine_spread")
    with right:
        step = walk()
        frame.engine()
        st.markdown(say(f"imagine.walk{step}", noun=sentences.noun(model[now.acted])))
        other = show(now, coupled, step)
        if now.twin:
            joined, scene = two_worlds.twin(model, now.acted)
            world_graph.canvas(joined, "imagine_twin", chance=True, compact=True).draw(
                scene, alt=say("imagine.twin_alt")
            )
    return Stage(coupled, hands, answer, below, step, other, st.container())


def show(now: Choice, coupled: Model, step: int) -> world_graph.Canvas | None:
    """The world that happened, and the place of the other one (in the first step: what the facts tell of chance)."""
    facts, verb = now.person.facts, say("do.verb")
    one, two = st.columns(2)
    with one:
        st.markdown(f"**{say('imagine.factual')}**")
        canvas = world_graph.canvas(model, "imagine_fact", chance=now.chance, on_pick=pick, verb=verb)
        canvas.draw(
            two_worlds.factual(coupled, facts), alt=say("imagine.alt_fact", facts=sentences.facts(model, facts))
        )
        if two_worlds.replays(coupled, facts, now.acted):
            st.markdown(say("imagine.replay"))
    with two:
        if step == 1:
            abducting.draw(coupled, facts)
            return None
        st.markdown(f"**{say('imagine.other')}**")
        canvas = world_graph.canvas(model, "imagine_other", chance=now.chance, on_pick=pick, verb=verb)
        st.markdown(say("imagine.legend"))
        return canvas


@st.fragment
def imagining(now: Choice, on: Stage) -> under_answer.Asked | None:
    """What is changed, and what follows: all that moves."""
    person, measure, acted, coupled = now.person, now.measure, now.acted, on.coupled
    label = say("imagine.x", noun=plain(model[acted].label))
    x = controls.value(label, model[acted], "imagine_x", controls.start_of(model, acted), live=True)
    guess = predict.guess("imagine", measure, now.predicting)
    action = {acted: x}
    others = (on.other.place,) if on.other else ()
    with frame.trouble_shown(on.answer, *others, on.below, on.under):
        found = measure.ask(coupled, evidence=person.facts, world=action)
        with on.answer:
            tell(person, action, measure, found, guess)
        if on.other:
            scene = two_worlds.imagined(coupled, person.facts, action, predicted=on.step == 3 and not guess.hidden)
            on.other.draw(scene, alt=say("imagine.alt_other", done=sentences.facts(model, action)))
        if guess.hidden:
            frame.keep(on.below, on.under)
            return None
        with on.below:
            st.markdown(charts.legend(("do", say("do.do_line")), ("imagine", plain(person.name))))
            spread = {"do": measure.ask(model, action=action), "imagine": found}
            alt = say("do.chart_alt", noun=clean(measure.variable.label))
            charts.distribution(measure.variable, spread, "imagine_chart", alt, 120)
        asked = under_answer.Asked(3, measure, person.facts, action)
        with on.under:
            under_answer.draw("imagine", coupled, asked, found, now.crowd)
        return asked
    return None


def tell(
    person: people.Person, action: people.Facts, measure: Measure, found: causal.Answer, guess: predict.Guess
) -> None:
    """The answer sentence first, and why it may be no single number."""
    outcome = measure.variable
    asked = sentences.asked(model, 3, action, outcome, measure.event, plain(person.name))
    large, small = measure.parts(found)
    if outcome.continuous and outcome.name in person.facts and not guess.hidden:
        now = sentences.state(outcome, person.facts[outcome.name])
        small = say("imagine.instead_unit" if small else "imagine.instead", unit=small, fact=now)
    predict.answer(3, asked, (large, small), guess)
    if found.reason and not guess.hidden:
        st.caption(say("imagine.open", labels=grammar.listed(plain(model[n].label) for n in found.missing)))


def walk() -> int:
    """Which of the three steps is shown; the clicker walks them in a talk."""
    options = {str(n): say(f"imagine.step{n}") for n in (1, 2, 3)}
    step = controls.one_of(say("imagine.step"), options, "imagine_step", "1" if frame.talking() else "3", quiet=True)
    if frame.talking():
        steps.listen(__file__, "imagine_step", list(options))
    return int(step)


def uncoupled(model: Model) -> list[str]:
    """The variables of whom only "how often" is known."""
    return [v.name for v in model.endogenous if v.parents and v.mechanism and v.mechanism.responses == "open"]


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
    now = choose()
    on = stage(now)
    with on.hands:
        asked = imagining(now, on)
    under_answer.leave("imagine", on.coupled, asked, graph="imagine_other")
foot.draw(
    "imagine",
    model,
    3,
    ("counterfactual", "abduction", "exogenous", "coupling"),
    Measure.of(model[people.outcome(model)]).term(
        world={treated: controls.start_of(model, treated)}, evidence=people.named(model)[0].facts
    ),
)
