"""The interval of a ratio over all couplings: the least and the greatest value that the tables allow.

Of a polynomial it is between optima of the space of couplings. One ratio N / D is a fractional program: the greatest r
with max(N - r D) >= 0 (Dinkelbach 1967).
"""

from __future__ import annotations

from dataclasses import dataclass

from causal.couplings.coupled_ratio import Ratio
from causal.couplings.coupling_space import Best, Couplings
from causal.couplings.open_tables import Polynomial
from causal.errors import BadQuery, ImpossibleEvidence
from causal.ranges.spans import combined


@dataclass(frozen=True, slots=True)
class Range:
    """The values a question can take; ``sharp`` says whether both ends are attained or approached."""

    low: float
    high: float
    sharp: bool


def ratio_range(space: Couplings, ratio: Ratio) -> Range:
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
            raise by_zero()
        if largest.value < 0.0:
            return ratio_range(space, Ratio(top.scaled(-1.0), bottom.scaled(-1.0), written=True))
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
        return Range(*combined("/", (low, high), (below, above), by_zero()), sharp=False)
    return Range(max(0.0, low / above), min(1.0, high / below) if below > 0 else 1.0, sharp=False)


def by_zero() -> BadQuery:
    """The refusal of a division by what some couplings make 0."""
    return BadQuery("This divides by an expression that is 0 under some couplings.", "division-by-zero")
