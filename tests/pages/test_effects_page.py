"""The page of effects: every card shows the engine's number, and the court room the tables' verdict."""

import re

import pytest

import causal
from causal.effects.comparison import compare
from causal.effects.named_effects import EFFECTS
from causal.words import numbers
from pages.ui.effects.court import CASES
from tests.pages.visits import run, texts

PAGE = "pages/4_effects.py"


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


def percent(p):
    """A probability between 1 and 99.9 percent, as a page writes it."""
    return f"{100 * p:.1f}".removesuffix(".0") + "\u00a0%"


def card(app, name):
    """The number on an effect's card, the one that follows on its name."""
    said = [element.value for element in app.markdown]
    at = next(i for i, text in enumerate(said) if text.endswith(name))
    return next(found[1] for text in said[at + 1 :] if (found := re.search(r"\*\*:\w+\[([^\]]+)\]\*\*", text)))


def test_the_cards_of_causes_show_what_the_engine_answers():
    app = run(PAGE, model="smallpox", effects_family="causes")
    assert not app.exception
    model = causal.load("smallpox")
    comparison = compare(model, "V", "D")
    for key in ("PN", "PD"):
        exact = causal.ask(model, EFFECTS[key].build(comparison)).value
        assert card(app, f"({key})") == percent(exact)


def test_without_coupling_a_card_shows_an_interval():
    app = run(PAGE, model="streetlight", effects_family="causes")
    low, high = causal.ask(causal.load("streetlight"), "P(Accident[Lamp=on]=yes, Accident[Lamp=off]=no)").interval
    assert high > low
    assert card(app, "(PNS)") == f"{percent(low)} to {percent(high)}"


def test_what_the_label_does_splits_into_the_ways_it_takes():
    app = run(PAGE, model="record-sales", effects_family="ways", effects_of="Label", effects_x="400", effects_other="0")
    model = causal.load("record-sales")
    for key in ("TE", "NDE", "NIE"):
        query = EFFECTS[key].build(compare(model, "Label", "Sales", x=400, other=0, mediator="Radio"))
        assert card(app, f"({key})") == f"+{causal.ask(model, query).value:.1f}".removesuffix(".0")


def test_the_court_room_opens_with_the_lawsuit_and_follows_its_tables():
    app = run(PAGE, effects_family="court")
    assert "**:violet[100\u00a0%]**" in texts(app)
    app.number_input(key="effects_survey_with_died").set_value(0).run()
    assert not app.exception
    assert app.error, "nobody who chose the drug died: the question has no answer"


def test_contradicting_tables_are_told_in_place():
    app = run(PAGE, effects_family="court", effects_trial_with_died="1", effects_survey_with_died="500")
    assert not app.exception
    assert "contradict" in app.error[0].value


def test_the_tables_of_smallpox_are_the_storys_own_and_leave_open_what_its_mechanism_decides():
    model = causal.load("smallpox")
    trial, survey = CASES["smallpox"]
    for (died, lived), v in zip(trial, ("1", "0"), strict=True):
        assert died / (died + lived) == pytest.approx(causal.ask(model, f"P(D=1 | do(V={v}))").value)
    for (died, lived), v in zip(survey, ("1", "0"), strict=True):
        for count, d in ((died, "1"), (lived, "0")):
            assert count / 1e6 == pytest.approx(causal.ask(model, f"P(V={v}, D={d})").value)
    shown = texts(run(PAGE, effects_family="court", effects_case="smallpox"))
    assert "do not decide it" in shown
    assert numbers.probability(causal.ask(model, EFFECTS["PN"].build(compare(model, "V", "D"))).value) in shown


def test_a_guess_hides_every_effect_until_the_reveal():
    app = run(PAGE, model="kidney-stones", effects_predict="true")
    model = causal.load("kidney-stones")
    exact = numbers.points(causal.ask(model, EFFECTS["ATE"].build(compare(model, "T", "R"))).value).split("\u00a0")[0]
    assert not app.exception and exact not in texts(app)
    app.toggle(key="effects_reveal").set_value(True).run()
    assert exact in texts(app) and "Your guess" in texts(app)


def test_where_there_is_only_one_way_a_cause_with_several_is_offered():
    app = run(PAGE, model="record-sales", effects_family="ways")
    app.button(key="effects_try_Label").click().run()
    assert not app.exception
    assert "Natural indirect effect" in texts(app)
