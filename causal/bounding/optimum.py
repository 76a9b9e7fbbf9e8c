"""The least and the greatest value of a question over all models: three kinds of program, by what it multiplies.

nothing unknown by another      linear, or one ratio of linear functions: exact (Charnes and Cooper 1962)
probabilities of blocks         linear in each block, so the optimum lies at corners of all but some, and is linear in
that are independent            those: exact as long as the corners can be listed
anything else                   branch and bound (``causal.branching``), or interval arithmetic between the terms: an
                                outer interval, unless a corner is seen to attain it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import inf, isfinite, prod

import numpy as np

from causal.bounding.algebra import Poly, Ratio, Unknown, blocks_of, combine, constant, plus
from causal.bounding.factors import Array
from causal.bounding.program import Program
from causal.bounding.responses import Polynomial
from causal.bounding.space import MOST_WORK, Point, Space
from causal.branching import MOST_COORDINATES, extremes, stick
from causal.errors import BadQuery, ImpossibleEvidence, TooLarge
from causal.printing import text
from causal.query import Number, Operation, Query, Term, fold, terms

SAME_END = 1e-9
"""Ends closer than this are one value."""

NOTHING = 1e-13
"""What a program finds to be no more than this is 0."""

MOST_CHOICES = 400
"""Choices of corners for each of which a linear program is solved."""

MOST_CORNERS = 100_000
"""Choices of corners that are looked at where nothing is left to solve."""

MOST_PIECES = 400
"""Combinations of simplices that branch and bound is run on."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a question can take, and where it takes the ends (None: nobody has found out).

    ``touched`` numbers the groups of variables whose response types matter, or are limited by assumptions.
    """

    low: float
    high: float
    at: tuple[Point | None, Point | None]
    touched: tuple[int, ...] = ()

    @property
    def attained(self) -> bool:
        """Whether both ends are values that the program's variables can bring about."""
        return None not in self.at


def optimize(program: Program, told: Array, query: Query, state: int = 0) -> Range:
    """The range of a question; of a distribution, that of the probability of one state.

    Raises ImpossibleEvidence where assumptions leave no model, or a condition can happen in none.
    """
    space = Space(program, told)
    raw = {}
    for term, asked in program.terms.items():
        numerator = asked.numerators[state if len(asked.numerators) > 1 else 0]
        raw[term] = Ratio(_known(space, numerator), _known(space, asked.denominator))
    used = {b for ratio in raw.values() for b in blocks_of(ratio)}
    limited = {b for b, block in enumerate(program.blocks) if block.group in program.limited}
    if space.some(limited - used) is None:
        raise _no_model()
    found = _range(space, query, {term: _settle(space, term, ratio) for term, ratio in raw.items()})
    if not (isfinite(found.low) and isfinite(found.high)):
        raise BadQuery("The result is not a finite number.", "not-finite")
    touched = {program.blocks[b].group for b in used}.union(program.limited)
    return replace(found, touched=tuple(sorted(touched)))


def _no_model() -> ImpossibleEvidence:
    return ImpossibleEvidence("No model fits both the numbers and what is assumed.", "assumptions")


def _known(space: Space, polynomial: Polynomial) -> Poly:
    """The polynomial with the numbers that are told put in."""
    program = space.program
    found: dict[tuple[Unknown, ...], float] = {}
    for monomial, coefficient in polynomial.items():
        left, unknowns = [], []
        for _, pattern in monomial:
            number = next((float(space.told[i]) for i in program.cells[pattern] if not np.isnan(space.told[i])), None)
            if number is None:
                left.append(program.functional[pattern])
            else:
                coefficient *= number
        for unknown in left if coefficient else ():
            if (number := space.settled(unknown)) is None:
                unknowns.append(unknown)
            else:
                coefficient *= number
        if coefficient:
            rest = tuple(sorted(unknowns))
            found[rest] = found.get(rest, 0.0) + coefficient
    return found


def _settle(space: Space, term: Term, ratio: Ratio) -> Ratio:
    """A condition whose probability is known (or can be 0 only) is no longer one."""
    by = constant(ratio.bottom)
    if by is None:
        most = _extent(space, Ratio(ratio.bottom))
        if most is not None and (most.high <= NOTHING or most.high - most.low <= NOTHING * most.high):
            by = most.high if most.high > NOTHING else 0.0
    if by is None:
        return ratio
    if by <= 0.0:
        raise _never(text(Term("P", term.evidence, (), term.action))[2:-1])
    return Ratio({p: c / by for p, c in ratio.top.items()})


def _range(space: Space, query: Query, known: Mapping[Term, Ratio]) -> Range:
    parts = {term: known[term] for term in terms(query)}
    for divisor in _divisors(query):
        below = _range(space, divisor, known)
        if below.low <= 0.0 <= below.high:
            raise BadQuery("This divides by an expression that can be 0.", "division-by-zero")
    whole = combine(query, parts)
    found = _extent(space, whole) if whole is not None and _separate(whole) else None
    return _search(space, query, parts) if found is None else found


def _divisors(query: Query) -> Iterator[Query]:
    waiting = [query]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Operation):
            waiting += [item.right, item.left]
            if item.operator == "/":
                yield item.right


def _separate(ratio: Ratio) -> bool:
    """Whether only unknowns of different blocks are multiplied."""
    return all(len({b for b, _ in p}) == len(p) for p in (*ratio.top, *ratio.bottom))


def _extent(space: Space, ratio: Ratio) -> Range | None:
    """The range of a ratio that is linear in each block; None if there are too many corners to go through."""
    walked = _walked(space, ratio)
    corners = [_corners(space, b, [ratio]) for b in walked]
    listed = [c for c in corners if c is not None]
    width = sum(space.block(b).width for b in blocks_of(ratio).difference(walked))
    limit = max(1, min(MOST_CHOICES, MOST_WORK // width)) if width else MOST_CORNERS
    if len(listed) < len(corners) or prod(len(c) for c in listed) > limit:
        return None
    ends: list[tuple[float, Point | None]] = [(inf, None), (-inf, None)]
    for chosen in product(*listed):
        point = dict(zip(walked, chosen, strict=True))
        linear = Ratio(_put(space, ratio.top, point), _put(space, ratio.bottom, point))
        for end, sign in enumerate((1.0, -1.0)):
            best = _linear(space, linear, sign)
            if best is not None and sign * best[0] < sign * ends[end][0]:
                ends[end] = best[0], {**point, **best[1]}
    if ends[0][1] is None or ends[1][1] is None:
        if space.some(blocks_of(ratio)) is None:
            raise _no_model()
        raise _never("What this question takes for given")
    return Range(ends[0][0], ends[1][0], (ends[0][1], ends[1][1]))


def _never(what: str) -> ImpossibleEvidence:
    return ImpossibleEvidence(f"{what} never happens in any model that fits the numbers: nothing follows from it.")


def _walked(space: Space, ratio: Ratio) -> list[int]:
    """Blocks whose corners are gone through so that what is left is linear; the widest are left where possible."""
    products = [{b for b, _ in p} for p in (*ratio.top, *ratio.bottom) if len(p) > 1]
    walked = set().union(*products)
    width = {b: space.block(b).width for b in walked}
    for block in sorted(walked, key=lambda b: (-width[b], b)):
        if all(p - walked <= set() for p in products if block in p):
            walked.remove(block)
    return sorted(walked)


def _corners(space: Space, block: int, ratios: Iterable[Ratio]) -> list[Array] | None:
    """Corners of a block, as many as these ratios can tell apart: they see it through a few sums of its unknowns."""
    sums: dict[tuple[int, int, tuple[Unknown, ...]], Array] = {}
    polytope = space.block(block)
    for i, ratio in enumerate(ratios):
        for j, poly in enumerate((ratio.top, ratio.bottom)):
            for unknowns, coefficient in poly.items():
                for b, k in unknowns:
                    if b == block:
                        rest = (i, j, tuple(u for u in unknowns if u[0] != block))
                        sums[rest] = sums.get(rest, 0.0) + coefficient * polytope.patterns[k]
    different = {tuple(np.round(form, 12)): form for form in sums.values()}
    return polytope.shadow(np.array(list(different.values())))


def _put(space: Space, poly: Poly, point: Point) -> Poly:
    """The polynomial where some blocks stand at a point."""
    if not point:
        return poly
    found: dict[tuple[tuple[int, int], ...], float] = {}
    for unknown, coefficient in poly.items():
        for b, k in unknown:
            if b in point:
                coefficient *= float(space.block(b).patterns[k] @ point[b])
        rest = tuple(u for u in unknown if u[0] not in point)
        found[rest] = found.get(rest, 0.0) + coefficient
    return found


def _linear(space: Space, ratio: Ratio, sign: float) -> tuple[float, Point] | None:
    """The least (sign 1) or greatest (sign -1) value of a ratio of affine functions, and where; None if nowhere."""
    turned = _positive(space, ratio)
    if turned is None:
        return None
    point = space.least(blocks_of(turned), plus({}, turned.top, sign), turned.bottom)
    if point is None:
        return None
    under = value_at(space, turned.bottom, point)
    return (value_at(space, turned.top, point) / under, point) if under > 0.0 else None


def _positive(space: Space, ratio: Ratio) -> Ratio | None:
    """The ratio with a bottom that is not negative (its sign never changes); None if it is always 0."""
    bottom = ratio.bottom
    if not any(c < 0.0 for c in bottom.values()):
        return ratio if any(c > 0.0 for c in bottom.values()) else None
    point = space.least(blocks_of(Ratio(bottom)), plus({}, bottom, -1.0))
    if point is None:
        return None
    if value_at(space, bottom, point) > 0.0:
        return ratio
    return Ratio(plus({}, ratio.top, -1.0), plus({}, bottom, -1.0))


def value_at(space: Space, poly: Poly, point: Point) -> float:
    """A polynomial's value where all of its blocks stand at a point."""
    return _put(space, poly, point).get((), 0.0)


def _search(space: Space, query: Query, parts: Mapping[Term, Ratio]) -> Range:
    """Branch and bound over the blocks' corners, or interval arithmetic; an end counts as attained if at corners."""
    numbers = sorted({b for ratio in parts.values() for b in blocks_of(ratio)})
    listed = [c for c in (_corners(space, b, parts.values()) for b in numbers) if c is not None]
    if not all(listed):
        raise _no_model()
    if len(listed) < len(numbers):
        return Range(*_outer(space, query, parts), (None, None))
    ends = _at_corners(space, query, parts, numbers, listed)
    low, high = _branched(space, query, parts, dict(zip(numbers, listed, strict=True)))
    close = SAME_END * max(1.0, abs(low), abs(high))
    at = [found[1] if abs(found[0] - end) <= close else None for found, end in zip(ends, (low, high), strict=True)]
    return Range(low, high, (at[0], at[1]))


def _branched(
    space: Space, query: Query, parts: Mapping[Term, Ratio], corners: Mapping[int, list[Array]]
) -> tuple[float, float]:
    pieces = [_simplices(space, b, c, parts.values()) for b, c in corners.items()]
    cut = [p for p in pieces if p is not None]
    coordinates = sum(len(simplices[0]) - 1 for simplices in cut)
    if len(cut) < len(pieces) or not 0 < coordinates <= MOST_COORDINATES or prod(map(len, cut)) > MOST_PIECES:
        return _outer(space, query, parts)
    low, high = inf, -inf
    for chosen in product(*cut):
        shares = dict(zip(corners, chosen, strict=True))
        values = {
            term: (_on_cube(space, r.top, shares, coordinates), _on_cube(space, r.bottom, shares, coordinates))
            for term, r in parts.items()
        }
        found = extremes(query, values, coordinates, prod(map(len, cut)))
        low, high = min(low, found[0]), max(high, found[1])
    return low, high


def _at_corners(
    space: Space, query: Query, parts: Mapping[Term, Ratio], numbers: Sequence[int], corners: Sequence[list[Array]]
) -> list[tuple[float, Point | None]]:
    """The least and the greatest value at corners, and where."""
    ends: list[tuple[float, Point | None]] = [(inf, None), (-inf, None)]
    if prod(len(c) for c in corners) > MOST_CHOICES * 10:
        return ends
    for chosen in product(*corners):
        point = dict(zip(numbers, chosen, strict=True))
        value = evaluate(space, query, parts, point)
        if value is not None:
            ends = [
                (value, point) if value < ends[0][0] else ends[0],
                (value, point) if value > ends[1][0] else ends[1],
            ]
    return ends


def evaluate(space: Space, query: Query, parts: Mapping[Term, Ratio], point: Point) -> float | None:
    """The expression's value at one point; None where a condition never happens there."""
    values = {}
    for term, ratio in parts.items():
        below = value_at(space, ratio.bottom, point)
        if below <= 0.0:
            return None
        values[term] = value_at(space, ratio.top, point) / below

    def join(operator: str, a: float, b: float) -> float:
        if operator == "/":
            return a / b if b else inf
        return a + b if operator == "+" else a - b if operator == "-" else a * b

    value = fold(query, lambda leaf: leaf.value if isinstance(leaf, Number) else values[leaf], join)
    return value if isfinite(value) else None


def _simplices(space: Space, block: int, corners: list[Array], ratios: Iterable[Ratio]) -> list[list[Array]] | None:
    """The block's shadow cut into simplices; None if it is too flat to cut."""
    from scipy.spatial import Delaunay, QhullError

    used = {k for r in ratios for poly in (r.top, r.bottom) for unknowns in poly for b, k in unknowns if b == block}
    places = np.array(corners) @ space.block(block).patterns[sorted(used)].T
    _, sizes, axes = np.linalg.svd(places - places.mean(axis=0), full_matrices=False)
    dimension = int((sizes > 1e-10 * max(1.0, sizes[0])).sum())
    if len(corners) == dimension + 1:
        return [corners]
    try:
        cut = Delaunay(places @ axes[:dimension].T, qhull_options="QJ Pp").simplices
    except (QhullError, ValueError):
        return None
    return [[corners[i] for i in simplex] for simplex in cut]


def _on_cube(space: Space, poly: Poly, shares: Mapping[int, list[Array]], coordinates: int) -> Array:
    """The polynomial at the corners of the cube whose coordinates break a stick for each simplex."""
    values = np.empty([2] * coordinates)
    for corner in np.ndindex(values.shape):
        point, used = {}, 0
        for number, simplex in shares.items():
            length = len(simplex) - 1
            point[number] = stick(corner[used : used + length]) @ np.array(simplex)
            used += length
        values[corner] = value_at(space, poly, point)
    return values


def _boxed(space: Space, ratio: Ratio, within: tuple[float, float]) -> tuple[float, float]:
    """A term's range as far as each unknown's own range tells."""
    used = {u for poly in (ratio.top, ratio.bottom) for product in poly for u in product}
    if sum(space.block(b).width for b, _ in used) > MOST_WORK:
        return within

    def box(poly: Poly) -> tuple[float, float]:
        low = high = 0.0
        for unknowns, coefficient in poly.items():
            ends = [space.extent(u) for u in unknowns]
            reach = [coefficient * prod(end[i] for end in ends) for i in (0, 1)]
            low, high = low + min(reach), high + max(reach)
        return low, high

    top, bottom = box(ratio.top), box(ratio.bottom)
    if bottom[0] <= 0.0:
        return within
    corners = [t / b for t in top for b in bottom]
    return max(within[0], min(corners)), min(within[1], max(corners))


def _outer(space: Space, query: Query, parts: Mapping[Term, Ratio]) -> tuple[float, float]:
    """Interval arithmetic over the terms' own ranges."""

    def leaf(item: Term | Number) -> tuple[float, float]:
        if isinstance(item, Number):
            return item.value, item.value
        found = _extent(space, parts[item])
        if found is not None:
            return found.low, found.high
        numbers = space.program.frame.variable(item.event[0].variable).numbers if item.kind == "E" else None
        return _boxed(space, parts[item], (0.0, 1.0) if numbers is None else (min(numbers), max(numbers)))

    def join(operator: str, a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
        if operator == "+":
            return a[0] + b[0], a[1] + b[1]
        if operator == "-":
            return a[0] - b[1], a[1] - b[0]
        if operator == "/":
            if b[0] <= 0.0 <= b[1]:  # the divisor was seen never to be 0, but only as a whole
                raise TooLarge("This divides by an expression that is too involved to be bounded away from 0.")
            b = (1.0 / b[1], 1.0 / b[0])
        corners = [x * y for x in a for y in b]
        return min(corners), max(corners)

    return fold(query, leaf, join)
