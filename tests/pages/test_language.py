"""The language that a page is in: the link's, else the browser's, else English; only whole languages are offered."""

import shutil

import pytest

from causal.files import overlay
from causal.words import catalogue
from pages.ui.controls import language
from tests import pseudo_language
from tests.pages.test_pages import run

PAGE = "pages/2_doing.py"
KEPT = (catalogue.sentences, overlay.complete, language.known, language.offered)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The pseudo-language; Esperanto, in which somebody has copied the pseudo-language; a language just begun."""
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(pseudo_language.make(folder), folder / "eo")
    (folder / "fi").mkdir()
    (folder / "fi" / "begun.toml").write_text('[frame]\ntalk = "Puhe"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(catalogue.ELSEWHERE, str(folder))
        for kept in KEPT:
            kept.cache_clear()
        yield folder
    for kept in KEPT:
        kept.cache_clear()


def title(app):
    return app.title[0].value.partition("] ")[2]


@pytest.mark.usefixtures("shelf")
def test_a_link_names_the_language_of_all_that_is_said():
    app = run(PAGE, lang="en-XA", model="kidney-stones")
    assert not app.exception
    assert pseudo_language.accented("Treatment") in pills(app, "do_var_labels").options
    assert app.session_state["lang"] == "en-XA"
    assert app.query_params["lang"] in ("en-XA", ["en-XA"])


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("spelled", [str, pseudo_language.accented])
def test_a_link_of_labels_is_understood_in_whichever_language_it_was_written(spelled):
    for lang in ("en", "eo"):
        story, size = spelled("Two treatments for kidney stones"), spelled("Stone before treatment")
        app = run(PAGE, lang=lang, model=story, do_var=size)
        assert (app.session_state["model"], app.session_state["do_var"]) == ("kidney-stones", "Size")
        app = run(
            "pages/7_hierarchy.py", lang=lang, machines_show=spelled(catalogue.sentences("en")["machines.show_done"])
        )
        assert app.session_state["machines_show"] == "done"


@pytest.mark.usefixtures("shelf")
def test_what_a_language_lacks_is_said_in_english():
    app = run(PAGE, lang="fi")
    assert not app.exception
    assert app.toggle(key="talk").label == "Puhe"
    assert title(app) == title(run(PAGE))


@pytest.mark.usefixtures("shelf")
def test_an_unknown_language_is_english_and_leaves_the_link():
    app = run(PAGE, lang="../../en")
    assert title(app) == title(run(PAGE))
    assert "lang" not in app.query_params


@pytest.mark.usefixtures("shelf")
def test_only_whole_languages_that_somebody_speaks_are_offered():
    assert language.offered() == ("en", "eo")
    app = run(PAGE)
    app.selectbox(key="lang_labels").set_value("eo").run()
    assert app.session_state["lang"] == "eo"
    assert title(app) != title(run(PAGE))


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("locale", "code"), [("eo-XX", "eo"), ("eo", "eo"), ("fi-FI", "en"), ("en-XA", "en"), (None, "en")]
)
def test_the_browsers_language_is_taken_where_it_is_whole(monkeypatch, locale, code):
    monkeypatch.setattr(type(language.st.context), "locale", property(lambda _: locale))
    assert language.usual() == code


def test_while_there_is_only_english_there_is_no_choice():
    if len(catalogue.languages()) == 1:
        assert "lang" not in run(PAGE).session_state


def pills(app, key):
    return next(group for group in app.get("button_group") if group.key == key)
