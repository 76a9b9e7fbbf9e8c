"""What data can and cannot decide: the class of all graphs that say the same (Verma and Pearl 1990).

Data of seeing show independences, and many graphs can have the same ones. They share their links, and they share every
*v-structure*: two arrows that meet, a -> m <- b, where a and b have no link of their own. Everything else about the
directions is open, but for what follows: an arrow is decided too where the other direction would make a new v-structure
or a circle. Meek's four rules (1995) find all such arrows. What is left is drawn as a line: some graphs of the class
have it one way, and others the other way, however much data there are.

    X -> M -> Y,  X <- M <- Y,  X <- M -> Y      one class: two lines, X - M - Y
    X -> M <- Y                                  a class of its own: two arrows

An experiment that sets M at random shows which neighbours of M move with it, and so decides all lines at M; Meek's
rules then follow that further (Hauser and Buehlmann 2012).

>>> chain = essential(("X", "M", "Y"), [("X", "M"), ("M", "Y")])
>>> len(chain.arrows), len(chain.lines), sum(1 for _ in members(chain))
(0, 2, 3)
>>> sorted(after_experiment(chain, [("X", "M"), ("M", "Y")], "X").arrows)
[('M', 'Y'), ('X', 'M')]

References: T. Verma and J. Pearl, Equivalence and synthesis of causal models (1990); C. Meek, Causal inference and
causal explanation with background knowledge (1995); A. Hauser and P. Buehlmann, Characterization and greedy learning of
interventional Markov equivalence classes (2012); M. Maathuis, M. Kalisch and P. Buehlmann, Estimating high-dimensional
intervention effects from observational data (2009), lemma 3.1, for the cliques.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

Arrow = tuple[str, str]
Line = frozenset[str]


@dataclass(frozen=True, slots=True)
class PartlyDirected:
    """A graph some of whose directions are open: ``arrows`` are decided, ``lines`` are not."""

    nodes: tuple[str, ...]
    arrows: frozenset[Arrow] = frozenset()
    lines: frozenset[Line] = frozenset()

    def linked(self, a: str, b: str) -> bool:
        """Whether there is an arrow or a line between two variables."""
        return (a, b) in self.arrows or (b, a) in self.arrows or frozenset((a, b)) in self.lines

    def open_at(self, name: str) -> tuple[str, ...]:
        """The other ends of a variable's lines."""
        return tuple(other for other in self.nodes if other != name and frozenset((name, other)) in self.lines)

    def decided(self, arrows: Collection[Arrow]) -> PartlyDirected:
        """With these lines turned into arrows, and all that follows from it."""
        taken = frozenset(frozenset(arrow) for arrow in arrows)
        return closed(PartlyDirected(self.nodes, self.arrows.union(arrows), self.lines - taken))


def essential(nodes: Iterable[str], arrows: Collection[Arrow]) -> PartlyDirected:
    """The class of a directed acyclic graph: its v-structures and what follows are arrows, the rest are lines."""
    names = tuple(nodes)
    linked = {frozenset(arrow) for arrow in arrows}
    causes = {name: [a for a in names if (a, name) in arrows] for name in names}
    meeting = {
        (cause, child)
        for child in names
        for pair in combinations(causes[child], 2)
        if frozenset(pair) not in linked
        for cause in pair
    }
    lines = frozenset(line for line in linked if not any(frozenset(arrow) == line for arrow in meeting))
    return closed(PartlyDirected(names, frozenset(meeting), lines))


def closed(graph: PartlyDirected) -> PartlyDirected:
    """With every arrow that follows from the others, by Meek's rules."""
    while (found := next(_following(graph), None)) is not None:
        graph = PartlyDirected(graph.nodes, graph.arrows | {found}, graph.lines - {frozenset(found)})
    return graph


def members(graph: PartlyDirected) -> Iterator[frozenset[Arrow]]:
    """Every directed acyclic graph of the class, as its arrows."""
    line = next((pair for pair in combinations(graph.nodes, 2) if frozenset(pair) in graph.lines), None)
    if line is None:
        yield graph.arrows
        return
    for arrow in (line, line[::-1]):  # of a class that is closed under the rules, some member has either
        yield from members(graph.decided([arrow]))


def after_experiment(graph: PartlyDirected, truth: Collection[Arrow], name: str) -> PartlyDirected:
    """What is left open once a variable is set at random, in a world whose arrows are ``truth``."""
    near = graph.open_at(name)
    return graph.decided([arrow for other in near for arrow in ((name, other), (other, name)) if arrow in truth])


def settled(graph: PartlyDirected, truth: Collection[Arrow], name: str) -> int:
    """How many lines an experiment on a variable decides in a world whose arrows are ``truth``."""
    return len(graph.lines) - len(after_experiment(graph, truth, name).lines)


def promised(graph: PartlyDirected, name: str) -> tuple[int, int]:
    """How many lines an experiment decides at least and at most, whichever graph of the class is true.

    Which of the neighbours across a line can be causes together? Just the sets whose members are all linked.
    """
    near = graph.open_at(name)
    counts = []
    for size in range(len(near) + 1):
        for causes in combinations(near, size):
            if all(graph.linked(a, b) for a, b in combinations(causes, 2)):
                arrows = [(other, name) if other in causes else (name, other) for other in near]
                counts.append(len(graph.lines) - len(graph.decided(arrows).lines))
    return min(counts), max(counts)


def _following(graph: PartlyDirected) -> Iterator[Arrow]:
    """The arrows a -> b that lines have to be, each by one of the rules."""
    arrows = graph.arrows
    for line in _in_order(graph):
        for a, b in permutations(line):
            others = [name for name in graph.nodes if name not in line]
            # 1: an arrow into a, from what has no link with b, would meet b -> a: a new v-structure
            away = any((c, a) in arrows and not graph.linked(c, b) for c in others)
            # 2: a -> c -> b and b -> a would be a circle
            circle = any((a, c) in arrows and (c, b) in arrows for c in others)
            # 3: two arrows c -> b <- d with lines c - a - d and no link c - d: with b -> a, c and d would meet at a
            sides = [c for c in others if frozenset((a, c)) in graph.lines]
            twice = any(
                (c, b) in arrows and (d, b) in arrows and not graph.linked(c, d) for c, d in combinations(sides, 2)
            )
            # 4: the same one arrow further, c -> d -> b with a line a - c, a link a - d, and no link c - b
            further = any(
                (c, d) in arrows and (d, b) in arrows and graph.linked(a, d) and not graph.linked(c, b)
                for c in sides
                for d in others
            )
            if away or circle or twice or further:
                yield a, b


def _in_order(graph: PartlyDirected) -> Iterator[tuple[str, str]]:
    return (pair for pair in combinations(graph.nodes, 2) if frozenset(pair) in graph.lines)
