"""The lab of curves: a fit says what goes with what, and three worlds with the same points answer an action."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.labs.curves import polynomials
from causal.labs.curves.linear_worlds import CAUSE, KINDS, world
from causal.queries.query import ask_for
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, live_slider
from pages.ui.curves import harvest
from pages.ui.curves.harvest import Shown
from pages.ui.drawing import dot, world_graph
from pages.ui.look import look
from pages.ui.pictures import unseen
from pages.ui.shell import foot, frame, steps, takeaway, workings

ICON = ":material/show_chart:"
SECTION = "labs"
GRAPHS = True  # the lab has a story of its own, so it does not matter which one is picked

SIZES = (30, 60, 100, 300, 1000)
FEW, STRAIGHT, NOWHERE = 60, 1, 5.0  # so many points, a straight line, and a value at which nothing was shown
STEPS = 3

frame.enter(__file__)
look.title(2, say("curves.title"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which world it is and whose points are shown; and the place of how many."""

    kind: str
    seed: int
    size: DeltaGenerator


def choose() -> Choice:
    """Which world it is; and the place of how many points are shown."""
    if frame.talking():
        which = st.container()
        size, options = st.container(key="quiet_curves_points").columns(2)
    else:
        which, size, options = st.columns([8, 4, 2], gap="medium", vertical_alignment="bottom")
    with which:
        words = {kind: say(f"curves.{kind}") for kind in KINDS}
        kind = controls.one_of(say("curves.world"), words, "curves_world", KINDS[1])
    with size:
        size = st.container(key="quiet_curves_n")
    with options, st.container(key="quiet_curves"), st.popover(say("frame.options"), icon=":material/tune:"):
        seed = controls.whole(say("curves.seed"), "curves_seed", 9999, say("sample.which_help"))
    return Choice(kind, seed, size)


def points(now: Choice) -> Shown:
    """Which points are shown."""
    with now.size:
        n = controls.size(say("curves.n"), SIZES, "curves_n", FEW)
    return Shown(now.kind, n, now.seed)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    hands: DeltaGenerator
    chart: DeltaGenerator
    fitted: DeltaGenerator
    acted: DeltaGenerator
    canvas: world_graph.Canvas | None
    table: DeltaGenerator
    under: DeltaGenerator


def stage(now: Choice, step: int) -> Stage:
    """The chart on the left, the two answers and the world's graph on the right, the three worlds below."""
    last = frame.talking() and step == STEPS
    hands = st.container(key="quiet_curves_hands" if last else "curves_hands")
    if last:
        nowhere = st.empty()
        return Stage(
            hands, nowhere, nowhere, nowhere, None, st.container(key="answer").container(key="curves_table"), nowhere
        )
    left, right = st.columns([7, 5], gap="large")
    with left:
        chart = st.container()
        if not frame.talking():
            st.markdown(say("curves.legend"))
    with right:
        fitted = st.container(key="answer")
        acted = st.container(key="answer_2")
        canvas = None
        if step > 1:
            canvas = world_graph.canvas(world(now.kind), f"curves_{now.kind}")
    table = st.container(key="curves_table")
    return Stage(hands, chart, fitted, acted, canvas, table, st.container())


def degree() -> int:
    """How bent the curve may be."""
    most = polynomials.MOST_DEGREE
    controls.settle("curves_degree", STRAIGHT, lambda v: isinstance(v, int) and 1 <= v <= most)
    label = say("curves.degree")
    chosen = st.slider(label, 1, most, STRAIGHT, key="curves_degree", bind=controls.BIND, help=say("curves.bend"))
    held = live_slider.held("curves_degree")
    return chosen if held is None else 1 + round(held * (most - 1))


@st.fragment
def move(now: Choice, step: int, on: Stage) -> None:
    """How many points are shown, the curve's degree, the value that is asked about: all that moves with them."""
    bent, asked = st.columns(2, gap="large")
    with bent:
        bend = degree()
    with asked:
        x = float(controls.value(say("curves.x"), world(now.kind)[CAUSE], "curves_x", NOWHERE, live=True))
    shown = points(now)
    found = polynomials.fit(shown.n, shown.seed, bend)
    if step < STEPS or not frame.talking():
        with on.chart:
            harvest.chart(found, shown, x, step > 1)
        with on.fitted:
            harvest.fitted(found, x, step == 1)
        if on.canvas:
            with on.acted:
                harvest.acted(now.kind, x)
            on.canvas.draw(dot.scene(world(now.kind), done={CAUSE: x}), alt=say(f"curves.graph_{now.kind}"))
    if step == STEPS:
        with on.table:
            st.header(say("curves.which"), anchor=False)
            harvest.table(x)
            st.markdown(say("curves.same", n=numbers.Whole(shown.n)))
    if not frame.talking():
        with on.under:
            workings.panel("curves", world(now.kind), harvest.query(x))


def page() -> None:
    """The whole page, from the choice of a world to the sentence to take home."""
    now = choose()
    step = steps.walk(__file__, "curves", STEPS)
    frame.engine()
    on = stage(now, step)
    with on.hands, frame.trouble_shown():
        move(now, step, on)
    if step == STEPS:
        if not frame.talking():
            unseen.draw()
        st.markdown(f"**{say('curves.home')}**")
    model = world(now.kind)
    if not frame.talking():
        st.caption(say("curves.honest"))
        x = float(st.session_state["curves_x"])
        takeaway.panel("curves", model, harvest.query(x), graph=f"graph_curves_{now.kind}", action={CAUSE: x})
    example = ask_for("Y", mean=True, action={CAUSE: NOWHERE})
    foot.draw("curves", model, 2, ("do", "confounding", "counterfactual"), example)


page()
