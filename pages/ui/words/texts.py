"""Texts on a page: the catalogue's sentences, and names from a model made harmless for Markdown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from causal.words.catalogue import current, say, sentences

__all__ = ["MOST", "clean", "plain", "prose", "say", "section"]

MOST = 60
"""Names and labels are cut after so many characters: a model from outside may hold anything."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")


def section(name: str) -> dict[str, str]:
    """All texts of one section."""
    start = f"{name}."
    return {key.removeprefix(start): str(text) for key, text in sentences(current()).items() if key.startswith(start)}


def clean(text: object, most: int = MOST) -> str:
    """One printable, bounded line: no control, bidi-override, zero-width or surrogate characters."""
    return _cleaned(str(text), most)


@lru_cache(maxsize=4096)
def _cleaned(text: str, most: int) -> str:
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(c for c in line if c == "\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    kept = kept.strip()
    return (kept if len(kept) <= most else f"{kept[: most - 1].rstrip()}…") or "?"


def plain(text: object) -> str:
    """A name from a model, so that Markdown shows it as it is: no link, no image, no formula."""
    return _escaped(str(text))


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", clean(text))


def prose(text: str, most: int = 2000) -> str:
    """A model's story as Markdown that can emphasise words, and do nothing else."""
    kept = "\n\n".join(clean(paragraph, most) for paragraph in text.strip().split("\n\n"))
    return re.sub(r"([\\\[\]!<>$:#|`])", r"\\\1", kept)
