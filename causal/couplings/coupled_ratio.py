"""Ratios of polynomials over couplings, and an expression told by as few of them as will do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from causal.couplings.open_tables import Polynomial
from causal.errors import BadQuery
from causal.queries.query import Number, Operation, Query, Term, fold

ONE = Polynomial(1.0)


@dataclass(frozen=True, slots=True)
class Ratio:
    """numerator / denominator; of a condition (which may be impossible under some couplings) or of written division."""

    numerator: Polynomial
    denominator: Polynomial = ONE
    written: bool = False

    @property
    def share(self) -> float | None:
        """The number that it is wherever its condition can happen, if both polynomials are alike but for a factor."""
        top, bottom = self.numerator, self.denominator
        if top.monomials.keys() != bottom.monomials.keys() or (top.constant == 0.0) != (bottom.constant == 0.0):
            return None
        shares = [coefficient / bottom.monomials[m] for m, coefficient in top.monomials.items()]
        shares += [top.constant / bottom.constant] if bottom.constant else []
        return shares[0] if shares and max(shares) - min(shares) <= 1e-14 * abs(shares[0]) else None

    @property
    def constant(self) -> float | None:
        """The number it is, if no coupling enters."""
        if self.numerator.monomials or self.denominator.monomials:
            return None
        return self.numerator.constant / self.denominator.constant


def merged_ratios(query: Query, parts: Mapping[Term, Ratio]) -> tuple[Query, list[Ratio]]:
    """The expression over as few ratios of polynomials as it can be told by: Number(i) stands for the i-th of them.

    What is a single ratio has no operation left: Number(0). Otherwise no ratio is one of written division: what is
    divided by may be 0, which a condition's probability never is, so that operation must be seen as one.
    """
    whole = _merged(query, parts, division=True)
    return _merged(query, parts, division=False) if isinstance(whole[0], Operation) else whole


def _merged(query: Query, parts: Mapping[Term, Ratio], division: bool) -> tuple[Query, list[Ratio]]:
    found: list[Ratio] = []

    def hang(side: Ratio | Operation) -> Query:
        if isinstance(side, Operation):
            return side
        found.append(side)
        return Number(len(found) - 1)

    def leaf(item: Term | Number) -> Ratio | Operation:
        return Ratio(Polynomial(item.value)) if isinstance(item, Number) else parts[item]

    def join(operator: str, left: Ratio | Operation, right: Ratio | Operation) -> Ratio | Operation:
        if isinstance(left, Ratio) and isinstance(right, Ratio):
            joined = _joined(operator, left, right)
            if joined is not None and (division or not joined.written):
                return joined
        return Operation(operator, hang(left), hang(right))  # type: ignore[arg-type]

    return hang(fold(query, leaf, join)), found


def _joined(operator: str, left: Ratio, right: Ratio) -> Ratio | None:
    """Both as one ratio of polynomials, or None if they are more than that."""
    if operator == "/":
        return _quotient(left, right)
    return _product(left, right) if operator == "*" else _sum(left, _times(right, 1.0 if operator == "+" else -1.0))


def _times(ratio: Ratio, by: float) -> Ratio:
    return Ratio(ratio.numerator.scaled(by), ratio.denominator, ratio.written)


def _sum(left: Ratio, right: Ratio) -> Ratio | None:
    if left.denominator == right.denominator:
        return Ratio(left.numerator + right.numerator, left.denominator, left.written or right.written)
    for one, other in ((left, right), (right, left)):
        if one.constant is not None:
            shift = other.denominator.scaled(one.constant)
            return Ratio(other.numerator + shift, other.denominator, other.written)
    return None


def _product(left: Ratio, right: Ratio) -> Ratio | None:
    if left.constant is not None:
        return _times(right, left.constant)
    return None if right.constant is None else _times(left, right.constant)


def _quotient(left: Ratio, right: Ratio) -> Ratio | None:
    by = right.constant
    if by is not None:
        if by == 0.0:
            raise BadQuery("This divides by 0.", "division-by-zero")
        return Ratio(left.numerator.scaled(1.0 / by), left.denominator, left.written)
    if left.denominator == right.denominator:
        return Ratio(left.numerator, right.numerator, written=True)
    if left.constant is not None:
        return Ratio(right.denominator.scaled(left.constant), right.numerator, written=True)
    return None
