"""How near an answer must come: a percentage point, less for what is small itself; a fiftieth of a mean's spread."""

from __future__ import annotations

from causal.answers import engine
from causal.labs.questions.wording import digits, with_unit
from causal.labs.questions.writing.question_sheet import Question
from causal.queries.query import ask_for

POINT = 0.01
SMALLEST = 0.001
"""What counts as 0 % (or 100 %)."""

OF_SPREAD = 0.02


def tolerance(question: Question, truth: float) -> float:
    """How far from this truth an answer may lie."""
    if question.asks in ("mean", "change"):
        return of_spread(question)
    size = min(abs(truth), 1.0 - truth) if question.asks == "share" else abs(truth)
    return SMALLEST if size < 1e-9 else min(POINT, size / 10)


def of_spread(question: Question) -> float:
    """A fiftieth of the outcome's standard deviation, in two digits."""
    sd = engine.ask(question.model, ask_for(question.scene.outcome)).sd or 1.0
    return float(f"{OF_SPREAD * sd:.1g}")


def tolerance_words(question: Question) -> str:
    """The tolerance of a mean, as the prompt states it."""
    if question.asks not in ("mean", "change"):
        return ""
    return with_unit(digits(of_spread(question)), question.model[question.scene.outcome].unit)
