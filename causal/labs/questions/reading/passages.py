r"""Where in a text its answer may stand, the surest place first.

A line that begins with "Answer:", the last one first (or a heading "Answer", and the line below it); then what follows
"the answer is" within a line; then what stands in a \boxed{}; then any line, from the last one upwards, remarks last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_LINE, MOST_PLACES = 400, 40
"""Of a longer line only a part is read, and only so many places are tried."""

_FINAL = r"(?:(?:final|my|the|short|correct)[ ])*"
_ANSWER = rf"{_FINAL}(?:answer|antwort|result|ergebnis|conclusion)"
_BEGUN = re.compile(
    rf"""^[^\w\n]{{0,20}}(?:\d{{1,2}}[.)][ ])?(?:
             {_ANSWER}(?:[ ]\([^()\n]{{0,40}}\))?(?:(?:[ ]is|[ ]ist|[ ]lautet)?\W{{0,3}}[:=≈]\s*|[ ][-–—][ ])
             | {_FINAL}(?:answer|antwort)[ ]?\n\s*
         )(?=\S)
       | ["'](?:final[_ ])?answer["']\s*:\s*""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_WITHIN = re.compile(
    rf"[.!?]\s\W{{0,5}}{_ANSWER}\s*[:=]\s*(?=\S)|\banswer(?:, \w+,)? (?:is|would be)\b:?\s*"
    r"|\bantwort (?:ist|lautet)\b:?\s*",
    re.IGNORECASE,
)
_NEXT_FIELD = re.compile(r""",\s*["'][\w ]{1,40}["']\s*:|\}\s*$""")
_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{([^{}]*)\}")
_REMARK = re.compile(
    r"\W*(?:notes?|remarks?|caveats?|confidence|sources?|p\.? ?s|disclaimer|let me know|i hope|hope this|feel free|"
    r"if you|hinweis|anmerkung)\b|.*\?\W*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}[.)]|(?:step|part|schritt|teil) \d{1,2}\b[.:)]?)\s+(?=\S)", re.IGNORECASE)


def passages(text: str) -> Iterator[str]:
    """Every place of a text in plain signs where its answer may stand."""
    for pattern in (_BEGUN, _WITHIN):
        for end in [found.end() for found in pattern.finditer(text)][: -MOST_PLACES - 1 : -1]:
            line = text[end : end + MOST_LINE].partition("\n")[0]
            yield _unboxed(_NEXT_FIELD.split(line)[0])
    yield from (box[:MOST_LINE] for box in _BOX.findall(text)[: -MOST_PLACES - 1 : -1])
    lines = [line[-MOST_LINE:] for line in text.split("\n") if line.strip()][: -MOST_PLACES - 1 : -1]
    for line in sorted(lines, key=lambda line: _REMARK.match(line) is not None):
        yield _unboxed(_NUMBERED.sub("", line))


def _unboxed(line: str) -> str:
    return _BOX.sub(r"\1", line).strip()
