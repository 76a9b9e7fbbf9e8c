"""Units: people with their own chance, who stay themselves in every world."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from strategies import COUPLINGS, discrete_models, linear_models, mixed_models, theorem, value_of

import causal
from causal.errors import ImpossibleEvidence, MissingNumbers
from causal.files.shelf import from_dict
from causal.queries.query import Atom, Setting, Term, as_text

MODELS = {name: causal.load(name) for name in causal.shipped()}
MANY = 20_000
SIGMAS = 5.5
"""Seeds are fixed: a share is within so many standard errors or it is not; by chance alone it nearly always is."""


def near(share, p, n):
    """Whether a share of n units fits a probability."""
    assert abs(share - p) <= SIGMAS * sqrt(max(p * (1 - p), 1 / n) / n), (share, p)


def near_normal(numbers, mean, sd):
    """Whether numbers fit a normal distribution's mean and spread."""
    n = len(numbers)
    assert abs(numbers.mean() - mean) <= SIGMAS * sd / sqrt(n) + 1e-9 * max(1, abs(mean))
    assert abs(numbers.std() - sd) <= SIGMAS * sd / sqrt(2 * n) + 1e-9 * max(1, abs(mean))


def fits(column, answer):
    """Whether a column of units fits the engine's answer; an interval only has to hold the share."""
    if answer.distribution is None:
        return near_normal(column.to_numpy(dtype=float), answer.mean, answer.sd)
    for state, p in answer.distribution.items():
        share = float((column == state).mean())
        low, high = p if isinstance(p, tuple) else (p, p)
        near(share, min(max(share, low), high), len(column))
    return None


def a_value(model, name, last=True):
    v = model[name]
    return v.states[-1 if last else 0] if v.states else float((v.range or (0.0, 1.0))[last])


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_shares_of_units_are_the_probabilities_of_seeing(model):
    values = causal.draw(model, MANY, seed=1).values()
    for v in model:
        fits(values[v.name], causal.ask(model, Term("P", (Atom(v.name),))))
    x = a_value(model, model.treatment)
    if model[model.treatment].states:
        known = values[values[model.treatment] == x]
        term = Term("P", (Atom(model.outcome),), (Atom(model.treatment, (), "=", x),))
        fits(known[model.outcome], causal.ask(model, term))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_shares_of_units_are_the_probabilities_of_doing(model):
    x = a_value(model, model.treatment)
    values = causal.draw(model, MANY, seed=2).values({model.treatment: x})
    assert (values[model.treatment] == x).all()
    for v in model.endogenous:
        term = Term("P", (Atom(v.name),), (), (Setting(model.treatment, as_text(x)),))
        fits(values[v.name], causal.ask(model, term))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_units_drawn_to_facts_all_fit_them_and_rewind_as_the_engine_says(model):
    for named in model.units:
        facts = dict(named.facts)
        people = causal.draw(model, MANY // 4, seed=3, facts=facts)
        factual = people.values()
        for name, fact in facts.items():
            if name in model.real_valued:
                assert factual[name].to_numpy() == pytest.approx(float(fact), rel=1e-9, abs=1e-9)
            else:
                assert (factual[name] == fact).all()
        evidence = tuple(Atom(k, (), "=", v) for k, v in facts.items())
        for last in (True, False):
            x = a_value(model, model.treatment, last)
            term = Term("P", (Atom(model.outcome, (Setting(model.treatment, as_text(x)),)),), evidence)
            fits(people.values({model.treatment: x})[model.outcome], causal.ask(model, term))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_doing_what_a_unit_did_anyway_changes_nothing(model):
    """Consistency: X = x implies Y[X=x] = Y."""
    people = causal.draw(model, 500, seed=4)
    factual = people.values()
    for v in model.endogenous:
        for x in pd.unique(factual[v.name])[: None if v.states else 5]:
            did = (factual[v.name] == x).to_numpy()
            again = people.values({v.name: x})
            for name in factual:
                if name in model.real_valued:
                    assert again[name][did].to_numpy() == pytest.approx(factual[name][did].to_numpy(), rel=1e-12)
                else:
                    assert (again[name][did] == factual[name][did]).all()


def some_value(model):
    return st.sampled_from(model.endogenous).flatmap(lambda v: st.tuples(st.just(v.name), value_of(model, v.name)))


@theorem(discrete_models().flatmap(lambda m: st.tuples(st.just(m), some_value(m))))
def test_what_is_done_reaches_only_its_effects(case):
    """Effectiveness, and: who is no descendant keeps the value."""
    model, (name, value) = case
    people = causal.draw(model, 60, seed=5)
    factual, changed = people.values(), people.values({name: value})
    assert (changed[name] == value).all()
    for other in factual:
        if other != name and name not in causal.graph.ancestors(model, other):
            assert (changed[other] == factual[other]).all()


@theorem(
    discrete_models(("monotone", "independent")).flatmap(lambda m: st.tuples(st.just(m), some_value(m))), sample=25
)
def test_units_given_facts_are_a_fair_sample_of_them(case):
    """Every variable, in the factual world and in a hypothetical one, has the engine's shares."""
    model, (name, value) = case
    effects = [v for v in model if v.parents] or list(model)
    fact = causal.draw(model, 1, seed=6).values().iloc[0]
    facts = {v.name: fact[v.name] for v in (effects[-1], effects[0])}
    people = causal.draw(model, 3000, seed=7, facts=facts)
    evidence = tuple(Atom(k, (), "=", v) for k, v in facts.items())
    factual, changed = people.values(), people.values({name: value})
    for k, v in facts.items():
        assert (factual[k] == v).all()
    for v in model:
        fits(factual[v.name], causal.ask(model, Term("P", (Atom(v.name),), evidence)))
        fits(changed[v.name], causal.ask(model, Term("P", (Atom(v.name, (Setting(name, value),)),), evidence)))


@theorem(linear_models(), sample=25)
def test_linear_units_given_facts_are_a_fair_sample_of_them(model):
    """Partial facts, and facts about equations without noise."""
    fact = causal.draw(model, 1, seed=8).values().iloc[0]
    names = [v.name for v in model][-2:]
    facts = {name: float(fact[name]) for name in names}
    people = causal.draw(model, 3000, seed=9, facts=facts)
    values, held = people.values(), people.values({names[0]: 2.0} if not model[names[0]].exogenous else {})
    evidence = tuple(Atom(k, (), "=", as_text(v)) for k, v in facts.items())
    world = (Setting(names[0], "2"),) if not model[names[0]].exogenous else ()
    for v in model:
        fits(values[v.name], causal.ask(model, Term("P", (Atom(v.name),), evidence)))
        fits(held[v.name], causal.ask(model, Term("P", (Atom(v.name, world),), evidence)))


@theorem(mixed_models(COUPLINGS), sample=15)
def test_units_of_mixed_models_fit_facts_of_both_kinds(model):
    """One discrete and one continuous fact."""
    somebody = causal.draw(model, 1, seed=10).values().iloc[0]
    facts = {v.name: somebody[v.name] for v in (model.endogenous[0], model.endogenous[-1])}
    values = causal.draw(model, 50, seed=11, facts=facts).values()
    for name, fact in facts.items():
        if name in model.real_valued:
            assert values[name].to_numpy() == pytest.approx(fact, abs=1e-9)
        else:
            assert (values[name] == fact).all()


def test_the_same_seed_draws_the_same_people_whatever_else_the_model_holds():
    model = MODELS["sprinkler"]
    more = from_dict(
        causal.files.shelf.to_dict(model) | {"exogenous": {"New": {"states": ["a", "b"], "p": [0.5, 0.5]}}}, "more"
    )
    one, two, three = (causal.draw(m, 300, seed).values() for m, seed in ((model, 7), (more, 7), (model, 8)))
    pd.testing.assert_frame_equal(one, two[list(one)])
    assert not one.equals(three)


def test_a_unit_is_decided_where_a_coupling_says_so():
    model = MODELS["streetlight"]
    people = causal.draw(model, 400, seed=12)
    factual, action = people.values(), {"Lamp": "on"}
    unknown = people.undecided(action)
    assert (unknown["Accident"] == (factual["Lamp"] == "off")).all()
    assert not (unknown["Traffic"] | unknown["Lamp"]).any()
    coupled = causal.draw(model.couple("Accident", "monotone"), 400, seed=12)
    assert not any(open_.any() for open_ in coupled.undecided(action).values())


def test_a_row_that_leaves_no_choice_leaves_nobody_undecided():
    data = {"X": {"states": ["0", "1"], "p": [0.5, 0.5]}}
    data["Y"] = {"states": ["0", "1"], "parents": ["X"], "cpt": [[0.4, 0.6], [0.0, 1.0]]}
    data["Z"] = {"states": ["0", "1"], "parents": ["Y"], "cpt": [[0.4, 0.6], [0.3, 0.7]]}
    people = causal.draw(from_dict({"format": 1, "variables": data}, "certain"), 200, seed=13)
    assert not people.undecided({"X": "1"})["Y"].any()
    assert not people.undecided({"X": "0"})["Y"].any()
    assert (people.values({"X": "1"})["Y"] == "1").all()


def test_facts_that_cannot_happen_draw_nobody():
    with pytest.raises(ImpossibleEvidence, match="never happens"):
        causal.draw(MODELS["firing-squad"], 5, seed=0, facts={"A": "1", "B": "0"})
    data = {"A": {"linear": {"intercept": 1, "coefficients": {}, "sd": 0}}}
    with pytest.raises(ImpossibleEvidence, match="never happens"):
        causal.draw(from_dict({"format": 1, "variables": data}, "still"), 5, seed=0, facts={"A": 2.0})


def test_a_graph_without_numbers_has_no_units():
    graph = from_dict({"format": 1, "variables": {"A": {}, "B": {"parents": ["A"]}}}, "graph")
    with pytest.raises(MissingNumbers):
        causal.draw(graph, 5, seed=0)


def test_independent_answers_to_different_rows_are_independent():
    data = {"X": {"states": ["0", "1"], "p": [0.5, 0.5]}}
    data["Y"] = {"states": ["0", "1"], "parents": ["X"], "cpt": [[0.7, 0.3], [0.2, 0.8]], "coupling": "independent"}
    people = causal.draw(from_dict({"format": 1, "variables": data}, "coins"), MANY, seed=14)
    zero, one = (people.values({"X": x})["Y"].to_numpy() == "1" for x in "01")
    near(float(np.mean(zero & one)), 0.3 * 0.8, MANY)
    monotone = causal.draw(people.model.couple("Y", "monotone"), MANY, seed=14)
    zero, one = (monotone.values({"X": x})["Y"].to_numpy() == "1" for x in "01")
    assert (zero <= one).all()
