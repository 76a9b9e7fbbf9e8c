"""What a page measures: the mean of its outcome, or how often its outcome is in one state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import causal
from causal.models.model import Model, Variable
from causal.queries.query import Operation, Query, Term, ask_for
from pages.ui.words import numbers
from pages.ui.words.texts import plain, say

Given = Mapping[str, Mapping[str, str | float]]


@lru_cache(maxsize=4096)
def ask(model: Model, question: Query) -> causal.Answer:
    """Ask the engine; a class asks the same questions at the same positions of a slider, so the latest are kept."""
    return causal.ask(model, question)


@dataclass(frozen=True, slots=True)
class Measure:
    """One outcome and, if it is discrete, the state that counts (by convention the last: "yes", "1", "gone")."""

    variable: Variable
    event: str = ""

    @classmethod
    def of(cls, variable: Variable, event: str = "") -> Measure:
        """Measure a variable: its mean, or the share of ``event`` (by default of its last state)."""
        return cls(variable, event or (variable.states[-1] if variable.states else ""))

    def ask(self, model: Model, **given: Any) -> causal.Answer:
        """The whole distribution of the outcome, given evidence=, action= or world= (see causal.query.ask_for)."""
        return ask(model, ask_for(self.variable.name, **given))

    def term(self, **given: Any) -> Term:
        """The question as one term whose answer is one number (or one interval)."""
        name = self.variable.name
        return ask_for(name, event=self.event, **given) if self.event else ask_for(name, mean=True, **given)

    def gap(self, model: Model, one: Given, other: Given) -> str:
        """How much more the first question's answer is than the second's, in words."""
        answer = ask(model, Operation("-", self.term(**one), self.term(**other)))
        if answer.interval is not None:
            return say_gap_between(self.variable, *answer.interval)
        return say_gap(self.variable, answer.value or 0.0)

    def text(self, answer: causal.Answer) -> str:
        """The number itself, with its unit; an interval where a coupling is missing."""
        return " ".join(part for part in self.parts(answer) if part)

    def parts(self, answer: causal.Answer) -> tuple[str, str]:
        """The number itself and what it counts, for pages that print the one larger than the other."""
        if answer.mean is not None:
            return numbers.number(self.variable, answer.mean), plain(self.variable.unit) if self.variable.unit else ""
        p = (answer.distribution or {})[self.event]
        shown = numbers.interval(*p) if isinstance(p, tuple) else numbers.probability(p)
        if answer.rung == 3:
            return shown, ""
        return shown, say("words.cases" if shown.endswith("%") else "words.of_many")


def say_gap(variable: Variable, gap: float) -> str:
    """A gap between two answers about a variable."""
    return numbers.difference(variable, gap) if variable.continuous else numbers.points(gap)


def say_gap_between(variable: Variable, low: float, high: float) -> str:
    """A gap that is known up to an interval."""
    return f"{say_gap(variable, low)} to {say_gap(variable, high)}"
