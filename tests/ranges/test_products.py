"""The range of a product of linear functions: against edges, corners, branch and bound, and couplings at random."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.optimize import linprog
from strategies import theorem

import causal
from causal.files.shelf import from_dict
from causal.ranges import factored
from causal.ranges.products import product_range

seeds = st.integers(0, 2**32 - 1)


def clouds(rng, factors):
    """Corners round nothing, round one orthant, and across several."""
    return rng.normal(size=(int(rng.integers(2, 30)), factors)) + rng.normal(size=factors) * rng.choice([0.0, 0.5, 4.0])


def over(corners):
    return product_range(lambda direction: corners[(corners @ direction).argmax()], corners.shape[1])


def on_edges(corners):
    """Of two factors: the product is extreme on an edge, where it is a parabola."""
    found = []
    for one, other in combinations(corners, 2):
        along = other - one
        bend = along.prod()
        turn = -(one @ along[::-1]) / (2 * bend) if bend else 0.0
        found += [(one + t * along).prod() for t in (0.0, 1.0, min(1.0, max(0.0, turn)))]
    return min(found), max(found)


@theorem(seeds, sample=60)
def test_of_two_factors_the_ends_lie_on_edges(seed):
    """Products of two coordinates over a polygon."""
    corners = clouds(np.random.default_rng(seed), 2)
    assert over(corners) == pytest.approx(on_edges(corners), abs=1e-8)


@theorem(seeds, sample=40)
def test_no_mixture_of_corners_lies_outside_and_corners_lie_inside(seed):
    """Products of up to five coordinates."""
    rng = np.random.default_rng(seed)
    corners = clouds(rng, int(rng.integers(2, 6)))
    low, high = over(corners)
    mixed = np.vstack([corners, rng.dirichlet(np.full(len(corners), 0.2), 2000) @ corners]).prod(axis=1)
    scale = 1e-8 * max(1.0, abs(low), abs(high))
    assert low - scale <= mixed.min() and mixed.max() <= high + scale


@theorem(seeds, sample=20)
def test_a_product_of_one_sign_is_nearest_to_nothing_at_a_corner(seed):
    """Products of coordinates that are all positive."""
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0.1, 2.0, size=(int(rng.integers(2, 20)), int(rng.integers(2, 4))))
    assert over(corners)[0] == pytest.approx(corners.prod(axis=1).min(), abs=1e-9)


# One table without coupling: 27 ways to respond

ROWS = ((0.2, 0.3, 0.5), (0.4, 0.35, 0.25), (0.1, 0.6, 0.3))
FUNCTIONS = np.array(list(product(range(3), repeat=3)))
MODEL = from_dict(
    {
        "format": 1,
        "variables": {
            "X": {"states": ["0", "1", "2"], "p": [0.3, 0.3, 0.4]},
            "Y": {"states": ["0", "1", "2"], "parents": ["X"], "cpt": [list(row) for row in ROWS]},
        },
    },
    "three",
)
PAIRS = [(a, b) for a, b in product(product(range(3), range(3)), repeat=2) if a[0] < b[0]]


def drawn(rng, count):
    """Contrasts: how much more often one pair of answers occurs than another."""
    return [[PAIRS[int(i)] for i in rng.choice(len(PAIRS), 2, replace=False)] for _ in range(count)]


def written(contrasts):
    def term(pair):
        return "P(" + ", ".join(f"Y[X={x}]={y}" for x, y in pair) + ")"

    return " * ".join(f"({term(one)} - {term(other)})" for one, other in contrasts)


def couplings(rng, count):
    """Distributions over the ways to respond that have the table's rows: corners, and mixtures of them."""
    rows = np.array([FUNCTIONS[:, x] == y for x in range(3) for y in range(3)], dtype=float)
    found = [linprog(rng.normal(size=27), A_eq=rows, b_eq=np.ravel(ROWS), bounds=(0, None)).x for _ in range(count)]
    return np.vstack([found, rng.dirichlet(np.full(count, 0.3), count * 5) @ np.array(found)])


def values(contrasts, shares):
    def often(pair):
        return shares @ np.all([FUNCTIONS[:, x] == y for x, y in pair], axis=0)

    return np.prod([often(one) - often(other) for one, other in contrasts], axis=0)


@pytest.mark.parametrize("seed", range(4))
def test_a_product_of_four_contrasts_of_one_table_is_sharp_and_holds_every_coupling(seed):
    rng = np.random.default_rng(seed)
    contrasts = drawn(rng, 4)
    answer = causal.ask(MODEL, written(contrasts))
    low, high = answer.interval or (answer.value, answer.value)
    assert answer.sharp or answer.value is not None
    found = values(contrasts, couplings(rng, 40))
    assert low - 1e-9 <= found.min() and found.max() <= high + 1e-9


@pytest.mark.parametrize("seed", range(2))
def test_branch_and_bound_finds_the_same_ends(seed, monkeypatch):
    rng = np.random.default_rng(seed)
    question = f"0.5 - 2 * {written(drawn(rng, 2))} / 3"
    at_once = causal.ask(MODEL, question)
    monkeypatch.setattr(factored, "product_range", lambda *_: None)
    assert causal.ask(MODEL, question).interval == pytest.approx(at_once.interval, abs=1e-8)
