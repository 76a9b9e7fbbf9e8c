"""A sentence is a value until somebody reads it: it crosses processes and languages, and is worded at the edge."""

import copy
import pickle

import pytest

from causal.errors import BadQuery, one_of
from causal.words import catalogue
from causal.words.catalogue import say, sentences, speak
from causal.words.sentence import Listed, Sentence


@pytest.fixture
def spoken(tmp_path, monkeypatch):
    """A house with two languages, the second of which lacks a sentence."""
    for code, text in {
        "en": '[lists]\nseparator = ", "\nand = "{first} and {last}"\nor = "{first} or {last}"\n'
        'more = "{first} and {n} more"\n[rows]\ncount = { one = "{n} row", other = "{n} rows" }\nonly = "English"\n'
        '[rows.deep]\nsaid = "deep"\n[errors.x]\ny = "no {what}"',
        "de": '[lists]\nseparator = ", "\nand = "{first} und {last}"\nor = "{first} oder {last}"\n'
        'more = "{first} und {n} weitere"\n[rows]\ncount = { one = "{n} Zeile", other = "{n} Zeilen" }\n'
        '[errors.x]\ny = "kein {what}"',
    }.items():
        (tmp_path / code).mkdir()
        (tmp_path / code / "all.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "LANGUAGES", tmp_path)
    sentences.cache_clear()
    yield tmp_path
    sentences.cache_clear()


@pytest.mark.usefixtures("spoken")
def test_one_value_is_said_in_the_language_of_whoever_reads_it():
    rows = Sentence("rows.count", n=3)
    both = Listed([Sentence("rows.count", n=1), "A", rows])
    assert str(both) == "1 row, A and 3 rows"
    with speak("de"):
        assert str(both) == "1 Zeile, A und 3 Zeilen"
        assert f"{Listed('ABCD', most=2)}; {Listed('ABC', 'or')}" == "A, B und 2 weitere; A, B oder C"


@pytest.mark.usefixtures("spoken")
def test_what_a_language_lacks_is_said_in_english():
    with speak("de"):
        assert say("rows.only") == "English"
        assert say("rows.deep.said") == "deep"


@pytest.mark.usefixtures("spoken")
def test_a_sentence_that_nobody_wrote_is_an_error():
    with pytest.raises(KeyError):
        say("rows.nowhere")


def test_a_key_that_stands_in_two_files_is_refused(spoken):
    (spoken / "en" / "more.toml").write_text('[rows]\nonly = "again"')
    with pytest.raises(ValueError, match=r"more\.toml: the key rows\.only"):
        sentences("en")


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])  # noqa: S301
def test_an_error_arrives_whole_wherever_it_travels(travel):
    error = travel(BadQuery("errors.x.y", "finer", position=4, what=Sentence("rows.count", n=2)))
    assert (error.kind, error.position, str(error)) == ("bad-query/finer", 4, "no 2 rows")
    with speak("de"):
        assert error.message == "kein 2 Zeilen"


def test_the_nearest_name_comes_first():
    assert str(one_of(["open", "closed"], "opem")) == "did you mean open? Known are: open, closed"
    assert str(one_of(["open", "closed"])) == "known are: open, closed"
    assert str(one_of([])) == "there are none"
