"""Seeing, doing, imagining: exact answers on every rung of Judea Pearl's ladder of causation.

    import causal
    model = causal.load("record-sales")
    causal.ask(model, "E(Sales | do(Radio=10))").value

pgmpy and scipy take a second to import, so the first question pays for them unless ``warm_up`` was called before.
"""

from __future__ import annotations

from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING, Any

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
    from causal.answers.engine import ask
    from causal.answers.sweep import sweep
    from causal.bounding import bounds
    from causal.graphs.criteria import adjust
    from causal.identification import identify
    from causal.studies.units import draw
    from causal.workings.abduction import abduce
    from causal.workings.script.script import script
    from causal.workings.work_steps import work

_LATER = {
    "ask": "causal.answers.engine",
    "sweep": "causal.answers.sweep",
    "bounds": "causal.bounding",
    "adjust": "causal.graphs.criteria",
    "identify": "causal.identification",
    "draw": "causal.studies.units",
    "abduce": "causal.workings.abduction",
    "script": "causal.workings.script.script",
    "work": "causal.workings.work_steps",
}
"""The functions whose modules are imported when somebody first names them, as these take a second."""

_WARM = Event()


def warm_up() -> None:
    """Import the engine, which is the slow part of the first question; safe from any thread, any number of times."""
    import_module("causal.answers.engine")
    _WARM.set()


def ready() -> bool:
    """Whether the engine is imported, so that a question is answered at once."""
    return _WARM.is_set()


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_LATER[name]), name)  # so that nobody has to look again
    return found


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
