"""What values a variable takes: one of a few states, or any real number; a graph may leave it open.

Who tells supports apart matches them and ends with ``assert_never``, so that the type checker names the place when
there is another support.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class States:
    """One of a few states, in their order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RealLine:
    """Any real number."""


@dataclass(frozen=True, slots=True)
class Unstated:
    """A graph says nothing of the values: they are states, and any text may be one."""


Support = States | RealLine | Unstated
