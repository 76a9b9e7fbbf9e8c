"""The range of a ratio of polynomials over points of polytopes, none of which is multiplied by itself.

The polynomials are linear in each polytope's point. So the optimum lies at corners of all but some polytopes, no two of
which are multiplied, and is a linear program in those (or many small ones); of a ratio, a linear-fractional program
(Charnes and Cooper 1962), or, where corners are listed, steps to the greatest r with max(N - r D) >= 0 (Dinkelbach
1967).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import inf, prod

from causal.ranges.polynomials import Polynomial, Ratio
from causal.ranges.polytopes import MOST_WORK
from causal.ranges.space import Point, Space
from causal.ranges.spans import Span

MOST_PROGRAMS = 400
"""Choices of corners for each of which a linear program is solved."""

MOST_CHOICES = 50_000
"""Choices of corners that are looked at where all corners are listed."""

MOST_STEPS = 100

SAME = 1e-13
"""Ends that differ by no more than this share of themselves are one number."""


class NeverDefined(ArithmeticError):
    """A ratio's denominator is 0 everywhere."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values that arithmetic can take; ``sharp`` if its ends are attained or approached; ``at``: points, if known.

    Where it is not sharp, it holds all values, and perhaps more.
    """

    low: float
    high: float
    sharp: bool
    at: tuple[Point | None, Point | None] = (None, None)


def ratio_range(space: Space, ratio: Ratio) -> Range:
    """The exact range if corners can be gone through, else an outer one. Raises NeverDefined and NothingFits."""
    return exact_range(space, ratio) or Range(*outer_span(space, ratio), sharp=False)


def exact_range(space: Space, ratio: Ratio) -> Range | None:
    """The range of a ratio; None if there are too many corners to go through. Raises NeverDefined and NothingFits."""
    top, bottom = ratio.polynomials
    walk = _Walk(space, (top, bottom))
    if not walk.feasible:
        return None
    if not bottom.monomials:
        top = top.scaled(1.0 / bottom.constant)
        (low, one), (high, other) = walk.most(top.scaled(-1.0)), walk.most(top)
    else:
        (low, one), (high, other) = walk.most_ratio(top.scaled(-1.0), bottom), walk.most_ratio(top, bottom)
    return Range(-low, high, True, (one, other))


def settled(space: Space, ratio: Ratio) -> Ratio:
    """The ratio without a denominator that has one value only. Raises NeverDefined and NothingFits."""
    bottom = ratio.denominator
    by = bottom.constant
    if bottom.monomials:
        found = ratio_range(space, Ratio(bottom))
        by = found.high if found.high > space.nothing else 0.0
        if by and not (found.sharp and found.high - found.low <= SAME * found.high):
            return ratio
    if by <= 0.0:
        raise NeverDefined
    return Ratio(ratio.numerator.scaled(1.0 / by), within=ratio.within)


def outer_span(space: Space, ratio: Ratio) -> Span:
    """Between what a ratio lies as far as each unknown's own range tells."""
    low, high = ratio.within
    unknowns = {u for p in ratio.polynomials for monomial in p.monomials for u in monomial}
    forms = (space.forms[u] for u in unknowns)
    if sum(space.polytopes[form.polytope].width for form in forms if form.span is None) > MOST_WORK:
        return low, high
    top, bottom = _box(space, ratio.numerator), _box(space, ratio.denominator)
    if bottom[0] < 0.0 or bottom[1] <= 0.0:
        return low, high
    least, most = (bottom[1] if top[0] >= 0.0 else bottom[0]), (bottom[0] if top[1] >= 0.0 else bottom[1])
    return max(low, top[0] / least if least else -inf), min(high, top[1] / most if most else inf)


def _box(space: Space, polynomial: Polynomial) -> Span:
    low = high = polynomial.constant
    for monomial, coefficient in polynomial.monomials.items():
        spans = [space.span(unknown) for unknown in monomial]
        ends = sorted(coefficient * prod(span[end] for span in spans) for end in (0, 1))
        low, high = low + ends[0], high + ends[1]
    return low, high


class _Walk:
    """Through the corners of the polytopes that are multiplied: what is left is linear in the others.

    ``programs`` are the others whose corners are not listed, and ``feasible`` says whether the choices are few enough.
    """

    def __init__(self, space: Space, polynomials: tuple[Polynomial, Polynomial]) -> None:
        self.space, self.reads = space, space.reads(*polynomials)
        walked = _multiplied(space, polynomials)
        self.programs = [n for n in self.reads.difference(walked) if space.polytopes[n].corners is None]
        width = sum(space.polytopes[n].width for n in self.programs)
        limit = max(1, min(MOST_PROGRAMS, MOST_WORK // width)) if width else MOST_CHOICES
        found = {n: space.polytopes[n].projection(space.sums(n, polynomials)) for n in walked}
        self._corners = {n: corners for n, corners in found.items() if corners is not None}
        self.feasible = len(self._corners) == len(walked) and prod(map(len, self._corners.values())) <= limit

    def _choices(self) -> Iterator[Point]:
        for chosen in product(*self._corners.values()):
            yield dict(zip(self._corners, chosen, strict=True))

    def most(self, polynomial: Polynomial) -> tuple[float, Point]:
        """The greatest value of a polynomial, and where."""
        best: tuple[float, Point] = -inf, {}
        for point in self._choices():
            left = self.space.fixed(polynomial, point)
            where = self.space.most(left.weights)
            if (value := left.at(where)) > best[0]:
                best = value, {**point, **where}
        return best

    def most_ratio(self, top: Polynomial, bottom: Polynomial) -> tuple[float, Point]:
        """The greatest value of a ratio, and where. Raises NeverDefined and NothingFits."""
        return self._by_programs(top, bottom) if self.programs else self._by_steps(top, bottom)

    def _by_programs(self, top: Polynomial, bottom: Polynomial) -> tuple[float, Point]:
        best: tuple[float, Point] | None = None
        for point in self._choices():
            over, under = self.space.fixed(top, point), self.space.fixed(bottom, point)
            where = self.space.most_ratio(over, under)
            if where is not None and (below := under.at(where)) > 0.0:
                value = over.at(where) / below
                if best is None or value > best[0]:
                    best = value, {**point, **where}
        if best is None:
            self.space.some(self.reads)
            raise NeverDefined
        return best

    def _by_steps(self, top: Polynomial, bottom: Polynomial) -> tuple[float, Point]:
        scale, point = self.most(bottom)
        if scale <= 0.0:
            raise NeverDefined
        point = {**self.space.some(self.reads), **point}
        rate = self.space.fixed(top, point).constant / scale
        for _ in range(MOST_STEPS):
            rest, further = self.most(top + bottom.scaled(-rate))
            further = {**point, **further}
            below = self.space.fixed(bottom, further).constant
            if rest <= 1e-15 * scale or below <= 0.0:
                break
            again = self.space.fixed(top, further).constant / below
            if again <= rate:
                break
            rate, point = again, further
        return rate, point


def _multiplied(space: Space, polynomials: Iterable[Polynomial]) -> list[int]:
    """The polytopes whose corners are gone through: as few as will do, those with the most corners not among them."""
    products = {space.reads(Polynomial(0.0, {m: 1.0})) for p in polynomials for m in p.monomials if len(m) > 1}
    walked = set().union(*products)

    def size(number: int) -> tuple[bool, int]:
        polytope = space.polytopes[number]
        return polytope.corners is None, polytope.width if polytope.corners is None else len(polytope.corners)

    for number in sorted(sorted(walked), key=size, reverse=True):
        if all(together <= walked for together in products if number in together):
            walked.remove(number)
    return sorted(walked)
