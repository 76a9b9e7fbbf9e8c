"""Where an effect lies with 90 % probability, for data of every size and three beliefs before them, on one axis."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.drawing import charts

Row = tuple[str, str, str, float, float, float]
"""Series, belief, units, and the interval's low end, middle and high end."""

HEIGHT, HEIGHT_TALK = 330, 205


def draw(
    rows: list[Row], truth: float, reach: tuple[float, float], span: tuple[float, float], key: str, alt: str, low: bool
) -> None:
    """Draw the intervals, the truth as a dashed line, and a band of what endless data allow; ``low`` for a talk."""
    names = ("series", "belief", "n", "low", "middle", "high")
    data = pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))
    sizes, beliefs = (tuple(dict.fromkeys(row[at] for row in rows)) for at in (2, 1))
    charts.show(data, _spec(sizes, beliefs, truth, reach, span, low), key=key, alt=alt)


@words_cache(64)
def _spec(
    sizes: tuple[str, ...],
    beliefs: tuple[str, ...],
    truth: float,
    reach: tuple[float, float],
    span: tuple[float, float],
    talk: bool,
) -> dict[str, Any]:
    label = "(datum.value > 0 ? '+' : datum.value < 0 ? '\u2212' : '') + format(abs(datum.value * 100), '.3~g')"
    y = {
        "type": "quantitative",
        "title": None if talk else say("numbers.points"),
        "scale": {"domain": list(span), "nice": True},
        "axis": {"labelExpr": label, "tickCount": 6},
    }
    x = {
        "field": "n",
        "type": "ordinal",
        "sort": list(sizes),
        "title": None if talk else say("programs.n"),
        "axis": {"labelAngle": 0, "grid": False},
    }
    beside = {"field": "belief", "type": "nominal", "sort": list(beliefs)}
    colour = {"field": "series", "type": "nominal", "scale": {"domain": list(charts.SERIES)}, "legend": None}
    shape = {
        "field": "belief",
        "type": "nominal",
        "sort": list(beliefs),
        "scale": {"domain": list(beliefs), "range": ["circle", "triangle-up", "triangle-down"]},
        "legend": None if talk else {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 260},
    }
    still = {"aria": False, "clip": True}
    return {
        "height": HEIGHT_TALK if talk else HEIGHT,
        "layer": [
            {
                "data": {"values": [{"low": reach[0], "high": reach[1]}]},
                "mark": {"type": "rect", "opacity": 0.16, "color": "#8A857C", **still},
                "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": [{"truth": truth}]},
                "mark": {"type": "rule", "strokeDash": [6, 4], "strokeWidth": 2, "color": "#8A857C", **still},
                "encoding": {"y": {**y, "field": "truth"}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 3, **still},
                "encoding": {
                    "x": x,
                    "xOffset": beside,
                    "y": {**y, "field": "low"},
                    "y2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, **still},
                "encoding": {
                    "x": x,
                    "xOffset": beside,
                    "y": {**y, "field": "middle"},
                    "color": colour,
                    "shape": shape,
                },
            },
        ],
    }
