"""No cache keeps the words of one language for the readers of another."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CACHES = {"lru_cache", "cache", "cached_property", "cache_data", "cache_resource"}
SPEAKERS = {"causal.words.catalogue.say", "causal.words.catalogue.current"}
WORDLESS = {
    "causal.labs.curves.polynomial_fit.fit",
    "causal.labs.curves.polynomial_fit.shown",
    "causal.labs.star.musicians.artists",
    "causal.labs.star.musicians.below_zero",
    "pages.ui.pictures.picture_cards._allowed",
    "pages.ui.pictures.picture_cards._edited",
}
"""They ask a story that has words, and keep nothing but numbers and pixels of it."""


def _name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {
    _name(path): ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("causal", "pages")
    for path in (ROOT / folder).rglob("*.py")
}


def _imported(tree):
    """What each name in a module stands for, as a full name."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


IMPORTED = {module: _imported(tree) for module, tree in TREES.items()}


def _functions():
    """Every function with its full name (a method's, too), and the module that it stands in."""
    for module, tree in TREES.items():
        owners = [(module, tree)] + [(f"{module}.{c.name}", c) for c in ast.walk(tree) if isinstance(c, ast.ClassDef)]
        for start, owner in owners:
            for node in owner.body:
                if isinstance(node, ast.FunctionDef):
                    yield f"{start}.{node.name}", module, node


def _meant(module, node):
    """The full name of what is used here: of another module's function, of this module's, or nothing known."""
    dotted = ast.unparse(node)
    first, _, rest = dotted.partition(".")
    start = IMPORTED[module].get(first, f"{module}.{first}")
    full = f"{start}.{rest}" if rest else start
    package, _, last = full.rpartition(".")
    return IMPORTED.get(package, {}).get(last, full)  # what a package hands on is another module's


FUNCTIONS = {name: (module, node) for name, module, node in _functions()}
USES = {
    name: {
        _meant(module, used)
        for used in ast.walk(node)
        if isinstance(used, ast.Attribute | ast.Name) and isinstance(used.ctx, ast.Load)
    }
    for name, (module, node) in FUNCTIONS.items()
}


def _speaking():
    """Every function whose result may hang on the language that is spoken, as far as names tell."""
    found = set(SPEAKERS)
    while more := {name for name, used in USES.items() if name not in found and used & found}:
        found |= more
    return found


SPEAKING = _speaking()


def _kept(node):
    """The caches that a function is kept in."""
    return {
        part.attr if isinstance(part, ast.Attribute) else part.id
        for decorator in node.decorator_list
        for part in ast.walk(decorator)
        if isinstance(part, ast.Attribute | ast.Name)
    }


def test_the_walk_follows_words_through_modules():
    assert {"pages.ui.words.sentences.noun", "pages.ui.drawing.crowd._drawn", "causal.words.numbers.points"} <= SPEAKING
    assert "causal.graphs.graph.paths" not in SPEAKING


@pytest.mark.parametrize("name", sorted(name for name, (_, node) in FUNCTIONS.items() if _kept(node) & CACHES))
def test_a_cache_of_what_speaks_has_the_language_in_its_key(name):
    node = FUNCTIONS[name][1]
    by_language = any(argument.arg == "language" for argument in node.args.args)
    assert name not in SPEAKING - WORDLESS or by_language, f"{name}: keep it in words_cache"
