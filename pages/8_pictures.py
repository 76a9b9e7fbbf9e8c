"""The picture lab: one portrait, one request, and three answers that differ at first sight."""

from dataclasses import dataclass

import streamlit as st

from causal.labs.portrait.dragging import telling
from causal.query import ask_for
from pages.ui import (
    controls,
    cropping,
    foot,
    frame,
    graph,
    look,
    picture_cards,
    picture_table,
    portraits,
    steps,
    takeaway,
    workings,
)
from pages.ui.picture_cards import Request
from pages.ui.portraits import story
from pages.ui.texts import plain, say

TITLE = "Pictures"
ICON = ":material/palette:"
SECTION = "Labs"
HELP = "Can a machine imagine you in red glasses? A portrait, and three answers to one request."

ASKED, FIRST, SECOND = "Glasses", "red", "blue"
STEPS = 4
WIDE, WIDE_TALK = [16, 9, 10, 7, 6], [19, 10, 11, 10, 0.1]

frame.enter(__file__)
look.title(3, say("pictures.title"))


@dataclass(frozen=True, slots=True)
class Choice:
    """The request, and how its answers are shown."""

    request: Request
    met: bool
    maps: bool


def choose() -> Choice:
    """Whose picture, which knob is turned to what, and what is shown."""
    model = story()
    wide = WIDE_TALK if frame.talking() else WIDE
    whose, knob, place, shown, options = st.columns(wide, gap="small", vertical_alignment="bottom")
    with whose:
        name, scene = portraits.choose()
    with knob:
        variable = controls.choose(say("pictures.knob"), model, portraits.settable(), "pictures_knob", ASKED)
    with place:
        label = say("pictures.to", noun=plain(model[variable].label))
        state = str(controls.value(label, model[variable], "pictures_to", start(scene, variable)))
    with shown:
        maps = controls.switch(say("pictures.map"), "pictures_map", help=say("pictures.map_help"))
    with options, st.container(key="quiet_pictures"), st.popover(say("frame.options"), icon=":material/tune:"):
        kinds = {"edit": say("pictures.edit"), "met": say("pictures.somebody_met")}
        met = controls.one_of(say("pictures.kind"), kinds, "pictures_kind", "edit") == "met"
        # other people than those whose portrait can be chosen
        draw = portraits.MOST_SEEDS + controls.whole(say("pictures.draw"), "pictures_draw", portraits.MOST_SEEDS)
    return Choice(Request(name, scene, variable, state, draw), met, maps)


def start(scene: portraits.Scene, variable: str) -> str:
    """Red glasses; or the first state that the picture does not show already."""
    if variable == ASKED:
        return FIRST if scene[ASKED] != FIRST else SECOND
    return next(s for s in story()[variable].states if s != scene[variable])


def pick(name: str) -> None:
    """What a click on the graph does: turn this knob."""
    if name in portraits.settable():
        st.session_state["pictures_knob"] = name


def page() -> None:
    """The whole page, from the choice of a picture to the sentence to take home."""
    now = choose()
    step = steps.walk(__file__, "pictures", STEPS)
    model, request = story(), now.request
    if not frame.talking() or step < STEPS:
        picture_cards.draw(request, now.met, now.maps, step)
    if now.maps and step > 1:
        st.markdown(say("pictures.legend"))
    if not frame.talking():
        picture_cards.others(request)
    if step == STEPS:
        if not frame.talking():
            st.header(say("pictures.knobs"), anchor=False)
        left, right = st.columns([6, 7], gap="medium")
        with left:
            canvas = graph.canvas(model, "pictures", on_pick=pick, verb=say("pictures.verb"))
        with right, st.container(key="answer_table"):
            picture_table.draw(request, canvas)
    if not frame.talking():
        cropping.draw(request)
        st.markdown(f"**{say('pictures.home')}**")
        st.caption(say("pictures.honest"))
        facts = telling(model, request.scene.values(), request.action, model.outcome)
        asked = ask_for(model.outcome, event=model[model.outcome].states[-1], evidence=facts, world=request.action)
        workings.panel("pictures", model, asked)
        takeaway.panel("pictures", model, asked, graph="graph_pictures", action=request.action)
    example = ask_for("Place", event="beach", evidence={ASKED: FIRST})
    foot.draw("pictures", model, 3, ("counterfactual", "confounding", "abduction", "exogenous"), example)


page()
