"""What can go wrong, each with a kind that programs compare and a sentence that people read.

    CausalError
    ├── BadModel             bad-model            a file that breaks a rule of the format
    ├── MissingNumbers       missing-numbers      a graph without numbers was asked for a number
    ├── BadQuery             bad-query            a question that cannot be read, or has no meaning here
    ├── ImpossibleEvidence   impossible-evidence  the facts cannot happen together in this model
    └── TooLarge             too-large            the answer would not fit into memory or patience

A finer kind follows after a slash, and the sentence is a key of the catalogue with its values, worded when it is read:

>>> error = BadQuery("errors.answers.by_zero", "division-by-zero")
>>> error.kind, error.message
('bad-query/division-by-zero', 'This divides by 0.')
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from causal.words.sentence import Listed, Sentence


class CausalError(Exception):
    """An error with a ``kind`` (see the tree above) and a ``sentence`` whose ``message`` is in the reader's words."""

    family = "error"

    def __init__(self, key: str, finer: str = "", /, **values: object) -> None:
        super().__init__(key, finer)
        self.kind = f"{self.family}/{finer}" if finer else self.family
        self.sentence = Sentence(key, **values)

    @property
    def message(self) -> str:
        """What went wrong, in the language that is spoken where it is read."""
        return str(self.sentence)

    def __str__(self) -> str:
        return self.message


class BadModel(CausalError):
    """A model file breaks a rule: the message names the file, the variable, the field, and what would be right."""

    family = "bad-model"
    longest = 1500  # characters of a message: names in a hostile file can be of any length

    @property
    def message(self) -> str:
        """What is wrong, cut where it gets too long, and without halves of characters."""
        message = super().message
        message = message if len(message) <= self.longest else message[: self.longest - 1] + "…"
        return message.encode("utf-8", "backslashreplace").decode()


class MissingNumbers(CausalError):
    """The model is a graph: it lacks the numbers that this question needs."""

    family = "missing-numbers"


class BadQuery(CausalError):
    """The question cannot be read or has no finite answer; ``position`` counts characters from 0 where known."""

    family = "bad-query"

    def __init__(self, key: str, finer: str = "", /, position: int | None = None, **values: object) -> None:
        super().__init__(key, finer, **values)
        self.position = position


class ImpossibleEvidence(CausalError):
    """The condition has probability 0, so nothing can be concluded from it."""

    family = "impossible-evidence"


class TooLarge(CausalError):
    """Answering exactly would need a table beyond what this engine holds in memory."""

    family = "too-large"


def one_of(names: Iterable[str], wanted: str = "", limit: int = 12) -> Sentence:
    """What would have been right: the known names, with the nearest to ``wanted`` first in line."""
    known = list(names)
    if not known:
        return Sentence("errors.known.none")
    shown = Listed(known, "comma", most=limit)
    near = get_close_matches(wanted[:100], known, n=1, cutoff=0.5)
    return (
        Sentence("errors.known.near", near=near[0], known=shown) if near else Sentence("errors.known.all", known=shown)
    )
