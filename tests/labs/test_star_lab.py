"""The star-graph trap: an edit is right where the graph is a star, and wrong by a number where it is not."""

from dataclasses import replace

import numpy as np
import pytest
import rehearsed
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import r2_score

import causal
from causal.effects import price
from causal.graphs import adjustment
from causal.labs.star import musicians, nearest, predictors, training
from causal.labs.star.musicians import CASES, FEATURES, OUTCOME, measured, star, story
from causal.labs.star.shifting import imagined
from causal.labs.star.training import GAIN, arguments, everybody
from causal.models.mechanisms import Linear
from causal.models.model import Model, Variable
from causal.queries.query import ask_for
from pages.ui.words import quantities
from tests.pages.visits import run, texts

PAGE = "pages/10_star.py"


@pytest.fixture(scope="module", autouse=True)
def trained(tmp_path_factory):
    """Smaller crowds than the lab's own, trained once, kept where the page looks for them."""
    with rehearsed.folder(tmp_path_factory) as patch:
        causal.warm_up()
        yield rehearsed.predictors(patch)


numbers_ = st.floats(-3, 3).map(lambda x: round(x, 3))


@settings(max_examples=25, deadline=None)
@given(
    coefficients=st.lists(numbers_, min_size=1, max_size=4),
    sd=st.floats(0.2, 3),
    edits=st.lists(numbers_, min_size=4, max_size=4),
    which=st.integers(0, 3),
)
def test_the_edit_agrees_when_the_graph_is_a_star(coefficients, sd, edits, which):
    """Inputs without arrows among them, all causes measured, nothing else at work: both give the same number."""
    names = tuple(f"F{i}" for i in range(len(coefficients)))
    inputs = tuple(Variable(n, n, mechanism=Linear(1.0, (), sd)) for n in names)
    model = Model((*inputs, Variable("Y", "Y", parents=names, mechanism=Linear(0.5, tuple(coefficients), 0.0))))
    units = causal.draw(model, 60, 1).columns()
    predictor = predictors.train("line", np.stack([units[n] for n in names], axis=1), units["Y"], 1)
    unit = {n: float(units[n][0]) for n in (*names, "Y")}
    name = names[which % len(names)]
    edited = {**{n: unit[n] for n in names}, name: edits[0]}
    said = float(predictor.predict(np.array([[edited[n] for n in names]]))[0])
    exact = causal.ask(model, ask_for("Y", mean=True, evidence=unit, world={name: edits[0]})).value
    assert said == pytest.approx(exact, abs=1e-6)


@pytest.mark.parametrize("features", [FEATURES[:1], FEATURES[:3], FEATURES])
def test_in_the_star_itself_every_edit_may_be_made(features):
    model = star(features)
    assert {(a, b) for a, b in model.edges} == {(f, OUTCOME) for f in features}
    for name in features:
        assert adjustment.judge(model, name, OUTCOME, [f for f in features if f != name]).valid


def test_the_graph_allows_only_one_of_the_cases():
    valid = {
        name: adjustment.judge(measured(c.features), c.edited, OUTCOME, [f for f in c.features if f != c.edited]).valid
        for name, c in CASES.items()
    }
    assert valid == {"label": False, "radio": True, "hidden": False, "collider": False}


@pytest.mark.parametrize("held", [{"Label": 0.5}, {"Radio": 1.7}, {"TikTok": 0.0, "Radio": 0.5}, {"Press": 2.0}])
def test_a_thousand_counterfactuals_at_once_are_the_engines(held):
    units = everybody()
    other = imagined(story(), units, {n: share * units[n] for n, share in held.items()})
    for at in (0, 1, 2, 17, 99):
        facts = {n: float(column[at]) for n, column in units.items()}
        world = {n: share * facts[n] for n, share in held.items()}
        for name in (OUTCOME, "Press", "Radio"):
            exact = causal.ask(story(), ask_for(name, mean=True, evidence=facts, world=world)).value
            assert other[name][at] == pytest.approx(exact, abs=1e-6)


def test_what_is_not_held_follows_its_mechanism():
    units = everybody()
    nobody = np.full(len(units[OUTCOME]), np.nan)
    other = imagined(story(), units, {"Radio": nobody})
    assert all((other[n] == units[n]).all() for n in units)
    half = np.where(np.arange(len(nobody)) % 2, units["Label"] / 2, np.nan)
    moved = imagined(story(), units, {"Label": half})["Radio"] != units["Radio"]
    assert (moved == ~np.isnan(half)).all()
    flat = replace(story(), variables=tuple(replace(v, mechanism=None) for v in story()))
    with pytest.raises(ValueError, match="straight line"):
        imagined(flat, units, {})


def test_the_press_is_an_effect_and_no_story_is_changed():
    assert [v for v in story() if v.name != "Press"] == list(causal.load("record-sales"))
    assert causal.graph.descendants(story(), "Press") <= {"Press"}
    for unit in story().units:
        facts = {n: float(v) for n, v in unit.facts if n != "Press"}
        known = causal.ask(story(), ask_for("Press", mean=True, evidence=facts)).value
        assert float(dict(unit.facts)["Press"]) == pytest.approx(known)


@pytest.mark.parametrize("name", CASES)
def test_a_lines_edit_reports_what_adjusting_for_the_rest_reports(trained, name):
    """The same wrong number by another road: exact, of the whole population, without a predictor."""
    case = CASES[name]
    given = [f for f in case.features if f != case.edited]
    person = {n: float(column[0]) for n, column in everybody().items()}
    arms = (0.5 * person[case.edited], person[case.edited])
    expected = price.price(story(), case.edited, OUTCOME, given, arms).effect_reported
    promised = trained[case.features].edits("line", case.edited, 0.5).promised[0]
    assert promised == pytest.approx(expected, rel=0.15)


@pytest.mark.parametrize("kind", predictors.KINDS)
def test_all_predictors_are_good_and_only_one_case_agrees(trained, kind):
    found = {n: trained[c.features].edits(kind, c.edited, 0.5).crowd.miss for n, c in CASES.items()}
    assert all(trained[c.features].score(kind) > 0.85 for c in CASES.values())
    assert found["radio"] == min(found.values())
    assert kind != "line" or 3 * found["radio"] < sorted(found.values())[1]


def test_an_edit_that_changes_nothing_promises_nothing(trained):
    for case in CASES.values():
        for kind in predictors.KINDS:
            edits = trained[case.features].edits(kind, case.edited, 1.0)
            assert edits.promised == pytest.approx(0, abs=1e-9)
            assert edits.true == pytest.approx(0, abs=1e-9)


def test_the_score_is_the_share_that_is_explained():
    known = np.array([1.0, 2.0, 4.0, 8.0])
    said = np.array([1.5, 2.0, 3.0, 9.0])
    assert predictors.score(said, known) == pytest.approx(r2_score(known, said))


@pytest.mark.parametrize("kind", predictors.KINDS)
def test_the_nearest_change_promises_what_is_wanted(trained, kind):
    for features in trained:
        found = trained[features].nearest(kind)
        there = ~np.isnan(found.promised)
        assert there.any()
        assert (found.promised[there] >= GAIN - 1e-9).all()
        assert np.isnan(found.true[~there]).all()


def test_for_a_line_no_change_is_nearer():
    """A line's nearest change spends all on the input that moves it most for a standard deviation."""
    rng = np.random.default_rng(1)
    table = rng.standard_normal((200, 3)) * [1.0, 2.0, 0.5]
    slopes = np.array([3.0, -2.5, 1.0])
    predictor = predictors.train("line", table, table @ slopes, 1)
    spread = table.std(axis=0)
    near = nearest.nearest(predictor, table[:20], spread, 6.0, 1)
    size = (np.abs(near - table[:20]) / spread).sum(axis=1)
    least = 6.0 / np.abs(slopes * spread).max()
    step = nearest.SIZES[1] - nearest.SIZES[0]
    assert (size >= least - 1e-9).all() and (size <= least + step + 1e-9).all()
    assert np.isnan(nearest.nearest(predictor, table[:3], spread, 1e6, 1)).all()


def test_what_the_nearest_change_comes_to_is_the_engines(trained):
    features = CASES["collider"].features
    for kind in predictors.KINDS:
        found, changes = trained[features].nearest(kind), trained[features].changes(kind)
        for at in np.flatnonzero(~np.isnan(found.promised))[:6]:
            facts = {n: float(column[at]) for n, column in everybody().items()}
            world = {n: facts[n] + by for n, by in zip(features, changes[at], strict=True) if by != 0}
            exact = causal.ask(story(), ask_for(OUTCOME, mean=True, evidence=facts, world=world)).value
            assert found.true[at] == pytest.approx(exact - facts[OUTCOME], abs=1e-6)


def test_buying_press_promises_sales_and_brings_none(trained):
    found = trained[CASES["collider"].features].nearest("line").crowd
    assert found.found == rehearsed.ARTISTS
    assert found.comes_to == pytest.approx(0, abs=1e-9)


def test_the_same_seed_trains_the_same_predictors(trained):
    features = CASES["hidden"].features
    again = training.train(arguments(features), lambda part, what: None)
    assert all(np.array_equal(again[name], kept, equal_nan=True) for name, kept in trained[features].result.items())


@pytest.mark.parametrize("case", CASES)
def test_the_page_shows_the_edit_beside_the_engine(trained, case):
    app = run(PAGE, star_case=case)
    assert not app.exception and not app.error
    asked, shown = CASES[case], texts(app)
    unit = story().units[0]
    facts = {n: float(v) for n, v in unit.facts}
    exact = causal.ask(
        story(), ask_for(OUTCOME, mean=True, evidence=facts, world={asked.edited: facts[asked.edited] / 2})
    ).value
    said = facts[OUTCOME] + trained[asked.features].edits("line", asked.edited, 0.5).promised[0]
    assert f":violet[{quantities.number(story()[OUTCOME], exact)}]" in shown
    assert f":blue[{quantities.number(story()[OUTCOME], said)}]" in shown
    assert quantities.quantity(story()[OUTCOME], abs(said - exact)) in shown
    drawn = [graph.proto.spec for graph in app.get("graphviz_chart")]
    assert len(drawn) == 2 and drawn[0].count("->") == len(asked.features)


def test_a_choice_of_ones_own_needs_no_training_to_be_drawn():
    app = run(PAGE, star_case="own", star_told=["Label", "Press"], star_edited="Press", star_who="Juno Kestrel")
    assert not app.exception and not app.error
    facts = dict(story().units[1].facts)
    assert f":violet[{facts['Sales']}]" in texts(app)  # nobody sells more for being written about


def test_half_the_spend_is_whose_the_page_says_it_is(trained):
    app = run(PAGE, star_who="The Tin Harbours", star_kind="trees", star_share="20")
    unit = {n: float(v) for n, v in story().units[2].facts}
    exact = causal.ask(story(), ask_for(OUTCOME, mean=True, evidence=unit, world={"Label": 0.2 * unit["Label"]})).value
    assert f":violet[{quantities.number(story()[OUTCOME], exact)}]" in texts(app)


def test_a_link_with_a_part_between_the_steps_shows_the_default():
    app = run(PAGE, star_share="33")
    assert not app.exception
    assert app.session_state["star_share"] == 50


def test_the_page_says_how_many_artists_have_less_than_nothing():
    below, spend = musicians.below_zero()
    n = musicians.TRAINED + musicians.ASKED
    share = causal.ask(story(), "P(Label < 0)").value
    assert abs(spend - n * share) < 4 * (n * share * (1 - share)) ** 0.5
    assert spend <= below
    assert f"{below} artists have a number below zero, {spend} of them a negative label spend" in texts(run(PAGE))
