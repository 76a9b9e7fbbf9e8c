"""Two hundred units, the same with the same chance on every rung: seeing selects, doing paints, imagining rewinds.

A discrete outcome is told by filled (the event) or hollow dots, a continuous one by where a dot stands between left and
right. Who does not count is pale, who would have been different wears a ring, who is undecided has a dashed edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

import causal
from causal.models.model import Model
from causal.studies.estimation import Estimate, estimate, fits
from causal.words import grammar, numbers
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.controls.measure import Measure
from pages.ui.look import look
from pages.ui.words import quantities
from pages.ui.words.escaping import clean, plain

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.studies.units import Units

UNITS, SEED = 200, 1
NEAR = 0.05
"""Nobody has exactly 1,000 hours: a continuous fact selects who is within this share of the range on either side."""

Values = Mapping[str, str | float]
Items = tuple[tuple[str, str | float], ...]
_DOTS = look.component(
    "crowd", '<svg role="img"></svg>\n<div class="ends" aria-hidden="true"><span></span><span></span></div>\n'
)


@dataclass(frozen=True, slots=True)
class _Exact:
    """The exact answer that stands beside the crowd: in words, and as mean and standard deviation if it has them."""

    text: str
    mean: float | None
    sd: float | None


@dataclass(frozen=True)
class _Crowd:
    """Every unit's outcome, and for each whether it counts, would have been different, or is undecided."""

    outcomes: NDArray[Any]
    counts: NDArray[np.bool_]
    changed: NDArray[np.bool_]
    open_: NDArray[np.bool_]
    drawn: bool


def wanted(page: str) -> bool:
    """The switch."""
    return controls.switch(say("crowd.show", n=UNITS), f"{page}_crowd", default=True, help=say("crowd.help"))


def panel(
    page: str, rung: int, model: Model, measure: Measure, answer: causal.Answer, *, given: Values, action: Values
) -> None:
    """The crowd under a rung's answer; ``given`` is the evidence or the facts, ``action`` what is set."""
    exact = _Exact(measure.text(answer), answer.mean, answer.sd)
    data, words = _drawn(rung, model, measure, exact, tuple(given.items()), tuple(action.items()))
    _DOTS(key=f"{page}_dots", data=[data])  # in a list, whose parts streamlit does not search for tables
    st.caption(words)


def contrast(page: str, model: Model, measure: Measure, with_: Values, without: Values, exact: str) -> None:
    """All units after one action, with a ring round those that another action would have made different."""
    units = _population(model)
    outcomes = units.columns(with_)[measure.variable.name]
    filled = outcomes == measure.event
    changed = outcomes != units.columns(without)[measure.variable.name]
    helped, hurt = int((filled & changed).sum()), int((~filled & changed).sum())
    share = numbers.probability(helped / UNITS)
    words = say("crowd.contrast", of=UNITS, helped=helped, hurt=hurt, share=share, exact=exact)
    everybody = np.ones(UNITS, dtype=bool)
    data = {
        "rung": 3,
        "alt": clean(words.replace("**", ""), 600),
        "places": None,
        "mark": None,
        "ends": [],
        "filled": _bits(filled),
        "changed": _bits(changed),
        "counts": _bits(everybody),
        "open": _bits(~everybody),
    }
    _DOTS(key=f"{page}_dots", data=[data])
    st.caption(words)


@words_cache(1024)
def _drawn(
    rung: int, model: Model, measure: Measure, exact: _Exact, known: Items, done: Items
) -> tuple[Mapping[str, Any], str]:
    """What the component draws, and the words under it."""
    given, action = dict(known), dict(done)
    crowd = _gather(rung, model, measure.variable.name, given, action)
    words = _words(rung, model, measure, exact, crowd, given)
    data = {
        "rung": rung,
        "alt": clean(words.replace("**", "").replace("\\", ""), 600),
        "places": _places(measure, crowd.outcomes) if not measure.event else None,
        "filled": _bits(~crowd.open_ & (not measure.event or crowd.outcomes == measure.event)),
        "counts": _bits(crowd.counts),
        "changed": _bits(crowd.changed),
        "open": _bits(crowd.open_),
        "mark": None if exact.mean is None else _places(measure, np.array([exact.mean])),
        "ends": _ends(measure),
    }
    return data, words


@lru_cache(maxsize=32)
def _population(model: Model, known: Items = ()) -> Units:
    return causal.draw(model, UNITS, SEED, dict(known))


@lru_cache(maxsize=32)
def _factual(model: Model, known: Items = ()) -> Mapping[str, NDArray[Any]]:
    return _population(model, known).columns()


def _gather(rung: int, model: Model, outcome: str, given: Values, action: Values) -> _Crowd:
    units, before = _population(model), _factual(model)
    after = units.columns(action) if action else before
    counts = fits(before if rung == 3 else after, model, given, NEAR)
    drawn = rung == 3 and not counts.any()
    if drawn:  # a rare unit: nobody in the crowd is like it, so draw a crowd of its likes
        likes = model, tuple(given.items())
        units, before = _population(*likes), _factual(*likes)
        after = units.columns(action)
        counts = fits(before, model, {})
    nobody = np.zeros(len(counts), dtype=bool)
    open_ = units.undecided(action)[outcome] & counts if rung == 3 else nobody
    changed = (before[outcome] != after[outcome]) & ~open_ if rung == 3 else nobody
    return _Crowd(after[outcome], counts, changed, open_, drawn)


def _bits(flags: NDArray[np.bool_]) -> str:
    return "".join(np.where(flags, "1", "0").tolist())


def _places(measure: Measure, values: NDArray[np.float64]) -> str:
    """Thousandths of the outcome's range, as one text: a list of numbers would cost ten times as much to send."""
    low, high, _ = controls.limits(measure.variable)
    return " ".join(map(str, np.round((values - low) / (high - low) * 1000).astype(int).tolist()))


def _ends(measure: Measure) -> list[str]:
    """What stands at both ends of the line that a continuous outcome is drawn on."""
    if measure.event:
        return []
    return [quantities.quantity(measure.variable, end) for end in controls.limits(measure.variable)[:2]]


def _words(rung: int, model: Model, measure: Measure, exact: _Exact, crowd: _Crowd, given: Values) -> str:
    counted, undecided = int(crowd.counts.sum()), int(crowd.open_.sum())
    near = "" if model.real_valued.isdisjoint(given) else "_near"
    kind = "drawn" if crowd.drawn else {1: f"seeing{near}", 2: "doing", 3: f"imagining{near}"}[rung]
    if not given and rung == 1:
        kind = "everybody"
    said = [say(f"crowd.{kind}", n=counted, of=UNITS)]
    if rung == 2 and given:
        said.append(say(f"crowd.after{near}", n=counted))
    if undecided:
        said.append(say("crowd.undecided", n=undecided))
    left = crowd.counts & ~crowd.open_
    found = estimate(crowd.outcomes[left], measure.event)
    return grammar.together(*said, *_estimated(measure, exact, found, undecided))


def _estimated(measure: Measure, exact: _Exact, found: Estimate, undecided: int) -> list[str]:
    if found.value is None:
        return [] if undecided else [say("crowd.nobody", n=UNITS)]
    if exact.sd == 0.0:
        return [say("crowd.same", exact=exact.text)]
    show = numbers.probability
    if not measure.event:
        said = [say("crowd.mean", value=quantities.quantity(measure.variable, found.value))]
    else:
        event = plain(measure.variable.label_of(measure.event))
        said = [say("crowd.share", n=found.count, of=found.n, state=event, share=show(found.value))]
    if found.low is not None and found.high is not None and not undecided:
        low, high = (
            show(end) if measure.event else quantities.quantity(measure.variable, end)
            for end in (found.low, found.high)
        )
        said.append(say("crowd.error", low=low, high=high, exact=exact.text))
    return said
