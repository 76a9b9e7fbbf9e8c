"""A shipped model in another language: other words, the same model."""

from dataclasses import replace

import pytest

import causal
from causal.files import overlay
from causal.files.shelf import MODELS, load
from causal.words import catalogue
from tests import pseudo_language

PATHS = overlay.paths()
LANGUAGES = [code for code in catalogue.languages() if code != catalogue.DEFAULT]


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setenv(catalogue.ELSEWHERE, str(tmp_path))
    catalogue.sentences.cache_clear()
    overlay.complete.cache_clear()
    yield tmp_path
    catalogue.sentences.cache_clear()
    overlay.complete.cache_clear()


def written(shelf, text, code="eo", path=MODELS / "kidney-stones.toml"):
    file = shelf / code / path.parent.name / path.name
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return path


def bare(model):
    """A model without its words."""
    return replace(
        model,
        title="",
        story="",
        question="",
        variables=tuple(replace(v, label="", unit=bool(v.unit), state_labels=()) for v in model),
        units=tuple(replace(unit, label="") for unit in model.units),
    )


def test_an_overlay_gives_a_model_other_words_and_nothing_else(shelf):
    path = written(
        shelf,
        'title = "Steine"\n[variables.T]\nlabel = "Behandlung"\nstate_labels = ["offen", "Schlüsselloch"]\n'
        '[units]\nHarold = "Harald"',
    )
    model, english = overlay.worded(path, "eo"), load(path)
    assert (model.title, model.story) == ("Steine", english.story)
    assert (model["T"].label, model["T"].label_of("A")) == ("Behandlung", "offen")
    assert (model.units[0].name, model.units[0].label) == ("Harold", "Harald")
    assert bare(model) == bare(english) and model != english
    query = "P(R=1 | do(T=A))"
    assert causal.ask(model, query).value == causal.ask(english, query).value


def test_what_an_overlay_leaves_out_or_invents_is_named(shelf):
    path = written(shelf, 'title = "Steine"\n[variables.T]\nlabel = "Behandlung"\n[variables.Q]\np = [0.5, 0.5]')
    found = overlay.missing(path, "eo")
    assert {"story", "variables.T.state_labels.0", "variables.Q.p.0"} <= set(found)
    assert not {"title", "variables.T.label"} & set(found)
    assert not overlay.complete("eo")


def test_english_needs_no_overlays():
    assert overlay.complete("en")
    assert all(overlay.worded(path, "en") == load(path) for path in PATHS)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_shipped_language_has_the_words_of_all_models_and_of_nothing_else(code):
    assert {path.stem: missing for path in PATHS if (missing := overlay.missing(path, code))} == {}


def test_the_pseudo_language_is_complete_and_no_number_differs_in_it(shelf):
    pseudo_language.make(shelf)
    code = pseudo_language.CODE
    assert [path.stem for path in PATHS if overlay.missing(path, code)] == []
    assert catalogue.sentences(code).keys() == catalogue.sentences("en").keys()
    for path in PATHS:
        model, english = overlay.worded(path, code), load(path)
        assert bare(model) == bare(english)
        assert model.title == pseudo_language.accented(english.title) != english.title
