"""Numbers in running text, in many spellings: 0.32, .32, 32 %, 0,32, 1.234,5, 1/3, 32 of 100, one third, five percent.

A numeral is found with its place, its value, and whether it says that it is a percentage. Separators: of a point and a
comma the last one is the decimal sign; one comma before exactly three digits groups thousands (1,234), any other comma
is a decimal one (0,32); blanks and apostrophes between groups of three digits group thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 1e15
"""Digits beyond it are no number that could answer anything, and what is smaller than one part of it is 0."""


def _counted(words: str, first: int = 0, times: int = 1) -> dict[str, int]:
    """Words, those for one number side by side and those for the next one after a bar, with their numbers."""
    groups = enumerate(words.split("|"), start=first)
    return {word: times * number for number, group in groups for word in group.split()}


_SMALL = _counted(
    "zero null|one eins|two zwei|three drei|four vier|five fünf|six sechs|seven sieben|eight acht|nine neun|ten zehn|"
    "eleven elf|twelve zwölf|thirteen dreizehn|fourteen vierzehn|fifteen fünfzehn|sixteen sechzehn|seventeen siebzehn|"
    "eighteen achtzehn|nineteen neunzehn"
)
_TENS = _counted(
    "twenty zwanzig|thirty dreißig|forty vierzig|fifty fünfzig|sixty sechzig|seventy siebzig|eighty achtzig|"
    "ninety neunzig|hundred hundert",
    first=2,
    times=10,
)
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "hundert": 100, "tausend": 1000}
_PARTS = _counted(
    "half halves hälfte|third drittel|quarter fourth viertel|fifth fünftel|sixth sechstel|seventh siebtel|"
    "eighth achtel|ninth neuntel|tenth zehntel",
    first=2,
)


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_FEW = _any({*_SMALL, *_TENS})
_POWER = r"(\s?(?:e|[×x]\s?10\^)|\^)\s?[{(]?([+-]?\d{1,3})[})]?"
_DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*\d|\d|[.,]\d+)"
_COUNTED = r"(?:\s(?:times|cases|people|persons|patients|units|individuals|fällen?|personen))?"
_OF = rf"{_COUNTED}\s?(?:\bof|\bout[ ]of|\bin|\bvon|\baus|\bunter|\bover|\bper)\s?(?:(?:all|every|the|insgesamt)\s)?"
_ROUND = rf"(?:(?:an?|one|einer|eine)\s)?(?:{_any(_LARGE)})\b"
_NUMBER = rf"""
    (?P<sign>(?<![\w)\]%])(?:[+-](?=[\d.,])|(?<![\w)\]%]\s)–(?=[\d.,])|(?<![\w)\]%]\s)[+-]\s)|\b(?:minus|negative)\s)?
    (?P<digits>(?<![\w.,^])(?:(?P<mixed>\d{{1,3}})\s(?=\d/\d))?(?P<main>{_DIGITS}(?:{_POWER})?))
    (?:(?:(?P<bar>\s?/\s?)|{_OF})(?P<below>{_DIGITS}|{_ROUND})(?!\d|[.,]\d)(?(bar)|(?!\s?%)))?
"""
_WORDS = rf"""
    (?P<words>\b(?:minus\s|negative\s)?(?:
        (?:(?P<count>an?|ein|eine|die|der|das|{_FEW})[\s-])?(?P<part>{_any(_PARTS)})s?
        | (?P<tens>{_any(_TENS)})[\s-](?P<ones>{_any(w for w, n in _SMALL.items() if 0 < n < 10)})
        | (?P<small>{_FEW})
    )\b)
    (?:{_OF}(?P<of_word>{_ROUND}|(?:{_FEW}|\d+)\b))?
"""
_PERCENT = r"""(?P<percent>\s?(?:
    %(?:\s?points?)?|per[ ]?cent(?:age)?(?:[ -]points?)?|prozent(?:punkte?n?)?|pct|ppt?s?\b|p\.\s?p\.
))"""
_ANY = re.compile(rf"(?:{_NUMBER}|{_WORDS}){_PERCENT}?", re.IGNORECASE | re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text; ``percent`` where it says so itself (``value`` is then as written, 32 for 32 %).

    ``ratio`` where it is written as one number of another, so that it cannot mean a percentage.
    """

    value: float
    percent: bool
    ratio: bool
    start: int
    end: int


def numerals(text: str) -> Iterator[Numeral]:
    """Every number of a text, from left to right."""
    for found in _ANY.finditer(text):
        value, ratio = _in_words(found) if found["words"] else _in_digits(found)
        if value is not None:
            yield Numeral(value, found["percent"] is not None, ratio, found.start(), found.end())


def _in_digits(found: re.Match[str]) -> tuple[float | None, bool]:
    value = decimal(found["main"])
    if value is None:
        return None, False
    below = _below(found["below"]) if found["below"] else None
    if below:
        value /= below
    if found["mixed"]:
        value += float(found["mixed"])
    if (found["sign"] or "+").strip().lower() in ("-", "–", "minus", "negative"):
        value = -value
    return value, below is not None and below > 0 and not found["mixed"]


def _in_words(found: re.Match[str]) -> tuple[float | None, bool]:
    sign = -1.0 if re.match(r"minus|negative", found["words"], re.IGNORECASE) else 1.0
    if found["part"]:
        return sign * _whole(found["count"] or "a") / _PARTS[found["part"].lower()], True
    if found["tens"]:
        number = float(_TENS[found["tens"].lower()] + _SMALL[found["ones"].lower()])
    else:
        number = _whole(found["small"])
    if not found["of_word"]:
        return sign * number, False
    below = _below(found["of_word"])
    return (sign * number / below, True) if below else (None, False)


def _below(written: str) -> float | None:
    """What something is a part of, in digits or words."""
    *_, word = written.lower().split() or [""]
    if word in _LARGE:
        return float(_LARGE[word])
    return decimal(written) if written[0].isdigit() or written[0] in ".," else _whole(written)


def _whole(word: str) -> float:
    lower = word.lower()
    return float(lower) if lower.isdigit() else float(_SMALL.get(lower, _TENS.get(lower, 1)))


def decimal(written: str) -> float | None:
    """The number that digits with separators stand for; None where they are no number, such as a date.

    >>> decimal("1.234,5"), decimal("0,32"), decimal("1,234"), decimal("3.2e-1"), decimal("10^3")
    (1234.5, 0.32, 1234.0, 0.32, 1000.0)
    """
    power = re.search(_POWER + "$", written, re.IGNORECASE)
    digits = re.sub(r"[ \u00a0\u202f']", "", written[: power.start()] if power else written)
    if "," in digits and "." in digits:
        thousands = "," if digits.rfind(".") > digits.rfind(",") else "."
        digits = digits.replace(thousands, "").replace(",", ".")
    elif digits.count(",") > 1 or re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        digits = digits.replace(",", "")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    else:
        digits = digits.replace(",", ".")
    if not re.fullmatch(r"\d{1,300}(?:\.\d*)?|\.\d+", digits):
        return None
    value = float(digits)
    if power:
        try:
            value = value ** int(power[2]) if power[1] == "^" else float(f"{digits}e{power[2]}")
        except (OverflowError, ZeroDivisionError):
            return None
    return None if value > LARGEST else value if value * LARGEST >= 1 else 0.0
