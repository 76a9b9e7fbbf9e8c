"""What an unstated coupling leaves open as points of polytopes: what is known of them beforehand; outer intervals."""

import pytest
from hypothesis import strategies as st
from strategies import contrasts, discrete_models, theorem

import causal
from causal.answers.terms import part_of
from causal.couplings import response_functions
from causal.couplings.coupling_range import same_under_all
from causal.couplings.response_functions import couplings
from causal.errors import CausalError, TooLarge
from causal.files.shelf import from_dict
from causal.ranges import search, simplices
from causal.ranges.polynomials import Polynomial

STATES = ["0", "1", "2"]
ROWS = [[0.2, 0.5, 0.3], [0.3, 0.3, 0.4], [0.5, 0.1, 0.4]]
X = {"states": STATES, "p": [0.3, 0.3, 0.4]}
PAIR = from_dict({"format": 1, "variables": {"X": X, "Y": {"states": STATES, "parents": ["X"], "cpt": ROWS}}}, "pair")


@theorem(discrete_models((None,), most=3, hidden=1).flatmap(lambda m: st.tuples(st.just(m), contrasts(m))), sample=30)
def test_a_pattern_lies_between_what_frechet_says_and_reaches_both_ends(case):
    """Unknowns of random questions."""
    model, term = case
    try:
        part = part_of(model, term)
    except CausalError:
        return
    if part.ratio is None:
        return
    space = couplings(model, part.ratio.polynomials)
    for form in space.forms.values():
        polytope = space.polytopes[form.polytope]
        ends = [float(form.weights @ polytope.most(sign * form.weights)) for sign in (-1.0, 1.0)]
        assert form.span == pytest.approx(ends, abs=1e-9)


KNOWN = "Y[X=1]=0, Y[X=2]=1"


@pytest.mark.parametrize(
    "asked", [f"2 * P(Y[X=0]=1 | {KNOWN})", f"P(Y[X=0]=1 | {KNOWN}) - P(Y[X=0]=0 | {KNOWN})"], ids=["double", "less"]
)
def test_an_outer_interval_holds_what_the_whole_search_finds(asked, monkeypatch):
    """Of a multiple or a difference of probabilities it may lie outside 0 to 1."""
    exact = causal.ask(PAIR, asked).interval
    monkeypatch.setattr(search, "exact_range", lambda *_: None)
    monkeypatch.setattr(simplices, "MOST_PIECES", 0)
    rough = causal.ask(PAIR, asked)
    assert not rough.sharp
    assert rough.interval[0] <= exact[0] + 1e-9 and exact[1] - 1e-9 <= rough.interval[1]


def test_what_no_coupling_changes_is_told_from_what_one_does():
    part = part_of(PAIR, causal.parse("P(Y[X=0]=1, Y[X=1]=1)"))
    assert not same_under_all(PAIR, part.ratio.numerator)
    assert same_under_all(PAIR, Polynomial(0.25))


def test_too_many_ways_to_respond_are_refused_by_name(monkeypatch):
    monkeypatch.setattr(response_functions, "MOST_FUNCTIONS", 8)
    with pytest.raises(TooLarge, match="Y has no coupling, and this question reads 2 of its rows"):
        causal.ask(PAIR, "P(Y[X=0]=1, Y[X=1]=1)")
