"""Published, worked answers: every case of the canon is answered as printed."""

import json
from pathlib import Path

import pytest

import causal
from causal.files.shelf import from_dict

CANON = [
    pytest.param(from_dict(case["model"], case["id"]), entry, id=f"{case['id']}: {entry['query']}")
    for path in sorted((Path(__file__).parent / "canon").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
    for entry in case["queries"]
]


@pytest.mark.parametrize(("model", "entry"), CANON)
def test_the_published_answer_comes_out(model, entry):
    answer = causal.ask(model, entry["query"]).to_dict()
    for key, wanted in entry["expected"].items():
        assert answer[key] == pytest.approx(wanted, abs=entry["tolerance"], rel=0)


def test_the_canon_is_there():
    assert len(CANON) == 171
