"""A question that comes as a value stays that value, and one that means nothing is refused as its text would be."""

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from strategies import discrete_models, expressions, linear_models, mixed_models, questions, theorem

import causal
from causal.errors import CausalError
from causal.queries import reading
from causal.queries.parsing import MOST_CHARACTERS, parse
from causal.queries.printing import text
from causal.queries.query import Atom, Number, Operation, Setting, Term, ask_for
from causal.queries.reading import read

MODEL = causal.load("firing-squad")
D1, A1, C1 = (Atom(name, (), "=", "1") for name in "DAC")
HELD = Setting("A", "0")


@st.composite
def asked(draw):
    model = draw(st.one_of(discrete_models(), linear_models(), mixed_models()))
    discrete = all(v.states for v in model)
    return model, draw(st.one_of(questions(model), expressions(model)) if discrete else questions(model))


@theorem(asked())
def test_a_value_stays_itself_or_is_refused_as_its_text_is(case):
    model, query = case
    try:
        wanted = parse(text(query), model)
    except CausalError as error:
        with pytest.raises(CausalError) as refused:
            read(query, model)
        assert (refused.value.kind, refused.value.message) == (error.kind, error.message)
    else:
        assert read(query, model) is query
        assert text(wanted) == text(query)


MALFORMED = {
    "no term": (Number(1.0), "nothing-asked"),
    "a distribution in arithmetic": (Operation("+", Term("P", (Atom("D"),)), Number(1.0)), "distribution"),
    "a mean of two": (Term("E", (Atom("D"), Atom("A"))), "mean"),
    "a mean of an event": (Term("E", (D1,)), "mean"),
    "a distribution beside an event": (Term("P", (Atom("D"), A1)), "distribution"),
    "no event": (Term("P", ()), "syntax"),
    "evidence without a value": (Term("P", (D1,), (Atom("A"),)), "syntax"),
    "do beside brackets": (Term("P", (Atom("D", (HELD,), "=", "1"),), (), (HELD,)), "do-beside-brackets"),
    "an action held nowhere": (Term("P", (D1,), (), (Setting("A", None),)), "do-beside-brackets"),
    "a variable set twice": (Term("P", (D1,), (), (HELD, replace(HELD, value="1"))), "set-twice"),
    "an empty world": (Term("P", (Atom("D", (Setting("A", None, ()),), "=", "1"),)), "syntax"),
    "an unknown variable": (ask_for("Z"), "unknown-variable"),
    "an unknown state": (ask_for("D", event="2"), "unknown-state"),
    "chance that is set": (ask_for("D", event="1", action={"U": "1"}), "sets-exogenous"),
}


@pytest.mark.parametrize(("query", "finer"), MALFORMED.values(), ids=MALFORMED)
def test_a_value_that_is_no_question_is_refused(query, finer):
    with pytest.raises(CausalError) as refused:
        causal.ask(MODEL, query)
    assert refused.value.kind == f"bad-query/{finer}"


def test_a_value_is_never_written_down_to_be_read_again(monkeypatch):
    for name in ("parse", "text"):
        monkeypatch.setattr(reading, name, None)
    model = replace(MODEL, id="another")
    query = Operation("-", ask_for("D", event="1", action={"A": "1"}), ask_for("D", event="1", evidence={"A": "0"}))
    assert causal.ask(model, query).value == 1.0
    assert causal.identify(model, query.left).identifiable
    assert causal.bounds(model, query.left).interval
    assert causal.work(model, query)
    assert causal.script(model, query.left)


def test_the_length_of_its_text_is_no_bound_on_a_value():
    term = ask_for("D", event="1", action={"A": "1"})
    query = term
    for _ in range(1199):
        query = Operation("+", query, term)
    assert len(text(query)) > MOST_CHARACTERS
    assert causal.ask(MODEL, query).value == pytest.approx(1200.0)
