"""Charts that follow a slider without a blink: constant Vega-Lite specs, small data, axes that never jump.

A chart is a .json file called like it, which lies with the page that draws it. Colours are the theme's chart colours
by their place (seeing, doing, imagining, a green, everybody), so that light and dark need no second spec. Curves of
normal distributions are drawn by the browser from a mean and a standard deviation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

from causal.answers.answer import Answer
from causal.models.model import Variable
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.words.escaping import clean

SERIES = ("see", "do", "imagine", "more", "all")
SMALL_DOMAIN = 0.05
ROOM = 36
"""Pixels that a row needs at least, so that its label is not left out."""
Bell = tuple[str, float, float]
Bar = tuple[str, str, float, float]
Whisker = tuple[str, str, float, float, float]
_PAGES = Path(__file__).parents[1]


def spec(name: str, **values: object) -> dict[str, Any]:
    """The chart ``name``.json, in which "$x" stands for the value ``x``, "$do" for the colour of the series "do".

    "$colour" is the colour of the series that each row of the data names.
    """
    colour = {"type": "nominal", "scale": {"domain": list(SERIES)}, "legend": None}
    values |= {"colour": {"field": "series", **colour}} | {s: {"datum": s, **colour} for s in SERIES}

    def filled(part: Any) -> Any:
        match part:
            case str() if part.startswith("$"):
                return values[part.removeprefix("$")]
            case dict():
                return {key: filled(value) for key, value in part.items()}
            case list():
                return [filled(value) for value in part]
        return part

    return {key: filled(value) for key, value in _template(name).items()}


@lru_cache(maxsize=16)
def _template(name: str) -> Mapping[str, Any]:
    (path,) = _PAGES.glob(f"*/{name}.json")
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def distribution(variable: Variable, worlds: Mapping[str, Answer], key: str, alt: str, height: int = 180) -> None:
    """One variable in several worlds, each an answer: curves if it is continuous, bars if it is discrete."""
    if not variable.states:
        rows = [
            (series, float(a.mean or 0.0), float(a.sd or 0.0)) for series, a in worlds.items() if a.mean is not None
        ]
        bells(rows, variable, key, alt, height)
        return
    labels = {s: clean(variable.label_of(s)) for s in variable.states}
    shares = {
        series: {s: p if isinstance(p, tuple) else (p, p) for s, p in (a.distribution or {}).items()}
        for series, a in worlds.items()
    }
    rare = [s for s in variable.states if max(found[s][1] for found in shares.values()) <= SMALL_DOMAIN]
    # next to a state that nearly everybody is in, a rare one would have no bar: then only the rare ones are drawn
    states = rare if len(rare) == len(variable.states) - 1 else list(variable.states)
    found = [(series, labels[s], *map(float, shares[series][s])) for series in shares for s in states]
    bars(found, [labels[s] for s in states], key, alt, domain_of([high for *_, high in found]))


def bells(rows: Sequence[Bell], variable: Variable, key: str, alt: str, height: int = 180) -> None:
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


def show(data: pa.Table, chart: Mapping[str, Any], key: str, alt: str) -> None:
    """Draw a chart whose axes write numbers as the language does."""
    st.vega_lite_chart(data, {**chart, **_signs()}, key=key, alt=alt)


@words_cache(16)
def _signs() -> Mapping[str, Any]:
    signs = {"decimal": say("numbers.decimal"), "thousands": say("numbers.group")}
    if signs == {"decimal": ".", "thousands": ","}:
        return {}  # which is how a chart writes them by itself
    return {"config": {"locale": {"number": {**signs, "grouping": [3], "currency": ["", ""]}}}}


def whiskers(rows: Sequence[Whisker], variable: Variable, span: Sequence[float], key: str, alt: str) -> None:
    """Rows of (series, words, low, value, high) about one outcome; the axis holds 0 and ``span``, and never jumps."""
    data = _table(("series", "what", "low", "value", "high"), tuple(rows))
    shares = variable.support.case(states=True, numbers=False)
    title = say("numbers.points") if shares else axis(variable)
    ends = min(0.0, *span), max(0.0, *span)
    chart = _whiskers(title, tuple(row[1] for row in rows), ends, shares)
    show(data, chart, key=key, alt=alt)


@lru_cache(maxsize=2048)
def _table(names: tuple[str, ...], rows: tuple[Bell | Bar | Whisker, ...]) -> pa.Table:
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


@lru_cache(maxsize=64)
def _bells(title: str, low: float, high: float, height: int) -> dict[str, Any]:
    return spec("bells", title=title, domain=[low, high], height=height)


@lru_cache(maxsize=256)
def _bars(states: tuple[str, ...], series: int, most: float) -> dict[str, Any]:
    height = max(24 * series, ROOM) * len(states) + 24
    return spec("bars", states=list(states), most=most, format="%" if most > SMALL_DOMAIN else ".2%", height=height)


@lru_cache(maxsize=256)
def _whiskers(title: str, words: tuple[str, ...], ends: tuple[float, float], shares: bool) -> dict[str, Any]:
    shown = "datum.value * 100" if shares else "datum.value"
    sign = f"({shown} > 0 ? '+' : {shown} < 0 ? '\u2212' : '')"
    ticks = {"labelExpr": f"{sign} + format(abs({shown}), ',.4~g')", "tickCount": 6}
    scale = {"domain": list(ends), "nice": True, "padding": 8}
    return spec("whiskers", title=title, words=list(words), scale=scale, axis=ticks, height=34 * len(words) + 56)
