"""Rung 3: what would have happened to this one unit, given what did happen: abduction, action, prediction."""

from functools import partial

import streamlit as st

import causal
from causal.models.model import Model
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls, known_facts, people, predict, stories
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


def worlds() -> world_graph.Canvas | None:
    """The world that happened, and the place of the other one (in the first step: what the facts tell of chance)."""
    facts, pick, verb = person.facts, known_facts.setting("imagine", choice), say("do.verb")
    one, two = st.columns(2)
    with one:
        st.markdown(f"**{say('imagine.factual')}**")
        canvas = world_graph.canvas(model, "imagine_fact", chance=chance, on_pick=pick, verb=verb)
        canvas.draw(
            two_worlds.factual(coupled, facts), alt=say("imagine.alt_fact", facts=sentences.facts(model, facts))
        )
        if two_worlds.replays(coupled, facts, acted):
            st.markdown(say("imagine.replay"))
    with two:
        if step == 1:
            abducting.draw(coupled, facts)
            return None
        st.markdown(f"**{say('imagine.other')}**")
        canvas = world_graph.canvas(model, "imagine_other", chance=chance, on_pick=pick, verb=verb)
        st.markdown(say("imagine.legend"))
        return canvas


@st.fragment
def imagining() -> under_answer.AnsweredQuestion | None:
    """What is changed, and what follows: all that moves."""
    label = say("imagine.x", noun=plain(model[acted].label))
    x = controls.value(label, model[acted], "imagine_x", controls.start_of(model, acted), live=True)
    guess = predict.guess("imagine", measure, predicting)
    action = {acted: x}
    places = (answer, *((other.place,) if other else ()), below, under)
    with frame.trouble_shown(*places):
        found = measure.ask(coupled, evidence=person.facts, world=action)
        with answer:
            tell(action, found, guess)
        if other:
            scene = two_worlds.imagined(coupled, person.facts, action, predicted=step == 3 and not guess.hidden)
            other.draw(scene, alt=say("imagine.alt_other", done=sentences.facts(model, action)))
        if guess.hidden:
            frame.keep(below, under)
            return None
        with below:
            st.markdown(charts.legend(("do", say("do.do_line")), ("imagine", plain(person.name))))
            spread = {"do": measure.ask(model, action=action), "imagine": found}
            alt = say("do.chart_alt", noun=clean(target.label))
            charts.distribution(target, spread, "imagine_chart", alt, 120)
        asked = under_answer.AnsweredQuestion(3, measure, person.facts, action)
        with under:
            under_answer.draw("imagine", coupled, asked, found, crowded)
        return asked
    return None


def tell(action: people.Facts, found: causal.Answer, guess: predict.Guess) -> None:
    """The answer sentence first, and why it may be no single number."""
    asked = sentences.asked(model, 3, action, target, measure.event, plain(person.name))
    large, small = measure.parts(found)
    if target.name in model.real_valued and target.name in person.facts and not guess.hidden:
        now = sentences.state(target, person.facts[target.name])
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


def couple(model: Model) -> Model:
    """The switch that supplies the missing assumption, where of some variables only "how often" is known."""
    tables = [v.name for v in model.endogenous if v.parents and v.mechanism and v.mechanism.responses == "open"]
    if not tables:
        return model
    options = {n: say(f"imagine.coupling_{n}") for n in ("none", "monotone", "independent")}
    chosen = controls.one_of(say("imagine.supply"), options, "imagine_coupling", "none")
    for name in tables:
        model = model.couple(name, None if chosen == "none" else chosen)
    return model


with frame.trouble_shown():
    # Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
    whose, changed, options = st.columns([6, 6, 2], gap="medium", vertical_alignment="top")
    with whose:
        person = chosen_unit.choose(model)
    with changed:
        again = partial(controls.reset, "imagine_x")
        acted = controls.pick(say("imagine.var"), model, choice, "imagine_var", treated, on_change=again)
    with options, st.container(key="quiet_imagine"), st.popover(say("frame.options"), icon=":material/tune:"):
        measure = known_facts.target(model, people.observed(model), "imagine_target", people.outcome(model))
        predicting = predict.wanted("imagine")
        chance = controls.chance(model, "imagine")
        twin = controls.switch(say("imagine.twin"), "imagine_twin", help=say("imagine.twin_help"))
        crowded = crowd.wanted("imagine")
    target = measure.variable
    left, right = st.columns([5, 9], gap="medium")
    with left:
        hands = st.container()
        coupled = couple(model)
        answer = st.container(key="answer")
        below = st.container(key="quiet_imagine_spread")
    with right:
        step = walk()
        frame.engine()
        st.markdown(say(f"imagine.walk{step}", noun=sentences.noun(model[acted])))
        other = worlds()
        if twin:
            joined, scene = two_worlds.twin(model, acted)
            drawn = world_graph.canvas(joined, "imagine_twin", chance=True, compact=True)
            drawn.draw(scene, alt=say("imagine.twin_alt"))
    under = st.container()
    with hands:
        asked = imagining()
    under_answer.leave("imagine", coupled, asked, graph="imagine_other")
foot.draw("imagine", model, 3, ("counterfactual", "abduction", "exogenous", "coupling"), foot.example_of(model, 3))
