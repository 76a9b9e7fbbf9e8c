"""identify(): what a question gets back, in the contract's words, against the engine on models that have numbers."""

from __future__ import annotations

import json

import numpy as np
import oracle
import pytest
from hypothesis import assume
from strategies import contrasts, discrete_models, linear_models, questions, theorem

import causal
from causal.errors import BadQuery, ImpossibleEvidence, TooLarge
from causal.files.shelf import from_dict
from causal.graphs.projection import project
from causal.identification import identify
from causal.identification.question import measuring
from causal.queries.query import mentioned


def drawn(states=None, hidden=(), **parents):
    """A model without numbers: ``X="Z U"`` names X's parents; ``hidden`` are exogenous."""
    said = {n: {"parents": p.split()} | ({"states": states} if states else {}) for n, p in parents.items()}
    return from_dict({"format": 1, "exogenous": {u: {} for u in hidden}, "variables": said}, "drawn")


BOW = drawn(hidden=["U"], X="U", Y="X U")
BACK_DOOR = drawn(Z="", X="Z", Y="X Z")
FRONT_DOOR = drawn(hidden=["U"], X="U", M="X", Y="M U")


# -- the contract ------------------------------------------------------------------------------------------------------


def test_an_identifiable_question_gets_its_estimand():
    verdict = identify(BACK_DOOR, "P(Y=1 | do(X=1))")
    assert verdict
    assert verdict.to_dict() == {
        "query": "P(Y=1 | do(X=1))",
        "rung": 2,
        "identifiable": True,
        "estimand": r"\sum_{z} P(Y{=}1 \mid X{=}1, z)\,P(z)",
    }
    assert [step.rule for step in verdict.derivation].count("chain_rule") == 1


def test_an_unidentifiable_question_gets_a_hedge_and_two_values():
    verdict = identify(BOW, "P(Y=1 | do(X=1))")
    assert not verdict
    data = verdict.to_dict()
    assert data["hedge"] == [["X", "Y"], ["Y"]]
    one, other = data["witness"]
    assert abs(one - other) > 0.1
    assert [causal.ask(m, "P(Y=1 | do(X=1))").value for m in verdict.witness.models] == [one, other]
    assert all(project(m) == project(BOW) for m in verdict.witness.models)
    assert json.loads(json.dumps(data)) == data


def test_no_single_hedge_shows_what_no_experiment_can():
    data = identify(drawn(X="", Y="X"), "P(Y[X=1]=1, Y[X=0]=0)", ["X", "Y"]).to_dict()
    assert data["hedge"] is None
    assert len(data["witness"]) == 2


def test_experiments_make_known_what_seeing_does_not():
    assert not identify(BOW, "P(Y=1 | do(X=1))")
    assert identify(BOW, "P(Y=1 | do(X=1))", ["X"]).estimand == r"P(Y{=}1 \mid \mathrm{do}(X{=}1))"


@pytest.mark.parametrize(
    ("query", "experiments", "kind"),
    [
        ("P(Y=1 | U=1)", (), "bad-query/unmeasured"),
        ("P(Y[L=1]=1)", (), "bad-query/unmeasured"),
        ("P(Y[X=X[L=0]]=1)", (), "bad-query/unmeasured"),
        ("P(Y=1 | do(U=1))", (), "bad-query/unmeasured"),
        ("P(L=ill)", (), "bad-query/unmeasured"),
        ("P(Y=1)/(2-2)", (), "bad-query/division-by-zero"),
        ("P(Y=1 | do(X=1))", ("L",), "bad-query/unmeasured"),
        ("P(Y=1 | do(X=1))", ("Q",), "bad-query/unknown-variable"),
        ("P(Q=1)", (), "bad-query/unknown-variable"),
        ("P(Y=1", (), "bad-query/syntax"),
        ("E(Y) - P(Y=ill)", (), "bad-query/no-numbers"),
    ],
)
def test_what_cannot_be_asked_says_why(query, experiments, kind):
    variables = {
        "L": {"latent": True, "states": ["0", "1"]},
        "X": {"parents": ["L", "U"]},
        "Y": {"parents": ["X", "L", "U"]},
    }
    model = from_dict({"format": 1, "exogenous": {"U": {}}, "variables": variables}, "drawn")
    with pytest.raises(BadQuery) as error:
        identify(model, query, experiments)
    assert error.value.kind == kind


def test_evidence_that_never_happens_is_impossible_in_a_graph_too():
    for query in ("P(Y=1 | do(X=1), X=0)", "P(Y=1 | X=1, X=0)", "P(Y[X=0]=1 | X=1, Y=1, Y[X=1]=0)"):
        with pytest.raises(ImpossibleEvidence):
            identify(BOW, query)


def test_variables_without_states_are_binary_and_take_the_names_that_the_question_gives():
    verdict = identify(BOW, "P(Y=ill | do(X=none))")
    first = verdict.witness.models[0]
    assert (first["X"].states, first["Y"].states) == (("0", "none"), ("0", "ill"))


def test_the_models_own_states_count():
    verdict = identify(drawn(["a", "b", "c"], ["U"], X="U", Y="X U"), "P(Y=c | do(X=a))")
    assert verdict.witness.models[0]["X"].states == ("a", "b", "c")
    assert abs(np.subtract(*verdict.witness.values)) > 1e-3


# -- arithmetic, means, inequalities, distributions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "estimand"),
    [
        ("P(Y | do(X=1))", r"\sum_{z} P(y \mid X{=}1, z)\,P(z)"),
        ("E(Y | do(X=1))", r"\sum_{y} y\,\sum_{z} P(y \mid X{=}1, z)\,P(z)"),
        ("P(Y>0 | do(X=1))", r"\sum_{y > 0} \sum_{z} P(y \mid X{=}1, z)\,P(z)"),
        ("P(Y=1 | Z=1) / P(Y=1)", r"\frac{P(Y{=}1 \mid Z{=}1)}{P(Y{=}1)}"),
        ("-2 * P(Y=1)", r"\left(-2\right) \cdot P(Y{=}1)"),
        ("P(Y=1) - (P(X=1) - P(Z=1))", r"P(Y{=}1) - \left(P(X{=}1) - P(Z{=}1)\right)"),
        ("P(Y=1 | do(X=1)) + 1", r"\left(\sum_{z} P(Y{=}1 \mid X{=}1, z)\,P(z)\right) + 1"),
    ],
)
def test_a_whole_question_is_written_round_the_estimands_of_its_terms(query, estimand):
    assert identify(BACK_DOOR, query).estimand == estimand


def test_a_difference_is_not_identified_if_two_models_show_it():
    verdict = identify(BOW, "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))")
    assert not verdict
    assert abs(np.subtract(*verdict.witness.values)) > 0.1


@pytest.mark.parametrize(
    ("query", "estimand"),
    [
        ("P(Y=1 | do(X=1)) - P(Y=1 | do(X=1))", "0"),
        ("P(Y=1 | do(X=1)) + P(Y=0 | do(X=1))", "1"),
        ("P(Y=1 | do(X=1)) / P(Y=1 | do(X=1))", "1"),
    ],
)
def test_what_cannot_be_known_may_cancel(query, estimand):
    assert identify(BOW, query).estimand == estimand


def test_what_is_identified_in_truth_but_not_by_term_says_that_it_is_undecided():
    """The law of total probability over X, which no term of it obeys alone: no two models refute it."""
    query = "P(Y[X=1]=1 | X=0) * P(X=0) + P(Y=1 | X=1) * P(X=1) - P(Y=1 | do(X=1))"
    verdict = identify(BOW, query)
    assert verdict.witness is None
    assert verdict.because is not None
    assert "perhaps can" in verdict.because


# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", causal.shipped())
def test_shipped_models_answer_their_question_from_what_would_be_measured(name):
    model = causal.load(name)
    x, y = model[model.treatment], model[model.outcome]
    value = x.states[-1] if x.states else "1"
    query = f"E({y.name} | do({x.name}={value}))" if not y.states else f"P({y.name} | do({x.name}={value}))"
    verdict, answer = identify(model, query), causal.ask(model, query)
    if verdict and verdict.because is None:
        assert verdict.value == pytest.approx(answer.value)
        assert (verdict.distribution or {}) == pytest.approx(dict(answer.distribution or {}))
    else:
        assert verdict.because or verdict.witness


def measurable(model, query):
    return all(model[name].observable for name in mentioned(query))


def check_value(model, query):
    """Where a question is identified and its estimand defined, its number is the engine's answer."""
    assume(measurable(model, query))
    try:
        verdict = identify(model, causal.text(query))
        answer = causal.ask(model, causal.text(query))
    except ImpossibleEvidence:
        assume(False)
    if verdict and verdict.because is None:
        # An identified question has a number, whatever coupling is missing.
        assert answer.interval is None
        assert verdict.value == pytest.approx(answer.value, abs=1e-8)
        assert (verdict.distribution or {}) == pytest.approx(dict(answer.distribution or {}), abs=1e-8)
    elif verdict.witness:
        values = [causal.ask(m, causal.text(query)) for m in verdict.witness.models]
        assert values[0].value is None or abs(values[0].value - values[1].value) > 1e-4


def with_questions(models, *rungs):
    from hypothesis import strategies as st

    ask = {1: lambda m: questions(m, 1), 2: lambda m: questions(m, 2), 3: lambda m: contrasts(m)}
    return models.flatmap(lambda m: st.tuples(st.just(m), st.one_of(*(ask[rung](m) for rung in rungs))))


@theorem(with_questions(discrete_models(), 1, 2), sample=60, proof=1500)
def test_the_number_on_rungs_1_and_2_is_the_engines(case):
    """Latent causes, functions with zeros, several states, inequalities and means."""
    check_value(*case)


@theorem(with_questions(discrete_models(), 3), sample=60, proof=1500)
def test_the_number_on_rung_3_is_the_engines(case):
    """What is identified needs no coupling."""
    check_value(*case)


@theorem(with_questions(linear_models(), 1, 2), sample=30, proof=500)
def test_linear_models_have_verdicts_and_regular_ones_numbers(case):
    """Identification is the graph's; the number is that of exact fractions."""
    model, query = case
    assume(measurable(model, query) and query.kind == "E")
    try:
        verdict = identify(model, causal.text(query))
        wanted = oracle.gaussian(model, query)[0]
    except (ImpossibleEvidence, oracle.Impossible):
        assume(False)
    if verdict.value is not None:
        assert verdict.value == pytest.approx(wanted, rel=1e-7, abs=1e-7)
    assert verdict.identifiable or verdict.hedge or verdict.because


def test_an_estimand_that_the_data_do_not_define_has_no_number():
    """In the firing squad, A never holds fire when B shoots, so data say nothing of what would happen then."""
    verdict = identify(causal.load("firing-squad"), "P(D=1 | do(A=0))")
    assert verdict
    assert verdict.value is None
    assert "never happen" in verdict.because


def test_a_condition_that_never_happens_gives_no_number_though_the_estimand_would():
    """Smoking is never seen here, so there is nobody for whom not smoking can be imagined."""
    never = {"states": ["0", "1"], "p": [1.0, 0.0]}
    answer = {"states": ["0", "1"], "parents": ["X"], "cpt": [[0.3, 0.7], [0.6, 0.4]]}
    verdict = identify(from_dict({"format": 1, "variables": {"X": never, "Y": answer}}, "never"), "P(Y[X=0]=1 | X=1)")
    assert verdict
    assert verdict.value is None
    assert "never happens" in verdict.because


def test_an_experiment_is_named_in_any_normal_form():
    parents = {"Gr\u00f6\u00dfe": {"parents": ["U"]}, "Y": {"parents": ["Gr\u00f6\u00dfe", "U"]}}
    model = from_dict({"format": 1, "exogenous": {"U": {}}, "variables": parents}, "drawn")
    assert identify(model, "P(Y=1 | do(Gr\u00f6\u00dfe=1))", [" Gro\u0308\u00dfe"])


def test_a_table_that_is_too_large_is_refused_kindly(monkeypatch):
    monkeypatch.setattr(measuring, "LARGEST", 4)
    model = causal.load("smoking-tar-cancer")
    verdict = identify(model, "P(Y=1 | do(X=smoker))")
    assert verdict
    assert "at most 4" in verdict.because
    with pytest.raises(TooLarge):
        measuring.distribution(model, ("X", "Y", "Z"))


def test_what_would_be_measured_is_what_the_engine_says():
    model = causal.load("smoking-tar-cancer")
    seen = measuring.distribution(model, ("X", "Y", "Z"))
    assert seen.values[1, 0, 1] == pytest.approx(causal.ask(model, "P(X=smoker, Y=0, Z=tar)").value)
    done = measuring.distribution(model, ("X", "Y", "Z"), {"X"})
    assert done.values[0, 1, 1] == pytest.approx(causal.ask(model, "P(Y=1, Z=tar | do(X=nonsmoker))").value)
    both = measuring.distribution(model, ("Y", "Z", "X"), {"Z", "X"})
    assert both.values[1, 0, 1] == pytest.approx(causal.ask(model, "P(Y=1 | do(X=smoker, Z=none))").value)


def test_continuous_variables_are_integrated_over():
    verdict = identify(causal.load("record-sales"), "E(Sales | do(Radio=10))")
    assert verdict.estimand.count(r"\int") == verdict.estimand.count(r"\,d\textit")
    assert verdict.value == pytest.approx(causal.ask(causal.load("record-sales"), "E(Sales | do(Radio=10))").value)


def test_what_never_varies_is_left_out():
    """A variable with one state confounds nothing, passes nothing on, and is what it is."""
    states = {"C": ["5"], "X": ["0", "1"], "Y": ["0", "1"]}
    parents = {"C": ["X"], "X": [], "Y": ["C"]}
    variables = {n: {"states": states[n], "parents": parents[n]} for n in states}
    model = from_dict({"format": 1, "variables": variables}, "drawn")
    assert identify(model, "P(Y[X=1]=1, Y[X=0]=0)").estimand == "0"
    assert identify(model, "P(Y=1 | do(X=1), C=5)").estimand == "P(Y{=}1)"
    assert identify(model, "E(C | do(X=1))").estimand == r"5 \cdot 1"
    assert identify(model, "P(Y=1 | C=5)").estimand == "P(Y{=}1)"
