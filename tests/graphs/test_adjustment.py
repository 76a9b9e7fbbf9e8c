"""Adjustment sets, front-door sets and instruments against walking every set and every path, and against numbers."""

from __future__ import annotations

from itertools import chain, combinations, pairwise, product
from time import process_time

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from strategies import theorem

from causal.effects.price import price
from causal.errors import BadQuery, ImpossibleEvidence, TooLarge
from causal.graphs import hitting_sets, instruments, separators
from causal.graphs.adjustment import Reason, adjustment_sets, judge
from causal.graphs.criteria import CRITERIA, adjust
from causal.graphs.front_door import front_door_sets
from causal.graphs.hitting_sets import Effort
from causal.models.mechanisms import Linear, Table
from causal.models.model import Model, Variable
from causal.studies.standardisation import from_table
from causal.studies.units import draw


def graph_of(arrows, latent="", names=""):
    """A graph written "U->X U->Y X->Y"; ``latent`` names what nobody measures."""
    pairs = [arrow.split("->") for arrow in arrows.split()]
    order = dict.fromkeys([*names.split(), *(name for pair in pairs for name in pair)])
    return Model(
        tuple(Variable(n, n, parents=tuple(a for a, b in pairs if b == n), latent=n in latent.split()) for n in order)
    )


@st.composite
def random_graphs(draw, most=7):
    """Any graph of up to 7 variables, some latent or exogenous, its first two measured: treatment and outcome."""
    n = draw(st.integers(2, most))
    order = list(draw(st.permutations([f"V{i}" for i in range(n)])))
    if order.index("V0") > order.index("V1") and draw(st.sampled_from((True, True, False))):
        order = [{"V0": "V1", "V1": "V0"}.get(name, name) for name in order]
    variables = []
    for i, name in enumerate(order):
        parents = tuple(p for p in order[:i] if draw(st.sampled_from((True, True, False, False, False))))
        hidden = name not in ("V0", "V1") and draw(st.sampled_from((True, False, False)))
        exogenous = hidden and not parents and draw(st.booleans())
        variables.append(Variable(name, name, exogenous, parents, latent=hidden and not exogenous))
    return Model(tuple(sorted(variables, key=lambda v: not v.exogenous)))


# The second road: explicit lists of paths


def walks(edges, a, b):
    """All simple paths between a and b, as lists of variables."""
    found, waiting = [], [[a]]
    while waiting:
        path = waiting.pop()
        if path[-1] == b:
            found.append(path)
            continue
        touching = {q for p, q in edges if p == path[-1]} | {p for p, q in edges if q == path[-1]}
        waiting += [[*path, name] for name in touching - set(path)]
    return found


def below(edges, name):
    """A variable and all its effects."""
    found = {name}
    while more := {b for a, b in edges if a in found} - found:
        found |= more
    return found


def is_open(edges, path, given):
    for a, m, b in zip(path, path[1:], path[2:], strict=False):
        if (a, m) in edges and (b, m) in edges:
            if not below(edges, m) & set(given):
                return False
        elif m in given:
            return False
    return True


def connected(edges, a, b, given):
    return any(is_open(edges, path, given) for path in walks(edges, a, b))


def directed(edges, path):
    return all(arrow in edges for arrow in pairwise(path))


def names_of(model):
    return [n for n in model.causal_order if model[n].observable and n not in ("V0", "V1", "X", "Y")]


def subsets(names):
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


def minimal(sets):
    sets = list(sets)
    return [s for s in sets if not any(set(other) < set(s) for other in sets)]


def fits_adjustment(edges, x, y, given):
    """The adjustment criterion, path by path."""
    paths = walks(edges, x, y)
    causal = [path for path in paths if directed(edges, path)]
    barred = set().union(*(below(edges, name) for path in causal for name in path[1:]))
    return not barred & set(given) and not any(is_open(edges, p, given) for p in paths if p not in causal)


def fits_front_door(edges, x, y, chosen):
    if not all(set(chosen) & set(p) for p in walks(edges, x, y) if directed(edges, p)):
        return False
    from_x = {e for e in edges if e[0] != x}
    from_m = {e for e in edges if e[0] not in chosen}
    return not any(connected(from_x, x, m, ()) or connected(from_m, m, y, (x,)) for m in chosen)


def fits_instrument(edges, x, y, name, given):
    acted = {e for e in edges if e[1] != x}
    return connected(edges, name, x, given) and not connected(acted, name, y, given)


@theorem(random_graphs(), sample=60, proof=1000)
def test_adjustment_sets_are_those_of_the_criterion_on_every_path(model):
    edges = set(model.edges)
    every = [s for s in subsets(names_of(model)) if fits_adjustment(edges, "V0", "V1", s)]
    assert adjustment_sets(model, "V0", "V1") == tuple(minimal(every))
    for given in subsets(names_of(model)):
        assert judge(model, "V0", "V1", given).valid == (given in every)


@theorem(random_graphs(), sample=60, proof=1000)
def test_a_set_that_will_not_do_is_told_why(model):
    edges = set(model.edges)
    causal = [p for p in walks(edges, "V0", "V1") if directed(edges, p)]
    between = {name for path in causal for name in path[1:]}
    for given in subsets(names_of(model)):
        verdict = judge(model, "V0", "V1", given)
        assert bool(verdict.reasons) != verdict.valid
        for reason in verdict.reasons:
            if reason.path:
                nodes = list(reason.path.nodes)
                assert nodes[0] == "V0" and nodes[-1] == "V1"
                assert all(
                    ((a, b) if to == "->" else (b, a)) in edges
                    for (a, b), to in zip(pairwise(nodes), reason.path.arrows, strict=True)
                )
                assert reason.path.open == is_open(edges, nodes, given)
            if reason.kind == "closes-mediator":
                assert nodes in causal and reason.node in nodes[1:-1] and reason.node in given
            elif reason.kind == "descendant":
                assert reason.node in given and reason.node not in between
                assert reason.at in between and reason.node in below(edges, reason.at)
            else:
                assert nodes not in causal and reason.path.open
                colliders = [s.node for s in reason.path.steps if s.kind == "collider"]
                assert bool(colliders) == (reason.kind == "opens-collider")
                if colliders:
                    assert reason.at == colliders[0] and reason.node in given
                    assert reason.node in below(edges, reason.at)


@theorem(random_graphs(), sample=60, proof=1000)
def test_front_door_sets_and_instruments_are_those_of_their_definitions_on_every_path(model):
    edges, others = set(model.edges), names_of(model)
    doors, tools = [], []
    if "V1" in below(edges, "V0"):
        doors = minimal(m for m in subsets(others) if fits_front_door(edges, "V0", "V1", m))
        for name in others:
            rest = [n for n in others if n != name]
            tools += [
                (name, w) for w in minimal(w for w in subsets(rest) if fits_instrument(edges, "V0", "V1", name, w))
            ]
    assert front_door_sets(model, "V0", "V1") == tuple(doors)
    assert instruments.instruments(model, "V0", "V1") == tuple(tools)


# With numbers


def with_tables(model, seed):
    """The same graph with two or three states a variable and random tables, nothing impossible in them."""
    rng = np.random.default_rng(seed)
    sizes = {v.name: int(rng.integers(2, 4)) for v in model}
    known = []
    for v in model:
        states = tuple(str(i) for i in range(sizes[v.name]))
        shape = [sizes[p] for p in v.parents]
        rows = rng.dirichlet(np.full(len(states), 0.7), size=int(np.prod(shape)))
        rows = 0.97 * rows + 0.03 / len(states)
        table = Table(tuple(tuple(row) for row in rows))
        known.append(Variable(v.name, v.name, v.exogenous, v.parents, states, table, latent=v.latent))
    return Model(tuple(known))


def joint(model, action=None):
    """The whole joint distribution, an axis a variable in the model's order, by multiplying the tables."""
    names = [v.name for v in model]
    total = np.ones([len(v.states) for v in model])
    for at in product(*(range(len(v.states)) for v in model)):
        state = dict(zip(names, at, strict=True))
        for v in model:
            if action and v.name in action:
                total[at] *= state[v.name] == action[v.name]
                continue
            row = 0
            for p in v.parents:
                row = row * len(model[p].states) + state[p]
            total[at] *= v.mechanism.rows[row][state[v.name]]
    return total


def marginal(model, whole, keep):
    """The distribution of some variables, axes in the order asked for."""
    names = [v.name for v in model]
    summed = whole.sum(axis=tuple(i for i, n in enumerate(names) if n not in keep))
    left = [n for n in names if n in keep]
    return summed.transpose([left.index(n) for n in keep])


def by_adjustment(model, whole, given, x, y):
    """The sum over z of P(y | x, z) P(z)."""
    table = marginal(model, whole, ["V0", "V1", *given])
    table = table.reshape(*table.shape[:2], -1)
    return float((table[x, y] / table[x].sum(axis=0)) @ table.sum(axis=(0, 1)))


def by_front_door(model, whole, mediators, x, y):
    """The sum over m of P(m | x) times the sum over x' of P(y | m, x') P(x')."""
    table = marginal(model, whole, ["V0", "V1", *mediators])
    table = table.reshape(*table.shape[:2], -1)
    first = table[x].sum(axis=0) / table[x].sum()
    second = (table[:, y] / table.sum(axis=1)).T @ table.sum(axis=(1, 2))
    return float(first @ second)


def numbered(most):
    return random_graphs(most).flatmap(lambda g: st.tuples(st.just(g), st.integers(0, 10**6)))


@theorem(numbered(6), sample=40, proof=1000)
def test_the_sets_found_give_the_right_number(case):
    graph, seed = case
    model = with_tables(graph, seed)
    whole, done = joint(model), joint(model, {"V0": 1})
    true = [float(p) for p in marginal(model, done, ["V1"])]
    for y in (0, 1):
        for given in adjustment_sets(model, "V0", "V1"):
            assert by_adjustment(model, whole, given, 1, y) == pytest.approx(true[y], abs=1e-9)
        for mediators in front_door_sets(model, "V0", "V1"):
            assert by_front_door(model, whole, mediators, 1, y) == pytest.approx(true[y], abs=1e-9)


@theorem(numbered(5), sample=30, proof=500)
def test_the_price_of_any_set_is_what_summing_the_joint_distribution_says(case):
    graph, seed = case
    model = with_tables(graph, seed)
    whole = joint(model)
    true = [float(marginal(model, joint(model, {"V0": x}), ["V1"])[1]) for x in (1, 0)]
    for given in subsets(names_of(model)):
        found = price(model, "V0", "V1", given, ("1", "0"), "1")
        assert found.reported == pytest.approx([by_adjustment(model, whole, given, x, 1) for x in (1, 0)], abs=1e-9)
        assert found.true == pytest.approx(true, abs=1e-9)
        assert found.bias == pytest.approx(0.0, abs=1e-9) or not judge(model, "V0", "V1", given)


def with_lines(model, seed):
    """The same graph with random straight lines, every variable with a chance of its own."""
    rng = np.random.default_rng(seed)

    def line(v):
        weights = rng.uniform(0.3, 1.5, len(v.parents)) * rng.choice([-1, 1], len(v.parents))
        return Linear(float(rng.normal()), tuple(float(w) for w in weights), float(rng.uniform(0.5, 1.5)))

    return Model(
        tuple(Variable(v.name, v.name, v.exogenous, v.parents, mechanism=line(v), latent=v.latent) for v in model)
    )


def moments(model):
    """Means and covariances of all variables, and the total effect of V0 on V1, from the matrix of coefficients."""
    names = [v.name for v in model]
    b = np.zeros((len(names), len(names)))
    for i, v in enumerate(model):
        for p, weight in zip(v.parents, v.mechanism.coefficients, strict=True):
            b[i, names.index(p)] = weight
    total = np.linalg.inv(np.eye(len(names)) - b)
    noise = np.diag([v.mechanism.sd**2 for v in model])
    means = total @ [v.mechanism.intercept for v in model]
    return names, means, total @ noise @ total.T, total[names.index("V1"), names.index("V0")]


def partial(names, covariance, a, b, given):
    """cov(a, b | given)."""
    i, j, k = names.index(a), names.index(b), [names.index(g) for g in given]
    inner = np.linalg.solve(covariance[np.ix_(k, k)], covariance[k, j]) if k else np.zeros(0)
    return covariance[i, j] - covariance[i, k] @ inner


@theorem(numbered(6), sample=40, proof=1000)
def test_in_a_linear_model_the_price_is_the_regression_coefficient(case):
    """And it is nothing exactly for the sets that satisfy the criterion: no other set is right by accident."""
    graph, seed = case
    model = with_lines(graph, seed)
    names, means, covariance, effect = moments(model)
    for given in subsets(names_of(model)):
        slope = partial(names, covariance, "V0", "V1", given) / partial(names, covariance, "V0", "V0", given)
        found = price(model, "V0", "V1", given, (2.0, 0.5))
        assert found.effect_reported == pytest.approx(1.5 * slope, abs=1e-9)
        away = 2.0 - means[names.index("V0")]
        assert found.reported[0] == pytest.approx(means[names.index("V1")] + slope * away, abs=1e-8)
        assert found.effect == pytest.approx(1.5 * effect, abs=1e-9)
        assert (abs(found.bias) < 1e-9) == judge(model, "V0", "V1", given).valid


@theorem(numbered(7), sample=60, proof=1000)
def test_an_instrument_gives_the_effect_of_a_linear_model(case):
    """Where nothing that is given is itself an effect of the treatment; elsewhere it mostly does not."""
    graph, seed = case
    model = with_lines(graph, seed)
    names, _, covariance, effect = moments(model)
    for name, given in instruments.instruments(model, "V0", "V1"):
        if instruments.gives_effect(model, "V0", given):
            assert not set(given) & below(set(model.edges), "V0")
            above = partial(names, covariance, name, "V1", given)
            assert above == pytest.approx(effect * partial(names, covariance, name, "V0", given), abs=1e-8)


# Textbook graphs, by hand

HIDDEN = "U->X U->Y"
BY_HAND = {
    "no confounding": ("X->Y", "", [[]], [], []),
    "confounder": ("Z->X Z->Y X->Y", "", [["Z"]], [], []),
    "hidden confounder": (f"{HIDDEN} X->Y", "U", [], [], []),
    "front door": (f"{HIDDEN} X->M M->Y", "U", [], [["M"]], []),
    "front door in two lanes": (f"{HIDDEN} X->M X->N M->Y N->Y", "U", [], [["M", "N"]], []),
    "front door in two steps": (f"{HIDDEN} X->M M->N N->Y", "U", [], [["M"], ["N"]], [["M", ["N"]]]),
    "instrument": (f"{HIDDEN} I->X X->Y", "U", [], [], [["I", []]]),
    "conditional instrument": (f"{HIDDEN} W->I W->Y I->X X->Y", "U", [], [], [["I", ["W"]]]),
    "instrument through a collider": (
        f"{HIDDEN} I->C A->C A->X X->Y",
        "U",
        [],
        [],
        [["A", []], ["I", ["C"]], ["C", []]],
    ),
    "M-bias": ("A->X A->Z B->Z B->Y X->Y", "A B", [[]], [], []),
    "butterfly": ("A->X A->Z B->Z B->Y Z->X Z->Y X->Y", "", [["A", "Z"], ["B", "Z"]], [], [["A", ["B", "Z"]]]),
    "napkin": ("U->W U->X V->W V->Y W->Z Z->X X->Y", "U V", [], [], [["Z", ["W"]]]),
    "mediator": ("X->M M->Y X->Y", "", [[]], [], []),
    "the outcome comes first": ("Y->X", "", [], [], []),
    "no arrow between them": ("Z->X Z->Y", "", [["Z"]], [], []),
    "nothing in common": ("A->X B->Y", "", [[]], [], []),
}


@pytest.mark.parametrize(("arrows", "latent", "sets", "doors", "tools"), BY_HAND.values(), ids=BY_HAND.keys())
def test_textbook_graphs_give_what_one_finds_by_hand(arrows, latent, sets, doors, tools):
    found = adjust(graph_of(arrows, latent), "X", "Y").to_dict()
    assert found | {"adjustment": sets, "front_door": doors, "instruments": tools} == found


def test_every_criterion_is_a_row_of_the_table():
    found = adjust(graph_of("Z->X Z->Y X->Y"), "X", "Y")
    assert {"adjustment", "front_door", "instruments"} <= set(CRITERIA)
    assert dict(found.found) == {n: f(graph_of("Z->X Z->Y X->Y"), "X", "Y") for n, f in CRITERIA.items()}


def test_an_exogenous_common_cause_is_as_hidden_as_a_latent_one():
    noise = Variable("U", "U", exogenous=True)
    model = Model((noise, Variable("X", "X", parents=("U",)), Variable("Y", "Y", parents=("X", "U"))))
    assert adjust(model, "X", "Y")["adjustment"] == ()


def test_an_effect_of_the_treatment_may_be_adjusted_for_though_the_back_door_criterion_says_no():
    model = graph_of("X->Y X->D U->D U->Y")
    assert judge(model, "X", "Y", ["D", "U"]).valid
    assert adjustment_sets(model, "X", "Y") == ((),)


def test_given_an_effect_of_the_treatment_an_instrument_says_nothing_of_the_effect():
    """By the definition alone, a mediator that is given makes an instrument of whatever the treatment moves."""
    model = graph_of("X->M M->Y X->D")
    assert instruments.instruments(model, "X", "Y") == (("D", ("M",)),)
    assert not instruments.gives_effect(model, "X", ["M"])


def test_each_wrong_choice_is_answered_by_its_reason():
    model = graph_of("A->X A->Z B->Z B->Y X->M M->Y M->D Z->E")
    (closed,) = judge(model, "X", "Y", ["M"]).reasons
    assert (closed.kind, closed.node, closed.path.nodes, closed.path.blocked_by) == (
        "closes-mediator",
        "M",
        tuple("XMY"),
        "M",
    )
    assert judge(model, "X", "Y", ["D"]).reasons == (Reason("descendant", "D", "M"),)
    (opened,) = judge(model, "X", "Y", ["E"]).reasons
    assert (opened.kind, opened.node, opened.at, opened.path.nodes) == ("opens-collider", "E", "Z", tuple("XAZBY"))
    assert judge(model, "X", "Y", ["E", "A"])


def test_a_path_left_open_is_shown_with_its_hidden_cause():
    (left,) = judge(graph_of("U->X U->Y X->Y", "U"), "X", "Y", []).reasons
    assert (left.kind, left.path.nodes, left.path.arrows) == ("leaves-open", tuple("XUY"), ("<-", "->"))


def test_an_open_path_is_found_in_a_graph_with_more_paths_than_can_be_walked():
    """Twelve mediators, each a cause of all later ones, have thousands of short causal paths; one long path is open."""
    lanes = [f"M{i}" for i in range(12)]
    arrows = [f"X->{m} {m}->Y" for m in lanes] + [f"{a}->{b}" for a, b in combinations(lanes, 2)]
    model = graph_of(" ".join([*arrows, "Q1->X", *(f"Q{i + 1}->Q{i}" for i in range(1, 6)), "Q6->Y"]))
    (reason,) = judge(model, "X", "Y", []).reasons
    assert (reason.kind, reason.path.nodes[1:-1]) == ("leaves-open", ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6"))


@pytest.mark.parametrize(
    ("names", "finer", "told"),
    [
        (("X", "Yy"), "unknown-variable", "did you mean Y"),
        (("U", "Y"), "unmeasured", "nobody measures it"),
        (("X", "N"), "unmeasured", "chance itself"),
        (("X", "X"), "same-variable", "must differ"),
    ],
)
def test_names_that_make_no_question_are_refused_kindly(names, finer, told):
    model = Model((Variable("N", "N", exogenous=True), *graph_of("U->X U->Y X->Y", "U")))
    with pytest.raises(BadQuery, match=told) as caught:
        adjust(model, *names)
    assert caught.value.kind == f"bad-query/{finer}"


def test_what_cannot_be_measured_cannot_be_adjusted_for():
    with pytest.raises(BadQuery, match="nobody measures it"):
        judge(graph_of("U->X U->Y X->Y", "U"), "X", "Y", ["U"])


def ladder(rungs):
    """A back-door path of this many steps, each with three ways to go."""
    arrows = ["X->Y", *(f"A0_{k}->X A{rungs - 1}_{k}->Y" for k in range(3))]
    arrows += [f"A{i}_{j}->A{i - 1}_{k}" for i in range(1, rungs) for j in range(3) for k in range(3)]
    return graph_of(" ".join(arrows))


def test_twenty_variables_take_no_walk_through_a_million_subsets():
    """Each step of the ladder is one set of three: by the definition six sets, among 2^18."""
    assert adjustment_sets(ladder(6), "X", "Y") == tuple(
        tuple(sorted((f"A{i}_{k}" for k in range(3)), key=ladder(6).causal_order.index)) for i in reversed(range(6))
    )


def test_a_list_that_nobody_could_read_is_refused():
    """Sixteen back-door paths of two variables each: 2^16 minimal sets."""
    arrows = " ".join(f"B{i}->A{i} A{i}->X B{i}->Y" for i in range(16))
    with pytest.raises(TooLarge):
        adjustment_sets(graph_of(f"{arrows} X->Y"), "X", "Y")


def test_the_larger_the_graph_the_sooner_a_list_ends(monkeypatch):
    arrows = " ".join(f"B{i}->A{i} A{i}->X B{i}->Y" for i in range(5))
    assert len(adjustment_sets(graph_of(f"{arrows} X->Y"), "X", "Y")) == 2**5
    monkeypatch.setattr(separators, "MOST_WORK", 2**5 * 12 - 1)
    with pytest.raises(TooLarge):
        adjustment_sets(graph_of(f"{arrows} X->Y"), "X", "Y")


def test_all_instruments_share_one_search_that_is_given_up_in_time():
    """A chain of pairs, each of which may be given or not, with an effect of either: each alone would take for ever."""
    pairs = " ".join(f"A{i}->A{i + 1} B{i}->A{i + 1} A{i}->B{i + 1} U{i}->A{i} U{i}->B{i + 1}" for i in range(20))
    model = graph_of(f"{pairs} A20->X X->Y H->X H->Y B20->Y", "H " + " ".join(f"U{i}" for i in range(20)))
    began = process_time()
    with pytest.raises(TooLarge):
        adjust(model, "X", "Y")
    assert process_time() - began < 4


def test_a_search_ends_where_its_means_end():
    with pytest.raises(TooLarge):
        hitting_sets.minimal_sets(
            "abc", lambda chosen: "abc" if len(chosen) < 3 else None, lambda *_: True, Effort(5, 14)
        )


# From a table of data


def test_a_tables_interval_holds_the_population_number_in_about_95_of_100_samples():
    model = with_tables(graph_of("Z->X Z->Y X->Y"), 5)
    lines = with_lines(graph_of("V2->V0 V2->V1 V0->V1"), 5)
    for m, x, y, given, arms, event in (
        (model, "X", "Y", ["Z"], ("1", "0"), "1"),
        (model, "X", "Y", [], ("1", "0"), "1"),
        (lines, "V0", "V1", ["V2"], (1.0, 0.0), ""),
        (lines, "V0", "V1", [], (1.0, 0.0), ""),
    ):
        wanted = price(m, x, y, given, arms, event).effect_reported
        found = [from_table(draw(m, 400, seed).values(), m, x, y, given, arms, event) for seed in range(200)]
        held = sum(e.low <= wanted <= e.high for e in found)
        assert 180 <= held <= 199
        assert np.mean([e.value for e in found]) == pytest.approx(wanted, abs=0.02)


def test_a_table_is_standardised_as_one_does_by_hand():
    """Young: 1 of 2 against 0 of 1; old: 2 of 2 against 1 of 3; of middle age, one arm only."""
    rows = [("young", "1", "1"), ("young", "1", "0"), ("young", "0", "0")]
    rows += [("old", "1", "1")] * 2 + [("old", "0", "1")] + [("old", "0", "0")] * 2 + [("middle", "1", "1")]
    table = pd.DataFrame(rows, columns=["Z", "X", "Y"])
    found = from_table(table, with_tables(graph_of("Z->X Z->Y X->Y"), 0), "X", "Y", ["Z"], ("1", "0"), "1")
    assert found.n == 8
    assert found.value == pytest.approx(3 / 8 * 1 / 2 + 5 / 8 * 2 / 3)


def test_a_coefficient_and_its_interval_are_those_of_least_squares():
    model = with_lines(graph_of("V2->V0 V2->V1 V0->V1"), 3)
    table = draw(model, 50, 1).values()
    found = from_table(table, model, "V0", "V1", ["V2"], (3.0, 1.0))
    design = np.column_stack([np.ones(50), table["V0"], table["V2"]])
    coefficients, (residual,), *_ = np.linalg.lstsq(design, table["V1"].to_numpy(), rcond=None)
    error = np.sqrt(residual / 47 * np.linalg.inv(design.T @ design)[1, 1])
    assert (found.value, found.high - found.value) == pytest.approx(
        (2 * coefficients[1], 2 * 1.959964 * error), rel=1e-6
    )


def test_where_no_unit_can_be_compared_there_is_no_number():
    model = with_tables(graph_of("Z->X Z->Y X->Y"), 0)
    table = pd.DataFrame({"Z": ["0", "1"], "X": ["0", "1"], "Y": ["0", "1"]})
    assert from_table(table, model, "X", "Y", ["Z"], ("1", "0"), "1").value is None
    assert from_table(table[:0], model, "X", "Y", ["Z"], ("1", "0"), "1").value is None
    few = draw(with_lines(graph_of("V2->V0 V2->V1 V0->V1"), 3), 2, 1).values()
    assert from_table(few, with_lines(graph_of("V2->V0 V2->V1 V0->V1"), 3), "V0", "V1", ["V2"], (1, 0)).value is None


def test_a_set_that_leaves_nobody_to_compare_has_no_price():
    same = Table(((1.0, 0.0), (0.0, 1.0)))
    coin = Variable("Z", "Z", states=("0", "1"), mechanism=Table(((0.5, 0.5),)))
    copy = Variable("X", "X", parents=("Z",), states=("0", "1"), mechanism=same)
    model = Model((coin, copy, Variable("Y", "Y", parents=("X",), states=("0", "1"), mechanism=same)))
    with pytest.raises(ImpossibleEvidence, match="nobody has X = 1"):
        price(model, "X", "Y", ["Z"], ("1", "0"), "1")
    lines = Model(
        (
            Variable("Z", "Z", mechanism=Linear(0.0, (), 1.0)),
            Variable("X", "X", parents=("Z",), mechanism=Linear(0.0, (2.0,), 0.0)),
            Variable("Y", "Y", parents=("X",), mechanism=Linear(0.0, (1.0,), 1.0)),
        )
    )
    with pytest.raises(ImpossibleEvidence):
        price(lines, "X", "Y", ["Z"], (1.0, 0.0))


def test_variables_of_two_kinds_have_nothing_to_do_with_each_other():
    coins, lines = with_tables(graph_of("Z->X Z->Y X->Y"), 2), with_lines(graph_of("V2->V0 V2->V1 V0->V1"), 3)
    both = Model((*coins, *lines))
    assert price(both, "X", "V1", ["Z"], ("1", "0")).effect_reported == 0
    assert price(both, "X", "Y", ["Z", "V2"], ("1", "0"), "1") == price(coins, "X", "Y", ["Z"], ("1", "0"), "1")
