"""Where a rule of do-calculus may not be used: a model with this graph in which both sides are different numbers.

The model itself is asked first. Where its numbers happen to agree, or it has none, models drawn at random are asked:
numbers that agree although their graph does not say so are an accident that almost no other model repeats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from causal.answers import engine
from causal.errors import CausalError
from causal.graphs.projection import project
from causal.identification.calculus.coarsening import HIGH, coarse
from causal.identification.calculus.rules import Expression, term
from causal.identification.question.points import with_states
from causal.identification.witnesses.whole_graph import causes, unused
from causal.models.mechanisms import Table
from causal.models.model import Model, Variable
from causal.queries.query import Term

DIFFERENT, CLEAR, TRIES = 1e-6, 0.05, 12
LARGEST_TABLE = 2**12


@dataclass(frozen=True, slots=True)
class Refutation:
    """Both sides of a wrong equation, as questions and as numbers; ``own`` says whether the model itself gives them."""

    model: Model
    sides: tuple[Term, Term]
    values: tuple[float, float]
    own: bool


def refute(model: Model, before: Expression, after: Expression, values: Mapping[str, str]) -> Refutation | None:
    """Both sides' numbers where they differ; None where no model was found."""
    if model.numeric and (found := _compared(model, before, after, values, own=True)) is not None:
        return found
    plain = with_states(coarse(model), term(coarse(model), before, states := _coarse(model, values)))
    best: Refutation | None = None
    for seed in range(TRIES):
        if (drawn := _random(plain, seed)) is None:
            return None
        found = _compared(drawn, before, after, states, own=False)
        if found is not None and (best is None or _gap(found) > _gap(best)):
            best = found
        if best is not None and _gap(best) > CLEAR:
            break
    return best


def _coarse(model: Model, values: Mapping[str, str]) -> dict[str, str]:
    return {n: model[n].support.case(states=value, numbers=HIGH) for n, value in values.items()}


def _gap(found: Refutation) -> float:
    return abs(found.values[0] - found.values[1])


def _compared(
    model: Model, before: Expression, after: Expression, values: Mapping[str, str], own: bool
) -> Refutation | None:
    sides = term(model, before, values), term(model, after, values)
    try:
        one, other = (engine.ask(model, side) for side in sides)
    except CausalError:  # a condition that never happens there: another model will do
        return None
    first, second = (a.mean if a.value is None else a.value for a in (one, other))
    if first is None or second is None or abs(first - second) <= DIFFERENT * max(1.0, abs(first)):
        return None
    return Refutation(model, sides, (float(first), float(second)), own)


def _random(model: Model, seed: int) -> Model | None:
    """A model of what can be measured: one coin for each set that shares a hidden cause, tables drawn at random."""
    rng, graph = np.random.default_rng(seed), project(model)
    hidden = [(unused(f"U{i + 1}", model), group) for i, group in enumerate(sorted(map(sorted, graph.shared)))]
    coins = [Variable(u, u, exogenous=True, states=("0", "1"), mechanism=Table(((0.5, 0.5),))) for u, _ in hidden]
    drawn = list[Variable]()
    sizes = {u: 2 for u, _ in hidden} | {n: len(model[n].states) for n in graph.nodes}
    for name in graph.nodes:
        parents = (*causes(graph, name), *(u for u, group in hidden if name in group))
        count = int(np.prod([sizes[p] for p in parents], dtype=int))
        if count * sizes[name] > LARGEST_TABLE:
            return None
        rows = rng.dirichlet(np.full(sizes[name], 0.6), size=count) * 0.96 + 0.04 / sizes[name]
        table = Table(tuple(tuple(map(float, row / row.sum())) for row in rows))
        v = model[name]
        drawn.append(Variable(name, v.label, False, parents, v.states, table, v.state_labels, v.numbers))
    return Model((*coins, *drawn), id=f"random-{seed}")
