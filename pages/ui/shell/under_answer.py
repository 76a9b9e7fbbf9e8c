"""What stands beneath a rung's answer: the crowd and the work, which move with it, and what leaves with the visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import causal
from causal.models.model import Model
from causal.queries.query import Term
from pages.ui.controls.measure import Measure
from pages.ui.drawing import crowd
from pages.ui.shell import frame, takeaway, workings

Values = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A page's question as it stands now: ``given`` is the evidence or the facts, ``action`` what is set."""

    rung: int
    measure: Measure
    given: Values
    action: Values

    @property
    def term(self) -> Term:
        """The question as one term whose answer is one number."""
        if self.rung == 3:
            return self.measure.term(evidence=self.given, world=self.action)
        return self.measure.term(evidence=self.given, action=self.action)


def draw(page: str, model: Model, asked: AnsweredQuestion, answer: causal.Answer, crowded: bool) -> None:
    """The crowd, and Show the work."""
    if frame.talking():
        return
    if crowded:
        crowd.panel(page, asked.rung, model, asked.measure, answer, given=asked.given, action=asked.action)
    workings.panel(page, model, asked.term)


def leave(page: str, model: Model, asked: AnsweredQuestion | None, graph: str) -> None:
    """Take it with you; ``graph`` is the key of the graph to save.

    It stands outside the moving part: opening it runs the whole page, so what it hands out is what is on screen.
    """
    if asked and not frame.talking():
        takeaway.panel(page, model, asked.term, graph=f"graph_{graph}", action=asked.action)
