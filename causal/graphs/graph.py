"""Reading a graph: ancestors, paths, and d-separation (Pearl 2009, section 1.2.3).

A path between two variables runs along arrows, whichever way they point. Each variable in its middle is one of

    a -> m -> b    a chain (or a <- m <- b)   m passes information on
    a <- m -> b    a fork                     m is a common cause
    a -> m <- b    a collider                 m is a common effect

A chain or a fork is open until ``m`` is given: knowing the link, the ends have nothing more to tell each other. A
collider is closed until ``m``, or a descendant of it, is given: knowing the effect, one cause explains the other away.
A path is open if all of its middle is, and ``a`` and ``b`` are d-separated by what is given if no path between them is
open. Then they are independent given it, in every model with this graph. A graph can have more paths than anyone can
walk, so ``d_separated`` asks an equal question of one undirected graph; the tests hold the two against each other.

>>> from causal.models.model import Model, Variable
>>> rain, sprinkler = Variable("Rain", "Rain"), Variable("Sprinkler", "Sprinkler")
>>> wet = Variable("Wet", "Wet grass", parents=("Rain", "Sprinkler"))
>>> slippery = Variable("Slippery", "Slippery", parents=("Wet",))
>>> lawn = Model((rain, sprinkler, wet, slippery))
>>> d_separated(lawn, "Rain", "Sprinkler", [])
True
>>> d_separated(lawn, "Rain", "Sprinkler", ["Slippery"])
False
>>> paths(lawn, "Rain", "Sprinkler", [])[0].blocked_by
'Wet'

References: J. Pearl, Causality, 2nd ed. (2009), section 1.2.3; S. Lauritzen et al., Independence properties of directed
Markov fields (1990), proposition 3 (the moral graph).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from typing import Literal

from causal.models.model import Model

Kind = Literal["chain", "fork", "collider"]


@dataclass(frozen=True, slots=True)
class Step:
    """A variable in the middle of a path, and whether information passes it."""

    node: str
    kind: Kind
    open: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A path: its variables, the arrows "->" or "<-" between them, and what each variable in its middle does."""

    nodes: tuple[str, ...]
    arrows: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def open(self) -> bool:
        """Whether information flows along it."""
        return all(step.open for step in self.steps)

    @property
    def blocked_by(self) -> str:
        """The first variable that closes it; "" if it is open."""
        return next((step.node for step in self.steps if not step.open), "")


def parents(model: Model, name: str) -> tuple[str, ...]:
    """The direct causes of a variable, exogenous ones included."""
    return model[name].parents


def children(model: Model, name: str) -> tuple[str, ...]:
    """The variables that it is a direct cause of."""
    return tuple(v.name for v in model if name in v.parents)


def ancestors(model: Model, name: str) -> frozenset[str]:
    """All causes of a variable, direct or not, without itself."""
    return reach([name], {v.name: v.parents for v in model}) - {name}


def descendants(model: Model, name: str) -> frozenset[str]:
    """All effects of a variable, direct or not, without itself."""
    forward: dict[str, list[str]] = {v.name: [] for v in model}
    for cause, effect in model.edges:
        forward[cause].append(effect)
    return reach([name], forward) - {name}


def d_separated(model: Model, a: str, b: str, given: Collection[str]) -> bool:
    """Whether every path between ``a`` and ``b`` is blocked by what is given.

    Of the three and their ancestors, marry the parents of every child and forget the arrows' directions: the answer is
    whether every way from ``a`` to ``b`` then leads through what is given. What is given is separated from everything.
    """
    if a in given or b in given:
        return True
    relevant = reach([a, b, *given], {v.name: v.parents for v in model})
    moral: dict[str, set[str]] = {name: set() for name in relevant}
    for child in relevant:
        for x, y in combinations((child, *model[child].parents), 2):
            moral[x].add(y)
            moral[y].add(x)
    return b not in reach([a], {name: near.difference(given) for name, near in moral.items()})


def paths(model: Model, a: str, b: str, given: Collection[str], limit: int = 50) -> tuple[Path, ...]:
    """The paths between ``a`` and ``b``, short ones first, at most ``limit`` of them."""
    # A collider is open where it is given, or a descendant of it is.
    opened = reach(given, {v.name: v.parents for v in model})
    return tuple(_path(model, nodes, given, opened) for nodes in islice(_simple_paths(model, a, b), limit))


def reach(
    start: Iterable[str], step: Mapping[str, Iterable[str]], among: frozenset[str] | None = None
) -> frozenset[str]:
    """Everything that can be reached from ``start``, itself included, by steps that stay ``among`` some names."""
    reached, waiting = set[str](), list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += step[name] if among is None else among.intersection(step[name])
    return frozenset(reached)


def _simple_paths(model: Model, a: str, b: str) -> Iterator[list[str]]:
    # Here, not above: it takes 0.2 s to import, and pages that only ask for ancestors need not wait for it.
    import networkx

    skeleton = networkx.Graph(model.edges)
    if a != b and a in skeleton and b in skeleton and networkx.has_path(skeleton, a, b):
        yield from networkx.shortest_simple_paths(skeleton, a, b)


def _path(model: Model, nodes: list[str], given: Collection[str], opened: Collection[str]) -> Path:
    arrows = tuple("->" if x in model[y].parents else "<-" for x, y in pairwise(nodes))
    middle = zip(nodes[1:-1], pairwise(arrows), strict=True)
    return Path(tuple(nodes), arrows, tuple(_step(node, sides, given, opened) for node, sides in middle))


def _step(node: str, sides: tuple[str, str], given: Collection[str], opened: Collection[str]) -> Step:
    kind = kind_between(*sides)
    return Step(node, kind, node in opened if kind == "collider" else node not in given)


def kind_between(coming: str, going: str) -> Kind:
    """What a variable is on a path that comes to it and leaves it by these arrows."""
    if coming == "->":
        return "collider" if going == "<-" else "chain"
    return "fork" if going == "->" else "chain"
