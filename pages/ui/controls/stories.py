"""Which model the pages speak of: a shipped story, or one that the visitor opened. Models are frozen and shared."""

from __future__ import annotations

import streamlit as st

import causal
from causal.files import overlay
from causal.files.shelf import MODELS
from causal.models.model import Model
from causal.words import catalogue
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.words.escaping import clean, plain, readable

DEFAULT = "record-sales"
OPENED = "opened"
LARGEST = 200_000
"""A model that a visitor opens has at most so many bytes."""


@words_cache(200)
def shipped(name: str) -> Model:
    """A story that comes with the app, in the language that is spoken."""
    return overlay.worded(MODELS / f"{name}.toml", catalogue.current())


def current() -> Model:
    """The model that the visitor chose."""
    chosen = st.session_state.get("model", DEFAULT)
    opened: Model | None = st.session_state.get("opened_model")
    return opened if chosen == OPENED and opened else shipped(chosen if chosen in causal.shipped() else DEFAULT)


def picker() -> None:
    """Choose a story; it stays with the visitor from page to page."""
    others = [name for name in causal.shipped() if name != DEFAULT]
    options = [DEFAULT, *others, *([OPENED] if "opened_model" in st.session_state else [])]
    controls.from_list(
        say("frame.story"),
        {name: _title(name) for name in options},
        "model",
        DEFAULT,
        on_change=controls.reset,
        label_visibility="collapsed",
        width=250,
    )


def opener() -> None:
    """Open a model of one's own; what is wrong with it is said in place, and nothing that was there is lost."""
    with st.popover(say("frame.open"), icon=":material/file_open:", help=say("frame.open"), type="tertiary"):
        st.markdown(say("frame.open_how"))
        st.file_uploader(
            say("frame.open"), type=["toml", "json"], key="open_file", on_change=_open, label_visibility="collapsed"
        )
        if wrong := st.session_state.get("open_error"):
            st.error(wrong, icon=":material/error:")
        elif "opened_model" in st.session_state:
            st.caption(say("frame.opened", title=plain(_title(OPENED))))


def _title(name: str) -> str:
    if name == OPENED:
        model = st.session_state["opened_model"]
        return clean(model.title or model.id or say("frame.untitled"))
    return clean(shipped(name).title)


def _open() -> None:
    file = st.session_state.get("open_file")
    st.session_state.pop("open_error", None)
    if file is None:
        return
    if file.size > LARGEST:
        st.session_state["open_error"] = say("frame.too_big")
        return
    try:
        model = causal.loads(file.getvalue(), clean(file.name))
    except causal.CausalError as error:
        st.session_state["open_error"] = plain_message(error)
        return
    take(model)


def choose(name: str) -> None:
    """Have the pages speak of another shipped story; to be called before anything is drawn."""
    st.session_state["model"] = name
    controls.reset()


def title_of(name: str) -> str:
    """A shipped story's title as a button says it."""
    return plain(_title(name))


def take(model: Model) -> None:
    """Have the pages speak of a model that is not shipped; to be called before anything is drawn."""
    st.session_state["opened_model"], st.session_state["model"] = model, OPENED
    controls.reset()


def plain_message(error: causal.CausalError) -> str:
    """An error's message, which quotes what a visitor wrote, escaped for Markdown."""
    return "\n\n".join(line for written in error.message.splitlines() if (line := readable(written)))
