"""A language that nobody speaks, made of English: every letter has an accent and every word is longer by four tenths.

Whatever a page shows in it without accents was never in the catalogue, and whatever has no room for it will have none
for German. ``make`` writes the language's folder; nothing of it is kept.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import Any

from causal.files import overlay
from causal.words import catalogue, cldr

CODE = "en-XA"
LONGER = 0.5  # of a word; with the spaces and signs between words, all is four tenths longer

PLAIN = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = "áƀçđéƒğĥíĵķļɱñóƥɋřšťúṽŵẋýž"
LETTERS = str.maketrans(PLAIN + PLAIN.upper(), ACCENTED + ACCENTED.upper())

KEPT = re.compile(
    r"\{[^{}]*\}"  # a slot
    r"|`[^`]*`|\$[^$]*\$|<[^<>]*>"  # code, a formula, a tag
    r"|:material/\w+:|:[a-z]+(?:-[a-z]+)?\["  # an icon, and the start of a coloured text
    r"|\]\([^)]*\)"  # where a link leads
    r"|\b(?:[PE]|do)\([^)]*\)"  # a question as it is typed
    r"|\b[\w-]+\.(?:toml|json|csv|svg|png|py)\b"  # a file
)
WORD = re.compile(r"[^\W\d_]{2,}")


def accented(text: str) -> str:
    """A sentence in the language: its slots, its markup and its formulas are as they were.

    >>> accented("A **long** word: {n} units")
    'A **ļóóóñğ** ŵóóóřđ: {n} úúúñííťš'
    """
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [WORD.sub(_word, text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join([*parts, WORD.sub(_word, text[end:])])


def make(shelf: Path) -> Path:
    """Write the language's folder into ``shelf``: its sentences, and the words of every shipped model and graph."""
    folder = shelf / CODE
    for path in sorted((catalogue.LANGUAGES / catalogue.DEFAULT).glob("*.toml")):
        _write(folder / path.name, _all(tomllib.loads(path.read_text(encoding="utf-8"))))
    for path in overlay.paths():
        _write(folder / path.parent.name / path.name, _all(overlay.words(overlay.load(path))))
    return folder


def _word(found: re.Match[str]) -> str:
    """The word with accents; its vowels (or, where it has none, its last letter) are said longer in turn."""
    word = found.group()
    vowels = [place for place, letter in enumerate(word) if letter in "aeiouyAEIOUY"] or [len(word) - 1]
    said = list(word)
    for n in range(ceil(len(word) * LONGER)):
        place = vowels[n % len(vowels)]
        said[place] += word[place].lower()
    return "".join(said).translate(LETTERS)


def _all(entry: Any, key: str = "") -> Any:
    if isinstance(entry, Mapping):
        return {name: _all(said, f"{key}.{name}" if key else name) for name, said in entry.items()}
    if isinstance(entry, list):
        return [_all(said) for said in entry]
    return entry if key in cldr.KEYS and key.startswith("numbers.") else accented(entry)


def _write(path: Path, entries: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_lines(entries)) + "\n", encoding="utf-8")


def _lines(entries: Mapping[str, Any], section: str = "") -> list[str]:
    texts = {name: said for name, said in entries.items() if not isinstance(said, Mapping)}
    tables = {name: said for name, said in entries.items() if isinstance(said, Mapping)}
    lines = [f"[{section}]"] if section and texts else []
    lines += [f"{_quoted(name)} = {_quoted(said)}" for name, said in texts.items()]
    for name, said in tables.items():
        lines += _lines(said, f"{section}.{_quoted(name)}" if section else _quoted(name))
    return lines


def _quoted(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False)  # TOML's strings and lists of strings are JSON's
