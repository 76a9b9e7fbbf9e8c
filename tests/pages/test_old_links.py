"""Every old link still opens the same screen: links as the app once wrote them, and what stood on their screens.

A screen is told by its page, by the value of every control that a link can set, and by the numbers of its answers (on
the page of derivations, by its formulas too). Its words are no part of that, nor is what has come to it since then. A
control's value is kept as the id of a variable, state, story or graph; the label that stands for it is as good.
"""

import html
import re
from itertools import chain
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import rehearsed
import streamlit as st

import causal
from causal.files.shelf import gallery
from tests.pages.visits import LINKS, PAGES, ROOT, run

OWN_STORIES = ("portrait", "record-sales")
"""What the labs tell, whichever story is picked."""

NUMBER = re.compile(r"(?<![\w.,-])-?\d+(?:,\d{3})*(?:\.\d+)?")
FORMULA = re.compile(r"\$([^$]+)\$")
UNSAID = re.compile(r"\\(displaystyle|quad|allowbreak|,|;|!)|\s|^=")
"""What only sets a formula out."""


def path_of(link):
    return urlsplit(link).path.strip("/")


def asked(link):
    """What the link says, as an app gets it: one value, or several under one name."""
    said = parse_qs(urlsplit(link).query, keep_blank_values=True)
    return {key: values if len(values) > 1 else values[0] for key, values in said.items()}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The file behind every path, as the app itself hands it to its menu.

    A lab's long work stands in line and is never done: what it would show rests on how it was rehearsed, not on a link.
    """
    found, navigation = {}, st.navigation

    def noted(pages, **options):
        listed = chain.from_iterable(pages.values()) if isinstance(pages, dict) else pages
        found.update({page.url_path: Path(page._page).relative_to(ROOT).as_posix() for page in listed})
        return navigation(pages, **options)

    with rehearsed.folder(tmp_path_factory) as patch, rehearsed.nothing_begins(patch):
        causal.warm_up()
        with pytest.MonkeyPatch.context() as spying:
            spying.setattr(st, "navigation", noted)
            run(PAGES[0])
        yield found


def screen(files, link):
    """The screen that a link opens; nothing on it may have gone wrong."""
    app = run(files[path_of(link)], **asked(link))
    assert not app.exception, [e.value for e in app.exception]
    assert not app.error, [e.value for e in app.error]
    return app


def words(app):
    """All that is said on a screen."""
    kinds = (app.markdown, app.title, app.header, app.subheader, app.metric, app.caption, app.text, app.latex, app.code)
    said = [str(element.value) for kind in kinds for element in kind]
    pages = [html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", e.proto.body)) for e in app.get("html")]
    return "\n".join([*said, *pages])


def numbers(text):
    """The numbers in a text, without their units, signs of growth and marks of thousands."""
    plain = re.sub(r":material/\w+:", " ", text).replace("\u2212", "-")
    return {found.replace(",", "") for found in NUMBER.findall(plain)}


def formulas(app):
    found = [*FORMULA.findall("\n".join(e.value for e in app.markdown)), *(e.value.strip("$ \n") for e in app.latex)]
    return {UNSAID.sub("", formula) for formula in found}


def spellings(controls):
    """How the values that a screen's controls hold may be written: by every id, the labels that stand for it."""
    drawn = {path.stem: path for path in gallery()}
    shipped = causal.shipped()
    picked = {str(value) for key, value in controls.items() if key == "model" or key.endswith("_graph")}
    found = {}
    for name in {*picked, *OWN_STORIES} & {*shipped, *drawn}:
        model = causal.load(name if name in shipped else drawn[name])
        found.setdefault(name, set()).add(model.title)
        for variable in model:
            found.setdefault(variable.name, set()).add(variable.label)
            for state in variable.states:
                found.setdefault(state, set()).add(variable.label_of(state))
    return found


def same(recorded, held, spelled):
    """Whether a control holds what was recorded: the same number or switch, or the same id, perhaps by its label."""
    if isinstance(recorded, list):
        if not isinstance(held, list | tuple | set) or len(held) != len(recorded):
            return False
        return all(any(same(one, other, spelled) for other in held) for one in recorded)
    if isinstance(recorded, bool) or isinstance(held, bool):
        return recorded is held
    if isinstance(recorded, int | float):
        try:
            return float(str(held).replace(",", "")) == pytest.approx(recorded, abs=1e-9)
        except ValueError:
            return False
    return held == recorded or any(label == held or _cut(label) == held for label in spelled.get(recorded, ()))


def _cut(label, most=60):
    """A label as the app shows it, which cuts long ones."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def differences(recorded, app):
    """In what a screen is another one than the recorded one, in words."""
    spelled = spellings(recorded["controls"])
    found = [
        f"{key} is {held!r}, not {value!r}"
        for key, value in recorded["controls"].items()
        if not same(value, held := app.session_state.get(key, "not there"), spelled)
    ]
    if lacking := set(recorded["numbers"]) - numbers(words(app)):
        found.append(f"no longer says {sorted(lacking)}")
    if lacking := set(recorded.get("formulas", ())) - formulas(app):
        found.append(f"no longer derives {sorted(lacking)}")
    return found


@pytest.mark.parametrize("recorded", LINKS, ids=[one["link"] for one in LINKS])
def test_an_old_link_opens_the_screen_that_it_opened(files, recorded):
    assert not differences(recorded, screen(files, recorded["link"]))


@pytest.mark.parametrize(
    "altered", [{"do_var": "TikTok use"}, {"do_x": "105"}, {"do_known": ["TikTok use"]}, {"model": "One more episode"}]
)
def test_a_link_that_says_something_else_opens_another_screen(files, altered):
    recorded = next(one for one in LINKS if asked(one["link"]).get("do_var") == "Label's marketing spend")
    query = urlencode(asked(recorded["link"]) | altered, doseq=True)
    assert differences(recorded, screen(files, f"{path_of(recorded['link'])}?{query}"))
