"""The language that a visitor reads: what the link says, else the browser's own where it is complete, else English."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from causal.files import overlay
from causal.words import catalogue
from causal.words.catalogue import DEFAULT, say, speak
from pages.ui.controls import link

KEY = "lang"
PSEUDO = "-XA"
"""How the codes of languages end that are made to try the pages, and that nobody reads."""


@lru_cache(maxsize=1)
def known() -> tuple[str, ...]:
    """The languages that a link may name."""
    return catalogue.languages()


@lru_cache(maxsize=1)
def offered() -> tuple[str, ...]:
    """The languages that can be chosen on the page."""
    return tuple(code for code in known() if not code.endswith(PSEUDO) and overlay.complete(code))


def spoken() -> str:
    """The language of the visitor whose page is drawn here and now."""
    if len(known()) == 1:
        return DEFAULT
    chosen = st.session_state.get(KEY) or st.query_params.get(KEY)
    return chosen if chosen in known() else usual()


def usual() -> str:
    """The browser's language where the app has it, else English."""
    locale = st.context.locale or DEFAULT
    return next((code for code in (locale, locale.partition("-")[0]) if code in offered()), DEFAULT)


def picker() -> None:
    """Choose a language, where there are several; it stays with the visitor from page to page."""
    if len(known()) == 1:
        return
    words = {code: _own_name(code) for code in known()}
    held = link.one(KEY, words, usual())
    if len(offered()) > 1:
        names = list(dict.fromkeys([*offered(), held]))
        layout: dict[str, Any] = {"label_visibility": "collapsed", "width": 150}
        st.selectbox(say("frame.language"), names, index=names.index(held), **link.shown(KEY, held, words), **layout)


def _own_name(code: str) -> str:
    with speak(code):
        return say("frame.in_its_own_words")
