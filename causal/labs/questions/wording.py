"""Words for the questions: the catalogue's sentences, names from a model made harmless, and numbers in plain digits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from causal.models.model import Variable
from causal.words import catalogue
from causal.words.grammar import within

MOST = 60
"""Names are cut after so many characters: a model from outside may hold anything."""


def say(place: str, /, **gaps: object) -> str:
    """The text at ``section.name``, its gaps filled."""
    return catalogue.say(f"question_{place}", **gaps)


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
    unit = f" {clean(variable.unit)}" if variable.unit else ""
    return digits(float(value)) + unit


def listed(items: Iterable[str]) -> str:
    """A, B and C."""
    *most, last = list(items) or [""]
    return say("clause.and", first=", ".join(most), last=last) if most else last


def share(p: float) -> str:
    """A share in percent, in four significant digits and never with an exponent: 0.0099 for 99 of a million."""
    return digits(100 * p, 4)


def digits(x: float, figures: int = 6) -> str:
    """A number in plain digits, as many as matter."""
    rounded = float(f"{x:.{figures}g}") + 0.0
    return np.format_float_positional(rounded, trim="-").replace("-", "−")
