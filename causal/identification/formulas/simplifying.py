"""Formulas as a textbook would write them.

``times``, ``total`` and ``divided`` give the same numbers as the plain Product, Sum and Fraction. But what sums to one
is left out, P(a | b) P(b) is P(a, b), and what stands above and below a fraction's bar is cancelled.

>>> x, y, z = Value("X"), Value("Y"), Value("Z")
>>> total([y], times([Probability((y,), (x, z)), Probability((z,))]))
Probability(of=(Value(variable='Z', copy=0),), given=(), do=())
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from causal.identification.formulas.estimand import (
    ONE,
    ZERO,
    Estimand,
    Fraction,
    Probability,
    Product,
    Sum,
    Value,
    Zero,
    free,
)


def times(factors: Iterable[Estimand]) -> Estimand:
    """The product, flat, with chains of conditional probabilities joined."""
    flat: list[Estimand] = []
    for factor in factors:
        flat += _factors(factor)
    if ZERO in flat:
        return ZERO
    return _product(_joined(flat))


def total(bound: Collection[Value], estimand: Estimand) -> Estimand:
    """The sum over some letters, without what sums to one; factors that do not depend on them stand before it."""
    if isinstance(estimand, Zero):
        return ZERO
    factors, left = _factors(estimand), set(bound)
    if not left <= free(estimand):
        # A letter that nothing depends on would count its values: every sum here is over a probability of it.
        raise ValueError("a sum over a letter that does not occur")
    while True:
        spoken = [free(factor) for factor in factors]
        for letter in sorted(left):
            mentioned = [i for i, found in enumerate(spoken) if letter in found]
            if len(mentioned) == 1 and (fewer := _without(factors[mentioned[0]], letter)) is not None:
                factors[mentioned[0] : mentioned[0] + 1] = [] if fewer == ONE else [fewer]
                left.discard(letter)
                factors = _joined(factors)
                break
        else:
            break
    outside = [factor for factor in factors if not left & free(factor)]
    inside = _product([factor for factor in factors if left & free(factor)])
    if not left:
        return _product(outside)
    if isinstance(inside, Sum) and not left & set(inside.over):
        left.update(inside.over)
        inside = inside.of
    return _product([*outside, Sum(tuple(sorted(left)), inside)])


def divided(above: Estimand, below: Estimand) -> Estimand:
    """The fraction, with common factors cancelled; P(a, b) / P(b) is P(a | b)."""
    if isinstance(above, Zero):
        return ZERO
    top = _factors(above)
    bottom: list[Estimand] = []
    for factor in _factors(below):
        if factor in top:
            top.remove(factor)
        else:
            bottom.append(factor)
    for factor in [f for f in bottom if isinstance(f, Probability)]:
        for i, candidate in enumerate(top):
            if (given := _conditional(candidate, factor)) is not None:
                top[i] = given
                bottom.remove(factor)
                break
    return Fraction(_product(top), _product(bottom)) if bottom else _product(_joined(top))


def _factors(estimand: Estimand) -> list[Estimand]:
    return list(estimand.factors) if isinstance(estimand, Product) else [estimand]


def _product(factors: list[Estimand]) -> Estimand:
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def _joined(factors: list[Estimand]) -> list[Estimand]:
    """P(a | b, c) P(b | c) written as P(a, b | c), as often as there is such a pair."""
    for i, one in enumerate(factors):
        for j, other in enumerate(factors):
            if isinstance(one, Probability) and isinstance(other, Probability) and _chained(one, other):
                both = Probability(tuple(sorted((*one.of, *other.of))), other.given, one.do)
                return _joined([both if k == i else f for k, f in enumerate(factors) if k != j])
    return factors


def _chained(one: Probability, other: Probability) -> bool:
    """Whether the first is given exactly what the second speaks of."""
    if len(one.given) != len(other.of) + len(other.given) or one.do != other.do:
        return False  # asked of every pair of factors, and almost always so
    told = {*other.of, *other.given}
    return set(one.given) == told and not told.intersection(one.of)


def _without(factor: Estimand, letter: Value) -> Estimand | None:
    """The sum of one factor over one letter where that is a simpler formula; None where it is not."""
    if isinstance(factor, Probability) and letter in factor.of:
        rest = tuple(other for other in factor.of if other != letter)
        return Probability(rest, factor.given, factor.do) if rest else ONE
    if isinstance(factor, Fraction) and letter not in free(factor.below):
        return divided(total([letter], factor.above), factor.below)
    return None


def _conditional(above: Estimand, below: Probability) -> Estimand | None:
    """P(a, b | c) / P(b | c) as P(a | b, c), if that is what they are, under a sum sign too."""
    if isinstance(above, Probability):
        if above.do == below.do and above.given == below.given and set(below.of) < set(above.of):
            asked = tuple(letter for letter in above.of if letter not in below.of)
            return Probability(asked, tuple(sorted((*above.given, *below.of))), above.do)
    elif isinstance(above, Sum) and not free(below).intersection(above.over):
        inner = _factors(above.of)
        for i, factor in enumerate(inner):
            if (given := _conditional(factor, below)) is not None:
                return Sum(above.over, _product([*inner[:i], given, *inner[i + 1 :]]))
    return None
