"""Which prompt makes which question answerable: a table of symbols and words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from causal.labs.questions.grading.grade import right_answer
from causal.labs.questions.grading.keys import Key
from causal.labs.questions.writing.levels import LEVELS, Level, LevelVerdict, verdict
from causal.labs.questions.writing.question_sheet import Question
from causal.words.catalogue import known, say
from pages.ui.look import look
from pages.ui.shell import frame
from pages.ui.words.escaping import plain

IN_TALK = ("seen", "done", "more-done", "treated", "necessary", "unit")
"""A lecture hall's table has these rows, and that of the question asked."""


def draw(questions: Sequence[Question], now: Question, level: Level) -> None:
    """The table; the question asked and the prompt chosen stand out."""
    heads = {name: say(f"questions.head_{name}") for name in LEVELS}
    heads[level] = say("questions.here", cell=heads[level])
    lines = [say("questions.table", **heads), "|---|---|---|---|---|"]
    for question in questions:
        if frame.talking() and question.family.key not in IN_TALK and question is not now:
            continue
        rung = look.RUNGS[question.rung]
        name = f":{rung.color}[{rung.icon}] {row(question)}"
        cells = [cell(verdict(question, name)) for name in LEVELS]
        if question is now:
            name = f"**{name}**"
            cells = [
                say("questions.here", cell=c) if name == level else c for name, c in zip(LEVELS, cells, strict=True)
            ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    with st.container(key="questions_table"):
        st.markdown("\n".join(lines))
    with st.container(key="quiet_questions_table"):
        st.caption(say("questions.table_how"))


def row(question: Question) -> str:
    """A question in a few words; of something continuous it asks how high, not how often."""
    mean = f"questions.mean_{question.family.key}"
    return say(mean if not question.scene.y and known(mean) else f"questions.row_{question.family.key}")


def cell(found: LevelVerdict) -> str:
    """What one prompt makes of one question."""
    kind = "decided" if found.kind in ("yes", "no") else found.kind
    return say(f"questions.cell_{kind}")


def answer(question: Question, key: Key, found: LevelVerdict) -> None:
    """The answer that follows, large, and why it follows."""
    st.markdown(look.number(question.rung, plain(right_answer(key))))
    if question.asks == "more" and found.kind == "unknown" and found.low is not None:
        why = say("questions.undecided")
    else:
        why = say(f"questions.{found.why.replace('-', '_')}")
    st.markdown(why)
