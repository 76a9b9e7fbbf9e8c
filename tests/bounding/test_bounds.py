"""Bounds against brute force: they hold the truth, models attain their ends, and no model that fits lies outside."""

from __future__ import annotations

import doctest
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from math import prod

import closed_forms
import numpy as np
import oracle
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from scipy.linalg import qr
from scipy.optimize import linprog
from strategies import contrasts, questions, rows_of, theorem, value_of

from causal.bounding import attaining, bounds, response_program, response_types
from causal.errors import BadQuery, ImpossibleEvidence, TooLarge
from causal.files.shelf import from_dict
from causal.models.mechanisms import Function
from causal.queries.parsing import parse
from causal.queries.query import Atom, Operation, Setting, Term, terms
from causal.ranges import branching

CLOSE = 1e-7


def joint(model, done=()):
    """P(V | do(done)) over the measured variables by multiplying out every combination of states; no engine."""
    names = [v.name for v in model]
    shown = sorted(v.name for v in model if v.observable)
    found = dict.fromkeys(product(*(model[n].states for n in shown)), 0.0)
    for states in product(*(range(len(v.states)) for v in model)):
        at = dict(zip(names, states, strict=True))
        weight = prod(share(model, v, at) for v in model if v.name not in done)
        found[tuple(model[n].states[at[n]] for n in shown)] += weight
    return found


def share(model, v, at):
    row = 0
    for p in v.parents:
        row = row * len(model[p].states) + at[p]
    if isinstance(v.mechanism, Function):
        return float(v.mechanism.rows[row] == v.states[at[v.name]])
    return v.mechanism.rows[row][at[v.name]]


def same_distributions(one, other, sources):
    for source in sources:
        done = source.removeprefix("do:").split(",") if source != "observed" else []
        assert joint(one, done) == pytest.approx(joint(other, done), abs=1e-9), source


@st.composite
def models(draw, most=4):
    """Two to four variables, some of three states, one latent now and then, and hidden causes of two or three."""
    names = "ABCD"[: draw(st.integers(2, most))]
    states = {n: ["0", "1", "2"] if draw(st.integers(0, 7)) == 7 else ["0", "1"] for n in names}
    data = {"exogenous": {}, "variables": {}}
    hidden = {}
    for i in range(draw(st.integers(0, 2))):
        hidden[f"U{i}"] = draw(st.sets(st.sampled_from(names), min_size=2, max_size=3))
        states[f"U{i}"] = ["0", "1", "2"][: draw(st.integers(2, 3))]
        data["exogenous"][f"U{i}"] = {"states": states[f"U{i}"], "p": draw(rows_of(len(states[f"U{i}"])))}
    for i, name in enumerate(names):
        parents = sorted(draw(st.sets(st.sampled_from(names[:i]), max_size=2))) if i else []
        parents += [u for u, moved in hidden.items() if name in moved]
        count = prod(len(states[p]) for p in parents)
        variable = {"states": states[name], "parents": parents}
        if draw(st.integers(0, 4)) == 4:
            answers = st.sampled_from(states[name])
            variable["function"] = draw(st.lists(answers, min_size=count, max_size=count))
        else:
            variable["cpt"] = [draw(rows_of(len(states[name]))) for _ in range(count)]
            if parents:
                variable["coupling"] = draw(st.sampled_from(("monotone", "independent")))
        variable["latent"] = len(names) > 2 and draw(st.integers(0, 9)) == 9
        data["variables"][name] = variable
    return from_dict({"format": 1, **data}, "random")


def number(model, query):
    """Whether the question asks for one number, about what is measured."""

    def names(world):
        for s in world:
            yield s.variable
            yield from names(s.nested)

    for t in terms(query):
        if t.kind == "P" and t.event[0].relation is None:
            return False
        for a in (*t.event, *t.evidence):
            if not all(model[n].observable for n in (a.variable, *names(a.world), *names(t.action))):
                return False
    return True


@st.composite
def differences(draw, model):
    """How much an action on A moves another variable."""
    y = draw(st.sampled_from([v.name for v in model.endogenous][1:]))
    event = (Atom(y, (), "=", draw(value_of(model, y))),)
    ends = model["A"].states[-1], model["A"].states[0]
    return Operation("-", *(Term("P", event, (), (Setting("A", state),)) for state in ends))


def asked(model):
    """Questions of rungs 2 and 3 about what is measured, that have a number for an answer."""
    numbers = ("probability", "mean")
    some = st.one_of(contrasts(model), differences(model), *(questions(model, rung, numbers) for rung in (2, 3)))
    return some.filter(lambda query: number(model, query))


@st.composite
def sources_of(draw, model):
    """From what to draw bounds: what was observed, an experiment on one variable, or both."""
    done = f"do:{draw(st.sampled_from([v.name for v in model if v.observable]))}"
    return draw(st.sampled_from([("observed",), ("observed",), ("observed", done), (done,)]))


@st.composite
def cases(draw):
    """A model, a question, and what it is to be bounded from."""
    model = draw(models())
    return model, draw(asked(model)), draw(sources_of(model))


def bounded(model, query, *rest):
    """The bounds; None where the condition can never happen, as the oracle agrees."""
    try:
        return bounds(model, query, *rest)
    except TooLarge:
        assume(False)
    except ImpossibleEvidence:
        with pytest.raises(oracle.Impossible):
            oracle.interval(model, query)
    except BadQuery as error:
        assert error.kind == "bad-query/division-by-zero"
    return None


def inside(model, query, found):
    """The model's own answer lies in the interval."""
    try:
        ends = oracle.interval(model, query)
    except oracle.Impossible:
        return
    if ends is not None:
        assert found.interval[0] - CLOSE <= ends[0] and ends[1] <= found.interval[1] + CLOSE


def attained(model, query, found, sources):
    """A model for each end: the same distributions, the extreme answer."""
    for end, value in zip(("low", "high"), found.interval, strict=True):
        other = attaining(found, end)
        same_distributions(model, other, sources)
        assert oracle.interval(other, query) == pytest.approx((value, value), abs=CLOSE)
        yield other


@theorem(cases(), sample=60, proof=1000)
def test_the_interval_holds_the_truth_and_where_it_is_sharp_models_attain_its_ends(case):
    model, query, sources = case
    found = bounded(model, query, sources)
    if found is None:
        return
    inside(model, query, found)
    assert found.sharp or found.because
    assert found.witnessed or found.value is not None or not found.sharp
    assert not found.witnessed or len(list(attained(model, query, found, sources))) == 2


@st.composite
def rivals(draw):
    """Two questions about one model."""
    model, query, sources = draw(cases())
    return model, query, draw(asked(model)), sources


@theorem(rivals(), sample=40, proof=1000)
def test_no_model_that_fits_lies_outside(case):
    """Models at the ends of another question fit the same distributions, so this question's interval holds them too."""
    model, query, other_query, sources = case
    found, other = bounded(model, query, sources), bounded(model, other_query, sources)
    if found is not None and other is not None and other.witnessed:
        for rival in attained(model, other_query, other, sources):
            inside(rival, query, found)


# One district: every response type written out


def table(rng, names, parents, sizes):
    """Variables with random tables; the parents that start with U are hidden."""
    data = {"format": 1, "exogenous": {}, "variables": {}}
    for name in names:
        states = [str(i) for i in range(sizes.get(name, 2))]
        if name.startswith("U"):
            data["exogenous"][name] = {"states": states, "p": rng.dirichlet(np.ones(len(states))).tolist()}
            continue
        count = prod(sizes.get(p, 2) for p in parents[name])
        rows = rng.dirichlet(np.full(len(states), rng.choice([0.3, 1.0])), count).tolist()
        data["variables"][name] = {"states": states, "parents": parents[name], "cpt": rows}
    return from_dict(data, "random")


def written_out(model, root, district, query, rule=None):
    """The ends of P(event) or P(event | evidence about observed variables), over distributions of all whole types.

    ``root`` is an observed cause outside the district, or None; the district's variables stand in causal order.
    ``rule`` says of a type, by what it responds to actions, whether it may occur.
    """
    observed = {n: tuple(p for p in model[n].parents if model[p].observable) for n in district}
    outer = [(root, s) for s in model[root].states] if root else [(None, None)]
    keys = [(n, row) for n in district for row in product(*(model[p].states for p in observed[n]))]
    types = [dict(zip(keys, a, strict=True)) for a in product(*(model[n].states for n, _ in keys))]
    names = sorted(n for n in (root, *district) if n)
    seen = joint(model)
    share_of = {o: sum(p for k, p in seen.items() if not root or k[names.index(root)] == o[1]) for o in outer}

    def value(name, world, answers, at):
        for s in world:
            if s.variable == name:
                return s.value if s.value is not None else value(name, s.nested, answers, at)
        if name == root:
            return at
        return answers[name, tuple(value(p, world, answers, at) for p in observed[name])]

    def responds(answers):
        return lambda name, **held: value(name, [Setting(n, s) for n, s in held.items()], answers, None)

    types = [t for t in types if rule is None or rule(responds(t))]

    def weight(atoms, action=()):
        def holds(answers, at):
            return all(value(a.variable, a.world or action, answers, at) == a.value for a in atoms)

        return np.array([sum(share_of[o] * holds(t, o[1]) for o in outer) for t in types])

    rows = [weight([Atom(n, (), "=", s) for n, s in zip(names, states, strict=True)]) for states in seen]
    rows, right = np.array([*rows, np.ones(len(types))]), np.array([*seen.values(), 1.0])
    top = weight([*query.event, *query.evidence], query.action)
    bottom = weight(query.evidence, query.action)
    lifted = np.vstack([np.column_stack([rows, -right]), np.append(bottom, 0.0)])
    target = np.append(np.zeros(len(right)), 1.0)
    _, triangle, order = qr(
        lifted.T, pivoting=True
    )  # without rows that follow from others, rounding contradicts nothing
    kept = order[: int((abs(np.diag(triangle)) > 1e-10).sum())]
    tight = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    ends = [linprog(s * np.append(top, 0.0), A_eq=lifted[kept], b_eq=target[kept], options=tight).fun for s in (1, -1)]
    return ends[0], -ends[1]


DISTRICTS = {
    "bow": (["U", "X", "Y"], {"X": ["U"], "Y": ["X", "U"]}, None),
    "instrument": (["U", "Z", "X", "Y"], {"Z": [], "X": ["Z", "U"], "Y": ["X", "U"]}, "Z"),
    "confounder": (["U", "W", "X", "Y"], {"W": [], "X": ["W", "U"], "Y": ["X", "W", "U"]}, "W"),
    "mediator": (["U", "X", "M", "Y"], {"X": ["U"], "M": ["X", "U"], "Y": ["M", "U"]}, None),
    "effect of the outcome": (["U", "X", "Y", "W"], {"X": ["U"], "Y": ["X", "U"], "W": ["Y", "U"]}, None),
}
ASKED = (
    "P(Y=1 | do(X=1))",
    "P(Y[X=1]=1, Y[X=0]=0)",
    "P(Y[X=0]=0 | X=1, Y=1)",
    "P(Y[X=1]=0 | X=0)",
    "P(Y[X=1]=1 | Y[X=0]=0)",
)
DRAWN = [pytest.param(3, id="sample"), pytest.param(40, id="proof", marks=pytest.mark.prove)]


@pytest.mark.parametrize("count", DRAWN)
@pytest.mark.parametrize("kind", DISTRICTS)
def test_a_program_with_every_type_written_out_has_the_same_ends(kind, count):
    names, parents, root = DISTRICTS[kind]
    rng = np.random.default_rng(len(kind))
    for _ in range(count):
        model = table(rng, names, parents, {"U": 3})
        for written in ASKED:
            query = parse(written, model)
            found = bounds(model, written)
            assert found.sharp
            wanted = written_out(model, root, [n for n in names if n not in ("U", root)], query)
            assert found.interval == pytest.approx(wanted, abs=CLOSE), written


# Districts that several hidden causes link


NAPKIN = (["U1", "U2", "W", "R", "X", "Y"], {"W": ["U1", "U2"], "R": ["W"], "X": ["R", "U1"], "Y": ["X", "U2"]})
FRONT_DOOR = (["U", "X", "M", "Y"], {"X": ["U"], "M": ["X"], "Y": ["M", "U"]})
BUTTERFLY = (["U1", "U2", "M", "X", "Y"], {"M": ["U1", "U2"], "X": ["U1"], "Y": ["X", "U2"]})

STAR = (
    ["U1", "U2", "U3", "X", "W", "M", "Y"],
    {"X": ["U1"], "W": ["U1", "U2", "U3"], "M": ["X", "U2"], "Y": ["M", "U3"]},
)
IDENTIFIED = {"napkin": NAPKIN, "front door": FRONT_DOOR, "M-bias": BUTTERFLY, "star of hidden causes": STAR}


@pytest.mark.parametrize("graph", IDENTIFIED.values(), ids=IDENTIFIED.keys())
@pytest.mark.parametrize("seed", range(3))
def test_what_the_graph_identifies_is_a_value(graph, seed):
    model = table(np.random.default_rng(seed), *graph, {"U": 3, "U1": 3})
    query = "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))"
    wanted = oracle.interval(model, parse(query, model))
    assert bounds(model, query).value == pytest.approx(wanted[0], abs=CLOSE)


def test_hidden_causes_of_pairs_are_told_from_one_of_all_three():
    names, query = ["A", "B", "C"], "P(B[A=1]=1, B[A=0]=0)"
    pairs = {"A": ["U1"], "B": ["A", "U1", "U2"], "C": ["U2"]}
    one = {"A": ["U"], "B": ["A", "U"], "C": ["U"]}
    rng = np.random.default_rng(5)
    outer = bounds(table(rng, ["U1", "U2", *names], pairs, {}), query)
    assert not outer.sharp
    assert "No single hidden cause" in outer.because
    with pytest.raises(ValueError, match="no model"):
        attaining(outer, "low")
    assert bounds(table(rng, ["U", *names], one, {}), query).sharp


# Whole expressions


EXPRESSIONS = (
    "P(Y=1 | do(X=1)) / P(Y=1 | do(X=0))",
    "P(Y[X=1]=1, Y[X=0]=0) / (1 - P(Y[X=0]=1))",
    "P(Y[X=1]=1 | Y[X=0]=0) - P(Y[X=0]=1)",
    "P(Y[X=0]=1) * P(Y[X=1]=0)",
    "2 * P(Y[X=1]=1 | X=0) - 3 * P(Y[X=0]=1 | X=1) + 1",
)


@pytest.mark.parametrize("written", EXPRESSIONS)
def test_an_expression_is_bounded_as_a_whole(written):
    """Attained ends, and no mixture of models at the ends of other questions does better."""
    rng = np.random.default_rng(11)
    for _ in range(2):
        model = table(rng, *DISTRICTS["bow"][:2], {"U": 3})
        query, found = parse(written, model), bounds(model, written)
        inside(model, query, found)
        others = [bounds(model, q) for q in ASKED]
        for rival in [attaining(o, end) for o in others for end in ("low", "high")]:
            inside(rival, query, found)
        if found.witnessed:
            assert len(list(attained(model, query, found, ("observed",)))) == 2


def test_terms_of_an_expression_are_those_of_one_model():
    model = table(np.random.default_rng(2), *DISTRICTS["bow"][:2], {})
    assert bounds(model, "P(Y=1 | do(X=1))").value is None
    assert bounds(model, "P(Y=1 | do(X=1)) - P(Y=1 | do(X=1))").value == pytest.approx(0.0, abs=1e-9)
    assert bounds(model, "P(Y=1 | do(X=1)) + P(Y[X=1]=0)").value == pytest.approx(1.0, abs=1e-9)
    assert bounds(model, "P(Y=1 | do(X=1)) / P(Y[X=1]=1)").value == pytest.approx(1.0, abs=1e-9)


def test_a_distribution_has_an_interval_for_every_state():
    model = table(np.random.default_rng(3), *DISTRICTS["bow"][:2], {"Y": 3})
    found = bounds(model, "P(Y | do(X=1))")
    for state, ends in found.distribution.items():
        assert ends == pytest.approx(bounds(model, f"P(Y={state} | do(X=1))").interval, abs=CLOSE)
        for end, value in zip(("low", "high"), ends, strict=True):
            other = attaining(found, end, state)
            same_distributions(model, other, ["observed"])
            assert oracle.interval(other, parse(f"P(Y={state} | do(X=1))"))[0] == pytest.approx(value, abs=CLOSE)
    assert found.to_dict()["distribution"] == {s: list(ends) for s, ends in found.distribution.items()}


def test_probabilities_of_zero_leave_open_what_they_cannot_tell():
    """Nobody takes X = 1, so what it would do is anybody's guess; what X = 0 does is known."""
    data = {
        "format": 1,
        "exogenous": {"U": {"states": ["0", "1"], "p": [0.5, 0.5]}},
        "variables": {
            "X": {"states": ["0", "1"], "parents": ["U"], "cpt": [[1, 0], [1, 0]]},
            "Y": {"states": ["0", "1"], "parents": ["X", "U"], "cpt": [[0.7, 0.3], [0.2, 0.8], [0.5, 0.5], [0, 1]]},
        },
    }
    model = from_dict(data, "nobody")
    assert bounds(model, "P(Y=1 | do(X=1))").interval == pytest.approx((0.0, 1.0))
    assert bounds(model, "P(Y=1 | do(X=0))").value == pytest.approx(0.55)
    with pytest.raises(ImpossibleEvidence, match="X=1"):
        bounds(model, "P(Y[X=0]=1 | X=1)")


def test_the_same_question_gives_the_same_answer_from_every_thread():
    model = table(np.random.default_rng(4), *DISTRICTS["mediator"][:2], {"U": 3})
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda i: bounds(model, ASKED[i % len(ASKED)]), range(40)))
    for i, one in enumerate(found):
        assert one == found[i % len(ASKED)]


def test_the_lesson_runs():
    assert doctest.testmod(closed_forms).failed == 0


CONFOUNDED = {
    "format": 1,
    "exogenous": {"U": {"states": ["0", "1"], "p": [0.4, 0.6]}},
    "variables": {
        "X": {"states": ["0", "1"], "parents": ["U"], "cpt": [[0.8, 0.2], [0.3, 0.7]]},
        "Y": {"states": ["0", "1"], "parents": ["X", "U"], "cpt": [[0.9, 0.1], [0.6, 0.4], [0.5, 0.5], [0.1, 0.9]]},
    },
}


def test_types_that_take_too_long_to_read_are_refused(monkeypatch):
    response_program.prepare.cache_clear()
    monkeypatch.setattr(response_types, "MOST_READINGS", 20)
    with pytest.raises(TooLarge):
        bounds(from_dict(CONFOUNDED, "bow"), "P(Y[X=1]=1, Y[X=0]=0)")
    response_program.prepare.cache_clear()


def test_a_search_that_is_given_up_early_holds_what_the_whole_search_finds(monkeypatch):
    """A product of two unknowns of one district is no linear program; with little time, its bounds are wider."""
    model, query = from_dict(CONFOUNDED, "bow"), "P(Y=1 | do(X=1)) * P(Y=1 | do(X=0)) - P(Y[X=1]=1, Y[X=0]=0)"
    whole = bounds(model, query).interval
    monkeypatch.setattr(branching, "MOST_WORK", 1)
    low, high = bounds(model, query).interval
    assert low < whole[0] <= whole[1] < high
