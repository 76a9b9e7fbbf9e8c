"""Reading an answer that somebody, or some machine, wrote: a number, limits, yes or no, or "cannot be known".

The last line that begins with "Answer:" counts; without one, the last \boxed{}; without that, the last line that can be
read. Within it, limits come before "cannot be known" (it cannot be known exactly, but lies between ...), and that before
yes and no, and those before a number.

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
from typing import Literal

from causal.labs.questions.numerals import Numeral, numerals

MOST = 20_000
"""Of a longer text only the end is read."""

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
_CALLED = r"(?:final |my |the |short )*(?:answer|antwort|result|ergebnis|conclusion)(?: is| ist| lautet)?\s*[:=]\s*"
_ANSWER = re.compile(
    rf"(?:^|\n|[.!?]\s)[\s>#\-–•]*{_CALLED}(?=\S)|\b(?:answer is|antwort (?:ist|lautet))\b:?\s*", re.IGNORECASE
)
_UNKNOWN = re.compile(
    r"\b(?:can(?:not|'t| not)|could(?: not|n't)|impossible to|no way to|not possible to|unable to|not enough to)\s"
    r"(?:\w+ ){0,3}?(?:known?|determined?|said?|say|tell|told|identif(?:y|ied)|computed?|calculated?|answer(?:ed)?|inferr?(?:ed)?|derived?|"
    r"conclude[d]?|deduced?|decided?|establish(?:ed)?|estimated?|found|worked out|pinned down)\b"
    r"|\b(?:un|in)(?:known|determined|determinable|determinate|decidable|identifiable|knowable|answerable)\b"
    r"|\bnot\s(?:\w+ ){0,2}?(?:identif(?:ied|iable)|known|determined|determinable|knowable|computable|decidable|answerable|"
    r"given enough|enough (?:information|data))\b"
    r"|\b(?:insufficient|not sufficient|too little|lack of|missing) (?:\w+ )?(?:information|data|evidence)\b"
    r"|\bno (?:\w+ )?(?:answer|number|conclusion) (?:can|follows)|\b(?:i )?(?:don't|do not) know\b"
    r"|\bnicht (?:\w+ )?(?:bestimmbar|bekannt|berechenbar|identifizierbar|entscheidbar|beantwortbar|wissen|bestimmen|sagen|berechnen|beantworten)"
    r"|\bunbestimmbar|\bunbekannt|\bkeine (?:eindeutige )?(?:antwort|aussage)",
    re.IGNORECASE,
)
_YES = re.compile(r"^\W*(?:yes|ja|true|correct|it (?:would|does|is|will)(?! not|n't))\b", re.IGNORECASE)
_NO = re.compile(
    r"^\W*(?:no|nein|false|not?|it (?:would|does|is|will)(?: not|n't))\b(?! (?:more than|less than))", re.IGNORECASE
)
_JOIN = re.compile(
    r"\s*(?:%|percent|prozent)?\s*(?:-|–|—|to|and|und|bis|through|\.\.\.?|…|,|;)\s*(?:at most|höchstens)?\s*",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:at least|no less than|not less than|≥|>=|>|more than|above|mindestens|from|lower bound:?)\s*$", re.IGNORECASE
)
_RISES = re.compile(r"\s*(?:%|percent)?\s*(?:≤|<=|<)", re.IGNORECASE)
_MOST = re.compile(
    r"(?:at most|no more than|not more than|up to|≤|<=|<|less than|below|höchstens|upper bound:?)\s*$", re.IGNORECASE
)


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
    """The text without Markdown and LaTeX, in plain signs."""
    plain = "".join(c if c in "½⅓⅔¼¾⅕" else unicodedata.normalize("NFKC", c) for c in text)
    for sign, words in zip("½⅓⅔¼¾⅕", ("1/2", "1/3", "2/3", "1/4", "3/4", "1/5"), strict=True):
        plain = plain.replace(sign, words)
    plain = (
        plain.replace("−", "-")
        .replace("‐", "-")
        .replace("‑", "-")
        .replace("’", "'")
        .replace("⁄", "/")
        .replace("\r", "\n")
    )
    for _ in range(3):  # \text within \boxed within \mathbf
        for pattern, instead in _LATEX:
            plain = re.sub(pattern, instead, plain)
    return plain


def _passages(plain: str) -> list[str]:
    """Where the answer may stand, the surest place first."""
    called = [re.split(r"\n", plain[m.end() :].strip(), maxsplit=1)[0] for m in _ANSWER.finditer(plain)]
    boxed = re.findall(r"\\(?:boxed|fbox)\s*\{([^{}]*)\}", plain)
    bare = re.sub(r"\\(?:boxed|fbox)\s*\{([^{}]*)\}", r"\1", plain)
    called = [re.sub(r"\\(?:boxed|fbox)\s*\{([^{}]*)\}", r"\1", c) for c in called]
    lines = [line for line in bare.split("\n") if line.strip()]
    return [*called[::-1], *boxed[::-1], *lines[::-1]]


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
    for one, two in zip(found, found[1:], strict=False):
        between, before = line[one.end : two.start], line[: one.start]
        if not _JOIN.fullmatch(between):
            continue
        opened = re.search(
            r"(?:between|from|zwischen|von|range[sd]?(?: from)?|[\[(]|∈)\s*(?:about |approximately )?$",
            before,
            re.IGNORECASE,
        )
        listed = re.fullmatch(r"\s*(?:%|percent)?\s*(?:,|;|and|und)\s*", between, re.IGNORECASE)
        if (opened or not listed) and one.value != two.value:
            return Reading("limits", (one, two) if one.value <= two.value else (two, one))
        if one.value == two.value:
            return Reading("number", (one,))
    for number in found:
        before = line[: number.start]
        upper = next((n for n in found if n.start > number.end and _MOST.search(line[: n.start])), None)
        if _MOST.search(before):
            return Reading("limits", (number,), "below")
        if upper and (_LEAST.search(before) or _RISES.match(line[number.end :])):
            return Reading("limits", (number, upper))
        if _LEAST.search(before):
            return Reading("limits", (number,), "above")
    return None


def _number(line: str) -> Numeral | None:
    """What stands after the last sign of equality; a percentage before any other number, the first before the rest."""
    part = re.split(r"[=≈]", line)
    for piece in reversed(part):
        found = list(numerals(piece))
        if found:
            return next((n for n in found if n.percent), found[0])
    return None
