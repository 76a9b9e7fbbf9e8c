"""What a visitor does: follow a link, move a slider, click a variable, open a file."""

import json
import re

import pytest

import causal
from tests.browser.conftest import running_server

pytestmark = pytest.mark.browser

SLIDER = '[class*="st-key-do_x"] [data-testid="stSlider"] input[type=range]'


def _numbers(text):
    return [float(n.replace(",", "").replace("\u2212", "-")) for n in re.findall(r"[\u2212-]?\d[\d,]*\.?\d*", text)]


def _positions(page):
    """Where every node stands, by its id."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.stGraphVizChart svg g.node')].map((g) => {
          const box = g.querySelector('polygon, ellipse, path').getBBox()
          return [g.id, [box.x, box.y, box.width, box.height].map((x) => Math.round(x * 10) / 10)]
        }))"""
    )


def test_a_deep_link_is_the_first_request_of_a_new_server(visit):
    with running_server() as url:
        visitor = visit(url=url)
        known = ["TikTok", "Radio"]
        page = visitor.go("doing", model="record-sales", do_var="Label", do_x="100", do_more="true", do_known=known)
        assert page.get_by_test_id("stTopNavLink").filter(has_text="Doing").count() == 1
        pressed = page.locator(
            '.st-key-do_var_labels [aria-checked="true"], .st-key-do_var_labels [aria-pressed="true"]'
        )
        assert "marketing" in pressed.first.inner_text()
        assert page.locator(SLIDER).first.input_value() == "100"
        pressed = page.locator(
            '.st-key-do_known_labels [aria-checked="true"], .st-key-do_known_labels [aria-pressed="true"]'
        )
        assert pressed.count() == len(known)
        assert not visitor.errors


def test_moving_the_slider_moves_the_number_to_the_engines_value(visit):
    visitor = visit()
    page = visitor.go("doing", model="record-sales", do_var="Radio", do_x="10")
    handle = page.locator(SLIDER).first
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
    visitor.settle()
    x = float(handle.input_value())
    assert x > 10
    exact = causal.ask(causal.load("record-sales"), f"E(Sales | do(Radio={x}))").value
    answer = page.locator(".st-key-answer")
    shown = _numbers(answer.inner_text())
    assert answer.get_attribute("aria-live") == "polite"  # a screen reader says it
    assert any(abs(n - exact) < 0.06 for n in shown), f"{exact} is not among {shown}"


def test_dragging_shows_values_before_the_hand_lets_go(visit):
    visitor = visit()
    page = visitor.go("doing", model="record-sales", do_var="Radio", do_x="1000")
    page.evaluate(
        """() => {
          const seen = window.__seen = new Set()
          const look = () => seen.add(document.querySelector('.st-key-answer')?.innerText)
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
        }"""
    )
    box = page.locator(".st-key-do_x [role=slider], " + SLIDER).first.bounding_box()
    slider = page.locator('.st-key-do_x [data-testid="stSlider"]').bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(50):
        page.mouse.move(slider["x"] + slider["width"] * (0.3 + step * 0.01), box["y"] + box["height"] / 2)
        page.wait_for_timeout(100)
    assert page.evaluate("() => window.__seen.size") > 10
    page.mouse.up()


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("pictures", "pictures_to_labels"),
        ("graphs", "graphs_n_labels"),
        ("programs", "programs_n_labels"),
        ("curves", "curves_n_labels"),
    ],
)
def test_a_move_sends_what_moves_and_not_the_page(visit, path, key):
    visitor = visit()
    frames = []
    visitor.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page = visitor.go(path)
    whole = len(frames)
    frames.clear()
    handle = page.locator(f".st-key-{key} input[type=range]").first
    handle.focus()
    page.keyboard.press("ArrowLeft")
    visitor.settle()
    assert 5 < len(frames) < min(70, whole / 2)


@pytest.mark.parametrize(("page", "prefix"), [("seeing", "see"), ("doing", "do"), ("imagining", "imagine")])
def test_a_guess_is_followed_by_the_answer_and_its_chart(visit, page, prefix):
    visitor = visit()
    shown = visitor.go(page, model="record-sales", **{f"{prefix}_predict": "true"})
    chart = shown.get_by_test_id("stVegaLiteChart")
    assert chart.count() == 0
    assert "?" in shown.locator(".st-key-answer").inner_text()
    shown.locator(f".st-key-{prefix}_reveal label").first.click()
    chart.first.wait_for(timeout=20_000)
    visitor.settle()
    assert _numbers(shown.locator(".st-key-answer").inner_text())
    assert shown.get_by_test_id("stAlert").count() == shown.get_by_test_id("stException").count() == 0


def test_a_value_that_cannot_happen_is_left_again_by_the_slider(visit):
    visitor = visit()
    page = visitor.page
    page.goto(f"{visitor.server}/seeing?model=firing-squad&see_known=A&see_known=B&see_at_A=1&see_at_B=0")
    trouble = page.get_by_test_id("stAlert")
    trouble.wait_for(timeout=60_000)
    page.locator(".st-key-see_at_B_labels input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    visitor.settle()
    assert trouble.count() == page.get_by_test_id("stException").count() == 0
    assert "100" in page.locator(".st-key-answer").inner_text()


def test_clicking_a_node_chooses_its_pill_and_cuts_its_arrows_without_moving_anything(visit):
    visitor = visit()
    page = visitor.go("doing", model="kidney-stones", do_var="Size")
    before = _positions(page)
    edges = page.locator(".stGraphVizChart svg g.edge").count()
    page.locator(".stGraphVizChart svg g.node", has_text=re.compile("Treatment")).first.click()
    visitor.settle()
    pressed = page.locator('.st-key-do_var_labels [aria-checked="true"], .st-key-do_var_labels [aria-pressed="true"]')
    assert "Treatment" in pressed.first.inner_text()
    assert page.locator(".stGraphVizChart svg g.edge.cut").count() == 1
    assert page.locator(".stGraphVizChart svg g.edge").count() == edges
    assert _positions(page) == before


def test_a_node_works_from_the_keyboard_and_keeps_the_focus(visit):
    """Also where what follows from it is another page, as it is when an early knob is turned."""
    visitor = visit()
    page = visitor.go("pictures")
    page.locator(".stGraphVizChart svg g.node", has_text="Season").focus()
    page.keyboard.press("Enter")
    visitor.settle()
    assert page.get_by_label("Which knob is turned").input_value() == "Season"
    focused = page.evaluate("() => document.activeElement.textContent")
    assert "Season" in focused


def test_a_node_that_is_not_in_doubt_says_that_setting_it_by_lot_decides_nothing(visit):
    visitor = visit()
    page = visitor.go("graphs")
    page.locator(".st-key-graph_graphs_class svg g.node", has_text="TikTok").click()
    page.get_by_test_id("stToast").filter(has_text="decide nothing").wait_for(timeout=10_000)
    assert "Radio" in page.locator(".st-key-graph_graphs_class svg g.node.do").text_content()


def test_clicking_a_node_adjusts_for_it_and_a_second_click_no_longer(visit):
    visitor = visit()
    page = visitor.go("adjust", adjust_graph="m-bias")
    pressed = page.locator(
        '.st-key-adjust_for_labels [aria-checked="true"], .st-key-adjust_for_labels [aria-pressed="true"]'
    )
    node = page.locator(".stGraphVizChart svg g.node", has_text=re.compile("Mother's")).first
    before = _positions(page)
    assert pressed.count() == 0
    node.click()
    visitor.settle()
    assert "Mother's diabetes" in pressed.first.inner_text()
    assert page.locator(".stGraphVizChart svg g.edge.open:not(.cause)").count() == 4
    assert _positions(page) == before
    node.click()
    visitor.settle()
    assert pressed.count() == 0
    assert page.locator(".stGraphVizChart svg g.edge.open:not(.cause)").count() == 0


def test_what_nobody_measured_refuses_to_be_adjusted_for(visit):
    visitor = visit()
    page = visitor.go("adjust", adjust_graph="m-bias")
    page.locator(".stGraphVizChart svg g.node", has_text=re.compile("Genes")).first.click()
    page.get_by_test_id("stToast").filter(has_text="Nobody measured").wait_for(timeout=10_000)
    assert page.locator(".stGraphVizChart svg g.node.seen").count() == 0


def test_dragging_the_size_of_the_table_moves_its_estimate(visit):
    visitor = visit()
    page = visitor.go("adjust")
    said = page.locator(".st-key-quiet_adjust_sample").get_by_text("A table of")
    before = said.inner_text()
    page.locator('[class*="st-key-adjust_n"] [data-testid="stSlider"] input[type=range]').first.focus()
    page.keyboard.press("ArrowRight")
    visitor.settle()
    assert "1,000" in said.inner_text() != before


def test_the_address_restores_what_was_chosen(visit):
    first = visit()
    page = first.go("doing", model="kidney-stones")
    page.locator(".stGraphVizChart svg g.node", has_text="Stone before").first.click()
    first.settle()
    answer = page.locator(".st-key-answer").inner_text()
    second = visit()
    second.page.goto(page.url)
    second.settle()
    assert second.page.locator(".st-key-answer").inner_text() == answer


def test_the_address_restores_the_rules_that_were_chosen(visit):
    first = visit()
    page = first.go("derive", derive_graph="front-door", derive_own="true")
    page.get_by_role("button", name=re.compile("Rule 2")).click()
    first.settle()
    refuted = page.get_by_text("The graph does not allow this")
    assert refuted.count() == 1 and "derive_moves" in page.url
    page.reload()
    first.settle()
    assert refuted.count() == 1


def test_a_witness_opens_as_a_story_of_its_own_that_asks_the_same(visit):
    visitor = visit()
    page = visitor.go("derive", derive_graph="instrument")
    page.get_by_text("What the two models are made of").click()
    visitor.settle()
    asked = page.locator(".st-key-derive_query input")
    before = asked.input_value()
    page.get_by_role("button", name="Open model A").click()
    visitor.settle()
    assert page.locator(".st-key-model_labels input").input_value() == "Model A"
    assert asked.input_value() == before
    assert page.get_by_text("No, data cannot tell").count() == 1


def test_a_link_says_no_longer_what_the_page_does_not_show(visit):
    visitor = visit()
    page = visitor.go("star", star_share="33")
    page.wait_for_url(lambda url: "star_share" not in url, timeout=20_000)
    assert page.locator(".st-key-star_share input[type=range]").input_value() == "50"


HOSTILE = {
    "format": 1,
    "title": '<script>window.hacked=1</script>![x](http://localhost:9/x.png)"onmouseover="window.hacked=1',
    "story": "<img src=x onerror='window.hacked=1'> ![](http://localhost:9/y.png) $x$ :red[x]",
    "question": "<b onclick='window.hacked=1'>?</b>",
    "treatment": "X",
    "outcome": "Y",
    "variables": {
        "X": {
            "label": 'a:b\\"];x[fontname="x\\" onmouseover=\\"window.hacked=1"]',
            "states": ["</svg><script>", '"\\'],
            "p": [0.5, 0.5],
        },
        "Y": {
            "label": "<table><tr><td>\\N\\G {a|b} `x` $y$ " + "w" * 500,
            "states": ["javascript:alert(1)", "![](http://localhost:9/z.png)"],
            "parents": ["X"],
            "cpt": [[0.2, 0.8], [0.6, 0.4]],
        },
    },
}


def test_hostile_names_in_an_opened_model_stay_names(visit):
    visitor = visit()
    page = visitor.go("doing")
    outside = []
    page.on("request", lambda r: outside.append(r.url) if "localhost:9" in r.url else None)
    page.get_by_role("button", name="Open a model").click()
    page.locator('input[type="file"]').set_input_files(
        {"name": "hostile.json", "mimeType": "application/json", "buffer": json.dumps(HOSTILE).encode()}
    )
    visitor.settle()
    page.keyboard.press("Escape")
    for path in ("Seeing", "Doing", "Imagining", "Adjust", "The ladder"):
        link = page.get_by_test_id(re.compile("^stTopNav(Dropdown)?Link$")).filter(has_text=path)
        if not link.count():
            page.get_by_test_id("stTopNavSection").filter(has_text="What follows").click()
        link.click()
        visitor.settle()
        assert page.locator(".stGraphVizChart svg g.node").count() >= 2
        assert page.locator(".stGraphVizChart svg :is(a, script, image, foreignObject)").count() == 0
        assert page.locator('[data-testid="stException"]').count() == 0
        bad = page.evaluate(
            "() => [...document.querySelectorAll('.stGraphVizChart *')].filter((e) => "
            "[...e.attributes].some((a) => a.name.startsWith('on'))).length"
        )
        assert bad == 0
        wide = page.evaluate("() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    assert page.evaluate("() => window.hacked") is None
    assert not outside


def test_a_broken_file_is_told_in_place_and_loses_nothing(visit):
    visitor = visit()
    page = visitor.go("doing", model="kidney-stones")
    answer = page.locator(".st-key-answer").inner_text()
    page.get_by_role("button", name="Open a model").click()
    page.locator('input[type="file"]').set_input_files(
        {"name": "broken.toml", "mimeType": "application/toml", "buffer": b"format = 1\n[variables.X]\nstates = 3\n"}
    )
    visitor.settle()
    assert "states" in page.locator('[data-testid="stAlert"]').first.inner_text()
    assert page.locator(".st-key-answer").inner_text() == answer
