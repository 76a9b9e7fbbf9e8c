"""Controls that live in the link: every one is bound, has a default, and goes back to it on a reset or a new story.

A link may name a variable or state by its label, as the app writes it, or by its name in the model. What a link or an
earlier story left behind and does not fit falls back to the default, silently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

import causal
from causal.models.model import Model, Variable
from causal.queries.query import terms
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import live_slider
from pages.ui.words.escaping import clean, plain

BIND = "query-params"
SHARED = frozenset({"model", "talk"})
MOST_PILLS = 10
"""With more variables to choose from, a list that opens."""


def reset(prefix: str = "") -> None:
    """Have every control whose key starts with ``prefix`` begin anew when it is next drawn."""
    drawn: set[str] = st.session_state.setdefault("_drawn", set())
    _stale().update(key for key in drawn - SHARED if key.startswith(prefix))


def settle(key: str, default: Any, allowed: Callable[[Any], bool], names: Collection[str] = ()) -> None:
    """Before a control is drawn: put it to its default if it must begin anew or holds what is not allowed.

    ``names`` are values that a link may write as they are, besides the labels that the app itself writes.
    """
    st.session_state.setdefault("_drawn", set()).add(key)
    if key in _stale():
        _stale().discard(key)
        st.session_state[key] = default
    elif key not in st.session_state:
        linked = [name for name in st.query_params.get_all(key) if name in names]
        if linked and key not in _taken():
            st.session_state[key] = linked if isinstance(default, list) else linked[0]
            _renamed().add(key)
    elif key in _renamed():
        _renamed().discard(key)
        st.session_state[key] = st.session_state[key]  # a value set a second time is written to the address
    elif not allowed(st.session_state[key]):
        st.session_state[key] = default
        if key in st.query_params:
            _renamed().add(key)  # the link still says what is not allowed
    _taken().add(key)


def keep_shared() -> None:
    """Before a switch to another page, which empties the address: have the shared controls written to it again."""
    _renamed().update(SHARED)


def link_again() -> None:
    """After a page that was linked by names: run once more, so that the address says what the controls hold.

    Streamlit writes only what is set in a later run than the control's first, so that run has to end before.
    """
    if st.session_state.pop("_again", False):
        _renamed().clear()
    elif _renamed():
        _once_more()


@st.fragment(run_every=0.3)
def _once_more() -> None:
    if st.session_state.pop("_waited", False):
        st.session_state["_again"] = True
        st.rerun()
    st.session_state["_waited"] = True


def pick(
    label: str, model: Model, choice: Sequence[str], key: str, default: str, on_change: Callable[[], None] | None = None
) -> str:
    """Choose one variable; pills, so that all are in sight, where they are few enough for that."""
    if len(choice) > MOST_PILLS:
        return choose(label, model, choice, key, default, on_change)
    settle(key, default, lambda v: v in choice, choice)
    chosen = st.pills(
        label,
        choice,
        default=default,
        required=True,
        format_func=lambda n: plain(model[n].label),
        key=key,
        bind=BIND,
        wrap=True,
        on_change=on_change or "rerun",
    )
    return chosen if chosen in choice else default


def pick_several(label: str, model: Model, choice: Sequence[str], key: str, default: Collection[str]) -> list[str]:
    """Choose any number of variables; pills where they are few enough to be in sight."""
    start = [n for n in choice if n in default]
    settle(key, start, lambda held: isinstance(held, list) and all(v in choice for v in held), choice)
    if len(choice) > MOST_PILLS:
        chosen = st.multiselect(
            label, choice, default=start, format_func=lambda n: clean(model[n].label), key=key, bind=BIND
        )
    else:
        chosen = st.pills(
            label,
            choice,
            default=start,
            selection_mode="multi",
            format_func=lambda n: plain(model[n].label),
            key=key,
            bind=BIND,
            wrap=True,
        )
    return [n for n in choice if n in chosen]


def choose(
    label: str, model: Model, choice: Sequence[str], key: str, default: str, on_change: Callable[[], None] | None = None
) -> str:
    """Choose one variable from a closed list, where pills would take too much room."""
    settle(key, default, lambda v: v in choice, choice)
    chosen = st.selectbox(
        label,
        choice,
        index=choice.index(default),
        format_func=lambda n: clean(model[n].label),
        key=key,
        bind=BIND,
        on_change=on_change,
    )
    return chosen if chosen in choice else default


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
    settle(key, default, lambda v: v in options, options)
    chosen = st.segmented_control(
        label,
        list(options),
        default=default,
        required=True,
        format_func=options.__getitem__,
        key=key,
        bind=BIND,
        wrap=True,
        label_visibility="collapsed" if quiet else "visible",
        help=help,
    )
    return chosen if chosen in options else default


def value(label: str, variable: Variable, key: str, default: str | float, live: bool = False) -> str | float:
    """Choose a value of a variable: a slider, over its range or over its states. Live: it counts while it is held."""
    if variable.states:
        return _state(label, variable, key, str(default), live)
    low, high, step = limits(variable)
    start = nearest(variable, float(default))
    settle(key, start, lambda v: isinstance(v, float) and low <= v <= high)
    st.slider(
        label,
        low,
        high,
        start,
        step,
        key=key,
        bind=BIND,
        format=numbers.with_unit(f"%.{decimals(variable)}f", _unit(variable)),
    )
    held = live_slider.held(key) if live else None
    chosen = float(st.session_state[key]) if held is None else low + held * (high - low)
    return nearest(variable, chosen)


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
                    return float(held.value) if variable.continuous else held.value
    return sum(limits(variable)[:2]) / 2 if variable.continuous else variable.states[0]


def _state(label: str, variable: Variable, key: str, default: str, live: bool) -> str:
    states = list(variable.states)
    if len(states) == 1:
        return states[0]
    settle(key, default, lambda v: v in states, states)
    labels = {s: clean(variable.label_of(s)) for s in states}
    if len(set(labels.values())) < len(states):
        labels = {s: f"{labels[s]} ({clean(s)})" for s in states}
    chosen = st.select_slider(label, states, value=default, format_func=labels.__getitem__, key=key, bind=BIND)
    held = live_slider.held(key) if live else None
    if held is not None:
        return states[round(held * (len(states) - 1))]
    return chosen if chosen in states else default


def _unit(variable: Variable) -> str:
    return clean(variable.unit).replace("%", "%%") if variable.unit else ""


def _stale() -> set[str]:
    return st.session_state.setdefault("_stale", set())


def _renamed() -> set[str]:
    return st.session_state.setdefault("_renamed", set())


def _taken() -> set[str]:
    return st.session_state.setdefault("_taken", set())
