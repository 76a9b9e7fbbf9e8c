r"""Reading an answer that somebody, or some machine, wrote: a number, limits, yes or no, or "cannot be known".

The last line that begins with "Answer:" counts; without one, the last \boxed{}; without that, the last line that can
be read. Within it, limits come before "cannot be known" (it cannot be known exactly, but lies between ...), and that
before yes and no, and those before a number.

>>> read("I think so. **Answer:** about 32 %").shares
(0.32,)
>>> read("Between 20 and 40 percent").shares
(0.2, 0.4)
>>> read("This cannot be determined from the data.").kind
'unknown'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from causal.labs.questions.numerals import Numeral, numerals

MOST = 20_000
"""Of a longer text only the end is read."""

MOST_LINE, MOST_PLACES = 400, 40
"""Of a longer line only a part is read, and only so many places are tried, the surest first."""

Kind = Literal["number", "limits", "yes", "no", "unknown", "nothing"]

_LATEX = [
    (r"\\(?:text|mathrm|mathbf|textbf|operatorname|mathit)\s*\{([^{}]*)\}", r"\1"),
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    (r"\\(?:approx|sim|simeq|doteq)\b", "≈"),
    (r"\\leq?\b", "≤"),
    (r"\\geq?\b", "≥"),
    (r"\\(?:cdot|times)\b", "×"),
    (r"\\%", "%"),
    (r"\\(?:left|right|[,;!:() \[\]])|\\q?quad\b", " "),
    (r"[$`*]|__|~", ""),
]
_TAGS = [
    (re.compile(r"</?(?:p|div|br|hr|li|[uo]l|h[1-6]|pre|table|t[dhr])\b[^<>]{0,200}>", re.IGNORECASE), "\n"),
    (re.compile(r"</?(?:b|i|u|em|strong|span|mark|code|su[bp])\b[^<>]{0,200}>", re.IGNORECASE), ""),
]
_CALLED = r"(?:(?:final|my|the|short) )*(?:answer|antwort|result|ergebnis|conclusion)(?: is| ist| lautet)?\s*[:=]\s*"
_ANSWER = re.compile(
    rf"(?:^|\n|[.!?]\s)[\s>#\-–•]*{_CALLED}(?=\S)|\b(?:answer is|antwort (?:ist|lautet))\b:?\s*", re.IGNORECASE
)
_FOUND_OUT = (
    "known?|determined?|said?|say|tell|told|identif(?:y|ied)|computed?|calculated?|answer(?:ed)?|inferr?(?:ed)?|derived?|"
    "conclude[d]?|deduced?|decided?|establish(?:ed)?|estimated?|found|worked[ ]out|pinned[ ]down"
)
_ABLE = "identifiable|determinable|knowable|computable|decidable|answerable"
_UNKNOWN = re.compile(
    rf"""
    \b(?:can(?:not|'t|\ not)|could(?:\ not|n't)|impossible\ to|no\ way\ to|not\ possible\ to|unable\ to|not\ enough\ to)
      \s(?:\w+\s){{0,3}}?(?:{_FOUND_OUT})\b
    | \b(?:unknown|undetermined|indeterminate|(?:un|in)(?:{_ABLE}))\b
    | \bnot\s(?:\w+\s){{0,2}}?(?:identified|known|determined|{_ABLE}|enough\s(?:information|data))\b
    | \b(?:insufficient|not\ sufficient|too\ little|lack\ of|missing)\s(?:\w+\s)?(?:information|data|evidence)\b
    | \bno\s(?:\w+\s)?(?:answer|number|conclusion)\s(?:can|follows)
    | \b(?:don't|do\ not)\ know\b
    | \bnicht\s(?:\w+\s)?(?:bestimmbar|bekannt|berechenbar|identifizierbar|entscheidbar|beantwortbar)
    | \bnicht\s(?:\w+\s)?(?:wissen|bestimmen|sagen|berechnen|beantworten)
    | \bunbestimmbar|\bunbekannt|\bkeine\s(?:eindeutige\s)?(?:antwort|aussage)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_YES = re.compile(
    r"^\W*(?:yes|ja|true|correct|"
    r"it (?:would|does|is|will)(?=\W*$|[,.;!]|\s(?:be\s)?(?:so|true|more|higher|raise|increase|rise)))\b",
    re.IGNORECASE,
)
_NO = re.compile(r"^\W*(?:no|nein|false|not|it (?:would|does|is|will)(?: not|n't))\b", re.IGNORECASE)
_JOIN = re.compile(
    r"\s*(?:%|percent|prozent)?\s*(?:-|–|—|to|and|und|bis|through|\.\.\.?|…|,|;)\s*(?:at most|höchstens)?\s*",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:%|percent)?\s*(?:,|;|and|und)\s*", re.IGNORECASE)
_OPENED = re.compile(
    r"(?:between|from|zwischen|von|range[sd]?(?: from)?|[\[(]|∈)\s*(?:about |approximately )?$", re.IGNORECASE
)
_LEAST = re.compile(
    r"(?:at least|no less than|not less than|≥|>=|>|more than|above|mindestens|from|lower bound:?)\s*$", re.IGNORECASE
)
_RISES = re.compile(r"\s*(?:%|percent)?\s*(?:≤|<=|<)", re.IGNORECASE)
_MOST = re.compile(
    r"(?:at most|no more than|not more than|up to|≤|<=|<|(?<!no )(?<!not )less than|below|höchstens|upper bound:?)\s*$",
    re.IGNORECASE,
)
_FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5"}
_SIGNS = str.maketrans({"−": "-", "‐": "-", "‑": "-", "’": "'", "⁄": "/", "\r": "\n", "…": " – ", **_FRACTIONS})
_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: its kind, the numbers in it as they are written, and which of them said percent.

    ``open`` says on which side limits have no end: "at least 30 %" is open above.
    """

    kind: Kind
    numbers: tuple[Numeral, ...] = ()
    open: Literal["", "above", "below"] = ""

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


def read(text: str) -> Reading:
    """The answer in a text; of kind "nothing" where there is none."""
    plain = normal(text[-MOST:])
    for passage in _passages(plain):
        found = _passage(passage)
        if found.kind != "nothing":
            return found
    return Reading("nothing")


def normal(text: str) -> str:
    """The text without Markdown, HTML and LaTeX, in plain signs."""
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    for tag, instead in _TAGS:
        plain = tag.sub(instead, plain)
    plain = re.sub(r"\.{2,}", " – ", plain)
    for _ in range(3):  # \text within \boxed within \mathbf
        for pattern, instead in _LATEX:
            plain = re.sub(pattern, instead, plain)
    return plain


def _passages(plain: str) -> list[str]:
    """Where the answer may stand, the surest place first."""
    ends = [found.end() for found in _ANSWER.finditer(plain)][: -MOST_PLACES - 1 : -1]
    called = [plain[end : end + 2 * MOST_LINE].strip().partition("\n")[0][:MOST_LINE] for end in ends]
    boxed = [box[:MOST_LINE] for box in _BOX.findall(plain)[: -MOST_PLACES - 1 : -1]]
    lines = [line[-MOST_LINE:] for line in plain.split("\n") if line.strip()][: -MOST_PLACES - 1 : -1]
    return [_BOX.sub(r"\1", place) for place in [*called, *boxed, *lines]]


def _passage(passage: str) -> Reading:
    line = passage.strip()
    if (limits := _limits(line)) is not None:
        return limits
    if _UNKNOWN.search(line):
        return Reading("unknown")
    if _YES.search(line):
        return Reading("yes")
    if _NO.search(line):
        return Reading("no")
    number = _number(line)
    return Reading("number", (number,)) if number else Reading("nothing")


def _limits(line: str) -> Reading | None:
    found = list(numerals(line))
    if "±" in line and len(found) > 1:
        return None
    for one, two in pairwise(found):
        between, before = line[one.end : two.start], line[: one.start]
        if not _JOIN.fullmatch(between):
            continue
        if one.value == two.value:
            return Reading("number", (one,))
        if _OPENED.search(before) or not _LIST.fullmatch(between):
            return Reading("limits", (one, two) if one.value <= two.value else (two, one))
    for number in found:
        before = line[max(0, number.start - 30) : number.start]
        later = (n for n in found if n.start > number.end)
        upper = next((n for n in later if _MOST.search(line[max(0, n.start - 30) : n.start])), None)
        if _MOST.search(before):
            return Reading("limits", (number,), "below")
        if upper and (_LEAST.search(before) or _RISES.match(line[number.end :])):
            return Reading("limits", (number, upper))
        if _LEAST.search(before):
            return Reading("limits", (number,), "above")
    return None


def _number(line: str) -> Numeral | None:
    """The number after the last sign of equality or colon: the first that is a percentage, else the first."""
    for piece in reversed(re.split(r"[=≈:]", line)):
        found = list(numerals(piece))
        if found:
            return next((n for n in found if n.percent), found[0])
    return None
