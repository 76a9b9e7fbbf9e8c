"""Words for the questions: the catalogue's sentences, names from a model made harmless, and numbers in plain digits."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

from causal.models.model import Variable
from causal.words.catalogue import say
from causal.words.grammar import within

MOST = 60
"""Names are cut after so many characters: a model from outside may hold anything."""


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """One bounded line without control characters; quotation marks that would end our own are straightened."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(c for c in line if unicodedata.category(c)[0] != "C")
    return (kept if len(kept) <= MOST else f"{kept[: MOST - 1].rstrip()}…").translate({8220: '"', 8221: '"'}) or "?"


def label(variable: Variable) -> str:
    """What a variable is called."""
    return clean(variable.label)


def noun(variable: Variable) -> str:
    """What a variable is called within a sentence."""
    return clean(within(variable.label))


def state(variable: Variable, value: str) -> str:
    """What a state is called; a number with its unit."""
    if variable.states:
        return clean(variable.label_of(value))
    return with_unit(digits(float(value)), variable.unit)


def with_unit(number: str, unit: str) -> str:
    """A number and its unit, if it has one."""
    return say("chatbot.clause.number", number=number, unit=clean(unit)) if unit else number


def share(p: float) -> str:
    """A share in percent, in four significant digits and never with an exponent: 0.0099 for 99 of a million."""
    return digits(100 * p, 4)


def digits(x: float, figures: int = 6) -> str:
    """A number in plain digits, as many as matter."""
    rounded = float(f"{x:.{figures}g}") + 0.0
    return np.format_float_positional(rounded, trim="-").replace("-", "−")
