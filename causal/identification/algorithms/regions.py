"""Ancestors and districts inside part of a graph, by look-up: what the algorithms ask again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from causal.graphs.graph import reach
from causal.graphs.projection import Projection

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Regions:
    """A graph's neighbours: each node's parents, and those it shares a hidden cause with."""

    order: tuple[str, ...]
    parents: Mapping[str, Names]
    spouses: Mapping[str, Names]

    def ancestors(self, names: Iterable[str], among: Names) -> Names:
        """These and all that causes them through arrows between nodes of ``among``."""
        return reach(names, self.parents, among)

    def district(self, name: str, among: Names) -> Names:
        """All that hangs together with a node through hidden causes within ``among``."""
        return reach((name,), self.spouses, among)

    def districts(self, among: Names) -> tuple[Names, ...]:
        """The partition into districts, in the order of their first nodes."""
        found: list[Names] = []
        left = set(among)
        for name in self.order:
            if name in left:
                found.append(self.district(name, among))
                left -= found[-1]
        return tuple(found)

    def sorted(self, names: Names) -> tuple[str, ...]:
        """In causal order."""
        return tuple(name for name in self.order if name in names)


@lru_cache(maxsize=64)
def regions(graph: Projection) -> Regions:
    """The neighbours of every node."""
    parents: dict[str, set[str]] = {name: set() for name in graph.nodes}
    spouses: dict[str, set[str]] = {name: set() for name in graph.nodes}
    for cause, effect in graph.arrows:
        parents[effect].add(cause)
    for group in graph.shared:
        for name in group:
            spouses[name] |= group - {name}
    frozen = ({n: frozenset(near) for n, near in table.items()} for table in (parents, spouses))
    return Regions(graph.nodes, *frozen)
