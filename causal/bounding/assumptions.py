"""Assumptions as switches, each of a rung above what the data can say.

    monotone:X:Y           more X never lowers Y, in the order of their states, for any unit
    no-defiers:Z:X         the same, as one says it of an instrument (Angrist, Imbens and Rubin 1996)
    no-direct-effect:X:Y   the arrow from X to Y does nothing
    exogenous:X            X shares no hidden cause with anything

The last two change the graph. ``monotone`` limits the response types: it speaks of the whole effect, Y_x(u) never
falling in x (Pearl 2009, definition 9.2.13), whatever is held that X does not move; of the arrow alone where X moves Y
by no other way. If X is no cause of Y, there is nothing that it could lower.

References: C. Manski, Monotone treatment response (1997); J. Pearl, Causality, 2nd ed. (2009), section 9.2.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from causal.bounding.measured_graph import MeasuredGraph, check_measured
from causal.errors import BadQuery, one_of
from causal.graphs.projection import Projection, maximal
from causal.models.model import Model

Kind = Literal["monotone", "no-direct-effect", "exogenous"]
_KINDS: dict[str, tuple[Kind, int]] = {
    "monotone": ("monotone", 2),
    "no-defiers": ("monotone", 2),
    "no-direct-effect": ("no-direct-effect", 2),
    "exogenous": ("exogenous", 1),
}
FORMS = ("monotone:X:Y", "no-direct-effect:X:Y", "no-defiers:Z:X", "exogenous:X")


@dataclass(frozen=True, slots=True)
class Assumption:
    """One switch: what is assumed of which variables (``effect`` is "" where only one is named)."""

    kind: Kind
    cause: str
    effect: str = ""


def read_assumptions(texts: Iterable[str], model: Model) -> tuple[Assumption, ...]:
    """The assumptions that these texts name, each once. Raises BadQuery."""
    return tuple(dict.fromkeys(_read(text, model) for text in texts))


def _read(text: str, model: Model) -> Assumption:
    name, *variables = (part.strip() for part in unicodedata.normalize("NFC", text).split(":"))
    kind, count = _KINDS.get(name, ("exogenous", -1))
    if count != len(variables):
        raise BadQuery("errors.bounding.no_assumption", "assumption", found=text[:60], known=one_of(FORMS, name))
    for variable in variables:
        check_measured(model, variable)
    if len(set(variables)) < count:
        raise BadQuery("errors.bounding.assumption_twice", "assumption", found=text[:60])
    return Assumption(kind, *variables)


def apply(measured: MeasuredGraph, assumptions: Sequence[Assumption]) -> MeasuredGraph:
    """The graph that has lost the arrows and the hidden causes that are assumed away."""
    graph = measured.projection
    inert = {(a.cause, a.effect) for a in assumptions if a.kind == "no-direct-effect"}
    alone = {a.cause for a in assumptions if a.kind == "exogenous"}
    shared = maximal(group - alone for group in graph.shared)
    return replace(measured, projection=Projection(graph.nodes, graph.arrows - inert, shared))


@dataclass(frozen=True, slots=True)
class Order:
    """Y never falls as X rises: ``path`` is all between that X moves (Y last), ``others`` is held at anything.

    ``path`` is Y alone where the arrow is all of the effect.
    """

    cause: str
    path: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def effect(self) -> str:
        """The variable that must not fall."""
        return self.path[-1]


def orders(measured: MeasuredGraph, assumptions: Sequence[Assumption]) -> tuple[Order, ...]:
    """What monotonicity asks of the response types in this graph."""
    found = []
    for a in assumptions:
        graph = measured.projection
        if a.kind != "monotone" or a.effect not in graph.descendants([a.cause]):
            continue
        between = (graph.descendants([a.cause]) & graph.ancestors([a.effect])) - {a.cause}
        path = measured.ordered(between)
        others = measured.ordered({p for n in path for p in measured.parents[n]} - {a.cause, *path})
        found.append(Order(a.cause, path, others))
    return tuple(dict.fromkeys(found))
