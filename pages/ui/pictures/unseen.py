"""The same request to a picture model: a portrait of what was never shown, which it makes up of what goes together."""

from __future__ import annotations

import streamlit as st

import causal
from causal.labs.portrait import raster, seeing
from causal.labs.portrait.drawing import PortraitScene
from causal.queries.query import ask_for
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import people
from pages.ui.controls.measure import ask
from pages.ui.pictures import portraits
from pages.ui.shell import long_work
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

KNOB, STATE, KEPT = "Hat", "straw", "Season"
"""A straw hat for somebody in autumn: nobody in the story goes out like that."""


def draw() -> None:
    """A portrait, what the picture model makes of the request, and what that has in common with a curve."""
    model = portraits.story()
    person = people.named(model)[0]
    scene = PortraitScene.of({n: str(v) for n, v in person.facts.items()})
    st.header(say("never.title"), anchor=False)
    one, other, words = st.columns([2, 2, 7], gap="large")
    with one:
        portraits.show(scene)
    learnt: object = None
    with words:
        st.markdown(_asked(model, plain(person.name), scene))
        learnt = long_work.result(seeing.TASK, seeing.ARGUMENTS, "curves_picture", at_once=False)
        if learnt is not None:
            st.markdown(say("never.says"))
        st.page_link("pages/8_pictures.py", label=say("never.link"), icon=":material/palette:")
    if learnt is not None:
        with other:
            made = seeing.Seer(learnt).asked(model, scene, KNOB, STATE)
            portraits.show_pixels(raster.file(made), say("never.alt", what=_what(model)))


def _asked(model: causal.Model, name: str, scene: PortraitScene) -> str:
    """The request, and how often anybody like that is met."""
    share = ask(model, ask_for(KNOB, event=STATE, evidence={KEPT: scene[KEPT]})).value or 0.0
    kept = sentences.clause(model[KEPT], scene[KEPT])
    pictures = numbers.Whole(seeing.ARGUMENTS["pictures"])
    met = numbers.probability(share)
    return say("never.asked", name=name, what=_what(model), kept=kept, share=met, pictures=pictures)


def _what(model: causal.Model) -> str:
    return sentences.clause(model[KNOB], STATE)
