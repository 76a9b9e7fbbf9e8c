"""Numbers as a language writes them: its signs and groups, percent, and what is too rare for percent as a count.

The patterns are ``[numbers]`` of a language's files; CLDR says what these leave open. A minus is a real one.

>>> decimal(-1234.5, 2), probability(0.826), probability(0.000139), points(-0.35)
('−1,234.5', '82.6\xa0%', '139 of 1,000,000', '−35\xa0percentage points')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from causal.words.catalogue import current, open_sentence, say, speak

SMALL = 0.01
MILLION = 1_000_000
CERTAIN = 1e-12
LEAST_P = 0.001
"""Smaller p-values are not told apart."""

_PAIRS = re.compile(r"(?<=\d)(?=(?:\d\d)+$)")


class Whole(int):
    """A whole number that a sentence writes as its language does, and whose plural form it takes.

    >>> f"{Whole(20000)} units"
    '20,000 units'
    """

    def __str__(self) -> str:
        return whole(self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def decimal(x: float, places: int) -> str:
    """A number with at most so many decimals, and no idle zero at its end."""
    # two roads to one number differ in the last bits, which must not round 54.75 both ways
    return _signs(current()).written(f"{round(x, 9):,.{places}f}")


def whole(n: int) -> str:
    """A whole number: 20,000."""
    return decimal(n, 0)


def signed(x: float, places: int) -> str:
    """A number with its sign, the plus too; nought has none."""
    return _signs(current()).written(f"{round(x, 9):+,.{places}f}")


def fixed(x: float, spec: str) -> str:
    """A number with all its decimals, as a slider shows it; ``spec`` is Python's: +.1f."""
    return _signs(current()).put_into(format(x, spec))


def figures(x: float, most: int) -> str:
    """A number with so many figures that count: 0.000139, 1.39e−07."""
    return _signs(current()).put_into(f"{x:.{most}g}")


def is_nought(x: float, places: int) -> bool:
    """Whether a number with so many decimals is written as 0."""
    return round(round(x, 9), places) == 0


def probability(p: float) -> str:
    """A probability: 82.6 %, or 139 of 1,000,000 where percent would hide it."""
    if is_rare(p):
        return say("numbers.rare", number=decimal(p * MILLION, _places(p * MILLION)))
    signs = _signs(current())
    return signs.percent[0] + signs.written(f"{round(100 * p, 9):,.1f}") + signs.percent[1]


def is_rare(p: float) -> bool:
    """Whether a probability is told by a count of a million, as percent would hide it."""
    return not (SMALL <= p <= 1 - SMALL / 10 or p in (0.0, 1.0) or min(p, 1 - p) < CERTAIN)


def interval(low: float, high: float) -> str:
    """Every probability between two ends."""
    return spanned(probability(low), probability(high))


def between(low: float, high: float) -> str:
    """A probability that is known up to an interval, or exactly where its ends meet."""
    return probability(low) if high - low < 1e-9 else interval(low, high)


def spanned(low: str, high: str) -> str:
    """From one thing to another, both written already."""
    return say("numbers.span", low=low, high=high)


def points(gap: float) -> str:
    """A gap between probabilities, in percentage points, with its sign."""
    return with_unit(*points_and_unit(gap))


def points_and_unit(gap: float) -> tuple[str, str]:
    """A gap between probabilities, and its unit; a small one is counted in a million, and its unit said with it."""
    if CERTAIN <= abs(gap) < SMALL / 100:
        return say("numbers.rare_points", number=signed(gap * MILLION, _places(gap * MILLION))), ""
    return signed(100 * gap, 1 if abs(gap) >= SMALL else 2), _signs(current()).points


def no_points(gap: float) -> bool:
    """Whether a gap between probabilities is written as 0."""
    return abs(gap) < CERTAIN or (abs(gap) < SMALL / 100 and is_nought(gap * MILLION, 2))


def p_value(p: float) -> str:
    """How often luck alone would show as much: p = 0.03, or p < 0.001."""
    return say("numbers.p_is", p=figures(p, 2)) if p >= LEAST_P else say("numbers.p_below", p=figures(LEAST_P, 2))


def with_unit(number: str, unit: str) -> str:
    """A number and what it counts."""
    return _signs(current()).quantity.format(number=number, unit=unit) if unit else number


def _places(counted: float) -> int:
    return 0 if abs(counted) >= 10 else 2


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a language writes in the place of Python's signs, and round a number: a slider's move writes hundreds."""

    decimal: str
    group: str
    minus: str
    in_pairs: bool
    like_python: bool
    percent: tuple[str, str]
    quantity: str
    points: str

    def written(self, shown: str) -> str:
        """A number as Python writes it, in the language's signs, and without an idle zero."""
        if "." in shown:
            shown = shown.rstrip("0").rstrip(".")
        return "0" if shown in ("-0", "+0") else self.put_into(shown)

    def put_into(self, shown: str) -> str:
        """The language's signs put into a number as Python writes it."""
        if not self.like_python:
            whole, dot, part = shown.partition(".")
            whole = _in_pairs(whole) if self.in_pairs else whole
            shown = whole.replace(",", self.group) + (self.decimal if dot else "") + part
        return shown.replace("-", self.minus)


@lru_cache(maxsize=16)
def _signs(language: str) -> _Signs:
    with speak(language):
        decimal, group, in_pairs = say("numbers.decimal"), say("numbers.group"), say("numbers.groups") == "2"
        before, _, after = open_sentence("numbers.percent").partition("{number}")
        return _Signs(
            decimal,
            group,
            say("numbers.minus"),
            in_pairs,
            (decimal, group, in_pairs) == (".", ",", False),
            (before, after),
            open_sentence("numbers.quantity"),
            say("numbers.points"),
        )


def _in_pairs(whole: str) -> str:
    """12,34,567 for 1,234,567: the last three digits together, and the others by two."""
    digits = whole.replace(",", "")
    return f"{_PAIRS.sub(',', digits[:-3])},{digits[-3:]}" if whole != digits else whole
