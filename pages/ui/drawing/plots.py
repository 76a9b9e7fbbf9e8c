"""Sweeps and scatters in plotly: figures that do not depend on where a slider stands, so that nothing blinks.

plotly mounts a changed figure anew, and a figure is the dearest thing to send: they stand outside the moving parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from causal.models.model import Variable
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.drawing.charts import SMALL_DOMAIN, axis
from pages.ui.words.escaping import clean

# between the light and the dark theme's tones: a figure keeps its colours when the theme flips
COLOURS: Mapping[str, str] = {"see": "#2F87C0", "do": "#D0681C", "imagine": "#B9608F", "all": "#8A857C"}
DASHES: Mapping[str, str] = {"see": "solid", "do": "dash", "imagine": "dot", "all": "solid"}
Row = tuple[str, float | str, float]


def lines(
    rows: Sequence[Row],
    x: Variable,
    y: str,
    key: str,
    alt: str,
    *,
    domain: tuple[float, float] | None = None,
    units: tuple[Sequence[float], Sequence[float]] = ((), ()),
    height: int = 250,
) -> None:
    """Lines of (series, value seen or set, answer); ``units`` are dots behind them."""
    figure = _figure(tuple(rows), x, y, domain, tuple(units[0]), tuple(units[1]), height)
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False, "staticPlot": not units[0]})


@words_cache(64)
def _figure(
    rows: tuple[Row, ...],
    x: Variable,
    y: str,
    domain: tuple[float, float] | None,
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    height: int,
) -> go.Figure:
    traces: list[dict[str, Any]] = []
    if xs:
        dots = {"color": COLOURS["all"], "size": 5, "opacity": 0.6}
        traces.append({"type": "scatter", "mode": "markers", "x": xs, "y": ys, "marker": dots, "hoverinfo": "skip"})
    for series in dict.fromkeys(row[0] for row in rows):
        style = {"color": COLOURS[series], "dash": DASHES[series], "width": 3}
        own = [row for row in rows if row[0] == series]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if x.states else "lines",
                "x": [escape(v) if isinstance(v := row[1], str) else v for row in own],
                "y": [row[2] for row in own],
                "line": style,
                "marker": {"size": 9},
                "hoverinfo": "skip",
            }
        )
    layout: dict[str, Any] = {
        "template": None,
        "height": height,
        "showlegend": False,
        "separators": say("numbers.decimal") + say("numbers.group"),
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
        "xaxis": _across(x),
        "yaxis": {
            "title": {"text": escape(y).replace("\n", "<br>"), "font": {"size": 12}},
            "automargin": True,
            "fixedrange": True,
            "zeroline": False,
        },
    }
    if domain:
        layout["yaxis"]["range"] = list(domain)
        if domain[1] <= 1:
            layout["yaxis"]["tickformat"] = ".0%" if domain[1] > SMALL_DOMAIN else ".2%"
    return go.Figure({"data": traces, "layout": layout}, skip_invalid=False)


def _across(x: Variable) -> dict[str, Any]:
    across: dict[str, Any] = {
        "title": {"text": escape(axis(x))},
        "automargin": True,
        "fixedrange": True,
        "zeroline": False,
    }
    if x.states:
        labels = [escape(clean(x.label_of(s))) for s in x.states]
        return {**across, "type": "category", "categoryorder": "array", "categoryarray": labels}
    return {**across, "range": list(x.range)} if x.range else across
