"""Minimal hitting sets: all sets, minimal by inclusion, that hold a name of each of several sets (Reiter 1987).

The sets to hit are not listed. They are asked for one at a time: what a chosen set does not hit yet (of a path that has
to be cut: whatever may cut it). Each of its names is tried in turn, and not again in the branches after it, so that no
set is met twice; branches that cannot end in a hitting set are left at once.

>>> cuts = {frozenset("ab"), frozenset("bc")}                 # two sets, each hit by either of two names
>>> unhit = lambda chosen: next((cut for cut in cuts if not cut & chosen), None)
>>> minimal_sets("abc", unhit, lambda chosen, barred: True, Effort(1))
(('b',), ('a', 'c'))

Reference: R. Reiter, A theory of diagnosis from first principles (1987), section 4 (hitting sets).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from causal.errors import TooLarge
from causal.graphs.separators import in_order
from causal.models.model import Model

MOST_WORK = 800_000
"""Variables and arrows that a search may walk over, before it is given up."""

Names = frozenset[str]


@dataclass
class Effort:
    """What a search costs: each of its branches walks over the whole graph. Several searches may share one."""

    each: int
    left: int = MOST_WORK

    def branch(self) -> None:
        """Pay for one more branch. Raises TooLarge."""
        self.left -= self.each
        if self.left < 0:
            raise TooLarge("errors.graphs.too_many_ways")


def effort_for(model: Model) -> Effort:
    """What may be spent on searching a model's graph."""
    return Effort(len(model.variables) + len(model.edges))


def minimal_sets(
    nodes: Iterable[str],
    unhit: Callable[[Names], Collection[str] | None],
    feasible: Callable[[Names, Names], bool],
    effort: Effort,
) -> tuple[tuple[str, ...], ...]:
    """All minimal hitting sets, small ones first; ``unhit`` gives a set that is not hit yet, None if all are.

    ``feasible(chosen, barred)`` may say False only if no hitting set holds ``chosen`` and nothing of ``barred``.
    Raises TooLarge if the search takes more than what is left of its ``effort``.
    """
    order = tuple(nodes)
    found: list[Names] = []
    waiting: list[tuple[Names, Names]] = [(frozenset(), frozenset())]
    while waiting:
        effort.branch()
        chosen, barred = waiting.pop()
        if any(known <= chosen for known in found) or not feasible(chosen, barred):
            continue
        options = unhit(chosen)
        if options is None:
            found.append(chosen)
            continue
        for name in order:
            if name in options and name not in barred:
                waiting.append((chosen | {name}, barred))
                barred |= {name}
    return in_order((s for s in found if not any(other < s for other in found)), order)
