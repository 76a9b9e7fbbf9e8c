"""Curve fitting: units one could have measured, the line that seeing fits through them, and where it only guesses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.models.model import Model, Variable
from causal.words.catalogue import say
from pages.ui.controls import controls, people
from pages.ui.controls.measure import Measure
from pages.ui.drawing import charts, plots
from pages.ui.words import quantities, sentences

UNITS, SEED = 200, 1


@lru_cache(maxsize=64)
def _units(model: Model, x: str, y: str) -> tuple[list[float], list[float]]:
    values = causal.draw(model, UNITS, SEED).values()
    return values[x].tolist(), values[y].tolist()


@dataclass(frozen=True, slots=True)
class Fit:
    """The part that moves: whether the data reach as far as the slider stands."""

    place: DeltaGenerator
    variable: Variable
    low: float
    high: float

    def draw(self, seen: people.Facts) -> None:
        """Say whether the value that is seen lies within the data."""
        at = seen.get(self.variable.name)
        if at is None:
            return
        inside = self.low <= float(at) <= self.high
        said = say("fit.inside" if inside else "fit.outside", at=quantities.quantity(self.variable, float(at)))
        self.place.markdown(said)


def scatter(model: Model, treated: str, measure: Measure) -> Fit | None:
    """The units one could have measured, and the prediction for every value of the treatment."""
    x, y = model[treated], measure.variable
    if not {x.name, y.name} <= model.real_valued or x.name == y.name:
        return None
    low, high, _ = controls.limits(x)
    ends = causal.sweep(model, measure.term(evidence={treated: low}), treated, (low, high))
    rows = [("see", end, answer.value) for end, answer in zip((low, high), ends, strict=True)]
    xs, ys = _units(model, x.name, y.name)
    st.header(say("fit.title"), anchor=False)
    chart, words = st.columns([7, 5], gap="medium")
    with chart:
        alt = say("fit.alt", x=sentences.noun(x), y=sentences.noun(y))
        plots.lines(rows, x, charts.axis(y, lines=2), "see_fit", alt, domain=controls.limits(y)[:2], units=(xs, ys))
    with words:
        reach = {"low": quantities.quantity(x, min(xs)), "high": quantities.quantity(x, max(xs))}
        st.markdown(say("fit.words", units=UNITS, x=sentences.noun(x), **reach))
        return Fit(st.container(), x, min(xs), max(xs))
