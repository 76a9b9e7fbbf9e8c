"""Polynomials in unknowns, ratios of two of them, and arithmetic between ratios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from causal.ranges.spans import DividesByZero, Span, combined

Unknown = tuple[Any, ...]
"""Whatever names a number that is not known."""

Monomial = tuple[Unknown, ...]
"""Unknowns that are multiplied."""


@dataclass(frozen=True)
class Polynomial:
    """A constant, and a coefficient for every monomial."""

    constant: float = 0.0
    monomials: Mapping[Monomial, float] = field(default_factory=dict)

    def __add__(self, other: Polynomial) -> Polynomial:
        both = dict(self.monomials)
        for monomial, coefficient in other.monomials.items():
            both[monomial] = both.get(monomial, 0.0) + coefficient
        return Polynomial(self.constant + other.constant, {m: c for m, c in both.items() if c != 0.0})

    def scaled(self, by: float) -> Polynomial:
        """The polynomial times a number."""
        if by in (0.0, 1.0):
            return self if by else Polynomial()
        return Polynomial(self.constant * by, {m: c * by for m, c in self.monomials.items()})

    def times(self, other: Polynomial, most: int) -> Polynomial | None:
        """The product of both; None where more than so many pairs of monomials would have to be multiplied."""
        if not self.monomials or not other.monomials:
            return other.scaled(self.constant) if not self.monomials else self.scaled(other.constant)
        if len(self.monomials) * len(other.monomials) > most:
            return None
        found: dict[Monomial, float] = {}
        for one, c in ((), self.constant), *self.monomials.items():
            for two, d in ((), other.constant), *other.monomials.items():
                monomial = tuple(sorted((*one, *two)))
                found[monomial] = found.get(monomial, 0.0) + c * d
        return Polynomial(found.pop(()), {m: c for m, c in found.items() if c != 0.0})


ONE = Polynomial(1.0)
ANYTHING: Span = (-inf, inf)


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """numerator / denominator; the denominator is never negative, and where it is 0 the ratio does not count.

    ``within`` says between what it lies whatever the unknowns are, as far as that is known.
    """

    numerator: Polynomial
    denominator: Polynomial = ONE
    within: Span = ANYTHING

    @property
    def polynomials(self) -> tuple[Polynomial, Polynomial]:
        """Both of them."""
        return self.numerator, self.denominator

    @property
    def constant(self) -> float | None:
        """The number it is, if no unknown enters."""
        if self.numerator.monomials or self.denominator.monomials:
            return None
        return self.numerator.constant / self.denominator.constant

    @property
    def share(self) -> float | None:
        """The number that it is wherever it counts, if both polynomials are alike but for a factor."""
        top, bottom = self.numerator, self.denominator
        if top.monomials.keys() != bottom.monomials.keys() or (top.constant == 0.0) != (bottom.constant == 0.0):
            return None
        shares = [coefficient / bottom.monomials[m] for m, coefficient in top.monomials.items()]
        shares += [top.constant / bottom.constant] if bottom.constant else []
        return shares[0] if shares and max(shares) - min(shares) <= 1e-14 * abs(shares[0]) else None


def number(value: float) -> Ratio:
    """A number as a ratio."""
    return Ratio(Polynomial(value), within=(value, value))


def merged(operator: str, left: Ratio, right: Ratio, most: int = 0) -> Ratio | None:
    """The operation as one ratio; None where more than so many pairs of monomials would have to be multiplied.

    What is divided by must be positive.
    """
    sign = -1.0 if operator == "-" else 1.0
    top: Polynomial | None
    bottom: Polynomial | None
    if operator in "+-/" and left.denominator == right.denominator:
        if operator == "/":
            top, bottom = left.numerator, right.numerator
        else:
            top, bottom = left.numerator + right.numerator.scaled(sign), left.denominator
    elif operator in "+-":
        one, other = left.numerator.times(right.denominator, most), right.numerator.times(left.denominator, most)
        top = None if one is None or other is None else one + other.scaled(sign)
        bottom = left.denominator.times(right.denominator, most)
    else:
        over, under = (right.numerator, right.denominator)[:: 1 if operator == "*" else -1]
        top, bottom = left.numerator.times(over, most), left.denominator.times(under, most)
    if top is None or bottom is None:
        return None
    within = _within(operator, left, right)
    return Ratio(top, bottom, within) if bottom.monomials else Ratio(top.scaled(1.0 / bottom.constant), within=within)


def _within(operator: str, left: Ratio, right: Ratio) -> Span:
    if ANYTHING in (left.within, right.within):
        return ANYTHING
    try:
        return combined(operator, left.within, right.within)
    except DividesByZero:
        return ANYTHING


Expression = tuple[Ratio | str, ...]
"""Arithmetic between ratios in postfix order: an operator joins the two results before it."""


def joined(operator: str, one: Expression, other: Expression) -> Expression:
    """The operation between two expressions: a single ratio where nothing must be multiplied out for that."""
    match one, other:
        case (Ratio() as left,), (Ratio() as right,):
            ratio = merged(operator, left, right)
            return (left, right, operator) if ratio is None else (ratio,)
    return (*one, *other, operator)
