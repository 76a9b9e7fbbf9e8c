"""Partitions: what must be looked at together, because some group holds it together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def linked(groups: Iterable[Iterable[T]]) -> list[list[T]]:
    """The finest partition in which every group lies within one part.

    >>> linked(["ab", "cd", "de", "f"])
    [['a', 'b'], ['c', 'd', 'e'], ['f']]
    """
    part_of: dict[T, list[T]] = {}
    for group in groups:
        parts = list({id(part): part for part in (part_of.setdefault(member, [member]) for member in group)}.values())
        whole = max(parts, key=len)
        for part in parts:
            if part is not whole:
                whole += part
                part_of |= dict.fromkeys(part, whole)
    return list({id(part): part for part in part_of.values()}.values())
