"""Data from a story, and what each search finds in the first 50, 100, ... of its units."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from causal.files.shelf import loads
from causal.graphs.projection import project
from causal.jobs.storing import Result
from causal.jobs.tasks import Report
from causal.labs.discovery.equivalence import PartlyDirected, essential
from causal.labs.discovery.searches import by_answers, by_score, by_tests
from causal.models.model import Model
from causal.studies.units import draw
from causal.words.numbers import Whole
from causal.words.sentence import Sentence

TASK = "discovery"
SIZES = (50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000)
METHODS = ("tests", "score")

MOST = 8
"""So many variables are searched at most."""


def measured(model: Model) -> tuple[str, ...]:
    """The variables that are searched: of a large story the first in causal order, so that no cause is left out."""
    names = [name for name in model.causal_order if model[name].observable][:MOST]
    return tuple(v.name for v in model if v.name in names)


def hiding(model: Model, hidden: Collection[str]) -> Model:
    """The same story, in which nobody measures these variables; the rest are those that are searched."""
    kept = [name for name in measured(model) if name not in hidden]
    variables = (v if v.exogenous or v.name in kept else replace(v, latent=True) for v in model)
    return replace(model, variables=tuple(variables))


def misled(model: Model) -> tuple[tuple[str, str], ...]:
    """The pairs of measured variables that share a hidden cause, which a search takes for a link of their own."""
    shown = project(model)
    place = {name: at for at, name in enumerate(shown.nodes)}
    pairs = (tuple(sorted(arc, key=place.__getitem__)) for arc in shown.arcs)
    return tuple(sorted(((a, b) for a, b in pairs), key=lambda pair: (place[pair[0]], place[pair[1]])))


def certain(model: Model) -> tuple[str, ...]:
    """The measured variables that follow from measured ones for certain: their data show more than the graph says."""
    sure = (v for v in model if v.observable and v.parents and v.mechanism and v.mechanism.responses == "function")
    return tuple(v.name for v in sure if all(model[p].observable for p in v.parents))


@lru_cache(maxsize=64)
def limit(model: Model) -> PartlyDirected:
    """What endless data would leave: the class of the truth, or where causes are hidden what PC makes of the truth."""
    shown = project(model)
    if not shown.shared:
        return essential(shown.nodes, shown.arrows)
    return by_answers(shown.nodes, lambda a, b, given: shown.separated([a], [b], given))


def table(model: Model, n: int, seed: int, action: Mapping[str, str | float] | None = None) -> pd.DataFrame:
    """What is measured of n units: numbers, and the places of states among the states."""
    columns = draw(model, n, seed).columns(action)
    return pd.DataFrame({v.name: _numbers(model, v.name, columns[v.name]) for v in model if v.observable})


def discrete(model: Model) -> bool:
    """Whether all that is measured is discrete."""
    return not any(v.observable for v in model if v.name in model.real_valued)


def sweep(arguments: Mapping[str, object], report: Report) -> Result:
    """What both searches find in ever larger tables of the same units: for each a matrix of marks row -> column."""
    model = hiding(loads(str(arguments["model"]).encode(), "model.json"), str(arguments["hidden"]).split())
    sizes = [int(size) for size in str(arguments["sizes"]).split()]
    whole, states = table(model, max(sizes), int(str(arguments["seed"]))), discrete(model)
    found: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int8]]] = {}
    for at, size in enumerate(sizes):
        report(at / len(sizes), Sentence("jobs.searching", n=Whole(size)))
        for method, search in zip(METHODS, (by_tests, by_score), strict=True):
            found[f"{method} {size}"] = matrix(search(whole.head(size), states))
    return found


def matrix(graph: PartlyDirected) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """A graph as marks: 1 at (a, b) for an arrow, at (a, b) and (b, a) for a line."""
    marks = np.zeros((len(graph.nodes), len(graph.nodes)), dtype=np.int8)
    for i, a in enumerate(graph.nodes):
        for j, b in enumerate(graph.nodes):
            marks[i, j] = (a, b) in graph.arrows or frozenset((a, b)) in graph.lines
    return marks


def graph_of(model: Model, marks: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> PartlyDirected:
    """The graph that was written as marks."""
    names = tuple(v.name for v in model if v.observable)
    on = {(names[i], names[j]) for i, j in np.argwhere(np.asarray(marks) != 0).tolist()}
    lines = frozenset(frozenset((a, b)) for a, b in on if (b, a) in on and a != b)
    return PartlyDirected(names, frozenset((a, b) for a, b in on if (b, a) not in on), lines)


def _numbers(model: Model, name: str, column: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> object:
    if name in model.real_valued:
        return column
    places = {state: at for at, state in enumerate(model[name].states)}
    return np.array([places[str(state)] for state in column.tolist()], dtype=np.int64)
