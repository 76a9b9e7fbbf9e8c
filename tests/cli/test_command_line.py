"""The command line: one JSON line for every line, whatever it holds, and the next one is answered all the same."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causal.__main__ import _sources, main

ROOT = Path(__file__).parents[2]
MODEL = {"format": 1, "variables": {"Y": {"states": ["0", "1"], "p": [0.25, 0.75]}}}
TEXT = json.dumps(MODEL)


class Bytes:
    """Standard input with the bytes of a test in it."""

    def __init__(self, raw):
        self.buffer = io.BytesIO(raw)


@pytest.fixture
def batch(monkeypatch, capsys):
    def run(raw):
        monkeypatch.setattr(sys, "stdin", Bytes(raw if isinstance(raw, bytes) else raw.encode()))
        status = main(["ask", "--batch", "-"])
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def line(**changes):
    return json.dumps({"id": 1, "query": "P(Y=1)", "model": MODEL} | changes)


# One model, some queries


def test_every_query_gets_one_line(capsys):
    assert main(["ask", "sprinkler", "P(Rain=1)", "P(Rain=1 | do(Sprinkler=1))"]) == 0
    lines = [json.loads(answer) for answer in capsys.readouterr().out.splitlines()]
    assert [(a["query"], a["rung"], a["value"]) for a in lines] == [
        ("P(Rain=1)", 1, pytest.approx(0.5)),
        ("P(Rain=1 | do(Sprinkler=1))", 2, pytest.approx(0.5)),
    ]


def test_an_error_is_a_line_too_and_the_status_is_2(capsys):
    assert main(["ask", "sprinkler", "P(Rain=2)", "-P(Rain=1)", "P("]) == 2
    bad, good, unread = (json.loads(answer) for answer in capsys.readouterr().out.splitlines())
    assert (bad["rung"], bad["error"]["kind"]) == (1, "bad-query/unknown-state")
    assert good["value"] == pytest.approx(-0.5)
    assert (unread["rung"], unread["error"]["kind"]) == (None, "bad-query/syntax")


def test_a_missing_model_echoes_the_query_and_its_rung(capsys):
    assert main(["ask", "no-such-model", "P(Y[X=0]=1)"]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert (answer["query"], answer["rung"], answer["error"]["kind"]) == ("P(Y[X=0]=1)", 3, "bad-model/not-found")


def test_a_model_may_be_a_file(tmp_path, capsys):
    (tmp_path / "my.json").write_text(TEXT, encoding="utf-8")
    assert main(["ask", str(tmp_path / "my.json"), "P(Y)"]) == 0
    assert json.loads(capsys.readouterr().out)["distribution"] == {"0": 0.25, "1": 0.75}


@pytest.mark.parametrize("arguments", [[], ["ask"], ["ask", "sprinkler"], ["ask", "--batch", "no-such-file"], ["tell"]])
def test_a_command_that_is_none_says_how_to_use_it(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_program_runs_as_a_program():
    command = [sys.executable, "-m", "causal", "ask", "--batch", "-"]
    done = subprocess.run(
        command, input=f"{line()}\n\n{line(id=2)}".encode(), capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == 2
    assert [json.loads(raw)["id"] for raw in done.stdout.split(b"\n")[:-1]] == [1, None, 2]
    assert done.stderr == b""


# Batches


def test_a_batch_answers_in_order_with_its_ids(batch):
    status, answers = batch("\n".join([line(id="a"), line(id=[2], query="P(Y=0)"), line(id=None)]) + "\n")
    assert status == 0
    assert [(a["id"], a["value"]) for a in answers] == [("a", 0.75), ([2], 0.25), (None, 0.75)]


def test_a_batch_may_name_files_and_shipped_models(batch, tmp_path):
    (tmp_path / "my.json").write_text(TEXT, encoding="utf-8")
    lines = [{"id": 1, "query": "P(Y=1)", "path": str(tmp_path / "my.json")}, {"id": 2, "query": "P(Rain=1)"}]
    lines[1]["path"] = "sprinkler"
    _, answers = batch("\n".join(map(json.dumps, lines)))
    assert [a["value"] for a in answers] == [0.75, pytest.approx(0.5)]


def test_a_batch_may_be_a_file(tmp_path, capsys):
    (tmp_path / "batch").write_text(line() + "\n", encoding="utf-8")
    assert main(["ask", "--batch", str(tmp_path / "batch")]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 0.75


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_line_ends_at_a_newline_and_the_last_needs_none(batch, end):
    _, answers = batch(f"{line()}\n{line()}{end}")
    assert [a["value"] for a in answers] == [0.75, 0.75]


@pytest.mark.parametrize("sign", ["\r", "\v", "\f", "\x1c", "\x85", "\u2028"])
def test_nothing_else_ends_a_line(batch, sign):
    _, answers = batch(line(id="a?b").replace("?", sign) + "\n" + line(id=2))
    assert [a["id"] for a in answers] == [None if sign < " " else f"a{sign}b", 2]


def test_no_line_gives_no_answer(batch):
    assert batch("") == (0, [])


BAD_LINES = {
    "blank": b"",
    "spaces": b"  ",
    "no JSON": b"P(Y=1)",
    "two objects": f"{line()} {line()}".encode(),
    "a list": b"[1]",
    "a number": b"1",
    "not UTF-8": b'{"id": "\xff"}',
    "too deep": b"[" * 100_000,
    "too deep and closed": b"[" * 50_000 + b"]" * 50_000,
    "a deep id": b'{"id": ' + b"[" * 50_000 + b"]" * 50_000 + b', "query": "P(Y=1)", "model": {}}',
}


@pytest.mark.parametrize("raw", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_line_that_cannot_be_read_has_no_id(batch, raw):
    status, (answer, after) = batch(raw + b"\n" + line(id=2).encode())
    assert status == 2
    assert (answer["id"], answer["query"], answer["rung"]) == (None, None, None)
    assert answer["error"]["kind"] == "bad-query/line"
    assert (after["id"], after["value"]) == (2, 0.75)


@pytest.mark.parametrize(
    ("raw", "ident"),
    [
        (line(more=1), 1),
        (line(path="sprinkler"), 1),
        ('{"id": 1, "query": "P(Y=1)"}', 1),
        (f'{{"query": "P(Y=1)", "model": {TEXT}}}', None),
        (f'{{"id": NaN, "query": "P(Y=1)", "model": {TEXT}}}', None),
        (f'{{"id": 1e999, "query": "P(Y=1)", "model": {TEXT}}}', None),
        (f'{{"id": {{"a": 1, "a": 2}}, "query": "P(Y=1)", "model": {TEXT}}}', None),
    ],
)
def test_missing_unknown_or_strange_keys_are_bad_lines(batch, raw, ident):
    _, (answer,) = batch(raw)
    assert (answer["id"], answer["query"], answer["rung"]) == (ident, "P(Y=1)", 1)
    assert answer["error"]["kind"] == "bad-query/line"


def test_a_key_given_twice_makes_the_line_unreadable(batch):
    _, (answer,) = batch(f'{{"id": 1, "id": 2, "query": "P(Y=1)", "model": {TEXT}}}')
    assert (answer["id"], answer["error"]["kind"]) == (None, "bad-query/line")


def test_a_query_that_is_no_text_is_a_bad_line(batch):
    _, (answer,) = batch(line(query=1))
    assert (answer["id"], answer["query"], answer["error"]["kind"]) == (1, None, "bad-query/line")


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("null", "bad-model"),
        ('"sprinkler"', "bad-model"),
        ('{"format": 1, "format": 1}', "bad-model/duplicate"),
        ('{"format": 1, "variables": {"Y": {"states": ["0"], "p": [1], "p": [1]}}}', "bad-model/duplicate"),
        ('{"format": 1, "variables": {"Y": {"states": ["0", "1"], "p": [NaN, 1]}}}', "bad-model"),
        ('{"format": 1, "variables": {"Y": {"states": ["0", "1"], "p": [-Infinity, 1]}}}', "bad-model"),
        ('{"format": 1, "variables": {"Y": {"states": ["0"], "p": [' + "1" * 5_000 + "]}}}", "bad-model"),
        ('{"format": 1, "story": ' + "[" * 900 + "]" * 900 + "}", "bad-model"),
        ('{"format": 1, "story": ' + "[" * 90_000 + "]" * 90_000 + "}", "bad-model"),
    ],
)
def test_a_bad_model_echoes_the_query_and_the_rung_of_its_form(batch, model, kind):
    status, (answer,) = batch(f'{{"id": 1, "query": "P(Y[X=0]=1)", "model": {model}}}')
    assert status == 2
    assert (answer["id"], answer["query"], answer["rung"]) == (1, "P(Y[X=0]=1)", 3)
    assert answer["error"]["kind"].startswith(kind)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("no-such-model", "/not-found"),
        ("no/such/file.toml", "/not-found"),
        ("a\0b.toml", ""),
        ("/", ""),
        ("\ud800", ""),
        (3, "/type"),
        (None, "/type"),
        (["sprinkler"], "/type"),
    ],
)
def test_a_missing_file_or_a_path_that_is_no_text_is_a_bad_model(batch, path, kind):
    _, (answer,) = batch(json.dumps({"id": 1, "query": "P(Y=1)", "path": path}))
    assert answer["rung"] == 1
    assert answer["error"]["kind"].startswith(f"bad-model{kind}")


def test_half_a_surrogate_pair_goes_in_and_out(batch):
    _, (answer,) = batch('{"id": "\\ud800", "query": "P(\\ud800=1)", "model": {}}')
    assert (answer["id"], answer["query"]) == ("\ud800", "P(\ud800=1)")


@pytest.mark.parametrize("error", [MemoryError, RecursionError, ZeroDivisionError])
def test_whatever_goes_wrong_is_one_line(batch, monkeypatch, error):
    def fail(model, query):
        raise error("this went wrong")

    monkeypatch.setattr("causal.ask", fail)
    status, answers = batch(line() + "\n" + line(id=2))
    assert (status, [a["id"] for a in answers]) == (2, [1, 2])
    assert {a["error"]["kind"] for a in answers} == {"error/unexpected" if error is ZeroDivisionError else "too-large"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=30).filter(lambda raw: b"\n" not in raw), min_size=1, max_size=5))
def test_any_bytes_get_one_line_each(lines):
    stdin, stdout, raw = sys.stdin, sys.stdout, b"\n".join(lines) + b"\n"
    sys.stdin, sys.stdout = Bytes(raw), io.StringIO()
    try:
        main(["ask", "--batch", "-"])
        answers = sys.stdout.getvalue().splitlines()
    finally:
        sys.stdin, sys.stdout = stdin, stdout
    assert len(answers) == len(lines)
    assert all(json.loads(answer)["error"]["kind"] == "bad-query/line" for answer in answers)


# What may be concluded from what

FRONT_DOOR = {
    "format": 1,
    "exogenous": {"U": {"states": ["0", "1"], "p": [0.5, 0.5]}},
    "variables": {
        "X": {"states": ["0", "1"], "parents": ["U"], "cpt": [[0.8, 0.2], [0.3, 0.7]]},
        "M": {"states": ["0", "1"], "parents": ["X"], "cpt": [[0.9, 0.1], [0.2, 0.8]]},
        "Y": {"states": ["0", "1"], "parents": ["M", "U"], "cpt": [[0.9, 0.1], [0.6, 0.4], [0.5, 0.5], [0.1, 0.9]]},
    },
}


@pytest.fixture
def front_door(tmp_path):
    (tmp_path / "front-door.json").write_text(json.dumps(FRONT_DOOR), encoding="utf-8")
    return str(tmp_path / "front-door.json")


def test_identify_gives_the_estimand_and_the_number_that_do_has(front_door, capsys):
    query = "P(Y=1 | do(X=1))"
    assert main(["identify", front_door, query]) == 0
    assert main(["ask", front_door, query]) == 0
    found, asked = map(json.loads, capsys.readouterr().out.splitlines())
    assert (found["identifiable"], found["query"], found["rung"]) == (True, query, 2)
    assert found["value"] == pytest.approx(asked["value"], abs=1e-9)
    assert "sum" in found["estimand"]


def test_identify_takes_experiments(capsys):
    query = "P(Y=1 | do(X=1))"
    assert main(["identify", str(ROOT / "data/graphs/instrument.toml"), query]) == 0
    assert main(["identify", str(ROOT / "data/graphs/instrument.toml"), query, "--experiments", "X"]) == 0
    alone, with_trial = map(json.loads, capsys.readouterr().out.splitlines())
    assert (alone["identifiable"], with_trial["identifiable"]) == (False, True)
    low, high = sorted(alone["witness"])
    assert high - low > 1e-3


def test_adjust_lists_what_the_graph_offers(front_door, capsys):
    assert main(["adjust", front_door, "X", "Y"]) == 0
    assert json.loads(capsys.readouterr().out) == {"adjustment": [], "front_door": [["M"]], "instruments": []}


def test_an_error_without_a_query_echoes_none(front_door, capsys):
    assert main(["adjust", front_door, "X", "U"]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert (list(answer), answer["error"]["kind"]) == (["error"], "bad-query/unmeasured")


def test_bounds_take_sources_and_assumptions(front_door, capsys):
    query = "P(Y[X=0]=0 | X=1, Y=1)"
    assert main(["bounds", front_door, query]) == 0
    assert main(["bounds", front_door, query, "--from", "observed,do:X", "--assume", "monotone:X:Y"]) == 0
    wide, narrow = map(json.loads, capsys.readouterr().out.splitlines())
    assert wide["interval"][0] < wide["interval"][1]
    width = narrow["interval"][1] - narrow["interval"][0] if "interval" in narrow else 0.0
    assert width < wide["interval"][1] - wide["interval"][0]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("observed", ["observed"]),
        ("do:X,observed", ["do:X", "observed"]),
        ("observed,do:X,Z", ["observed", "do:X,Z"]),
        ("do:X,do:Z", ["do:X", "do:Z"]),
    ],
)
def test_a_list_of_sources_is_cut_where_a_source_begins(text, sources):
    assert _sources(text) == sources


def test_a_batch_takes_every_command(batch):
    asked = [
        {"identify": {"query": "P(Y=1 | do(X=1))", "experiments": []}},
        {"adjust": {"treatment": "X", "outcome": "Y"}},
        {"bounds": {"query": "P(Y=1 | do(X=1))", "from": ["observed"], "assume": []}},
    ]
    lines = [json.dumps({"id": i, "model": FRONT_DOOR} | what) for i, what in enumerate(asked)]
    status, answers = batch("\n".join(lines))
    assert status == 0
    assert [set(a) >= keys for a, keys in zip(answers, [{"estimand"}, {"front_door"}, {"sharp"}], strict=True)]
    assert [a.get("rung") for a in answers] == [2, None, 2]


@pytest.mark.parametrize(
    ("what", "query"),
    [
        ({"identify": "P(Y=1)"}, None),
        ({"identify": {}}, None),
        ({"identify": {"query": 1}}, None),
        ({"identify": {"query": "P(Y=1)", "more": []}}, "P(Y=1)"),
        ({"bounds": {"query": "P(Y=1)", "from": "observed"}}, "P(Y=1)"),
        ({"bounds": {"query": "P(Y=1)", "assume": [1]}}, "P(Y=1)"),
        ({"adjust": {"treatment": "X"}}, "none"),
        ({"query": "P(Y=1)", "adjust": {"treatment": "X", "outcome": "Y"}}, "P(Y=1)"),
    ],
)
def test_a_command_that_lacks_or_adds_a_field_is_told_so(batch, what, query):
    status, (answer,) = batch(json.dumps({"id": 7, "model": FRONT_DOOR} | what))
    assert (status, answer["id"], answer["error"]["kind"]) == (2, 7, "bad-query/line")
    assert answer.get("query", "none") == query
