"""One axis for an effect: the truth, what a set reports, and the interval that a table of units leaves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from causal.models.model import Variable
from causal.words.catalogue import say
from pages.ui.drawing import charts

Row = tuple[str, str, float, float, float]
SHAPES = {"do": "diamond", "see": "circle", "all": "square"}


def draw(rows: Sequence[Row], variable: Variable, span: Sequence[float], key: str, alt: str) -> None:
    """Rows of (series, words, low, value, high) about one outcome; the axis holds 0 and ``span``, and never jumps."""
    names = ("series", "what", "low", "value", "high")
    data = pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))
    title = charts.axis(variable) if variable.continuous else say("numbers.points")
    words = tuple(row[1] for row in rows)
    spec = _spec(title, words, min(0.0, *span), max(0.0, *span), not variable.continuous)
    charts.show(data, spec, key=key, alt=alt)


@lru_cache(maxsize=256)
def _spec(title: str, words: tuple[str, ...], low: float, high: float, shares: bool) -> dict[str, Any]:
    series = list(charts.SERIES)
    scale = {"domain": [low, high], "nice": True, "padding": 8}
    shown = "datum.value * 100" if shares else "datum.value"
    sign = f"({shown} > 0 ? '+' : {shown} < 0 ? '\u2212' : '')"
    axis = {"labelExpr": f"{sign} + format(abs({shown}), ',.4~g')", "tickCount": 6}
    x = {"type": "quantitative", "title": title, "scale": scale, "axis": axis}
    y = {
        "field": "what",
        "type": "nominal",
        "sort": list(words),
        "scale": {"type": "band"},
        "title": None,
        "axis": {"labelLimit": 170, "labelOverlap": False, "grid": False, "ticks": False, "domain": False},
    }
    colour = {"field": "series", "type": "nominal", "scale": {"domain": series}, "legend": None}
    shapes = {"domain": list(SHAPES), "range": list(SHAPES.values())}
    shape = {"field": "series", "type": "nominal", "scale": shapes, "legend": None}
    rule = {"type": "rule", "clip": True, "aria": False}
    return {
        "height": 34 * len(words) + 56,
        "layer": [
            {
                "transform": [{"filter": "datum.series == 'do'"}],
                "mark": {**rule, "strokeDash": [6, 4], "strokeWidth": 2},
                "encoding": {"x": {**x, "field": "value"}, "color": colour},
            },
            {
                "transform": [{"filter": "datum.high > datum.low"}],
                "mark": {**rule, "strokeWidth": 4},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 150, "opacity": 1, "clip": True, "aria": False},
                "encoding": {"x": {**x, "field": "value"}, "y": y, "color": colour, "shape": shape},
            },
        ],
    }
