"""What a page measures: the mean of its outcome, or how often its outcome is in one state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import causal
from causal.models.model import Model, Variable
from causal.queries.query import Operation, Query, Term, ask_for
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.words import quantities

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

    def gap(self, model: Model, one: Given, other: Given) -> Gap:
        """How much more the first question's answer is than the second's."""
        answer = ask(model, Operation("-", self.term(**one), self.term(**other)))
        return Gap(self.variable, *(answer.interval or (answer.value or 0.0,)))

    def text(self, answer: causal.Answer) -> str:
        """The number itself, with its unit; an interval where a coupling is missing."""
        number, counted = self.parts(answer)
        return say("numbers.counted", number=number, counted=counted) if counted else number

    def parts(self, answer: causal.Answer) -> tuple[str, str]:
        """The number itself and what it counts, for pages that print the one larger than the other."""
        if answer.mean is not None:
            return quantities.number(self.variable, answer.mean), quantities.unit(self.variable)
        p = (answer.distribution or {})[self.event]
        shown = numbers.interval(*p) if isinstance(p, tuple) else numbers.probability(p)
        if answer.rung == 3:
            return shown, ""
        highest = p[1] if isinstance(p, tuple) else p
        return shown, say("words.of_many" if numbers.is_rare(highest) else "words.cases")


@dataclass(frozen=True, slots=True)
class Gap:
    """How much more one answer about a variable is than another; with two ends where it is known up to an interval."""

    variable: Variable
    low: float
    high: float | None = None

    def __str__(self) -> str:
        ends = [numbers.with_unit(*self._said(end)) for end in (self.low, self.high) if end is not None]
        return numbers.spanned(*ends) if len(ends) == 2 else ends[0]

    @property
    def parts(self) -> tuple[str, str]:
        """The number and its unit, for pages that print the one larger than the other; an interval is one piece."""
        return self._said(self.low) if self.high is None else (str(self), "")

    @property
    def none(self) -> bool:
        """Whether it is written as 0: then the answers are the same, as far as anybody can read."""
        if self.high is not None:
            return False
        nought = partial(quantities.is_nought, self.variable)
        return self.variable.support.case(states=numbers.no_points, numbers=nought)(self.low)

    def _said(self, gap: float) -> tuple[str, str]:
        quantity = partial(quantities.signed_and_unit, self.variable)
        return self.variable.support.case(states=numbers.points_and_unit, numbers=quantity)(gap)
