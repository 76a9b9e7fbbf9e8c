"""Every page with every story, without a browser: it runs, it answers, and what it shows is the engine's number."""

from pathlib import Path

import pytest
import rehearsed

import causal
from tests.pages.visits import KEYS, PAGES, run, texts

GARBAGE = ["", "1e999", "-1", "<script>", "../../etc/passwd", "nan", "💥" * 50, "True", "[]"]


@pytest.fixture(scope="module", autouse=True)
def engine(tmp_path_factory):
    """The engine, and what the labs show first; whatever else takes long stands in line."""
    with rehearsed.folder(tmp_path_factory) as patch, rehearsed.nothing_begins(patch):
        causal.warm_up()
        rehearsed.portraits(patch)
        rehearsed.predictors(patch)
        rehearsed.search(patch, "record-sales")
        yield


OWN_STORY = {"8_pictures", "9_curves", "10_star", "12_programs"}
"""Pages that tell a story of their own, whichever is picked."""


@pytest.mark.parametrize(
    ("page", "model"),
    [
        pytest.param(page, model, id=f"{Path(page).stem}-{model}")
        for page in PAGES
        for model in causal.shipped()[:: 6 if Path(page).stem in OWN_STORY else 1]
    ],
)
def test_every_page_shows_every_story(page, model):
    app = run(page, model=model)
    assert not app.exception
    assert not app.error, [e.value for e in app.error]
    assert app.title


def sometimes(cases, every):
    """These cases, of which every so many are tried in every run, and all when proofs are asked for."""
    return [pytest.param(*case, marks=() if n % every == 0 else pytest.mark.prove) for n, case in enumerate(cases)]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: Path(p).stem)
@pytest.mark.parametrize(("first",), sometimes([(n,) for n in range(len(GARBAGE))], 3))
def test_garbage_in_the_link_is_dropped(page, first):
    """Every key says something else, and in another of these runs the next thing."""
    app = run(page, **{key: GARBAGE[(first + n) % len(GARBAGE)] for n, key in enumerate(KEYS)})
    assert not app.exception
    # A question is the visitor's own words: what cannot be read in it is told in place, in a link too.
    questions = 1 + ("derive" in page)
    assert len(app.error) <= questions


FIELDS = [
    ("pages/2_doing.py", {"do_random": "true"}, ("do_seed",)),
    ("pages/3_imagining.py", {"imagine_unit": "drawn"}, ("imagine_seed",)),
    ("pages/5_adjust.py", {}, ("adjust_seed",)),
    ("pages/8_pictures.py", {"pictures_who": "another"}, ("pictures_seed", "pictures_draw")),
    ("pages/9_curves.py", {}, ("curves_seed",)),
    ("pages/11_questions.py", {}, ("questions_seed", "questions_pack_seed")),
    ("pages/13_graphs.py", {}, ("graphs_seed",)),
]
NUMBERS = [*GARBAGE, "-1e999", "0", "1e4", "2.5"]


@pytest.mark.parametrize(
    ("page", "beside", "keys", "junk"), sometimes([(*field, junk) for field in FIELDS for junk in NUMBERS], 4)
)
def test_no_link_breaks_a_field_of_numbers(page, beside, keys, junk):
    app = run(page, **beside, **dict.fromkeys(keys, junk))
    assert not app.exception
    assert not app.error
    assert all(1 <= app.session_state[key] <= 9999 for key in keys)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: Path(p).stem)
def test_talk_mode_runs_on_every_page(page):
    app = run(page, talk="true")
    assert not app.exception


def test_the_first_link_of_a_new_server_keeps_all_that_is_chosen_at_once():
    app = run("pages/5_adjust.py", adjust_graph="butterfly", adjust_for=["A", "B"])
    assert app.session_state["adjust_for"] == ["A", "B"]


def test_the_doing_page_shows_the_engines_number():
    app = run("pages/2_doing.py", model="record-sales", do_var="Radio", do_x="500")
    exact = causal.ask(causal.load("record-sales"), "E(Sales | do(Radio=500))").value
    said = "If we **set** radio play to 500\u00a0hours, we expect record sales in 6 months at"
    number = f"{exact:.1f}".removesuffix(".0")
    assert f"{said}\n\n**:orange[{number}]** :orange[thousand records]" in texts(app)


def test_the_ladder_tells_the_three_rungs_apart():
    model = causal.load("record-sales")
    app = run(PAGES[0], model="record-sales", ladder_x="1000")
    shown = texts(app)
    for colour, query in (
        ("blue", "E(Sales | Radio=1000)"),
        ("orange", "E(Sales | do(Radio=1000))"),
        ("violet", "E(Sales[Radio=1000] | Label=300, TikTok=90, Radio=2000, Sales=560)"),
    ):
        number = f"{causal.ask(model, query).value:.1f}".removesuffix(".0")
        assert f"**:{colour}[{number}]**  \n:{colour}[thousand records]" in shown
