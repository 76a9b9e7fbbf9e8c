"""The catalogue: every sentence that anybody can read, by key and language, as whole patterns with named slots.

A language is a folder of data/languages/, its TOML files hold sections of sentences (and sections in sections), and a
key is ``section.name``. A sentence in which a count is said is a table of CLDR plural forms, chosen by the slot ``n``:

    [crowd]
    units = { one = "{n} unit", other = "{n} units" }

Who speaks sets the language (``speak``), or gives a way to find it (``follow``); words are chosen at the edge, when
somebody reads them. What one language lacks is said as Unicode's tables have it (signs, lists), or in English.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from causal.words import cldr

LANGUAGES = Path(__file__).parents[2] / "data" / "languages"
ELSEWHERE = "LADDER_LANGUAGES"
"""The environment's variable that names one more folder of languages."""

DEFAULT = "en"

PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))

Pattern = str | Mapping[str, str]
"""A sentence with named slots, or one for each plural form."""

_SPOKEN: ContextVar[str | None] = ContextVar("language", default=None)
_followed: list[Callable[[], str]] = []


def languages() -> tuple[str, ...]:
    """The codes of all languages there are, English first."""
    found = {path.name for shelf in _shelves() for path in shelf.iterdir() if path.is_dir()}
    return DEFAULT, *sorted(found - {DEFAULT})


def folder(language: str) -> Path:
    """The folder in which a language lies."""
    return next((shelf / language for shelf in _shelves() if (shelf / language).is_dir()), LANGUAGES / language)


def _shelves() -> list[Path]:
    more = os.environ.get(ELSEWHERE)
    return [LANGUAGES, Path(more)] if more else [LANGUAGES]


def current() -> str:
    """The language that is spoken here and now."""
    return _SPOKEN.get() or (_followed[-1]() if _followed else DEFAULT)


@contextmanager
def speak(language: str) -> Iterator[None]:
    """Speak a language within a block."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def follow(listener: Callable[[], str]) -> None:
    """Where no language is set, ask this for one: an app knows its visitor's."""
    _followed[:] = [listener]


def say(key: str, /, **values: object) -> str:
    """The sentence at ``section.name`` in the language that is spoken, its slots filled with these values."""
    language = current()
    pattern = sentences(language).get(key)
    if pattern is None:
        language, pattern = DEFAULT, sentences(DEFAULT)[key]
    if not isinstance(pattern, str):
        pattern = pattern.get(cldr.plural(language, values["n"])) or pattern["other"]
    return pattern.format(**values)


def open_sentence(key: str) -> str:
    """The sentence with its slots still open, for whoever fills them in a way of its own."""
    return str(sentences(current()).get(key) or sentences(DEFAULT)[key])


def known(key: str) -> bool:
    """Whether there is such a sentence in the language that is spoken, or in English."""
    return key in sentences(current()) or key in sentences(DEFAULT)


def section(name: str) -> dict[str, str]:
    """All sentences of one section in the language that is spoken, by their names in it."""
    start = f"{name}."
    return {key.removeprefix(start): str(said) for key, said in sentences(current()).items() if key.startswith(start)}


@lru_cache(maxsize=16)
def sentences(language: str) -> Mapping[str, Pattern]:
    """All sentences of a language by their keys. Raises ValueError where two files give the same key."""
    found: dict[str, Pattern] = {}
    for path in sorted(folder(language).glob("*.toml")):
        for key, pattern in _flat("", tomllib.loads(path.read_text(encoding="utf-8"))):
            if key in found:
                raise ValueError(f"{path.name}: the key {key} stands in another file of {language}, too")
            found[key] = pattern
    return found if found.keys() >= cldr.KEYS else {**cldr.patterns(language), **found}


def _flat(start: str, entries: Mapping[str, Any]) -> Iterator[tuple[str, Pattern]]:
    for name, entry in entries.items():
        if isinstance(entry, str) or (start and entry.keys() <= PLURALS):
            yield start + name, entry
        else:
            yield from _flat(f"{start}{name}.", entry)
