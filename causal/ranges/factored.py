"""The range of an expression that is a constant and a multiple of one product of affine functions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from causal.ranges.polynomials import Expression, Ratio
from causal.ranges.products import product_range
from causal.ranges.space import Affine, Space
from causal.ranges.spans import Array, Span, fold


@dataclass(frozen=True, slots=True)
class _Product:
    """constant + coefficient x the product of the factors; without factors the constant is all."""

    constant: float
    coefficient: float = 0.0
    factors: tuple[Affine, ...] = ()


def factored_span(space: Space, expression: Expression) -> Span | None:
    """The range of the expression if it is such a product of two or more, None if not, or if that is too wide.

    Raises NothingFits.
    """

    def leaf(ratio: Ratio) -> _Product | None:
        if ratio.constant is not None:
            return _Product(ratio.constant)
        top = ratio.numerator.scaled(1.0 / ratio.denominator.constant) if not ratio.denominator.monomials else None
        if top is None or any(len(monomial) > 1 for monomial in top.monomials):
            return None
        return _Product(0.0, 1.0, (space.fixed(top, {}),))

    whole = fold(expression, leaf, _joined)
    if whole is None or len(whole.factors) < 2:
        return None
    numbers = {n for factor in whole.factors for n in factor.weights}

    def farthest(direction: Array) -> Array:
        pairs = list(zip(direction, whole.factors, strict=True))
        point = space.most({n: sum(d * f.weights[n] for d, f in pairs if n in f.weights) for n in numbers})
        return np.array([factor.at(point) for factor in whole.factors])

    ends = product_range(farthest, len(whole.factors))
    if ends is None:
        return None
    low, high = sorted(whole.constant + whole.coefficient * end for end in ends)
    return low, high


def _joined(operator: str, a: _Product | None, b: _Product | None) -> _Product | None:
    if a is None or b is None:
        return None
    if operator in "+-":
        sign = 1.0 if operator == "+" else -1.0
        if a.factors and b.factors:
            return None
        both = a.constant + sign * b.constant, a.coefficient + sign * b.coefficient
        return _Product(*both, a.factors or b.factors)
    if operator == "/":
        if b.factors or b.constant == 0.0:
            return None
        return _Product(a.constant / b.constant, a.coefficient / b.constant, a.factors)
    for one, other in ((a, b), (b, a)):
        if not one.factors:
            return _Product(one.constant * other.constant, one.constant * other.coefficient, other.factors)
    if a.constant or b.constant:
        return None
    return _Product(0.0, a.coefficient * b.coefficient, a.factors + b.factors)
