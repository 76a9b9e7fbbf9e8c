"""The map: which module stands on which. A change of the map is a change of this list."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Lowest first; a module imports only what stands above it in this list.
ORDER = [
    "causal.errors",
    "causal.model",
    "causal.query",
    "causal.checking",
    "causal.parsing",
    "causal.printing",
    "causal.graph",
    "causal.projection",
    "causal.open_paths",
    "causal.separators",
    "causal.adjustment",
    "causal.hitting",
    "causal.front_door",
    "causal.instruments",
    "causal.criteria",
    "causal.comparison",
    "causal.effects",
    "causal.fields",
    "causal.mechanisms",
    "causal.expectations",
    "causal.validation",
    "causal.writing",
    "causal.files",
    "causal.worlds",
    "causal.network",
    "causal.tables",
    "causal.implications",
    "causal.association",  # rung 1
    "causal.intervention",  # rung 2
    "causal.gaussian",
    "causal.counterfactual",  # rung 3
    "causal.shadows",
    "causal.couplings",
    "causal.ranges",
    "causal.ratios",
    "causal.branching",
    "causal.intervals",
    "causal.arithmetic",
    "causal.answer",
    "causal.parts",
    "causal.engine",
    "causal.sweeping",
    "causal.bounding.frame",
    "causal.bounding.assumptions",
    "causal.bounding.factors",
    "causal.bounding.sources",
    "causal.bounding.responses",
    "causal.bounding.columns",
    "causal.bounding.blocks",
    "causal.bounding.program",
    "causal.bounding.linear",
    "causal.bounding.algebra",
    "causal.bounding.space",
    "causal.bounding.extents",
    "causal.bounding.searching",
    "causal.bounding.optimum",
    "causal.bounding.witness",
    "causal.bounding.door",
    "causal.bounding",
    "causal.courtroom",
    "causal.machines",
    "causal.ledger",
    "causal.abduction",
    "causal.units",
    "causal.estimation",
    "causal.trials",
    "causal.pricing",
    "causal.standardising",
    "causal.workings",
    "causal.script_parts",
    "causal.script_linear",
    "causal.script_network",
    "causal.scripting",
    "causal.identification.estimand",
    "causal.identification.simplifying",
    "causal.identification.formulas",
    "causal.identification.evaluation",
    "causal.identification.regions",
    "causal.identification.derivation",
    "causal.identification.effects",
    "causal.identification.conditional",
    "causal.identification.experiments",
    "causal.identification.responses",
    "causal.identification.counterfactuals",
    "causal.identification.points",
    "causal.identification.cancelling",
    "causal.identification.reading",
    "causal.identification.questions",
    "causal.identification.telling",
    "causal.identification.measuring",
    "causal.identification.scenes",
    "causal.identification.fibres",
    "causal.identification.completing",
    "causal.identification.witness",
    "causal.identification.verdicts",
    "causal.identification.coarsening",
    "causal.identification.rules",
    "causal.identification.refuting",
    "causal.identification",
    "causal",
    "causal.labs",
    "causal.labs.storing",
    "causal.labs.tasks",
    "causal.labs.work",
    "causal.labs.questions",
    "causal.labs.questions.wording",
    "causal.labs.questions.naming",
    "causal.labs.questions.families",
    "causal.labs.questions.sheet",
    "causal.labs.questions.telling",
    "causal.labs.questions.moments",
    "causal.labs.questions.levels",
    "causal.labs.questions.tolerance",
    "causal.labs.questions.mechanisms",
    "causal.labs.questions.prompting",
    "causal.labs.questions.roads",
    "causal.labs.questions.difficulty",
    "causal.labs.questions.keys",
    "causal.labs.questions.numerals",
    "causal.labs.questions.keyfile",
    "causal.labs.questions.plain",
    "causal.labs.questions.passages",
    "causal.labs.questions.ranges",
    "causal.labs.questions.asides",
    "causal.labs.questions.stances",
    "causal.labs.questions.reading",
    "causal.labs.questions.grading",
    "causal.labs.questions.packing",
    "causal.labs.questions.marking",
    "causal.labs.questions.asking",
    "causal.labs.portrait",
    "causal.labs.portrait.brush",
    "causal.labs.portrait.weather",
    "causal.labs.portrait.places",
    "causal.labs.portrait.head",
    "causal.labs.portrait.features",
    "causal.labs.portrait.hair",
    "causal.labs.portrait.wardrobe",
    "causal.labs.portrait.lenses",
    "causal.labs.portrait.drawing",
    "causal.labs.portrait.people",
    "causal.labs.portrait.raster",
    "causal.labs.portrait.imagining",
    "causal.labs.portrait.dragging",
    "causal.labs.portrait.scoring",
    "causal.labs.portrait.seeing",
    "causal.labs.curves",
    "causal.labs.curves.worlds",
    "causal.labs.curves.fitting",
    "causal.labs.star",
    "causal.labs.star.shifting",
    "causal.labs.star.musicians",
    "causal.labs.star.predictors",
    "causal.labs.star.nearest",
    "causal.labs.star.training",
    "causal.labs.discovery",
    "causal.labs.discovery.equivalence",
    "causal.labs.discovery.comparing",
    "causal.labs.discovery.searching",
    "causal.labs.discovery.sampling",
    "causal.labs.discovery.experimenting",
    "causal.labs.programs",
    "causal.labs.programs.program",
    "causal.labs.programs.worlds",
    "causal.labs.programs.sampling",
    "causal.labs.programs.stored",
    "causal.labs.programs.record",
    "causal.labs.programs.script",
    "causal.requests",
    "causal.batch",
    "causal.__main__",
    "pages.ui",
    "pages",
    "app",
]


def _files():
    return [*sorted((ROOT / "causal").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py")), ROOT / "app.py"]


def _name(path):
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path):
    """Every module named in an import of this file, wherever it stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: say imports in full"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _place(name):
    if name.startswith("pages.ui"):
        return ORDER.index("pages.ui")
    return ORDER.index("pages" if name.startswith("pages") else name)


# pgmpy is two libraries in one: networks, and searches for graphs. The engine neither needs nor waits for the second.
PGMPY = ("causal.network", "causal.labs.discovery.searching")

FILES = [pytest.param(path, id=_name(path)) for path in _files()]


@pytest.mark.parametrize("path", FILES)
def test_every_module_has_its_place_and_imports_only_from_above_it(path):
    own = _place(_name(path))
    modules = {_name(p) for p in _files()}
    for imported in _imports(path) & modules:
        if imported == "causal" and _name(path).startswith("causal"):
            continue  # `from causal import graph` names the package on the way to the module
        same_folder = imported.startswith("pages.ui") and own == _place("pages.ui")
        assert _place(imported) < own or same_folder, f"{_name(path)} must not import {imported}"


@pytest.mark.parametrize("path", FILES)
def test_each_library_has_its_doors(path):
    roots = {name.split(".")[0] for name in _imports(path)}
    name = _name(path)
    assert "streamlit" not in roots or name == "app" or name.startswith("pages")
    assert "pgmpy" not in roots or name in PGMPY
    assert "opt_einsum" not in roots or name == "causal.network"
    assert not roots & {"numpyro", "jax"} or name == "causal.labs.programs.program"
    assert "plotly" not in roots or name.startswith("pages.ui")


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


def test_every_entry_of_the_map_is_a_module():
    modules = {_name(p) for p in _files()}
    assert set(ORDER) - {"pages"} <= modules | {"pages.ui"}
