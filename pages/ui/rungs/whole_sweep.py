"""The whole sweep: what seeing and what doing say for every value that the slider can take."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

import causal
from causal.errors import ImpossibleEvidence
from causal.models.model import Model
from causal.queries.query import Term
from causal.words.catalogue import say
from pages.ui.controls import controls, people
from pages.ui.controls.measure import Measure
from pages.ui.drawing import charts, plots
from pages.ui.words import sentences
from pages.ui.words.escaping import clean

STEPS = 24


def draw(model: Model, acted: str, measure: Measure, second: people.Facts, evidence: people.Facts) -> None:
    """Both curves; they do not depend on where the slider stands."""
    variable = model[acted]
    values = variable.states or _grid(*controls.limits(variable)[:2])
    see = _answers(model, measure.term(evidence={**evidence, **second, acted: values[0]}), acted, values)
    do = _answers(model, measure.term(action={acted: values[0], **second}, evidence=evidence), acted, values)
    place = {v: clean(variable.label_of(v)) if variable.states else v for v in values}
    rows = [
        (series, place[v], value)
        for series, found in (("see", see), ("do", do))
        for v, value in zip(values, found, strict=True)
        if value is not None
    ]
    if not rows:
        return
    st.header(say("do.sweep"), anchor=False)
    st.markdown(charts.legend(("see", say("do.see_line")), ("do", say("do.do_line"))))
    title, domain = _vertical(measure, [row[2] for row in rows])
    alt = say("do.sweep_alt", x=sentences.noun(variable), y=sentences.noun(measure.variable))
    plots.lines(rows, variable, title, "do_sweep", alt, domain=domain)


@lru_cache(maxsize=256)
def _answers(model: Model, term: Term, name: str, values: tuple[str | float, ...]) -> tuple[float | None, ...]:
    """One answer a value; None where a value cannot happen together with the evidence."""
    try:
        return tuple(answer.value for answer in causal.sweep(model, term, name, values))
    except ImpossibleEvidence:
        return tuple(_one(model, term, name, value) for value in values)


def _one(model: Model, term: Term, name: str, value: str | float) -> float | None:
    try:
        return causal.sweep(model, term, name, [value])[0].value
    except ImpossibleEvidence:
        return None


def _vertical(measure: Measure, found: list[float]) -> tuple[str, tuple[float, float]]:
    variable = measure.variable
    if not measure.event:
        return charts.axis(variable, lines=2), controls.limits(variable)[:2]
    title = say("words.fact", label=clean(variable.label), value=clean(variable.label_of(measure.event)))
    return title, (0.0, charts.domain_of(found))


def _grid(low: float, high: float) -> tuple[float, ...]:
    return tuple(low + (high - low) * i / STEPS for i in range(STEPS + 1))
