"""The law of the house: which folder stands on which, and which library has which door."""

import doctest
import importlib
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.house import imports, modules, room

ROOT = Path(__file__).parents[1]

# Lowest first: a folder imports only from folders before it. `pages.ui.*` stands for the folder of any one page.
# fmt: off
FLOORS = [
    "causal.ranges",  # pure mathematics, which knows of nothing else here
    "causal.words", "causal.errors", "causal.models", "causal.queries", "causal.graphs", "causal.files",
    "causal.worlds", "causal.rungs", "causal.couplings", "causal.answers",
    "causal.effects", "causal.identification", "causal.bounding", "causal.workings", "causal.studies",
    "causal", "causal.jobs", "causal.labs", "causal.cli", "causal.__main__",
    "pages.ui", "pages.ui.words", "pages.ui.look", "pages.ui.controls", "pages.ui.drawing", "pages.ui.shell",
    "pages.ui.*", "pages", "app",
]
# fmt: on

# One door each: the folders and modules that may import a library, wherever in the file.
DOORS = {
    "streamlit": "pages app",
    "plotly": "pages.ui.drawing",
    "pgmpy": "causal.worlds.network causal.labs.discovery.searches",  # two libraries in one: networks, and searches
    "opt_einsum": "causal.worlds.contraction",
    "networkx": "causal.graphs causal.worlds.network",
    "scipy": "causal.ranges causal.rungs causal.studies.estimation",
    "pandas": "causal.studies causal.labs.discovery",
    "sklearn": "causal.labs",
    "numpyro": "causal.labs.programs.program",
    "jax": "causal.labs.programs.program",
}


MODULES = modules()


def _floor(name):
    """The room that a module belongs to, as the law names it."""
    found = room(name)
    return "pages.ui.*" if found not in FLOORS and found.startswith("pages.ui.") else found


EVERY = pytest.mark.parametrize(("own", "path"), [pytest.param(*item, id=item[0]) for item in MODULES.items()])


@EVERY
def test_a_folder_imports_only_from_the_folders_above_it(own, path):
    assert _floor(own) in FLOORS, f"{own} stands in no folder of the house"
    for other in imports(path, MODULES) & MODULES.keys():
        below = FLOORS.index(_floor(other)) < FLOORS.index(_floor(own))
        assert below or room(own) == room(other), f"{own} must not import {other}"


def test_no_modules_import_each_other_in_a_circle():
    graph = {name: imports(path, MODULES) & MODULES.keys() - {name} for name, path in MODULES.items()}
    tuple(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


@EVERY
def test_each_library_has_its_doors(own, path):
    for library in {name.split(".")[0] for name in imports(path, MODULES)} & DOORS.keys():
        assert any(f"{own}.".startswith(f"{door}.") for door in DOORS[library].split()), f"{own} imports {library}"


def test_every_folder_of_the_law_is_there():
    assert set(FLOORS) <= {_floor(name) for name in MODULES}


EXAMPLES = [pytest.param(name, id=name) for name, path in MODULES.items() if ">>> " in path.read_text("utf-8")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_in_a_modules_text_hold(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted and not found.failed


def test_the_engine_runs_with_streamlit_uninstalled():
    code = (
        "import sys; sys.modules['streamlit'] = None; import causal; "
        "print(causal.ask(causal.load('firing-squad'), 'P(D=1 | do(A=0))').value)"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "0.5", done.stderr


def test_importing_causal_does_not_pay_for_pgmpy():
    code = "import sys, causal; causal.load('record-sales'); print('pgmpy' in sys.modules, 'scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_no_file_of_the_project_names_a_machine_or_a_secret_place():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".txt", ".css", ".js", ".json", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert str(ROOT) not in text, f"{name} names a path of this machine"


def test_test_modules_have_names_of_their_own():
    """Pytest imports them by their names alone."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))
