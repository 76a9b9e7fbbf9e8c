"""What is kept between runs is told apart by what it is of, not by a hash: Python gives -1.0 and -2.0 the same."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import causal
from causal.files.shelf import from_dict
from pages.ui.adjust import sample
from pages.ui.adjust.prices import Effect
from pages.ui.controls import measure
from pages.ui.controls.measure import Measure
from pages.ui.rungs import coin, line_fit

ROOT = Path(__file__).parents[2]


def model(slope):
    line = {"intercept": 0.0, "coefficients": {}, "sd": 1.0}
    return from_dict(
        {
            "format": 1,
            "variables": {
                "X": {"range": [-3, 3], "linear": line},
                "Y": {"range": [-9, 9], "parents": ["X"], "linear": {**line, "coefficients": {"X": slope}}},
            },
        }
    )


ONE, OTHER = model(-1.0), model(-2.0)
KEPT = {
    "the units of a scatter": lambda m: line_fit._units(m, "X", "Y"),
    "a trial": lambda m: coin._run(m, "X", "Y", "", (1.0, 0.0), 100, 1),
    "a table's estimate": lambda m: sample._estimate(Effect(m, "X", Measure.of(m["Y"]), ()), 100, 1),
    "the first units of a table": lambda m: sample._head(m, 1),
    "an answer": lambda m: measure.ask(m, causal.parse("E(Y | do(X=1))")),
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_models_of_one_hash_share_no_numbers(kept):
    assert hash(ONE) == hash(OTHER) and ONE != OTHER
    assert kept(ONE) != kept(OTHER)
    assert kept(ONE) == kept(replace(ONE))


def test_nothing_is_told_apart_by_its_hash():
    for path in [*(ROOT / "causal").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name not in ("__hash__", "__post_init__"):
                calls = [n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
                assert "hash" not in calls, f"{path.relative_to(ROOT)}: {node.name}"
