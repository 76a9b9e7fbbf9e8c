"""The grammar that a sentence about any model needs, read off ``[grammar]`` of the language: a language brings no code.

>>> within("Radio play"), within("TikTok use"), needs_article("Treatment"), needs_article("Rifleman A")
('radio play', 'TikTok use', True, False)
>>> needs_quotes("yes"), needs_quotes("0.5"), needs_quotes("open surgery")
(True, True, False)
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from causal.words.catalogue import say
from causal.words.sentence import Listed, Way


def within(label: str) -> str:
    """A label as it stands within a sentence: "radio play", but "TikTok use"."""
    first = label.partition(" ")[0]
    small = say("grammar.small") == "yes" and len(first) > 1 and first[1:].islower()
    return label[:1].lower() + label[1:] if small else label


def needs_article(label: str) -> bool:
    """Whether a label is no name and has no article of its own."""
    own = within(label)
    if own == label and say("grammar.small") == "yes":
        return False
    words = own.split(" ")
    return len(words[-1]) > 1 and words[0] not in say("grammar.articles").split()


def needs_quotes(value: str) -> bool:
    """Whether a value would not read as a word: a bare yes, or 1."""
    return value.lower() in say("grammar.bare").split() or value.replace(".", "").isdigit()


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def listed(things: Iterable[object], way: Way = "and") -> str:
    """A, B and C."""
    return str(Listed(things, way))


def together(*sentences: str) -> str:
    """Whole sentences, one after the other; empty ones are none."""
    said = [sentence for sentence in sentences if sentence]
    return reduce(lambda first, then: say("grammar.then", first=first, then=then), said) if said else ""
