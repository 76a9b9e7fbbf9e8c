"""The linear part of a script: the equations as numpy arrays, facts as equations in the noise, and normal curves."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from causal.errors import TooLarge
from causal.graphs.graph import ancestors
from causal.models.model import Model
from causal.queries.query import Atom, Term, World, mentioned
from causal.words.catalogue import say
from causal.workings.script.library import worded

MOST_VARIABLES = 60
"""A script writes out a square table of so many variables at most."""


class LinearScript:
    """The linear equations that a question's terms need, and the code that asks them."""

    def __init__(self, model: Model, asked: Sequence[tuple[Term, Term]]) -> None:
        self.asked = {written: term for written, term in asked if term.event}
        said = {name for term in self.asked.values() for name in mentioned(term)}
        needed = {cause for name in said for cause in (name, *ancestors(model, name))}
        self.names = [name for name in model.causal_order if name in needed]
        if len(self.names) > MOST_VARIABLES:
            raise TooLarge("errors.scripts.equations", n=len(self.names))
        self.model = model

    def ask(self, term: Term, number: int, result: str) -> list[str]:
        """The lines that answer one term."""
        asked = self.asked[term]
        facts = "[" + ", ".join(f"({a.variable!r}, {_held(a.world)}, {_number(a.value)})" for a in asked.evidence) + "]"
        quantities = list(dict.fromkeys((a.variable, a.world) for a in asked.event))
        about = "[" + ", ".join(f"({name!r}, {_held(world)})" for name, world in quantities) + "]"
        if asked.event[0].relation is not None:
            bounds = [_bounds([a for a in asked.event if (a.variable, a.world) == q]) for q in quantities]
            return [f"{result} = inequalities({about}, [{', '.join(bounds)}], {facts})"]
        lines = [f"(mean_{number},), (rest_{number},) = predict({about}, {facts})"]
        if term.kind == "E":
            return [*lines, f"{result} = mean_{number}"]
        return [*lines, f"{result} = mean_{number}, float(np.linalg.norm(rest_{number}))"]

    def shared(self) -> list[str]:
        """The equations, and the functions that solve them."""
        if not self.asked:
            return []
        mechanisms = [self.model.line(name) for name in self.names]
        lines = [
            f"NAMES = {self.names!r}",
            f"intercepts = np.array([{', '.join(_number(m.intercept) for m in mechanisms)}], dtype=float)",
            f"sds = np.array([{', '.join(_number(m.sd) for m in mechanisms)}], dtype=float)",
            f"B = np.array([  # {say('scripts.takes')}",
        ]
        for name, mechanism in zip(self.names, mechanisms, strict=True):
            takes = dict(zip(self.model[name].parents, mechanism.coefficients, strict=True))
            lines.append(f"    [{', '.join(_number(takes.get(cause, 0.0)) for cause in self.names)}],")
        parts = ["world"]
        if any(term.event[0].relation is not None for term in self.asked.values()):
            parts.append("inequalities")
        return [*lines, "], dtype=float)", "", "", worded(parts), ""]

    def imports(self) -> list[str]:
        """What the functions stand on."""
        lines = ["import numpy as np"]
        if any(term.event[0].relation is not None for term in self.asked.values()):
            lines.append("from scipy.stats import multivariate_normal, norm")
        return lines if self.asked else []


def _held(world: World) -> str:
    """A world as a dictionary: variables and the numbers, or the other worlds, that they are held at."""
    pairs = (f"{s.variable!r}: {_held(s.nested) if s.value is None else _number(s.value)}" for s in world)
    return "{" + ", ".join(pairs) + "}"


def _number(value: str | float | None) -> str:
    number = float(value or 0.0)
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else repr(number)


def _bounds(atoms: Sequence[Atom]) -> str:
    """The tightest bounds that these inequalities set, and whether the bounds themselves are allowed."""
    low, high, low_counts, high_counts = -inf, inf, True, True
    for atom in atoms:
        bound, counts = float(atom.value or 0.0), "=" in str(atom.relation)
        if ">" in str(atom.relation):
            low, low_counts = max((low, low_counts), (bound, counts), key=lambda b: (b[0], not b[1]))
        else:
            high, high_counts = min((high, high_counts), (bound, counts), key=lambda b: (b[0], b[1]))
    ends = [_number(x) if abs(x) < inf else f"{'-' if x < 0 else ''}np.inf" for x in (low, high)]
    return f"({ends[0]}, {ends[1]}, {low_counts}, {high_counts})"
