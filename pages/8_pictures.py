"""The picture lab: one portrait, one request, and three answers that differ at first sight."""

import streamlit as st

from causal.labs.portrait.dragging import telling
from causal.queries.query import Term, ask_for
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.drawing import world_graph
from pages.ui.look import look
from pages.ui.pictures import cropping, picture_cards, picture_table, portraits
from pages.ui.pictures.picture_cards import PictureRequest
from pages.ui.shell import foot, frame, steps, takeaway, workings
from pages.ui.words.escaping import plain

ICON = ":material/palette:"
SECTION = "labs"

ASKED, FIRST, SECOND = "Glasses", "red", "blue"
STEPS = 4
WIDE, WIDE_TALK = [16, 9, 10, 7, 6], [19, 10, 11, 10, 0.1]

frame.enter(__file__)
look.title(3, say("pictures.title"))
model, talk = portraits.story(), frame.talking()


def start(variable: str) -> str:
    """Red glasses; or the first state that the picture does not show already."""
    if variable == ASKED:
        return FIRST if scene[ASKED] != FIRST else SECOND
    return next(s for s in model[variable].states if s != scene[variable])


def pick(name: str) -> None:
    """What a click on the graph does: turn this knob."""
    if name in portraits.settable():
        st.session_state["pictures_knob"] = name


def ask() -> tuple[PictureRequest, bool]:
    """Which knob is turned to what, and whether the answers are shown as maps."""
    variable = controls.choose(say("pictures.knob"), model, portraits.settable(), "pictures_knob", ASKED)
    with turned:
        label = say("pictures.to", noun=plain(model[variable].label))
        state = str(controls.value(label, model[variable], "pictures_to", start(variable)))
    with shown:
        maps = controls.switch(say("pictures.map"), "pictures_map", help=say("pictures.map_help"))
    return PictureRequest(name, scene, variable, state, draw), maps


@st.fragment
def turn() -> Term:
    """The knob, and all that it turns; gives the question that was asked."""
    request, maps = ask()
    if cards:
        with cards.asked:
            frame.engine()
        picture_cards.fill(cards, request, met, maps)
    if canvas:
        with table:
            picture_table.draw(request, canvas)
    facts = telling(model, request.scene.values(), request.action, model.outcome)
    asked = ask_for(model.outcome, event=model[model.outcome].states[-1], evidence=facts, world=request.action)
    if not talk:
        picture_cards.others(request, several)
        with crop.container():  # a container of this turn's own: in crop itself each turn would add one more
            cropping.draw(request)
        with under:
            workings.panel("pictures", model, asked)
    return asked


# Whatever a turn leaves alone is drawn outside the fragment, so that a turn sends no layout.
whose, knob, turned, shown, options = st.columns(WIDE_TALK if talk else WIDE, gap="small", vertical_alignment="bottom")
with whose:
    name, scene = portraits.choose()
with options, st.container(key="quiet_pictures"), st.popover(say("frame.options"), icon=":material/tune:"):
    kinds = {"edit": say("pictures.edit"), "met": say("pictures.somebody_met")}
    met = controls.one_of(say("pictures.kind"), kinds, "pictures_kind", "edit") == "met"
    # other people than those whose portrait can be chosen
    draw = portraits.MOST_SEEDS + controls.whole(say("pictures.draw"), "pictures_draw", portraits.MOST_SEEDS)
step = steps.walk(__file__, "pictures", STEPS)
cards = picture_cards.cards(name, scene, met, step) if not talk or step < STEPS else None
if not talk:
    st.caption(say("pictures.legend"))
several = st.container()
canvas: world_graph.Canvas | None = None
if step == STEPS:
    if not talk:
        st.header(say("pictures.knobs"), anchor=False)
    left, right = st.columns([6, 7], gap="medium")
    with left:
        canvas = world_graph.canvas(model, "pictures", on_pick=pick, verb=say("pictures.verb"))
    table = right.container(key="answer_table")
crop, end, under = st.container(), st.container(), st.container()
if not talk:
    end.markdown(f"**{say('pictures.home')}**")
    end.caption(say("pictures.honest"))
with knob:
    asked = turn()
if not talk:
    action = {s.variable: s.value for s in asked.event[0].world}
    takeaway.panel("pictures", model, asked, graph="graph_pictures", action=action)
example = ask_for("Place", event="beach", evidence={ASKED: FIRST})
foot.draw("pictures", model, 3, ("counterfactual", "confounding", "abduction", "exogenous"), example)
