"""The one search for ranges over polytopes: against points at random, against itself with other means or less time."""

from itertools import product

import numpy as np
import pytest
from hypothesis import strategies as st
from strategies import theorem

from causal.ranges import branching, ratios, search, simplices
from causal.ranges.polynomials import Polynomial, Ratio, number
from causal.ranges.polytopes import NothingFits, Polytope, corners
from causal.ranges.ratios import NeverDefined, exact_range, ratio_range, settled
from causal.ranges.search import attained, expression_range
from causal.ranges.space import Form, Space
from causal.ranges.spans import DividesByZero, fold

seeds = st.integers(0, 2**32 - 1)
FUNCTIONS = np.array(list(product(range(2), repeat=3)))


def polytope(rng, listed=True):
    """Distributions over the ways to answer three questions with yes or no, each answered with yes at a given rate."""
    rows = np.vstack([np.ones(8), FUNCTIONS.T.astype(float)])
    right = np.append(1.0, rng.uniform(0.1, 0.9, 3))
    return Polytope(rows, right, corners(rows, right) if listed else None)


def space(rng, count, listed=True):
    """Several such polytopes; an unknown is how often the first and another question are answered alike."""
    forms = {(n, k): Form(n, (FUNCTIONS[:, 0] == FUNCTIONS[:, k]).astype(float)) for n in range(count) for k in (1, 2)}
    return Space({n: polytope(rng, listed) for n in range(count)}, forms)


def polynomial(rng, count):
    """A sum of unknowns and of products of unknowns of different polytopes, at most 1."""
    monomials = [((n, int(rng.integers(1, 3))),) for n in range(count)]
    monomials += [(one[0], other[0]) for one in monomials for other in monomials if one[0] < other[0]]
    return Polynomial(float(rng.uniform(0, 0.2)), {m: float(rng.uniform(0, 1)) / len(monomials) for m in monomials})


def expressions(rng, count):
    """Ratios, and arithmetic between them, that never divides by 0."""

    def ratio():
        bottom = polynomial(rng, count) if rng.random() < 0.5 else Polynomial(1.0)
        return Ratio(polynomial(rng, count), bottom + Polynomial(0.1))

    a, b, c = ratio(), ratio(), ratio()
    shapes = [(a,), (a, b, "-"), (a, b, "*"), (a, b, "/"), (a, b, "*", c, "-"), (a, number(3.0), b, "-", "/", c, "+")]
    return shapes[int(rng.integers(len(shapes)))]


def value(where, expression, point):
    def leaf(ratio):
        top, bottom = (where.fixed(p, point).constant for p in ratio.polynomials)
        return top / bottom

    return fold(expression, leaf, branching.operated)


def points(rng, where, count):
    """Points at random: mixtures of corners."""
    for _ in range(count):
        listed = {n: corners(p.rows, p.right) for n, p in where.polytopes.items()}
        yield {n: rng.dirichlet(np.full(len(c), rng.choice([0.1, 1.0]))) @ c for n, c in listed.items()}


@theorem(seeds, sample=60)
def test_a_range_holds_all_points_and_its_points_attain_its_ends(seed):
    """Ratios and arithmetic over up to three polytopes."""
    rng = np.random.default_rng(seed)
    where = space(rng, int(rng.integers(1, 4)))
    expression = expressions(rng, len(where.polytopes))
    found = attained(where, expression, expression_range(where, expression))
    values = [value(where, expression, point) for point in points(rng, where, 100)]
    assert found.low - 1e-9 <= min(values) and max(values) <= found.high + 1e-9
    for end, point in zip((found.low, found.high), found.at, strict=True):
        if point is not None:
            anywhere = {n: p.most(np.zeros(p.width)) for n, p in where.polytopes.items()}
            assert value(where, expression, {**anywhere, **point}) == pytest.approx(end, abs=1e-9)
    assert None not in found.at or len(expression) > 1


@theorem(seeds, sample=30)
def test_listed_corners_and_linear_programs_give_the_same_range(seed):
    """Steps over listed corners against linear-fractional programs."""
    one, other = (space(np.random.default_rng(seed), 2, listed) for listed in (True, False))
    rng = np.random.default_rng(seed)
    ratio = Ratio(polynomial(rng, 2), polynomial(rng, 2))
    a, b = exact_range(one, ratio), exact_range(other, ratio)
    assert (a.low, a.high) == pytest.approx((b.low, b.high), abs=1e-9)


@theorem(seeds, sample=30)
def test_with_less_time_a_range_is_wider_and_says_so(seed):
    """No corners walked, no simplices cut: interval arithmetic between unknowns."""
    rng = np.random.default_rng(seed)
    where = space(rng, 2)
    expression = expressions(rng, 2)
    whole = expression_range(where, expression)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ratios, "MOST_CHOICES", 0)
        patch.setattr(simplices, "MOST_PIECES", 0)
        patch.setattr(search, "factored_span", lambda *_: None)
        rough = expression_range(where, expression)
    assert whole.sharp and not rough.sharp
    assert rough.low <= whole.low + 1e-9 and whole.high - 1e-9 <= rough.high


def test_parts_that_share_no_polytope_range_freely():
    rng = np.random.default_rng(0)
    where = space(rng, 2)
    one, other = (Ratio(Polynomial(0.1, {((n, 1),): 1.0})) for n in (0, 1))
    ends = [(r.low, r.high) for r in (ratio_range(where, one), ratio_range(where, other))]
    found = expression_range(where, (one, other, "/"))
    assert (found.low, found.high) == pytest.approx((ends[0][0] / ends[1][1], ends[0][1] / ends[1][0]))
    assert None not in found.at


def test_what_divides_may_be_negative_but_never_0():
    where = space(np.random.default_rng(1), 1)
    ratio = Ratio(Polynomial(0.0, {((0, 1),): 1.0}))
    plain = expression_range(where, (ratio, number(2.0), ratio, "-", "/"))
    turned = expression_range(where, (ratio, ratio, number(2.0), "-", "/"))
    assert (turned.low, turned.high) == pytest.approx((-plain.high, -plain.low))
    with pytest.raises(DividesByZero) as refused:
        expression_range(where, (number(1.0), ratio, ratio, "-", "/"))
    assert refused.value.always
    with pytest.raises(DividesByZero) as refused:
        expression_range(where, (number(1.0), ratio, number(0.5), "-", "/"))
    assert not refused.value.always


def test_a_ratio_whose_denominator_is_0_everywhere_has_no_range():
    rows, right = np.array([[1.0, 1.0], [1.0, 0.0]]), np.array([1.0, 1.0])
    where = Space({0: Polytope(rows, right)}, {("u",): Form(0, np.array([0.0, 1.0]))})
    with pytest.raises(NeverDefined):
        settled(where, Ratio(Polynomial(0.0, {(("u",),): 1.0}), Polynomial(0.0, {(("u",),): 1.0})))


def test_equations_that_contradict_each_other_are_said_to():
    rows, right = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([1.0, 2.0])
    where = Space({0: Polytope(rows, right)}, {("u",): Form(0, np.array([0.0, 1.0]))})
    with pytest.raises(NothingFits):
        ratio_range(where, Ratio(Polynomial(0.0, {(("u",),): 1.0})))
