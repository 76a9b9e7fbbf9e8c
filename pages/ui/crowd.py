"""Two hundred units, the same with the same chance on every rung: seeing selects, doing paints, imagining rewinds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

import causal
from causal.estimation import Estimate, estimate, fits
from causal.model import Model
from causal.units import Units
from pages.ui import controls, numbers
from pages.ui.dots import Dot, picture
from pages.ui.measure import Measure
from pages.ui.texts import plain, say

UNITS, SEED = 200, 1
NEAR = 0.05
"""Nobody has exactly 1,000 hours: a continuous fact selects who is within this share of the range on either side."""

Values = Mapping[str, str | float]
WORDS = {1: "seeing", 2: "doing", 3: "imagining"}


def panel(
    prefix: str, rung: int, model: Model, measure: Measure, answer: causal.Answer, *, given: Values, action: Values
) -> None:
    """The crowd under a rung's answer; ``given`` is the evidence or the facts, ``action`` what is set."""
    if controls.switch(say("crowd.show"), f"{prefix}_crowd", default=True, help=say("crowd.help")):
        with st.container(key=f"{prefix}_crowd_dots"):
            _show(rung, model, measure, answer, given, action)


@lru_cache(maxsize=32)
def _population(model: Model) -> Units:
    return causal.draw(model, UNITS, SEED)


def _show(rung: int, model: Model, measure: Measure, answer: causal.Answer, given: Values, action: Values) -> None:
    units = _population(model)
    before = units.values()
    after = units.values(action) if action else before
    counts = fits(before if rung == 3 else after, model, given, NEAR)
    drawn = rung == 3 and not counts.any()
    if drawn:  # a rare unit: nobody in the crowd is like it, so draw a crowd of its likes
        units = causal.draw(model, UNITS, SEED, dict(given))
        before, after = units.values(), units.values(action)
        counts = fits(before, model, {})
    name = measure.variable.name
    changed = (before[name] != after[name]) & (rung == 3)
    open_ = units.undecided(action)[name] if rung == 3 else changed & False
    outcomes = after[name].tolist()
    dots = [
        Dot(_filled(measure, outcome), bool(c), bool(x), bool(u), _place(measure, outcome))
        for outcome, c, x, u in zip(outcomes, counts, changed, open_, strict=True)
    ]
    found = estimate(after[counts & ~open_], name, measure.event)
    text = _sentence(rung, measure, answer, found, int(counts.sum()), int((counts & open_).sum()), drawn)
    exact = _place(measure, answer.mean) if answer.mean is not None else None
    st.html(picture(dots, rung, text.replace("**", "").replace("\\", ""), exact))
    st.caption(text)


def _filled(measure: Measure, outcome: str | float) -> bool:
    return measure.variable.continuous or outcome == measure.event


def _place(measure: Measure, outcome: str | float) -> float | None:
    if not measure.variable.continuous:
        return None
    low, high, _ = controls.limits(measure.variable)
    return (float(outcome) - low) / (high - low)


def _sentence(
    rung: int, measure: Measure, answer: causal.Answer, found: Estimate, counted: int, undecided: int, drawn: bool
) -> str:
    who = say(f"crowd.{'drawn' if drawn else WORDS[rung]}", n=counted, of=UNITS)
    if undecided:
        who += " " + say("crowd.undecided", n=undecided)
    if found.value is None:
        return who if undecided else say("crowd.nobody")
    if measure.variable.continuous:
        what = say("crowd.mean", value=numbers.quantity(measure.variable, found.value))
    else:
        event = plain(measure.variable.label_of(measure.event))
        share = numbers.probability(found.value)
        what = say("crowd.share", count=found.count, n=found.n, state=event, share=share)
    if found.low is None or found.high is None:
        return f"{who} {what}"
    ends = [
        numbers.quantity(measure.variable, end) if measure.variable.continuous else numbers.probability(end)
        for end in (found.low, found.high)
    ]
    return f"{who} {what} " + say("crowd.error", low=ends[0], high=ends[1], exact=measure.text(answer))
