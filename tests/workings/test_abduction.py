"""Abduction: what facts say about every source of chance."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import assume
from strategies import discrete_models, linear_models, theorem

import causal
from causal.errors import ImpossibleEvidence, MissingNumbers
from causal.files.shelf import from_dict
from causal.models.mechanisms import Linear, Table
from causal.queries.query import Atom, Term, as_text

MODELS = {name: causal.load(name) for name in causal.shipped()}


def chance(model, facts, row=()):
    """The sources of chance, by name and row."""
    return {(c.name, c.row): c for c in causal.abduce(model, facts).rows}


def evidence(facts):
    return tuple(Atom(k, (), "=", as_text(v)) for k, v in facts.items())


def test_the_riflemen_tell_of_the_order():
    order = chance(MODELS["firing-squad"], {"D": "1"})["U", ()]
    assert order.prior == {"withheld": 0.5, "given": 0.5}
    assert order.posterior == {"withheld": 0.0, "given": 1.0}


def test_joes_own_chance_is_what_the_equations_do_not_explain():
    """Pearl, Glymour and Jewell (2016), section 4.2.3: U_X = 0.5, U_H = 0.75, U_Y = 0.75."""
    rows = chance(MODELS["homework-encouragement"], {"X": 0.5, "H": 1.0, "Y": 1.5})
    assert [rows[name, ()].mean for name in "XHY"] == pytest.approx([0.5, 0.75, 0.75])
    assert [rows[name, ()].sd for name in "XHY"] == pytest.approx([0, 0, 0], abs=1e-12)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_without_facts_nothing_is_learnt(model):
    for source in causal.abduce(model, {}).rows:
        if source.prior is not None:
            assert source.posterior == pytest.approx(source.prior, abs=1e-12)
        elif source.known:
            assert (source.mean, source.sd) == pytest.approx((source.prior_mean, source.prior_sd))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_every_source_of_chance_is_there_once(model):
    """Exogenous variables, one noise for a linear or a coupled mechanism, one for each row of an independent table."""
    rows = causal.abduce(model, dict(model.units[0].facts) if model.units else {}).rows
    expected = []
    for v in model:
        if isinstance(v.mechanism, Table) and v.mechanism.coupling == "independent":
            expected += [v.name] * len(v.mechanism.rows)
        elif isinstance(v.mechanism, Table | Linear):
            expected.append(v.name)
    assert [c.name for c in rows] == expected
    for c in rows:
        assert c.of == ("" if model[c.name].exogenous else c.name)


@pytest.mark.parametrize("model", [m for m in MODELS.values() if m.outcome in m.real_valued], ids=lambda m: m.id)
def test_the_chance_of_a_wholly_known_unit_replays_its_facts(model):
    for unit in model.units:
        facts = {k: float(v) for k, v in unit.facts}
        if set(facts) != {v.name for v in model}:
            continue
        rows = chance(model, facts)
        for name in model.causal_order:
            mechanism = model[name].mechanism
            own = rows[name, ()].mean
            if model[name].parents:
                own += mechanism.intercept
            for parent, slope in zip(model[name].parents, mechanism.coefficients, strict=True):
                own += slope * facts[parent]
            assert own == pytest.approx(facts[name])


@theorem(discrete_models(("monotone", "independent"), most=3), sample=30)
def test_averaged_over_what_may_be_seen_the_posterior_is_the_prior(model):
    """The law of total probability, source by source: sum over facts f of P(f) P(chance | f) = P(chance)."""
    seen = [v.name for v in model.endogenous][-2:]
    total = {}
    for states in product(*(model[name].states for name in seen)):
        facts = dict(zip(seen, states, strict=True))
        weight = causal.ask(model, Term("P", evidence(facts))).value
        if not weight:
            with pytest.raises(ImpossibleEvidence):
                causal.abduce(model, facts)
            continue
        for c in causal.abduce(model, facts).rows:
            assert sum(c.posterior.values()) == pytest.approx(1)
            sums = total.setdefault((c.name, c.row), dict.fromkeys(c.prior, 0.0))
            for state, p in c.posterior.items():
                sums[state] += weight * p
    for c in causal.abduce(model, {}).rows:
        assert total[c.name, c.row] == pytest.approx(dict(c.prior), abs=1e-9)


@theorem(discrete_models(("monotone", "independent"), most=3), sample=15)
def test_the_posterior_is_the_share_among_units_whom_the_facts_fit(model):
    """The second road: many people, and among them those whom the facts fit."""
    n = 20_000
    people = causal.draw(model, n, seed=1)
    values = people.values()
    seen = [v.name for v in model.endogenous][-1]
    fact = values[seen].iloc[0]
    among = (values[seen] == fact).to_numpy()
    assume(among.sum() > 1000)
    spread = 6 * (0.25 / among.sum()) ** 0.5
    for c in causal.abduce(model, {seen: fact}).rows:
        variable = model[c.name]
        table = variable.mechanism
        if len(table.rows) == 1:
            shares = {s: float((values[c.name][among] == s).mean()) for s in variable.states}
        else:
            noise = people.chance[c.name][among]
            if table.coupling == "independent":
                row = list(model.rows_of(c.name)).index(c.row)
                noise, steps = noise[:, row], table.rows[row]
            else:
                steps = list(c.prior.values())
            ends = [0.0]
            for step in steps:
                ends.append(ends[-1] + step)
            counts = [float(((noise >= a) & (noise < b)).mean()) for a, b in pairwise(ends)]
            shares = dict(zip(c.prior, counts, strict=True))
        assert shares == pytest.approx(dict(c.posterior), abs=spread)


@theorem(linear_models(), sample=30)
def test_linear_chance_given_facts_is_that_of_units_whom_they_fit(model):
    """Means and spreads of the noise, from a fair sample."""
    somebody = causal.draw(model, 1, seed=2).values().iloc[0]
    facts = {v.name: float(somebody[v.name]) for v in list(model)[-2:]}
    people = causal.draw(model, 4000, seed=3, facts=facts)
    for c in causal.abduce(model, facts).rows:
        mechanism = model[c.name].mechanism
        own = mechanism.sd * people.chance[c.name] + (0.0 if model[c.name].parents else mechanism.intercept)
        assert own.mean() == pytest.approx(c.mean, abs=6 * c.sd / 4000**0.5 + 1e-9)
        assert own.std() == pytest.approx(c.sd, abs=6 * c.sd / 8000**0.5 + 1e-9)
        assert c.sd <= c.prior_sd + 1e-12


def test_a_table_without_coupling_has_no_chance_to_speak_of():
    rows = chance(MODELS["streetlight"], {"Lamp": "off", "Accident": "yes"})
    assert not rows["Accident", ()].known
    assert rows["Accident", ()].posterior is None
    assert rows["Traffic", ()].known
    exact = causal.ask(MODELS["streetlight"], "P(Traffic | Lamp=off, Accident=yes)").distribution
    assert rows["Traffic", ()].posterior == pytest.approx(exact)


def test_facts_that_cannot_happen_have_no_abduction():
    with pytest.raises(ImpossibleEvidence, match="never happens"):
        causal.abduce(MODELS["firing-squad"], {"A": "1", "B": "0"})
    data = {"A": {"linear": {"intercept": 1, "coefficients": {}, "sd": 0}}}
    with pytest.raises(ImpossibleEvidence, match="never happens"):
        causal.abduce(from_dict({"format": 1, "variables": data}, "still"), {"A": 2.0})
    data = {"A": {"states": ["0", "1"], "function": ["1"]}}
    with pytest.raises(ImpossibleEvidence, match="A=0 never happens"):
        causal.abduce(from_dict({"format": 1, "variables": data}, "certain"), {"A": "0"})


def test_a_graph_without_numbers_has_no_abduction():
    with pytest.raises(MissingNumbers):
        causal.abduce(from_dict({"format": 1, "variables": {"A": {}}}, "graph"), {})
