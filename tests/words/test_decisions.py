"""No decision is taken on words: what they say of is there as kinds, keys, values and numbers."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKING = {"startswith", "endswith", "partition", "rpartition", "removeprefix", "removesuffix", "find", "index", "count"}
FILES = [*sorted((ROOT / "causal").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]
DATA = {"grammar", "numbers"}
"""Sections of the catalogue that hold no sentences, but what a language does."""


def _worded(node):
    """Whether this is what somebody reads: a message, a reason, or a sentence of the catalogue."""
    if isinstance(node, ast.Attribute):
        return node.attr in ("message", "because")
    said = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args
    key = node.args[0] if said else None
    return said and not (isinstance(key, ast.Constant) and key.value.split(".")[0] in DATA)


def _decides(node):
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return any(map(_worded, sides)) and not any(isinstance(s, ast.Constant) and s.value is None for s in sides)
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return _worded(node.test)
    if isinstance(node, ast.BoolOp):
        return any(map(_worded, node.values[:-1]))
    asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING
    return asks and _worded(node.func.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_decision_is_taken_on_words(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if _decides(node)]


@pytest.mark.parametrize(
    "code",
    [
        "if say('a.b') == 'x': pass",
        "error.message.startswith('x')",
        "'never' in answer.because",
        "x = answer.because or 'none'",
        "if answer.because: pass",
    ],
)
def test_such_a_decision_would_be_found(code):
    assert any(_decides(node) for node in ast.walk(ast.parse(code)))
