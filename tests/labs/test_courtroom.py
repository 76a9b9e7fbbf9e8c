"""Two tables decide more than each alone, and never more than Tian and Pearl's theorem allows."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from causal.errors import BadQuery, ImpossibleEvidence
from causal.labs.court import courtroom
from causal.labs.court.courtroom import Counts

TRIAL, SURVEY = Counts((16, 984), (14, 986)), Counts((2, 998), (28, 972))


def test_in_the_drug_lawsuit_both_tables_make_necessity_certain():
    found = courtroom.verdicts(TRIAL, SURVEY)
    assert found["both"].interval == pytest.approx((1.0, 1.0), abs=1e-9)
    assert found["trial"].interval == pytest.approx((0.0, 1.0), abs=1e-9)
    assert found["survey"].interval == pytest.approx((0.0, 1.0), abs=1e-9)


counts = st.tuples(st.integers(1, 200), st.integers(1, 200))


@given(counts, counts, counts, counts)
@settings(max_examples=40, deadline=None)
def test_both_tables_give_the_interval_of_the_theorem(drug, placebo, chose, refused):
    trial, survey = Counts(drug, placebo), Counts(chose, refused)
    n = sum(chose) + sum(refused)
    seen = [[refused[1] / n, refused[0] / n], [chose[1] / n, chose[0] / n]]
    done = [placebo[0] / sum(placebo), drug[0] / sum(drug)]
    # P(x, y) <= P(y | do(x)) <= 1 - P(x, y'): otherwise the tables are not about one population
    assume(all(seen[x][1] + 1e-6 < done[x] < 1 - seen[x][0] - 1e-6 for x in (0, 1)))
    happens = seen[0][1] + seen[1][1]
    low = max(0.0, (happens - done[0]) / seen[1][1])
    high = min(1.0, (1 - done[0] - seen[0][0]) / seen[1][1])
    assert courtroom.necessity(trial, survey).interval == pytest.approx((low, high), abs=1e-7)


def test_the_work_shows_the_ends_that_the_programs_find():
    trial, survey = Counts((60, 40), (40, 60)), Counts((40, 20), (10, 30))
    low, high = courtroom.verdicts(trial, survey)["both"].interval
    shown = courtroom.work(trial, survey)
    assert shown.low.endswith(f"= {low:.6g}") and shown.high.endswith(f"= {high:.6g}")
    assert 0 < low < high < 1


def test_tables_of_different_populations_contradict_each_other():
    with pytest.raises(ImpossibleEvidence) as wrong:
        courtroom.necessity(Counts((0, 100), (0, 100)), Counts((50, 50), (50, 50)))
    assert wrong.value.kind == "impossible-evidence/assumptions"


@pytest.mark.parametrize("trial, survey", [(Counts((0, 0), (1, 1)), SURVEY), (TRIAL, Counts((0, 0), (0, 0)))])
def test_an_empty_table_is_refused(trial, survey):
    with pytest.raises(BadQuery) as wrong:
        courtroom.necessity(trial, survey)
    assert wrong.value.kind == "bad-query/table"
