"""From seeing to doing: which variables must be adjusted for, and what the wrong ones cost."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.models.model import Model
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.adjust import claims, prices, valid_sets
from pages.ui.adjust import sample as sampling
from pages.ui.adjust.prices import Effect
from pages.ui.controls import controls, gallery, people, predict, stories
from pages.ui.controls.measure import Measure
from pages.ui.drawing import causal_paths as ways
from pages.ui.drawing import set_verdict, world_graph
from pages.ui.shell import foot, frame, steps, takeaway, workings
from pages.ui.words.escaping import plain, prose

ICON = ":material/balance:"
SECTION = "follows"
GRAPHS = True  # a model that is only a graph has its verdicts too

STEPS = 3  # of a talk: the paths without a verdict, the verdict with its price, and what a table of units says

frame.enter(__file__)
st.title(f"{ICON} {say('adjust.title')}", anchor=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked: the effect of what on what, in which graph, adjusting for what; and what is shown besides."""

    effect: Effect
    sets: bool
    test: bool
    guess: str
    told: bool
    left: DeltaGenerator
    right: DeltaGenerator

    @property
    def model(self) -> Model:
        """The graph."""
        return self.effect.model


def choose() -> Choice | None:
    """The graph and both ends of the question (None where a model has no two variables that somebody measures)."""
    which, cause, result, options = st.columns([4, 4, 4, 2], gap="medium", vertical_alignment="bottom")
    with which:
        model = gallery.choose(stories.current())
    names = people.observed(model)
    if len(names) < 2:
        return None
    with cause:
        x = controls.choose(say("adjust.x"), model, names, "adjust_x", _default(names, people.treatment(model)))
    others = [n for n in names if n != x]
    with result:
        y = controls.choose(say("adjust.y"), model, others, "adjust_y", _default(others, people.outcome(model)))
    with options, st.container(key="quiet_adjust"), st.popover(say("frame.options"), icon=":material/tune:"):
        sets = controls.switch(say("adjust.sets"), "adjust_sets", help=say("adjust.sets_help"))
        test = model.numeric and claims.wanted(model)
        predicting = predict.wanted("adjust")
    arms = compared(model, x) if model.numeric else None
    left, right = st.columns([6, 7], gap="medium")
    rest = [n for n in others if n != y]
    with right:
        given = controls.pick_several(say("adjust.for"), model, rest, "adjust_for", []) if rest else []
    effect = Effect(model, x, Measure.of(model[y]), tuple(given), arms)
    with right:
        guess, told = set_verdict.guess((model.id, x, y, effect.given)) if predicting else ("", True)
    return Choice(effect, sets, test, guess, told, left, right)


def compared(model: Model, x: str) -> prices.Arms | None:
    """Which two values of the treatment are compared, where it has more than two."""
    variable = model[x]
    if len(variable.states) in (1, 2):
        return None
    most, least = people.arms(model, x)
    with st.container(key="quiet_adjust_arms"):
        one, other = st.columns(2, gap="medium")
        with one:
            high = controls.value(say("adjust.compare", noun=plain(variable.label)), variable, "adjust_one", most)
        with other:
            low = controls.value(say("adjust.against"), variable, "adjust_other", least)
    return high, low


def _default(names: list[str] | tuple[str, ...], wanted: str) -> str:
    return wanted if wanted in names else names[-1]


def pick(now: Choice, name: str) -> None:
    """What a click on the graph does: adjust for a variable, or no longer."""
    model, effect = now.model, now.effect
    if name in (effect.x, effect.y):
        st.toast(say("adjust.is_end", label=plain(model[name].label)), icon=":material/info:")
    elif not model[name].observable:
        st.toast(say("adjust.is_hidden", label=plain(model[name].label)), icon=":material/visibility_off:")
    else:
        st.session_state["adjust_for"] = [n for n in people.observed(model) if (n in effect.given) != (n == name)]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    canvas: world_graph.Canvas
    legend: DeltaGenerator
    size: DeltaGenerator
    story: DeltaGenerator
    step: int
    answer: DeltaGenerator
    sample: DeltaGenerator
    ways: DeltaGenerator
    table: DeltaGenerator
    test: DeltaGenerator


def stage(now: Choice, step: int) -> Stage:
    """The graph on the left; the verdict, the price and the sample on the right; paths and table under both."""
    quiet = "" if frame.talking() else "quiet_"
    # in a talk's last step the sample's size stands under a smaller graph
    with now.left, st.container(key=f"adjust_left_{step}" if frame.talking() else None):
        canvas = world_graph.canvas(now.model, "adjust", on_pick=lambda name: pick(now, name), verb=say("adjust.verb"))
        legend = st.container()
        size = st.container()
        story = st.container(key="quiet_adjust_story")
    with now.right:
        answer = st.container(key="answer")
        sample = st.container(key=f"{quiet}adjust_sample")
        if not frame.talking():
            size = sample.container()
    one, two = st.columns([6, 7], gap="medium")
    return Stage(
        canvas,
        legend,
        size,
        story,
        step,
        answer,
        sample,
        one.container(key="quiet_adjust_ways"),
        two.container(key="quiet_adjust_table"),
        st.container(key="quiet_adjust_test"),
    )


def tell(now: Choice, told: bool, on: Stage) -> None:
    """What does not move with the sample's size: the graph, the verdict, the price, the paths, the valid sets."""
    model, effect = now.model, now.effect
    asked = model, effect.x, effect.y, effect.given
    given = grammar.listed(plain(model[n].label) for n in effect.given) or say("adjust.nothing")
    on.canvas.draw(ways.scene(*asked, told), alt=say("adjust.alt", given=given))
    if told:
        on.legend.markdown(say("adjust.legend"))
    if model is not stories.current() and model.story:
        on.story.caption(prose(model.story))
    with on.answer:
        if told:
            # a talk's last step gives the reasons' room to the sample
            set_verdict.draw(*asked, reasons=not frame.talking() or on.step < STEPS)
        if now.guess:
            st.markdown(f":small[{say('predict.yours', guess=now.guess)}]")
        if model.numeric:
            prices.draw(effect, set_verdict.judge(*asked).valid, told)
        else:
            st.info(say("adjust.no_numbers"), icon=":material/tag:")
    if told and not frame.talking():
        if now.sets:
            with on.story, frame.trouble_shown():
                valid_sets.draw(model, effect.x, effect.y)
        with on.ways:
            st.header(say("ways.title"), anchor=False)
            ways.said(*asked)


@st.fragment
def sample(effect: Effect, test: bool, on: Stage) -> None:
    """A table of units and what it reports: all that moves with its size."""
    n, seed = sampling.size()
    with frame.trouble_shown(on.sample, on.table, on.test):
        sampling.draw(effect, n, seed, on.sample)
        if not frame.talking():
            with on.table:
                sampling.table(effect, n, seed)
        if test and not frame.talking():
            with on.test:
                claims.draw(effect.model, n, seed)


def page() -> None:
    """The whole page, from the choice of a graph to what leaves with the visitor."""
    now = choose()
    if now is None:
        st.info(say("adjust.too_few"), icon=":material/info:")
        return
    step = steps.walk(__file__, "adjust", STEPS)
    told = step > 1 and now.told
    on, model, effect = stage(now, step), now.model, now.effect
    tell(now, told, on)
    if model.numeric and told and step == STEPS:
        with on.size:
            sample(effect, now.test, on)
    if model.numeric and told and not frame.talking():
        workings.panel("adjust", model, effect.query, first=lambda: prices.work(effect))
        takeaway.panel("adjust", model, effect.query, graph="graph_adjust", action={})
    example = effect.measure.term(action={effect.x: effect.arms[0]}) if model.numeric else None
    foot.draw("adjust", model, 2, ("adjusting", "confounding", "collider", "mediator"), example)


page()
