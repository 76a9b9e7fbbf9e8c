"""What identify is asked: a question about what is measured, and experiments on some of it.

Names come first: of what is unmeasured, no state and no action is right or wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from causal.errors import BadQuery, one_of
from causal.identification.algorithms.regions import Names
from causal.identification.question.cancelling import value_of
from causal.identification.question.points import joined
from causal.models.model import Model
from causal.queries.parsing import parse
from causal.queries.query import Number, Query, fold, mentioned
from causal.queries.reading import read


def read_question(question: str | Query, model: Model) -> Query:
    """The question as a value. Raises BadQuery: what ``parse`` raises, unmeasured, division-by-zero."""
    for name in sorted(mentioned(parse(question) if isinstance(question, str) else question)):
        if name in model and not model[name].observable:
            known = one_of(_seen(model), name)
            raise BadQuery("errors.identification.unmeasured", "unmeasured", name=name, known=known)
    query = read(question, model)
    fold(query, lambda leaf: leaf, _divided)
    return query


def read_experiments(texts: Collection[str], model: Model) -> Names:
    """The variables that these texts name. Raises BadQuery: unknown-variable, unmeasured."""
    names = [unicodedata.normalize("NFC", text).strip() for text in texts]
    for name in names:
        known = one_of(_seen(model), name)
        if name not in model:
            key = "errors.identification.experiment_unknown"
            raise BadQuery(key, "unknown-variable", name=name[:40], known=known)
        if not model[name].observable:
            raise BadQuery("errors.identification.experiment_unmeasured", "unmeasured", name=name, known=known)
    return frozenset(names)


def _seen(model: Model) -> list[str]:
    return [v.name for v in model if v.observable]


def _divided(operator: str, left: Query, right: Query) -> Query:
    """The operation, as a number where both sides are; no model defines what divides by one that is 0."""
    if operator == "/" and right == Number(0.0):
        raise BadQuery("errors.answers.by_zero", "division-by-zero")
    whole = joined(operator, left, right)
    return Number(value_of(whole, {})) if isinstance(left, Number) and isinstance(right, Number) else whole
