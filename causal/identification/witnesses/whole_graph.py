"""A model of a whole graph, made from one of a part of it: what the part leaves out is there, and makes no difference.

Variables outside the part are coins that nothing depends on, arrows outside it lead nowhere, and hidden causes outside
it have one state only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from causal.graphs.projection import Projection
from causal.models.mechanisms import Coupling, Table
from causal.models.model import Model, Variable
from causal.ranges.spans import Array


def causes(graph: Projection, name: str) -> tuple[str, ...]:
    """A node's parents, in causal order."""
    return tuple(n for n in graph.nodes if (n, name) in graph.arrows)


def unused(name: str, model: Model) -> str:
    """The name itself, or one like it that no variable has."""
    while name in model:
        name += "_"
    return name


def completed(model: Model, graph: Projection, part: Model, tables: Mapping[str, Array], imagined: bool) -> Model:
    """The model of the whole graph in which the part's variables have these tables.

    ``part`` says what they depend on; ``imagined`` adds the coupling that a question of several worlds needs.
    """
    hidden = {u.name: [v.name for v in part if u.name in v.parents] for u in part.exogenous}
    chance = {name: part[name].states for name in hidden}
    drawn = [frozenset(members) for members in hidden.values()]
    for number, group in enumerate(sorted(map(sorted, graph.shared))):
        if frozenset(group) not in drawn:
            name = unused(f"U{len(drawn) + 1 + number}", model)
            hidden[name], chance[name] = group, ("0",)
    sizes = {name: len(states) for name, states in chance.items()} | {n: len(model[n].states) for n in graph.nodes}
    variables = []
    for name in graph.nodes:
        parents = (*causes(graph, name), *(u for u, members in hidden.items() if name in members))
        table = tables.get(name, np.full((1, sizes[name]), 1.0 / sizes[name]))
        rows = _rows(parents, part[name].parents if name in part else (), sizes)
        coupling: Coupling | None = "independent" if imagined and parents else None
        mechanism = Table(tuple(tuple(map(float, table[row])) for row in rows), coupling)
        variables.append(replace(model[name], parents=parents, mechanism=mechanism, latent=False))
    return Model((*(_uniform(n, s) for n, s in chance.items()), *variables), id=f"witness-{model.id}")


def _uniform(name: str, states: Sequence[str]) -> Variable:
    table = Table((tuple(1.0 / len(states) for _ in states),))
    return Variable(name, name, exogenous=True, states=tuple(states), mechanism=table)


def _rows(parents: Sequence[str], read: Sequence[str], sizes: Mapping[str, int]) -> list[int]:
    """For every combination of all parents the row of the smaller table over those that are read."""
    found = []
    for at in product(*(range(sizes[p]) for p in parents)):
        row = 0
        for p in read:
            row = row * sizes[p] + at[parents.index(p)]
        found.append(row)
    return found
