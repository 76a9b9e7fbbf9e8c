"""The page of discovery: what it shows is what the searches found, what stays open, and what an experiment decides."""

from functools import partial

import pytest
import rehearsed

import causal
from causal.graphs.projection import project
from causal.labs.discovery import comparing, equivalence, search_run
from tests.pages.visits import run, texts

PAGE = "pages/13_graphs.py"


@pytest.fixture(scope="module", autouse=True)
def kept(tmp_path_factory):
    """Does the searches of a story and keeps them where the page looks for them; none is begun by a page."""
    with rehearsed.folder(tmp_path_factory) as patch, rehearsed.nothing_begins(patch):
        causal.warm_up()
        yield partial(rehearsed.search, patch)


@pytest.mark.parametrize("method", search_run.METHODS)
def test_the_main_number_counts_the_true_arrows_that_the_search_found(kept, method):
    model = search_run.hiding(causal.load("record-sales"), ())
    found = search_run.graph_of(model, kept("record-sales")[f"{method} 50"])
    verdict = comparing.compare(found, project(model).arrows)
    shown = texts(run(PAGE, graphs_method=method, graphs_n="50"))
    assert f"{len(verdict.right)} of 5]" in shown
    assert ("Missed" in shown) == bool(verdict.missing)


def test_the_table_ends_with_what_endless_data_find(kept):
    kept("record-sales")
    shown = texts(run(PAGE))
    assert "| right, with direction |" in shown and "| **4** |" in shown
    assert "Radio play → Record sales" in shown


def test_an_experiment_says_how_many_open_directions_it_decides_the_best_first(kept):
    model = causal.load("kidney-stones")
    kept("kidney-stones")
    limit, true = search_run.limit(model), project(model).arrows
    best = max(limit.nodes, key=lambda name: equivalence.settled(limit, true, name))
    app = run(PAGE, model="kidney-stones")
    assert app.session_state["graphs_set"] == best
    for name in limit.nodes:
        shown = texts(run(PAGE, model="kidney-stones", graphs_set=name))
        assert f"{equivalence.settled(limit, true, name)} of {len(limit.lines)}]" in shown


def test_a_hidden_cause_is_named_with_the_link_that_it_makes_up(kept):
    kept("sprinkler", "Cloudy")
    shown = texts(run(PAGE, model="sprinkler", graphs_hide="Cloudy", graphs_n="2,000"))
    assert "Sprinkler – Rain" in shown and "Nobody measures Sky" in shown
    assert "no sign of an arrow Sprinkler → Rain" in shown


def test_while_the_search_is_under_way_the_rest_is_shown():
    app = run(PAGE, graphs_seed="7")
    assert not app.exception
    assert "4 of 5]" in texts(app) and "endless data" in texts(app)


def test_a_talk_shows_the_truth_only_in_its_second_step(kept):
    kept("record-sales")
    first, second = (texts(run(PAGE, talk="true", graphs_step=step)) for step in ("1", "2"))
    assert "links found have a direction" in first
    assert "true arrows found" in second


def test_a_story_all_of_which_is_hidden_says_that_a_search_needs_two():
    app = run(PAGE, model="kidney-stones", graphs_hide=["Size", "T"])
    assert not app.exception
    assert app.info
