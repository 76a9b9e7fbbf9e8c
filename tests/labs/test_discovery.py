"""Searching for graphs: what data decide, what they leave open, and what an experiment adds, held against counting."""

from itertools import combinations, permutations, product
from random import Random

import pytest

import causal
from causal.graphs.projection import project
from causal.labs.discovery import comparing, equivalence, experimenting, search_run, searches
from causal.labs.discovery.equivalence import PartlyDirected, essential
from causal.models.model import Model, Variable


def _every_dag(names):
    """All directed acyclic graphs, each once, as sets of arrows."""
    pairs = list(combinations(names, 2))
    for choice in product((0, 1, 2), repeat=len(pairs)):
        arrows = {(a, b) if way == 1 else (b, a) for (a, b), way in zip(pairs, choice, strict=True) if way}
        if _acyclic(names, arrows):
            yield frozenset(arrows)


def _acyclic(names, arrows):
    left = set(names)
    while left:
        roots = {n for n in left if not any(b == n and a in left for a, b in arrows)}
        if not roots:
            return False
        left -= roots
    return True


def _same(names, arrows):
    """What two graphs share just if they say the same: their links, and where arrows of unlinked causes meet."""
    links = frozenset(frozenset(arrow) for arrow in arrows)
    meeting = frozenset(
        (frozenset((a, b)), m)
        for m in names
        for a, b in combinations([a for a, child in arrows if child == m], 2)
        if frozenset((a, b)) not in links
    )
    return links, meeting


def _classes(names):
    found = {}
    for arrows in _every_dag(names):
        found.setdefault(_same(names, arrows), []).append(arrows)
    return found


def _common(names, graphs):
    """The arrows that all graphs of a class have, and lines where they differ."""
    arrows = frozenset.intersection(*graphs)
    links = {frozenset(arrow) for arrow in graphs[0]}
    return PartlyDirected(tuple(names), arrows, frozenset(links - {frozenset(arrow) for arrow in arrows}))


def _graph_model(names, arrows):
    return Model(tuple(Variable(n, n, parents=tuple(a for a, b in sorted(arrows) if b == n)) for n in names))


def _some_dags(names, count, seed):
    """Random directed acyclic graphs: a random order, and arrows that follow it."""
    random = Random(seed)  # noqa: S311
    for _ in range(count):
        order = random.sample(names, len(names))
        share = random.choice((0.3, 0.5, 0.8))
        yield frozenset(pair for pair in combinations(order, 2) if random.random() < share)


FOUR = tuple("abcd")


def test_graphs_with_the_same_links_and_v_structures_have_the_same_separations_and_no_others_do():
    """The theorem that a class is defined by (Verma and Pearl 1990), for all graphs of four variables."""
    claims = [
        (a, b, g) for a, b in combinations(FOUR, 2) for r in range(3) for g in combinations(set(FOUR) - {a, b}, r)
    ]
    by_claims, by_looks = {}, _classes(FOUR)
    for arrows in _every_dag(FOUR):
        model = _graph_model(FOUR, arrows)
        by_claims.setdefault(tuple(causal.graph.d_separated(model, *claim) for claim in claims), set()).add(arrows)
    assert {frozenset(graphs) for graphs in by_looks.values()} == {frozenset(graphs) for graphs in by_claims.values()}


@pytest.mark.parametrize("names", ["ab", "abc", "abcd", pytest.param("abcde", marks=pytest.mark.prove)])
def test_an_arrow_is_decided_just_where_every_graph_of_the_class_has_it(names):
    for graphs in _classes(names).values():
        expected = _common(names, graphs)
        for truth in graphs[:3]:
            assert essential(names, truth) == expected
        assert set(equivalence.members(expected)) == set(graphs)


@pytest.mark.parametrize("names", ["abc", "abcd", pytest.param("abcde", marks=pytest.mark.prove)])
def test_an_experiment_decides_what_all_graphs_share_that_agree_with_the_truth_at_its_variable(names):
    for graphs in _classes(names).values():
        limit = _common(names, graphs)
        for name in names:
            counts = []
            for truth in graphs:
                agreeing = [g for g in graphs if all((name in arrow) <= (arrow in truth) for arrow in g)]
                after = _common(names, agreeing)
                assert equivalence.after_experiment(limit, truth, name) == after
                counts.append(len(limit.lines) - len(after.lines))
                assert equivalence.settled(limit, truth, name) == counts[-1]
            assert equivalence.promised(limit, name) == (min(counts), max(counts))


def test_for_random_graphs_of_five_variables_counting_agrees():
    for truth in _some_dags(list("abcde"), 25, seed=4):
        limit = essential("abcde", truth)
        looks = _same("abcde", truth)
        graphs = [g for g in _turned("abcde", truth) if _same("abcde", g) == looks]
        assert limit == _common("abcde", graphs)
        for name in "abcde":
            agreeing = [g for g in graphs if all((name in arrow) <= (arrow in truth) for arrow in g)]
            assert equivalence.after_experiment(limit, truth, name) == _common("abcde", agreeing)


def _turned(names, arrows):
    """Every acyclic graph with the same links."""
    for way in product((False, True), repeat=len(arrows)):
        graph = frozenset((b, a) if back else (a, b) for (a, b), back in zip(sorted(arrows), way, strict=True))
        if _acyclic(names, graph):
            yield graph


@pytest.mark.parametrize("seed", [1, *(pytest.param(s, marks=pytest.mark.prove) for s in range(2, 12))])
def test_with_perfect_answers_pc_finds_the_class_of_the_truth(seed):
    for truth in _some_dags(list("abcdef"), 12, seed):
        model = _graph_model("abcdef", truth)
        shown = project(model)
        found = searches.by_answers(tuple("abcdef"), lambda a, b, given, shown=shown: shown.separated([a], [b], given))
        assert found == essential("abcdef", truth)


def test_the_score_of_a_graph_is_pgmpys_own():
    from pgmpy.structure_score import BIC

    sprinkler = search_run.table(causal.load("sprinkler"), 400, 3)
    numbered = sprinkler.set_axis(range(4), axis="columns")
    ours, theirs = searches._Counted(numbered), BIC(sprinkler.astype("category"))
    names = list(sprinkler.columns)
    for child, *parents in permutations(range(4), 3):
        told = theirs.local_score(names[child], tuple(names[p] for p in parents))
        assert ours.local_score(child, tuple(parents)) == pytest.approx(told)


def test_the_score_of_a_line_is_the_likelihood_less_its_price():
    import numpy as np
    from scipy.stats import norm

    sales = search_run.table(causal.load("record-sales"), 300, 3)
    numbered = sales.set_axis(range(4), axis="columns")
    x = np.column_stack([np.ones(300), sales.to_numpy()[:, [0, 1]]])
    y = sales.to_numpy()[:, 2]
    rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    likelihood = norm.logpdf(rest, scale=np.sqrt((rest**2).mean())).sum()
    constant = 0.5 * 300 * (1 + np.log(2 * np.pi))
    told = searches._Straight(numbered).local_score(2, (0, 1))
    assert told - constant == pytest.approx(likelihood - 0.5 * np.log(300) * 4)


@pytest.fixture(scope="module")
def searched():
    """A search of several stories in large tables."""
    arguments = {"hidden": "", "sizes": "100 20000", "seed": 1}
    return {
        name: search_run.sweep(arguments | {"model": causal.dumps(causal.load(name), "json")}, lambda part, what: None)
        for name in ("record-sales", "sprinkler", "kidney-stones", "thermometer")
    }


@pytest.mark.parametrize("method", search_run.METHODS)
@pytest.mark.parametrize("name", ["record-sales", "sprinkler", "kidney-stones", "thermometer"])
def test_in_a_large_table_both_searches_find_the_class_and_nothing_more(searched, name, method):
    model = causal.load(name)
    found = search_run.graph_of(model, searched[name][f"{method} 20000"])
    limit = search_run.limit(model)
    assert (found.arrows, found.lines) == (limit.arrows, limit.lines)


def test_a_hidden_cause_makes_a_link_that_no_amount_of_data_takes_away():
    model = causal.load("sprinkler")
    hidden = search_run.hiding(model, ["Cloudy"])
    assert search_run.misled(hidden) == (("Sprinkler", "Rain"),)
    limit = comparing.compare(search_run.limit(hidden), project(hidden).arrows)
    assert limit.extra == (("Sprinkler", "Rain"),)
    given = {"model": causal.dumps(model, "json"), "hidden": "Cloudy", "sizes": "20000", "seed": 2}
    for marks in search_run.sweep(given, lambda part, what: None).values():
        assert comparing.compare(search_run.graph_of(hidden, marks), project(hidden).arrows).extra == limit.extra


@pytest.mark.parametrize("name", ["record-sales", "sprinkler", "thermometer"])
def test_a_trial_shows_movement_across_an_open_line_just_where_the_true_arrow_leads_away(name):
    model = causal.load(name)
    limit = search_run.limit(model)
    assert limit.lines
    for thing in limit.nodes:
        for seen in experimenting.trial(model, thing, limit.open_at(thing), 5000, 1):
            assert seen.moves == ((thing, seen.name) in project(model).arrows)


def test_of_a_large_story_the_first_in_causal_order_are_searched_so_no_cause_of_two_is_left_out():
    model = causal.load("portrait")
    assert len(search_run.measured(model)) == search_run.MOST
    assert search_run.misled(search_run.hiding(model, ())) == ()


def test_every_true_arrow_and_every_link_is_counted_once():
    for truth in _some_dags(list("abcd"), 20, seed=7):
        for other in _some_dags(list("abcd"), 3, seed=len(truth)):
            found = essential("abcd", other)
            told = comparing.compare(found, truth)
            told_true = [*told.right, *told.open, *((a, b) for a, b in told.reversed), *told.missing]
            assert sorted(told_true) == sorted(truth)
            links = [frozenset(link) for kind in ("right", "open", "reversed", "extra") for link in told.links(kind)]
            assert set(links) == {frozenset(x) for x in (*found.arrows, *found.lines)}


def test_a_graph_written_as_marks_is_read_back():
    model = causal.load("sprinkler")
    given = search_run.limit(model)
    read = search_run.graph_of(
        model, search_run.matrix(PartlyDirected(search_run.measured(model), given.arrows, given.lines))
    )
    assert (read.arrows, read.lines) == (given.arrows, given.lines)
