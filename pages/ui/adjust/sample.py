"""What a table of n units reports with a set: its estimate and interval, the table itself, and the table as a file."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.errors import ImpossibleEvidence
from causal.models.model import Model, Variable
from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.adjust.prices import Effect, price
from pages.ui.controls import controls, people
from pages.ui.controls.measure import Gap
from pages.ui.drawing import charts
from pages.ui.shell import frame
from pages.ui.words import quantities, sentences
from pages.ui.words.escaping import plain

if TYPE_CHECKING:
    from causal.effects.price import Price
    from causal.studies.estimation import Estimate

SIZES = (50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000)
USUAL = 200
"""The axis leaves room for the interval of so many units."""

ROWS = 6


def size() -> tuple[int, int]:
    """How many units the table has, and which of all such tables it is."""
    slider, which = st.columns([3, 2], vertical_alignment="bottom")
    with slider:
        n = controls.size(say("sample.size"), SIZES, "adjust_n", 500, live=True)
    with which, st.container(key="quiet_adjust_seed"):
        seed = controls.whole(say("sample.which"), "adjust_seed", 9999, say("sample.which_help"))
    return n, seed


def draw(effect: Effect, n: int, seed: int, place: DeltaGenerator) -> None:
    """The estimate with its interval, in words; and in ``place`` on one axis with the report and the truth."""
    found = _estimate(effect, n, seed)
    variable = effect.measure.variable
    if found.value is None or found.low is None or found.high is None:
        st.markdown(say("sample.empty", n=numbers.Whole(n)))
        frame.keep(place)
        return
    ends = Gap(variable, found.low, found.high)
    left_out = say("sample.left_out", n=numbers.Whole(n - found.n)) if found.n < n else ""
    said = say("sample.says", n=numbers.Whole(n), value=Gap(variable, found.value), ends=ends)
    st.markdown(grammar.together(said, left_out))
    with suppress(ImpossibleEvidence), place:  # then there is no report to hold the table against
        _chart(effect, n, found, price(effect), seed)


def table(effect: Effect, n: int, seed: int) -> None:
    """The first units of the table, and all of them as a file."""
    shown = [effect.model[name] for name in people.observed(effect.model)]
    rows = [
        f"| {say('sample.unit')} | " + " | ".join(plain(charts.axis(v)) for v in shown) + " |",
        "|--:|" + "--:|" * len(shown),
    ]
    for i, unit in enumerate(_head(effect.model, seed), start=1):
        rows.append(f"| {i} | " + " | ".join(_cell(v, unit[v.name]) for v in shown) + " |")
    rows.append("| … |" + " |" * len(shown))
    st.header(say("sample.title"), anchor=False)
    st.markdown("\n".join(rows))
    controls.download(
        say("sample.csv", n=numbers.Whole(n)),
        lambda: units(effect.model, n, seed).set_axis(range(1, n + 1)).to_csv(index_label="unit"),
        "adjust.csv",
        "adjust_csv",
        ":material/download:",
    )


def _cell(variable: Variable, value: str | float) -> str:
    return quantities.bare(variable, value)


def units(model: Model, n: int, seed: int) -> Any:
    """A table of what somebody can measure of n units; a larger one begins with the same units."""
    return causal.draw(model, n, seed).values()[list(people.observed(model))]


@lru_cache(maxsize=512)
def _estimate(effect: Effect, n: int, seed: int) -> Estimate:
    from causal.studies import standardisation

    table_of = units(effect.model, n, seed)
    asked = effect.model, effect.x, effect.y, effect.given, effect.arms, effect.measure.event
    return standardisation.from_table(table_of, *asked)


@lru_cache(maxsize=128)
def _head(model: Model, seed: int) -> list[dict[str, str | float]]:
    return units(model, ROWS, seed).to_dict("records")


def _chart(effect: Effect, n: int, found: Estimate, exact: Price, seed: int) -> None:
    rows = [
        ("do", say("sample.truth"), exact.effect, exact.effect, exact.effect),
        ("see", say("sample.report"), exact.effect_reported, exact.effect_reported, exact.effect_reported),
        ("all", say("sample.units"), found.low, found.value, found.high),
    ]
    usual = _estimate(effect, USUAL, seed)
    span = [x for x in (exact.effect, exact.effect_reported, usual.low, usual.high) if x is not None]
    alt = say("sample.alt", n=numbers.Whole(n), what=sentences.what(effect.measure.variable, effect.measure.event))
    charts.whiskers(rows, effect.measure.variable, span, "adjust_chart", alt)
