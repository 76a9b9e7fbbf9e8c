"""What values a variable takes: one of a few states, or any real number; a graph may leave it open.

Who needs more than two ways apart matches a support and ends with ``assert_never``, so that the type checker names the
place when there is another support; who only needs one of two things asks ``case``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class States:
    """One of a few states, in their order."""

    names: tuple[str, ...]

    def case(self, *, states: T, numbers: T) -> T:
        """What is right where a value is a state."""
        return states

    def read(self, text: str) -> str | float:
        """The value that a text stands for: the state itself."""
        return text


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
class Unstated:
    """A graph says nothing of the values: they are states, and any text may be one."""

    def case(self, *, states: T, numbers: T) -> T:
        """What is right where a value is a state."""
        return states

    def read(self, text: str) -> str | float:
        """The value that a text stands for: the state itself."""
        return text


Support = States | RealLine | Unstated
