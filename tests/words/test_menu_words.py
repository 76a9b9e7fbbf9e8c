"""The menu's words: each page's name and help in its file of the catalogue, and in the language that is spoken."""

import pytest

from causal.words.catalogue import known, speak
from pages.ui.look import look
from pages.ui.shell.menu import entries


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.slug)
def test_a_page_of_the_project_has_its_name_in_the_catalogue(entry):
    assert known(f"menu.{entry.slug}.title") and known(f"menu.{entry.slug}.help")
    assert not entry.section or known(f"menu.sections.{entry.section}")


def test_the_menu_and_the_rungs_speak_the_visitors_language(language):
    language("de", '[menu.doing]\ntitle = "Handeln"\n[menu.sections]\nlabs = "Labore"\n[rungs]\ndo = "Handeln"')
    with speak("de"):
        named = {entry.slug: (entry.title, entry.heading) for entry in entries()}
        assert named["doing"] == ("Handeln", "") and named["star"] == ("Star graph", "Labore")
        assert look.RUNGS[2].name == "Handeln"
    assert {entry.slug: entry.title for entry in entries()}["doing"] == look.RUNGS[2].name == "Doing"
