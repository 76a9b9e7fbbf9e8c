"""Predict before the reveal: a guess is asked for first, and stays drawn beside the answer."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from causal.answers.answer import Answer
from causal.models.model import Variable
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.controls.measure import Measure
from pages.ui.look import look
from pages.ui.words import quantities
from pages.ui.words.escaping import clean


@dataclass(frozen=True, slots=True)
class Guess:
    """What the visitor guessed (as text and as a number), and whether the answer may be shown."""

    text: str = ""
    number: float | None = None
    hidden: bool = False


NONE = Guess()
SCALES = {
    "difference": ((-100.0, 100.0, 1.0), 0.0, "+.0f"),
    "share": ((0.0, 100.0, 1.0), 50.0, ".0f"),
    "ratio": ((0.0, 10.0, 0.1), 1.0, ".1f"),
}
"""The guess of an effect, in percentage points, percent or times: its ends and step, its start, how it is written."""


def wanted(page: str) -> bool:
    """The switch."""
    return controls.switch(say("predict.switch"), f"{page}_predict", help=say("predict.help"))


def guess(page: str, measure: Measure, on: bool) -> Guess:
    """While the switch is on: the guess and the reveal."""
    if not on:
        return NONE
    variable, key = measure.variable, f"{page}_guess"
    if not measure.event:
        low, high, _ = controls.limits(variable)
        number = float(controls.value(say("predict.guess"), variable, key, (low + high) / 2))
        text = quantities.quantity(variable, number)
    else:
        shown = _printed("%d", "predict.percent")
        percent = controls.slider(say("predict.guess"), key, (0, 100, 1), 50, format=shown)
        number, text = percent / 100, numbers.probability(percent / 100)
    revealed = controls.switch(say("predict.reveal"), f"{page}_reveal")
    return Guess(text, number, not revealed)


def effect(label: str, page: str, variable: Variable, scale: str, hidden: bool) -> Guess:
    """The guess of an effect on a variable: a difference, a share or a ratio."""
    (low, high, step), start, digits = SCALES[scale]
    key, pattern, unit = f"{page}_guess", f"predict.{scale}", ""
    if variable.support.case(states="", numbers="difference") == scale:
        least, most, step = controls.limits(variable)
        low, high, digits = least - most, most - least, f"+.{controls.decimals(variable)}f"
        pattern, unit = "predict.quantity", clean(variable.unit)
    shown = _printed(f"%{digits}", pattern, unit=unit)
    number = controls.slider(label, key, (low, high, step), start, format=shown)
    return Guess(say(pattern, number=numbers.fixed(number, digits), unit=unit), number, hidden)


def _printed(digits: str, pattern: str, **words: str) -> str:
    """A slider's format, in which what is percent is written twice, but for that of the digits."""
    return digits.join(part.replace("%", "%%") for part in say(pattern, number="\0", **words).split("\0"))


def answer(rung: int, sentence: str, parts: tuple[str, str], guess: Guess, formula: str = "") -> None:
    """The page's number with its sentence, or a question mark until the reveal; a guess stays beside it."""
    large, small = ("?", "") if guess.hidden else parts
    lines = [sentence, look.number(rung, large, small)]
    if guess.text:
        lines.append(f":small[{say('predict.yours', guess=guess.text)}]")
    if formula:
        lines.append(f"${formula}$")
    st.markdown("\n\n".join(lines))


def series(guess: Guess, variable: Variable, event: str) -> dict[str, Answer]:
    """The guess as one more world of a chart."""
    if guess.number is None:
        return {}
    if not event:
        return {"more": Answer("", 0, mean=guess.number, sd=0.0)}
    shares = {s: guess.number if s == event else 0.0 for s in variable.states}
    return {"more": Answer("", 0, distribution=shares)}
