"""A thousand artists: what an edit promises each, against what it would come to. On the line, the edit is right."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
import pyarrow as pa

from causal.labs.star.training import Edits
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.drawing import charts

STEP = 50.0
HEIGHT, HEIGHT_TALK = 340, 330


def draw(edits: Edits, key: str, alt: str, height: int) -> None:
    """The dots, and the line on which the promise is what comes."""
    there = ~np.isnan(edits.promised)
    # half the digits: a dot's place needs no more, and a move of the slider sends a thousand dots
    data = pa.table(
        {"true": pa.array(edits.true[there], pa.float32()), "promised": pa.array(edits.promised[there], pa.float32())}
    )
    span = np.concatenate([edits.true[there], edits.promised[there], [0.0]])
    low, high = (STEP * f(end / STEP) for f, end in ((_floor, span.min()), (ceil, span.max())))
    charts.show(data, _spec(low, max(high, low + STEP), height), key=key, alt=alt)


def _floor(x: float) -> int:
    return -ceil(-x)


@words_cache(64)
def _spec(low: float, high: float, height: int) -> dict[str, Any]:
    scale = {"domain": [low, high], "nice": False}
    colour = {"type": "nominal", "scale": {"domain": list(charts.SERIES)}, "legend": None}
    axis = {"tickCount": 5}
    x = {"field": "true", "type": "quantitative", "title": say("star.chart_x"), "scale": scale, "axis": axis}
    y = {"field": "promised", "type": "quantitative", "title": say("star.chart_y"), "scale": scale, "axis": axis}
    ends = {"values": [{"true": low, "promised": low}, {"true": high, "promised": high}]}
    return {
        "height": height,
        "layer": [
            {
                "mark": {"type": "point", "filled": True, "size": 16, "opacity": 0.5, "clip": True, "aria": False},
                "encoding": {"x": x, "y": y, "color": {"datum": "see", **colour}},
            },
            {
                "data": ends,
                "mark": {"type": "line", "strokeWidth": 2.5, "strokeDash": [7, 4], "aria": False},
                "encoding": {"x": x, "y": y, "color": {"datum": "imagine", **colour}},
            },
        ],
    }
