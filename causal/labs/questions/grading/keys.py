"""The key to one question: the right answer, how near to it counts, and where the known wrong roads lead.

A key is plain data. It can be written as a line of JSON and read back (see ``keyfile``); grading needs nothing else.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from causal.labs.questions.grading.difficulty import difficulty
from causal.labs.questions.grading.roads import Road, roads
from causal.labs.questions.wording import clean
from causal.labs.questions.writing.families import Asks
from causal.labs.questions.writing.levels import Kind, Level, verdict
from causal.labs.questions.writing.question_sheet import Question
from causal.labs.questions.writing.tolerance import tolerance
from causal.queries import printing


@dataclass(frozen=True, slots=True)
class Key:
    """All that grading needs. ``low`` and ``high`` are the right limits, equal for a number; None where there are none.

    ``sharp`` False: narrower limits within these may be right too, as long as they hold what is true in the story
    itself, ``holds``. ``unit`` is that of a mean.
    """

    id: str
    asks: Asks
    kind: Kind
    low: float | None
    high: float | None
    sharp: bool
    tolerance: float
    unit: str
    roads: tuple[Road, ...]
    rung: int = 0
    difficulty: int = 0
    level: str = ""
    query: str = ""
    story: str = ""
    naming: str = ""
    holds: tuple[float, float] | None = None

    def to_json(self) -> str:
        """The key as one line."""
        return json.dumps(asdict(self), ensure_ascii=False, allow_nan=False)


def key(question: Question, level: Level, number: str = "1", naming: str = "") -> Key:
    """The key to a question under a prompt of this level."""
    found = verdict(question, level)
    truth = found.low if found.kind == "number" else None
    unit = question.model[question.scene.outcome].unit if question.asks in ("mean", "change") else ""
    return Key(
        number,
        question.asks,
        found.kind,
        found.low,
        found.high,
        found.sharp,
        tolerance(question, truth if truth is not None else 0.5),
        clean(unit) if unit else "",
        roads(question),
        question.rung,
        difficulty(question, truth).grade,
        level,
        printing.text(question.query),
        question.model.id,
        naming,
        None if found.sharp else _truth(question),
    )


def _truth(question: Question) -> tuple[float, float] | None:
    """What is true in the story itself, as limits."""
    found = verdict(question, "mechanisms")
    return None if found.low is None or found.high is None else (found.low, found.high)
