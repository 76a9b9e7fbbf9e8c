"""Portraits on a page: whose it is, the picture with its description in words, and cards that hold one each."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Literal
from urllib.parse import quote

import streamlit as st

from causal.labs.portrait import sitters as draws
from causal.labs.portrait.drawing import DRAWN, PortraitScene, svg
from causal.labs.portrait.raster import thumbnail
from causal.models.model import Model
from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, people, stories
from pages.ui.shell import frame
from pages.ui.words.escaping import clean, plain

Width = int | Literal["stretch"]
"""Of a picture: pixels of the screen, or all the room that there is."""

STORY = "portrait"
ANOTHER = "another"
MOST_SEEDS = 9999
_KEPT = " '/:;=,()"
"""What may stand as it is in an image's address, besides letters and digits."""


def story() -> Model:
    """The model that every portrait is drawn from."""
    return stories.shipped(STORY)


def choose() -> tuple[str, PortraitScene]:
    """Whose portrait it is: one of the story's people, or whoever comes by."""
    model = story()
    persons = {p.id: p for p in people.named(model)}
    options = {**{name: plain(p.name) for name, p in persons.items()}, ANOTHER: say("pictures.another")}
    chosen = controls.one_of(say("pictures.who"), options, "pictures_who", next(iter(persons)))
    if chosen != ANOTHER:
        return persons[chosen].name, PortraitScene.of({n: str(v) for n, v in persons[chosen].facts.items()})
    seed = controls.whole(say("pictures.seed"), "pictures_seed", MOST_SEEDS)
    frame.engine()
    return say("pictures.somebody"), draws.anybody(model, seed)


def settable() -> tuple[str, ...]:
    """The variables that can be turned: all that the picture shows but the person's own features."""
    model = story()
    return tuple(v.name for v in model.endogenous if v.name in DRAWN)


def told(scene: PortraitScene, missing: frozenset[str] = frozenset()) -> str:
    """The picture in words, for whoever does not see it."""
    model = story()
    shown = (
        say("words.fact", label=clean(model[n].label), value=clean(model[n].label_of(scene[n])))
        for n in settable()
        if n not in missing
    )
    return say("pictures.alt", what=grammar.listed(shown, "semicolon"))


def show(
    scene: PortraitScene, missing: frozenset[str] = frozenset(), start: str = "", width: Width = "stretch"
) -> None:
    """The picture, as sharp as the screen; ``start`` begins its description."""
    st.html(_tag(_painted(scene, missing), grammar.together(start, told(scene, missing))), width=width)


def show_pixels(png: bytes, alt: str, sharp: bool = False, width: Width = "stretch") -> None:
    """A picture that is made of pixels; the browser enlarges it, smoothly or (``sharp``) each pixel to a square."""
    st.html(_tag(_packed("png", png), alt, " pixels" if sharp else ""), width=width)


def strip(scenes: Sequence[tuple[PortraitScene, float]]) -> None:
    """Small pictures in a row, each with its probability under it."""
    figures = []
    for scene, weight in scenes:
        share = numbers.probability(weight)
        alt = grammar.together(say("pictures.probable", share=share), told(scene))
        picture = _tag(_packed("webp", thumbnail(scene)), alt)
        figures.append(f"<figure>{picture}<figcaption>{share}</figcaption></figure>")
    st.html(f'<div class="portraits">{"".join(figures)}</div>')


@lru_cache(maxsize=256)
def _painted(scene: PortraitScene, missing: frozenset[str]) -> str:
    """The picture as an image's address: as text, which the connection packs better than base64."""
    return "data:image/svg+xml," + quote(svg(scene, missing).replace('"', "'"), safe=_KEPT)


def _packed(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def _tag(address: str, alt: str, more: str = "") -> str:
    return f'<img class="portrait{more}" alt="{escape(alt)}" src="{address}">'
