"""Paths and d-separation: over all families of small graphs and many random ones, the roads agree."""

from itertools import chain, combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causal.graphs import graph
from causal.models.model import Model, Variable

FAMILIES = {
    "no arrow": [],
    "one arrow": ["a->b"],
    "chain": ["a->m", "m->b"],
    "fork": ["m->a", "m->b"],
    "collider": ["a->m", "b->m"],
    "collider with a descendant": ["a->m", "b->m", "m->n", "n->k"],
    "back door and front door": ["u->a", "u->b", "a->m", "m->b"],
    "M": ["u->a", "u->m", "w->m", "w->b"],
    "butterfly": ["u->a", "u->m", "w->m", "w->b", "m->a", "m->b", "a->b"],
    "napkin": ["w->n", "n->a", "a->b", "u->w", "u->a", "k->w", "k->b"],
    "two parts": ["a->m", "n->b"],
    "complete": [f"{x}->{y}" for x, y in combinations("amnbk", 2)],
}


def model_of(arrows, names="abmnuwk"):
    pairs = [arrow.split("->") for arrow in arrows]
    return Model(tuple(Variable(n, n, parents=tuple(x for x, y in pairs if y == n)) for n in names))


@st.composite
def random_graphs(draw):
    names = draw(st.permutations("abcdefg"))
    size = draw(st.integers(2, 7))
    arrows = [f"{x}->{y}" for x, y in combinations(names[:size], 2) if draw(st.booleans())]
    return model_of(arrows, sorted(names[:size]))


def subsets(names):
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


def digraph(model):
    result = nx.DiGraph(model.edges)
    result.add_nodes_from(v.name for v in model)
    return result


def agree(model, a, b, known):
    """The theorem: the moral graph, networkx, and walking every path give one verdict."""
    separated = graph.d_separated(model, a, b, known)
    assert separated == nx.is_d_separator(digraph(model), {a}, {b}, set(known))
    assert separated == (not any(path.open for path in graph.paths(model, a, b, known, limit=10**6)))
    assert separated == graph.d_separated(model, b, a, known)


@pytest.mark.parametrize("arrows", FAMILIES.values(), ids=FAMILIES.keys())
def test_d_separated_means_that_no_path_is_open(arrows):
    model = model_of(arrows)
    for known in subsets("mnuwk"):
        agree(model, "a", "b", known)


@settings(max_examples=40, deadline=None)
@given(random_graphs(), st.data())
def test_d_separation_agrees_on_random_graphs(model, data):
    names = [v.name for v in model]
    a, b, *others = data.draw(st.permutations(names))
    agree(model, a, b, data.draw(st.sets(st.sampled_from(others))) if others else [])


@pytest.mark.prove
@settings(max_examples=3000, deadline=None)
@given(random_graphs())
def test_d_separation_agrees_on_many_random_graphs_for_every_set(model):
    a, b, *others = [v.name for v in model]
    for known in subsets(others):
        agree(model, a, b, known)


@settings(max_examples=40, deadline=None)
@given(random_graphs())
def test_ancestors_and_descendants_are_those_of_networkx(model):
    for v in model:
        assert graph.ancestors(model, v.name) == nx.ancestors(digraph(model), v.name)
        assert graph.descendants(model, v.name) == nx.descendants(digraph(model), v.name)
        assert set(graph.children(model, v.name)) == set(digraph(model).successors(v.name))
        assert set(graph.parents(model, v.name)) == set(digraph(model).predecessors(v.name))


@settings(max_examples=40, deadline=None)
@given(random_graphs())
def test_paths_are_all_simple_paths_short_ones_first(model):
    a, b, *_ = [v.name for v in model]
    found = [path.nodes for path in graph.paths(model, a, b, [], limit=10**6)]
    assert [len(nodes) for nodes in found] == sorted(len(nodes) for nodes in found)
    expected = list(nx.all_simple_paths(digraph(model).to_undirected(), a, b))
    assert sorted(found) == sorted(map(tuple, expected))


@pytest.mark.parametrize(
    ("arrows", "known", "kind", "is_open", "blocked_by"),
    [
        (["a->m", "m->b"], "", "chain", True, ""),
        (["a->m", "m->b"], "m", "chain", False, "m"),
        (["m->a", "b->m"], "", "chain", True, ""),
        (["m->a", "m->b"], "", "fork", True, ""),
        (["m->a", "m->b"], "m", "fork", False, "m"),
        (["a->m", "b->m"], "", "collider", False, "m"),
        (["a->m", "b->m"], "m", "collider", True, ""),
        (["a->m", "b->m", "m->n"], "n", "collider", True, ""),
    ],
)
def test_the_middle_of_a_path_is_a_chain_a_fork_or_a_collider(arrows, known, kind, is_open, blocked_by):
    (path,) = graph.paths(model_of(arrows), "a", "b", known)
    assert path.steps == (graph.Step("m", kind, is_open),)
    assert (path.open, path.blocked_by) == (is_open, blocked_by)


def test_arrows_are_read_along_the_path():
    (path,) = graph.paths(model_of(["a->m", "b->m"]), "a", "b", [])
    assert (path.nodes, path.arrows) == (("a", "m", "b"), ("->", "<-"))


def test_a_dense_graph_gives_its_short_paths_and_stops_at_the_limit():
    names = [f"v{i}" for i in range(60)]
    dense = Model(tuple(Variable(n, n, parents=tuple(names[:i])) for i, n in enumerate(names)))
    found = graph.paths(dense, "v0", "v59", [], limit=20)
    assert len(found) == 20
    assert len(found[0].nodes) == 2


def test_what_is_given_is_separated_from_everything_and_nothing_from_itself():
    model = model_of(["a->b"])
    assert graph.d_separated(model, "a", "b", ["a"])
    assert not graph.d_separated(model, "a", "a", [])
    assert graph.paths(model, "a", "a", []) == ()
