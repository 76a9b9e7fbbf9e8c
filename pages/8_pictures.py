"""The picture lab: one portrait, one request, and three answers that differ at first sight."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.labs.portrait.dragging import telling
from causal.labs.portrait.drawing import Scene
from causal.queries.query import Term, ask_for
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.drawing import world_graph
from pages.ui.look import look
from pages.ui.pictures import cropping, picture_cards, picture_table, portraits
from pages.ui.pictures.picture_cards import Request
from pages.ui.pictures.portraits import story
from pages.ui.shell import foot, frame, steps, takeaway, workings
from pages.ui.words.escaping import plain

ICON = ":material/palette:"
SECTION = "labs"

ASKED, FIRST, SECOND = "Glasses", "red", "blue"
STEPS = 4
WIDE, WIDE_TALK = [16, 9, 10, 7, 6], [19, 10, 11, 10, 0.1]

frame.enter(__file__)
look.title(3, say("pictures.title"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose picture it is, which other people are drawn, and what seeing shows; and the places of the knob."""

    name: str
    scene: Scene
    met: bool
    draw: int
    knob: DeltaGenerator
    turned: DeltaGenerator
    shown: DeltaGenerator


def choose() -> Choice:
    """The choices that no turn of the knob changes."""
    wide = WIDE_TALK if frame.talking() else WIDE
    whose, knob, turned, shown, options = st.columns(wide, gap="small", vertical_alignment="bottom")
    with whose:
        name, scene = portraits.choose()
    with options, st.container(key="quiet_pictures"), st.popover(say("frame.options"), icon=":material/tune:"):
        kinds = {"edit": say("pictures.edit"), "met": say("pictures.somebody_met")}
        met = controls.one_of(say("pictures.kind"), kinds, "pictures_kind", "edit") == "met"
        # other people than those whose portrait can be chosen
        draw = portraits.MOST_SEEDS + controls.whole(say("pictures.draw"), "pictures_draw", portraits.MOST_SEEDS)
    return Choice(name, scene, met, draw, knob, turned, shown)


def start(scene: Scene, variable: str) -> str:
    """Red glasses; or the first state that the picture does not show already."""
    if variable == ASKED:
        return FIRST if scene[ASKED] != FIRST else SECOND
    return next(s for s in story()[variable].states if s != scene[variable])


def pick(name: str) -> None:
    """What a click on the graph does: turn this knob."""
    if name in portraits.settable():
        st.session_state["pictures_knob"] = name


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a turn sends no layout."""

    cards: picture_cards.Cards | None
    several: DeltaGenerator
    canvas: world_graph.Canvas | None
    table: DeltaGenerator | None
    crop: DeltaGenerator
    under: DeltaGenerator


def stage(now: Choice, step: int) -> Stage:
    """The portrait and its three answers, then what the knob drags along, then the torn portrait."""
    talk = frame.talking()
    cards = canvas = table = None
    if not talk or step < STEPS:
        cards = picture_cards.cards(now.name, now.scene, now.met, step)
    if not talk:
        st.caption(say("pictures.legend"))
    several = st.container()
    if step == STEPS:
        if not talk:
            st.header(say("pictures.knobs"), anchor=False)
        left, right = st.columns([6, 7], gap="medium")
        with left:
            canvas = world_graph.canvas(story(), "pictures", on_pick=pick, verb=say("pictures.verb"))
        table = right.container(key="answer_table")
    crop, end = st.container(), st.container()
    if not talk:
        end.markdown(f"**{say('pictures.home')}**")
        end.caption(say("pictures.honest"))
    return Stage(cards, several, canvas, table, crop, st.container())


def ask(now: Choice) -> tuple[Request, bool]:
    """Which knob is turned to what, and whether the answers are shown as maps."""
    model = story()
    variable = controls.choose(say("pictures.knob"), model, portraits.settable(), "pictures_knob", ASKED)
    with now.turned:
        label = say("pictures.to", noun=plain(model[variable].label))
        state = str(controls.value(label, model[variable], "pictures_to", start(now.scene, variable)))
    with now.shown:
        maps = controls.switch(say("pictures.map"), "pictures_map", help=say("pictures.map_help"))
    return Request(now.name, now.scene, variable, state, now.draw), maps


@st.fragment
def turn(now: Choice, step: int, on: Stage) -> Term:
    """The knob, and all that it turns; gives the question that was asked."""
    request, maps = ask(now)
    if on.cards:
        with on.cards.asked:
            frame.engine()
        picture_cards.fill(on.cards, request, now.met, maps)
    if on.canvas and on.table:
        with on.table:
            picture_table.draw(request, on.canvas)
    model = story()
    facts = telling(model, request.scene.values(), request.action, model.outcome)
    asked = ask_for(model.outcome, event=model[model.outcome].states[-1], evidence=facts, world=request.action)
    if not frame.talking():
        picture_cards.others(request, on.several)
        with on.crop.container():  # a container of this turn's own: in on.crop itself each turn would add one more
            cropping.draw(request)
        with on.under:
            workings.panel("pictures", model, asked)
    return asked


def page() -> None:
    """The whole page, from the choice of a picture to the sentence to take home."""
    now = choose()
    step = steps.walk(__file__, "pictures", STEPS)
    on = stage(now, step)
    with now.knob:
        asked = turn(now, step, on)
    if not frame.talking():
        action = {s.variable: s.value for s in asked.event[0].world}
        takeaway.panel("pictures", story(), asked, graph="graph_pictures", action=action)
    example = ask_for("Place", event="beach", evidence={ASKED: FIRST})
    foot.draw("pictures", story(), 3, ("counterfactual", "confounding", "abduction", "exogenous"), example)


page()
