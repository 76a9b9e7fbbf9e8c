"""Every sentence is there in every language, is said by somebody, and gets just what fills its slots.

Keys stand whole in the code, so that they can be found; one that code puts together has a row in ``families``.
"""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from families import FAMILIES

from causal.words import cldr
from causal.words.catalogue import DEFAULT, languages, sentences

ROOT = Path(__file__).parents[2]
ENGLISH = sentences(DEFAULT)
SECTIONS = {key.split(".")[0] for key in ENGLISH}
KEY = re.compile(r"[a-z_]+(\.[\w-]+)+")
WITHIN = re.compile(r"<(scripts\.\w+)>")
"""Keys within a part of a script."""

WORDING = {
    **dict.fromkeys(("say", "known", "Sentence", "open_sentence", "_line"), ()),
    **dict.fromkeys(("CausalError", "BadModel", "MissingNumbers", "BadQuery", "ImpossibleEvidence"), ()),
    **dict.fromkeys(("TooLarge", "NoEndpoint", "_bad", "_bad_line", "error", "items", "fail", "open", "close"), ()),
    "wrong": ("at",),
    "_need_numbers": ("at", "name", "known"),
}
"""What words a key, and which slots it fills besides those that its call names."""

NO_SLOTS = {"position"}
"""What a call may name that is no slot."""


def _files():
    yield from sorted((ROOT / "causal").rglob("*.py"))
    yield from sorted((ROOT / "pages").rglob("*.py"))
    yield ROOT / "app.py"


TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in _files()}


def _gaps(node):
    """A text that code puts together, with its gaps."""
    return "".join("{}" if isinstance(part, ast.FormattedValue) else part.value for part in node.values)


def _filled(pattern):
    for values in FAMILIES[pattern]:
        yield pattern.format(*values.split("|"))


def _like_a_key(text):
    return KEY.fullmatch(text) is not None and text.split(".")[0] in SECTIONS


def _texts(tree):
    """Every text that stands whole in the code."""
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node


WRITTEN = {
    (node.value, f"{name}:{node.lineno}")
    for name, tree in TREES.items()
    for node in _texts(tree)
    if _like_a_key(node.value)
}
WRITTEN |= {
    (key, path.name)
    for path in (ROOT / "data" / "scripts").iterdir()
    for key in WITHIN.findall(path.read_text(encoding="utf-8"))
}
CALLS = [(name, node) for name, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _slots(pattern):
    forms = [pattern] if isinstance(pattern, str) else pattern.values()
    return {slot for form in forms for _, slot, _, _ in Formatter().parse(form) if slot is not None}


def test_every_key_that_stands_in_the_code_is_in_the_catalogue():
    files = re.compile(r"\.(py|toml|css|js|json|svg|png|csv)$")
    assert not sorted(f"{place} {key}" for key, place in WRITTEN if key not in ENGLISH and not files.search(key))


PUT_TOGETHER = sorted(
    (_gaps(node.args[0]), f"{name}:{node.lineno}")
    for name, node in CALLS
    if _called(node) in WORDING and node.args and isinstance(node.args[0], ast.JoinedStr)
)


def test_every_key_that_code_puts_together_has_a_row():
    assert not [place for pattern, place in PUT_TOGETHER if pattern not in FAMILIES]


def test_every_row_is_used():
    texts = {_gaps(node) for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    assert FAMILIES.keys() <= texts


@pytest.mark.parametrize("pattern", FAMILIES)
def test_every_key_that_code_can_put_together_is_in_the_catalogue(pattern):
    assert not [key for key in _filled(pattern) if key not in ENGLISH]


def test_whatever_words_a_key_is_given_one():
    wrong = [
        f"{name}:{node.lineno}"
        for name, node in CALLS
        if _called(node) in WORDING and _called(node) not in ("error", "open", "close", "items", "fail", "wrong")
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value not in ENGLISH
    ]
    assert not wrong


def test_no_key_is_glued_from_texts():
    glued = [f"{n}:{c.lineno}" for n, c in CALLS if _called(c) == "say" and c.args and isinstance(c.args[0], ast.BinOp)]
    assert not glued


def test_every_sentence_is_said_by_somebody():
    said = {key for key, _ in WRITTEN} | {key for pattern in FAMILIES for key in _filled(pattern)}
    gallery = {key for key in ENGLISH if key.startswith("gallery.")}
    assert gallery <= {f"gallery.{path.stem}" for path in (ROOT / "data" / "graphs").glob("*.toml")} | said
    assert not sorted(ENGLISH.keys() - said - gallery - cldr.KEYS)


def _assigned(tree):
    """Every call in a function, with what names were set to before it: of such a key the slots can be seen, too."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            parts = list(ast.walk(function))
            assigned = sorted((n for n in parts if isinstance(n, ast.Assign)), key=lambda n: n.lineno)
            for call in (part for part in parts if isinstance(part, ast.Call)):
                yield call, {ast.unparse(n.targets[0]): n.value for n in assigned if n.lineno < call.lineno}


def _keys(node, values):
    """The keys that an argument can be, as far as the code says it there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value] if node.value in ENGLISH else []
    if isinstance(node, ast.IfExp):
        return [*_keys(node.body, values), *_keys(node.orelse, values)]
    if isinstance(node, ast.Name):
        return _keys(values.get(node.id), {})
    return []


SAID = [
    pytest.param(call, keys, id=f"{name}:{call.lineno} {keys[0]}")
    for name, tree in TREES.items()
    for call, values in _assigned(tree)
    if _called(call) in WORDING and _called(call) not in ("known", "open_sentence")
    if (keys := [key for argument in call.args for key in _keys(argument, values)])
]


@pytest.mark.parametrize(("call", "keys"), SAID)
def test_a_call_fills_every_slot_of_its_sentence_and_no_other(call, keys):
    given = {keyword.arg for keyword in call.keywords if keyword.arg} - NO_SLOTS
    whole = all(keyword.arg for keyword in call.keywords)  # a dictionary's names are not seen here
    slots = set().union(*(_slots(ENGLISH[key]) for key in keys))
    counted = {"n"} & given
    own = set(WORDING[_called(call)])
    assert given <= slots | counted
    assert not whole or slots <= given | own
    assert not whole or given or own or not any(isinstance(ENGLISH[key], dict) for key in keys)


@pytest.mark.parametrize("language", languages())
class TestEveryLanguage:
    def test_has_sections_that_english_has_too(self, language):
        assert sentences(language).keys() <= ENGLISH.keys()

    def test_has_the_same_slots_as_english(self, language):
        patterns = sentences(language)
        assert not [key for key in patterns if _slots(patterns[key]) - {"n"} != _slots(ENGLISH[key]) - {"n"}]

    def test_has_its_own_plural_forms(self, language):
        forms = {*Locale.parse(language.partition("-")[0]).plural_form.tags, "other"}
        tables = {key: pattern.keys() for key, pattern in sentences(language).items() if not isinstance(pattern, str)}
        assert not [key for key, found in tables.items() if found != forms]
