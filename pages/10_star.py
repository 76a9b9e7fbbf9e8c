"""The lab of the star graph: a good predictor, asked "what if" by editing one of its inputs."""

import streamlit as st

from causal.labs.star import musicians, training
from causal.labs.star.musicians import CASES, FEATURES, OUTCOME, Case, measured, star, story
from causal.labs.star.predictors import KINDS
from causal.labs.star.training import Trained
from causal.queries.query import ask_for
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, live_slider, people
from pages.ui.drawing import world_graph
from pages.ui.look import look
from pages.ui.shell import foot, frame, long_work, steps, takeaway, workings
from pages.ui.star import star_cards, star_table
from pages.ui.star.star_cards import EditRequest
from pages.ui.words.escaping import plain

ICON = ":material/hub:"
SECTION = "labs"
GRAPHS = True  # the lab has a story of its own, so it does not matter which one is picked

OWN = "own"
HALF, MOST, STEP = 50, 200, 10  # percent
STEPS = 3
WIDE, WIDE_TALK = [8, 5], [11, 4]

frame.enter(__file__)
look.title(3, say("star.title"))


def own() -> Case:
    """A choice of one's own."""
    with st.container(key="quiet_star_own"):
        left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        told = controls.pick_several(say("star.told"), story(), FEATURES, "star_told", FEATURES) or list(FEATURES)
    with right:
        edited = controls.pick(say("star.edited"), story(), told, "star_edited", told[0])
    return Case(tuple(told), edited)


def ask() -> EditRequest:
    """Whose story it is, and which predictor answers."""
    persons = {p.id: p for p in people.named(story())}
    with whose:
        words = {name: plain(p.name) for name, p in persons.items()}
        name = controls.one_of(say("star.who"), words, "star_who", next(iter(persons)))
    with which:
        kinds = {k: say(f"star.{k}") for k in KINDS}
        kind = controls.one_of(say("star.kind"), kinds, "star_kind", KINDS[0], help=say("star.kind_help"))
    return EditRequest(persons[name], case.features, case.edited, kind)


def part() -> float:
    """At which part of what it was the edited feature is imagined."""
    label, shown = plain(story()[case.edited].label), say("star.share")
    allowed = range(0, MOST + 1, STEP)
    controls.settle("star_share", HALF, lambda v: isinstance(v, int) and v in allowed)
    chosen = st.slider(label, 0, MOST, HALF, STEP, format=shown, key="star_share", bind=controls.BIND)
    if chosen not in allowed:
        st.rerun()  # a link may name a part between the steps: it was taken up only now, and is settled by a new run
    held = live_slider.held("star_share")
    percent = chosen if held is None else STEP * round(held * MOST / STEP)
    return percent / 100


@st.fragment
def move() -> EditRequest:
    """The slider, whose story it is, the predictor, and all that moves with these; gives what was asked."""
    share = part()
    request = ask()
    if assumed:
        with edited:
            star_cards.edited(request, trained, share, assumed)
    if true:
        with caused:
            star_cards.caused(request, share, true)
        with compared:
            star_cards.compared(request, trained, share)
            if not frame.talking():
                star_cards.why(request)
    if step == STEPS and trained:
        with crowd:
            st.header(say("star.crowd", n=numbers.Whole(musicians.ASKED)), anchor=False)
            star_table.crowd(request, trained, share)
            if not frame.talking():
                star_table.nearest(request, trained)
    if not frame.talking():
        with under:
            workings.panel("star", story(), request.query(share))
    return request


# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
first, hands = st.columns(WIDE_TALK if frame.talking() else WIDE, gap="small")
with first:
    cases = {name: say(f"star.case_{name}") for name in (*CASES, OWN)}
    chosen = controls.one_of(say("star.case"), cases, "star_case", next(iter(CASES)), quiet=True)
case = own() if chosen == OWN else CASES[chosen]
with st.container(key="quiet_star_choices"):
    whose, which = st.columns(2, gap="large", vertical_alignment="bottom")
step = steps.walk(__file__, "star", STEPS)
frame.engine()
assumed: world_graph.Canvas | None = None
true: world_graph.Canvas | None = None
edited = caused = st.empty()
above, compared = st.container(), st.container()
learning = above
if step < STEPS or not frame.talking():
    left, right = above.columns(2, gap="large")
    with left:
        st.header(say("star.star"), anchor=False)
        assumed = world_graph.canvas(star(case.features), "star_assumed")
        edited, learning = st.container(key="answer_1"), st.container()
    if step > 1:
        with right:
            st.header(say("star.true"), anchor=False)
            true = world_graph.canvas(measured(case.features), "star_true")
            caused = st.container(key="answer")
crowd = st.container(key="answer_crowd" if step == STEPS else "crowd_later")
under = st.container()
with learning:
    learnt = long_work.result(training.TASK, training.arguments(case.features), "star")
trained = Trained(case.features, learnt) if learnt is not None else None
with hands:
    request = move()
if step == STEPS:
    st.markdown(f"**{say('star.home')}**")
if not frame.talking():
    below, spend = musicians.below_zero()
    counts = {"count": numbers.Whole(musicians.TRAINED), "others": numbers.Whole(musicians.ASKED)}
    st.caption(say("star.honest", **counts, below=below, spend=spend))
    share = int(st.session_state["star_share"]) / 100
    action = {request.edited: request.value(share)}
    takeaway.panel("star", story(), request.query(share), graph="graph_star_true", action=action)
example = ask_for(OUTCOME, mean=True, action={request.edited: request.value(HALF / 100)})
foot.draw("star", story(), 3, ("counterfactual", "confounding", "collider", "mediator"), example)
