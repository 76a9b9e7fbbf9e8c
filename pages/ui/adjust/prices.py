"""The price of a set: what it reports of the effect in the whole population, beside what doing would bring."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from causal.errors import ImpossibleEvidence
from causal.models.model import Model
from causal.queries.query import Operation
from causal.words.catalogue import say
from pages.ui.controls import people
from pages.ui.controls.measure import Gap, Measure
from pages.ui.look import look
from pages.ui.shell import frame
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

if TYPE_CHECKING:
    from causal.effects.price import Price

Arms = tuple[str | float, str | float]


@dataclass(frozen=True, slots=True)
class Effect:
    """Of what on what, adjusting for what: the question whose answer a set reports."""

    model: Model
    x: str
    measure: Measure
    given: tuple[str, ...]
    compared: Arms | None = None

    @property
    def y(self) -> str:
        """The outcome."""
        return self.measure.variable.name

    @property
    def arms(self) -> Arms:
        """The two values of the treatment that are compared."""
        return self.compared or people.arms(self.model, self.x)

    @property
    def query(self) -> Operation:
        """The true effect, as a question of rung 2."""
        one, other = (self.measure.term(action={self.x: arm}) for arm in self.arms)
        return Operation("-", one, other)


@lru_cache(maxsize=512)
def price(effect: Effect) -> Price:
    """The exact price; raises CausalError (see ``causal.effects.price.price``)."""
    from causal.effects import price as pricing

    return pricing.price(effect.model, effect.x, effect.y, effect.given, effect.arms, effect.measure.event)


def asked(effect: Effect) -> str:
    """Which difference the numbers are."""
    variable = effect.model[effect.x]
    one, other = (sentences.state(variable, arm) for arm in effect.arms)
    what = sentences.what(effect.measure.variable, effect.measure.event)
    return say("adjust.asked", label=plain(variable.label), one=one, other=other, what=what)


def draw(effect: Effect, valid: bool, whole: bool) -> None:
    """The report, the truth and the gap between them (only the report unless ``whole``)."""
    st.markdown(asked(effect))
    report, truth = st.columns(2)
    variable = effect.measure.variable
    found = None
    with frame.trouble_shown():
        frame.engine()
        with suppress(ImpossibleEvidence):  # the truth can be told all the same
            found = price(effect)
        with report:
            reported = Gap(variable, found.effect_reported).parts if found else (say("adjust.none"), "")
            _number(1, say("adjust.reports"), reported)
        if not whole:
            return
        acts = [{"action": {effect.x: arm}} for arm in effect.arms]
        with truth:
            _number(2, say("adjust.truth"), effect.measure.gap(effect.model, acts[0], acts[1]).parts)
        if found is None:
            labels = sentences.nouns(effect.model, effect.given)
            st.markdown(say("adjust.no_overlap", labels=labels, x=sentences.noun(effect.model[effect.x])))
        else:
            gap = Gap(variable, found.bias)
            st.markdown(say(f"adjust.{'no_price' if valid else 'luck' if gap.none else 'price'}", gap=gap))


def work(effect: Effect) -> None:
    """How the report comes about, in both arms; then the truth, of which the panel tells."""
    from causal.effects import price as pricing

    found = price(effect)
    st.markdown(say("adjust.work"))
    for arm, reported in zip(effect.arms, found.reported, strict=True):
        formula = pricing.formula(effect.model, effect.x, effect.y, effect.given, arm, effect.measure.event)
        st.latex(f"{formula} = {reported:.6g}")
    st.markdown(say("adjust.work_gap", gap=Gap(effect.measure.variable, found.effect_reported)))
    st.markdown(say("adjust.work_truth"))


def _number(rung: int, heading: str, parts: tuple[str, str]) -> None:
    st.markdown(f"{heading}  \n{look.number(rung, *parts)}")
