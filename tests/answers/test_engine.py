"""The engine against the oracle, and against the axioms of structural models, on random models and questions."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import oracle
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from strategies import (
    atoms,
    contrasts,
    discrete_models,
    expressions,
    linear_models,
    mixed_models,
    questions,
    theorem,
    value_of,
    worlds,
)

import causal
from causal.errors import BadQuery, ImpossibleEvidence
from causal.files.shelf import from_dict
from causal.models.mechanisms import Table
from causal.queries.query import Atom, Operation, Setting, Term, ask_for, terms
from causal.ranges import branching

COUPLED = ("monotone", "independent")
TOLERANCE = 1e-8


def ask(model, query):
    return causal.ask(model, causal.text(query))


def ends(answer):
    """The least and the greatest value of an answer."""
    return answer.interval if answer.interval is not None else (answer.value, answer.value)


IMPOSSIBLE = "impossible"


def expected(road, *arguments):
    """What the oracle says (None where it cannot tell), or that the evidence is impossible."""
    try:
        return road(*arguments)
    except oracle.Impossible:
        return IMPOSSIBLE


def same(got, wanted):
    assert got == pytest.approx(wanted, rel=TOLERANCE, abs=TOLERANCE)


def unknown_tables(model, query):
    """The tables whose missing coupling can matter at all."""
    parts = [p for t in terms(query) for p in oracle.fraction(model, t, next(iter(model[t.event[0].variable].states)))]
    return oracle.unknowns(model, parts)


def check(model, query):
    """The engine's answer to a discrete question is the oracle's, and holds under every coupling that is tried."""
    by_state = isinstance(query, Term) and query.kind == "P" and query.event[0].relation is None
    wanted = expected(oracle.distribution if by_state else oracle.interval, model, query)
    if wanted == IMPOSSIBLE:
        with pytest.raises(ImpossibleEvidence):
            ask(model, query)
        return
    answer = ask(model, query)
    if by_state:
        for state, share in answer.distribution.items():
            got = share if isinstance(share, tuple) else (share, share)
            assert_between(got, wanted[state], answer.sharp)
        return
    low, high = ends(answer)
    assert_between((low, high), wanted, answer.sharp)
    unknown = unknown_tables(model, query)
    many = isinstance(query, Operation) and any(table.vertices is None for table in unknown.values())
    many |= len({t for t in terms(query) if t.evidence}) > 2  # each with its own condition, which may be impossible
    assert answer.sharp or answer.interval is None or len(unknown) > 2 or many
    for value in oracle.samples(model, query, seed=1):
        assert low - TOLERANCE * (1 + abs(value)) <= value <= high + TOLERANCE * (1 + abs(value))


def assert_between(got, wanted, sharp):
    if wanted is None:  # the oracle cannot tell
        return
    if sharp is False:
        assert got[0] <= wanted[0] + TOLERANCE
        assert got[1] >= wanted[1] - TOLERANCE
    else:
        same(got, wanted)


# Every rung, exactly


def with_contrasts(models, **options):
    return models.flatmap(lambda m: st.tuples(st.just(m), st.one_of(contrasts(m, **options), questions(m, 3))))


def with_questions(models, *arguments, **options):
    return models.flatmap(lambda m: st.tuples(st.just(m), questions(m, *arguments, **options)))


@theorem(with_questions(discrete_models(COUPLED), 1))
def test_seeing_agrees_with_counting(case):
    """Rung 1: conditioning, on random models."""
    check(*case)


@theorem(with_questions(discrete_models(COUPLED), 2))
def test_doing_agrees_with_counting(case):
    """Rung 2: one or two actions, evidence in the world after them."""
    check(*case)


@theorem(with_questions(discrete_models(COUPLED), 3))
def test_imagining_agrees_with_counting(case):
    """Rung 3: several worlds, nested brackets, on both sides of the bar."""
    check(*case)


@theorem(with_questions(discrete_models((None,)), 1), sample=20)
def test_seeing_needs_no_coupling(case):
    """Rung 1 is a number even where no table has a coupling."""
    check(*case)
    with_number(*case)


@theorem(with_questions(discrete_models((None,)), 2), sample=20)
def test_doing_needs_no_coupling(case):
    """Rung 2 is a number even where no table has a coupling."""
    check(*case)
    with_number(*case)


def with_number(model, query):
    try:
        answer = ask(model, query)
    except ImpossibleEvidence:
        return
    assert answer.interval is None
    assert not any(isinstance(share, tuple) for share in (answer.distribution or {}).values())


@theorem(with_contrasts(discrete_models((None, None, "monotone"), most=3, hidden=1)), sample=60)
def test_intervals_hold_every_coupling_and_no_more(case):
    """Rung 3 without coupling: the ends are the oracle's linear program's, or those of its corners."""
    check(*case)


@theorem(with_contrasts(discrete_models((None,), states=(["0", "1"],), hidden=0, tables_only=True)), sample=60)
def test_intervals_of_several_uncoupled_tables(case):
    """Two uncoupled tables are multilinear: sharp; more of them may be an outer interval, which says so."""
    check(*case)


@theorem(
    discrete_models(COUPLED).flatmap(lambda m: st.tuples(st.just(m), expressions(m))),
)
def test_arithmetic_agrees_with_counting(case):
    """Sums, differences, products and ratios of terms of all rungs."""
    check_expression(*case)


@theorem(
    discrete_models((None, "monotone"), most=3, hidden=1, states=(["0", "1"], ["0", "1", "2"])).flatmap(
        lambda m: st.tuples(st.just(m), expressions(m, rung=3))
    ),
)
def test_an_interval_is_that_of_the_whole_expression(case):
    """Terms of one expression share their couplings: P(a) - P(a) is 0, not an interval."""
    check_expression(*case)


def test_an_end_that_is_only_approached_where_a_condition_becomes_impossible_is_not_missed():
    """The first term is 0 wherever it has a value; it has none where all of B's answers agree, towards the end at 0."""
    table = {"states": ["0", "1"], "parents": ["A", "U"], "cpt": [[0.5, 0.5]] * 4}
    coin = {"states": ["0", "1"], "p": [0.5, 0.5]}
    data = {"format": 1, "exogenous": {"U": coin}, "variables": {"A": coin, "B": table}}
    impossible, free = "E(B[A=0] | B[A=1]=1, B=0)", "E(B[A=0] | B[A=1]=0, B=0)"
    answer = causal.ask(from_dict(data, "model"), f"{impossible} + {free} + {impossible}")
    assert answer.interval == pytest.approx((0.0, 1.0), abs=1e-6)


def test_parts_about_unlinked_tables_range_freely():
    """Two pairs X -> Y and A -> B without a common cause: what is asked of one says nothing of the other."""
    states = ["0", "1", "2"]
    root = {"states": states, "p": [0.3, 0.3, 0.4]}
    rows = [[0.2, 0.5, 0.3], [0.3, 0.3, 0.4], [0.5, 0.1, 0.4]]
    pairs = {
        "X": root,
        "Y": {"states": states, "parents": ["X"], "cpt": rows},
        "A": root,
        "B": {"states": states, "parents": ["A"], "cpt": rows[::-1]},
    }
    model = from_dict({"format": 1, "variables": pairs}, "model")
    left, right = (
        f"(P({y}[{x}=0]=0 | {y}=2) * P({y}[{x}=1]=1 | {y}=0) - P({y}[{x}=2]=0 | {y}=1))" for x, y in ("XY", "AB")
    )
    one, other = (causal.ask(model, side).interval for side in (left, right))
    for operator, work in (("-", float.__sub__), ("*", float.__mul__)):
        values = [work(x, y) for x in one for y in other]
        whole = causal.ask(model, f"{left} {operator} {right}")
        assert whole.sharp
        same(whole.interval, (min(values), max(values)))


def test_a_search_that_gives_up_is_wider_and_says_so(monkeypatch):
    """The whole search has both ends; with hardly a box looked at they are bounds of what was left unsearched."""
    rows = [[0.2, 0.5, 0.3], [0.3, 0.3, 0.4], [0.5, 0.1, 0.4]]
    states = ["0", "1", "2"]
    pair = {"X": {"states": states, "p": [0.3, 0.3, 0.4]}, "Y": {"states": states, "parents": ["X"], "cpt": rows}}
    model, asked = (
        from_dict({"format": 1, "variables": pair}, "model"),
        "P(Y[X=0]=0 | Y=2) * P(Y[X=1]=1 | Y=0) - P(Y[X=2]=0 | Y=1)",
    )
    exact = causal.ask(model, asked)
    monkeypatch.setattr(branching, "MOST_WORK", 1)
    rough = causal.ask(model, f"{asked} + 0")
    assert exact.sharp and not rough.sharp
    assert rough.interval[0] <= exact.interval[0] and exact.interval[1] <= rough.interval[1]
    assert rough.interval != exact.interval


def test_an_expression_that_divides_by_what_can_be_0_is_refused_wherever_the_division_stands():
    """P(B[A=0]=1 | B[A=1]=1) is 0 under one coupling."""
    coin = {"states": ["0", "1"], "p": [0.5, 0.5]}
    data = {
        "format": 1,
        "variables": {"A": coin, "B": {"states": ["0", "1"], "parents": ["A"], "cpt": [[0.5, 0.5]] * 2}},
    }
    model, near_0 = from_dict(data, "model"), "P(B[A=0]=1 | B[A=1]=1)"
    other = "P(B[A=0]=1, A=0 | B[A=1]=0)"
    for written in (f"0.5 / {near_0}", f"0.5 / {near_0} - {other}", f"{other} * (1 + 2 / {near_0})"):
        with pytest.raises(BadQuery) as refused:
            causal.ask(model, written)
        assert refused.value.kind == "bad-query/division-by-zero"


def check_expression(model, query):
    try:
        check(model, query)
    except ZeroDivisionError:
        assume(False)
    except BadQuery as error:
        assume(error.kind != "bad-query/division-by-zero")
        raise


@theorem(linear_models().flatmap(lambda m: st.tuples(st.just(m), questions(m))), sample=80)
def test_linear_models_agree_with_exact_fractions(case):
    """All rungs on linear models: means, spreads, probabilities of events; singular facts included."""
    check_linear(*case)


def check_linear(model, query):
    wanted = expected(oracle.moments, model, query.event, query.evidence, query.action)
    if wanted == IMPOSSIBLE:
        with pytest.raises(ImpossibleEvidence):
            ask(model, query)
        return
    answer = ask(model, query)
    if query.event[0].relation is not None:
        assert answer.value == pytest.approx(oracle.continuous_event(model, query), abs=1e-7)
    elif query.kind == "E":
        same(answer.value, oracle.gaussian(model, query)[0])
    else:
        mean, sd = oracle.gaussian(model, query)
        same(answer.mean, mean)
        assert answer.sd == pytest.approx(sd, rel=1e-6, abs=1e-6)


@theorem(
    mixed_models().flatmap(lambda m: st.tuples(st.just(m), questions(m, asks=("probability",), facts=3))), sample=60
)
def test_discrete_and_continuous_variables_of_one_model_are_independent(case):
    """A term's probability is the product of its discrete and its continuous part."""
    model, query = case

    def part(continuous):
        def here(said):
            return (said.variable in model.real_valued) == continuous

        def kept(group):
            return tuple(
                replace(a, world=only(a.world)) for a in group if (a.variable in model.real_valued) == continuous
            )

        def only(world):
            return tuple(
                replace(s, nested=only(s.nested)) for s in world if (s.variable in model.real_valued) == continuous
            )

        return Term("P", kept(query.event), kept(query.evidence), only(query.action))

    discrete, continuous = part(False), part(True)
    shares = expected(lambda: oracle.bounds(model, *oracle.fraction(model, discrete)))
    possible = expected(oracle.moments, model, continuous.event, continuous.evidence, continuous.action)
    if IMPOSSIBLE in (shares, possible):
        with pytest.raises(ImpossibleEvidence):
            ask(model, query)
        return
    factor = oracle.continuous_event(model, continuous) if continuous.event else 1.0
    assert ends(ask(model, query)) == pytest.approx([factor * share for share in shares], abs=1e-7)


# The axioms (Pearl 2009, section 7.3.1)


@st.composite
def two_variables(draw, models):
    model = draw(models)
    names = [v.name for v in model.endogenous]
    x, y = draw(st.permutations(names))[:2]
    return model, x, draw(value_of(model, x)), y, draw(value_of(model, y))


def agree(model, one, two):
    """Two questions have one answer, or one impossible condition."""
    try:
        first = ask(model, one)
    except ImpossibleEvidence:
        with pytest.raises(ImpossibleEvidence):
            ask(model, two)
    else:
        same(ends(first), ends(ask(model, two)))


@theorem(two_variables(discrete_models()))
def test_consistency(case):
    """X = x implies Y[X=x] = Y, under every coupling."""
    model, x, at, y, to = case
    seen = (Atom(x, (), "=", at),)
    imagined = Term("P", (Atom(y, (Setting(x, at),), "=", to),), seen)
    agree(model, imagined, Term("P", (Atom(y, (), "=", to),), seen))


@theorem(two_variables(linear_models()))
def test_consistency_in_linear_models(case):
    """X = x implies Y[X=x] = Y."""
    model, x, at, y, _ = case
    seen = (Atom(x, (), "=", at),)
    agree(model, Term("E", (Atom(y, (Setting(x, at),)),), seen), Term("E", (Atom(y),), seen))


@theorem(discrete_models().flatmap(lambda m: st.tuples(st.just(m), worlds(m, depth=0), atoms(m, 1, "evidence"))))
def test_effectiveness(case):
    """X[X=x, W=w] = x, whatever is known."""
    model, world, fact = case
    held = world[0]
    term = Term("P", (Atom(held.variable, world, "=", held.value),), (fact,))
    try:
        same(ends(ask(model, term)), (1.0, 1.0))
    except ImpossibleEvidence:
        assert expected(oracle.interval, model, term) == IMPOSSIBLE


@theorem(two_variables(discrete_models()), st.data())
def test_composition(case, data):
    """W[X=x] = w implies Y[X=x, W=w] = Y[X=x], under every coupling."""
    model, x, at, w, to = case
    y = data.draw(st.sampled_from([v.name for v in model.endogenous]))
    value = data.draw(value_of(model, y))
    known = (Atom(w, (Setting(x, at),), "=", to),)
    held = Term("P", (Atom(y, (Setting(x, at), Setting(w, to)), "=", value),), known)
    agree(model, held, Term("P", (Atom(y, (Setting(x, at),), "=", value),), known))


@theorem(two_variables(discrete_models()))
def test_a_variable_held_at_its_own_value_changes_nothing(case):
    """Y[X=x, W=W[X=x]] = Y[X=x]: the nested form of composition."""
    model, x, at, w, _ = case
    world = (Setting(x, at),)
    for y in model.endogenous:
        for value in y.states:
            nested = Term("P", (Atom(y.name, (*world, Setting(w, None, world)), "=", value),))
            agree(model, nested, Term("P", (Atom(y.name, world, "=", value),)))


# Between the rungs


@theorem(two_variables(discrete_models()))
def test_seeing_a_root_is_doing_it(case):
    """P(y | do(x)) = P(y | x) where nothing causes X."""
    model, x, at, y, to = case
    assume(not model[x].parents)
    seen = ask_for(y, event=to, evidence={x: at})
    try:
        same(ask(model, seen).value, ask(model, ask_for(y, event=to, action={x: at})).value)
    except ImpossibleEvidence:
        assert expected(oracle.interval, model, seen) == IMPOSSIBLE


@theorem(discrete_models().flatmap(lambda m: st.tuples(st.just(m), worlds(m, depth=0), atoms(m, 1, "event"))))
def test_doing_is_seeing_in_the_submodel(case):
    """P(y | do(x)) is P(y) in the model whose mechanism for X is x."""
    model, action, atom = case
    submodel = model.do({s.variable: s.value for s in action})
    same(ask(model, Term("P", (atom,), (), action)).value, ask(submodel, Term("P", (atom,))).value)


@theorem(discrete_models().flatmap(lambda m: st.tuples(st.just(m), worlds(m, depth=0), atoms(m, 1, "event"))))
def test_brackets_without_evidence_are_do(case):
    """P(Y[X=x] = y) = P(y | do(x))."""
    model, action, atom = case
    agree(model, Term("P", (replace(atom, world=action),)), Term("P", (atom,), (), action))


@theorem(discrete_models(most=4), st.data())
def test_d_separated_variables_are_independent(model, data):
    """If Z d-separates X and Y, then P(y | x, z) = P(y | z)."""
    x, y, *others = data.draw(st.permutations([v.name for v in model]))
    known = data.draw(st.lists(st.sampled_from(others), unique=True, max_size=2)) if others else []
    assume(causal.graph.d_separated(model, x, y, known))
    facts = {z: data.draw(value_of(model, z)) for z in known}
    event, fact = data.draw(value_of(model, y)), data.draw(value_of(model, x))
    try:
        with_x = ask(model, ask_for(y, event=event, evidence={**facts, x: fact}))
    except ImpossibleEvidence:
        assume(False)
    same(with_x.value, ask(model, ask_for(y, event=event, evidence=facts)).value)


@theorem(two_variables(discrete_models()), st.data())
def test_a_sweep_is_many_questions(case, data):
    """Moving one value gives the same answers as asking anew at every value."""
    model, x, _, y, _ = case
    rung = data.draw(st.integers(1, 3))
    given = data.draw(st.sampled_from(("evidence", "action", "world")[rung - 1 :]))
    states = model[x].states
    try:
        single = [ask(model, ask_for(y, **{given: {x: state}})) for state in states]
    except ImpossibleEvidence:
        assume(False)
    swept = causal.sweep(model, ask_for(y, **{given: {x: states[0]}}), x, states)
    for one, other in zip(single, swept, strict=True):
        assert (one.query, one.rung) == (other.query, other.rung)
        for share, again in zip(one.distribution.values(), other.distribution.values(), strict=True):
            assert share == pytest.approx(again, abs=1e-12)


# Impossible evidence


@st.composite
def several_facts(draw):
    model = draw(discrete_models(COUPLED))
    event = (draw(atoms(model, 1, "event")),)
    return model, Term("P", event, tuple(draw(st.lists(atoms(model, 3, "evidence"), min_size=1, max_size=4))))


@theorem(several_facts(), sample=100)
def test_impossible_evidence_names_its_smallest_part(case):
    """The message names a smallest set of facts that cannot happen together."""
    model, term = case
    assume(expected(oracle.interval, model, term) == IMPOSSIBLE)
    impossible = next(
        [part for part in combinations(term.evidence, size) if not can_happen(model, part)]
        for size in range(1, len(term.evidence) + 1)
        if any(not can_happen(model, part) for part in combinations(term.evidence, size))
    )
    with pytest.raises(ImpossibleEvidence) as error:
        ask(model, term)
    names = [" together with ".join(causal.text(Term("P", (a,)))[2:-1] for a in part) for part in impossible]
    assert error.value.message.startswith(tuple(f"{name} never happens" for name in names))


def can_happen(model, facts):
    return expected(oracle.interval, model, Term("P", facts, facts)) != IMPOSSIBLE


# The oracle itself: its two ways to an interval


@theorem(
    discrete_models((None,), most=2, hidden=0, tables_only=True).flatmap(
        lambda m: st.tuples(st.just(m), contrasts(m).filter(lambda t: t.kind == "E" or t.event[0].relation))
    )
)
def test_the_oracle_agrees_with_itself(case):
    """Where one table is uncoupled, the linear program and the corners of the polytope give one interval."""
    model, term = case
    above, below = oracle.fraction(model, term)
    free = oracle.unknowns(model, (above, below))
    assume(len(free) == 1)
    (unknown,) = free.values()
    program = expected(oracle.least, above, below, free, True)
    values = []
    assume(unknown.vertices is not None)
    for corner in unknown.vertices:
        point = dict.fromkeys(free, corner)
        if (bottom := oracle.at(below, free, point)) > 1e-12:
            values.append(oracle.at(above, free, point) / bottom)
    assert program == (pytest.approx(min(values), abs=1e-9) if values else IMPOSSIBLE)


def test_every_coupling_is_supplied_by_hand():
    """Choosing a coupling closes the interval to a value inside it."""
    model = causal.loads(
        '{"format": 1, "variables": {"X": {"states": ["0", "1"], "p": [0.5, 0.5]}, "Y": {"states": ["0", "1"],'
        ' "parents": ["X"], "cpt": [[0.7, 0.3], [0.4, 0.6]]}}}',
        "model.json",
    )
    query = "P(Y[X=1]=1, Y[X=0]=0)"
    assert isinstance(model["Y"].mechanism, Table)
    assert causal.ask(model, query).interval == pytest.approx((0.3, 0.6))
    assert causal.ask(model.couple("Y", "monotone"), query).value == pytest.approx(0.3)
    assert causal.ask(model.couple("Y", "independent"), query).value == pytest.approx(0.42)
