"""An answer that somebody pasted, or that came live: read, graded, and its wrong road named."""

from __future__ import annotations

import streamlit as st

from causal.labs.questions.grading.grade import Grade, grade, road_ends, tolerance_words
from causal.labs.questions.grading.keys import Key
from causal.labs.questions.reading.written_answer import MOST
from causal.words.catalogue import say
from pages.ui.words.escaping import prose

TYPED = 10 * MOST
"""A longer text the field would not take at all, without a word; of this much the end is read."""

_MARKS = {"right": (":green", "check_circle"), "wrong": (":red", "cancel"), "unread": (":orange", "help")}


def pasted(key: Key) -> None:
    """The field for an answer, and its grade."""
    st.markdown(say("questions.reply_how"))
    text = st.text_area(
        say("questions.reply_what"),
        key="questions_reply",
        max_chars=TYPED,
        height=110,
        placeholder=say("questions.reply_hint"),
    )
    with st.container(key="questions_reply_aloud"):
        if text and text.strip():
            show(grade(key, text))
        if near := tolerance_words(key):
            st.caption(say("questions.reply_tolerance", tolerance=prose(near)))
    ends = road_ends(key)
    if ends:
        with st.expander(say("questions.reply_roads"), type="compact"):
            st.markdown("\n".join(say("questions.reply_road", end=prose(e), road=prose(r)) for e, r in ends))


def show(found: Grade) -> None:
    """A grade: its sign and its sentence."""
    color, sign = _MARKS.get(found.outcome, _MARKS["unread"])
    with st.container(key=f"questions_grade_{found.outcome}"):
        st.markdown(f"{color}[:material/{sign}:] {prose(found.words)}")
