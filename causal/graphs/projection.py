"""What a graph says about what can be measured: its latent projection (Evans 2016, section 3.1).

Chance and latent variables are hidden, and may have any number of states. Hiding them leaves arrows between the others,
and sets of variables that share a hidden cause (drawn as two-headed arcs):

    U -> X, U -> Y, X -> M -> Y  with U hidden      X -> M -> Y,  X <-> Y
    X -> L -> Y                  with L hidden      X -> Y
    L -> A, L -> B, L -> C       with L hidden      one set {A, B, C}: more than the three arcs A-B, B-C, A-C

Sets count where inequalities matter (bounds); where only equalities do (identification, separation), their pairs, the
``arcs``, are enough. Two variables belong to one district (c-component) if arcs lead from one to the other.

References: R. Evans, Graphs for margins of Bayesian networks (2016), lemmas 3.7 to 3.9; J. Tian and J. Pearl, A general
identification condition for causal effects (2002), for the c-components.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from causal.graphs.graph import reach
from causal.models.model import Model

Arc = frozenset[str]


@dataclass(frozen=True, slots=True)
class Projection:
    """A graph over measurable variables: ``nodes`` in causal order, ``arrows``, and the sets that share a hidden cause.

    ``shared`` holds sets of two or more, none inside another.
    """

    nodes: tuple[str, ...]
    arrows: frozenset[tuple[str, str]]
    shared: frozenset[frozenset[str]] = frozenset()

    @property
    def arcs(self) -> frozenset[Arc]:
        """The pairs that share a hidden cause."""
        return frozenset(frozenset(pair) for group in self.shared for pair in combinations(sorted(group), 2))

    def parents(self, names: Collection[str]) -> frozenset[str]:
        """The direct causes of any of these, without these."""
        return frozenset(a for a, b in self.arrows if b in names) - frozenset(names)

    def ancestors(self, names: Collection[str]) -> frozenset[str]:
        """These and all that causes them."""
        return reach(names, _steps(self.nodes, ((b, a) for a, b in self.arrows)))

    def descendants(self, names: Collection[str]) -> frozenset[str]:
        """These and all that they cause."""
        return reach(names, _steps(self.nodes, self.arrows))

    def districts(self) -> tuple[frozenset[str], ...]:
        """The c-components: a partition of the nodes, in the order of their first node."""
        pairs = [tuple(arc) for arc in self.arcs]
        steps = _steps(self.nodes, [*pairs, *((b, a) for a, b in pairs)])
        found: list[frozenset[str]] = []
        for name in self.nodes:
            if not any(name in district for district in found):
                found.append(reach([name], steps))
        return tuple(found)

    def among(self, names: Collection[str]) -> Projection:
        """The subgraph on these nodes."""
        kept = frozenset(names)
        return Projection(
            tuple(n for n in self.nodes if n in kept),
            frozenset((a, b) for a, b in self.arrows if a in kept and b in kept),
            maximal(group & kept for group in self.shared),
        )

    def cut(self, into: Collection[str] = (), out_of: Collection[str] = ()) -> Projection:
        """The mutilated graph: without arrows and arcs into some variables, and without arrows out of some."""
        return Projection(
            self.nodes,
            frozenset((a, b) for a, b in self.arrows if b not in into and a not in out_of),
            maximal(group.difference(into) for group in self.shared),
        )

    def separated(self, a: Collection[str], b: Collection[str], given: Collection[str]) -> bool:
        """Whether every path between the two sets is blocked (m-separation); what is given is separated from all.

        Among these and their ancestors, join all that hang together through arrows into one child or one district:
        the answer is whether every way then leads through what is given.
        """
        ends, goals = set(a).difference(given), set(b).difference(given)
        if ends & goals:
            return False
        near = self.among(self.ancestors([*a, *b, *given])).moral()
        return not goals & reach(ends, {n: found.difference(given) for n, found in near.items()})

    def moral(self) -> dict[str, frozenset[str]]:
        """What stands beside each node once all that hang together through arrows into one district are joined."""
        near = {name: frozenset[str]() for name in self.nodes}
        for district in self.districts():
            for name in (family := district | self.parents(district)):
                near[name] |= family - {name}
        return near


@lru_cache(maxsize=256)
def project(model: Model) -> Projection:
    """The projection of a model's graph onto its observable variables."""
    order = model.causal_order
    parents = {v.name: set(v.parents) for v in model}
    # Causes first: whatever moves a hidden variable moves its children instead, which leaves the hidden one a root.
    for hidden in (n for n in order if not model[n].observable):
        for child in (n for n in order if hidden in parents[n]):
            parents[child] |= parents[hidden]
        parents[hidden] = set()
    seen = tuple(n for n in order if model[n].observable)
    arrows = frozenset((p, n) for n in seen for p in parents[n] if model[p].observable)
    groups = (frozenset(n for n in seen if hidden in parents[n]) for hidden in order if not model[hidden].observable)
    return Projection(seen, arrows, maximal(groups))


def maximal(groups: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """The sets of two or more, none inside another."""
    found = {group for group in groups if len(group) > 1}
    return frozenset(group for group in found if not any(group < other for other in found))


def _steps(nodes: Iterable[str], pairs: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    steps: dict[str, set[str]] = {name: set() for name in nodes}
    for a, b in pairs:
        steps[a].add(b)
    return steps
