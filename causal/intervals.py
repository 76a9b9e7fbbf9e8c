"""The interval of a question over all couplings: the least and the greatest value that the tables allow.

Three kinds of program, by what the question is made of:
  a polynomial          each table's coupling enters linearly, so the optimum lies at vertices of all but one table,
                        and the last is a linear program that falls apart into its blocks
  one ratio N / D       a fractional program: the greatest r with max(N - r D) >= 0 (Dinkelbach 1967)
  a product of these    where each factor is linear: one concave program for each way to share out the signs
                        (``causal.products``)
  anything else         branch and bound (``causal.branching``), else an outer interval that says it is one
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import isfinite, prod

import numpy as np

from causal.branching import MOST_COORDINATES, Ends, extremes, stick
from causal.coupling_space import Best, Couplings
from causal.couplings import Polynomial
from causal.errors import BadQuery, ImpossibleEvidence
from causal.model import Model
from causal.network import Array
from causal.products import product_range
from causal.query import Number, Operation, Query, Term, fold
from causal.ranges import Span, combined
from causal.ratios import Ratio, merged_ratios

MOST_PIECES = 400
"""Combinations of simplices that branch and bound is run on; beyond, the interval is only an outer one."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values a question can take; ``sharp`` says whether both ends are attained or approached."""

    low: float
    high: float
    sharp: bool


def over_couplings(model: Model, query: Query, parts: Mapping[Term, Ratio]) -> Range:
    """The range of a whole expression over all couplings; ``parts`` gives each term as a ratio of polynomials."""
    space = Couplings(model, [p for r in parts.values() for p in (r.numerator, r.denominator)])
    settled = {term: _settle(space, ratio) for term, ratio in parts.items()}
    merged, ratios = merged_ratios(query, settled)
    found = _rational(space, merged, ratios) if isinstance(merged, Operation) else _ratio(space, ratios[0])
    if not (isfinite(found.low) and isfinite(found.high)):
        # every term is finite: only a division by what comes as near to 0 as one likes is not
        raise BadQuery("This divides by an expression that is 0 or near it under some couplings.", "division-by-zero")
    return found


def _settle(space: Couplings, ratio: Ratio) -> Ratio:
    """A condition that no coupling changes becomes a plain number, and so does a ratio that can have one value only."""
    if not ratio.denominator.monomials:
        if ratio.denominator.constant <= 0.0:
            raise ImpossibleEvidence("This condition never happens in the model.")
        return Ratio(ratio.numerator.scaled(1.0 / ratio.denominator.constant))
    low, high = space.least(ratio.denominator), space.most(ratio.denominator)
    if low.point is not None and high.value - low.value <= 1e-14 * high.value:
        return Ratio(ratio.numerator.scaled(1.0 / high.value))
    # where the condition is only just possible the ratio would be one of rounding errors
    share = ratio.share
    return ratio if share is None or high.value <= 0.0 else Ratio(Polynomial(share))


def _ratio(space: Couplings, ratio: Ratio) -> Range:
    """The range of a ratio over all couplings under which its condition can happen.

    Raises ImpossibleEvidence if it can under none, BadQuery if a written division can be one by 0.
    """
    top, bottom = ratio.numerator, ratio.denominator
    if not bottom.monomials:
        if bottom.constant <= 0.0 and not ratio.written:
            raise ImpossibleEvidence("This condition never happens in the model.")
        top = top.scaled(1.0 / bottom.constant)
        low, high = space.least(top), space.most(top)
        return Range(low.value, high.value, low.point is not None and high.point is not None)
    smallest, largest = space.least(bottom), space.most(bottom)
    if ratio.written:
        if smallest.value <= 0.0 <= largest.value:
            raise _by_zero()
        if largest.value < 0.0:
            return _ratio(space, Ratio(top.scaled(-1.0), bottom.scaled(-1.0), written=True))
    elif largest.value <= 0.0:
        raise ImpossibleEvidence("This condition never happens in the model, whatever the coupling.")
    if largest.point is None:
        return _outer(space, ratio)
    above = _greatest(space, top, bottom, largest)
    below = _greatest(space, top.scaled(-1.0), bottom, largest)
    return _outer(space, ratio) if above is None or below is None else Range(-below, above, sharp=True)


def _greatest(space: Couplings, top: Polynomial, bottom: Polynomial, start: Best) -> float | None:
    assert start.point is not None  # noqa: S101 - the caller has looked
    rate = space.at(top, start.point) / start.value
    for _ in range(100):
        best = space.most(top + bottom.scaled(-rate))
        if best.point is None:
            return None
        below = space.at(bottom, best.point)
        if best.value <= 1e-15 * start.value or below <= 0.0:
            break
        again = space.at(top, best.point) / below
        if again <= rate:
            break
        rate = again
    return rate


def _outer(space: Couplings, ratio: Ratio) -> Range:
    low, high = space.bounds(ratio.numerator)
    below, above = space.bounds(ratio.denominator)
    if ratio.written:
        return Range(*combined("/", (low, high), (below, above), _by_zero()), sharp=False)
    return Range(max(0.0, low / above), min(1.0, high / below) if below > 0 else 1.0, sharp=False)


Scaled = tuple[float, float, tuple[int, ...]]
"""An expression as a constant, a coefficient and the ratios whose product it is multiplied with."""


def _product(space: Couplings, merged: Query, ratios: Sequence[Ratio]) -> Range | None:
    """The range of a product of ratios each of which is linear in the couplings; None if it is none, or too wide."""
    linear = [_form(space, ratio) for ratio in ratios]

    def leaf(item: Term | Number) -> Scaled | None:
        number = int(item.value) if isinstance(item, Number) else 0
        known = ratios[number].constant
        if known is not None:
            return known, 0.0, ()
        return None if linear[number] is None else (0.0, 1.0, (number,))

    told = fold(merged, leaf, _scaled)
    if told is None or len(told[2]) < 2:
        return None
    chosen = [form for form in (linear[number] for number in told[2]) if form is not None]
    forms, constants = np.array([form for form, _ in chosen]), np.array([constant for _, constant in chosen])
    found = product_range(lambda direction: forms @ space.farthest(direction @ forms) + constants, len(forms))
    if found is None:
        return None
    low, high = sorted(told[0] + told[1] * end for end in found)
    return Range(low, high, sharp=True)


def _scaled(operator: str, a: Scaled | None, b: Scaled | None) -> Scaled | None:
    if a is None or b is None:
        return None
    if operator in "+-":
        sign = 1.0 if operator == "+" else -1.0
        if a[2] and b[2]:
            return None
        return a[0] + sign * b[0], a[1] + sign * b[1], a[2] or b[2]
    if operator == "/":
        return None if b[2] or b[0] == 0.0 else (a[0] / b[0], a[1] / b[0], a[2])
    for one, other in ((a, b), (b, a)):
        if not one[2]:
            return one[0] * other[0], one[0] * other[1], other[2]
    return None if a[0] or b[0] else (0.0, a[1] * b[1], a[2] + b[2])


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


def _rational(space: Couplings, merged: Query, ratios: Sequence[Ratio]) -> Range:
    """Any other expression: a product, branch and bound over simplices of couplings, else an outer interval."""
    if (found_at_once := _product(space, merged, ratios)) is not None:
        return found_at_once
    used = [p for r in ratios for p in (r.numerator, r.denominator)]
    pieces = [space.simplices(number, used) for number in range(len(space.blocks))]
    listed = [p for p in pieces if p is not None]
    coordinates = sum(len(simplices[0]) - 1 for simplices in listed)
    too_many = coordinates > MOST_COORDINATES or prod(len(p) for p in listed) > MOST_PIECES
    if len(listed) < len(pieces) or too_many:
        return Range(*_outer_range(space, merged, ratios), sharp=False)
    found = Ends()
    for chosen in product(*listed):
        corners: dict[Term | Number, tuple[Array, Array]] = {
            Number(i): (_corners(space, r.numerator, chosen), _corners(space, r.denominator, chosen))
            for i, r in enumerate(ratios)
        }
        found = extremes(merged, corners, coordinates, found)
    return Range(found.low, found.high, found.sharp_low and found.sharp_high)


def _corners(space: Couplings, polynomial: Polynomial, simplices: Sequence[Array]) -> Array:
    """The polynomial at the corners of the cube whose coordinates break a stick for each simplex."""
    lengths = [len(simplex) - 1 for simplex in simplices]
    values = np.empty([2] * sum(lengths))
    for corner in np.ndindex(values.shape):
        point, used = {}, 0
        for number, (simplex, length) in enumerate(zip(simplices, lengths, strict=True)):
            point[number] = stick(corner[used : used + length]) @ simplex
            used += length
        values[corner] = space.at(polynomial, point)
    return values


def _outer_range(space: Couplings, merged: Query, ratios: Sequence[Ratio]) -> Span:
    """Interval arithmetic over the ratios' own ranges."""
    by_leaf: dict[Term | Number, Ratio] = {Number(i): ratio for i, ratio in enumerate(ratios)}

    def leaf(item: Term | Number) -> Span:
        found = _ratio(space, by_leaf[item])
        return found.low, found.high

    return fold(merged, leaf, lambda operator, a, b: combined(operator, a, b, _by_zero()))


def _by_zero() -> BadQuery:
    return BadQuery("This divides by an expression that is 0 under some couplings.", "division-by-zero")
