"""Hiding variables keeps every separation among those that stay, and says who shares a hidden cause."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from causal.graphs import graph
from causal.graphs.projection import Projection, project
from causal.models.model import Model, Variable


@st.composite
def graphs(draw):
    """Any graph of up to 6 variables, some latent, and one exogenous variable that up to 3 of them share."""
    n = draw(st.integers(2, 6))
    names = [f"V{i}" for i in range(n)]
    shared = draw(st.sets(st.sampled_from(names), max_size=3))
    variables = [Variable("U", "U", exogenous=True)]
    for i, name in enumerate(names):
        causes = draw(st.sets(st.sampled_from(names[:i]), max_size=3)) if i else set()
        parents = (*sorted(causes), *(("U",) if name in shared else ()))
        variables.append(Variable(name, name, parents=parents, latent=draw(st.booleans()) and draw(st.booleans())))
    return Model(tuple(variables))


@given(graphs(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_separation_holds_in_the_projection_if_and_only_if_it_holds_in_the_graph(model, data):
    shown = project(model)
    for a, b in combinations(shown.nodes, 2):
        given_ = data.draw(st.sets(st.sampled_from(shown.nodes))) - {a, b}
        assert shown.separated([a], [b], given_) == graph.d_separated(model, a, b, given_)


def test_a_hidden_cause_of_three_is_one_set_and_a_hidden_link_an_arrow():
    model = Model(
        (
            Variable("L", "L", latent=True),
            *(Variable(n, n, parents=("L",)) for n in "ABC"),
            Variable("M", "M", parents=("C",), latent=True),
            Variable("Y", "Y", parents=("M",)),
        )
    )
    assert project(model) == Projection(
        ("A", "B", "C", "Y"), frozenset({("C", "Y")}), frozenset({frozenset({"A", "B", "C"})})
    )


def test_what_moves_a_hidden_common_cause_moves_its_children():
    model = Model(
        (
            Variable("X", "X"),
            Variable("L", "L", latent=True, parents=("X",)),
            *(Variable(n, n, parents=("L",)) for n in "AB"),
        )
    )
    shown = project(model)
    assert shown.arrows == {("X", "A"), ("X", "B")}
    assert shown.districts() == (frozenset({"X"}), frozenset({"A", "B"}))


def test_cutting_the_arrows_into_a_variable_also_cuts_its_hidden_causes():
    shown = Projection(("X", "Y"), frozenset({("X", "Y")}), frozenset({frozenset({"X", "Y"})}))
    assert shown.cut(into=["X"]) == Projection(("X", "Y"), frozenset({("X", "Y")}))
    assert not shown.cut(out_of=["X"]).separated(["X"], ["Y"], [])
