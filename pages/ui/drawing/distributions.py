"""One variable's distribution in several worlds, drawn: curves if it is continuous, bars if it is discrete."""

from __future__ import annotations

from collections.abc import Mapping

from causal.answers.answer import Answer
from causal.models.model import Variable
from pages.ui.drawing import charts
from pages.ui.words.escaping import clean


def draw(variable: Variable, worlds: Mapping[str, Answer], key: str, alt: str, height: int = 0) -> None:
    """Draw each world's distribution; ``worlds`` maps the chart's series (see charts.SERIES) to an answer."""
    if variable.continuous:
        rows = [
            (series, float(a.mean or 0.0), float(a.sd or 0.0)) for series, a in worlds.items() if a.mean is not None
        ]
        charts.bells(rows, variable, key, alt, height or 180)
        return
    labels = {s: clean(variable.label_of(s)) for s in variable.states}
    shares = {
        series: {s: p if isinstance(p, tuple) else (p, p) for s, p in (a.distribution or {}).items()}
        for series, a in worlds.items()
    }
    rare = [s for s in variable.states if max(found[s][1] for found in shares.values()) <= charts.SMALL_DOMAIN]
    # next to a state that nearly everybody is in, a rare one would have no bar: then only the rare ones are drawn
    states = rare if len(rare) == len(variable.states) - 1 else list(variable.states)
    bars = [(series, labels[s], *map(float, found[s])) for series, found in shares.items() for s in states]
    charts.bars(bars, [labels[s] for s in states], key, alt, charts.domain_of([high for *_, high in bars]))
