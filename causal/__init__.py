"""Seeing, doing, imagining: exact answers on every rung of Judea Pearl's ladder of causation.

    import causal
    model = causal.load("record-sales")
    causal.ask(model, "E(Sales | do(Radio=10))").value

pgmpy and scipy take a second to import, so the first question pays for them unless ``warm_up`` was called before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING

from causal.answers.answer import Answer
from causal.errors import CausalError
from causal.files.shelf import dumps, load, loads, shipped
from causal.graphs import graph
from causal.models.model import Model
from causal.queries import query
from causal.queries.parsing import parse
from causal.queries.printing import latex, text
from causal.queries.query import Query, Term

if TYPE_CHECKING:
    from causal.bounding import Bounds
    from causal.graphs.criteria import Identified as Criteria
    from causal.identification import Verdict
    from causal.studies.units import Units
    from causal.workings.abduction import Abduction
    from causal.workings.work_steps import Line

_WARM = Event()


def warm_up() -> None:
    """Import the engine, which is the slow part of the first question; safe from any thread, any number of times."""
    import_module("causal.answers.engine")
    _WARM.set()


def ready() -> bool:
    """Whether the engine is imported, so that a question is answered at once."""
    return _WARM.is_set()


def ask(model: Model, question: str | Query) -> Answer:
    """Answer a question of any rung exactly; raises CausalError (see ``causal.errors``)."""
    from causal.answers import engine

    return engine.ask(model, question)


def sweep(model: Model, term: Term, variable: str, values: Sequence[str | float]) -> tuple[Answer, ...]:
    """The same question for many values of one variable that it sets or sees (see ``causal.answers.sweep.sweep``)."""
    from causal.answers import sweep as sweeping

    return sweeping.sweep(model, term, variable, values)


def abduce(model: Model, facts: Mapping[str, str | float]) -> Abduction:
    """The posterior of every source of chance given facts about one unit (see ``causal.workings.abduction.abduce``)."""
    from causal.workings import abduction

    return abduction.abduce(model, facts)


def draw(model: Model, n: int, seed: int, facts: Mapping[str, str | float] | None = None) -> Units:
    """Draw n units with their own chance, from everybody or from those that facts fit (see ``studies.units``)."""
    from causal.studies import units

    return units.draw(model, n, seed, facts)


def work(model: Model, question: str | Query) -> tuple[Line, ...]:
    """The steps that lead to an answer, in words and formulas (see ``causal.workings.work_steps.work``)."""
    from causal.workings.work_steps import work

    return work(model, question)


def identify(model: Model, question: str | Query, experiments: Collection[str] = ()) -> Verdict:
    """Whether the graph lets a question be known from data (see ``causal.identification.identify``)."""
    from causal.identification import identify

    return identify(model, question, experiments)


def adjust(model: Model, treatment: str, outcome: str) -> Criteria:
    """All minimal adjustment sets, front-door sets and instruments (see ``causal.graphs.criteria.adjust``)."""
    from causal.graphs.criteria import adjust

    return adjust(model, treatment, outcome)


def bounds(
    model: Model, question: str | Query, sources: Sequence[str] = ("observed",), assume: Sequence[str] = ()
) -> Bounds:
    """Between which values an answer lies, whatever the mechanisms (see ``causal.bounding.bounds``)."""
    from causal.bounding import bounds

    return bounds(model, question, sources, assume)


def script(model: Model, question: str | Query) -> str:
    """A Python script on plain pgmpy, numpy and scipy that prints the same answer (see ``workings.script``)."""
    from causal.workings.script.script import script

    return script(model, question)


__all__ = [
    "Answer",
    "CausalError",
    "Model",
    "Query",
    "Term",
    "abduce",
    "adjust",
    "ask",
    "bounds",
    "draw",
    "dumps",
    "graph",
    "identify",
    "latex",
    "load",
    "loads",
    "parse",
    "query",
    "ready",
    "script",
    "shipped",
    "sweep",
    "text",
    "warm_up",
    "work",
]
