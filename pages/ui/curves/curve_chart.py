"""Points, the curve through them, the band of its refits, and what comes of setting X: one chart, steady axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from causal.models.model import Variable
from causal.ranges.spans import Array
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.drawing import charts

HEIGHT, HEIGHT_TALK = 440, 385
Y_DOMAIN = (-5.0, 40.0)
LINE = 121
"""Positions at which a curve is drawn."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve with its band, at each of its positions."""

    x: Array
    y: Array
    low: Array
    high: Array


def draw(
    points: tuple[Array, Array], curve: Curve, seen: tuple[float, float], done: tuple[Array, float] | None, *,
    axes: tuple[Variable, Variable], reach: float, key: str, alt: str, height: int,
) -> None:  # fmt: skip
    """The chart: ``seen`` is the curve's own answer, ``done`` the fields that were changed and the exact mean there.

    Right of ``reach`` nothing was shown.
    """
    rows: list[tuple[str, float, float, float, float]] = []
    rows += [("point", x, y, y, y) for x, y in zip(*points, strict=True)]
    rows += [("curve", *at) for at in zip(curve.x, curve.y, curve.low, curve.high, strict=True)]
    rows.append(("seen", *seen, seen[1], seen[1]))
    if done:
        rows += [("changed", seen[0], y, y, y) for y in done[0]]
        rows.append(("done", seen[0], done[1], done[1], done[1]))
    names = ("what", "x", "y", "low", "high")
    columns = list(zip(*rows, strict=True))
    # half the digits of a float: a place on the chart needs no more, and every move sends some hundred
    data = {n: pa.array(c, pa.string() if n == "what" else pa.float32()) for n, c in zip(names, columns, strict=True)}
    charts.show(pa.table(data), _spec(*axes, reach, height), key=key, alt=alt)


@words_cache(16)
def _spec(x: Variable, y: Variable, reach: float, height: int) -> dict[str, Any]:
    low, high = x.range or (0.0, 1.0)
    scale = {"domain": list(Y_DOMAIN)}
    across = {"field": "x", "type": "quantitative", "title": charts.axis(x), "scale": {"domain": [low, high]}}
    up = {"field": "y", "type": "quantitative", "title": charts.axis(y), "scale": scale, "axis": {"tickCount": 6}}
    return charts.spec(
        "curve_chart",
        x={**across, "axis": {"grid": False, "tickCount": 9}},
        y=up,
        low={**up, "field": "low"},
        reach=reach,
        end=high,
        top=Y_DOMAIN[1],
        beyond=say("curves.beyond"),
        height=height,
    )
