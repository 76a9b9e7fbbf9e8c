"""Controls that live in the link: every one has a default, and goes back to it on a reset or a new story."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, TypeVar

import streamlit as st

import causal
from causal.models.model import Model, Variable
from causal.queries.query import terms
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import link, live_slider
from pages.ui.controls.link import BIND, reset, settle
from pages.ui.words.escaping import clean, plain

__all__ = ["BIND", "reset", "settle"]

Number = TypeVar("Number", int, float)

MOST_PILLS = 10
"""With more variables to choose from, a list that opens."""


def pick(
    label: str, model: Model, choice: Sequence[str], key: str, default: str, on_change: Callable[[], None] | None = None
) -> str:
    """Choose one variable; pills, so that all are in sight, where they are few enough for that."""
    if len(choice) > MOST_PILLS:
        return choose(label, model, choice, key, default, on_change)
    words = link.distinct({n: plain(model[n].label) for n in choice})
    held = link.one(key, words, default)
    st.pills(label, choice, default=held, required=True, wrap=True, **link.shown(key, held, words, on_change))
    return held


def pick_several(label: str, model: Model, choice: Sequence[str], key: str, default: Collection[str]) -> list[str]:
    """Choose any number of variables; pills where they are few enough to be in sight."""
    if len(choice) <= MOST_PILLS:
        return any_of(label, {n: plain(model[n].label) for n in choice}, key, default)
    words = link.distinct({n: clean(model[n].label) for n in choice})
    held = link.several(key, words, default)
    st.multiselect(label, choice, default=held, **link.shown(key, held, words))
    return held


def any_of(label: str, options: Mapping[str, str], key: str, default: Collection[str]) -> list[str]:
    """Choose any number of a few options; ``options`` gives each its words (Markdown, escaped)."""
    words = link.distinct(options)
    held = link.several(key, words, default)
    st.pills(label, list(words), default=held, selection_mode="multi", wrap=True, **link.shown(key, held, words))
    return held


def choose(
    label: str, model: Model, choice: Sequence[str], key: str, default: str, on_change: Callable[[], None] | None = None
) -> str:
    """Choose one variable from a closed list, where pills would take too much room."""
    return from_list(label, {n: clean(model[n].label) for n in choice}, key, default, on_change)


def from_list(
    label: str,
    options: Mapping[str, str],
    key: str,
    default: str,
    on_change: Callable[[], None] | None = None,
    **layout: Any,
) -> str:
    """Choose one option from a closed list; ``options`` gives each its words."""
    words = link.distinct(options)
    held, names = link.one(key, words, default), list(words)
    st.selectbox(label, names, index=names.index(held), **link.shown(key, held, words, on_change), **layout)
    return held


def switch(label: str, key: str, default: bool = False, help: str | None = None) -> bool:
    """Turn something on or off."""
    settle(key, default, lambda v: isinstance(v, bool))
    return st.toggle(label, value=default, key=key, bind=BIND, help=help)


def chance(model: Model, prefix: str) -> bool:
    """Whether to draw chance that moves one variable only (no switch where there is none)."""
    if not any(sum(u.name in v.parents for v in model) == 1 for u in model.exogenous):
        return False
    return switch(say("graph.chance"), f"{prefix}_chance", help=say("graph.chance_help"))


def one_of(
    label: str, options: Mapping[str, str], key: str, default: str, quiet: bool = False, help: str | None = None
) -> str:
    """Choose one of a few options; ``options`` gives each its words (Markdown, escaped)."""
    words = link.distinct(options)
    held, names = link.one(key, words, default), list(words)
    layout: dict[str, Any] = {"wrap": True, "label_visibility": "collapsed" if quiet else "visible", "help": help}
    st.segmented_control(label, names, default=held, required=True, **link.shown(key, held, words), **layout)
    return held


def along(label: str, options: Mapping[str, str], key: str, default: str, live: bool = False) -> str:
    """Choose one of several options that have an order, by a slider. Live: it counts while it is held."""
    words = link.distinct(options)
    chosen, names = link.one(key, words, default), list(words)
    st.select_slider(label, names, value=chosen, **link.shown(key, chosen, words))
    held = live_slider.held(f"{key}_labels") if live else None
    return chosen if held is None else names[round(held * (len(names) - 1))]


def size(label: str, sizes: Sequence[int], key: str, default: int, live: bool = False) -> int:
    """Choose one of several numbers of units."""
    return int(along(label, {str(n): numbers.whole(n) for n in sizes}, key, str(default), live))


def value(label: str, variable: Variable, key: str, default: str | float, live: bool = False) -> str | float:
    """Choose a value of a variable: a slider, over its range or over its states. Live: it counts while it is held."""
    if variable.states:
        return _state(label, variable, key, str(default), live)
    low, high, step = limits(variable)
    start = nearest(variable, float(default))
    shown = numbers.with_unit(f"%.{decimals(variable)}f", _unit(variable))
    chosen = slider(label, key, (low, high, step), start, format=shown)
    held = live_slider.held(key) if live else None
    return nearest(variable, chosen if held is None else low + held * (high - low))


def slider(label: str, key: str, scale: tuple[Number, Number, Number], start: Number, **layout: Any) -> Number:
    """Choose a number by a slider; ``scale`` is where it begins and ends, and its step."""
    low, high, step = scale
    settle(key, start, lambda v: isinstance(v, type(start)) and low <= v <= high)
    chosen: Number = st.slider(label, low, high, start, step, key=key, bind=BIND, **layout)
    return chosen


def download(label: str, text: str | Callable[[], str], name: str, key: str, icon: str | None = None) -> None:
    """A button that hands out a text file; a function writes it once somebody asks for it."""
    written = partial(_encoded, text) if callable(text) else text.encode("utf-8", "replace")
    st.download_button(label, written, name, key=key, icon=icon, on_click="ignore")


def whole(label: str, key: str, most: int, help: str | None = None) -> int:
    """Choose a whole number from 1 on; a field of floats, since a link with 1e999 breaks Streamlit's field of ints."""
    settle(key, 1.0, lambda v: isinstance(v, float) and 1.0 <= v <= most)
    chosen = st.number_input(label, 1.0, float(most), 1.0, 1.0, "%.0f", key=key, bind=BIND, help=help)
    return int(chosen)


def limits(variable: Variable) -> tuple[float, float, float]:
    """Where a continuous variable's slider begins and ends, and its step."""
    low, high = variable.range or (-3.0, 3.0)
    return float(low), float(high), float(variable.step or (high - low) / 100)


def nearest(variable: Variable, x: float) -> float:
    """The slider's position nearest to a value."""
    low, high, step = limits(variable)
    return min(max(round(low + round((x - low) / step) * step, 10), low), high)


def decimals(variable: Variable) -> int:
    """How many decimals the slider's step needs."""
    return min(6, len(f"{limits(variable)[2]:.6f}".rstrip("0").partition(".")[2]))


@lru_cache(maxsize=256)
def start_of(model: Model, name: str) -> str | float:
    """Where a variable's control starts: where the model's own published answers set or see it, else in the middle."""
    variable = model[name]
    for expected in model.expected:
        for term in terms(causal.parse(expected.query, model)):
            worlds = [setting for atom in (*term.event, *term.evidence) for setting in atom.world]
            for held in (*term.action, *worlds, *term.evidence):
                if held.variable == name and held.value is not None:
                    return variable.support.read(held.value)
    return variable.states[0] if variable.states else sum(limits(variable)[:2]) / 2


def _state(label: str, variable: Variable, key: str, default: str, live: bool) -> str:
    if len(variable.states) == 1:
        return variable.states[0]
    return along(label, {s: clean(variable.label_of(s)) for s in variable.states}, key, default, live)


def _encoded(write: Callable[[], str]) -> bytes:
    return write().encode("utf-8", "replace")


def _unit(variable: Variable) -> str:
    return clean(variable.unit).replace("%", "%%") if variable.unit else ""
