"""A sweep is the same question asked many times, faster."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from strategies import COUPLINGS, discrete_models, linear_models, mixed_models, questions, theorem, value_of

import causal
from causal.answers.sweep import put
from causal.errors import BadQuery, CausalError, ImpossibleEvidence
from causal.files.shelf import from_dict
from causal.queries.query import Atom, Term
from causal.rungs.compiled_question import CompiledQuestion
from causal.rungs.prepared import prepare

COUPLED = ("monotone", "independent")


@st.composite
def sweeps(draw, models):
    """A question, a variable that it sets or sees (mostly), and values for it."""
    model = draw(models)
    term = draw(questions(model))
    said = [a.variable for a in term.evidence] + [s.variable for s in term.action]
    said += [s.variable for a in (*term.event, *term.evidence) for s in a.world]
    variable = draw(st.sampled_from(said or [v.name for v in model]))
    return model, term, variable, draw(st.lists(value_of(model, variable), min_size=1, max_size=5))


def check(case):
    model, term, variable, values = case
    one_by_one = []
    try:
        for value in values:
            one_by_one.append(causal.ask(model, put(term, variable, value)))
    except CausalError as error:
        with pytest.raises(type(error)) as raised:
            causal.sweep(model, term, variable, values)
        assert raised.value.message == error.message
        return
    for got, wanted in zip(causal.sweep(model, term, variable, values), one_by_one, strict=True):
        got, wanted = got.to_dict(), wanted.to_dict()
        assert got.keys() == wanted.keys()
        for key, value in wanted.items():
            if key == "distribution":
                for state, share in value.items():
                    assert got[key][state] == pytest.approx(share, rel=1e-12, abs=1e-12)
            elif isinstance(value, float):
                assert got[key] == pytest.approx(value, rel=1e-12, abs=1e-12)
            else:
                assert got[key] == value


@theorem(sweeps(discrete_models(COUPLED)), sample=80)
def test_a_sweep_over_states_is_the_question_asked_for_each(case):
    """Every rung, evidence and actions, values that cannot happen among them."""
    check(case)


@theorem(sweeps(discrete_models(COUPLINGS)), sample=30)
def test_a_sweep_without_coupling_is_the_question_asked_for_each(case):
    """Intervals, asked one by one."""
    check(case)


@theorem(sweeps(linear_models()), sample=60)
def test_a_sweep_over_numbers_is_the_question_asked_for_each(case):
    """Straight lines, and facts that contradict each other."""
    check(case)


@theorem(sweeps(mixed_models()), sample=20)
def test_a_sweep_in_a_mixed_model_is_the_question_asked_for_each(case):
    """Discrete and continuous variables in one question."""
    check(case)


def test_an_action_of_the_other_kind_does_not_matter():
    data = {
        "A": {"states": ["a", "b"], "p": [0.5, 0.5]},
        "X": {"linear": {"intercept": -2, "coefficients": {}, "sd": 0}},
    }
    model = from_dict({"format": 1, "variables": data}, "mixed")
    with pytest.raises(ImpossibleEvidence):
        causal.sweep(model, causal.parse("P(X < 0 | X[A=a]=-1)"), "X", ["-1", "0"])


def chain(n, size=3):
    """A chain long enough that facts about all of it are too many for one table."""
    states = [str(k) for k in range(size)]
    rows = [[(i + k) % size + 1 for k in range(size)] for i in range(size)]
    table = [[w / sum(row) for w in row] for row in rows]
    variables = {"V0": {"states": states, "p": table[0]}}
    for i in range(1, n):
        variables[f"V{i}"] = {"states": states, "parents": [f"V{i - 1}"], "cpt": table}
    return from_dict({"format": 1, "variables": variables}, "chain")


def test_a_sweep_with_many_facts_contracts_once(monkeypatch):
    model = chain(24)
    facts = tuple(Atom(f"V{i}", (), "=", "1") for i in range(1, 24, 2))
    term = Term("P", (Atom("V0"),), (*facts, Atom("V2", (), ">=", "1")))
    assert prepare(model, term)[0].contraction.table is None
    wanted = [causal.ask(model, put(term, "V5", state)) for state in "012"]
    monkeypatch.setattr(CompiledQuestion, "joint", None)
    for got, answer in zip(causal.sweep(model, term, "V5", ["0", "1", "2"]), wanted, strict=True):
        assert got.query == answer.query
        assert got.distribution == pytest.approx(answer.distribution, abs=1e-12)


def test_a_sweep_reads_off_one_table(monkeypatch):
    model = causal.load("drug-and-gender")
    term = causal.parse("P(Y[X=0]=1 | X=1, Y=1, Z=male)")
    wanted = [causal.ask(model, put(term, "Z", state)) for state in ("male", "female")]
    monkeypatch.setattr(CompiledQuestion, "joint", None)
    got = causal.sweep(model, term, "Z", ["male", "female", "male"])
    assert [a.query for a in got] == [wanted[0].query, wanted[1].query, wanted[0].query]
    assert [a.value for a in got] == pytest.approx([wanted[i].value for i in (0, 1, 0)], abs=1e-12)


@pytest.mark.parametrize("state", ('"', "\\", "\0moving\0", "a b", 'a", Z="1'))
def test_states_of_any_text_are_written_as_the_query_language_writes_them(state):
    data = {
        "X": {"states": [state, "0"], "p": [0.5, 0.5]},
        "Y": {"states": ["0", "1"], "parents": ["X"], "cpt": [[0.9, 0.1], [0.2, 0.8]]},
    }
    model = from_dict({"format": 1, "variables": data}, "texts")
    term = Term("P", (Atom("Y"),), (Atom("X", (), "=", "0"),))
    for got, value in zip(causal.sweep(model, term, "X", ["0", state]), ("0", state), strict=True):
        assert got == causal.ask(model, put(term, "X", value))


def test_a_value_that_cannot_be_is_refused_as_a_question_is():
    model = causal.load("firing-squad")
    term = causal.parse("P(D=1 | do(A=0))")
    with pytest.raises(BadQuery, match="2"):
        causal.sweep(model, term, "A", ["0", "2"])
    with pytest.raises(ImpossibleEvidence):
        causal.sweep(model, causal.parse("P(D=1 | A=1, B=1)"), "B", ["1", "0"])
    with pytest.raises(BadQuery):
        causal.sweep(causal.load("record-sales"), causal.parse("E(Sales | do(Radio=1))"), "Radio", [1.0, "a lot"])
