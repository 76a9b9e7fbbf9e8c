"""The lab of curves: a fit says what goes with what, and three worlds with the same points answer an action."""

import streamlit as st

from causal.labs.curves import polynomial_fit
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


def degree() -> int:
    """How bent the curve may be."""
    most = polynomial_fit.MOST_DEGREE
    chosen = controls.slider(say("curves.degree"), "curves_degree", (1, most, 1), STRAIGHT, help=say("curves.bend"))
    held = live_slider.held("curves_degree")
    return chosen if held is None else 1 + round(held * (most - 1))


@st.fragment
def move() -> None:
    """How many points are shown, the curve's degree, the value that is asked about: all that moves with them."""
    bent, asked = st.columns(2, gap="large")
    with bent:
        bend = degree()
    with asked:
        x = float(controls.value(say("curves.x"), model[CAUSE], "curves_x", NOWHERE, live=True))
    with size:
        shown = Shown(kind, controls.size(say("curves.n"), SIZES, "curves_n", FEW), seed)
    found = polynomial_fit.fit(shown.n, shown.seed, bend)
    if not last:
        with chart:
            harvest.chart(found, shown, x, step > 1)
        with fitted:
            harvest.fitted(found, x, step == 1)
        if canvas:
            with acted:
                harvest.acted(kind, x)
            canvas.draw(dot.scene(model, done={CAUSE: x}), alt=say(f"curves.graph_{kind}"))
    if step == STEPS:
        with table:
            st.header(say("curves.which"), anchor=False)
            harvest.table(x)
            st.markdown(say("curves.same", n=numbers.Whole(shown.n)))
    if not frame.talking():
        with under:
            workings.panel("curves", model, harvest.query(x))


# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
if frame.talking():
    which = st.container()
    size, options = st.container(key="quiet_curves_points").columns(2)
else:
    which, size, options = st.columns([8, 4, 2], gap="medium", vertical_alignment="bottom")
with which:
    words = {kind: say(f"curves.{kind}") for kind in KINDS}
    kind = controls.one_of(say("curves.world"), words, "curves_world", KINDS[1])
model = world(kind)
size = size.container(key="quiet_curves_n")
with options, st.container(key="quiet_curves"), st.popover(say("frame.options"), icon=":material/tune:"):
    seed = controls.whole(say("curves.seed"), "curves_seed", 9999, say("sample.which_help"))
step = steps.walk(__file__, "curves", STEPS)
frame.engine()
last = frame.talking() and step == STEPS
hands = st.container(key="quiet_curves_hands" if last else "curves_hands")
canvas: world_graph.Canvas | None = None
if last:
    chart = fitted = acted = under = st.empty()
    table = st.container(key="answer").container(key="curves_table")
else:
    left, right = st.columns([7, 5], gap="large")
    with left:
        chart = st.container()
        if not frame.talking():
            st.markdown(say("curves.legend"))
    with right:
        fitted, acted = st.container(key="answer"), st.container(key="answer_2")
        if step > 1:
            canvas = world_graph.canvas(model, f"curves_{kind}")
    table, under = st.container(key="curves_table"), st.container()
with hands, frame.trouble_shown():
    move()
if step == STEPS:
    if not frame.talking():
        unseen.draw()
    st.markdown(f"**{say('curves.home')}**")
if not frame.talking():
    st.caption(say("curves.honest"))
    x = float(st.session_state["curves_x"])
    takeaway.panel("curves", model, harvest.query(x), graph=f"graph_curves_{kind}", action={CAUSE: x})
example = ask_for("Y", mean=True, action={CAUSE: NOWHERE})
foot.draw("curves", model, 2, ("do", "confounding", "counterfactual"), example)
