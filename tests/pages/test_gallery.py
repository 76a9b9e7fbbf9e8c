"""The graphs in data/graphs/: each teaches what it says, by numbers worked out from its tables alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product

import oracle
import pytest

import causal
from causal.effects.price import price
from causal.files.shelf import gallery
from causal.graphs.adjustment import judge
from causal.graphs.criteria import adjust
from causal.models.model import Model
from causal.queries.query import Atom, Term

GRAPHS = {path.stem: causal.load(path) for path in gallery()}

# What each graph is there for: its minimal adjustment sets, and the wrong sets with the least error each must show.
CLAIMS = {
    "chain": ([[]], {"Smoke": 0.5}),
    "fork": ([["Age"]], {"": 0.3}),
    "collider": ([[]], {"Scholarship": 0.15}),
    "m-bias": ([[]], {"Z": 0.1}),
    "butterfly": ([["A", "Z"], ["B", "Z"]], {"": 0.1, "Z": 0.05, "A": 0.1, "B": 0.05}),
    "front-door": ([], {"": 0.2, "M": 0.05}),
    "instrument": ([], {"": 0.1, "I": 0.1}),
    "napkin": ([], {"": 0.05, "W": 0.05, "W Z": 0.05}),
    "birth-weight": ([[]], {"W": 0.04}),
    "table-2": ([["Age", "Smoking"]], {"": 0.1, "Age": 0.05}),
    "selection": ([[]], {"S": 0.2}),
    "backdoor-game-1": ([[]], {"A": 0.3, "B": 0.2}),
    "backdoor-game-2": ([[]], {"B": 0.1, "C": 0.05, "E": 0.1}),
    "backdoor-game-3": ([["B"]], {"": 0.3, "A": 0.15}),
    "backdoor-game-4": ([[]], {"B": 0.1}),
    "backdoor-game-5": ([["C"], ["A", "B"]], {"": 0.1, "A": 0.1, "B": 0.05}),
}
CASES = pytest.mark.parametrize("name", CLAIMS)


def probability(model, event, given=(), action=()):
    """By counting."""
    atoms = [tuple(Atom(n, (), "=", s) for n, s in facts) for facts in (event, given)]
    low, high = oracle.interval(model, Term("P", *atoms, tuple(causal.query.Setting(n, s) for n, s in action)))
    assert low == high
    return low


def by_counting(model: Model, given):
    """The effect that adjusting for a set would report, and the true one."""
    x, y = model.treatment, model.outcome

    def report(arm):
        strata = [list(zip(given, states, strict=True)) for states in product("01", repeat=len(given))]
        return sum(probability(model, [(y, "1")], [(x, arm), *z]) * (probability(model, z) if z else 1) for z in strata)

    def doing(arm):
        return probability(model, [(y, "1")], (), [(x, arm)])

    return report("1") - report("0"), doing("1") - doing("0")


def test_the_graphs_are_there_and_each_claims_something() -> None:
    assert set(GRAPHS) == set(CLAIMS)


@CASES
def test_the_minimal_sets_are_the_lesson_of_the_graph(name):
    model = GRAPHS[name]
    assert adjust(model, model.treatment, model.outcome).to_dict()["adjustment"] == CLAIMS[name][0]


@CASES
def test_a_wrong_set_reports_a_visibly_wrong_number(name):
    model = GRAPHS[name]
    for written, least in CLAIMS[name][1].items():
        given = written.split()
        assert not judge(model, model.treatment, model.outcome, given)
        reported, true = by_counting(model, given)
        assert abs(reported - true) >= least
        found = price(model, model.treatment, model.outcome, given, ("1", "0"), "1")
        assert (found.effect_reported, found.effect) == pytest.approx((reported, true), abs=1e-9)


@CASES
def test_every_set_that_will_do_reports_the_truth_and_every_other_one_does_not(name):
    model = GRAPHS[name]
    x, y = model.treatment, model.outcome
    others = [v.name for v in model if v.observable and v.name not in (x, y)]
    for given in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)):
        reported, true = by_counting(model, given)
        assert (abs(reported - true) < 1e-9) == judge(model, x, y, given).valid


@CASES
def test_people_can_read_and_draw_it(name):
    model = GRAPHS[name]
    assert model.id == name and model.title and model.source and model.invented
    assert 30 <= len(model.story.split()) <= 80
    assert model.question.endswith("?") and len(model.question) <= 80
    assert model[model.treatment].observable and model[model.outcome].observable
    places = {v.name: v.position for v in model}
    assert all(v.label and v.state_labels and v.position for v in model)
    assert len(set(places.values())) == len(places)
    assert places[model.treatment][0] < places[model.outcome][0]
    for a, b in model.edges:
        assert all(apart(places[n], places[a], places[b]) > 0.3 for n in places if n not in (a, b)), (a, b)


def apart(point, start, end):
    """How far a point is from the straight line between two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = min(1.0, max(0.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return ((px - ax - along * (bx - ax)) ** 2 + (py - ay - along * (by - ay)) ** 2) ** 0.5


def test_among_small_babies_smoking_looks_protective_and_it_harms():
    model = GRAPHS["birth-weight"]
    small = [probability(model, [("Y", "1")], [("X", x), ("W", "1")]) for x in "01"]
    everyone = [probability(model, [("Y", "1")], (), [("X", x)]) for x in "01"]
    assert small[1] < small[0] - 0.05
    assert everyone[1] > everyone[0]


def test_among_those_who_answer_the_app_looks_harmful():
    model = GRAPHS["selection"]
    answered = [probability(model, [("Y", "1")], [("X", x), ("S", "1")]) for x in "01"]
    assert answered[1] < answered[0]
    assert by_counting(model, [])[1] >= 0.15


def test_the_front_door_formula_gives_the_effect_of_the_training():
    """The sum over m of P(m | x) times the sum over x' of P(y | x', m) P(x') (Pearl 2009, theorem 3.3.4)."""
    model = GRAPHS["front-door"]
    assert adjust(model, "X", "Y").to_dict()["front_door"] == [["M"]]
    through = [
        sum(probability(model, [("Y", "1")], [("X", x), ("M", m)]) * probability(model, [("X", x)]) for x in "01")
        for m in "01"
    ]
    arms = [sum(probability(model, [("M", m)], [("X", x)]) * through[int(m)] for m in "01") for x in "01"]
    assert arms[1] - arms[0] == pytest.approx(by_counting(model, [])[1], abs=1e-9)


def test_the_water_company_is_an_instrument_and_the_letter_is_one_given_the_marks():
    assert adjust(GRAPHS["instrument"], "X", "Y").to_dict()["instruments"] == [["I", []]]
    assert adjust(GRAPHS["napkin"], "X", "Y").to_dict()["instruments"] == [["Z", ["W"]]]


def test_the_napkins_ratio_gives_the_effect_of_university():
    """P(y | do(x)) is the ratio of the sums over w of P(x, y | z, w) P(w) and of P(x | z, w) P(w), for either z."""
    model = GRAPHS["napkin"]
    for z, x in product("01", repeat=2):
        above, below = (
            sum(probability(model, event, [("Z", z), ("W", w)]) * probability(model, [("W", w)]) for w in "01")
            for event in ([("X", x), ("Y", "1")], [("X", x)])
        )
        assert above / below == pytest.approx(probability(model, [("Y", "1")], (), [("X", x)]), abs=1e-9)


def test_the_second_row_of_table_2_is_not_an_effect():
    """HIV needs age and smoking; beside HIV and age, smoking's number is not what smoking does."""
    model = replace(GRAPHS["table-2"], treatment="Smoking")
    assert adjust(model, "Smoking", "Stroke").to_dict()["adjustment"] == [["Age"]]
    (reason,) = judge(model, "Smoking", "Stroke", ["Age", "HIV"]).reasons
    assert (reason.kind, reason.node) == ("closes-mediator", "HIV")
    reported, true = by_counting(model, ["Age", "HIV"])
    assert true - reported >= 0.02


def test_every_game_is_won_or_lost_for_the_reason_that_the_book_gives():
    lost = {
        "backdoor-game-1": ("B", {("descendant", "B", "A")}),
        "backdoor-game-2": ("C", {("opens-collider", "C", "B")}),
        "backdoor-game-3": ("A", {("leaves-open", "", ""), ("opens-collider", "A", "A")}),
        "backdoor-game-4": ("B", {("opens-collider", "B", "B")}),
        "backdoor-game-5": ("B", {("opens-collider", "B", "B")}),
    }
    for name, (given, reasons) in lost.items():
        assert {(r.kind, r.node, r.at) for r in judge(GRAPHS[name], "X", "Y", [given]).reasons} == reasons
