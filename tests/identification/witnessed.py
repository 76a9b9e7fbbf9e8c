"""Witnesses against counting: two models of one graph with the same measurements that answer differently."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import oracle
import pytest
from semimarkovian import as_model, counted

from causal.graphs.projection import project
from causal.identification.witnesses.model_pair import witness
from causal.queries.query import Atom, Setting, Term

NOTHING = frozenset()


def all_ones(y, x, z=NOTHING):
    """P(every y is 1 | do(every x is 1), every z is 1)."""
    event, facts = (tuple(Atom(n, (), "=", "1") for n in sorted(names)) for names in (y, z))
    return Term("P", event, facts, tuple(Setting(n, "1") for n in sorted(x)))


def check_witness(shown, term, unknown, experiments=NOTHING, states=("0", "1")):
    """A witness is found, and is one: its graphs, all that is measured, and both answers are counted anew."""
    found = witness(as_model(shown, states), term, unknown, experiments)
    assert found, "there is none"
    one, other = found.models
    assert all((project(m).arrows, project(m).shared) == (shown.arrows, shown.shared) for m in found.models)
    for size in range(len(experiments) + 1):
        for done in combinations(sorted(experiments), size):
            first, second = (counted(model, shown.nodes, done) for model in (one, other))
            assert np.abs(first - second).max() < 1e-9
            assert first.min() > 0
    answers = [answer(model, term) for model in (one, other)]
    assert answers == pytest.approx(list(found.values), abs=1e-9)
    assert abs(answers[0] - answers[1]) > 1e-3


def answer(model, term):
    """P(event | evidence): tables multiplied out where there is one world, else every branch of chance."""
    if any(atom.world for atom in (*term.event, *term.evidence)):
        above, below = (sum(p.values()) for p in oracle.fraction(model, term))
        return above / below
    known = {a.variable: a.value for a in term.evidence} | {s.variable: s.value for s in term.action}
    names = [*(a.variable for a in term.event), *known]
    table = counted(model, names, [s.variable for s in term.action])
    given = tuple(model[n].states.index(v) for n, v in known.items())
    table = table[(slice(None),) * len(term.event) + given]
    return table[tuple(model[a.variable].states.index(a.value) for a in term.event)] / table.sum()
