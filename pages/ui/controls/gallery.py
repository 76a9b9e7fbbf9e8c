"""Which graph a page is tried on: the story's own, or one of the small graphs that textbooks argue about."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from causal.files import overlay
from causal.files.shelf import gallery
from causal.models.model import Model
from causal.words import catalogue
from causal.words.caching import words_cache
from causal.words.catalogue import say, section
from pages.ui.controls import controls
from pages.ui.words.escaping import clean

OWN = "story"


@lru_cache(maxsize=1)
def _paths() -> dict[str, Path]:
    return {path.stem: path for path in gallery()}


@words_cache(100)
def _shipped(name: str) -> Model:
    return overlay.worded(_paths()[name], catalogue.current())


def choose(
    story: Model,
    key: str = "adjust_graph",
    anew: Collection[str] = ("adjust_x", "adjust_y", "adjust_for", "adjust_one", "adjust_other"),
) -> Model:
    """Choose a graph; another one has other variables, so the controls ``anew`` start again."""
    known = [name for name in section("gallery") if name in _paths()]
    options = [OWN, *known, *(name for name in _paths() if name not in known)]
    words = {option: _name(option) for option in options}
    chosen = controls.from_list(say("adjust.graph"), words, key, OWN, on_change=lambda: _begin_anew(anew))
    return story if chosen not in _paths() else _shipped(chosen)


def _name(option: str) -> str:
    if option == OWN:
        return say("adjust.own")
    return section("gallery").get(option) or clean(_shipped(option).title)


def _begin_anew(keys: Collection[str]) -> None:
    for key in keys:
        controls.reset(key)
