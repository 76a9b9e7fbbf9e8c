"""Scripts to take away: run on their own, they print the engine's answer."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import warnings
from contextlib import redirect_stdout

import pytest
from hypothesis import strategies as st
from strategies import (
    COUPLINGS,
    contrasts,
    discrete_models,
    expressions,
    linear_models,
    mixed_models,
    questions,
    theorem,
)

import causal
from causal.errors import BadQuery, CausalError, ImpossibleEvidence, TooLarge
from causal.files.shelf import from_dict
from causal.queries.query import ask_for
from causal.words import catalogue
from tests import pseudo_language

MODELS = {name: causal.load(name) for name in causal.shipped()}


def printed(script):
    """What a script prints, run in this process."""
    out = io.StringIO()
    with warnings.catch_warnings(), redirect_stdout(out):
        exec(compile(script, "script", "exec"), {"__name__": "__main__"})  # noqa: S102 - what a student would run
    return out.getvalue()


def read(output):
    """The last line, as programs read it."""
    label, _, rest = output.splitlines()[-1].partition(": ")
    assert label == "answer"
    if rest.startswith("{"):
        return {"distribution": ast.literal_eval(rest)}
    words = rest.split()
    if words[0] == "mean":
        assert words[2] == "sd"
        return {"mean": float(words[1]), "sd": float(words[3])}
    numbers = [float(word) for word in words]
    return {"value": numbers[0]} if len(numbers) == 1 else {"interval": numbers}


def same(got, answer):
    told = {k: v for k, v in answer.to_dict().items() if k in ("value", "distribution", "mean", "sd", "interval")}
    assert got.keys() == told.keys()
    for key, value in told.items():
        if key == "distribution":
            assert got[key].keys() == value.keys()
            for state, share in value.items():
                assert got[key][state] == pytest.approx(share, rel=1e-8, abs=1e-9)
        else:
            assert got[key] == pytest.approx(value, rel=1e-8, abs=1e-9)


def question(model, rung):
    """How the outcome is distributed when the treatment is seen, done, or imagined for the first named unit."""
    treatment = model[model.treatment]
    at = {model.treatment: treatment.states[-1] if treatment.states else str((treatment.range or (0, 1))[1])}
    given = ({"evidence": at}, {"action": at}, {"world": at, "evidence": dict(model.units[0].facts)})[rung - 1]
    return ask_for(model.outcome, **given)


@pytest.mark.parametrize("rung", (1, 2, 3))
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_storys_script_prints_the_answer(model, rung):
    query = question(model, rung)
    same(read(printed(causal.script(model, query))), causal.ask(model, query))


ALONE = {
    "a mean": ("record-sales", "P(Sales[Radio=1000] | Label=300, TikTok=90, Radio=2000, Sales=560)"),
    "an interval": ("streetlight", "P(Accident[Lamp=on]=no | Traffic=busy, Lamp=off, Accident=yes)"),
}


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    """The scripts of ALONE, each in its own interpreter outside the project."""
    home = tmp_path_factory.mktemp("scripts")
    started = {}
    for name, (model, query) in ALONE.items():
        path = home / f"{name}.py"
        path.write_text(causal.script(MODELS[model], query), encoding="utf-8")
        command = [sys.executable, str(path)]
        started[name] = subprocess.Popen(
            command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
    return {name: (process, *process.communicate(timeout=120)) for name, process in started.items()}


@pytest.mark.parametrize("name", ALONE)
def test_a_script_runs_alone_and_quietly(processes, name):
    process, out, err = processes[name]
    assert (process.returncode, err) == (0, "")
    model, query = ALONE[name]
    assert out.startswith(query)
    same(read(out), causal.ask(MODELS[model], query))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_script_needs_nothing_but_pgmpy_numpy_and_scipy(model):
    for rung in (1, 2, 3):
        tree = ast.parse(causal.script(model, question(model, rung)))
        names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
        names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {name.split(".")[0] for name in names} <= {"warnings", "itertools", "math", "numpy", "scipy", "pgmpy"}


def with_question(models, ask):
    return models.flatmap(lambda model: st.tuples(st.just(model), ask(model)))


def check(model, query):
    """The script prints what the engine answers, or is refused for what it would have to be."""
    try:
        answer = causal.ask(model, query)
    except CausalError as error:
        with pytest.raises(type(error)):
            causal.script(model, query)
        return
    try:
        script = causal.script(model, query)
    except (TooLarge, BadQuery) as refused:
        assert answer.interval is not None or answer.distribution is not None or answer.value is not None
        assert "script" in refused.message
        return
    same(read(printed(script)), answer)


def test_a_fact_about_a_cause_without_noise_says_nothing_new():
    """Rounding may not make noise where there is none: the fact would then weigh more than all others."""
    variables = {
        "A": {"parents": ["U"], "linear": {"intercept": -2.0, "coefficients": {"U": 0.5}, "sd": 0.5}},
        "B": {"parents": ["A", "U"], "linear": {"intercept": -2.0, "coefficients": {"A": 0.1, "U": 2.0}, "sd": 0.0}},
    }
    model = from_dict({"format": 1, "exogenous": {"U": {"mean": 2.0, "sd": 0.0}}, "variables": variables}, "model")
    check(model, causal.parse("E(B | U=2)", model))


@theorem(with_question(discrete_models(), questions), sample=25, proof=500)
def test_scripts_of_random_questions_print_the_answer(case):
    """Discrete models of every coupling, all rungs."""
    check(*case)


@theorem(with_question(discrete_models(COUPLINGS), lambda m: expressions(m, 3)), sample=25, proof=500)
def test_scripts_of_random_arithmetic_print_the_answer(case):
    """One unit in several worlds, and sums, products and ratios of such terms."""
    check(*case)


@theorem(with_question(discrete_models((None,), tables_only=True), contrasts), sample=25, proof=500)
def test_scripts_of_random_intervals_print_the_ends(case):
    """Tables without coupling: response functions and linear programs."""
    check(*case)


@theorem(with_question(linear_models(), expressions), sample=40, proof=1000)
def test_scripts_of_random_linear_models_print_the_answer(case):
    """Means and inequalities, redundant facts and equations without noise among them."""
    check(*case)


@theorem(with_question(linear_models(), questions), sample=40, proof=1000)
def test_scripts_of_random_linear_distributions_print_the_answer(case):
    """Normal distributions, and two quantities in one event."""
    check(*case)


@theorem(with_question(mixed_models(), questions), sample=15, proof=300)
def test_scripts_of_mixed_models_print_the_answer(case):
    """Discrete and continuous variables in one question."""
    check(*case)


HOSTILE = (
    '"',
    "'",
    '"""',
    "\\",
    "a\nprint('answer: 7')\n",
    "# coding: latin-1",
    "{x}",
    "%s",
    "\u202e",
    "ж" * 3,
    " ",
    "\t",
)


def test_nothing_that_a_model_says_becomes_code():
    data = {
        "format": 1,
        "title": '"""\nraise SystemExit(1)\n"""',
        "variables": {
            "coding": {"states": list(HOSTILE), "p": [1 / len(HOSTILE)] * len(HOSTILE)},
            "Größe": {
                "states": ['"', "\\"],
                "parents": ["coding"],
                "cpt": [[0.25, 0.75], [0.5, 0.5]] * (len(HOSTILE) // 2),
                "coupling": "monotone",
            },
        },
    }
    model = from_dict(data, "hostile")
    for state in HOSTILE:
        for query in (
            ask_for("Größe", world={"coding": state}, evidence={"Größe": "\\"}),
            ask_for("coding", event=state, evidence={"Größe": '"'}),
        ):
            out = printed(causal.script(model, query))
            same(read(out), causal.ask(model, query))
            assert len(out.splitlines()) == 2


def test_equal_names_of_different_nodes_stay_apart():
    binary = {"states": ["0", "0, Z=0"]}
    data = {
        "format": 1,
        "variables": {
            "X": {**binary, "p": [0.5, 0.5]},
            "Z": {"states": ["0", "1"], "p": [0.3, 0.7]},
            "Y": {
                "states": ["0", "1"],
                "parents": ["X", "Z"],
                "cpt": [[0.9, 0.1], [0.6, 0.4], [0.3, 0.7], [0.2, 0.8]],
            },
        },
    }
    model = from_dict(data, "twins")
    query = 'P(Y=1 | do(X="0, Z=0")) - 3 * P(Y=1 | do(X=0, Z=0))'
    assert "'Y after do(X=0, Z=0) (2)'" in causal.script(model, query)
    same(read(printed(causal.script(model, query))), causal.ask(model, query))


def test_a_script_that_nobody_would_read_is_refused():
    chain = {"A": {"states": ["0", "1"], "p": [0.5, 0.5]}}
    for name, parent in zip("BCD", "ABC", strict=True):
        chain[name] = {"states": ["0", "1"], "parents": [parent], "cpt": [[0.75, 0.25], [0.5, 0.5]]}
    model = from_dict({"format": 1, "variables": chain}, "chain")
    with pytest.raises(TooLarge, match="two such tables"):
        causal.script(model, "P(D[A=0]=1 | A=1, D=1)")
    with pytest.raises(TooLarge, match="too many terms"):
        causal.script(model, " + ".join(f"{i} * P(D=1)" for i in range(300)))
    open_one = "P(B[A=0]=1, B[A=1]=0)"
    with pytest.raises(BadQuery, match="beyond a short script"):
        causal.script(model, f"{open_one} * {open_one}")


def test_impossible_evidence_has_no_script():
    with pytest.raises(ImpossibleEvidence):
        causal.script(MODELS["firing-squad"], "P(D=1 | A=1, B=0)")


@pytest.fixture(scope="module")
def accented(tmp_path_factory):
    """The pseudo-language, in which every word of the catalogue can be told from code."""
    folder = tmp_path_factory.mktemp("languages")
    pseudo_language.make(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(catalogue.ELSEWHERE, str(folder))
        catalogue.sentences.cache_clear()
        with catalogue.speak(pseudo_language.CODE):
            yield
    catalogue.sentences.cache_clear()


@pytest.mark.usefixtures("accented")
@pytest.mark.parametrize(
    ("model", "query"), [*ALONE.values(), *((name, question(MODELS[name], 3)) for name in ("fever", "kidney-stones"))]
)
def test_a_script_in_another_language_prints_the_same_answer(model, query):
    script = causal.script(MODELS[model], query)
    same(read(printed(script)), causal.ask(MODELS[model], query))
    lines = script.splitlines()
    said = [line.partition("# ")[2] for line in lines if "# " in line and not line.startswith("# P(")]
    said += [line.strip() for line in lines if line.strip().startswith('"""')]
    assert said
    assert not [line for line in said if re.search(r"\b(the|of|is|and|as|what|only)\b", line)]


@pytest.mark.parametrize("language", catalogue.languages())
def test_no_words_of_a_language_can_end_a_comment_or_a_text_of_code(language):
    words = {key: text for key, text in catalogue.sentences(language).items() if key.startswith("scripts.")}
    assert not [key for key, text in words.items() if re.search(r'[\n\\]|"""|^"|"$', text)]
