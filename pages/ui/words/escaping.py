"""Texts from outside, made harmless for Markdown: names from a model, its story, and sentences that quote them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pages.ui.words.width import cut, wide

MOST = 60
"""Names and labels are cut after the room of so many letters: a model from outside may hold anything."""

LONGEST = 2000
"""A paragraph of a story is cut after so many."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")
_FORMATS = re.compile(r"([\\\[\]!<>$:#|`])")


def clean(text: object, most: int = MOST) -> str:
    """One printable, bounded line: no control, bidi-override, zero-width or surrogate characters."""
    return _cleaned(str(text), most)


@lru_cache(maxsize=4096)
def _cleaned(text: str, most: int) -> str:
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(c for c in line if c == "\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return cut(kept.strip(), most) or "?"


def plain(text: object) -> str:
    """A name from a model, so that Markdown shows it as it is: no link, no image, no formula."""
    return _escaped(str(text))


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", clean(text))


def readable(sentence: str) -> str:
    """A sentence that may quote names from a model or words of a visitor: nothing in it is markup.

    A word that is too long for a name is cut; what has no blanks as its script has none is no word.
    """
    return " ".join(
        _MARKDOWN.sub(r"\\\1", clean(word, LONGEST)) if wide(word) else plain(word) for word in sentence.split()
    )


def prose(text: str, most: int = LONGEST) -> str:
    """A model's story as Markdown that can emphasise words, and do nothing else."""
    kept = "\n\n".join(clean(paragraph, most) for paragraph in text.strip().split("\n\n"))
    return _FORMATS.sub(r"\\\1", kept)
