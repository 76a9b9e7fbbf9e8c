"""Curve fitting: units one could have measured, the line that seeing fits through them, and where it only guesses."""

from __future__ import annotations

import streamlit as st

import causal
from causal.model import Model
from pages.ui import charts, controls, curves, live_slider, numbers, people, sentences
from pages.ui.measure import Measure
from pages.ui.texts import say

UNITS, SEED = 200, 1


@st.cache_data(max_entries=50, show_spinner=False)
def _units(_model: Model, key: int, x: str, y: str) -> tuple[list[float], list[float]]:
    values = causal.draw(_model, UNITS, SEED).values()
    return values[x].tolist(), values[y].tolist()


def draw(model: Model, treated: str, measure: Measure, seen: people.Facts) -> None:
    """The scatter of units, the prediction for every value of the treatment, and what it says outside the data."""
    x, y = model[treated], measure.variable
    if not x.continuous or x.name == y.name:
        return
    low, high, _ = controls.limits(x)
    at = float(seen.get(treated, controls.start_of(model, treated)))
    ends = causal.sweep(model, measure.term(evidence={treated: low}), treated, (low, high))
    rows = [("see", end, answer.value) for end, answer in zip((low, high), ends, strict=True)]
    xs, ys = _units(model, hash(model), x.name, y.name)
    st.header(say("fit.title"), anchor=False)
    chart, words = st.columns([7, 5], gap="medium")
    with chart:
        alt = say("fit.alt", x=sentences.noun(x), y=sentences.noun(y))
        rule = None if live_slider.moving(f"see_at_{treated}") else at
        curves.lines(rows, x, charts.axis(y), "see_fit", alt, at=rule, domain=controls.limits(y)[:2], units=(xs, ys))
    with words:
        outside = not min(xs) <= at <= max(xs)
        reach = {"low": numbers.quantity(x, min(xs)), "high": numbers.quantity(x, max(xs))}
        st.markdown(say("fit.words", units=UNITS, x=sentences.noun(x), **reach))
        st.markdown(say("fit.outside" if outside else "fit.inside", at=numbers.quantity(x, at)))
