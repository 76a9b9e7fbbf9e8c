"""All that makes the effect computable from what is seen: sets to adjust for, front doors, instruments, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from causal.graphs import criteria, instruments
from causal.models.model import Model
from causal.words import grammar
from causal.words.catalogue import known, say
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

MOST = 12


@lru_cache(maxsize=128)
def _found(model: Model, x: str, y: str) -> criteria.SatisfiedCriteria:
    return criteria.adjust(model, x, y)


def draw(model: Model, x: str, y: str) -> None:
    """What every criterion found: the smallest sets to adjust for as buttons, and in words the ways round."""
    found = _found(model, x, y)
    for criterion, entries in found.found:
        if criterion == "adjustment":
            _buttons(model, x, y, entries)
            continue
        told = [e for e in entries if criterion != "instruments" or instruments.gives_effect(model, x, e[1])]
        for entry in told[:MOST]:
            st.markdown(_said(model, criterion, entry, x, y))


def _buttons(model: Model, x: str, y: str, sets: Sequence[tuple[str, ...]]) -> None:
    st.markdown(say("sets.adjustment" if sets else "sets.no_adjustment", **_ends(model, x, y)))
    with st.container(horizontal=True):
        for i, chosen in enumerate(sets[:MOST]):
            st.button(_label(model, chosen), key=f"adjust_set_{i}", on_click=_take, args=(chosen,))
    if len(sets) > MOST:
        st.caption(say("sets.more", most=MOST))


def _said(model: Model, criterion: str, entry: tuple[str, ...] | tuple[str, tuple[str, ...]], x: str, y: str) -> str:
    """One thing that satisfies a criterion, a set of variables or one variable given others, in its own sentence."""
    key = f"sets.{criterion}" if known(f"sets.{criterion}") else "sets.other"
    match entry:
        case (name, tuple(given)):
            noun = sentences.noun(model[name])
            whom = say("sets.alike", given=sentences.nouns(model, given), noun=noun) if given else grammar.capital(noun)
        case names:
            whom = sentences.nouns(model, names)
    return say(key, whom=whom, criterion=plain(criterion.replace("_", " ")), **_ends(model, x, y))


def _ends(model: Model, x: str, y: str) -> dict[str, str]:
    return {"x": sentences.noun(model[x]), "y": sentences.noun(model[y])}


def _label(model: Model, chosen: Sequence[str]) -> str:
    return grammar.listed(plain(model[n].label) for n in chosen) if chosen else say("sets.nothing")


def _take(chosen: Sequence[str]) -> None:
    st.session_state["adjust_for"] = list(chosen)
