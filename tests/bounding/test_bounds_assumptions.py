"""Switches: what an assumption rules out stays out, what it allows stays in, and what it contradicts is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import oracle
import pytest
from hypothesis import strategies as st
from strategies import theorem
from test_bounds import CLOSE, asked, models, same_distributions, sources_of, table, written_out

from causal.bounding import attaining, bounds, bounds_from
from causal.bounding.sources import Distribution
from causal.errors import BadQuery, ImpossibleEvidence, MissingNumbers, TooLarge
from causal.files.shelf import from_dict
from causal.graphs import graph
from causal.models.mechanisms import Function, Table
from causal.models.model import Model, Variable
from causal.queries.parsing import parse


def answer(model, name, at):
    """The state that a variable's function gives for states of its parents."""
    row = 0
    for p in model[name].parents:
        row = row * len(model[p].states) + model[p].states.index(at[p])
    return model[name].mechanism.rows[row]


def settings(model, names):
    return (dict(zip(names, s, strict=True)) for s in product(*(model[n].states for n in names)))


def rises(model, x, y):
    """Whether Y never falls as X rises, all between moved along, what X does not move held at anything."""
    moved = graph.descendants(model, x) & (graph.ancestors(model, y) | {y})
    between = [n for n in model.causal_order if n in moved and n != x]
    others = dict.fromkeys(p for n in between for p in model[n].parents if p != x and p not in between)
    for at in settings(model, others):
        found = []
        for state in model[x].states:
            respond = {**at, x: state}
            for n in between:
                respond[n] = answer(model, n, respond)
            found.append(model[y].states.index(respond[y]))
        if any(a > b for a, b in pairwise(found)):
            return False
    return True


def ignores(model, x, y):
    """Whether Y, a function, has no parent X, or one that does nothing."""
    others = [p for p in model[y].parents if p != x]
    if len(others) == len(model[y].parents):
        return True
    return all(len({answer(model, y, {**at, x: s}) for s in model[x].states}) == 1 for at in settings(model, others))


def alone(model, x):
    """Whether no exogenous variable moves both X and something else other than through X."""
    chance = [p for p in model[x].parents if model[p].exogenous]
    return all(graph.children(model, u) == (x,) for u in chance)


HOLDS = {"monotone": rises, "no-defiers": rises, "no-direct-effect": ignores}


def by_noise(model, rng):
    """The same model with a function for every table with parents: its noise is a variable of its own."""
    variables, noises = [], []
    for v in model:
        if not v.parents:
            variables.append(v)
            continue
        noise = Variable(f"N_{v.name}", "noise", exogenous=True, states=("a", "b", "c"), mechanism=None)
        noises.append(replace(noise, mechanism=Table((tuple(rng.dirichlet(np.ones(3)).tolist()),))))
        rows = 3 * len(v.mechanism.rows)
        variables.append(
            replace(
                v,
                parents=(*v.parents, noise.name),
                mechanism=Function(tuple(v.states[k] for k in rng.integers(len(v.states), size=rows))),
            )
        )
    return Model((*noises, *variables))


def made_to_hold(model, kind, x, y):
    """The model changed so that the assumption is true of it."""
    v = model[y]
    if kind == "no-direct-effect":
        first = {**{p: model[p].states[0] for p in v.parents}}
        rows = [answer(model, y, {**at, x: first[x]}) for at in settings(model, v.parents)]
    else:
        others = [p for p in v.parents if p != x]
        risen = {}
        for at in settings(model, others):
            found = sorted(v.states.index(answer(model, y, {**at, x: s})) for s in model[x].states)
            for s, k in zip(model[x].states, found, strict=True):
                risen[tuple(sorted({**at, x: s}.items()))] = v.states[k]
        rows = [risen[tuple(sorted(at.items()))] for at in settings(model, v.parents)]
    changed = replace(v, mechanism=Function(tuple(rows)))
    return replace(model, variables=tuple(changed if u.name == y else u for u in model))


@st.composite
def cases(draw):
    """A model of functions with a measured arrow, an assumption about it, true or not, a question and sources."""
    drawn = draw(models().filter(lambda m: any(not m[a].exogenous for a, _ in m.edges)))
    model = by_noise(drawn, np.random.default_rng(draw(st.integers(0, 10**6))))
    x, y = draw(st.sampled_from([(a, b) for a, b in model.edges if not model[a].exogenous]))
    kind = draw(st.sampled_from(sorted(HOLDS)))
    if draw(st.integers(0, 3)):
        model = made_to_hold(model, kind, x, y)
    return model, f"{kind}:{x}:{y}", draw(asked(drawn)), draw(sources_of(drawn))


@theorem(cases(), sample=40, proof=800)
def test_bounds_under_an_assumption_hold_the_models_that_satisfy_it_and_are_attained_by_such(case):
    model, written, query, sources = case
    kind, x, y = written.split(":")
    true = HOLDS[kind](model, x, y)
    try:
        found = bounds(model, query, sources, [written])
    except ImpossibleEvidence as error:
        assert error.kind == "impossible-evidence" or not true
        if true:
            with pytest.raises(oracle.Impossible):
                oracle.interval(model, query)
        return
    except (TooLarge, BadQuery):
        return
    if true:
        try:
            inside = oracle.interval(model, query)
        except oracle.Impossible:
            return
        assert found.interval[0] - CLOSE <= inside[0] <= found.interval[1] + CLOSE
    if not found.witnessed:
        assert found.value is not None or not found.sharp
        return
    free = bounds(model, query, sources)
    assert free.interval[0] - CLOSE <= found.interval[0]
    assert found.interval[1] <= free.interval[1] + CLOSE
    for end, value in zip(("low", "high"), found.interval, strict=True):
        other = attaining(found, end)
        same_distributions(model, other, sources)
        assert oracle.interval(other, query)[0] == pytest.approx(value, abs=CLOSE)
        assert HOLDS[kind](other, x, y)


INSTRUMENT = (["U", "Z", "X", "Y"], {"Z": [], "X": ["Z", "U"], "Y": ["X", "U"]})
BOW = (["U", "X", "Y"], {"X": ["U"], "Y": ["X", "U"]})


def test_a_whole_effect_may_be_monotone_where_no_arrow_is():
    """Z never lowers Y, though Z moves Y through X only: no unit of an attaining model has Y fall as Z rises."""
    model = table(np.random.default_rng(6), *INSTRUMENT, {"U": 3})
    free = bounds(model, "P(Y[X=1]=1, Y[X=0]=0)")
    found = bounds(model, "P(Y[X=1]=1, Y[X=0]=0)", ["observed"], ["monotone:Z:Y"])
    assert found.sharp
    assert found.interval != pytest.approx(free.interval)
    assert free.interval[0] <= found.interval[0] + CLOSE
    for end in ("low", "high"):
        other = attaining(found, end)
        falls = parse("P(Y[Z=1]=0, Y[Z=0]=1)", other)
        assert oracle.interval(other, falls)[1] == pytest.approx(0.0, abs=1e-12)


def test_monotone_speaks_of_the_whole_effect_where_an_arrow_is_part_of_it():
    """X -> Y and X -> M -> Y: in an attaining model no unit has Y fall, though some have its arrow pull it down."""
    parents = {"X": ["U"], "M": ["X", "U"], "Y": ["X", "M", "U"]}
    model = table(np.random.default_rng(4), ["U", "X", "M", "Y"], parents, {"U": 3})
    harmed, arrow = "P(Y[X=1]=0, Y[X=0]=1)", "P(Y[X=1, M=0]=0, Y[X=0, M=0]=1)"
    assert bounds(model, harmed, ["observed"], ["monotone:X:Y"]).value == pytest.approx(0.0, abs=1e-12)
    found = bounds(model, arrow, ["observed"], ["monotone:X:Y"])
    assert found.interval[1] > 0.05
    assert oracle.interval(attaining(found, "high"), parse(harmed, model))[1] == pytest.approx(0.0, abs=1e-12)


SWITCHED = {
    "monotone:X:Y": lambda respond: respond("Y", X="0") <= respond("Y", X="1"),
    "no-defiers:Z:X": lambda respond: respond("X", Z="0") <= respond("X", Z="1"),
    "monotone:Z:Y": lambda respond: respond("Y", Z="0") <= respond("Y", Z="1"),
}


@pytest.mark.parametrize("switch", SWITCHED)
def test_a_program_with_the_forbidden_types_struck_out_has_the_same_ends(switch):
    ends = 0
    for seed in range(14):
        model = table(np.random.default_rng(seed), *INSTRUMENT, {"U": 3})
        for written in ("P(Y[X=1]=1, Y[X=0]=0)", "P(Y[X=1]=1 | X=0)", "P(Y=0 | do(X=0))"):
            try:
                found = bounds(model, written, ["observed"], [switch])
            except ImpossibleEvidence:
                with pytest.raises(TypeError):  # the program has no end
                    written_out(model, "Z", ["X", "Y"], parse(written, model), SWITCHED[switch])
                continue
            wanted = written_out(model, "Z", ["X", "Y"], parse(written, model), SWITCHED[switch])
            assert found.interval == pytest.approx(wanted, abs=CLOSE)
            ends += 1
    assert ends > 5


def monotone_chain():
    """X -> M -> Y without hidden causes: both arrows rise."""
    data = {n: Variable(n, n, states=("0", "1"), numbers=(0.0, 1.0)) for n in "XMY"}
    return Model(
        (
            replace(data["X"], mechanism=Table(((0.5, 0.5),))),
            replace(data["M"], parents=("X",), mechanism=Table(((0.7, 0.3), (0.2, 0.8)), "monotone")),
            replace(data["Y"], parents=("M",), mechanism=Table(((0.9, 0.1), (0.4, 0.6)), "monotone")),
        )
    )


def test_a_whole_effect_through_independent_mechanisms_is_bounded_safely():
    model, query = monotone_chain(), "P(Y[X=1]=1, Y[X=0]=0)"
    found = bounds(model, query, ["observed"], ["monotone:X:Y"])
    free = bounds(model, query)
    truth = oracle.interval(model, parse(query, model))[0]
    assert found.interval[0] - CLOSE <= truth <= found.interval[1] + CLOSE
    assert free.interval[0] - CLOSE <= found.interval[0] <= found.interval[1] <= free.interval[1] + CLOSE


def test_no_hidden_cause_makes_seeing_doing():
    rng = np.random.default_rng(3)
    model = table(rng, ["X", "Y"], {"X": [], "Y": ["X"]}, {"Y": 3})
    confounded = Model((Variable("U", "U", exogenous=True), *(replace(v, parents=(*v.parents, "U")) for v in model)))
    hidden = replace(confounded["U"], states=("u",), mechanism=Table(((1.0,),)))
    confounded = replace(confounded, variables=(hidden, *confounded.endogenous))
    for state in "012":
        assert bounds(confounded, f"P(Y={state} | do(X=1))").value is None
        found = bounds(confounded, f"P(Y={state} | do(X=1))", ["observed"], ["exogenous:X"])
        assert found.value == pytest.approx(model["Y"].mechanism.rows[1][int(state)], abs=1e-12)
    found = bounds(confounded, "P(Y[X=1]=1 | Y[X=0]=0)", ["observed"], ["exogenous:X"])
    for end in ("low", "high"):
        other = attaining(found, end)
        same_distributions(confounded, other, ["observed"])
        assert alone(other, "X")


CONTRADICTED = [
    ("exogenous:X", ["observed", "do:X"]),
    ("monotone:X:Y", ["do:X"]),
    ("no-direct-effect:X:Y", ["do:X"]),
    ("no-defiers:X:Y", ["observed", "do:X"]),
]


@pytest.mark.parametrize(("switch", "sources"), CONTRADICTED)
def test_assumptions_that_the_distributions_contradict_are_named(switch, sources):
    rows = ((0.2, 0.8), (0.1, 0.9), (0.6, 0.4), (0.9, 0.1))
    u = Variable("U", "U", exogenous=True, states=("a", "b"), mechanism=Table(((0.5, 0.5),)))
    x = Variable("X", "X", parents=("U",), states=("0", "1"), mechanism=Table(((0.9, 0.1), (0.2, 0.8))))
    y = Variable("Y", "Y", parents=("X", "U"), states=("0", "1"), mechanism=Table(rows))
    with pytest.raises(ImpossibleEvidence, match=switch) as raised:
        bounds(Model((u, x, y)), "P(Y=1)", sources, [switch])
    assert raised.value.kind == "impossible-evidence/assumptions"


def bow():
    names, parents = BOW
    return table(np.random.default_rng(1), names, parents, {})


WRONG = [
    ("P(Y=1 | do(X=1))", (), ["monotone:X:Z"], "unknown-variable", "did you mean|known are"),
    ("P(Y=1 | do(X=1))", (), ["monotone:X"], "assumption", "monotone:X:Y"),
    ("P(Y=1 | do(X=1))", (), ["monoton:X:Y"], "assumption", "did you mean monotone:X:Y"),
    ("P(Y=1 | do(X=1))", (), ["monotone:X:X"], "assumption", "twice"),
    ("P(Y=1 | do(X=1))", (), ["exogenous:U"], "unmeasured", "not measured"),
    ("P(Y=1 | do(X=1))", ["do:U"], (), "unmeasured", "not measured"),
    ("P(Y=1 | do(X=1))", ["do:W"], (), "unknown-variable", "known are"),
    ("P(Y=1 | do(X=1))", ["do:"], (), "source", "observed"),
    ("P(Y=1 | do(X=1))", ["seen"], (), "source", "observed"),
    ("P(Y=1 | U=0)", (), (), "unmeasured", "not measured"),
    ("P(Y=1 | do(U=0))", (), (), "unmeasured", "not measured"),
    ("P(Y[X=X[U=0]]=1)", (), (), "unmeasured", "not measured"),
    ("P(Y=2)", (), (), "unknown-state", "state of Y"),
    ("P(W=1)", (), (), "unknown-variable", "variable of the model"),
    ("P(Y=1) / P(Y[X=1]=0, Y[X=0]=1)", (), (), "division-by-zero", "0"),
]


@pytest.mark.parametrize(("question", "sources", "assume", "finer", "said"), WRONG)
def test_what_cannot_be_meant_is_refused_in_the_readers_words(question, sources, assume, finer, said):
    with pytest.raises(BadQuery, match=said) as raised:
        bounds(bow(), question, sources or ["observed"], assume)
    assert raised.value.kind == f"bad-query/{finer}"


def test_a_latent_variable_is_not_measured_either():
    model = bow()
    hidden = replace(model, variables=tuple(replace(v, latent=v.name == "X") for v in model))
    with pytest.raises(BadQuery) as raised:
        bounds(hidden, "P(Y=1 | do(X=1))")
    assert raised.value.kind == "bad-query/unmeasured"


def test_a_graph_has_no_distributions_but_takes_tables():
    graph_only = Model((Variable("U", "U", exogenous=True), *(Variable(n, n, parents=("U",)) for n in "XY")))
    with pytest.raises(MissingNumbers):
        bounds(graph_only, "P(Y=1)")
    seen = Distribution(("X", "Y"), np.array([[0.1, 0.2], [0.3, 0.4]]))
    assert bounds_from(graph_only, "P(Y=1)", [seen]).value == pytest.approx(0.6)
    assert bounds_from(graph_only, "E(Y | do(X=1))", [seen]).value == pytest.approx(0.6)


def test_too_many_response_types_are_refused():
    names = [f"X{i}" for i in range(10)]
    parents = {n: ["U", *names[:i]] for i, n in enumerate(names)}
    model = table(np.random.default_rng(0), ["U", *names], parents, {})
    with pytest.raises(TooLarge, match="too many variables"):
        bounds(model, "P(X9[X0=0]=0, X9[X0=1]=1)")
    with pytest.raises(TooLarge, match="more different ways"):
        bounds(model, "P(X3[X0=0]=0, X3[X0=1]=1)", ["observed", "do:X0", "do:X1"])


def test_a_contradiction_is_seen_where_the_question_cancels_out():
    """X lowers Y in this model, so that no model fits where it is assumed to raise Y, whatever is asked."""
    data = {
        "format": 1,
        "variables": {
            "X": {"states": ["0", "1"], "p": [0.5, 0.5]},
            "Y": {"states": ["0", "1"], "parents": ["X"], "cpt": [[0.1, 0.9], [0.9, 0.1]]},
        },
    }
    nothing = "P(Y[X=0]=1, Y[X=1]=0) - P(Y[X=0]=1, Y[X=1]=0)"
    assert bounds(from_dict(data, "model"), nothing).value == 0.0
    with pytest.raises(ImpossibleEvidence):
        bounds(from_dict(data, "model"), nothing, assume=["monotone:X:Y"])
