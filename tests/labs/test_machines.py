"""Machines of the hierarchy: what a lower rung asks stays, what a higher one asks walks its whole interval."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import causal
from causal.errors import BadQuery
from causal.labs.hierarchy.ledger import Assumptions, confounded, needed, settle
from causal.labs.hierarchy.machines import reversed_arrow, same_done, same_seen
from tests.oracle import interval

cells = st.tuples(*[st.integers(1, 20)] * 4)
shares = st.floats(0.0, 1.0)
probabilities = st.floats(0.05, 0.95)
JOINT = [(x, y) for x in "01" for y in "01"]


def _seen(counts):
    total = sum(counts)
    return (counts[0] / total, counts[1] / total), (counts[2] / total, counts[3] / total)


@given(cells, shares)
@settings(max_examples=30, deadline=None)
def test_every_place_of_the_first_lever_has_the_same_survey(counts, share):
    seen = _seen(counts)
    model = same_seen(seen, share)
    for x, y in JOINT:
        assert causal.ask(model, f"P(X={x}, Y={y})").value == pytest.approx(seen[int(x)][int(y)], abs=1e-12)
    moved = seen[1][1] + share * (seen[0][0] + seen[0][1])
    assert causal.ask(model, "P(Y=1 | do(X=1))").value == pytest.approx(moved, abs=1e-12)


@given(cells)
@settings(max_examples=15, deadline=None)
def test_the_first_lever_walks_from_bound_to_bound(counts):
    ends = [causal.ask(same_seen(_seen(counts), share), "P(Y=1 | do(X=1))").value for share in (0.0, 1.0)]
    assert causal.bounds(same_seen(_seen(counts), 0.5), "P(Y=1 | do(X=1))").interval == pytest.approx(ends, abs=1e-7)


@given(probabilities, probabilities, shares)
@settings(max_examples=30, deadline=None)
def test_every_place_of_the_second_lever_has_the_same_trials_and_survey(without, with_, share):
    model, start = same_done((without, with_), share), same_done((without, with_), 0.0)
    assert causal.ask(model, "P(Y=1 | do(X=0))").value == pytest.approx(without, abs=1e-12)
    assert causal.ask(model, "P(Y=1 | do(X=1))").value == pytest.approx(with_, abs=1e-12)
    for x, y in JOINT:
        query = f"P(X={x}, Y={y})"
        assert causal.ask(model, query).value == pytest.approx(causal.ask(start, query).value, abs=1e-12)


@given(probabilities, probabilities)
@settings(max_examples=15, deadline=None)
def test_the_second_lever_walks_from_bound_to_bound(without, with_):
    pns = "P(Y[X=1]=1, Y[X=0]=0)"
    ends = [causal.ask(same_done((without, with_), share), pns).value for share in (0.0, 1.0)]
    found = causal.bounds(same_done((without, with_), 0.3), pns, ["observed", "do:X"])
    assert found.interval == pytest.approx(ends, abs=1e-7)


def test_a_turned_arrow_keeps_the_table_and_changes_the_effect():
    model = causal.load("kidney-stones")
    turned = reversed_arrow(model, "Size", "T")
    states = {v.name: v.states for v in model.endogenous}
    for size in states["Size"]:
        for t in states["T"]:
            query = f"P(R=1, Size={size}, T={t})"
            assert interval(turned, causal.parse(query, turned)) == pytest.approx(
                interval(model, causal.parse(query, model)), abs=1e-12
            )
            # T now comes first: nothing confounds it, so doing is seeing
            assert causal.ask(turned, f"P(R=1 | do(T={t}))").value == pytest.approx(
                causal.ask(model, f"P(R=1 | T={t})").value, abs=1e-12
            )
    assert turned.edges != model.edges


def test_only_an_arrow_that_data_cannot_direct_is_turned():
    with pytest.raises(BadQuery):
        reversed_arrow(causal.load("kidney-stones"), "Size", "R")


def test_taking_assumptions_away_never_narrows_the_answer():
    model = causal.load("smallpox")
    question = needed(model, "V", "D")
    rows = [Assumptions(), Assumptions(mechanisms=False), Assumptions(mechanisms=False, unconfounded=False)]
    intervals = [settle(model, "V", "D", question, made)[0] for made in rows]
    for (low, high), (lower, higher) in pairwise(intervals):
        assert lower <= low + 1e-9 and high <= higher + 1e-9
    assert intervals[0][0] == intervals[0][1] == causal.ask(model, question).value


def test_an_arrow_of_unknown_direction_lets_in_that_nothing_has_an_effect():
    model = causal.load("smallpox")
    made = Assumptions(directed=False)
    assert settle(model, "V", "D", needed(model, "V", "D"), made)[0][0] == 0.0
    low, high = settle(model, "V", "D", causal.parse("P(D=1 | do(V=0))", model), made)[0]
    assert low == pytest.approx(causal.ask(model, "P(D=1)").value, abs=1e-12)
    assert high == pytest.approx(causal.ask(model, "P(D=1 | do(V=0))").value, abs=1e-9)


def test_one_more_hidden_cause_changes_nothing_that_is_seen():
    model = causal.load("smallpox")
    joined = confounded(model, "V", "D")
    for query in ("P(D=1)", "P(D=1 | V=1)", "P(D=1 | do(V=0))"):
        assert causal.ask(joined, query).value == pytest.approx(causal.ask(model, query).value, abs=1e-12)
