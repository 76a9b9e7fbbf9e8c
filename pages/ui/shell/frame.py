"""What stands round every page: the guard at its door, the story picker, and talk mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.words.catalogue import current, say
from pages.ui.controls import controls, language, stories
from pages.ui.look import look
from pages.ui.shell import server
from pages.ui.shell.menu import slug

_DOCUMENT = look.component("document")


def enter(file: str) -> None:
    """The first line of every page: a first visitor's deep link must not pass by app.py.

    Until a run has called st.navigation, a new server takes pages/ for its old kind of pages and runs them bare.
    """
    if "shell" not in st.session_state:
        st.switch_page("app.py", query_params={**linked(), "goto": [slug(file)]})


def linked() -> dict[str, list[str]]:
    """The whole link, as one hands it on; a list of variables stands in it as one name repeated."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def engine() -> None:
    """Wait until the engine is there, with a skeleton in place of what needs it."""
    if not causal.ready():
        with st.skeleton(height=160):
            server.start().join()


def talking() -> bool:
    """Whether talk mode is on, known before its switch is drawn."""
    return bool(st.session_state.get("talk", st.query_params.get("talk") == "true"))


def draw() -> None:
    """The story picker, Open a model, the language where there are several, the talk switch; and the document."""
    with st.container(key="frame", horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        with st.container(key="frame_story", horizontal=True, vertical_alignment="center", width="content"):
            stories.picker()
            stories.opener()
            language.picker()
        with st.container(key="frame_talk", width="content"):
            controls.switch(say("frame.talk"), "talk", help=say("frame.talk_help"))
            _DOCUMENT(key="document_dress", data=current(), height=1)


@contextmanager
def trouble_shown(*later: DeltaGenerator) -> Iterator[None]:
    """Show what the engine refuses in place, in its words; the rest of the page lives on, and ``later`` is kept."""
    try:
        yield
    except causal.CausalError as error:
        st.error(stories.plain_message(error), icon=":material/block:")
        keep(*later)


def keep(*places: DeltaGenerator) -> None:
    """Keep places that have nothing to show yet.

    A move may draw only where something was drawn when the whole page ran; else Streamlit has no slot for it.
    """
    for place in places:
        place.empty()
