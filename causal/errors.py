"""What can go wrong, each with a kind that programs compare and a message that people read.

    CausalError
    ├── BadModel             bad-model            a file that breaks a rule of the format
    ├── MissingNumbers       missing-numbers      a graph without numbers was asked for a number
    ├── BadQuery             bad-query            a question that cannot be read, or has no meaning here
    ├── ImpossibleEvidence   impossible-evidence  the facts cannot happen together in this model
    └── TooLarge             too-large            the answer would not fit into memory or patience

A finer kind follows after a slash: ``BadQuery("...", "unknown-state").kind == "bad-query/unknown-state"``.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class CausalError(Exception):
    """An error with a ``kind`` (see the tree above) and a ``message`` in the reader's words."""

    family = "error"

    def __init__(self, message: str, finer: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.kind = f"{self.family}/{finer}" if finer else self.family


class BadModel(CausalError):
    """A model file breaks a rule: the message names the file, the variable, the field, and what would be right."""

    family = "bad-model"


class MissingNumbers(CausalError):
    """The model is a graph: it lacks the numbers that this question needs."""

    family = "missing-numbers"


class BadQuery(CausalError):
    """The question cannot be read or has no finite answer; ``position`` counts characters from 0 where known."""

    family = "bad-query"

    def __init__(self, message: str, finer: str = "", position: int | None = None) -> None:
        super().__init__(message, finer)
        self.position = position


class ImpossibleEvidence(CausalError):
    """The condition has probability 0, so nothing can be concluded from it."""

    family = "impossible-evidence"


class TooLarge(CausalError):
    """Answering exactly would need a table beyond what this engine holds in memory."""

    family = "too-large"


def one_of(names: Iterable[str], wanted: str = "", limit: int = 12) -> str:
    """Say what would have been right: the known names, with the nearest to ``wanted`` first in line."""
    known = list(names)
    if not known:
        return "there are none"
    shown = ", ".join(known[:limit]) + (f" and {len(known) - limit} more" if len(known) > limit else "")
    near = get_close_matches(wanted[:100], known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}? Known are: {shown}" if near else f"known are: {shown}"
