r"""Reading an answer that somebody, or some machine, wrote: a number, limits, yes or no, or "cannot be known".

Read is the surest place where an answer stands (see ``passages``). In it a yes or no comes first, with the number or
the limits beside it; then limits, which come before "cannot be known" (it cannot be known exactly, but lies between
...); then that; then a number. Asides do not count, unless nothing can be read without them.

>>> read("I think so. **Answer:** about 32 %").shares
(0.32,)
>>> read("Between 20 and 40 percent").shares
(0.2, 0.4)
>>> read("This cannot be determined from the data.").kind
'unknown'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from causal.labs.questions.reading.asides import without_asides
from causal.labs.questions.reading.limits import HEDGE, Open, last_piece, limits
from causal.labs.questions.reading.numerals import Numeral, numerals
from causal.labs.questions.reading.passages import passages
from causal.labs.questions.reading.plain import plain
from causal.labs.questions.reading.stances import comparison, side, unknown

MOST = 20_000
"""Of a longer text only the end is read."""

NEARLY = 0.02
"""A number written twice, as a third and as 33 %, may differ by this part of itself."""

Kind = Literal["number", "limits", "yes", "no", "unknown", "two", "nothing"]

_DIGITS = r"[+-]?\d[\d.,]*"
_OUT_OF = re.compile(
    rf"\b(?:out\s)?of\s({_DIGITS})(?:\s[^\W\d]+){{0,3}},\s(?:{HEDGE}\s)?({_DIGITS})(?!\s?%)", re.IGNORECASE
)
_WHOLE = [
    (re.compile(pattern, re.IGNORECASE), value)
    for pattern, value in (
        (r"^\W*(?:never|niemals|in no case|(?:in )?none of (?:them|the cases|these|those))\b", 0.0),
        (r"^\W*no (?:difference|change|effect)\b", 0.0),
        (r"^\W*(?:always|immer|in (?:all|every) cases?|all of (?:them|the cases|these|those))\b", 1.0),
    )
]
_LOWERED = re.compile(
    rf"\b(?:(?:fall|fell|drop|decreas|declin|lower|reduc|sink|shrink)\w*(?:\s\w+){{0,3}}?\sby|"
    rf"(?:fall|drop|decrease|decline|reduction)\sof)\s(?:{HEDGE}\s)?$",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"(?:\s(?!(?:of|or|and|is|are|be|was|than|more|at|in|for)\b)[^\W\d]+){0,2}?\s(?:less|fewer|lower|smaller|rarer|weniger|"
    r"seltener|niedriger)\b(?=\W*$|\s*[,.;:)]|\s(?:than|often|likely|in)\b)",
    re.IGNORECASE,
)
_OR = re.compile(rf"\s*(?:or|oder)\s*(?:{HEDGE}\s)?", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!](?:\s|$)")
_HEDGED = re.compile(rf"\W*(?:{HEDGE}\W*)?", re.IGNORECASE)
_OF_WHAT = re.compile(r"(?:\s(?!(?:is|was|are|were)\b)[^\W\d]+){0,3}\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: its kind, the numbers in it as they are written, and which of them said percent.

    ``open`` says on which side limits have no end: "at least 30 %" is open above. A yes or no has the numbers that
    stand beside it. Two different answers are of kind "two".
    """

    kind: Kind
    numbers: tuple[Numeral, ...] = ()
    open: Open = ""

    @property
    def quantity(self) -> Reading:
        """The number or the limits alone, where a yes or no has them beside it."""
        if self.kind not in ("yes", "no") or not self.numbers:
            return self
        return replace(self, kind="limits" if self.open or len(self.numbers) > 1 else "number")

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers as numbers of a unit, the percent sign dropped."""
        return tuple(n.value for n in self.numbers)

    @property
    def shares(self) -> tuple[float, ...]:
        """The numbers as shares of one: those marked percent, and bare ones beyond 1, are divided by 100.

        A bare number of limits goes with the other one: between 0.5 and 40 %.
        """
        marked = any(n.percent for n in self.numbers)
        large = any(abs(n.value) > 1 and not n.ratio for n in self.numbers)
        return tuple(
            n.value / 100 if n.percent or (not n.ratio and (marked or large)) else n.value for n in self.numbers
        )


NOTHING = Reading("nothing")


def read(text: str) -> Reading:
    """The answer in a text; of kind "nothing" where there is none."""
    found = (_passage(passage) for passage in passages(plain(text[-MOST:])))
    return next((reading for reading in found if reading.kind != "nothing"), NOTHING)


def _passage(passage: str) -> Reading:
    found = _line(without_asides(passage))
    if found.kind not in ("nothing", "unknown"):
        return found
    whole = _line(passage)
    bounded = whole.kind == "limits" and not whole.open  # cannot be known (between 20 and 40 %)
    return whole if bounded or found.kind == "nothing" else found


def _line(line: str) -> Reading:
    beside, said = _quantity(line), side(line)
    if said == "two":
        return Reading("two")
    if said == "yes" or (said == "no" and not unknown(line)):
        return replace(beside, kind=said)
    if beside.kind == "limits":
        return beside
    if unknown(line):
        return _opening(line) or Reading("unknown")
    if beside.kind == "nothing":
        return Reading(comparison(line) or "nothing")
    return beside


def _opening(line: str) -> Reading | None:
    """The number that is the line's first sentence, whatever the rest calls unknown."""
    first = _SENTENCE.split(line, maxsplit=1)[0]
    for n in numerals(first):
        alone = _HEDGED.fullmatch(first[: n.start]) and _OF_WHAT.fullmatch(first[n.end :])
        return Reading("number", (n,)) if alone else None
    return None


def _quantity(line: str) -> Reading:
    """The limits or the number in a line."""
    found = limits(line)
    if found is not None:
        return Reading("limits", found.numbers, found.open)
    return _number(_OUT_OF.sub(r"\2 of \1", line))


def _number(line: str) -> Reading:
    """The number after the last sign of equality or colon: the first that is a percentage, else the first."""
    piece = last_piece(line, r"[=≈→:]")
    found = list(numerals(piece))
    if not found:
        whole = [Numeral(value, False, True, 0, len(line)) for pattern, value in _WHOLE if pattern.search(line)]
        return Reading("number", (whole[0],)) if whole else NOTHING
    for one, two in pairwise(found):
        if _OR.fullmatch(piece[one.end : two.start]) and _differ(one, two):
            return Reading("two")
    number = next((n for n in found if n.percent), found[0])
    down = _LOWERED.search(piece[: number.start]) or _LOWER.match(piece[number.end :])
    return Reading("number", (replace(number, value=-abs(number.value)) if down else number,))


def _differ(one: Numeral, two: Numeral) -> bool:
    first, second = Reading("number", (one,)).shares[0], Reading("number", (two,)).shares[0]
    return abs(first - second) > NEARLY * max(abs(first), abs(second))
