"""The loader: every rule of the format has one broken example, and what is written reads back as the same model."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from causal.errors import BadModel, CausalError
from causal.files.shelf import LIMIT, MODELS, dumps, from_dict, load, loads, shipped, to_dict
from causal.models.mechanisms import Function, Linear, Table

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
REMOVED = object()

BASE: dict[str, Any] = {
    "format": 1,
    "id": "base",
    "treatment": "X",
    "outcome": "Y",
    "exogenous": {"U": {"states": ["a", "b"], "p": [0.3, 0.7]}, "G": {"mean": 0, "sd": 1}},
    "variables": {
        "Z": {"states": ["f", "m"], "p": [0.49, 0.51], "position": [0, 0]},
        "X": {"states": ["0", "1"], "parents": ["Z"], "cpt": [[0.8, 0.2], [0.3, 0.7]], "position": [0, 1]},
        "Y": {"states": ["0", "1"], "parents": ["X", "U"], "function": ["0", "1", "1", "1"], "position": [1, 1]},
        "S": {"parents": ["G"], "linear": {"intercept": 1, "coefficients": {"G": 2}, "sd": 0.5}, "position": [2, 1]},
    },
    "units": [{"name": "patient 17", "facts": {"X": "1", "S": 3.5}}],
    "expected": [{"query": "P(Y=1 | do(X=1))", "value": 1, "tolerance": 0.001, "source": "by hand"}],
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The base model with one place replaced; the path is written with slashes, list positions as digits."""
    data = copy.deepcopy(BASE)
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place: Any = data
    for step in way:
        place = place[step]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return data


def test_the_base_model_is_one() -> None:
    model = from_dict(BASE)
    assert [v.name for v in model] == ["U", "G", "Z", "X", "Y", "S"]
    assert model["U"].exogenous and model["U"].mechanism == Table(((0.3, 0.7),))
    assert model["G"].mechanism == Linear(0, (), 1)
    assert model["Y"].mechanism == Function(("0", "1", "1", "1"))
    assert model["X"].numbers == (0, 1) and model["Z"].numbers is None and not model["X"].values_given
    assert model.units[0].facts == (("X", "1"), ("S", "3.5"))
    assert dict(model.expected[0].answer) == {"value": 1.0}


CHAIN = {"states": ["0", "1"], "parents": ["Y"], "cpt": [[0.5, 0.5], [0.5, 0.5]]}
BROKEN = [
    ("format missing", "format", REMOVED, "missing-field", "format = 1"),
    ("format 2", "format", 2, "format", "2"),
    ("format true", "format", True, "format", "true"),
    ("format 1.0", "format", 1.0, "format", "1.0"),
    ("format text", "format", "1", "format", "number 1"),
    ("no variables", "variables", REMOVED, "missing-field", "[variables.X]"),
    ("variables empty", "variables", {}, "missing-field", "at least one"),
    ("variables a list", "variables", [], "type", "table"),
    ("variable no table", "variables/Z", 3, "type", "variable Z"),
    ("title a number", "title", 3, "type", "text"),
    ("title null", "title", None, "type", "null"),
    ("invented a text", "invented", "yes", "type", "true or false"),
    ("unknown field at the top", "outcom", "Y", "unknown-field", "did you mean outcome"),
    ("unknown field of a variable", "variables/X/parent", ["Z"], "unknown-field", "did you mean parents"),
    ("unknown field of an exogenous variable", "exogenous/U/latent", True, "unknown-field", "latent"),
    ("unknown field of linear", "variables/S/linear/slope", 2, "unknown-field", "slope"),
    ("unknown field of a unit", "units/0/age", 2, "unknown-field", "age"),
    ("unknown field of an expected answer", "expected/0/note", "x", "unknown-field", "note"),
    ("a name with a space", "variables/a b", {"states": ["0"], "p": [1]}, "names", "a b"),
    ("an empty name", "variables/", {"states": ["0"], "p": [1]}, "names", "cannot be a name"),
    ("a name that is half a character", "variables/\ud800", {"states": ["0"], "p": [1]}, "names", "ud800"),
    ("U and V share a name", "exogenous/X", {"states": ["0"], "p": [1]}, "duplicate", "among exogenous and"),
    ("names equal after NFC", "variables", {"\u00e9": CHAIN, "e\u0301": CHAIN}, "duplicate", "twice"),
    ("unknown parent", "variables/X/parents", ["Zed"], "unknown-parent", "did you mean Z"),
    ("a parent twice", "variables/X/parents", ["Z", "Z"], "duplicate", "twice"),
    ("parents a text", "variables/X/parents", "Z", "type", "list of names"),
    ("its own parent", "variables/X/parents", ["X"], "cycle", "X → X"),
    ("a cycle", "variables/Z", CHAIN | {"states": ["f", "m"]}, "cycle", "circle"),
    ("exogenous with parents", "exogenous/U/parents", ["Z"], "unknown-field", "parents"),
    ("discrete on continuous", "variables/X/parents", ["S"], "kind", "discrete parents only"),
    ("continuous on discrete", "variables/S/parents", ["Z"], "kind", "continuous parents only"),
    ("two mechanisms", "variables/X/function", ["0", "1"], "mechanism", "exactly one"),
    ("numbers missing", "variables/X/cpt", REMOVED, "mechanism", "X lack numbers"),
    ("exogenous numbers missing", "exogenous/U/p", REMOVED, "mechanism", "mean and sd"),
    ("p with parents", "variables/X", {"states": ["0", "1"], "parents": ["Z"], "p": [0.5, 0.5]}, "mechanism", "cpt"),
    ("states missing", "variables/X/states", REMOVED, "missing-field", "states"),
    ("states empty", "variables/X/states", [], "states", "at least one"),
    ("states twice", "variables/X/states", ["0", "0"], "duplicate", '"0" twice'),
    ("a state empty", "variables/X/states", ["", "1"], "states", "empty text"),
    ("a state a number", "variables/X/states", [0, 1], "type", 'quotes round it: "0"'),
    ("a state half a character", "variables/Z/states", ["\udfff", "m"], "type", "surrogate"),
    ("values too few", "variables/X/values", [0], "states", "1 entries"),
    ("a value true", "variables/X/values", [0, True], "type", "true"),
    ("values where continuous", "variables/S/values", [1], "kind", "discrete"),
    ("states where continuous", "variables/S/states", ["1"], "kind", "field linear"),
    (
        "states beside linear",
        "variables/S",
        BASE["variables"]["S"] | {"parents": [], "states": ["1"]},
        "kind",
        "linear",
    ),
    ("labels too many", "variables/X/state_labels", ["a", "b", "c"], "states", "3 entries"),
    ("labels without states", "variables/S/state_labels", ["a"], "kind", "discrete"),
    ("unit where discrete", "variables/X/unit", "cm", "kind", "continuous"),
    ("range where discrete", "variables/X/range", [0, 1], "kind", "continuous"),
    ("step where discrete", "variables/X/step", 1, "kind", "continuous"),
    ("unit of a discrete exogenous variable", "exogenous/U/unit", "cm", "kind", "continuous"),
    ("range reversed", "variables/S/range", [1, 0], "number", "low end"),
    ("range of three", "variables/S/range", [0, 1, 2], "type", "[low, high]"),
    ("step zero", "variables/S/step", 0, "number", "above 0"),
    ("coupling unknown", "variables/X/coupling", "strict", "coupling", "monotone"),
    ("coupling a list", "variables/X/coupling", [], "coupling", "independent"),
    ("coupling of a function", "variables/Y/coupling", "monotone", "coupling", "cpt"),
    ("coupling of a root", "variables/Z/coupling", "monotone", "coupling", "parents"),
    ("rows too few", "variables/X/cpt", [[0.5, 0.5]], "rows", "1 row, but its parent Z (2 states) has 2 combinations"),
    ("function rows", "variables/Y/function", ["0"], "rows", "X (2 states) and U (2 states) have 4 combinations"),
    ("a row too long", "variables/X/cpt", [[0.8, 0.2], [0.3, 0.7, 0]], "rows", "row 2 has 3 probabilities"),
    ("a flat cpt", "variables/X/cpt", [0.8, 0.2], "rows", "must be a list of 2 probabilities"),
    ("cpt a number", "variables/X/cpt", 3, "type", "list of rows"),
    ("negative", "variables/X/cpt", [[1.5, -0.5], [0.3, 0.7]], "probabilities", "negative"),
    ("sums to less", "variables/X/cpt", [[0.8, 0.2], [0.3, 0.6]], "probabilities", "sums to 0.9"),
    ("sum just too far", "variables/Z/p", [0.5, 0.500002], "probabilities", "1.000002"),
    ("p too short", "variables/Z/p", [1], "rows", "1 probability, but there are 2 states"),
    ("a probability true", "variables/Z/p", [True, 0], "type", "true"),
    ("a probability text", "variables/Z/p", ["0.5", 0.5], "type", "quotes"),
    ("a probability null", "variables/Z/p", [None, 1], "type", "null"),
    ("a probability NaN", "variables/Z/p", [float("nan"), 1], "number", "finite"),
    ("a probability infinite", "variables/Z/p", [float("inf"), 1], "number", "finite"),
    ("a probability too large", "variables/Z/p", [10**400, 1], "number", "finite"),
    ("huge but finite", "variables/Z/p", [1e308, 1e308], "probabilities", "1e+308"),
    ("exogenous p", "exogenous/U/p", [0.3, 0.3], "probabilities", "exogenous variable U"),
    ("mean without sd", "exogenous/G/sd", REMOVED, "missing-field", "both mean and sd"),
    ("p beside mean", "exogenous/U/mean", 1, "kind", "field mean"),
    ("states beside mean", "exogenous/G/states", ["a"], "kind", "field mean"),
    ("a function's row is no state", "variables/Y/function", ["0", "1", "1", "2"], "states", "row 4"),
    ("a function's row a number", "variables/Y/function", ["0", "1", "1", 1], "type", "function"),
    ("linear no table", "variables/S/linear", 3, "type", "table"),
    ("linear without intercept", "variables/S/linear/intercept", REMOVED, "missing-field", "intercept"),
    ("linear without sd", "variables/S/linear/sd", REMOVED, "missing-field", "sd"),
    ("linear without coefficients", "variables/S/linear/coefficients", REMOVED, "missing-field", "coefficients"),
    ("a coefficient too many", "variables/S/linear/coefficients", {"G": 1, "H": 2}, "unknown-parent", "too many: H"),
    ("a coefficient too few", "variables/S/linear/coefficients", {}, "unknown-parent", "exactly the parents"),
    ("a coefficient true", "variables/S/linear/coefficients", {"G": True}, "type", "linear.coefficients.G"),
    ("sd negative", "variables/S/linear/sd", -1, "number", "0 or more"),
    ("sd infinite", "variables/S/linear/sd", float("inf"), "number", "finite"),
    ("position of some", "variables/Z/position", REMOVED, "missing-field", "all variables or to none"),
    ("position of one number", "variables/Z/position", [1], "type", "[column, row]"),
    ("position a text", "variables/Z/position", ["a", "b"], "type", "number"),
    ("latent a number", "variables/Z/latent", 0, "type", "true or false"),
    ("treatment unknown", "treatment", "W", "unknown-name", "treatment"),
    ("outcome exogenous", "outcome", "U", "unknown-name", "exogenous"),
    ("units a table", "units", {}, "type", "[[units]]"),
    ("a unit without a name", "units/0/name", REMOVED, "missing-field", "name"),
    ("a unit with an empty name", "units/0/name", " ", "names", "empty"),
    ("units of one name", "units", [{"name": "a"}, {"name": "a"}], "duplicate", '"a" twice'),
    ("a fact about nothing", "units/0/facts", {"W": "1"}, "unknown-name", "W"),
    ("a fact that is no state", "units/0/facts", {"X": "2"}, "unknown-state", "patient 17"),
    ("a fact that is a number", "units/0/facts", {"X": 1}, "type", 'quotes round it: "1"'),
    ("a continuous fact that is a text", "units/0/facts", {"S": "3"}, "type", "leave the quotes away"),
    ("an infinite fact", "units/0/facts", {"S": float("inf")}, "number", "finite"),
    ("expected without a query", "expected/0/query", REMOVED, "missing-field", "query"),
    ("expected query unreadable", "expected/0/query", "P(Y=1", "expected", "expected answer 1"),
    ("expected query about nothing", "expected/0/query", "P(W=1)", "expected", "W"),
    ("expected without an answer", "expected/0/value", REMOVED, "expected", "no answer"),
    ("expected with two answers", "expected/0/interval", [0, 1], "expected", "value and interval"),
    ("expected mean without sd", "expected/0", {"query": "P(S)", "mean": 1}, "expected", "mean with sd"),
    ("expected sd alone", "expected/0/sd", 1, "expected", "value and sd"),
    ("expected interval reversed", "expected/0", {"query": "P(Y=1)", "interval": [1, 0]}, "expected", "low end"),
    ("expected value true", "expected/0/value", True, "type", "number"),
    ("tolerance negative", "expected/0/tolerance", -1, "number", "0 or more"),
    ("a share of no state", "expected/0", {"query": "P(Y)", "distribution": {"2": 1}}, "unknown-state", "2"),
    ("a distribution of an event", "expected/0", {"query": "P(Y=1)", "distribution": {"1": 1}}, "expected", "left of"),
]


@pytest.mark.parametrize(("path", "value", "kind", "word"), [c[1:] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_a_broken_rule_is_named(path: str, value: object, kind: str, word: str) -> None:
    with pytest.raises(BadModel) as caught:
        from_dict(changed(path, value), "my.toml")
    assert caught.value.kind == f"bad-model/{kind}"
    assert caught.value.message.startswith("my.toml: ")
    assert word in caught.value.message


FINE = [
    ("no id, title or anything", "id", REMOVED),
    ("sums within a millionth", "variables/Z/p", [0.5, 0.500001]),
    ("a cpt of one row for a root", "variables/Z", {"states": ["f", "m"], "cpt": [[0.5, 0.5]], "position": [0, 0]}),
    ("a constant function", "variables/Z", {"states": ["f", "m"], "function": ["f"], "position": [0, 0]}),
    ("one state", "variables/Z", {"states": ["f"], "parents": ["X"], "cpt": [[1], [1]], "position": [0, 0]}),
    ("parents empty", "variables/Z/parents", []),
    ("labels", "variables/X/state_labels", ["ill", "well"]),
    (
        "exogenous position, label and unit",
        "exogenous/G",
        {"mean": 0, "sd": 0, "unit": "m", "label": "g", "position": [0, 0]},
    ),
    ("P is a legal name", "variables/P", {"states": ["0"], "p": [1], "position": [0, 0]}),
    ("a fact about an exogenous variable", "units/0/facts", {"U": "a", "G": 1}),
    ("1, 1.0 and 01 are different", "variables/Z/states", ["1", "1.0"]),
    ("an expected error", "expected/0", {"query": "P(W=1)", "error": "bad-query/unknown-name"}),
    ("expected errors", "expected/0", {"query": "P(Y=1 | Y=0)", "error": ["impossible-evidence"]}),
    ("an expected distribution", "expected/0", {"query": "P(Y)", "distribution": {"0": 0.5, "1": [0.2, 0.5]}}),
]


@pytest.mark.parametrize(("path", "value"), [c[1:] for c in FINE], ids=[c[0] for c in FINE])
def test_what_the_format_allows_loads_and_reads_back(path: str, value: object) -> None:
    data = changed(path, value)
    if path == "variables/Z" and "parents" in BASE["variables"]["X"]:
        data["variables"]["X"] = {"states": ["0", "1"], "p": [0.5, 0.5], "position": [0, 1]}
    model = from_dict(data)
    assert loads(dumps(model, "toml"), "m.toml") == model
    assert loads(dumps(model, "json"), "m.json") == model


def test_rows_are_divided_by_their_sum() -> None:
    table = from_dict(changed("variables/Z/p", [0.5, 0.500001]))["Z"].mechanism
    assert isinstance(table, Table)
    assert sum(table.rows[0]) == pytest.approx(1, abs=1e-15)
    assert table.rows[0][0] == pytest.approx(0.5 / 1.000001, abs=1e-15)


@pytest.mark.parametrize(
    ("states", "numbers"),
    [
        (["-1", "+2.", ".5e1"], (-1, 2, 5)),
        (["1", "two"], None),
        (["1", "1e999"], None),
        (["١", "2"], None),
        (["1_0"], None),
    ],
    ids=["decimals", "a word", "infinite", "digits that are not ASCII", "underscore"],
)
def test_states_that_read_as_numbers_have_numbers(states: list[str], numbers: tuple[float, ...] | None) -> None:
    model = from_dict({"format": 1, "variables": {"X": {"states": states}}})
    assert model["X"].numbers == numbers


def test_names_are_compared_after_nfc() -> None:
    variables = {"Gro\u0308ße": {"states": ["0"]}, "Y": {"parents": ["Gr\u00f6ße"]}}
    model = from_dict({"format": 1, "variables": variables, "outcome": "Gro\u0308ße"})
    assert model.edges == (("Gr\u00f6ße", "Y"),)
    assert model.outcome == "Gr\u00f6ße"


def test_a_graph_has_no_numbers() -> None:
    variables = {"X": {"parents": ["U"]}, "Y": {"parents": ["X", "U"], "latent": True}, "S": {"unit": "cm"}}
    model = from_dict({"format": 1, "exogenous": {"U": {}}, "variables": variables})
    assert not model.numeric and model["Y"].latent and "S" in model.real_valued and model["X"].states == ()
    assert from_dict(to_dict(model)) == model
    with pytest.raises(BadModel, match="continuous parents only"):
        from_dict({"format": 1, "variables": {"X": {"states": ["0"]}, "S": {"unit": "cm", "parents": ["X"]}}})


TEXTS = [
    ("not TOML", "m.toml", "a = = 1", "syntax"),
    ("not JSON", "m.json", '{"a": }', "syntax"),
    ("JSON with NaN", "m.json", '{"format": NaN}', "number"),
    ("JSON with Infinity", "m.json", '{"format": -Infinity}', "number"),
    ("JSON beyond float", "m.json", '{"format": 1, "variables": {"X": {"range": [0, 1e400]}}}', "number"),
    ("TOML with inf", "m.toml", "format = 1\n[variables.X]\nrange = [0, inf]", "number"),
    ("a name twice in JSON", "m.json", '{"format": 1, "format": 1}', "duplicate"),
    ("a name twice deep in JSON", "m.json", '{"variables": {"X": {}, "X": {}}}', "duplicate"),
    ("a name twice in TOML", "m.toml", "format = 1\nformat = 1", "duplicate"),
    ("a table twice in TOML", "m.toml", "[variables.X]\n[variables.X]", "duplicate"),
    ("JSON nested beyond reason", "m.json", "[" * 100_000, "syntax"),
    ("TOML nested beyond reason", "m.toml", "a = " + "[" * 100_000, "syntax"),
    ("dots beyond reason", "m.toml", ".".join("a" * 50_000) + " = 1", "syntax"),
    ("quoted dots beyond reason", "m.toml", "x = {" + ' . '.join(['"a"'] * 50_000) + " = 1}", "syntax"),
    ("too many digits in JSON", "m.json", "1" * 5000, "number"),
    ("too many digits in TOML", "m.toml", "a = " + "1" * 5000, "number"),
    ("a JSON list", "m.json", "[]", "type"),
    ("JSON null", "m.json", "null", "type"),
    ("an empty file", "m.toml", "", "missing-field"),
    ("a date", "m.toml", "format = 2020-01-01", "format"),
    ("not UTF-8", "m.toml", b"title = '\xff'", "unreadable"),
    ("too long", "m.toml", "#" * (LIMIT + 1), "unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "kind"), [c[1:] for c in TEXTS], ids=[c[0] for c in TEXTS])
def test_a_text_that_cannot_be_read_is_one_clear_error(name: str, text: str | bytes, kind: str) -> None:
    with pytest.raises(BadModel) as caught:
        loads(text, name)
    assert caught.value.kind == f"bad-model/{kind}"
    assert caught.value.message.startswith(f"{name}: ")


def test_a_byte_order_mark_and_crlf_are_fine() -> None:
    model = from_dict(BASE)
    for form in ("toml", "json"):
        text = "\ufeff" + dumps(model, form).replace("\n", "\r\n")
        assert loads(text, f"m.{form}") == model
        assert loads(text.encode(), f"m.{form}") == model
        assert loads(text, "no ending") == model


def test_messages_stay_short_and_printable_whatever_the_file_holds() -> None:
    names = {f"V{i}" * 50: {"parents": ["W" * 90_000 + "\x00"]} for i in range(30)}
    for data in ({"format": 1, "variables": names}, {"format": "\ud800" * 10_000}, {"\u202e" * 5000: 1}):
        with pytest.raises(BadModel) as caught:
            from_dict(data, "m.json")
        assert len(caught.value.message) <= 1500
        assert caught.value.message.encode()
        assert "\u202e" not in caught.value.message


def test_files_are_found_by_path_and_by_id(tmp_path: Any) -> None:
    model = from_dict(BASE)
    for form in ("toml", "json"):
        path = tmp_path / f"other.{form}"
        path.write_text(dumps(model, form), encoding="utf-8")
        assert load(path) == load(str(path)) == model
    assert load("record-sales").id == "record-sales"
    assert load(MODELS / "record-sales.toml") == load("record-sales")


def test_files_that_are_not_there_or_not_files(tmp_path: Any) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "latin.toml").write_bytes("title = 'é'".encode("latin-1"))
    cases = [
        ("record-sale", "not-found", "did you mean record-sales"),
        ("", "not-found", "id"),
        ("../record-sales", "not-found", "no such file"),
        (str(tmp_path / "none.toml"), "not-found", "no such file"),
        (tmp_path / "folder.toml", "unreadable", "folder"),
        (tmp_path / "latin.toml", "unreadable", "UTF-8"),
        ("a\0.toml", "unreadable", "cannot be read"),
        ("x" * 5000 + ".toml", "unreadable", "cannot be read"),
        ("/dev/null/x.toml", "not-found", "no such file"),
        ("/dev/zero", "unreadable", "ordinary"),
    ]
    for wanted, kind, word in cases:
        with pytest.raises(BadModel) as caught:
            load(wanted)
        assert caught.value.kind == f"bad-model/{kind}", wanted
        assert word in caught.value.message


def test_a_shipped_file_bears_its_id(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("causal.files.shelf.MODELS", tmp_path)
    (tmp_path / "other.toml").write_text(dumps(from_dict(BASE)), encoding="utf-8")
    assert shipped() == ("other",)
    with pytest.raises(BadModel, match="file's name without the ending: other"):
        load("other")


def test_large_models_load_without_recursion() -> None:
    variables: dict[str, Any] = {"V0": {"states": ["0", "1"], "p": [0.5, 0.5]}}
    for i in range(1, 5000):
        variables[f"V{i}"] = {"states": ["0", "1"], "parents": [f"V{i - 1}"], "function": ["1", "0"]}
    model = from_dict({"format": 1, "variables": variables})
    assert len(model.variables) == 5000
    variables["V0"] = variables["V0"] | {"parents": ["V4999"]}
    with pytest.raises(BadModel, match="circle"):
        from_dict({"format": 1, "variables": variables})


def test_more_combinations_than_can_be_printed_are_still_an_error() -> None:
    variables: dict[str, Any] = {f"V{i}": {"states": ["0", "1"], "p": [0.5, 0.5]} for i in range(15_000)}
    variables["Y"] = {"states": ["0", "1"], "parents": list(variables), "function": ["0"]}
    with pytest.raises(BadModel, match="combinations"):
        from_dict({"format": 1, "variables": variables})


NAMES = st.sampled_from(["X", "Y", "do", "P", "E", "größe", "变量", "_1", "a_b", "Z", "M"])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
POSITION = st.tuples(FINITE, FINITE).map(list)


@st.composite
def rows(draw: st.DrawFn, states: int) -> list[float]:
    weights = draw(st.lists(st.integers(0, 9), min_size=states, max_size=states).filter(any))
    return [w / sum(weights) for w in weights]


@st.composite
def models(draw: st.DrawFn) -> dict[str, Any]:
    """Data of legal models: discrete, linear or a graph, with everything optional sometimes there."""
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    shape = draw(st.sampled_from(["discrete", "linear", "graph"]))
    outside = draw(st.integers(0, len(names) - 1))
    placed = draw(st.booleans())
    data: dict[str, Any] = {"format": 1, "exogenous": {}, "variables": {}}
    data |= {key: draw(WORDS) for key in ("id", "title", "story", "source", "question") if draw(st.booleans())}
    states = {n: draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)) for n in names}
    for i, name in enumerate(names):
        exogenous = i < outside
        entry: dict[str, Any] = {"label": draw(WORDS)}
        parents = [] if exogenous else draw(st.lists(st.sampled_from(names[:i]), unique=True, max_size=3)) if i else []
        if parents:
            entry["parents"] = parents
        if shape == "discrete":
            entry["states"] = states[name]
            count = 1
            for p in parents:
                count *= len(states[p])
            if exogenous or not parents:
                entry["p"] = draw(rows(len(states[name])))
            elif draw(st.booleans()):
                entry["cpt"] = [draw(rows(len(states[name]))) for _ in range(count)]
                entry |= draw(st.sampled_from([{}, {"coupling": "monotone"}, {"coupling": "independent"}]))
            else:
                entry["function"] = [draw(st.sampled_from(states[name])) for _ in range(count)]
            if not exogenous and draw(st.booleans()):
                entry["values"] = [draw(FINITE) for _ in states[name]]
                entry["state_labels"] = [draw(WORDS) for _ in states[name]]
        elif shape == "linear":
            entry["unit"] = draw(WORDS)
            sd = abs(draw(FINITE))
            if exogenous:
                entry |= {"mean": draw(FINITE), "sd": sd}
            else:
                entry["linear"] = {
                    "intercept": draw(FINITE),
                    "coefficients": {p: draw(FINITE) for p in parents},
                    "sd": sd,
                }
                entry["range"] = [-1.5, draw(st.floats(0, 1e300))]
                entry["step"] = draw(st.floats(1e-300, 1e300))
        if placed:
            entry["position"] = draw(POSITION)
        if not exogenous and draw(st.booleans()):
            entry["latent"] = True
        data["exogenous" if exogenous else "variables"][name] = entry
    fact = FINITE if shape == "linear" else WORDS
    facts = {n: draw(st.sampled_from(states[n]) if shape == "discrete" else fact) for n in names if draw(st.booleans())}
    data["units"] = [{"name": "u" + draw(WORDS), "facts": facts}]
    return data


@QUICK
@given(models())
def test_what_is_written_reads_back_as_the_same_model(data: dict[str, Any]) -> None:
    model = from_dict(data)
    for form in ("toml", "json"):
        again = loads(dumps(model, form), f"m.{form}")
        assert again == model
        assert again.variables == model.variables and again.units == model.units


SYNTAX = "{}[]=\",.:\n'# \\u0123456789eE+-truefalsnixyzXY"


@QUICK
@given(st.text() | st.text(st.sampled_from(SYNTAX), max_size=60), st.sampled_from(["m.toml", "m.json", "m"]))
@example("[[a]]\n[a.b]\n[a]", "m.toml")
@example('"\\ud800"', "m.json")
def test_any_text_at_all_is_a_model_or_one_clear_error(text: str, name: str) -> None:
    try:
        loads(text, name)
    except CausalError as error:
        assert error.kind.startswith("bad-model/")
        assert error.message.encode()


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["X", "Y", "0", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["X", "name", "states", "sd", "!"]), inner)
    ),
    max_leaves=6,
)
PLACES = sorted({case[1] for case in BROKEN if case[1] not in ("variables/", "variables/\ud800")})


@settings(QUICK, max_examples=200)
@given(st.sampled_from(PLACES), JUNK, st.sampled_from(["toml", "json"]))
def test_junk_in_any_field_is_a_model_or_one_clear_error(path: str, junk: object, form: str) -> None:
    try:
        model = from_dict(changed(path, junk))
    except BadModel as error:
        assert error.kind.startswith("bad-model/")
        assert error.message.encode()
    else:
        assert loads(dumps(model, form), f"m.{form}") == model  # type: ignore[arg-type]


def test_json_is_written_as_plain_json() -> None:
    assert json.loads(dumps(from_dict(BASE), "json")) == to_dict(from_dict(BASE))


@pytest.mark.parametrize("text", ["a\r\nb", "\r", 'a"""b\n', "\n", "x\ny\\z", "\x7f\n", "tab\t\n", "  lead\n\nq", '"'])
def test_a_text_comes_back_from_a_file_as_it_was(text):
    model = replace(from_dict(BASE), story=text, source=text)
    assert loads(dumps(model), "m.toml") == model


def test_a_written_story_reads_as_a_person_writes_it():
    """Lists and tables stand on one line; of a long table each row has its own."""
    written = dumps(load("kidney-stones"))
    assert 'states = ["small", "large"]\np = [0.51, 0.49]\n' in written
    assert "cpt = [\n  [0.0689655172413793, 0.9310344827586207],\n" in written
    assert 'facts = { Size = "small", T = "B", R = "0" }' in written
    assert "linear = { intercept = -100, coefficients = { Label = 4, TikTok = 9 }, sd = 100 }" in dumps(
        load("record-sales")
    )
