"""Choose what is known: any of the variables that somebody can measure, each at a value; and what is asked about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from causal.models.model import Model
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.controls.measure import Measure
from pages.ui.controls.people import Facts
from pages.ui.words.escaping import clean, plain


def known(
    label: str, model: Model, choice: Sequence[str], prefix: str, default: Facts | Collection[str], live: bool = True
) -> dict[str, str | float]:
    """Which variables are known, and at what values; ``default`` may bring its own values."""
    start = dict(default) if hasattr(default, "items") else {n: controls.start_of(model, n) for n in default}
    names = controls.pick_several(label, model, choice, f"{prefix}_known", start)
    return values(model, names, prefix, start, live)


def values(
    model: Model, names: Sequence[str], prefix: str, start: Facts | None = None, live: bool = True
) -> dict[str, str | float]:
    """The value at which each of these variables is known."""
    start = start or {}
    return {
        n: controls.value(
            plain(model[n].label), model[n], f"{prefix}_at_{n}", start.get(n, controls.start_of(model, n)), live
        )
        for n in names
    }


def toggle(prefix: str, choice: Sequence[str]) -> Callable[[str], None]:
    """What a click on the graph does: know a variable, or forget it."""

    def picked(name: str) -> None:
        held = list(st.session_state.get(f"{prefix}_known") or [])
        if name in choice:
            st.session_state[f"{prefix}_known"] = [n for n in choice if (n in held) != (n == name)]
            st.rerun()  # the pills stand outside the moving fragment

    return picked


def setting(prefix: str, choice: Sequence[str]) -> Callable[[str], None]:
    """What a click on the graph does: set this variable, at a value that starts again."""

    def picked(name: str) -> None:
        if name in choice and name != st.session_state.get(f"{prefix}_var"):
            st.session_state[f"{prefix}_var"] = name
            controls.reset(f"{prefix}_x")
            st.rerun()  # the pills stand outside the moving fragment

    return picked


def target(model: Model, choice: Sequence[str], key: str, default: str) -> Measure:
    """What is asked about: a variable, and of a discrete one the state that counts."""
    start = default if default in choice else choice[-1]
    name = controls.choose(say("words.about"), model, choice, key, start)
    variable = model[name]
    if len(variable.states) <= 2:
        return Measure.of(variable)
    states = {s: clean(variable.label_of(s)) for s in variable.states}
    return Measure.of(variable, controls.one_of(say("words.state"), states, f"{key}_state", variable.states[-1]))
