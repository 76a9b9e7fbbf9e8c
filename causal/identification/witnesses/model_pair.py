"""Two models that look the same and answer differently: the proof that what is known cannot answer a question.

Both have the graph in question and agree on the distribution of all that is seen (and on experiments, where there are
some). First the graph is thinned out as long as the question stays unanswerable: variables become coins that nothing
depends on, hidden causes and arrows go. In what is left, from a random model a walk leads along the models that agree
with it (see ``causal.identification.witnesses.agreeing_models``). The two ends are built as models of the whole graph,
and every claim is checked by the engine before they are handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

import numpy as np

from causal.answers import engine
from causal.answers.answer import Answer
from causal.graphs.projection import Projection, project
from causal.identification.question.measuring import distribution
from causal.identification.witnesses.agreeing_models import Fibre, Goal
from causal.identification.witnesses.response_probabilities import ResponseProbabilities
from causal.identification.witnesses.whole_graph import causes, completed, unused
from causal.models.model import Model, Variable
from causal.queries.query import Atom, Query, Setting, Term, mentioned, rung, terms
from causal.ranges.spans import Array
from causal.rungs.association import allowed
from causal.rungs.intervention import in_brackets
from causal.worlds.parallel_worlds import Worlds

CLEAR, ENOUGH = 0.05, 1e-3
"""A difference that needs no second look, and one that will do if some further looks found no clearer one."""

PART = 0.3
"""A difference that is this part of the larger answer needs no second look either: what is asked may be rare."""

LOOKS = ((2, 0), (2, 1), (3, 0), (4, 0), (2, 2), (3, 1), (6, 0), (8, 0))
"""How many states hidden causes have, and where the walk begins, one look after the other."""

SAME = 1e-9
"""What both models must agree on, they agree on to this."""

DIFFERENT = 1e-6
"""Answers closer than this may differ by rounding only."""

LARGEST, MOST_ROWS, MOST_NODES = 2**21, 2**12, 60
"""A walk with more derivatives than this is not begun, nor one in a model with longer tables or more variables."""


@dataclass(frozen=True)
class Witness:
    """Two models with one graph and the same measurements, and their answers."""

    models: tuple[Model, Model]
    values: tuple[float, float]


def witness(
    model: Model, query: Query, unknown: Callable[[Projection], bool], experiments: Collection[str] = ()
) -> Witness | None:
    """Two models that show that a query cannot be known; None if none were found.

    ``model`` gives the graph, with states for every variable; ``unknown`` says whether the query is not identifiable in
    another graph on some of its variables.
    """
    graph = project(model)
    if len(graph.ancestors(mentioned(query) & set(graph.nodes))) > MOST_NODES:
        return None
    if max(prod(len(model[p].states) for p in causes(graph, n)) for n in graph.nodes) > MOST_ROWS:
        return None
    thin = thinned(graph, unknown, mentioned(query) & set(graph.nodes))
    best: Witness | None = None
    for look, (size, seed) in enumerate(LOOKS):
        found = _look(model, graph, thin, query, experiments, size, seed)
        if found is not None and (best is None or _gap(found) > _gap(best)):
            best = found
        if best is not None and _gap(best) > min(CLEAR if look < 3 else ENOUGH, PART * max(map(abs, best.values))):
            break
    return best


def thinned(graph: Projection, unknown: Callable[[Projection], bool], kept: Collection[str]) -> Projection:
    """A smallest part of the graph in which the question is still unanswerable: nothing in it can be left out."""
    if unknown(fewer := graph.among(graph.ancestors(kept))):
        graph = fewer
    for name in reversed(graph.nodes):
        if name not in kept and unknown(fewer := graph.among(set(graph.nodes) - {name})):
            graph = fewer
    for group in sorted(map(sorted, graph.shared)):
        others = graph.shared - {frozenset(group)}
        if unknown(fewer := replace(graph, shared=others)):
            graph = fewer
        elif len(group) > 2:
            for pair in combinations(group, 2):
                if unknown(fewer := replace(graph, shared=others | {frozenset(pair)})):
                    graph = fewer
                    break
    for arrow in sorted(graph.arrows):
        if unknown(fewer := replace(graph, arrows=graph.arrows - {arrow})):
            graph = fewer
    return graph


def _gap(found: Witness) -> float:
    return abs(found.values[0] - found.values[1])


def _look(
    model: Model, graph: Projection, shown: Projection, query: Query, experiments: Collection[str], size: int, seed: int
) -> Witness | None:
    skeleton = _skeleton(model, shown, query, size)
    joint = prod(len(model[n].states) for n in shown.nodes)
    if joint * sum(skeleton.row_count(n) * len(model[n].states) for n in shown.nodes) > LARGEST:
        return None
    fibre = _fibre(skeleton, shown, query, experiments)
    ends = fibre.walk(seed)
    if ends is None:
        return None
    one, other = (completed(model, graph, skeleton, tables, rung(query) == 3) for tables in ends)
    return _checked(one, other, graph, shown, query, experiments)


def _skeleton(model: Model, shown: Projection, query: Query, size: int) -> Model:
    """The thin graph as a model: each hidden cause has ``size`` states, each row of a mechanism a place."""
    hidden = [(f"U{i + 1}", group) for i, group in enumerate(sorted(map(sorted, shown.shared)))]
    if rung(query) == 3:
        # A variable that is imagined in several worlds has hidden chance of its own, which its answers there share.
        bare = Model(tuple(replace(model[n], parents=causes(shown, n), mechanism=None) for n in shown.nodes))
        hidden += [(f"U{len(hidden) + 1 + i}", [name]) for i, name in enumerate(_in_several_worlds(bare, query))]
    hidden = [(unused(name, model), group) for name, group in hidden]
    states = tuple(str(k) for k in range(size))
    chance = [Variable(n, n, exogenous=True, states=states) for n, _ in hidden]
    return Model(
        (
            *chance,
            *(
                replace(
                    model[n],
                    parents=(*causes(shown, n), *(u for u, group in hidden if n in group)),
                    mechanism=None,
                    latent=False,
                )
                for n in shown.nodes
            ),
        )
    )


def _in_several_worlds(bare: Model, query: Query) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for term in map(in_brackets, terms(query)):
        worlds = Worlds(bare)
        for atom in (*term.event, *term.evidence):
            worlds.response(atom.variable, atom.world)
        names = [copy.variable for copy in worlds.copies]
        found |= dict.fromkeys(name for name in names if names.count(name) > 1)
    return tuple(found)


def _fibre(skeleton: Model, shown: Projection, query: Query, experiments: Collection[str]) -> Fibre:
    done = [name for name in shown.nodes if name in experiments]
    measured = [ResponseProbabilities(skeleton, [(n, ()) for n in shown.nodes])]
    for size in range(1, len(done) + 1):
        for some in combinations(done, size):
            rest = [name for name in shown.nodes if name not in some]
            for states in product(*(skeleton[name].states for name in some)):
                world = tuple(Setting(n, s) for n, s in zip(some, states, strict=True))
                if rest:
                    measured.append(ResponseProbabilities(skeleton, [(n, world) for n in rest]))
    asked = {term: _asked(skeleton, in_brackets(term)) for term in terms(query)}
    shapes = {n: (skeleton.row_count(n), len(skeleton[n].states)) for n in shown.nodes}
    return Fibre(shapes, measured, query, asked)


def _asked(skeleton: Model, term: Term) -> Goal:
    facts = [((a.variable, a.world), weights(skeleton[a.variable], a)) for a in term.evidence]
    event = [((a.variable, a.world), weights(skeleton[a.variable], a, mean=term.kind == "E")) for a in term.event]
    both = [*event, *facts]
    above = ResponseProbabilities(skeleton, [r for r, _ in both], [w for _, w in both])
    below = ResponseProbabilities(skeleton, [r for r, _ in facts], [w for _, w in facts]) if facts else None
    return Goal(above, below)


def weights(variable: Variable, atom: Atom, mean: bool = False) -> Array:
    """What is said of a variable as a vector over its states; of a distribution, its last state stands for all."""
    states = variable.states
    if mean:
        return np.array(variable.numbers)
    if atom.relation is None:
        return np.array([float(state == states[-1]) for state in states])
    return allowed(variable, atom.relation, atom.value or "")


def _checked(
    one: Model, other: Model, graph: Projection, thin: Projection, query: Query, experiments: Collection[str]
) -> Witness | None:
    """Both models as a witness, if everything that is claimed of them is so."""
    done = [name for name in thin.nodes if name in experiments]
    for size in range(len(done) + 1):
        for some in combinations(done, size):
            first, second = (distribution(m, thin.nodes, some).values for m in (one, other))
            if np.abs(first - second).max() > SAME:
                return None
    # All others are the same coins in both models, tossed by themselves.
    coins = [name for name in graph.nodes if name not in thin.nodes]
    if any(one[name] != other[name] or len(set(one.table(name).rows)) > 1 for name in coins):
        return None
    if any((shown.arrows, shown.shared) != (graph.arrows, graph.shared) for shown in map(project, (one, other))):
        return None
    values = tuple(_number(engine.ask(m, _probability(m, query))) for m in (one, other))
    found = Witness((one, other), (values[0], values[1]))
    return found if _gap(found) > DIFFERENT else None


def _number(answer: Answer) -> float:
    return float("nan") if answer.value is None else answer.value


def _probability(model: Model, query: Query) -> Query:
    """The query itself; of a distribution, the probability of its last state."""
    if isinstance(query, Term) and query.kind == "P" and query.event[0].relation is None:
        atom = query.event[0]
        return replace(query, event=(replace(atom, relation="=", value=model[atom.variable].states[-1]),))
    return query
