"""The rules of do-calculus as moves: legal ones never change the number, illegal ones are refuted by one."""

from itertools import chain, combinations

import pytest

import causal
from causal.files.shelf import gallery
from causal.graphs.projection import project
from causal.identification.algorithms.derivation import RULE_1, RULE_2, RULE_3
from causal.identification.calculus.coarsening import coarse, coarsened
from causal.identification.calculus.refutation import refute
from causal.identification.calculus.rules import Expression, moves, term

GRAPHS = {path.stem: causal.load(path) for path in gallery()}


def questions(model):
    """P(y | do(x), z) for the model's outcome, and every way to set or see up to two others."""
    y = model.outcome
    others = [n for n in project(model).nodes if n != y]
    some = chain(combinations(others, 1), combinations(others, 2))
    for names in list(some)[:12]:
        yield Expression((y,), names)
        yield Expression((y,), names[:1], names[1:])
        yield Expression((y,), (), names)


@pytest.mark.parametrize("name", GRAPHS)
def test_legal_moves_keep_the_number_and_illegal_ones_are_refuted(name):
    model = GRAPHS[name]
    values = {v.name: v.states[-1] for v in model.endogenous}
    graph = project(model)
    for asked in questions(model):
        for move in moves(graph, asked):
            found = refute(model, asked, move.after, values)
            if move.legal:
                assert found is None, (asked, move)
            else:
                assert found is not None, (asked, move)
                got = [causal.ask(found.model, side).value for side in found.sides]
                assert got == pytest.approx(found.values) and abs(got[0] - got[1]) > 1e-6


def test_the_rules_move_what_they_say():
    graph = project(GRAPHS["front-door"])
    after = {(m.rule, m.of): m.after for m in moves(graph, Expression(("Y",), ("X",), ("M",)))}
    assert after == {
        (RULE_2, "X"): Expression(("Y",), (), ("M", "X")),
        (RULE_3, "X"): Expression(("Y",), (), ("M",)),
        (RULE_1, "M"): Expression(("Y",), ("X",), ()),
        (RULE_2, "M"): Expression(("Y",), ("X", "M"), ()),
    }


def test_a_term_of_continuous_variables_asks_for_the_mean():
    model = causal.load("record-sales")
    question = term(
        model, Expression(("Sales",), ("Radio",), ("Label",)), {"Sales": "", "Radio": "1000", "Label": "300"}
    )
    assert causal.text(question) == "E(Sales | do(Radio=1000), Label=300)"


def test_coarsening_keeps_the_graph_and_the_verdict():
    model = causal.load("record-sales")
    rough = coarse(model)
    assert project(rough) == project(model) and not rough.numeric
    query = coarsened(model, causal.parse("E(Sales | do(Radio=1000), Label=300)", model))
    assert causal.text(query) == "P(Sales=high | do(Radio=high), Label=high)"
    assert causal.identify(rough, query).identifiable
    assert coarsened(model, causal.parse("E(Sales | do(Radio=1)) - E(Sales | do(Radio=0))", model)) is None
