"""A page's styles are its own; scripts in the browser leave nothing behind in the window."""

import re

import pytest

from pages.ui.look import look
from pages.ui.shell.menu import PAGES, entries

UI = PAGES / "ui"
SLUGS = [entry.slug for entry in entries()]
SHEETS = [path for path in sorted(UI.glob("*/*.css")) if path.parent.name != "look"]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_style_sheet_is_a_pages_or_a_components(path):
    """A component's is loaded by a module beside it."""
    beside = (module.read_text("utf-8") for module in path.parent.glob("*.py"))
    assert path.stem in SLUGS or any(re.search(rf'component\(\s*"{path.stem}"', text) for text in beside)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_laid_out_by_its_own_sheet_and_no_other_pages(slug):
    day, talk = look.layout(slug, talking=False), look.layout(slug, talking=True)
    for path in SHEETS:
        if path.stem in SLUGS:
            always, mark, in_talk = path.read_text("utf-8").partition("/* in a talk */")
            assert mark
            for part, sheets in ((always, (day, talk)), (in_talk, (talk,))):
                assert all((part in sheet) is (path.stem == slug) for sheet in sheets if part.strip())


def test_scripts_hang_nothing_on_the_window():
    for path in UI.rglob("*.js"):
        assert "window.__" not in path.read_text("utf-8"), path.name
