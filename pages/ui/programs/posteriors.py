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
    return charts.spec(
        "posteriors",
        sizes=list(sizes),
        beliefs=list(beliefs),
        truth=truth,
        least=reach[0],
        most=reach[1],
        scale={"domain": list(span), "nice": True},
        axis={"labelExpr": label, "tickCount": 6},
        points=None if talk else say("numbers.points"),
        units=None if talk else say("programs.n"),
        legend=None if talk else {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 260},
        height=HEIGHT_TALK if talk else HEIGHT,
    )
