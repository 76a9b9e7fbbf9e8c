"""The shortest open path between two variables, found without walking every path (Shachter 1998, the Bayes ball).

A ball rolls from variable to variable along arrows of either direction. Whether it may pass a variable depends on that
variable, and on whether it came in and goes out against an arrow's head (a collider) or not; so it is enough to
remember where it is and how it came. The shortest way the ball finds never visits a variable twice: a loop could be
left out, since a variable that the ball passes in both fashions is open in the fashion that is left.

    given nothing      X <- Z -> Y           the ball rolls from X over Z to Y
    given Z            X <- Z -> Y           it stops at Z
    given D            X -> C <- Y, C -> D   it turns at C, since D tells of C

>>> shortest_open({"X": ["Z"], "Y": ["Z"], "Z": []}, "X", "Y", []).nodes
('X', 'Z', 'Y')
>>> shortest_open({"X": ["Z"], "Y": ["Z"], "Z": []}, "X", "Y", ["Z"]) is None
True

Reference: R. Shachter, Bayes-ball: the rational pastime (1998).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from itertools import pairwise

from causal.graphs.graph import Path, Step, kind_between, reach
from causal.models.model import Model

Parents = Mapping[str, Collection[str]]
"""A graph with everything in it, hidden causes too: the parents of every variable."""


class Arrows(dict[str, tuple[str, ...]]):
    """The parents of every variable, which know the children too: a graph that many balls roll through."""

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """The arrows the other way round."""
        found: dict[str, list[str]] = {name: [] for name in self}
        for child, causes in self.items():
            for cause in causes:
                found[cause].append(child)
        return found


State = tuple[str, bool]
"""Where the ball is, and whether it came in along an arrow's head."""

Rule = Callable[[str, bool], bool]
"""Whether the ball may pass a variable, which is a collider on its way or not."""


def parents_of(model: Model, into: Collection[str] = (), out_of: Collection[str] = ()) -> Arrows:
    """The graph of a model, without the arrows into some variables and out of some."""
    return Arrows(
        (v.name, () if v.name in into else tuple(sorted(p for p in v.parents if p not in out_of)))
        for v in model.variables
    )


def shortest_open(parents: Parents, a: str, b: str, given: Collection[str]) -> Path | None:
    """One of the shortest open paths between ``a`` and ``b``; None if what is given separates them."""
    if a in given or b in given:
        return None
    came = roll(parents, a, open_given(parents, given))
    ends = [(b, head) for head in (True, False) if (b, head) in came]
    return min((_retrace(came, end) for end in ends), key=lambda path: len(path.nodes), default=None)


def connected(parents: Parents, start: str, given: Collection[str]) -> frozenset[str]:
    """Everything that some open path leads to from ``start``, itself included; what is given is led to by none."""
    if start in given:
        return frozenset()
    return frozenset(name for name, _ in roll(parents, start, open_given(parents, given))).difference(given)


def open_given(parents: Parents, given: Collection[str]) -> Rule:
    """The rule of d-separation: a collider is open where it or an effect of it is given, others where they are not."""
    told = reach(given, parents)
    return lambda name, collider: name in told if collider else name not in given


def roll(parents: Parents, start: str, passes: Rule) -> dict[State, State | None]:
    """Everywhere the ball can get to, and for each of these states the one before it, nearest first."""
    if not isinstance(parents, Arrows):
        parents = Arrows((name, tuple(causes)) for name, causes in parents.items())
    children = parents.children
    first = (start, False)
    came: dict[State, State | None] = {first: None}
    waiting = deque([first])
    while waiting:
        state = waiting.popleft()
        name, head = state
        following: list[State] = []
        if state == first or passes(name, False):
            following += [(child, True) for child in children[name]]
        if state == first or passes(name, head):
            following += [(cause, False) for cause in parents[name]]
        for after in following:
            if after not in came and after[0] != start:
                came[after] = state
                waiting.append(after)
    return came


def _retrace(came: Mapping[State, State | None], end: State) -> Path:
    states = [end]
    while (before := came[states[-1]]) is not None:
        states.append(before)
    states.reverse()
    arrows = tuple("->" if head else "<-" for _, head in states[1:])
    middle = zip(states[1:-1], pairwise(arrows), strict=True)
    steps = tuple(Step(name, kind_between(*sides), True) for (name, _), sides in middle)
    return Path(tuple(name for name, _ in states), arrows, steps)
