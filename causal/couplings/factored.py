"""The range of an expression that is a constant and a multiple of one product of ratios, each linear in couplings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from causal.couplings.coupled_ratio import Ratio
from causal.couplings.coupling_space import Couplings
from causal.couplings.ratio_range import Range
from causal.queries.query import Number, Query, Term, fold
from causal.ranges.products import product_range
from causal.ranges.spans import Array


@dataclass(frozen=True, slots=True)
class _Factored:
    """constant + coefficient x the product of the factors; without factors the constant is all."""

    constant: float
    coefficient: float = 0.0
    factors: tuple[Term | Number, ...] = ()


def factored_range(space: Couplings, query: Query, ratios: Mapping[Term | Number, Ratio]) -> Range | None:
    """The range of the expression if it is such a product of two or more, None if not, or if that is too wide."""
    forms = {leaf: _form(space, ratio) for leaf, ratio in ratios.items()}

    def told(leaf: Term | Number) -> _Factored | None:
        known = ratios[leaf].constant
        if known is not None:
            return _Factored(known)
        return None if forms[leaf] is None else _Factored(0.0, 1.0, (leaf,))

    whole = fold(query, told, _joined)
    if whole is None or len(whole.factors) < 2:
        return None
    chosen = [form for form in map(forms.get, whole.factors) if form is not None]
    weights, constants = np.array([form for form, _ in chosen]), np.array([constant for _, constant in chosen])
    ends = product_range(lambda direction: weights @ space.farthest(direction @ weights) + constants, len(chosen))
    if ends is None:
        return None
    low, high = sorted(whole.constant + whole.coefficient * end for end in ends)
    return Range(low, high, sharp=True)


def _joined(operator: str, a: _Factored | None, b: _Factored | None) -> _Factored | None:
    if a is None or b is None:
        return None
    if operator in "+-":
        sign = 1.0 if operator == "+" else -1.0
        if a.factors and b.factors:
            return None
        both = a.constant + sign * b.constant, a.coefficient + sign * b.coefficient
        return _Factored(*both, a.factors or b.factors)
    if operator == "/":
        if b.factors or b.constant == 0.0:
            return None
        return _Factored(a.constant / b.constant, a.coefficient / b.constant, a.factors)
    for one, other in ((a, b), (b, a)):
        if not one.factors:
            return _Factored(one.constant * other.constant, one.constant * other.coefficient, other.factors)
    if a.constant or b.constant:
        return None
    return _Factored(0.0, a.coefficient * b.coefficient, a.factors + b.factors)


def _form(space: Couplings, ratio: Ratio) -> tuple[Array, float] | None:
    """The weights of all blocks' response functions, and a constant; None where a ratio is more than that."""
    if ratio.denominator.monomials:
        return None
    weights = [np.zeros(len(block.responses)) for block in space.blocks]
    for monomial, coefficient in ratio.numerator.monomials.items():
        (number, indicator), *more = space.factors(monomial)
        if more:
            return None
        weights[number] += coefficient * indicator
    by = ratio.denominator.constant
    return np.concatenate(weights) / by, ratio.numerator.constant / by
