"""The question laboratory: what must a prompt hold, so that a language model's question has an answer at all?"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.labs.questions.grading.difficulty import difficulty
from causal.labs.questions.grading.keys import key
from causal.labs.questions.writing.levels import LEVELS, verdict
from causal.labs.questions.writing.naming import NAMINGS, OWN
from causal.labs.questions.writing.plain_words import tell
from causal.labs.questions.writing.prompting import prompt
from causal.labs.questions.writing.question_sheet import Question, measured, sheet, told
from causal.models.model import Model
from causal.words.catalogue import say
from causal.words.grammar import listed
from pages.ui.controls import controls, stories
from pages.ui.derive import derivation_step
from pages.ui.drawing import world_graph
from pages.ui.drawing.dot import Scene, closer
from pages.ui.questions import question_live, question_packs, question_replies, question_table
from pages.ui.shell import foot, frame, steps, workings
from pages.ui.words.escaping import plain, prose

ICON = ":material/forum:"
SECTION = "labs"
GRAPHS = True  # of a model without numbers it says so, and asks about another story

INSTEAD = "kidney-stones"
FIRST = "done"

frame.enter(__file__)
st.title(f"{ICON} {say('questions.title')}", anchor=False)


def usable(model: Model) -> Model:
    """The story, or another one where nothing can be asked of it."""
    if told(model) is not None:
        if len(measured(told(model))) < len(measured(model)):
            with st.container(key="quiet_questions_core"):
                st.caption(say("questions.core", n=len(measured(told(model)))))
        return model
    other = stories.shipped(INSTEAD)
    st.info(say("questions.borrowed", title=plain(other.title)), icon=":material/info:")
    return other


def question() -> Question:
    """Choose the kind of question."""
    names = {
        name: say("questions.option", rung=q.rung, question=question_table.row(q)) for name, q in questions.items()
    }
    first = FIRST if FIRST in questions else next(iter(questions))
    return questions[controls.from_list(say("questions.ask"), names, "questions_ask", first)]


def below() -> tuple[DeltaGenerator, ...]:
    """The places of the prompt and of the answers to it; the pack, and the four places where assumptions live."""
    tabs = st.tabs([say(f"questions.{name}") for name in ("prompt", "reply", "live", "pack", "places")])
    with tabs[3]:
        question_packs.draw(story)
    with tabs[4]:
        st.markdown(say("questions.places_how"))
        for one, two in (("data", "architecture"), ("parameters", "prompt")):
            left, right = st.columns(2, gap="medium")
            left.markdown(say(f"questions.place_{one}"))
            right.markdown(say(f"questions.place_{two}"))
    return tuple(tab.container() for tab in tabs[:3])


@st.fragment
def move() -> None:
    """The question, what its prompt holds, and all that follows from these."""
    asked = question()
    with holds:
        options = {name: say(f"chatbot.level.{name}") for name in LEVELS}
        chosen = controls.one_of(say("questions.level"), options, "questions_level", "data")
    level = next(name for name in LEVELS if name == chosen)
    found, marks = verdict(asked, level), key(asked, level)
    with said:
        st.markdown(prose(tell(asked)))
    with answer:
        question_table.answer(asked, marks, found)
    with graded:
        hard = difficulty(asked, found.low if found.kind == "number" else None)
        reasons = listed(say(reason) for reason in hard.reasons)
        st.caption(say("questions.difficulty", grade=hard.grade, reasons=reasons))
    with table:
        question_table.draw(tuple(questions.values()), asked, level)
    if not tabs:
        return
    written, (one, two, three) = prompt(asked, level), tabs
    with one:
        st.markdown(say("questions.prompt_how"))
        st.code(written, language=None, wrap_lines=True)
    with two:
        question_replies.pasted(marks)
    with three.container():
        question_live.draw(written, marks)
    with under:
        workings.panel("questions", asked.model, asked.query)


if not frame.talking():
    st.markdown(say("questions.lead"))
frame.engine()
# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
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
questions = {q.family.key: q for q in sheet(model, seed)} if model is not None else {}
left, right = st.columns([5, 6], gap="medium")
with left:
    said, answer = st.container(key="questions_said"), st.container(key="answer")
    with st.container(key="quiet_questions_graph"):
        graded = st.container()
        shown = closer(derivation_step.measured(next(iter(questions.values())).model))
        alt = say("questions.alt", graph=world_graph.described(shown))
        world_graph.canvas(shown, "questions").draw(Scene(), alt=alt)
table = right.container()
tabs = () if frame.talking() else below()
under = st.container()
with which:
    move()
if frame.talking():
    steps.listen(__file__, "questions_level", LEVELS)
else:
    st.caption(say("questions.honest"))
st.markdown(f"**{say('questions.home')}**")
foot.draw("questions", story, 3, ("identifiable", "do", "counterfactual", "coupling"), None)
