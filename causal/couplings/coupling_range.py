"""The interval of an expression over all couplings of the tables that have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from causal.couplings.response_functions import couplings
from causal.errors import BadQuery, ImpossibleEvidence
from causal.models.model import Model
from causal.queries.query import Number, Query, Term, fold
from causal.ranges.polynomials import ANYTHING, Expression, Polynomial, Ratio, number
from causal.ranges.ratios import SAME, NeverDefined, Range, ratio_range, settled
from causal.ranges.search import expression_range
from causal.ranges.space import Space
from causal.ranges.spans import DividesByZero, Span


def over_couplings(model: Model, query: Query, ratios: Mapping[Term, Ratio]) -> Range:
    """The range of a whole expression over all couplings under which its conditions can happen.

    ``ratios`` gives each term. Raises ImpossibleEvidence if a condition can happen under none, BadQuery if a division
    can be one by 0.
    """
    space = couplings(model, [p for ratio in ratios.values() for p in ratio.polynomials])
    known = {term: _settled(space, replace(ratio, within=_within(model, term))) for term, ratio in ratios.items()}

    def leaf(item: Term | Number) -> Expression:
        return (number(item.value) if isinstance(item, Number) else known[item],)

    try:
        found = expression_range(space, fold(query, leaf, lambda operator, one, other: (*one, *other, operator)))
    except DividesByZero as error:
        key = "errors.answers.by_zero" if error.always else "errors.couplings.by_zero"
        raise BadQuery(key, "division-by-zero") from None
    if not (isfinite(found.low) and isfinite(found.high)):
        # every term is finite: only a division by what comes as near to 0 as one likes is not
        raise BadQuery("errors.couplings.by_nearly_zero", "division-by-zero")
    return found


def same_under_all(model: Model, polynomial: Polynomial) -> bool:
    """Whether no coupling changes this probability."""
    found = ratio_range(couplings(model, [polynomial]), Ratio(polynomial))
    return found.sharp and found.high - found.low <= SAME * found.high


def _within(model: Model, term: Term) -> Span:
    if term.kind == "P":
        return 0.0, 1.0
    numbers = model[term.event[0].variable].numbers
    return (min(numbers), max(numbers)) if numbers else ANYTHING


def _settled(space: Space, ratio: Ratio) -> Ratio:
    try:
        known = settled(space, ratio)
    except NeverDefined:
        key = "errors.couplings.never_whatever" if ratio.denominator.monomials else "errors.couplings.never"
        raise ImpossibleEvidence(key) from None
    # where a condition is only just possible the ratio would be one of rounding errors
    return known if known.share is None else number(known.share)
