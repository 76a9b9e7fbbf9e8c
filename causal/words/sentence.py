"""A sentence before anybody reads it: its key and its values, worded only when it is shown.

It crosses processes, caches and languages as a value; ``str`` says it in the language that is spoken there and then.

>>> str(Sentence("lists.and", first="A, B", last="C"))
'A, B and C'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from causal.words.catalogue import say
from causal.words.numbers import Whole


@dataclass(frozen=True, init=False, slots=True)
class Sentence:
    """A key of the catalogue and what fills its slots: texts, numbers, lists and sentences again."""

    key: str
    filled: tuple[tuple[str, object], ...]

    def __init__(self, key: str, /, **values: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "filled", tuple(values.items()))

    @property
    def values(self) -> Mapping[str, object]:
        """What fills each slot."""
        return dict(self.filled)

    def to_data(self) -> dict[str, object]:
        """The sentence as JSON data; its values must be numbers, texts and sentences."""
        values = {name: value.to_data() if isinstance(value, Sentence) else value for name, value in self.filled}
        return {"key": self.key, "values": values}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Sentence:
        """The sentence that ``to_data`` wrote; its whole numbers are written as the language does."""
        return cls(data["key"], **{name: _from_data(value) for name, value in data["values"].items()})

    def __str__(self) -> str:
        return say(self.key, **self.values)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def _from_data(value: Any) -> object:
    if isinstance(value, Mapping):
        return Sentence.from_data(value)
    return Whole(value) if isinstance(value, int) else value


Way = Literal["and", "or", "comma", "together", "semicolon"]


@dataclass(frozen=True, init=False, slots=True)
class Listed:
    """Things in a row, joined as the language does; with ``most``, those beyond it are only counted.

    >>> f"{Listed('ABC')}; {Listed('ABC', 'or')}; {Listed('ABCDE', most=2)}; {Listed('ABCDE', 'comma', most=9)}"
    'A, B and C; A, B or C; A, B and 3 more; A, B, C, D, E'
    """

    things: tuple[object, ...]
    way: Way
    most: int | None

    def __init__(self, things: Iterable[object], way: Way = "and", *, most: int | None = None) -> None:
        object.__setattr__(self, "things", tuple(things))
        object.__setattr__(self, "way", way)
        object.__setattr__(self, "most", most)

    def __str__(self) -> str:
        shown = [str(thing) for thing in self.things[: self.most]]
        between, last = _WAYS[self.way]
        separator = say(between)
        if rest := len(self.things) - len(shown):
            return say("lists.more", first=separator.join(shown), n=rest)
        if not last or len(shown) < 2:
            return separator.join(shown)
        return say(last, first=separator.join(shown[:-1]), last=shown[-1])

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


_WAYS: Mapping[Way, tuple[str, str]] = {
    "and": ("lists.separator", "lists.and"),
    "or": ("lists.separator", "lists.or"),
    "comma": ("lists.separator", ""),
    "together": ("lists.together", ""),
    "semicolon": ("lists.semicolon", ""),
}
"""What stands between two things, and the pattern of the last."""
