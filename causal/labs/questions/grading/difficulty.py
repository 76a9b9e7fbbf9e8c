"""How hard a question is, from 1 to 5, with the reasons: its rung, its size, and what stands between asked and seen."""

from __future__ import annotations

from dataclasses import dataclass

from causal.graphs.projection import project
from causal.labs.questions.grading.roads import roads
from causal.labs.questions.writing.levels import SAME
from causal.labs.questions.writing.question_sheet import Question

MANY = 4
"""So many measured variables make a question harder."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A grade from 1 to 5, and the reasons' keys in the catalogue."""

    grade: int
    reasons: tuple[str, ...]


def difficulty(question: Question, truth: float | None) -> Difficulty:
    """The rung, and a grade more for each thing that stands in the way."""
    reasons = [f"chatbot.difficulty.rung_{question.rung}"]
    if len(question.core) >= MANY:
        reasons.append("chatbot.difficulty.wide")
    if question.rung == 2:
        seen = next((r.value for r in roads(question) if r.key == "seen"), truth)
        if seen is None or truth is None or abs(seen - truth) > SAME:
            reasons.append("chatbot.difficulty.adjust")
    seen_by_none = project(question.model).shared
    if question.rung > 1 and any({question.scene.treatment, question.scene.outcome} & group for group in seen_by_none):
        reasons.append("chatbot.difficulty.hidden")
    if question.rung == 3 and (abducts(question) or question.scene.mediator):
        reasons.append("chatbot.difficulty.abduct")
    return Difficulty(min(5, question.rung + len(reasons) - 1), tuple(reasons))


def abducts(question: Question) -> bool:
    """Whether the question's facts say something about the outcome's own chance."""
    evidence = getattr(question.query, "evidence", ())
    return any(atom.variable == question.scene.outcome for atom in evidence)
