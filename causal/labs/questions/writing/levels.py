"""What a prompt's assumptions make answerable: a number, limits, or nothing, by proof and not by opinion.

    data          what was seen                            rung 1 only: a table has no arrows
    graph         and what causes what                     identification; else the sharp limits of all models that fit
    experiment    and a table from an experiment           identification with it; else such limits
    mechanisms    how each thing comes about               the engine; limits where a coupling is missing

A question of yes or no is decided where the limits of the difference leave out the other answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from causal.answers import engine
from causal.bounding import bounds
from causal.errors import CausalError, TooLarge
from causal.graphs.projection import project
from causal.identification.question.points import pointwise, with_states
from causal.identification.question.term_question import solve
from causal.labs.questions.writing.moments import dense
from causal.labs.questions.writing.question_sheet import Question
from causal.models.model import Model
from causal.queries.query import Query, Term, terms

Level = Literal["data", "graph", "experiment", "mechanisms"]
LEVELS: tuple[Level, ...] = ("data", "graph", "experiment", "mechanisms")

Kind = Literal["number", "limits", "unknown", "yes", "no"]
Why = Literal["seen", "no-graph", "proof", "these-data", "limits", "nothing", "engine", "coupling", "no-limits"]

SAME = 1e-7
"""Limits that are closer to each other than this are a number."""


@dataclass(frozen=True, slots=True)
class LevelVerdict:
    """What follows: ``low`` and ``high`` are its limits (equal for a number), None where there are none.

    ``identified`` says whether the graph alone proves that one number follows, whatever the data; ``sharp`` whether
    every value between the limits can be the truth.
    """

    kind: Kind
    why: Why
    low: float | None = None
    high: float | None = None
    identified: bool = False
    sharp: bool = True


@lru_cache(maxsize=4096)
def verdict(question: Question, level: Level) -> LevelVerdict:
    """What the prompt of this level makes of the question."""
    return _decided(question, RULES[level](question))


def identified(model: Model, query: Query, experiments: frozenset[str] = frozenset()) -> bool:
    """Whether every part of a question has an estimand, by the graph alone."""
    whole = with_states(model, query)
    states = {v.name: v.states for v in whole}
    points = terms(pointwise(whole, query))
    return all(solve(project(whole), point, experiments, states).verdict for point in points)


def _data(question: Question) -> LevelVerdict:
    if question.rung == 1:
        return _number(_truth(question)[0], "seen", True)
    return LevelVerdict("unknown", "no-graph", *_without_graph(question))


def _graph(question: Question) -> LevelVerdict:
    return _data(question) if question.rung == 1 else _from(question, frozenset(), ("observed",))


def _experiment(question: Question) -> LevelVerdict:
    if question.rung == 1:
        return _data(question)
    return _from(question, frozenset({question.trial}), ("observed", f"do:{question.trial}"))


def _mechanisms(question: Question) -> LevelVerdict:
    low, high = _truth(question)
    return (
        _number((low + high) / 2, "engine", True) if high - low <= SAME else _between(question, low, high, "coupling")
    )


RULES = {"data": _data, "graph": _graph, "experiment": _experiment, "mechanisms": _mechanisms}


def _from(question: Question, experiments: frozenset[str], sources: tuple[str, ...]) -> LevelVerdict:
    """By the graph: whether a number follows from these sources, and else which limits."""
    model, query = question.model, question.query
    proof = identified(model, query, experiments)
    if model_is_smooth(question):
        # Without straight lines promised, no limits follow for a quantity that may be anything.
        proof = proof and dense(model, question.core)
        return _number(_truth(question)[0], "proof", True) if proof else LevelVerdict("unknown", "nothing")
    try:
        found = bounds(model, query, sources)
    except TooLarge:
        return _number(_truth(question)[0], "proof", True) if proof else LevelVerdict("unknown", "no-limits")
    except CausalError:
        return LevelVerdict("unknown", "no-limits")
    low, high = found.interval or (found.value or 0.0, found.value or 0.0)
    if high - low <= SAME:
        return _number((low + high) / 2, "proof" if proof else "these-data", proof)
    return _between(question, low, high, "limits", proof, found.sharp)


def _between(
    question: Question, low: float, high: float, why: Why, proof: bool = False, sharp: bool = True
) -> LevelVerdict:
    """Limits; those that leave out nothing are none."""
    widest = 1.0 if isinstance(question.query, Term) else 2.0
    if high - low >= widest - SAME and not model_is_smooth(question):
        return LevelVerdict("unknown", "nothing" if why == "limits" else why, low, high, proof, sharp)
    return LevelVerdict("limits", why, low, high, proof, sharp)


def model_is_smooth(question: Question) -> bool:
    """Whether the question is about a mean of something continuous, for which there is no widest interval."""
    return not question.scene.y


def _number(value: float, why: Why, proof: bool) -> LevelVerdict:
    return LevelVerdict("number", why, value + 0.0, value + 0.0, proof)


def _truth(question: Question) -> tuple[float, float]:
    """The engine's own answer, as limits."""
    found = engine.ask(question.model, question.query)
    if found.interval is not None:
        return found.interval
    value = float(found.value or 0.0)
    return value, value


def _without_graph(question: Question) -> tuple[float | None, float | None]:
    """Limits that hold in every graph, as what is done to a case where it is so anyway changes nothing.

    P(x, y) <= P(y | do(x)) <= P(x, y) + P(not x); of other questions none are worked out.
    """
    query = question.query
    if not isinstance(query, Term) or query.kind == "E" or question.rung != 2 or query.evidence:
        return None, None
    (action,) = query.action
    seen = Term("P", (*query.event, question.scene.took(action.value or "")))
    if action.variable != question.scene.treatment:
        return None, None
    both = float(engine.ask(question.model, seen).value or 0.0)
    taken = float(engine.ask(question.model, Term("P", (question.scene.took(action.value or ""),))).value or 0.0)
    return both, both + 1.0 - taken


def _decided(question: Question, found: LevelVerdict) -> LevelVerdict:
    """A question of yes or no, from the limits of the difference."""
    if question.asks != "more" or found.low is None or found.high is None:
        return found
    kind: Kind = "yes" if found.low > SAME else "no" if found.high <= SAME else "unknown"
    return LevelVerdict(kind, found.why, found.low, found.high, found.identified, found.sharp)
