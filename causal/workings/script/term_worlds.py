"""The worlds of a script's term: their network, a readable name for every node, and what is said of which node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from causal.graphs.graph import ancestors
from causal.models.model import Model
from causal.queries.query import Atom, Term, World
from causal.rungs.association import allowed
from causal.words.catalogue import say
from causal.worlds.network import build, monotone_noise, noise_node
from causal.worlds.parallel_worlds import Held, Reference, Worlds


class NamedWorlds:
    """The worlds of one term: its network, a readable name for every node, and what is said of which node."""

    def __init__(self, model: Model, term: Term, done: bool) -> None:
        self.model, self.worlds = model, Worlds(model)
        said = (*term.event, *term.evidence)
        for atom in said:
            self.worlds.response(atom.variable, atom.world)
        self.copies = tuple(self.worlds.copies)
        self.network = build(model, self.copies)
        self.identity: dict[str, object] = {self.network.names[i]: what for i, what in self._copies(said)}
        self.identity |= {node: held for held, node in self.network.held.items()}
        self.done = done
        self.event = self._allowed(term.event)
        self.evidence = self._allowed(term.evidence)

    def _copies(self, said: Sequence[Atom]) -> Iterator[tuple[int, tuple[str, World]]]:
        """Every copy's variable and the smallest world that it belongs to."""
        found: dict[int, tuple[str, World]] = {}
        places = {p for atom in said for p in _places(atom.variable, atom.world)}
        names = {v: [*ancestors(self.model, v), v] for v, _ in places}
        # the factual world first: what an action cannot reach keeps its factual name
        for variable, world in sorted({(v, ()) for v, _ in places} | places, key=lambda p: (_size(p[1]), repr(p))):
            held = {s.variable for s in world}
            for name in names[variable]:
                if name not in held:
                    number = self.worlds.response(name, world)
                    if isinstance(number, int) and number < len(self.copies):
                        found.setdefault(number, (name, world))
        yield from found.items()

    def node(self, reference: Reference) -> str:
        """The network's node; a held value that no copy reads has a name, too."""
        if isinstance(reference, Held) and reference not in self.network.held:
            name = f"{reference.variable}={reference.value}"
            self.identity[name] = reference
            return name
        return self.network.node(reference)

    def _allowed(self, atoms: Sequence[Atom]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for atom in atoms:
            node, variable = self.node(self.worlds.response(atom.variable, atom.world)), self.model[atom.variable]
            states = found.setdefault(node, list(variable.states))
            if atom.relation is not None and atom.value is not None:
                weights = allowed(variable, atom.relation, atom.value)
                found[node] = [s for s in states if weights[variable.states.index(s)]]
        return found

    def label(self, node: str) -> str:
        """What people read: "Y", "Y had X been 0", "Y after do(X=0)", "X set to 0", "noise of Y"."""
        what = self.identity.get(node, node)
        if isinstance(what, Held):
            return say("scripts.held_at", name=what.variable, value=what.value)
        if isinstance(what, tuple):
            name, world = what
            if not world:
                return str(name)
            if self.done:
                done = ", ".join(f"{s.variable}={s.value}" for s in world)
                return say("scripts.after", name=name, action=f"do({done})")
            return say("scripts.had", name=name, been=_been(world))
        return say("scripts.noise", name=noisy) if (noisy := self._noisy(node)) else node

    def states(self, node: str) -> list[str]:
        """The states of a node's variable, or the intervals of a noise."""
        what = self.identity.get(node)
        if isinstance(what, Held):
            return list(self.model[what.variable].states)
        if isinstance(what, tuple):
            return list(self.model[what[0]].states)
        ends = [0.0, *monotone_noise(self.model.table(self._noisy(node))).ends.tolist()]
        names = [say("numbers.span", low=f"{a:.6g}", high=f"{b:.6g}") for a, b in pairwise(ends)]
        distinct = len(set(names)) == len(names)
        return names if distinct else [say("numbers.span", low=repr(a), high=repr(b)) for a, b in pairwise(ends)]

    def _noisy(self, node: str) -> str:
        """The variable whose noise a node is; "" if it is none."""
        return next((v.name for v in self.model if noise_node(v.name) == node), "")

    def parents(self, number: int) -> list[tuple[Reference, tuple[str, ...]]]:
        """A copy's parents that have several states, and the states that the evidence leaves them."""
        found: list[tuple[Reference, tuple[str, ...]]] = []
        copy = self.copies[number]
        for name, parent in zip(self.model[copy.variable].parents, copy.parents, strict=True):
            every = self.model[name].states
            if len(every) > 1:
                left = [parent.value] if isinstance(parent, Held) else self.evidence.get(self.node(parent), every)
                found.append((parent, tuple(left)))
        return found


def _places(variable: str, world: World) -> Iterator[tuple[str, World]]:
    """A potential response, and those that its world holds it to."""
    yield variable, world
    for setting in world:
        if setting.value is None:
            yield from _places(setting.variable, setting.nested)


def _size(world: World) -> int:
    return sum(1 + _size(setting.nested) for setting in world)


def _been(world: World) -> str:
    """The settings of a world in words."""
    return say("scripts.and").join(
        say("scripts.been", name=s.variable, value=s.value)
        if s.value is not None
        else say("scripts.been_as", name=s.variable, been=_been(s.nested))
        for s in world
    )
