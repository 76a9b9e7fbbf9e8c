"""Limits in a line of text: "between 20 and 40 %", "[0.2, 0.4]", "0.2 ≤ p ≤ 0.4", "at least 20 % and at most 40 %".

A line may also give one of them only: "cannot be less than 20 %" is open above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from causal.labs.questions.reading.numerals import Numeral, numerals

NEAR = 60
"""So far before a number the words that make it a limit may stand."""

Open = Literal["", "above", "below"]

HEDGE = r"(?:about|roughly|approximately|around|nearly|almost|circa|ca\.|etwa|rund|≈|a maximum of|at most|höchstens)"
_PERCENT = r"\s*(?:%|percent|prozent)?\s*"
_NUMBER = r"[+-]?\d*[.,]?\d+"
_JOIN = re.compile(
    rf"{_PERCENT}(?:-|–|—|to|and|und|bis|through|\.\.\.?|…|,|;)\s*(?:{HEDGE}\s)?\s*",
    re.IGNORECASE,
)
_LIST = re.compile(rf"{_PERCENT}(?:,|;|and|und)\s*(?:{HEDGE}\s)?", re.IGNORECASE)
_OPENED = re.compile(rf"(?:between|from|zwischen|von|range[sd]?(?: from)?|[\[(]|∈)\s*(?:{HEDGE}\s*)?$", re.IGNORECASE)
_CLOSE_PAIR = re.compile(rf"\[\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\]|\(\s*([+-]?\d*\.\d+)\s*,\s*([+-]?\d*\.\d+)\s*\)")
_OF_THE_SAME = re.compile(  # 3 to 4 in 10
    rf"(?<![\w.,])(?<!\bof\s)(?<!\bin\s)({_NUMBER})(\s?(?:-|–|to|and|bis|und)\s?)({_NUMBER})"
    r"(\s(?:out of|of|in|von|aus)\s(?:every\s)?\d[\d.,]*)(?!\s?%)",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"""
    (?P<just>\b(?:just|slightly|only|a\s(?:little|bit|tad))\s)?
    (?P<no>(?:\b(?:no|not|never|cannot|nicht)|n't)\s(?:(?:be|lie|fall|go|rise|get)\s)?)?
    (?:
        (?P<more>(?:more|greater|higher|larger|mehr|größer)\s(?:than|als)|\babove|\bexceed(?:s|ing)?|^\W*over|>)
        | (?P<less>(?:less|fewer|lower|smaller|weniger|kleiner)\s(?:than|als)|\bbelow|^\W*under|<)
        | (?P<least>at\sleast|≥|mindestens|\b(?:min(?:imum)?|lower\s(?:bound|limit|end))\b(?:\sof|\sis|\.)?)
        | (?P<most>at\smost|≤|höchstens|up\sto|\b(?:max(?:imum)?|upper\s(?:bound|limit|end))\b(?:\sof|\sis|\.)?)
    )\s*[:=]?\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_THEN_MORE = re.compile(rf"{_PERCENT}(?:≤|<)(?=\s*[^\W\d])", re.IGNORECASE)
_THEN_LESS = re.compile(rf"{_PERCENT}(?:≥|>)(?=\s*[^\W\d])", re.IGNORECASE)
_OR_LESS = re.compile(r"\s*(?:or|oder) (?:less|fewer|lower|below|weniger)\b", re.IGNORECASE)
_OR_MORE = re.compile(r"\s*(?:or|oder|and) (?:more|higher|above|mehr)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """One number or two, lowest first; ``open`` says on which side one alone has no end."""

    numbers: tuple[Numeral, ...]
    open: Open = ""


def limits(line: str) -> Limits | None:
    """The limits that a line gives, if it does."""
    each = _OF_THE_SAME.sub(r"\1\4\2\3\4", line)
    spaced = _CLOSE_PAIR.sub(lambda pair: f"[{pair[1] or pair[3]}; {pair[2] or pair[4]}]", each)
    return _pair(last_piece(spaced, r"[=≈→]")) or _bounds(spaced)


def last_piece(line: str, signs: str) -> str:
    """What stands after the last of these signs after which there is a number."""
    pieces = re.split(signs, line)
    return next((piece for piece in reversed(pieces) if any(numerals(piece))), line)


def _pair(piece: str) -> Limits | None:
    """Two numbers side by side that are joined as limits are."""
    found = list(numerals(piece))
    for one, two in pairwise(found):
        between, before = piece[one.end : two.start], piece[: one.start]
        if "±" in piece or one.value == two.value or not _JOIN.fullmatch(between):
            continue
        if _OPENED.search(before) or not _LIST.fullmatch(between):
            return _ordered(one, two)
    return None


def _bounds(line: str) -> Limits | None:
    """Numbers of which the words or signs beside them say that they are limits."""
    found = list(numerals(line))
    sides = [_side(line, found, i) for i in range(len(found))]
    least = next((n for n, side in zip(found, sides, strict=True) if side == "above"), None)
    most = next((n for n, side in zip(found, sides, strict=True) if side == "below"), None)
    if least and most:
        return _ordered(least, most)
    if not found or not sides[0]:
        return None  # "42 %, which is more than 20 %" is no limit
    return Limits((found[0],), sides[0])


def _side(line: str, found: list[Numeral], place: int) -> Open:
    """On which side of this number the answer lies, if that is said."""
    number = found[place]
    start = found[place - 1].end if place else 0
    before, after = line[max(start, number.start - NEAR) : number.start], line[number.end :]
    if _THEN_MORE.match(after) or _OR_MORE.match(after):
        return "above"
    if _THEN_LESS.match(after) or _OR_LESS.match(after):
        return "below"
    said = _BOUND.search(before)
    if said is None or said["just"] or (place and said[0].strip() in "<>" and not before[: said.start()].strip(" %")):
        return ""  # just under 42 % is about as much; 42 % > 20 % are two numbers compared
    upwards = bool(said["least"] or (said["less"] if said["no"] else said["more"]))
    return "above" if upwards else "below"


def _ordered(one: Numeral, two: Numeral) -> Limits:
    return Limits((one, two) if one.value <= two.value else (two, one))
