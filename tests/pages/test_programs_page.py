"""The page of hidden causes: what it shows is what the stored run and the engine say."""

import re

import pytest

import causal
from causal.labs.programs import hidden_worlds, sampler, stored
from tests.pages.visits import run, texts

PAGE = "pages/12_programs.py"


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


def ends(shown):
    """Every pair of ends that is printed large."""
    pairs = re.findall(r":orange\[([+−]?\d+) to ([+−]?\d+)\]", shown)
    return [tuple(int(end.replace("−", "-")) for end in pair) for pair in pairs]


@pytest.mark.parametrize(("n", "prior"), [("30", "open"), ("10,000", "hopeful")])
def test_both_intervals_are_those_of_the_stored_run(n, prior):
    shown = texts(run(PAGE, programs_n=n, programs_prior=prior))
    found = [stored.said(name, prior, int(n.replace(",", "")), "effect") for name in hidden_worlds.WORLDS]
    assert ends(shown) == [(round(100 * i.low), round(100 * i.high)) for i in found]
    assert f"{100 * hidden_worlds.truth('bow'):+.1f}" in shown


def test_the_program_is_shown_as_it_is_run():
    shown = run(PAGE)
    code = " ".join(element.value for element in shown.code)
    assert "def front_door(counts: Array, prior: Array)" in code and "numpyro.factor" in code
    assert "stored run" in texts(shown)


def test_without_numpyro_the_page_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(sampler, "installed", lambda: False)
    app = run(PAGE, programs_live="true")
    assert not app.exception
    assert "pip install -r causal/labs/programs/requirements.txt" in texts(app)


def test_with_numpyro_it_samples_here_and_shows_the_stored_run_meanwhile(monkeypatch, tmp_path):
    monkeypatch.setenv("LADDER_CACHE", str(tmp_path))
    monkeypatch.setattr(sampler, "installed", lambda: True)
    app = run(PAGE, programs_live="true", programs_n="30", programs_seed="2")
    assert not app.exception
    found = stored.said("bow", "open", 30, "effect")
    assert ends(texts(app))[-1] == (round(100 * found.low), round(100 * found.high))


def test_a_talk_begins_with_the_front_door_alone():
    assert [len(ends(texts(run(PAGE, talk="true", programs_step=step)))) for step in ("1", "2")] == [1, 2]
