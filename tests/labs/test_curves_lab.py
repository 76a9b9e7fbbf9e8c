"""The lab of curves: one joint distribution, three worlds; a fit that knows the points, and nothing else."""

import numpy as np
import pyarrow as pa
import pytest

import causal
from causal.jobs import tasks
from causal.labs.curves import polynomial_fit
from causal.labs.curves.linear_worlds import KINDS, MEAN, REST, SLOPE, SPREAD, world
from causal.labs.curves.polynomial_fit import SHOWN, fit, shown
from causal.labs.portrait import seeing
from pages.ui.words import quantities
from tests import oracle
from tests.pages.visits import run, texts

PAGE = "pages/9_curves.py"
FIVE = np.array([5.0])


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("query", "mean", "sd"),
    [
        ("P(X)", MEAN, SPREAD),
        ("P(Y)", SLOPE * MEAN, np.hypot(SLOPE * SPREAD, REST)),
        *((f"P(Y | X={x})", SLOPE * x, REST) for x in (-1.5, 0, 2.5, 5, 8)),
    ],
)
def test_every_world_has_the_same_joint_distribution_of_both(kind, query, mean, sd):
    """A marginal and all conditionals decide a joint distribution; these are normal ones."""
    found = causal.ask(world(kind), query)
    assert found.mean == pytest.approx(mean, abs=1e-9)
    assert found.sd == pytest.approx(sd, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["E(Y | X=5)", "E(X | Y=15)", "E(Y | do(X=5))", "E(Y[X=5] | X=2, Y=9)"])
def test_fractions_say_the_same_of_every_world(kind, query):
    model = world(kind)
    assert causal.ask(model, query).value == pytest.approx(oracle.gaussian(model, causal.parse(query, model))[0])


def test_the_worlds_part_where_one_acts():
    done = {kind: causal.ask(world(kind), "E(Y | do(X=5))").value for kind in KINDS}
    assert done["cause"] == pytest.approx(SLOPE * 5)
    assert done["hidden"] == done["backwards"] == pytest.approx(SLOPE * MEAN)


def test_only_the_hidden_cause_is_hidden():
    hidden = {kind: [v.name for v in world(kind) if not v.observable] for kind in KINDS}
    assert hidden == {"cause": [], "hidden": ["H"], "backwards": []}


@pytest.mark.parametrize("degree", range(1, polynomial_fit.MOST_DEGREE + 1))
def test_a_fit_is_that_of_least_squares(degree):
    points = shown(100, 3)
    other = np.polynomial.Polynomial.fit(points.x, points.y, degree)
    xs = np.linspace(*SHOWN, 9)
    assert fit(100, 3, degree).at(xs) == pytest.approx(other(xs), abs=1e-6)


@pytest.mark.parametrize("seed", range(1, 6))
def test_an_honest_line_continues_what_is_seen(seed):
    exact = causal.ask(world("hidden"), "E(Y | X=5)").value
    assert float(fit(1000, seed, 1).at(FIVE)[0]) == pytest.approx(exact, abs=0.7)


@pytest.mark.parametrize("degree", [2, 4, 6])
def test_refits_disagree_most_where_nothing_was_shown(degree):
    found = fit(100, 1, degree)
    low, high = found.band(np.array([2.5, 5.0, 6.0]))
    inside, outside, further = high - low
    assert inside < outside < further
    value = found.at(np.array([2.5]))
    assert low[0] < value[0] < high[0]


def test_a_freer_curve_fits_as_well_and_knows_less_further_on():
    line, bent = fit(300, 1, 1), fit(300, 1, 6)
    assert bent.miss(shown(300, 1)) <= 1.02 * line.miss(shown(300, 1))
    assert bent.miss(polynomial_fit.fresh()) == pytest.approx(line.miss(polynomial_fit.fresh()), rel=0.1)
    widths = [float(np.ptp([end[0] for end in found.band(FIVE)])) for found in (line, bent)]
    assert widths[1] > 10 * widths[0]


def test_more_points_narrow_the_band_of_a_line():
    widths = [float(np.ptp([end[0] for end in fit(n, 1, 1).band(FIVE)])) for n in (30, 100, 1000)]
    assert widths == sorted(widths, reverse=True)


def test_a_larger_sample_begins_with_the_same_fields_and_none_lies_beyond():
    few, many = shown(30, 2), shown(1000, 2)
    assert (many.x[:30] == few.x).all() and (many.y[:30] == few.y).all()
    assert many.x.min() >= SHOWN[0] and many.x.max() <= SHOWN[1]
    with pytest.raises(ValueError, match="points"):
        shown(0, 1)
    with pytest.raises(ValueError, match="degree"):
        fit(30, 1, polynomial_fit.MOST_DEGREE + 1)


@pytest.mark.parametrize("kind", KINDS)
def test_changed_fields_scatter_round_what_doing_gives(kind):
    harvests = polynomial_fit.changed(kind, 5.0, 4000, 7)
    exact = causal.ask(world(kind), "P(Y | do(X=5))")
    assert harvests.mean() == pytest.approx(exact.mean, abs=4 * exact.sd / np.sqrt(4000))
    assert harvests.std() == pytest.approx(exact.sd, rel=0.05)


def _chart(app):
    """The chart's rows, as the browser gets them."""
    data = app.get("vega_lite_chart")[0].proto.data.data
    return pa.ipc.open_stream(data).read_all().to_pylist()


def test_the_page_shows_the_curves_and_the_worlds_answers():
    for kind in KINDS:
        app = run(PAGE, curves_world=kind)
        assert not app.exception and not app.error
        shown_ = texts(app)
        assert f":blue[{quantities.number(world(kind)['Y'], float(fit(60, 1, 1).at(FIVE)[0]))}]" in shown_
        exact = causal.ask(world(kind), "E(Y | do(X=5))").value
        assert f":orange[{exact:.0f}]" in shown_
        ends = [quantities.number(world(kind)["Y"], float(end[0])) for end in fit(60, 1, 1).band(FIVE)]
        assert " to ".join(ends) in shown_


def test_switching_the_world_moves_no_dot_and_no_curve():
    """Only what comes of acting is told apart; everything blue and grey is the same to the last digit."""
    charts = [_chart(run(PAGE, curves_world=kind, curves_degree="3")) for kind in KINDS]
    seen, done = (
        [[r for r in rows if (r["what"] in {"changed", "done"}) == acted] for rows in charts] for acted in (0, 1)
    )
    assert seen[0] == seen[1] == seen[2]
    assert done[0] != done[1]


def test_the_picture_model_is_asked_for_what_nobody_is_met_like(tmp_path, monkeypatch):
    monkeypatch.setenv("LADDER_CACHE", str(tmp_path))
    monkeypatch.setattr(seeing, "ARGUMENTS", {"pictures": 120, "components": 8, "fresh": 20, "seed": 5})
    portrait = causal.load("portrait")
    season = dict(portrait.units[0].facts)["Season"]
    assert causal.ask(portrait, f"P(Hat=straw | Season={season})").value == 0
    before = run(PAGE)
    pictures = len(before.get("html"))
    assert any(button.key == "curves_picture_begin" for button in before.button)
    tasks.do(seeing.TASK, seeing.ARGUMENTS)
    after = run(PAGE)
    assert "It answers all the same" not in texts(before) and "It answers all the same" in texts(after)
    assert not after.exception and len(after.get("html")) == pictures + 1


def test_a_talk_shows_the_points_before_the_world():
    rows = _chart(run(PAGE, talk="true"))
    assert {row["what"] for row in rows} == {"point", "curve", "seen"}
