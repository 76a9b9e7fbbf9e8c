"""Every page in a language that nobody speaks: what is still English was never in the catalogue, and all has room.

The pseudo-language has an accent on every letter and is longer by four tenths (tests/pseudo_language.py).
"""

import re

import pytest

from tests import pseudo_language
from tests.browser.conftest import PAGES, running_server

pytestmark = pytest.mark.browser

STATES = [
    *((path, {}) for path in PAGES),
    ("", {"ladder_2_work": "true", "model": "kidney-stones"}),
    ("seeing", {"see_paths": "true", "see_work": "true", "model": "smallpox"}),
    ("seeing", {"see_predict": "true", "see_chance": "true", "model": "monty-hall"}),
    ("doing", {"do_more": "true", "do_also": "TikTok", "do_known": "Label", "do_work": "true"}),
    ("doing", {"do_random": "true", "model": "kidney-stones"}),
    ("imagining", {"imagine_unit": "hand", "imagine_work": "true", "model": "firing-squad"}),
    ("imagining", {"imagine_unit": "drawn", "imagine_twin": "true", "model": "kidney-stones"}),
    *(("effects", {"effects_family": name}) for name in ("necessity", "ways", "court")),
    ("effects", {"effects_family": "court", "effects_case": "smallpox", "effects_court_work": "true"}),
    ("adjust", {"adjust_graph": "m-bias", "adjust_sets": "true", "adjust_for": "Z", "adjust_work": "true"}),
    ("adjust", {"adjust_test": "true", "adjust_predict": "true"}),
    ("derive", {"derive_graph": "front-door", "derive_own": "true"}),
    ("derive", {"derive_graph": "instrument"}),
    *(("hierarchy", {"machines_show": name, "model": "smallpox"}) for name in ("done", "arrow", "ledger")),
    ("pictures", {"pictures_map": "true", "pictures_work": "true"}),
    ("pictures", {"pictures_kind": "met", "pictures_who": "another"}),
    ("curves", {"curves_degree": "7", "curves_work": "true"}),
    ("star", {"star_case": "own", "star_work": "true"}),
    ("questions", {"questions_work": "true", "questions_level": "causal"}),
    ("programs", {"programs_prior": "sure"}),
    ("graphs", {"graphs_graph": "m-bias", "graphs_hide": "true"}),
    ("doing", {"talk": "true"}),
]

STREAMLITS = re.compile(
    r"App pages|Help for |^Open$|Choose (an option|options)|Skip to main content|^Upload$|1MB per file|TOML, JSON"
    r"|Increment|Decrement|Pagination|(Previous|Next) page|Page \d|Press Enter to (apply|submit form)|Clear value"
    r"|[XY]-axis titled '|[XY]-axis for a |' for a |(linear|discrete) scale with (\d+ )?values?( from .*|: )"
    r"|Symbol legend for \w+ with \d+ values: |:\w+\[:material/\w+: \d\]"
)
"""What Streamlit and its charts say themselves, in English only."""

NAMES = re.compile(r"\bU_\w+|\b\w+ \d+\.\d+\.\d+|\b(ATE|ETT|CATE|CDE|NDE|NIE|PNS|CSV|SVG|PNG|TOML|JSON)\b")
"""Names that no language changes: chance that has no label, short names of effects and formats, libraries."""

SAID = """() => {
  const apart = 'code, pre, .katex, style, script, noscript, .modebar, [data-testid*="Icon"], ' +
    '[role=img][aria-label$=" icon"]'
  // where a graph says variables' short names
  const small = ['rung_', 'graph_effects_', 'graph_imagine_twin'].map((key) => `[class*="st-key-${key}"]`).join()
  const letters = '.st-key-quiet_effects_letters strong'
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement
    const drawn = at?.closest('svg')
    if (!at || at.closest(apart) || at.closest(letters) || (drawn ? drawn.closest(small) : !seen(at))) continue
    found.push(['text', walker.currentNode.nodeValue.trim()])
  }
  for (const name of ['aria-label', 'title', 'alt', 'aria-valuetext', 'placeholder']) {
    for (const e of document.querySelectorAll(`[${name}]`)) {
      if (!e.closest(apart) && seen(e) && !e.matches('[class*="_ask"] *')) found.push([name, e.getAttribute(name)])
    }
  }
  for (const e of document.querySelectorAll('input[role=combobox]')) if (seen(e)) found.push(['chosen', e.value])
  return found
}"""

NO_ROOM = """() => {
  const apart = 'code, pre, .katex, style, script, svg, [aria-hidden=true], [data-testid*="Icon"], [role=img]'
  const found = []
  const said = (e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 60)}"`
  const pieces = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, at = node.parentElement, text = node.nodeValue.trim()
    if (text.length < 2 || !at.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    if (at.closest(apart) || at.clientWidth === 1) continue // one pixel wide is for who hears it
    const range = document.createRange()
    range.selectNodeContents(node)
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1)
    if (!boxes.length) continue
    const lines = new Set(boxes.map((box) => Math.round(box.top / 4)))
    const words = text.split(/[\\s\\u2010-\\u2015/-]+/).length
    if (lines.size > words) found.push(`broken within a word: ${said(at)}`)
    for (let e = at; e && e !== document.body; e = e.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(e)
      if (['hidden', 'clip'].includes(overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1) {
        found.push(`cut: ${said(at)}`)
        break
      }
      if (['auto', 'scroll'].includes(overflowX)) break
    }
    boxes.forEach((box) => pieces.push([at, box]))
  }
  for (let i = 0; i < pieces.length; i++) {
    for (let j = i + 1; j < pieces.length; j++) {
      const [a, one] = pieces[i], [b, other] = pieces[j]
      if (a === b || a.contains(b) || b.contains(a)) continue
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
      if (across > 3 && down > 4) found.push(`one over the other: ${said(a)} and ${said(b)}`)
    }
  }
  return [...new Set(found)]
}"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """A server that has the pseudo-language besides English."""
    folder = tmp_path_factory.mktemp("languages")
    pseudo_language.make(folder)
    with running_server(LADDER_LANGUAGES=str(folder)) as url:
        yield url


def english(page):
    """What is English on a page, and where it stands."""
    said = {(where, text) for where, text in page.evaluate(SAID) if text}
    return sorted(one for one in said if re.search("[A-Za-z]{3,}", NAMES.sub("", STREAMLITS.sub("", one[1]))))


def unfolded(page):
    """The page, then the page with each of its menus open in turn."""
    yield page
    menus = page.locator('.stMainBlockContainer [data-testid="stPopoverButton"]')
    for n in range(menus.count()):
        if menus.nth(n).is_visible():
            menus.nth(n).click()
            page.wait_for_timeout(400)
            yield page
            page.keyboard.press("Escape")


@pytest.mark.parametrize(("path", "query"), STATES, ids=lambda v: v if isinstance(v, str) else "-".join(v.values()))
def test_no_word_of_a_page_is_english_and_every_word_has_room(visit, spoken, path, query):
    visitor = visit(url=spoken)
    page = visitor.go(path, lang=pseudo_language.CODE, **query)
    assert page.evaluate("() => document.documentElement.lang") == pseudo_language.CODE
    assert page.evaluate(NO_ROOM) == []
    assert [said for shown in unfolded(page) for said in english(shown)] == []
    if "talk" not in query:
        visitor.turn(width=390, height=844)
        visitor.settle()
        assert page.evaluate(NO_ROOM) == []


def test_a_move_speaks_the_language_of_the_page(visit, spoken):
    visitor = visit(url=spoken)
    page = visitor.go("doing", lang=pseudo_language.CODE, do_x="10")
    page.locator('.st-key-do_x input[type="range"]').first.focus()
    page.keyboard.press("ArrowRight")
    visitor.settle()
    assert "do_x=10" not in page.url
    assert english(page) == []
