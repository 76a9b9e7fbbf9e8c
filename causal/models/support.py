"""What values a variable takes: one of a few states, or any real number; a graph may leave it open.

Who tells supports apart matches them and ends with ``assert_never``, so that the type checker names the place when
there is another support; who only needs one of two things, as with a word in a sentence, asks ``case``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class _Named:
    """Values are states, which are texts."""

    __slots__ = ()

    def case(self, *, states: T, numbers: T) -> T:
        """What is right where a value is a state."""
        return states

    def read(self, text: str) -> str | float:
        """The value that a text stands for: the state itself."""
        return text


@dataclass(frozen=True, slots=True)
class States(_Named):
    """One of a few states, in their order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RealLine:
    """Any real number."""

    def case(self, *, states: T, numbers: T) -> T:
        """What is right where a value is a number."""
        return numbers

    def read(self, text: str) -> str | float:
        """The value that a text stands for: a number."""
        return float(text)


@dataclass(frozen=True, slots=True)
class Unstated(_Named):
    """A graph says nothing of the values: they are states, and any text may be one."""


Support = States | RealLine | Unstated
