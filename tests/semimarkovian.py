"""Random graphs with hidden common causes, random models of them, and what is true there, by counting.

Only the types of graphs and tables are shared with what is tested.
"""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np

from causal.graphs.projection import Projection
from causal.identification.formulas.evaluation import Distribution
from causal.models.model import Model, Variable


def graph(arrows, arcs=""):
    """A graph from ``"X>Y Z>Y"`` and ``"X-Y"``; what hangs together by commas shares one hidden cause."""
    pairs = [tuple(arrow.split(">")) for arrow in arrows.split()]
    shared = [frozenset(arc.split("-")) for arc in arcs.split()]
    names = sorted({n for pair in pairs for n in pair}.union(*shared))
    order = []
    while len(order) < len(names):
        order.append(next(n for n in names if n not in order and all(a in order for a, b in pairs if b == n)))
    return Projection(tuple(order), frozenset(pairs), frozenset(shared))


def chance(seed):
    """The draws of one case, the same in every run."""
    return Random(seed)  # noqa: S311 - nothing here is secret


def random_graph(rng: Random, least=3, most=7):
    """Arrows and pairwise arcs with chances of their own, so that sparse and dense graphs both come."""
    names = [f"V{i}" for i in range(rng.randint(least, most))]
    arrows, arcs = rng.uniform(0.2, 0.8), rng.uniform(0.1, 0.6)
    return Projection(
        tuple(names),
        frozenset(pair for pair in combinations(names, 2) if rng.random() < arrows),
        frozenset(frozenset(pair) for pair in combinations(names, 2) if rng.random() < arcs),
    )


def random_query(rng: Random, shown: Projection, seen=0):
    """Outcomes, treatments and evidence: different variables, mostly one of each, the outcomes mostly last."""
    sizes = [rng.choice((1, 1, 1, 2)), rng.choice((1, 1, 1, 2)), seen]
    if sum(sizes) > len(shown.nodes):
        sizes = [1, 1, seen]
    names = rng.sample(shown.nodes, sum(sizes))
    if rng.random() < 0.8:
        names.sort(key=shown.nodes.index, reverse=True)
    parts = []
    for size in sizes:
        parts.append(frozenset(names[:size]))
        names = names[size:]
    return parts


def as_model(shown: Projection, states=("0", "1")):
    """The graph as a model without numbers, an exogenous variable for each hidden cause."""
    hidden = [(f"H{i}", group) for i, group in enumerate(sorted(map(sorted, shown.shared)))]
    chances = [Variable(name, name, exogenous=True) for name, _ in hidden]
    causes = {
        n: [*sorted(a for a, b in shown.arrows if b == n), *(u for u, g in hidden if n in g)] for n in shown.nodes
    }
    numbers = tuple(map(float, states))
    seen = [Variable(n, n, parents=tuple(causes[n]), states=states, numbers=numbers) for n in shown.nodes]
    return Model((*chances, *seen))


class Truth(dict):
    """A random model of a graph, and its P(V | do(W)) for every set W that is asked for.

    Every hidden cause has 2 or 3 states, every variable 2 or 3; nothing has probability 0.
    """

    def __init__(self, shown: Projection, seed: int, most_states=2) -> None:
        rng = np.random.default_rng(seed)
        self.shown = shown
        self.hidden = sorted(sorted(group) for group in shown.shared)
        self.sizes = {n: int(rng.integers(2, most_states + 1)) for n in shown.nodes}
        self.chance = [rng.dirichlet(np.full(int(rng.integers(2, 4)), 2.0)) for _ in self.hidden]
        self.parents = {n: sorted(a for a, b in shown.arrows if b == n) for n in shown.nodes}
        self.mechanisms = {}
        for n in shown.nodes:
            hidden = [len(self.chance[i]) for i in self.causes(n)]
            rows = [*(self.sizes[p] for p in self.parents[n]), *hidden]
            self.mechanisms[n] = 0.9 * rng.dirichlet(np.ones(self.sizes[n]), size=rows) + 0.1 / self.sizes[n]

    def causes(self, name):
        return [i for i, group in enumerate(self.hidden) if name in group]

    def __missing__(self, done):
        nodes, at = self.shown.nodes, {n: i for i, n in enumerate(self.shown.nodes)}
        operands = []
        for i, chance in enumerate(self.chance):
            operands += [chance, [len(nodes) + i]]
        for n in nodes:
            if n not in done:
                axes = [*(at[p] for p in self.parents[n]), *(len(nodes) + i for i in self.causes(n)), at[n]]
                operands += [self.mechanisms[n], axes]
            else:
                operands += [np.ones(self.sizes[n]), [at[n]]]
        values = np.einsum(*operands, list(range(len(nodes))), optimize="greedy")
        self[done] = Distribution(nodes, values)
        return self[done]

    def effect(self, y, x, z=()):
        """P(y | do(x), z), axes in the order of the sorted names of y, then x and z together sorted."""
        table = self[frozenset(x)]
        names = [*sorted(y), *sorted([*x, *z])]
        at = [table.axes.index(n) for n in names]
        joint = table.values.sum(axis=tuple(i for i in range(len(table.axes)) if i not in at))
        joint = joint.transpose([sorted(at).index(i) for i in at])
        return joint / joint.sum(axis=tuple(range(len(y))), keepdims=True)


class Units(dict):
    """A random functional model, every unit of it enumerated: the truth of any rung, by looking at each unit.

    Every variable has chance of its own that says: always 0, always 1, or one of two random functions of its causes.
    Also a mapping from a set of variables to what would be measured if they were set.
    """

    def __init__(self, shown: Projection, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.shown, nodes = shown, shown.nodes
        hidden = sorted(sorted(group) for group in shown.shared)
        shape = [2] * len(hidden) + [4] * len(nodes)
        units = np.indices(shape).reshape(len(shape), -1)
        self.weights = np.ones(units.shape[1])
        for axis, size in enumerate(shape):
            self.weights = self.weights * (0.2 / size + 0.8 * rng.dirichlet(np.full(size, 3.0)))[units[axis]]
        self.laws = {}
        for i, n in enumerate(nodes):
            causes = sorted(a for a, b in shown.arrows if b == n)
            mine = [units[j] for j, group in enumerate(hidden) if n in group]
            functions = rng.integers(0, 2, size=[2] * (len(causes) + len(mine) + 1))
            self.laws[n] = causes, mine, functions, units[len(hidden) + i]

    def value(self, name, world):
        """The variable's value in every unit, where ``world`` maps variables to states or to nested worlds."""
        if name in world:
            held = world[name]
            return self.value(name, held) if isinstance(held, dict) else np.full(len(self.weights), held)
        causes, mine, functions, own = self.laws[name]
        said = functions[tuple(self.value(c, world) for c in causes) + tuple(mine) + (own % 2,)]
        return np.where(own < 2, own, said)

    def share(self, facts):
        """The share of units in which all facts (name, world, state) hold."""
        holds = np.ones(len(self.weights), dtype=bool)
        for name, world, state in facts:
            holds &= self.value(name, world) == state
        return float(self.weights[holds].sum())

    def __missing__(self, done):
        nodes = self.shown.nodes
        values = np.zeros([2] * len(nodes))
        for setting in np.ndindex(*[2] * len(done)):
            world = dict(zip(sorted(done), setting, strict=True))
            np.add.at(values, tuple(self.value(n, world) for n in nodes), self.weights)
        self[done] = Distribution(nodes, values)
        return self[done]


def counted(model: Model, names, done=()):
    """P(names | do(done)) of a model with tables, as an array, by multiplying its tables out."""
    at = {v.name: i for i, v in enumerate(model)}
    operands = []
    for v in model:
        if v.name in done:
            operands += [np.ones(len(v.states)), [at[v.name]]]
        else:
            sizes = [len(model[p].states) for p in v.parents]
            table = np.array(v.mechanism.rows).reshape([*sizes, len(v.states)])
            operands += [table, [*(at[p] for p in v.parents), at[v.name]]]
    return np.einsum(*operands, [at[n] for n in names], optimize="greedy")
