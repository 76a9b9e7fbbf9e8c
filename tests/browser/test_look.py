"""Every page, in every way it is looked at: phone, projector, light, dark, and by a screen reader's rules."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

import causal
from causal.files.shelf import gallery
from tests.browser.conftest import PAGES
from tests.pages.visits import KEYS

TOO_TALL = (
    "() => { const m = document.querySelector('[data-testid=\"stMain\"]'); return m.scrollHeight - m.clientHeight }"
)

BEHIND = """() => {
  const names = '[class*="st-key-foot_"], .st-key-steps'
  const bars = [...document.querySelectorAll(names)].map(e => e.getBoundingClientRect())
  const inBar = e => e.closest(names)
  const shown = [...document.querySelectorAll('.stMainBlockContainer :is(p, h1, h2, th, td, svg, img, button, input)')]
  const hidden = shown.filter(e => !inBar(e)).filter(e => {
    const box = e.getBoundingClientRect()
    return box.width > 2 && box.height > 2 && bars.some(bar =>
      Math.min(box.bottom, bar.bottom) - Math.max(box.top, bar.top) > 2 &&
      Math.min(box.right, bar.right) - Math.max(box.left, bar.left) > 2)
  })
  return hidden.map(e => `${e.tagName} ${e.textContent.slice(0, 60)}`)
}"""
"""What the bars at a projector's lower edge cover."""

pytestmark = pytest.mark.browser


PHONE = {"width": 390, "height": 844}


def sideways(page):
    """By how much the page is wider than its window."""
    return page.evaluate(
        """() => Math.max(...[document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
          .map((e) => e.scrollWidth - e.clientWidth))"""
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p or "ladder")
def test_whatever_a_link_says_a_page_fits_a_phone_and_axe_finds_nothing_by_day_or_night(visit, path):
    """Garbage falls back in silence to what the page shows first; a question is the visitor's own words."""
    junk = "<img src=x onerror=alert(1)>"
    visitor = visit(**PHONE)
    page = visitor.go(path, **{key: junk for key in KEYS if not key.endswith(("_ask", "_query"))})
    assert page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0
    assert sideways(page) <= 0
    for dark in (False, True):
        visitor.turn(dark=dark)
        visitor.settle()
        found = Axe().run(page).response["violations"]
        assert not found, [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert not visitor.errors


@pytest.mark.parametrize("path", PAGES[1:4])
@pytest.mark.parametrize("model", ["smallpox", "monty-hall"])
def test_no_story_makes_a_phone_scroll_sideways(visit, path, model):
    """On the three rungs, with stories that are made of other stuff than the first."""
    assert sideways(visit(**PHONE).go(path, model=model)) <= 0


def looks(*others):
    """Every page with the first story, and the three rungs with others that are made of other stuff."""
    return [
        pytest.param(path, model, id=f"{model}-{path or 'ladder'}")
        for path in PAGES
        for model in ("record-sales", *(others if path in PAGES[1:4] else ()))
    ]


@pytest.mark.parametrize(("path", "model"), looks("kidney-stones", "firing-squad"))
def test_in_talk_mode_a_page_fits_a_projector_and_has_no_navigation(visit, path, model):
    page = visit().go(path, talk="true", model=model)
    over = page.evaluate(TOO_TALL)
    assert over <= 0, f"{over} px too tall"
    assert page.locator('[data-testid="stTopNavLink"]').count() == 0
    size = page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size >= 20


def test_the_graph_takes_its_colours_from_the_theme(visit):
    visitor = visit()
    page = visitor.go("doing", model="firing-squad")
    for dark in (False, True):
        visitor.turn(dark=dark)
        visitor.settle()
        colour = page.evaluate(
            "() => getComputedStyle(document.querySelector('.stGraphVizChart svg .node:not(.do) text')).fill"
        )
        brightness = sum(int(c) for c in re.findall(r"\d+", colour)[:3]) / 3
        assert (brightness > 150) == dark, f"text of a node is {colour}"


LARGEST = ("backdoor-game-5", "butterfly", "napkin")


@pytest.mark.parametrize(
    "name", [pytest.param(p.stem, marks=() if p.stem in LARGEST else pytest.mark.prove) for p in gallery()]
)
def test_every_graph_of_the_gallery_fits_a_projector_with_everything_adjusted_for(visit, name):
    model = causal.load(next(path for path in gallery() if path.stem == name))
    given = [v.name for v in model.endogenous if v.observable and v.name not in (model.treatment, model.outcome)]
    for chosen in ([], given):
        page = visit().go("adjust", talk="true", adjust_step="2", adjust_graph=name, adjust_for=chosen)
        over = page.evaluate(TOO_TALL)
        assert over <= 0, f"{over} px too tall with {chosen}"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("effects", {"model": "monty-hall"}),
        ("effects", {"model": "smallpox", "effects_family": "ways"}),
        ("effects", {"effects_family": "court", "effects_case": "smallpox"}),
        ("adjust", {"adjust_graph": "m-bias", "adjust_for": "Z", "adjust_step": "3"}),
        ("hierarchy", {"machines_show": "arrow"}),
        ("curves", {"curves_step": "2", "curves_degree": "7"}),
        ("star", {"star_case": "own", "star_step": "2"}),
        ("hierarchy", {"machines_show": "ledger", "model": "smallpox"}),
        ("programs", {"programs_step": "2"}),
        ("graphs", {"graphs_step": "4", "graphs_graph": "m-bias"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value.values()),
)
def test_the_fullest_views_fit_a_projector(visit, path, query):
    page = visit().go(path, talk="true", **query)
    over = page.evaluate(TOO_TALL)
    assert over <= 0, f"{over} px too tall"
    assert page.evaluate(BEHIND) == []
