"""The promises: a copy of the project gets one thing more, as CONTRIBUTING.md says how, and has it everywhere.

Whoever keeps to a promise must need nothing else: no list to extend, no test to teach. (How a kind of mechanism and a
language are added is tried in tests/models and tests/words.)
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


class Copy:
    """The project in a folder of its own, to be added to and tried out."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("causal", "pages", "data", "tests", ".streamlit"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "out"))
        for name in ("app.py", "pyproject.toml"):
            shutil.copy(ROOT / name, folder / name)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def change(self, name, old, new):
        """Put ``new`` in the place of ``old``, which must be there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has changed: say here how one adds to it now"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def python(self, *arguments):
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "LADDER_CACHE": str(self.folder / "kept")}
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=environment,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def shown(self, page, **query):
        """All texts of a page."""
        code = f"from tests.pages.visits import run, texts; print(texts(run({page!r}, **{query!r})))"
        return self.python("-c", code)

    def tested(self, file, name):
        """The project's own tests find it, at least one, and it passes them."""
        told = self.python("-m", "pytest", "-q", "-p", "no:cacheprovider", file, "-k", name)
        assert " passed" in told or "[100%]" in told, told


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


STORY = '''
format    = 1
id        = "umbrella"
title     = "Umbrellas and wet streets"
story     = """
Where many people carry umbrellas the street is often wet, and where nobody does it is mostly dry. Does carrying an
umbrella make the street wet? The rain does both: it makes people reach for their umbrellas, and it falls on the street,
whether anybody carries one or not. So the two go together every day, and yet no umbrella that is left at home, or is
handed out at the door, would change a single wet stone of the pavement outside.
"""
source    = "Invented for this test"
question  = "Do umbrellas make the street wet?"
treatment = "U"
outcome   = "W"
invented  = true

[variables.R]
label = "Rain"
states = ["no", "yes"]
p = [0.75, 0.25]
position = [1, 0]

[variables.U]
label = "Umbrella"
states = ["no", "yes"]
parents = ["R"]
cpt = [[0.9, 0.1], [0.2, 0.8]]
coupling = "monotone"
position = [0, 1]

[variables.W]
label = "Street"
states = ["dry", "wet"]
parents = ["R"]
function = ["dry", "wet"]
position = [2, 1]

[[units]]
name = "Ada"
facts = { U = "yes", W = "wet" }

[[expected]]
query = "P(W=wet | U=yes)"
value = 0.7272727272727273
tolerance = 1e-9
source = "by hand: 0.25 * 0.8 / (0.25 * 0.8 + 0.75 * 0.1)"

[[expected]]
query = "P(W=wet | do(U=yes))"
value = 0.25
tolerance = 1e-9
source = "by hand: it rains as often as before"

[[expected]]
query = "P(W[U=no]=wet | U=yes, W=wet)"
value = 1
tolerance = 1e-9
source = "by hand: the street is wet only where it rains"
'''


def test_a_story_is_one_file(copy):
    copy.write("data/models/umbrella.toml", STORY)
    copy.tested("tests/files/test_models.py", "umbrella")
    shown = copy.shown("pages/0_ladder.py", model="umbrella")
    assert all(number in shown for number in ("72.7\u00a0%", "25\u00a0%", "100\u00a0%"))  # seeing, doing, imagining
    assert "Umbrellas and wet streets" in copy.python("-c", "import causal; print(causal.load('umbrella').title)")


PAGE = '''"""A page that only says something."""

import streamlit as st

from pages.ui.shell import frame

TITLE = "Dice"
ICON = ":material/casino:"
HELP = "A page for nothing but dice."

frame.enter(__file__)
st.title("Do dice remember?")
st.markdown("They do not.")
'''


def test_a_page_is_one_file(copy):
    copy.write("pages/99_dice.py", PAGE)
    copy.tested("tests/pages/test_pages.py", "dice and (kidney-stones or talk)")
    assert "They do not." in copy.shown("pages/99_dice.py")
    last = "*_, last = entries(); print(last.slug, last.title, last.help)"
    listed = copy.python("-c", f"from pages.ui.shell.menu import entries; {last}")
    assert listed.strip() == "dice Dice A page for nothing but dice."


EFFECT = '''def harm(c: Comparison) -> Query:
    """How many would have the event under x' and be rid of it under x?"""
    return c.without(c.response(c.at(c.other)), c.response(c.at(c.x)))


@dataclass(frozen=True, slots=True)
class Effect:'''


def test_an_effect_is_a_function_and_a_row(copy):
    table = "causal/effects/named_effects.py"
    copy.change(table, "@dataclass(frozen=True, slots=True)\nclass Effect:", EFFECT)
    row = 'Effect("HARM", "share harmed", harm, "everyone", ("causes",), _EVENT, "share"),'
    copy.change(table, '        Effect("PD",', f'        {row}\n        Effect("PD",')
    copy.tested(
        "tests/effects/test_effects.py", "needs or lies_between or of_a_mean or harm or HARM or definition or books"
    )
    shown = copy.shown("pages/4_effects.py", model="smallpox", effects_family="causes")
    assert "share harmed" in shown and "be rid of it under x?" in shown and "(HARM)" in shown


CRITERION = '''def fathers(model: Model, treatment: str, outcome: str) -> Found:
    """All parents of the treatment at once, where all of them are measured."""
    parents = model[treatment].parents
    return (parents,) if parents and all(model[p].observable for p in parents) else ()


CRITERIA:'''


def test_a_criterion_is_a_function_and_a_row(copy):
    table = "causal/graphs/criteria.py"
    copy.change(table, "CRITERIA:", CRITERION)
    copy.change(
        table, '    "instruments": instruments,\n', '    "instruments": instruments,\n    "all_fathers": fathers,\n'
    )
    copy.tested("tests/graphs/test_adjustment.py", "criterion or by_hand")
    told = copy.python("-m", "causal", "adjust", "kidney-stones", "T", "R")
    assert '"all_fathers": [["Size"]]' in told
    shown = copy.shown("pages/5_adjust.py", model="kidney-stones", adjust_sets="true")
    assert "all fathers" in shown and "stone before treatment" in shown
