r"""Potential responses of one unit in several worlds, brought into the form in which they factorise.

Y in the world where W is held is a function of its parents' values there and of its own chance. So every response is
written by what its parents are, Y_{pa}, each parent being held in that world or a response itself, whose value is a
letter. Responses of one variable with the same letters for its parents are the same response: they agree, or it cannot
happen (the counterfactual graph of Shpitser and Pearl 2008 merges them likewise).

    P(Y_x = y, X = x')     X = x',  Y_{x} = y
    Y with its mediator    M_{x} = m,  Y_{x,m} = y

References: J. Correa, S. Lee and E. Bareinboim, Nested counterfactual identification from arbitrary surrogate
experiments (2021); I. Shpitser and J. Pearl, Complete identification methods for the causal hierarchy (2008).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from causal.identification.algorithms.regions import Names, Regions
from causal.identification.formulas.estimand import Response, Value, Values


@dataclass(frozen=True, slots=True)
class Node:
    """One response: its letter, its parents' letters, those of its parents that are responses, and who asked for it."""

    letter: Value
    parents: Values
    above: tuple[int, ...]
    asked: frozenset[int]

    @property
    def variable(self) -> str:
        """Whose response it is."""
        return self.letter.variable

    @property
    def response(self) -> Response:
        """The same as an event."""
        return Response(self.letter, tuple(sorted(self.parents)))


Held = tuple[str, tuple[tuple[str, Value], ...]]
"""A variable, and what is held in its world that makes a difference to it."""


def effective(regions: Regions, name: str, held: Collection[str]) -> Names:
    """Of all that an action holds, what makes a difference to a variable: from where arrows lead to it unhindered."""
    if name in held:
        return frozenset({name})
    reached, waiting = set[str](), [name]
    while waiting:
        for parent in regions.parents[waiting.pop()] - reached:
            reached.add(parent)
            waiting += [] if parent in held else [parent]
    return frozenset(reached.intersection(held))


@dataclass
class Unit:
    """All responses of one unit that some of them depend on.

    ``fixed`` letters stand for states that are known and different; every other letter may turn out to be another.
    """

    regions: Regions
    fixed: Collection[Value]
    same: dict[Value, Value] = field(default_factory=dict)
    fresh: set[Value] = field(default_factory=set)
    reaching: dict[tuple[str, Values], Held] = field(default_factory=dict, init=False)

    def nodes(self, responses: Sequence[Response]) -> tuple[Node, ...] | None:
        """The responses and all that they depend on, causes first; None if they cannot happen together."""
        asked = [self._held(r.value.variable, r.world) for r in responses]
        letter = self._letters(responses, asked)
        order = {name: i for i, name in enumerate(self.regions.order)}
        found: list[Node] = []
        at: dict[Held, int] = {}
        for name in sorted({key[0] for key in letter}, key=order.__getitem__):
            groups: dict[Values, list[Held]] = {}
            for key in letter:
                if key[0] == name and name not in dict(key[1]):
                    groups.setdefault(self._parents(key, letter), []).append(key)
            for i, key in enumerate(asked):
                if key[0] == name and not self._merge(responses[i].value, dict(key[1]).get(name, letter[key])):
                    return None
            for parents, keys in groups.items():
                first = letter[keys[0]]
                if not all(self._merge(first, letter[key]) for key in keys):
                    return None
                above = tuple(sorted({at[k] for key in keys for k in self._above(key) if k in at}))
                sources = frozenset(i for i, key in enumerate(asked) if key in keys)
                at |= dict.fromkeys(keys, len(found))
                found.append(Node(self.now(first), parents, above, sources))
        return tuple(found)

    def now(self, letter: Value) -> Value:
        """The letter that a letter turned out to be."""
        while letter in self.same:
            letter = self.same[letter]
        return letter

    def _merge(self, one: Value, other: Value) -> bool:
        one, other = self.now(one), self.now(other)
        if one == other:
            return True
        if one in self.fixed and other in self.fixed:
            return False
        # A known state stays; else what was asked for stays, rather than what is only summed over.
        loser, winner = (
            (one, other) if other in self.fixed or (one in self.fresh and one not in self.fixed) else (other, one)
        )
        self.same[loser] = winner
        return True

    def _held(self, name: str, world: Iterable[Value]) -> Held:
        """Of all that is held, what reaches the variable."""
        key = (name, tuple(world))
        if key not in self.reaching:  # asked once for every arrow
            held = {letter.variable: letter for letter in key[1]}
            matter = effective(self.regions, name, held)
            self.reaching[key] = name, tuple(sorted((n, letter) for n, letter in held.items() if n in matter))
        return self.reaching[key]

    def _above(self, key: Held) -> list[Held]:
        """The parents of a response that are responses in its world."""
        held = dict(key[1])
        return [self._held(p, held.values()) for p in sorted(self.regions.parents[key[0]]) if p not in held]

    def _letters(self, responses: Sequence[Response], asked: Sequence[Held]) -> dict[Held, Value]:
        """A letter for every response that matters: the one it was asked with, or a new one."""
        letter: dict[Held, Value] = {}
        for response, key in zip(responses, asked, strict=True):
            letter.setdefault(key, response.value)
        taken = {v for r in responses for v in (r.value, *r.world)} | set(self.fixed)
        waiting = list(letter)
        while waiting:
            key = waiting.pop(0)
            for parent in self._above(key) if key[0] not in dict(key[1]) else ():
                if parent not in letter:
                    new = Value(parent[0])
                    while new in taken:
                        new = Value(new.variable, new.copy + 1)
                    taken.add(new)
                    self.fresh.add(new)
                    letter[parent] = new
                    waiting.append(parent)
        return letter

    def _parents(self, key: Held, letter: dict[Held, Value]) -> Values:
        held = dict(key[1])
        known = [held[p] if p in held else letter[self._held(p, held.values())] for p in self.regions.parents[key[0]]]
        return tuple(sorted(map(self.now, known)))


def components(
    nodes: Sequence[Node], known: Collection[int], regions: Regions, free: Collection[Value]
) -> list[list[int]]:
    """The nodes in groups that are independent given the known ones (ancestral components).

    Two hang together if one depends on the other not through what is known, if they share chance, or if a letter that
    is summed over stands in both; ``free`` are the letters that are not.
    """
    group = list(range(len(nodes)))

    def top(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    letters = [{node.letter, *node.parents}.difference(free) for node in nodes]
    for i, node in enumerate(nodes):
        near: Names = regions.spouses[node.variable] | {node.variable}
        linked = set(node.above).difference(known)
        for j in range(i):
            if j in linked or nodes[j].variable in near or not letters[i].isdisjoint(letters[j]):
                group[top(i)] = top(j)
    found: dict[int, list[int]] = {}
    for i in range(len(nodes)):
        found.setdefault(top(i), []).append(i)
    return list(found.values())
