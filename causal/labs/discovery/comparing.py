"""A found graph held against the truth: every link is right, left open, turned round, missing, or one too many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from causal.labs.discovery.equivalence import Arrow, PartlyDirected

KINDS = ("right", "open", "reversed", "missing", "extra")
"""What can be said of a link, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The true arrows by what became of them, and the links that no arrow of the truth stands for."""

    right: tuple[Arrow, ...]
    open: tuple[Arrow, ...]
    reversed: tuple[Arrow, ...]
    missing: tuple[Arrow, ...]
    extra: tuple[Arrow, ...]

    def links(self, kind: str) -> tuple[Arrow, ...]:
        """The links of one of the ``KINDS``."""
        found: tuple[Arrow, ...] = getattr(self, kind)
        return found

    @property
    def counts(self) -> dict[str, int]:
        """How many links are of each kind."""
        return {kind: len(self.links(kind)) for kind in KINDS}


def compare(found: PartlyDirected, truth: Collection[Arrow]) -> Comparison:
    """Hold what was found against the true arrows."""
    true = sorted(truth, key=lambda arrow: (found.nodes.index(arrow[0]), found.nodes.index(arrow[1])))
    links = [*found.arrows, *(tuple(n for n in found.nodes if n in line) for line in found.lines)]
    extra = [(a, b) for a, b in links if (a, b) not in truth and (b, a) not in truth]
    return Comparison(
        tuple(arrow for arrow in true if arrow in found.arrows),
        tuple(arrow for arrow in true if frozenset(arrow) in found.lines),
        tuple((a, b) for a, b in true if (b, a) in found.arrows),
        tuple((a, b) for a, b in true if not found.linked(a, b)),
        tuple(sorted(extra, key=lambda arrow: (found.nodes.index(arrow[0]), found.nodes.index(arrow[1])))),
    )
