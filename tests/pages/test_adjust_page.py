"""The page Adjust, without a browser: its verdicts, its prices, and what it says of graphs without numbers."""

import re

import pytest

import causal
from causal.effects.price import price
from causal.files.shelf import gallery
from causal.graphs.adjustment import judge
from causal.graphs.criteria import adjust
from causal.words.numbers import points
from pages.ui.words.quantities import difference
from tests.pages.visits import opened, run, texts

PAGE = "pages/5_adjust.py"
GRAPHS = {path.stem: path for path in gallery()}


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


def adjusting(name, *given, **query):
    return run(PAGE, adjust_graph=name, adjust_for=list(given), **query)


def exact(name, *given):
    """The price of a set in a graph of the gallery, of which all arms are 1 against 0."""
    model = causal.load(GRAPHS[name])
    return price(model, model.treatment, model.outcome, given, ("1", "0"), "1")


def test_the_wrong_set_in_m_bias_opens_a_collider_and_has_a_price():
    shown = texts(adjusting("m-bias", "Z"))
    assert "This set does not work" in shown
    assert "Opens a collider" in shown
    for number in (exact("m-bias", "Z").bias, exact("m-bias", "Z").effect):
        assert points(number).split("\u00a0")[0] in shown


def test_the_right_set_in_m_bias_costs_nothing():
    shown = texts(adjusting("m-bias"))
    assert "Nothing needs to be adjusted for" in shown
    assert f"The price: **{points(0.0)}**" in shown


@pytest.mark.parametrize("name", GRAPHS)
def test_every_graph_of_the_gallery_has_its_verdict_and_its_price(name):
    model = causal.load(GRAPHS[name])
    x, y = model.treatment, model.outcome
    others = [v.name for v in model.endogenous if v.observable and v.name not in (x, y)]
    app = adjusting(name)
    for given in ([], *([n] for n in others)):
        app.get_by_key("adjust_for").set_value(given).run()
        assert not app.exception and not app.error
        shown = texts(app)
        assert ("does not work" in shown) != judge(model, x, y, given).valid
        assert f"The price: **{points(exact(name, *given).bias)}**" in shown


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("chain", "Smoke", "Closes a causal path"),
        ("backdoor-game-1", "B", "An effect of the effect"),
        ("backdoor-game-2", "C", "itself a common effect"),
        ("fork", "", "Leaves a path open"),
        ("instrument", "I", "Nobody measured what lies on it"),
    ],
)
def test_each_wrong_choice_is_answered_by_its_reason(name, given, reason):
    assert reason in texts(adjusting(name, *filter(None, [given])))


def test_an_outcome_that_causes_the_treatment_is_told():
    assert "the outcome causes the treatment" in texts(run(PAGE, model="thermometer"))


def test_the_valid_sets_are_buttons_that_adjust_for_them():
    app = adjusting("butterfly", adjust_sets="true")
    app.get_by_key("adjust_set_0").click().run()
    first = adjust(causal.load(GRAPHS["butterfly"]), "X", "Y")["adjustment"][0]
    assert app.session_state["adjust_for"] == list(first)
    assert "This set works" in texts(app)


@pytest.mark.parametrize(("name", "words"), [("front-door", "Front door"), ("instrument", "Instrument")])
def test_ways_round_are_named_where_no_set_will_do(name, words):
    shown = texts(adjusting(name, adjust_sets="true"))
    assert "No set of measured variables" in shown
    assert words in shown


def test_an_instrument_that_needs_an_effect_of_the_treatment_is_not_named():
    assert "diligence** moves" not in texts(adjusting("backdoor-game-2", adjust_sets="true")).lower()
    found = adjust(causal.load(GRAPHS["backdoor-game-2"]), "X", "Y")["instruments"]
    named = texts(adjusting("backdoor-game-2", adjust_sets="true")).count("**Instrument**")
    assert 0 < named < len(found)


def test_a_set_that_leaves_nobody_to_compare_with_says_so():
    app = run(PAGE, model="firing-squad", adjust_for=["C"])
    shown = texts(app)
    assert "This set works" in shown
    assert "There is nobody to compare with" in shown
    assert "no two of its units are alike and treated differently" in shown
    assert not app.error


def test_a_larger_table_narrows_the_interval_around_the_report_and_not_the_truth():
    shown = texts(adjusting("m-bias", "Z", adjust_n="20,000"))
    low, high = map(float, re.search(r"interval: (\S+)\sp.*? to (\S+)\sp", shown.replace("\u2212", "-")).groups())
    found = exact("m-bias", "Z")
    assert low < 100 * found.effect_reported < high < 100 * found.effect


def test_a_guess_hides_the_verdict_until_the_reveal():
    app = adjusting("m-bias", "Z", adjust_predict="true")
    assert "does not work.**" not in texts(app)
    assert "The price" not in texts(app)
    app.get_by_key("adjust_reveal").set_value(True).run()
    assert "This set does not work" in texts(app)
    app.get_by_key("adjust_for").set_value([]).run()
    assert "Nothing needs to be adjusted for" not in texts(app)


def test_a_model_that_is_only_a_graph_has_verdicts_and_sets_but_no_price():
    model = causal.loads(
        'format = 1\ntreatment = "X"\noutcome = "Y"\n'
        '[variables.Z]\n[variables.X]\nparents = ["Z"]\n[variables.Y]\nparents = ["X", "Z"]\n',
        "m.toml",
    )
    app = opened(PAGE, model)
    assert not app.exception and not app.error
    assert "Adjusting for nothing does not work" in texts(app)
    assert any("no numbers" in info.value for info in app.info)
    app.get_by_key("adjust_for").set_value(["Z"]).run()
    assert "This set works" in texts(app)
    assert "The price" not in texts(app)


def test_a_model_of_one_variable_has_no_effect_to_ask_for():
    app = opened(PAGE, causal.loads('format = 1\n[variables.X]\nstates = ["0", "1"]\np = [0.5, 0.5]\n', "m.toml"))
    assert not app.exception
    assert any("two variables" in info.value for info in app.info)


def test_a_graph_without_one_of_its_arrows_is_contradicted_by_its_own_table():
    asked = {"adjust_graph": "chain", "adjust_test": "true", "adjust_n": "20,000"}
    model = causal.load(GRAPHS["chain"])
    cause, effect = next((a, b) for a, b in model.edges if model[a].observable and model[b].observable)
    assert "contradicts none" in texts(run(PAGE, **asked))
    app = run(PAGE, **asked, adjust_drop=f"{cause}>{effect}")
    assert not app.exception
    assert "**contradicted**" in texts(app)


def test_the_two_values_compared_can_be_chosen_where_there_are_more_than_two():
    model = causal.load("record-sales")
    app = run(PAGE, model="record-sales", adjust_one="600", adjust_other="500")
    found = price(model, "Radio", "Sales", (), (600.0, 500.0), "")
    assert difference(model["Sales"], found.effect_reported).split("\u00a0")[0] in texts(app)
    assert difference(model["Sales"], found.effect).split("\u00a0")[0] in texts(app)


def test_a_talk_ends_with_the_sample():
    said = [texts(run(PAGE, adjust_graph="m-bias", talk="true", adjust_step=step)) for step in "123"]
    assert ["does not work" in s or "Nothing needs" in s for s in said] == [False, True, True]
    assert ["A table of" in s for s in said] == [False, False, True]
