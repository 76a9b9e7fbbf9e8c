"""The page of the hierarchy: levers move the higher rung and nothing below, switches widen the ledger's number."""

import json
import shlex

import pytest

import causal
from causal.__main__ import main
from causal.files import writer
from causal.labs.hierarchy import machines
from causal.labs.hierarchy.ledger import confounded
from causal.words import numbers
from tests.pages.visits import run, texts

PAGE = "pages/7_hierarchy.py"


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


def test_the_first_lever_moves_what_doing_gives():
    shown = []
    for share in (0, 50, 100):
        app = run(PAGE, machines_show="seen", machines_share=str(share))
        model = machines.same_seen(((0.3, 0.2), (0.1, 0.4)), share / 100)
        exact = causal.ask(model, "P(Y=1 | do(X=1))").value
        assert f"{100 * exact:.0f}\u00a0%" in texts(app)
        shown.append(exact)
    assert shown == sorted(shown) and shown[0] < shown[-1]


def test_turning_the_arrow_turns_the_sign_of_the_effect():
    first = run(PAGE, machines_show="arrow")
    assert not first.exception
    before = texts(first)
    after = texts(run(PAGE, machines_show="arrow", machines_arrow="after"))
    model = causal.load("kidney-stones")
    effect = causal.ask(model, "P(R=1 | do(T=A)) - P(R=1 | do(T=B))").value
    seen = causal.ask(model, "P(R=1 | T=A) - P(R=1 | T=B)").value
    assert effect > 0 > seen
    assert f":orange[+{100 * effect:.1f}\u00a0percentage points]" in before
    assert f":orange[\u2212{-100 * seen:.1f}\u00a0percentage points]" in after


def test_every_switch_of_the_ledger_that_is_taken_away_widens_the_number():
    app = run(PAGE, model="smallpox", machines_show="ledger")
    assert "One number" in texts(app)
    app.toggle(key="machines_mechanisms").set_value(False).run()
    app.toggle(key="machines_unconfounded").set_value(False).run()
    assert not app.exception and not app.error
    assert "Every value between these ends" in texts(app)
    model = causal.load("smallpox")
    wide = causal.bounds(confounded(model, "V", "D"), "P(D[V=1]=1, D[V=0]=0)").interval
    assert wide[1] > wide[0]
    assert numbers.between(*wide) in texts(app)


def test_an_assumption_that_data_contradict_is_told_in_place():
    query = {"machines_mechanisms": "false", "machines_monotone": "true", "machines_experiment": "true"}
    app = run(PAGE, model="kidney-stones", machines_show="ledger", **query)
    assert not app.exception
    assert "contradict" in app.error[0].value


@pytest.mark.parametrize("model", ["record-sales", "homework-encouragement"])
def test_a_story_that_the_ledger_cannot_take_is_told_so(model):
    app = run(PAGE, model=model, machines_show="ledger")
    assert not app.exception and app.info


def test_a_question_that_the_ledger_refuses_is_told_in_place():
    app = run(PAGE, model="talent-and-looks", machines_show="ledger")
    assert not app.exception
    assert [e.value for e in app.error] == [
        "The ledger needs a treatment with an effect on an outcome of two states\\."
    ]


def test_the_ledgers_interval_comes_out_of_the_command_lines_that_it_shows(tmp_path, capsys):
    switches = {"machines_mechanisms": "false", "machines_unconfounded": "false", "machines_directed": "false"}
    app = run(PAGE, model="smallpox", machines_show="ledger", machines_work="true", **switches)
    model = causal.load("smallpox")
    path = tmp_path / "model.toml"
    path.write_text(writer.dumps(confounded(model, "V", "D")), encoding="utf-8")
    shown = next(block.value for block in app.code if "bounds" in block.value).replace("FILE", str(path))
    ends = []
    for line in shown.splitlines():
        assert main(shlex.split(line)[3:]) == 0
        answer = json.loads(capsys.readouterr().out)
        ends += answer.get("interval") or [answer["value"]]
    assert numbers.between(min(ends), max(ends)) in texts(app)
