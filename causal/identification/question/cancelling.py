"""What cannot be known may cancel: P(Y=1 | do(X=1)) + P(Y=0 | do(X=1)) is 1 in every model.

A last state's probability is one minus those of the others. After that, a term that the whole still changes with stands
in its way; arithmetic that does not change with a term, whatever values all terms take, does not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import nan

import numpy as np

from causal.identification.question.points import joined
from causal.models.model import Model
from causal.queries.query import Number, Operation, Query, Term, computed, fold, terms

TRIALS = 4
HALF = Number(0.5)


def remainder(model: Model, whole: Query, unknown: Callable[[Term], bool]) -> Query | None:
    """The same number without its unknown terms, None if it depends on them; the terms are points."""
    turned = fold(whole, lambda leaf: leaf if isinstance(leaf, Number) else _complement(model, leaf), joined)
    known = {term: unknown(term) for term in dict.fromkeys(terms(turned))}
    random = np.random.default_rng(0)
    for _ in range(TRIALS):
        first = {term: random.uniform(0.1, 0.9) for term in known}
        second = {term: random.uniform(0.1, 0.9) if hidden else first[term] for term, hidden in known.items()}
        one, other = value_of(turned, first), value_of(turned, second)
        if not abs(one - other) <= 1e-9 * (1.0 + abs(one)):
            return None
    return fold(turned, lambda leaf: HALF if isinstance(leaf, Term) and known[leaf] else leaf, _folded)


def _complement(model: Model, term: Term) -> Query:
    asked = term.event[0]
    states = model[asked.variable].states
    if len(term.event) > 1 or not states or asked.value != states[-1]:
        return term
    result: Query = Number(1.0)
    for state in states[:-1]:
        result = Operation("-", result, replace(term, event=(replace(asked, value=state),)))
    return result


def _folded(operator: str, left: Query, right: Query) -> Query:
    """The operation, worked out where both sides are numbers."""
    result = joined(operator, left, right)
    if isinstance(left, Number) and isinstance(right, Number):
        value = value_of(result, {})
        return Number(round(value, 12)) if value == value else result
    return result


def value_of(query: Query, values: Mapping[Term, float]) -> float:
    """Arithmetic on terms whose values are known; nan where it divides by 0."""
    return computed(query, values, lambda: nan)
