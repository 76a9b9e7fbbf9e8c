"""The question laboratory: what must a prompt hold, so that a language model's question has an answer at all?"""

from dataclasses import dataclass

import streamlit as st

import causal
from causal.labs.questions.difficulty import difficulty
from causal.labs.questions.keys import Key, key
from causal.labs.questions.levels import LEVELS, Level, verdict
from causal.labs.questions.naming import NAMINGS, OWN
from causal.labs.questions.prompting import prompt
from causal.labs.questions.sheet import Question, measured, sheet, told
from causal.labs.questions.telling import tell
from causal.labs.questions.wording import listed
from causal.labs.questions.wording import say as word
from causal.model import Model
from pages.ui import (
    controls,
    deriving,
    foot,
    frame,
    graph,
    question_live,
    question_packs,
    question_replies,
    question_table,
    steps,
    stories,
    workings,
)
from pages.ui.drawing import Scene
from pages.ui.texts import plain, prose, say

TITLE = "Assumptions"
ICON = ":material/forum:"
SECTION = "Labs"
HELP = "What must a chatbot be told, so that a question has an answer? Write questions, grade answers."
GRAPHS = True  # of a model without numbers it says so, and asks about another story

INSTEAD = "kidney-stones"
FIRST = "done"

frame.enter(__file__)
st.title(f"{ICON} {say('questions.title')}", anchor=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """The story as it is told, its questions, the one that is asked, and what the prompt holds."""

    story: Model
    questions: tuple[Question, ...]
    asked: Question
    level: Level


def choose() -> Choice:
    """Which question, in which words, with which assumptions."""
    story = usable(stories.current())
    if frame.talking():
        which, holds = st.columns([5, 6], gap="medium", vertical_alignment="bottom")
        names = number = st.container(key="quiet_questions_names")
    else:
        which, names, number = st.columns([6, 6, 3], gap="medium", vertical_alignment="bottom")
        holds = st.container()
    with number:
        seed = controls.whole(say("questions.seed"), "questions_seed", 9999, help=say("questions.seed_help"))
    with names:
        namings = {name: say(f"questions.{name}") for name in NAMINGS}
        naming = controls.one_of(say("questions.names"), namings, "questions_names", OWN)
    model = told(story, naming, seed)
    found = {q.family.key: q for q in sheet(model, seed)} if model is not None else {}
    with which:
        asked = question(found)
    with holds:
        options = {name: word(f"level.{name}") for name in LEVELS}
        level = controls.one_of(say("questions.level"), options, "questions_level", "data")
    return Choice(story, tuple(found.values()), found[asked], next(name for name in LEVELS if name == level))


def usable(model: Model) -> Model:
    """The story, or another one where nothing can be asked of it."""
    if told(model) is not None:
        if len(measured(told(model))) < len(measured(model)):
            with st.container(key="quiet_questions_core"):
                st.caption(say("questions.core", count=len(measured(told(model)))))
        return model
    other = causal.load(INSTEAD)
    st.info(say("questions.borrowed", title=plain(other.title)), icon=":material/info:")
    return other


def question(found: dict[str, Question]) -> str:
    """Choose the kind of question."""
    names = {name: f"{q.rung} · {question_table.row(q)}" for name, q in found.items()}
    first = FIRST if FIRST in found else next(iter(found))
    controls.settle("questions_ask", first, lambda v: v in found, found)
    chosen = st.selectbox(
        say("questions.ask"),
        list(found),
        index=list(found).index(first),
        format_func=names.__getitem__,
        key="questions_ask",
        bind=controls.BIND,
    )
    return chosen if chosen in found else first


def below(now: Choice, marks: Key) -> None:
    """The prompt, the answers to it, the pack, and the four places."""
    written = prompt(now.asked, now.level)
    tabs = st.tabs([say(f"questions.{name}") for name in ("prompt", "reply", "live", "pack", "places")])
    with tabs[0]:
        st.markdown(say("questions.prompt_how"))
        st.code(written, language=None, wrap_lines=True)
    with tabs[1]:
        question_replies.pasted(marks)
    with tabs[2]:
        question_live.draw(written, marks)
    with tabs[3]:
        question_packs.draw(now.story)
    with tabs[4]:
        st.markdown(say("questions.places_how"))
        for one, two in (("data", "architecture"), ("parameters", "prompt")):
            left, right = st.columns(2, gap="medium")
            left.markdown(say(f"questions.place_{one}"))
            right.markdown(say(f"questions.place_{two}"))


def page() -> None:
    """The whole page."""
    if not frame.talking():
        st.markdown(say("questions.lead"))
    frame.engine()
    now = choose()
    asked, found = now.asked, verdict(now.asked, now.level)
    marks = key(asked, now.level)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        with st.container(key="questions_said"):
            st.markdown(prose(tell(asked)))
        with st.container(key="answer"):
            question_table.answer(asked, marks, found)
        with st.container(key="quiet_questions_graph"):
            hard = difficulty(asked, found.low if found.kind == "number" else None)
            reasons = listed(word(f"difficulty.{reason}") for reason in hard.reasons)
            st.caption(say("questions.difficulty", grade=hard.grade, reasons=reasons))
            shown = deriving.measured(asked.model)
            graph.canvas(shown, "questions").draw(Scene(), alt=say("questions.alt", graph=graph.described(shown)))
    with right:
        question_table.draw(now.questions, asked, now.level)
    if frame.talking():
        steps.listen(__file__, "questions_level", LEVELS)
    else:
        below(now, marks)
        workings.panel("questions", asked.model, asked.query)
        st.caption(say("questions.honest"))
    st.markdown(f"**{say('questions.home')}**")
    foot.draw("questions", now.story, 3, ("identifiable", "do", "counterfactual", "coupling"), None)


page()
