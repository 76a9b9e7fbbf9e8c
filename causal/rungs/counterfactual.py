"""Rung 3, imagining: abduct, act, predict (Pearl 2009, theorem 7.1.7), in one network of several worlds.

The factual and the hypothetical worlds share their exogenous variables. Conditioning that network on the facts is
abduction (jointly right, though facts make the exogenous variables dependent), the copies with held parents are the
action, and reading their values is prediction. Rungs 1 and 2 are the same with one world.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from math import nan
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

from causal.models.model import Model
from causal.queries.query import Atom, Term, as_number
from causal.ranges.spans import Array
from causal.rungs.association import Conditional, Statement
from causal.rungs.intervention import in_brackets
from causal.rungs.linear import LinearQuestion
from causal.worlds.network import build
from causal.worlds.parallel_worlds import Worlds, shape

KEPT_QUESTIONS = 512
KEPT_ENTRIES = 2**24
"""The latest compiled questions are kept: at most so many, with at most so many table entries in all (128 MB)."""


Question = TypeVar("Question", bound=Conditional | LinearQuestion)


class _Compiled(Generic[Question]):
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


def _compile(model: Model, form: Term, slots: int) -> Conditional:
    worlds = Worlds(model)
    event = _statements(worlds, form.event)
    evidence = _statements(worlds, form.evidence)
    return Conditional(model, worlds.copies, build(model, worlds.copies), event, evidence)


def _compile_linear(model: Model, form: Term, slots: int) -> LinearQuestion:
    return LinearQuestion(model, form.event, form.evidence, slots)


_DISCRETE: _Compiled[Conditional] = _Compiled(_compile)
_LINEAR: _Compiled[LinearQuestion] = _Compiled(_compile_linear)


def prepare(model: Model, term: Term) -> tuple[Conditional, tuple[str, ...]]:
    """The compiled form of a question about discrete variables, and the values to call it with."""
    form, values = shape(in_brackets(term))
    return _DISCRETE.get(model, form, len(values)), values


def prepare_linear(model: Model, term: Term) -> tuple[LinearQuestion, Array]:
    """The compiled form of a question about continuous variables, and the values to call it with.

    A value that is no number (it stands for one that moves) is nan.
    """
    form, values = shape(in_brackets(term))
    numbers = [nan if (number := as_number(v)) is None else number for v in values]
    return _LINEAR.get(model, form, len(values)), np.array(numbers)


def _statements(worlds: Worlds, atoms: Sequence[Atom]) -> list[Statement]:
    return [Statement(worlds.response(a.variable, a.world), a.variable, a.relation, a.value) for a in atoms]
