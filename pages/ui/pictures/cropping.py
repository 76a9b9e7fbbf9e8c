"""A picture of which a part is missing: what the rest tells of it, and several imagined pictures, weighted."""

from __future__ import annotations

import streamlit as st

from causal.labs.portrait import imagining
from causal.labs.portrait.drawing import PARTS
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.pictures import picture_cards, portraits
from pages.ui.pictures.picture_cards import PictureRequest
from pages.ui.pictures.portraits import story
from pages.ui.shell import frame


@st.fragment
def draw(request: PictureRequest) -> None:
    """Choose what is cut away; the same request is then asked of what is left."""
    st.header(say("crop.title"), anchor=False)
    left, right = st.columns([3, 10], gap="medium")
    with left:
        cut = _parts()
        missing = frozenset(name for part in cut for name in PARTS[part])
        portraits.show(request.scene, missing, start=say("crop.alt"))
    with right, frame.trouble_shown():
        facts = {name: state for name, state in request.scene.values().items() if name not in missing}
        found = imagining.imagine(story(), facts, request.action, picture_cards.OTHERS)
        several = len(found.likeliest) > 1
        st.markdown(say("crop.several" if several else "crop.one", what=request.words))
        picture_cards.strip(found)


def _parts() -> list[str]:
    options = {part: say(f"crop.{part}") for part in PARTS}
    return controls.any_of(say("crop.cut"), options, "pictures_cut", ["clothes"])
