"""Adjustment sets, front-door sets and instruments against walking every set and every path, and against numbers."""

from __future__ import annotations

import doctest
from itertools import chain, combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import strategies as st
from strategies import theorem

from causal import adjustment, front_door, hitting, instruments, open_paths, separators
from causal.adjustment import Reason, adjustment_sets, judge
from causal.criteria import CRITERIA, adjust
from causal.errors import BadQuery, TooLarge
from causal.front_door import front_door_sets
from causal.model import Linear, Model, Table, Variable

LESSONS = (adjustment, front_door, hitting, instruments, open_paths, separators)


def graph_of(arrows, latent="", names=""):
    """A graph written "U->X U->Y X->Y"; ``latent`` names what nobody measures."""
    pairs = [arrow.split("->") for arrow in arrows.split()]
    order = dict.fromkeys([*names.split(), *(name for pair in pairs for name in pair)])
    return Model(
        tuple(Variable(n, n, parents=tuple(a for a, b in pairs if b == n), latent=n in latent.split()) for n in order)
    )


@st.composite
def random_graphs(draw, most=7):
    """Any graph of up to 7 variables, some latent or exogenous, its first two measured: treatment and outcome."""
    n = draw(st.integers(2, most))
    order = draw(st.permutations([f"V{i}" for i in range(n)]))
    variables = []
    for i, name in enumerate(order):
        parents = tuple(p for p in order[:i] if draw(st.sampled_from((True, True, False, False, False))))
        hidden = name not in ("V0", "V1") and draw(st.sampled_from((True, False, False)))
        exogenous = hidden and not parents and draw(st.booleans())
        variables.append(Variable(name, name, exogenous, parents, latent=hidden and not exogenous))
    return Model(tuple(sorted(variables, key=lambda v: not v.exogenous)))


# The second road: explicit lists of paths


def walks(edges, a, b):
    """All simple paths between a and b, as lists of variables."""
    found, waiting = [], [[a]]
    while waiting:
        path = waiting.pop()
        if path[-1] == b:
            found.append(path)
            continue
        touching = {q for p, q in edges if p == path[-1]} | {p for p, q in edges if q == path[-1]}
        waiting += [[*path, name] for name in touching - set(path)]
    return found


def below(edges, name):
    """A variable and all its effects."""
    found = {name}
    while more := {b for a, b in edges if a in found} - found:
        found |= more
    return found


def is_open(edges, path, given):
    for a, m, b in zip(path, path[1:], path[2:], strict=False):
        if (a, m) in edges and (b, m) in edges:
            if not below(edges, m) & set(given):
                return False
        elif m in given:
            return False
    return True


def connected(edges, a, b, given):
    return any(is_open(edges, path, given) for path in walks(edges, a, b))


def directed(edges, path):
    return all(arrow in edges for arrow in pairwise(path))


def names_of(model):
    return [n for n in model.causal_order if model[n].observable and n not in ("V0", "V1", "X", "Y")]


def subsets(names):
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


def minimal(sets):
    sets = list(sets)
    return [s for s in sets if not any(set(other) < set(s) for other in sets)]


def fits_adjustment(edges, x, y, given):
    """The adjustment criterion, path by path."""
    paths = walks(edges, x, y)
    causal = [path for path in paths if directed(edges, path)]
    barred = set().union(*(below(edges, name) for path in causal for name in path[1:]))
    return not barred & set(given) and not any(is_open(edges, p, given) for p in paths if p not in causal)


def fits_front_door(edges, x, y, chosen):
    if not all(set(chosen) & set(p) for p in walks(edges, x, y) if directed(edges, p)):
        return False
    from_x = {e for e in edges if e[0] != x}
    from_m = {e for e in edges if e[0] not in chosen}
    return not any(connected(from_x, x, m, ()) or connected(from_m, m, y, (x,)) for m in chosen)


def fits_instrument(edges, x, y, name, given):
    acted = {e for e in edges if e[1] != x}
    return connected(edges, name, x, given) and not connected(acted, name, y, given)


@theorem(random_graphs(), sample=60, proof=1000)
def test_adjustment_sets_are_those_of_the_criterion_on_every_path(model):
    edges = set(model.edges)
    every = [s for s in subsets(names_of(model)) if fits_adjustment(edges, "V0", "V1", s)]
    assert adjustment_sets(model, "V0", "V1") == tuple(minimal(every))
    for given in subsets(names_of(model)):
        assert judge(model, "V0", "V1", given).valid == (given in every)


@theorem(random_graphs(), sample=60, proof=1000)
def test_a_set_that_will_not_do_is_told_why(model):
    edges = set(model.edges)
    causal = [p for p in walks(edges, "V0", "V1") if directed(edges, p)]
    between = {name for path in causal for name in path[1:]}
    for given in subsets(names_of(model)):
        verdict = judge(model, "V0", "V1", given)
        assert bool(verdict.reasons) != verdict.valid
        for reason in verdict.reasons:
            if reason.path:
                nodes = list(reason.path.nodes)
                assert nodes[0] == "V0" and nodes[-1] == "V1"
                assert all(
                    ((a, b) if to == "->" else (b, a)) in edges
                    for (a, b), to in zip(pairwise(nodes), reason.path.arrows, strict=True)
                )
                assert reason.path.open == is_open(edges, nodes, given)
            if reason.kind == "closes-mediator":
                assert nodes in causal and reason.node in nodes[1:-1] and reason.node in given
            elif reason.kind == "descendant":
                assert reason.node in given and reason.node not in between
                assert reason.at in between and reason.node in below(edges, reason.at)
            else:
                assert nodes not in causal and reason.path.open
                colliders = [s.node for s in reason.path.steps if s.kind == "collider"]
                assert bool(colliders) == (reason.kind == "opens-collider")
                if colliders:
                    assert reason.at == colliders[0] and reason.node in given
                    assert reason.node in below(edges, reason.at)


@theorem(random_graphs(), sample=60, proof=1000)
def test_front_door_sets_and_instruments_are_those_of_their_definitions_on_every_path(model):
    edges, others = set(model.edges), names_of(model)
    doors, tools = [], []
    if "V1" in below(edges, "V0"):
        doors = minimal(m for m in subsets(others) if fits_front_door(edges, "V0", "V1", m))
        for name in others:
            rest = [n for n in others if n != name]
            tools += [
                (name, w) for w in minimal(w for w in subsets(rest) if fits_instrument(edges, "V0", "V1", name, w))
            ]
    assert front_door_sets(model, "V0", "V1") == tuple(doors)
    assert instruments.instruments(model, "V0", "V1") == tuple(tools)
