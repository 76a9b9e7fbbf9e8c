"""All that makes the effect computable from what is seen: sets to adjust for, front doors, instruments, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from causal.graphs import criteria, instruments
from causal.models.model import Model
from pages.ui.words import sentences
from pages.ui.words.texts import plain, say

MOST = 12


@lru_cache(maxsize=128)
def _found(model: Model, x: str, y: str) -> criteria.Identified:
    return criteria.adjust(model, x, y)


def draw(model: Model, x: str, y: str) -> None:
    """The smallest sets, each a button that adjusts for it; then the ways round where no set will do."""
    found = _found(model, x, y)
    names = {"x": sentences.noun(model[x]), "y": sentences.noun(model[y])}
    sets: Sequence[tuple[str, ...]] = found["adjustment"]
    st.markdown(say("sets.adjustment" if sets else "sets.no_adjustment", **names))
    with st.container(horizontal=True):
        for i, chosen in enumerate(sets[:MOST]):
            st.button(_label(model, chosen), key=f"adjust_set_{i}", on_click=_take, args=(chosen,))
    if len(sets) > MOST:
        st.caption(say("sets.more", most=MOST))
    for through in found["front_door"][:MOST]:
        st.markdown(say("sets.front_door", through=_nouns(model, through), **names))
    sound = [(name, given) for name, given in found["instruments"] if instruments.gives_effect(model, x, given)]
    for name, given in sound[:MOST]:
        noun = sentences.noun(model[name])
        whom = say("sets.alike", given=_nouns(model, given), noun=noun) if given else sentences.capital(noun)
        st.markdown(say("sets.instrument", whom=whom, **names))


def _label(model: Model, chosen: Sequence[str]) -> str:
    return sentences.listed(plain(model[n].label) for n in chosen) if chosen else say("sets.nothing")


def _take(chosen: Sequence[str]) -> None:
    st.session_state["adjust_for"] = list(chosen)


def _nouns(model: Model, names: Sequence[str]) -> str:
    return sentences.listed(sentences.noun(model[n]) for n in names)
