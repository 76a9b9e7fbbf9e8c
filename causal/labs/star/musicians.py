"""The musicians: the story of record sales, and what the press writes, which is an effect of sales and of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from causal.files import overlay
from causal.files.shelf import MODELS
from causal.labs.star.shifting import Columns
from causal.models.mechanisms import Linear
from causal.models.model import Model, Unit, Variable
from causal.studies.units import draw
from causal.words.caching import words_cache
from causal.words.catalogue import current, say

OUTCOME = "Sales"
PRESS = "Press"
FEATURES = ("Label", "TikTok", "Radio", PRESS)
"""What a predictor may be told of an artist."""

_RAYS = {"Label": (0.0, 0.0), "TikTok": (0.0, 2.0), "Radio": (2.0, 0.0), PRESS: (2.0, 2.0)}
"""Where a star is drawn: the outcome is in the middle."""

_WRITTEN = Linear(10.0, (0.1, 0.3), 8.0)
"""How many articles: what the label's money and the sales add to them (invented)."""

TRAINED, ASKED, SEED = 3000, 1000, 1
"""How many artists a predictor learns from, and how many others it is tried on and asked about."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the predictor is told, and what is edited."""

    features: tuple[str, ...]
    edited: str


CASES: Mapping[str, Case] = {
    "label": Case(("Label", "TikTok", "Radio"), "Label"),
    "radio": Case(("Label", "TikTok", "Radio"), "Radio"),
    "hidden": Case(("Label", "Radio"), "Radio"),
    "collider": Case(FEATURES, "Radio"),
}


@words_cache(8)
def story() -> Model:
    """The story with the press: more is written about those who sell more, and about those whose label pays for it."""
    model = overlay.worded(MODELS / "record-sales.toml", current())
    press = Variable(
        PRESS,
        say("labs.star.press"),
        parents=("Label", OUTCOME),
        mechanism=_WRITTEN,
        unit=say("labs.star.articles"),
        range=(0.0, 300.0),
        step=1.0,
        position=(2.0, 2.0),
    )
    variables = (*model.variables, press)
    return replace(model, id="musicians", variables=variables, units=tuple(map(_written_about, model.units)))


def _written_about(unit: Unit) -> Unit:
    """An artist of the story with as many articles as artists like that have on average."""
    known = dict(unit.facts)
    for_money, for_sales = _WRITTEN.coefficients
    articles = _WRITTEN.intercept + for_money * float(known["Label"]) + for_sales * float(known[OUTCOME])
    return replace(unit, facts=(*unit.facts, (PRESS, f"{articles:g}")))


def measured(features: Sequence[str]) -> Model:
    """The story for whoever measures only these features and the outcome; what then moves nothing is left out."""
    kept = {*features, OUTCOME}
    variables = (replace(v, latent=v.name not in kept) for v in story() if v.name in kept or v.name != PRESS)
    return replace(story(), variables=tuple(variables), units=())


def star(features: Sequence[str]) -> Model:
    """The graph that an edit assumes: every feature leads to the outcome, and nothing leads to a feature."""
    inputs = tuple(replace(story()[n], parents=(), mechanism=None, position=_RAYS[n]) for n in features)
    outcome = replace(story()[OUTCOME], parents=tuple(features), mechanism=None, position=(1.0, 1.0))
    return Model((*inputs, outcome), id="star", treatment=features[0], outcome=OUTCOME)


def beyond(facts: Mapping[str, float], features: Sequence[str]) -> tuple[str, ...]:
    """The features in which an artist lies outside of all that a predictor has learnt from."""
    learnt, _ = artists(TRAINED, ASKED)
    return tuple(n for n in features if not learnt[n].min() <= facts[n] <= learnt[n].max())


@lru_cache(maxsize=1)
def below_zero() -> tuple[int, int]:
    """How many of all artists have some number below zero, and how many of them a label that spends less than nothing.

    The story's lines have a normal spread, which does not end at zero.
    """
    learnt, asked = artists(TRAINED, ASKED)
    below = {n: np.concatenate([learnt[n], asked[n]]) < 0 for n in learnt}
    return int(np.any(list(below.values()), axis=0).sum()), int(below["Label"].sum())


@lru_cache(maxsize=4)
def artists(trained: int, asked: int) -> tuple[Columns, Columns]:
    """So many artists to learn from, and so many others to ask about: every variable of each."""
    found = draw(story(), trained + asked, SEED).columns()
    for column in found.values():
        column.setflags(write=False)
    return {n: c[:trained] for n, c in found.items()}, {n: c[trained:] for n, c in found.items()}
