"""Two hundred units, the same with the same chance on every rung: seeing selects, doing paints, imagining rewinds.

A discrete outcome is told by filled (the event) or hollow dots, a continuous one by where a dot stands between left and
right. Who does not count is pale, who would have been different wears a ring, who is undecided has a dashed edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st

import causal
from causal.estimation import Estimate, estimate, fits
from causal.model import Model
from causal.units import Units
from pages.ui import controls, numbers
from pages.ui.measure import Measure
from pages.ui.texts import clean, plain, say

UNITS, SEED = 200, 1
NEAR = 0.05
"""Nobody has exactly 1,000 hours: a continuous fact selects who is within this share of the range on either side."""

Values = Mapping[str, str | float]
_HERE = Path(__file__)
_DOTS = st.components.v2.component(
    "ladder_crowd",
    html='<svg role="img"></svg>\n',
    css=_HERE.with_name("crowd.css").read_text(encoding="utf-8"),
    js=_HERE.with_name("crowd.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class _Crowd:
    """Every unit's outcome, and for each whether it counts, would have been different, or is undecided."""

    outcomes: pd.Series
    counts: pd.Series
    changed: pd.Series
    open_: pd.Series
    drawn: bool


def panel(
    page: str, rung: int, model: Model, measure: Measure, answer: causal.Answer, *, given: Values, action: Values
) -> None:
    """The crowd under a rung's answer; ``given`` is the evidence or the facts, ``action`` what is set."""
    if controls.switch(say("crowd.show", n=UNITS), f"{page}_crowd", default=True, help=say("crowd.help")):
        crowd = _gather(rung, model, measure.variable.name, given, action)
        words = _words(rung, model, measure, answer, crowd, given)
        data = {
            "rung": rung,
            "alt": clean(words.replace("**", "").replace("\\", ""), 600),
            "places": _places(measure, crowd.outcomes) if measure.variable.continuous else None,
            "filled": _bits(~crowd.open_ & (measure.variable.continuous | (crowd.outcomes == measure.event))),
            "counts": _bits(crowd.counts),
            "changed": _bits(crowd.changed),
            "open": _bits(crowd.open_),
            "mark": None if answer.mean is None else _places(measure, [answer.mean])[0],
        }
        _DOTS(key=f"{page}_dots", data=data)
        st.caption(words)


@lru_cache(maxsize=32)
def _population(model: Model) -> Units:
    return causal.draw(model, UNITS, SEED)


def _gather(rung: int, model: Model, outcome: str, given: Values, action: Values) -> _Crowd:
    units = _population(model)
    before = units.values()
    after = units.values(action) if action else before
    counts = fits(before if rung == 3 else after, model, given, NEAR)
    drawn = rung == 3 and not counts.any()
    if drawn:  # a rare unit: nobody in the crowd is like it, so draw a crowd of its likes
        units = causal.draw(model, UNITS, SEED, dict(given))
        before, after = units.values(), units.values(action)
        counts = fits(before, model, {})
    nobody = pd.Series(False, index=counts.index)
    open_ = units.undecided(action)[outcome] & counts if rung == 3 else nobody
    changed = (before[outcome] != after[outcome]) & ~open_ if rung == 3 else nobody
    return _Crowd(after[outcome], counts, changed, open_, drawn)


def _bits(flags: Iterable[bool]) -> str:
    return "".join("1" if flag else "0" for flag in flags)


def _places(measure: Measure, values: Iterable[float]) -> list[float]:
    low, high, _ = controls.limits(measure.variable)
    return [round((float(value) - low) / (high - low), 4) for value in values]


def _words(rung: int, model: Model, measure: Measure, answer: causal.Answer, crowd: _Crowd, given: Values) -> str:
    counted, undecided = int(crowd.counts.sum()), int(crowd.open_.sum())
    near = "_near" if any(model[name].continuous for name in given) else ""
    kind = "drawn" if crowd.drawn else {1: f"seeing{near}", 2: "doing", 3: f"imagining{near}"}[rung]
    if not given and rung == 1:
        kind = "everybody"
    said = [say(f"crowd.{kind}", n=counted, of=UNITS)]
    if rung == 2 and given:
        said.append(say(f"crowd.after{near}", n=counted))
    if undecided:
        said.append(say("crowd.undecided", n=undecided))
    left = crowd.counts & ~crowd.open_
    found = estimate(crowd.outcomes[left].to_frame(), measure.variable.name, measure.event)
    return " ".join([*said, *_estimated(measure, answer, found, undecided)])


def _estimated(measure: Measure, answer: causal.Answer, found: Estimate, undecided: int) -> list[str]:
    if found.value is None:
        return [] if undecided else [say("crowd.nobody", n=UNITS)]
    exact = " ".join(filter(None, measure.parts(answer)))
    if answer.sd == 0.0:
        return [say("crowd.same", exact=exact)]
    show = numbers.probability
    if measure.variable.continuous:
        said = [say("crowd.mean", value=numbers.quantity(measure.variable, found.value))]
    else:
        event = plain(measure.variable.label_of(measure.event))
        said = [say("crowd.share", count=found.count, n=found.n, state=event, share=show(found.value))]
    if found.low is not None and found.high is not None and not undecided:
        low, high = (
            numbers.quantity(measure.variable, end) if measure.variable.continuous else show(end)
            for end in (found.low, found.high)
        )
        said.append(say("crowd.error", low=low, high=high, exact=exact))
    return said
