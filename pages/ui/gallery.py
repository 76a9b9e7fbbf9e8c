"""Which graph an adjustment is tried on: the story's own, or one of the small graphs that textbooks argue about."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

import causal
from causal.files import gallery
from causal.model import Model
from pages.ui import controls
from pages.ui.texts import clean, say, section

OWN = "story"
KEY = "adjust_graph"


@lru_cache(maxsize=1)
def _paths() -> dict[str, Path]:
    return {path.stem: path for path in gallery()}


@st.cache_resource(max_entries=100)
def _shipped(name: str) -> Model:
    return causal.load(_paths()[name])


def choose(story: Model) -> Model:
    """Choose a graph; the variables of another one are others, so what was chosen among them begins anew."""
    known = [name for name in section("gallery") if name in _paths()]
    options = [OWN, *known, *(name for name in _paths() if name not in known)]
    controls.settle(KEY, OWN, lambda v: v in options, options)
    chosen = st.selectbox(
        say("adjust.graph"), options, format_func=_name, key=KEY, bind=controls.BIND, on_change=_begin_anew
    )
    return story if chosen not in _paths() else _shipped(chosen)


def _name(option: str) -> str:
    if option == OWN:
        return say("adjust.own")
    return section("gallery").get(option) or clean(_shipped(option).title)


def _begin_anew() -> None:
    for key in ("adjust_x", "adjust_y", "adjust_for"):
        controls.reset(key)
