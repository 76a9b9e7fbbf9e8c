"""Numbers in running text, in many spellings: 0.32, .32, 32 %, 0,32, 1.234,5, 1/3, 32 of 100, one third, five percent.

A numeral is found with its place, its value, and whether it says that it is a percentage. Separators: of a point and a
comma the last one is the decimal sign; one comma before exactly three digits groups thousands (1,234), any other comma
is a decimal one (0,32); blanks and apostrophes between groups of three digits group thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SMALL = {
    name: number
    for number, names in enumerate(
        (
            "zero null", "one eins", "two zwei", "three drei", "four vier", "five fünf", "six sechs", "seven sieben",
            "eight acht", "nine neun", "ten zehn", "eleven elf", "twelve zwölf", "thirteen dreizehn",
            "fourteen vierzehn", "fifteen fünfzehn", "sixteen sechzehn", "seventeen siebzehn", "eighteen achtzehn",
            "nineteen neunzehn", "twenty zwanzig",
        )
    )
    for name in names.split()
}  # fmt: skip
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_TENS |= {"dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90}
_TENS |= {"hundred": 100, "hundert": 100, "twenty": 20}
_PARTS = {"half": 2, "halves": 2, "hälfte": 2, "third": 3, "drittel": 3, "quarter": 4, "viertel": 4, "fourth": 4}
_PARTS |= {"fifth": 5, "fünftel": 5, "sixth": 6, "sechstel": 6, "seventh": 7, "eighth": 8, "achtel": 8, "ninth": 9}
_PARTS |= {"tenth": 10, "zehntel": 10, "hundredth": 100}
_FEW = "|".join(sorted({*_SMALL, *_TENS}, key=len, reverse=True))

_DIGITS = r"(?:\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?![\d])(?:[.,]\d+)?|\d[\d.,]*\d|\d|[.,]\d+)(?:\s?(?:e|×\s?10\^|x\s?10\^)\s?\{?([+-]?\d{1,3})\}?)?"
_NUMBER = rf"(?P<sign>(?<![\w)\]%]\s)(?<![\w)\]%])[+-]\s?)?(?P<digits>(?<![\w.,]){_DIGITS}|(?<=[+-]){_DIGITS})"
_NUMBER = _NUMBER.replace("[+-]\\s?)?", r"(?:[+-]|\b(?:minus|negative)\b)\s?)?", 1)
_PERCENT = r"(?P<percent>\s?(?:%(?:\s?points?)?|per ?cent(?:age)?(?:[ -]points?)?|prozent(?:punkte?n?)?|pct|pp\b))"
_OF = r"\s?(?:/|of|out of|in|von|aus|unter|over|⁄)\s?(?:all |every |the |insgesamt )?"
_WORD = rf"(?P<words>\b(?:(?:minus|negative) )?(?:(?P<part_count>a|an|one|ein|eine|die|der|das|{_FEW})?[ -]?(?P<part>{'|'.join(_PARTS)})s?n?|(?P<tens>{'|'.join(_TENS)})[ -](?P<ones>{'|'.join(n for n, k in _SMALL.items() if 0 < k < 10)})|(?P<small>{_FEW}))\b)"

_ANY = re.compile(
    rf"(?:{_NUMBER}(?:{_OF}(?P<below>{_DIGITS.replace('(?:e', '(?:E')})(?!\s?%))?|{_WORD}(?:{_OF}(?P<of_word>{_FEW}|\d+)\b)?){_PERCENT}?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text; ``percent`` where it says so itself (``value`` is then as written, 32 for 32 %)."""

    value: float
    percent: bool
    ratio: bool
    start: int
    end: int


def numerals(text: str) -> Iterator[Numeral]:
    """Every number of a text, from left to right."""
    for found in _ANY.finditer(text):
        value, ratio = _value(found)
        if value is not None:
            yield Numeral(value, found["percent"] is not None, ratio, found.start(), found.end())


def _value(found: re.Match[str]) -> tuple[float | None, bool]:
    if found["words"]:
        return _in_words(found)
    value = decimal(found["digits"])
    if value is None:
        return None, False
    if (found["sign"] or "+").strip().lower() in ("-", "minus", "negative"):
        value = -value
    below = decimal(found["below"]) if found["below"] else None
    return (value / below, True) if below else (value, False)


def _in_words(found: re.Match[str]) -> tuple[float | None, bool]:
    sign = -1.0 if re.match(r"minus|negative", found["words"], re.IGNORECASE) else 1.0
    if found["part"]:
        count = _whole(found["part_count"] or "a")
        part = found["part"].lower()
        return sign * count / _PARTS[part], True
    number = float(_TENS[found["tens"].lower()] + _SMALL[found["ones"].lower()]) if found["tens"] else None
    if number is None:
        number = _whole(found["small"])
    if found["of_word"]:
        below = _whole(found["of_word"])
        return (sign * number / below, True) if below else (None, False)
    return sign * number, False


def _whole(word: str) -> float:
    lower = word.lower()
    return float(lower) if lower.isdigit() else float(_SMALL.get(lower, _TENS.get(lower, 1)))


def decimal(written: str) -> float | None:
    """The number that digits with separators stand for; None where they are no number, such as a date."""
    power = re.search(r"\s?(?:e|E|×\s?10\^|x\s?10\^)\s?\{?([+-]?\d{1,3})\}?$", written)
    digits = re.sub(r"[ \u00a0\u202f'’]", "", written[: power.start()] if power else written)
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if point > comma else "."
        digits = digits.replace(thousands, "").replace(",", ".")
    elif digits.count(",") > 1 or re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        digits = digits.replace(",", "")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    else:
        digits = digits.replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d*)?|\.\d+", digits):
        return None
    return float(digits) * 10.0 ** (int(power[1]) if power else 0)
