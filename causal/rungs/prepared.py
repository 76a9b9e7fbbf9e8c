"""Questions of all rungs, made ready: each form of question is compiled once, and kept for the values to come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

from causal.models.model import Model
from causal.queries.query import Term
from causal.ranges.spans import Array
from causal.rungs.compiled_question import CompiledQuestion
from causal.rungs.counterfactual import compiled
from causal.rungs.intervention import in_brackets
from causal.rungs.linear import LinearQuestion
from causal.worlds.parallel_worlds import shape

KEPT_QUESTIONS = 512
KEPT_ENTRIES = 2**24
"""The latest compiled questions are kept: at most so many, with at most so many table entries in all (128 MB)."""


Question = TypeVar("Question", bound=CompiledQuestion | LinearQuestion)


class _Kept(Generic[Question]):
    """The latest compiled questions; they are frozen, so every visitor's thread may share them."""

    def __init__(self, compiler: Callable[[Model, Term, int], Question]) -> None:
        self.compiler: Callable[[Model, Term, int], Question] = compiler
        self._lock = Lock()
        self._entries = 0
        self._kept: OrderedDict[tuple[Model, Term], Question] = OrderedDict()

    def get(self, model: Model, form: Term, slots: int) -> Question:
        key = (model, form)
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        question = self.compiler(model, form, slots)
        if question.entries <= KEPT_ENTRIES // 4:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = question
                    self._entries += question.entries
                while len(self._kept) > KEPT_QUESTIONS or self._entries > KEPT_ENTRIES:
                    self._entries -= self._kept.popitem(last=False)[1].entries
        return question


_NETWORK: _Kept[CompiledQuestion] = _Kept(lambda model, form, _: compiled(model, form))
_LINEAR: _Kept[LinearQuestion] = _Kept(
    lambda model, form, slots: LinearQuestion(model, form.event, form.evidence, slots)
)


def prepare(model: Model, term: Term) -> tuple[CompiledQuestion, tuple[str, ...]]:
    """The compiled form of a question about variables of a network of tables, and the values to call it with."""
    form, values = shape(in_brackets(term))
    return _NETWORK.get(model, form, len(values)), values


def prepare_linear(model: Model, term: Term) -> tuple[LinearQuestion, Array]:
    """The compiled form of a question about linear variables, and the values to call it with."""
    form, values = shape(in_brackets(term))
    return _LINEAR.get(model, form, len(values)), np.array([float(value) for value in values])
