"""Where identification fails there are two models: same graph, same data, same experiments, different answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from semimarkovian import as_model, chance, counted, graph, random_graph, random_query
from strategies import sizes
from witnessed import NOTHING, all_ones, check_witness

from causal.graphs.projection import Projection, project
from causal.identification.question.points import with_states
from causal.identification.question.term_question import effect_verdict
from causal.identification.witnesses import agreeing_models
from causal.identification.witnesses import model_pair as witnesses
from causal.identification.witnesses.model_pair import thinned, witness
from causal.identification.witnesses.response_probabilities import ResponseProbabilities
from causal.queries.query import Setting


def check(shown, y, x, z=NOTHING, experiments=NOTHING, states=("0", "1")):
    def unknown(part):
        return not effect_verdict(part, y, x, z, experiments)

    check_witness(shown, all_ones(y, x, z), unknown, experiments, states)


@sizes(60, 2000)
def test_every_effect_that_is_not_identified_has_its_two_models(seeds):
    met = 0
    for seed in seeds:
        rng = chance(seed)
        shown = random_graph(rng)
        y, x, _ = random_query(rng, shown)
        if not effect_verdict(shown, y, x, NOTHING, NOTHING):
            met += 1
            check(shown, y, x)
    assert met > len(seeds) / 10


@sizes(30, 500)
def test_every_conditional_effect_that_is_not_identified_has_its_two_models(seeds):
    met = 0
    for seed in seeds:
        rng = chance(seed)
        shown = random_graph(rng)
        y, x, z = random_query(rng, shown, seen=rng.choice((1, 1, 2)) if len(shown.nodes) > 3 else 1)
        if not effect_verdict(shown, y, x, z, NOTHING):
            met += 1
            check(shown, y, x, z)
    assert met > len(seeds) / 10


@sizes(30, 500)
def test_every_effect_that_experiments_do_not_identify_has_its_two_models(seeds):
    """They agree on every experiment as well: so the algorithm with experiments is complete on these graphs."""
    met = 0
    for seed in seeds:
        rng = chance(seed)
        shown = random_graph(rng, most=6)
        y, x, z = random_query(rng, shown, seen=rng.choice((0, 1)))
        some = frozenset(rng.sample(shown.nodes, rng.choice((1, 2))))
        if not effect_verdict(shown, y, x, z, some):
            met += 1
            check(shown, y, x, z, some)
    assert met > len(seeds) / 10


def test_variables_of_three_states_have_witnesses_too():
    check(graph("X>Y", "X-Y"), {"Y"}, {"X"}, states=("0", "1", "2"))
    check(graph("Z>X X>Y", "X-Y"), {"Y"}, {"X"}, states=("0", "1", "2"))


def test_a_hidden_cause_of_three_is_kept_whole():
    shown = Projection(("A", "B", "C"), frozenset({("A", "B"), ("B", "C")}), frozenset({frozenset("ABC")}))
    check(shown, {"C"}, {"B"})
    check(shown, {"C"}, {"A"})


def test_a_thinned_graph_has_nothing_to_spare():
    """Whatever is left out of it makes the question answerable."""
    for seed in range(60):
        rng = chance(seed)
        shown = random_graph(rng)
        y, x, _ = random_query(rng, shown)

        def unknown(part, y=y, x=x):
            return not effect_verdict(part, y, x, NOTHING, NOTHING)

        if unknown(shown):
            thin = thinned(shown, unknown, y | x)
            assert unknown(thin)
            assert thin.arrows <= shown.arrows
            for arrow in thin.arrows:
                assert not unknown(replace(thin, arrows=thin.arrows - {arrow}))
            for group in thin.shared:
                assert not unknown(replace(thin, shared=thin.shared - {group}))


def test_a_large_graph_is_thinned_before_anything_is_computed():
    """Twenty variables beside a bow arc do not matter."""
    chain = " ".join(f"V{i}>V{i + 1}" for i in range(19))
    large = graph(f"X>Y V19>X {chain}", "X-Y V3-V5 V3-X")
    asked = all_ones("Y", "X")
    model = as_model(large)

    def unknown(part):
        return not effect_verdict(part, frozenset("Y"), frozenset("X"), NOTHING, NOTHING)

    assert thinned(project(model), unknown, {"X", "Y"}).nodes == ("X", "Y")
    found = witness(with_states(model, asked), asked, unknown)
    assert abs(np.subtract(*found.values)) > 1e-3
    one, other = (counted(m, [*"XY", *(f"V{i}" for i in range(15))]) for m in found.models)
    assert np.abs(one - other).max() < 1e-9


def test_what_is_not_so_is_not_handed_out(monkeypatch):
    """A pair that fails a check is no witness: here the second model is bent a little."""
    ends = agreeing_models.Fibre.walk

    def bent(self, seed):
        one, other = ends(self, seed)
        return one, other | {"Y": other["Y"][::-1]}

    monkeypatch.setattr(agreeing_models.Fibre, "walk", bent)
    with pytest.raises(AssertionError, match="there is none"):
        check(graph("X>Y", "X-Y"), {"Y"}, {"X"})
    assert witnesses.SAME <= 1e-9


def test_a_scenes_derivatives_are_its_differences():
    """The gradient of a probability over two worlds, against small steps in every entry of every table."""
    rng = np.random.default_rng(0)
    model = as_model(graph("X>M M>Y X>Y", "X-Y"))
    model = replace(model, variables=tuple(replace(v, states=("0", "1")) for v in model))
    tables = {n: rng.dirichlet([1, 1], model.row_count(n)) for n in ("X", "M", "Y")}
    last = np.array([0.0, 1.0])
    held = (Setting("X", "0"),)
    nested = (Setting("X", "1"), Setting("M", None, held))
    scene = ResponseProbabilities(model, [("Y", nested), ("Y", held), ("M", ()), ("X", ())], [last, last, last, None])
    found = scene.jacobian(tables)
    for name, table in tables.items():
        for i in range(table.size):
            steps = []
            for step in (1e-6, -1e-6):
                moved = {n: t.copy() for n, t in tables.items()}
                moved[name].ravel()[i] += step
                steps.append(scene.value(moved))
            slope = found[name][:, i] if name in found else 0.0
            assert slope == pytest.approx((steps[0] - steps[1]) / 2e-6, abs=1e-7)


def test_a_rare_event_needs_no_more_looks_than_a_likely_one(monkeypatch):
    """All of six variables at once: the answers are small, and far apart for what they are."""
    shown, looks, look = graph("X>Y X>A X>B X>C X>D", "X-Y X-A X-B X-C X-D"), [], witnesses._look
    monkeypatch.setattr(witnesses, "_look", lambda *given: looks.append(given) or look(*given))
    check(shown, frozenset("YABCD"), frozenset("X"), states=("0", "1", "2"))
    assert len(looks) < 4
