"""Charts that follow a slider without a blink: constant Vega-Lite specs, small data, axes that never jump.

Colours are the theme's chart colours by their place (seeing, doing, imagining, a green, everybody), so that light and
dark need no second spec. Curves of normal distributions are drawn by the browser from a mean and a standard deviation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import streamlit as st

from causal.models.model import Variable
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.words.escaping import clean

SERIES = ("see", "do", "imagine", "more", "all")
DASHES: Mapping[str, Sequence[int]] = {"see": (1, 0), "do": (8, 4), "imagine": (2, 3), "more": (10, 3), "all": (1, 0)}
SMALL_DOMAIN = 0.05
ROOM = 36
"""Pixels that a row needs at least, so that its label is not left out."""
Bell = tuple[str, float, float]
Bar = tuple[str, str, float, float]


def bells(rows: Sequence[Bell], variable: Variable, key: str, alt: str, height: int = 190) -> None:
    """Normal curves on a variable's own axis: series, mean and standard deviation each; a spike where it is 0."""
    _, means, sds = zip(*rows, strict=True)
    low, high = variable.range or (min(means) - 4 * max(sds), max(means) + 4 * max(sds))
    show(
        _table(("series", "mean", "sd"), tuple(rows)),
        _bells(axis(variable), float(low), float(high), height),
        key=key,
        alt=alt,
    )


def bars(rows: Sequence[Bar], states: Sequence[str], key: str, alt: str, most: float = 1.0) -> None:
    """Bars of probabilities: series, state label, and the ends between which the probability lies (mostly the same)."""
    data = _table(("series", "state", "low", "high"), tuple(rows))
    show(data, _bars(tuple(states), len({row[0] for row in rows}), most), key=key, alt=alt)


def show(data: pa.Table, spec: Mapping[str, Any], key: str, alt: str) -> None:
    """Draw a chart whose axes write numbers as the language does."""
    st.vega_lite_chart(data, {**spec, **_signs()}, key=key, alt=alt)


@words_cache(16)
def _signs() -> Mapping[str, Any]:
    signs = {"decimal": say("numbers.decimal"), "thousands": say("numbers.group")}
    if signs == {"decimal": ".", "thousands": ","}:
        return {}  # which is how a chart writes them by itself
    return {"config": {"locale": {"number": {**signs, "grouping": [3], "currency": ["", ""]}}}}


@lru_cache(maxsize=2048)
def _table(names: tuple[str, ...], rows: tuple[Bell | Bar, ...]) -> pa.Table:
    return pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))


def axis(variable: Variable, lines: int = 1) -> str:
    """An axis title: the label and its unit, which stands in a line of its own where there are two."""
    key = "charts.axis" if lines == 1 else "charts.axis_lines"
    return say(key, label=clean(variable.label), unit=clean(variable.unit)) if variable.unit else clean(variable.label)


def domain_of(shares: Sequence[float]) -> float:
    """Where an axis of probabilities ends: at 1, or closer where all of them are small."""
    most = max(shares, default=1.0)
    return next((end for end in (0.005, SMALL_DOMAIN) if 0.0 < most <= end), 1.0)


def legend(*series: tuple[str, str]) -> str:
    """Which line is which, in words with the line's own colour."""
    return say("charts.gap").join(say(f"charts.{name}", what=words) for name, words in series)


def _colour(encoding: str = "color") -> dict[str, Any]:
    return {encoding: {"field": "series", "type": "nominal", "scale": {"domain": list(SERIES)}, "legend": None}}


def _dash() -> dict[str, Any]:
    scale = {"domain": list(SERIES), "range": [list(DASHES[s]) for s in SERIES]}
    return {"strokeDash": {"field": "series", "type": "nominal", "scale": scale, "legend": None}}


@lru_cache(maxsize=64)
def _bells(title: str, low: float, high: float, height: int) -> dict[str, Any]:
    curve = [
        {"filter": "datum.sd > 0"},
        {"calculate": "sequence(0, 81)", "as": "i"},
        {"flatten": ["i"]},
        {"calculate": "datum.mean + datum.sd * (datum.i - 40) / 10", "as": "x"},
        {"calculate": "densityNormal(datum.x, datum.mean, datum.sd)", "as": "y"},
    ]
    x = {"field": "x", "type": "quantitative", "title": title, "scale": {"domain": [low, high]}}
    x["axis"] = {"grid": False, "tickCount": 6}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"zero": True, "nice": True}}
    at_mean = {"x": {"field": "mean", "type": "quantitative"}, **_colour()}
    return {
        "height": height,
        "layer": [
            {
                "transform": curve,
                "mark": {"type": "line", "clip": True, "strokeWidth": 3, "aria": False},
                "encoding": {"x": x, "y": y, **_colour(), **_dash(), "detail": {"field": "series"}},
            },
            {
                "transform": [{"filter": "datum.sd <= 0"}],
                "mark": {"type": "rule", "clip": True, "strokeWidth": 5, "aria": False},
                "encoding": at_mean,
            },
        ],
    }


@lru_cache(maxsize=256)
def _bars(states: tuple[str, ...], series: int, most: float) -> dict[str, Any]:
    x = {"type": "quantitative", "title": None, "scale": {"domain": [0, most]}}
    x["axis"] = {"format": "%" if most > SMALL_DOMAIN else ".2%", "tickCount": 4}
    where = {
        "y": {"field": "state", "type": "nominal", "sort": list(states), "title": None, "axis": {"labelLimit": 220}},
        "yOffset": {"field": "series", "type": "nominal", "sort": ["all", *SERIES[:4]]},
        **_colour(),
    }
    mark = {"type": "bar", "clip": True, "cornerRadiusEnd": 2, "aria": False}
    sure = {"mark": mark, "encoding": {"x": {**x, "field": "low", "stack": None}, "x2": {"datum": 0}, **where}}
    open_ = {
        "transform": [{"filter": "datum.high > datum.low"}],
        "mark": {**mark, "opacity": 0.35},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, **where},
    }
    return {"height": max(24 * series, ROOM) * len(states) + 24, "layer": [sure, open_]}
