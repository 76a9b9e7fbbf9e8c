"""All minimal sets that mend everything that is wrong, by branching on one fault at a time (Reiter 1987).

A question answers for a chosen set either that nothing is wrong, or with names of which every larger set that is right
must hold at least one (on a path that has to be cut: whatever may cut it). Each of these names is tried in turn, and
not again in the branches after it, so that no set is met twice; branches that cannot end well are left at once.

>>> cuts = {frozenset("ab"), frozenset("bc")}                 # two faults, each mended by either of two names
>>> missed = lambda chosen: next((cut for cut in cuts if not cut & chosen), None)
>>> minimal_sets("abc", missed, lambda chosen, barred: True, Effort(1))
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


def effort(model: Model) -> Effort:
    """What may be spent on searching a model's graph."""
    return Effort(len(model.variables) + len(model.edges))


def minimal_sets(
    nodes: Iterable[str],
    fault: Callable[[Names], Collection[str] | None],
    hopeful: Callable[[Names, Names], bool],
    spent: Effort,
) -> tuple[tuple[str, ...], ...]:
    """All sets minimal by inclusion that have no ``fault``, small ones first.

    ``hopeful(chosen, barred)`` may say False only if no set that holds ``chosen``, and nothing of ``barred``, is right.
    Raises TooLarge if the search takes more than there is left to be ``spent``.
    """
    order = tuple(nodes)
    found: list[Names] = []
    waiting: list[tuple[Names, Names]] = [(frozenset(), frozenset())]
    while waiting:
        spent.branch()
        chosen, barred = waiting.pop()
        if any(known <= chosen for known in found) or not hopeful(chosen, barred):
            continue
        options = fault(chosen)
        if options is None:
            found.append(chosen)
            continue
        for name in order:
            if name in options and name not in barred:
                waiting.append((chosen | {name}, barred))
                barred |= {name}
    return in_order((s for s in found if not any(other < s for other in found)), order)
