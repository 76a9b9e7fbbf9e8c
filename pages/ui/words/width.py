"""How wide a text stands: a Chinese character takes the room of two letters, and a line may end after it."""

from __future__ import annotations

import re
import textwrap
from unicodedata import combining, east_asian_width

_PIECES = re.compile(r"[!-~]+|.")
_CLOSING = frozenset("、。，．：；？！”’）》」』】…")
"""What never begins a line."""


def wide(text: str) -> bool:
    """Whether any character takes the room of two letters, as those of scripts without blanks do."""
    return not text.isascii() and any(east_asian_width(c) in "WF" for c in text)


def width(text: str) -> int:
    """The room that a text takes, in letters."""
    return len(text) if text.isascii() else sum(0 if combining(c) else 1 + wide(c) for c in text)


def cut(text: str, most: int) -> str:
    """The text, or what of it has room before an ellipsis."""
    if width(text) <= most:
        return text
    while width(text) >= most:
        text = text[: most - 1] if len(text) > most else text[:-1]
    return f"{text.rstrip()}…"


def lines(text: str, letters: int, most: int) -> list[str]:
    """At most so many lines of so many letters; the last one is cut where the text goes on."""
    blank = "" if wide(text) else " "
    found = _by_characters(text, letters) if wide(text) else textwrap.wrap(text, letters)
    return found if len(found) <= most else [*found[: most - 1], cut(blank.join(found[most - 1 :]), letters)]


def _by_characters(text: str, letters: int) -> list[str]:
    found = [""]
    for piece in _PIECES.findall(text):
        if width(found[-1] + piece) > letters and piece not in _CLOSING:
            found.append("")
        found[-1] += "" if piece == " " and not found[-1] else cut(piece, letters)
    return [line.rstrip() for line in found]
