r"""The door: can a question be known from what is seen, and from experiments, given the graph alone?

A verdict on a whole question is put together from those on its points (see ``causal.identification.question.points``):
if each of them has an estimand, so has the question. If some has none, two models are looked for in which the whole
question has different answers.

>>> from causal.models.model import Model, Variable
>>> z, x = Variable("Z", "Z"), Variable("X", "X", parents=("Z",))
>>> confounded = Model((z, x, Variable("Y", "Y", parents=("X", "Z"))))
>>> identify(confounded, "P(Y=1 | do(X=1))").estimand
'\\sum_{z} P(Y{=}1 \\mid X{=}1, z)\\,P(z)'
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from causal.errors import TooLarge
from causal.graphs.projection import Projection, project
from causal.identification.algorithms.derivation import Identified, NotIdentified, Step
from causal.identification.algorithms.regions import Names
from causal.identification.formulas.estimand import free, probabilities
from causal.identification.formulas.evaluation import evaluate
from causal.identification.question.cancelling import remainder, value_of
from causal.identification.question.points import pointwise, with_states
from causal.identification.question.question_latex import told
from causal.identification.question.request import read_experiments, read_question
from causal.identification.question.term_question import Solved, solve, unknown
from causal.models.model import Model
from causal.queries.printing import text
from causal.queries.query import Operation, Query, Term, mentioned, rung, terms
from causal.words.sentence import Sentence

if TYPE_CHECKING:
    from causal.identification.witnesses.model_pair import Witness


@dataclass(frozen=True)
class Verdict:
    """Whether a question can be known, with the evidence for it; what does not apply is None.

    ``estimand`` is LaTeX; ``value`` (of a distribution: ``distribution``) is its number on what would be measured in
    the model, where that has numbers and says enough; ``reason`` (in words: ``because``) says why if it does not.
    ``hedge`` are two sets, the second inside the first. ``solved`` holds each point's verdict, derivation included.
    """

    query: str
    rung: int
    identifiable: bool
    estimand: str | None = None
    value: float | None = None
    distribution: Mapping[str, float] | None = None
    hedge: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    witness: Witness | None = None
    reason: Sentence | None = None
    solved: Mapping[Term, Solved] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.identifiable

    @property
    def because(self) -> str | None:
        """Why there is no number or no witness, in the language that is spoken."""
        return None if self.reason is None else str(self.reason)

    @property
    def derivation(self) -> tuple[Step, ...]:
        """The steps for all points, one after the other, each once."""
        found = [solved.verdict for solved in self.solved.values() if isinstance(solved.verdict, Identified)]
        return tuple(dict.fromkeys(step for verdict in found for step in verdict.derivation))

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON data, as the contract writes it."""
        data: dict[str, Any] = {"query": self.query, "rung": self.rung, "identifiable": self.identifiable}
        if not self.identifiable:
            data["hedge"] = None if self.hedge is None else [list(names) for names in self.hedge]
            data["witness"] = None if self.witness is None else list(self.witness.values)
        for name in ("estimand", "value", "distribution", "because"):
            if (given := getattr(self, name)) is not None:
                data[name] = given
        return data


def identify(model: Model, question: str | Query, experiments: Collection[str] = ()) -> Verdict:
    """Whether a question can be known from the observed distribution, and from experiments on some variables.

    Raises CausalError: BadQuery if it cannot be read or names what nobody measures, ImpossibleEvidence if its condition
    happens in no model with this graph.
    """
    query = read_question(question, model)
    written = question if isinstance(question, str) else text(question)
    asked = _Points(with_states(model, query), query, read_experiments(experiments, model))
    verdict = Verdict(written, rung(query), True, solved=asked.solved)
    if all(found.verdict for found in asked.solved.values()):
        formula = told(asked.model, query, asked.solve)
        return _with_numbers(replace(verdict, estimand=formula), model, asked)
    if isinstance(query, Operation) and (rest := remainder(asked.model, asked.wholes[""], asked.unknown)) is not None:
        return _without_what_cancels(verdict, model, asked, rest)
    return _with_witness(replace(verdict, identifiable=False), asked)


def _without_what_cancels(verdict: Verdict, model: Model, asked: _Points, rest: Query) -> Verdict:
    asked.wholes[""] = rest
    asked.solved = {point: asked.solve(point) for point in dict.fromkeys(terms(rest))}
    known = replace(verdict, estimand=told(asked.model, rest, asked.solve), solved=asked.solved)
    return _with_numbers(known, model, asked)


@dataclass
class _Points:
    """A question with all its points, each solved."""

    model: Model
    query: Query
    experiments: Names
    graph: Projection = field(init=False)
    wholes: dict[str, Query] = field(init=False)
    solved: dict[Term, Solved] = field(init=False)

    def __post_init__(self) -> None:
        self.graph = project(self.model)
        self.wholes = {"": pointwise(self.model, self.query)}
        if (term := self.distribution) is not None:
            states = self.model[term.event[0].variable].states
            points = {s: replace(term, event=(replace(term.event[0], relation="=", value=s),)) for s in states}
            self.wholes = {s: pointwise(self.model, point) for s, point in points.items()}
        points_of_all = [point for whole in self.wholes.values() for point in terms(whole)]
        self.solved = {point: self.solve(point) for point in dict.fromkeys(points_of_all)}

    @property
    def distribution(self) -> Term | None:
        """The question, if it asks for a distribution over states."""
        query = self.query
        asks = isinstance(query, Term) and query.kind == "P" and query.event[0].relation is None
        return query if isinstance(query, Term) and asks and not self.continuous else None

    @property
    def continuous(self) -> bool:
        """Whether some variable of the question has no states."""
        return not self.model.real_valued.isdisjoint(mentioned(self.query))

    @property
    def states(self) -> Mapping[str, tuple[str, ...]]:
        """Every variable's states."""
        return {v.name: v.states for v in self.model}

    def solve(self, point: Term) -> Solved:
        """One point's verdict."""
        return solve(self.graph, point, self.experiments, self.states)

    def unknown(self, point: Term) -> bool:
        """Whether a point cannot be known."""
        return not self.solve(point).verdict


# -- numbers -----------------------------------------------------------------------------------------------------------


def _with_numbers(verdict: Verdict, model: Model, asked: _Points) -> Verdict:
    if not model.numeric:
        return verdict
    if asked.continuous:
        return _with_linear_number(verdict, model, asked)
    try:
        values = {point: _evaluated(model, asked.solved[point]) for w in asked.wholes.values() for point in terms(w)}
        numbers = {state: value_of(whole, values) for state, whole in asked.wholes.items()}
    except TooLarge as error:
        return replace(verdict, reason=error.sentence)
    if not all(map(isfinite, numbers.values())):
        return replace(verdict, reason=Sentence("identification.empty"))
    if _never_given(model, asked.query):
        return replace(verdict, reason=Sentence("identification.never_given"))
    if asked.distribution is not None:
        return replace(verdict, distribution=numbers)
    return replace(verdict, value=numbers[""])


def _never_given(model: Model, query: Query) -> bool:
    """Whether some condition of the question has probability 0 in the model, though an estimand may not notice."""
    from causal.answers import engine

    for condition in dict.fromkeys(Term("P", t.evidence, (), t.action) for t in terms(query) if t.evidence):
        try:
            found = engine.ask(model, condition)
        except TooLarge:
            continue
        if (found.value if found.interval is None else found.interval[1]) == 0.0:
            return True
    return False


def _with_linear_number(verdict: Verdict, model: Model, asked: _Points) -> Verdict:
    """In linear models the integrals are not worked out: what is identified is what the model itself answers.

    That holds where every combination of values has a density, so that nothing the estimand is given is impossible.
    """
    from causal.answers import engine
    from causal.rungs.linear import Responses

    named = mentioned(asked.query)
    if not named <= model.real_valued:
        return verdict
    responses = Responses(model, 0)
    seen = [responses.of(name, ()).loadings for name in asked.graph.nodes if name in model.real_valued]
    if np.linalg.matrix_rank(np.array(seen)) < len(seen):
        return replace(verdict, reason=Sentence("identification.no_density"))
    return replace(verdict, value=engine.ask(model, asked.query).value)


def _evaluated(model: Model, solved: Solved) -> float:
    """A point's estimand on what would be measured in the model."""
    assert isinstance(solved.verdict, Identified)  # noqa: S101 - the caller has looked
    # Here, not above, as in _with_witness: the engine takes a second to import, and a graph needs none.
    from causal.identification.question.measuring import Measured

    estimand = solved.verdict.estimand
    names = {letter.variable for part in probabilities(estimand) for letter in free(part)}
    measured = Measured(model, tuple(n for n in project(model).nodes if n in names))
    states = {letter: model[letter.variable].states.index(state) for letter, state in solved.states.items()}
    return evaluate(estimand, measured).at(states)


# -- witnesses ---------------------------------------------------------------------------------------------------------


def _with_witness(verdict: Verdict, asked: _Points) -> Verdict:
    failed = {point: s.verdict for point, s in asked.solved.items() if isinstance(s.verdict, NotIdentified)}
    hedges = [v.hedge for v in failed.values() if v.hedge is not None]
    if hedges:
        outer, inner = (tuple(n for n in asked.graph.nodes if n in names) for names in hedges[0])
        verdict = replace(verdict, hedge=(outer, inner))
    if asked.continuous:
        return replace(verdict, reason=Sentence("identification.no_states"))
    from causal.identification.witnesses.model_pair import witness

    first, given = next(iter(failed)), (asked.experiments, asked.states)
    found = witness(asked.model, asked.query, lambda g: unknown(g, first, *given), asked.experiments)
    if found is None:
        return replace(verdict, reason=Sentence("identification.perhaps"))
    return replace(verdict, witness=found)
