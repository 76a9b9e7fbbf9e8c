"""What a sample says: shares with the interval that Wilson's equation defines."""

from math import sqrt

import numpy as np
import pytest

from causal.studies.estimation import Z95, share


@pytest.mark.parametrize(("count", "n"), [(0, 1), (1, 1), (3, 7), (37, 200), (0, 50), (50, 50), (999, 5000)])
def test_at_the_ends_of_its_interval_a_share_lies_just_as_far_off_as_chance_allows(count, n):
    """Wilson (1927): each end e solves |p - e| = z sqrt(e (1 - e) / n), or is where a share can go no further."""
    found = share(np.arange(n) < count)
    assert (found.n, found.count, found.value) == (n, count, count / n)
    for end in (found.low, found.high):
        assert abs(count / n - end) == pytest.approx(Z95 * sqrt(end * (1 - end) / n), abs=1e-9)
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    assert found.low < found.high


def test_no_unit_tells_nothing():
    assert share(np.zeros(0, dtype=bool)).value is None
