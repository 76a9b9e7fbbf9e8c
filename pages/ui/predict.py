"""Predict before the reveal: a guess is asked for first, and stays drawn beside the answer."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.ui import controls, numbers
from pages.ui.measure import Measure
from pages.ui.texts import say


@dataclass(frozen=True, slots=True)
class Guess:
    """What the visitor guessed (as text and as a number), and whether the answer may be shown."""

    text: str = ""
    number: float | None = None
    hidden: bool = False


NONE = Guess()


def guess(page: str, measure: Measure) -> Guess:
    """The switch, and while it is on: the guess and the reveal."""
    with st.container(key=f"quiet_{page}_predict"):
        if not controls.switch(say("predict.switch"), f"{page}_predict", help=say("predict.help")):
            return NONE
    variable, key = measure.variable, f"{page}_guess"
    if variable.continuous:
        low, high, _ = controls.limits(variable)
        number = float(controls.value(say("predict.guess"), variable, key, (low + high) / 2))
        text = numbers.quantity(variable, number)
    else:
        controls.settle(key, 50, lambda v: isinstance(v, int) and 0 <= v <= 100)
        percent = st.slider(say("predict.guess"), 0, 100, 50, format="%d %%", key=key, bind=controls.BIND)
        number, text = percent / 100, numbers.probability(percent / 100)
    revealed = controls.switch(say("predict.reveal"), f"{page}_reveal")
    return Guess(text, number, not revealed)
