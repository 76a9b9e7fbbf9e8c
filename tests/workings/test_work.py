"""Show the work: every formula's numbers do lead to the answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import strategies as st
from strategies import contrasts, discrete_models, expressions, linear_models, mixed_models, questions, theorem

import causal
from causal.errors import CausalError, ImpossibleEvidence
from causal.files.shelf import from_dict
from causal.queries.query import Operation, Term, ask_for, terms

MODELS = {name: causal.load(name) for name in causal.shipped()}
CLOSE = 2e-5
"""Formulas show six digits."""


def evaluated(formula):
    """The number of a piece of a formula that holds nothing but numbers; None for one that says something else."""
    plain = formula.replace(r"\times", "*").replace(r"\,", "")
    while True:
        again = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", plain)
        again = re.sub(r"10\^\{(-?\d+)\}", r"10.0**(\1)", again)
        again = re.sub(r"(?<![a-z])\{([^{}]*)\}", r"(\1)", again)
        if again == plain:
            break
        plain = again
    if not re.fullmatch(r"[-+*/().0-9e ]+", plain):
        return None
    return eval(plain, {"__builtins__": {}})  # noqa: S307 - digits and signs alone


def braces_match(formula):
    depth = 0
    for c in re.sub(r"\\[{}]", "", formula):
        depth += (c == "{") - (c == "}")
        assert depth >= 0
    assert depth == 0


def check(model, query):
    """Every chain of equal signs is true, and the last line says the answer."""
    try:
        answer = causal.ask(model, query)
    except CausalError as error:
        with pytest.raises(type(error)):
            causal.work(model, query)
        return
    lines = causal.work(model, query)
    query = causal.parse(query) if isinstance(query, str) else query
    assert all(line.text or line.latex for line in lines)
    for line in lines:
        braces_match(line.latex)
        numbers = [n for part in line.latex.split(" = ") if (n := evaluated(part)) is not None]
        for number in numbers[1:]:
            assert number == pytest.approx(numbers[0], rel=CLOSE, abs=CLOSE * 1e-3 + digits_lost(line.latex))
        if isinstance(query, Term) and numbers and re.search(r"\\frac|\+", line.latex.rpartition(" = ")[2]):
            assert numbers[-1] == pytest.approx(one_number(model, query, answer), rel=CLOSE)
    shown = lines[-1].latex
    if answer.value is not None:
        assert evaluated(shown.rpartition(" = ")[2]) == pytest.approx(answer.value, rel=CLOSE)
    elif answer.interval is not None:
        low, *_, high = shown.split(r"\le")
        assert (evaluated(low), evaluated(high)) == pytest.approx(answer.interval, rel=CLOSE)
    elif answer.mean is not None:
        assert rf"\text{{mean}} = {shown_number(answer.mean)}" in shown


def one_number(model, query, answer):
    """What the fractions of a term's work come to: its value, or the probability of the last state."""
    if answer.distribution is None:
        return answer.value
    return answer.distribution[model[query.event[0].variable].states[-1]]


def shown_number(value):
    """What a formula writes for a number."""
    from causal.workings.work_steps import _number

    return _number(value)


def digits_lost(formula):
    """A sum of large terms that nearly cancel is only as exact as their six digits."""
    sizes = [abs(float(n)) for n in re.findall(r"\d+\.?\d*", formula)]
    return max(sizes, default=0.0) * 5e-5


def told(model, rung):
    treatment = model[model.treatment]
    at = {model.treatment: treatment.states[-1] if treatment.states else str((treatment.range or (0, 1))[1])}
    outcome = model[model.outcome]
    given = ({"evidence": at}, {"action": at}, {"world": at, "evidence": dict(model.units[0].facts)})[rung - 1]
    event = outcome.states[-1] if outcome.states else None
    return ask_for(model.outcome, event=event, mean=event is None, **given)


@pytest.mark.parametrize("rung", (1, 2, 3))
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_the_formulas_of_a_story_lead_to_its_answer(model, rung):
    check(model, told(model, rung))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_the_formulas_of_published_answers_lead_to_them(model):
    for expected in model.expected:
        check(model, expected.query)


def with_question(models, ask):
    return models.flatmap(lambda model: st.tuples(st.just(model), ask(model)))


@theorem(with_question(discrete_models(), lambda m: st.one_of(questions(m), contrasts(m))), sample=40)
def test_the_formulas_of_random_questions_lead_to_the_answer(case):
    """Discrete models of every coupling, on every rung."""
    check(*case)


@theorem(with_question(linear_models(), questions), sample=40)
def test_the_formulas_of_random_linear_questions_lead_to_the_answer(case):
    """Straight lines and replayed equations."""
    check(*case)


@theorem(with_question(mixed_models(), questions), sample=30)
def test_the_work_of_mixed_models_can_be_shown(case):
    """Discrete and continuous variables in one question."""
    check(*case)


@theorem(with_question(discrete_models(), expressions), sample=30)
def test_the_formulas_of_arithmetic_lead_to_the_answer(case):
    """Each term by itself, then the whole."""
    model, query = case
    check(model, query)
    if isinstance(query, Operation):
        try:
            lines = causal.work(model, query)
        except CausalError:
            return
        assert len(lines) >= len(set(terms(query))) + 1


def latex_of(model, query):
    return " ".join(line.latex for line in causal.work(model, query))


def test_doing_is_shown_as_the_average_over_what_confounds():
    """Pearl, Glymour and Jewell (2016), section 3.2: 0.832, by the adjustment formula."""
    lines = causal.work(MODELS["drug-and-gender"], "P(Y=1 | do(X=1))")
    sums = [evaluated(line.latex) for line in lines if "+" in line.latex]
    assert sums == [pytest.approx(causal.ask(MODELS["drug-and-gender"], "P(Y=1 | do(X=1))").value, rel=CLOSE)]


def test_imagining_is_shown_in_three_steps_equation_by_equation():
    lines = causal.work(MODELS["homework-encouragement"], "E(Y[H=2] | X=0.5, H=1, Y=1.5)")
    words = " ".join(line.text for line in lines)
    assert words.index("Abduction") < words.index("Action") < words.index("Prediction")
    assert any(line.latex.endswith("= 1.9") and "2" in line.latex for line in lines)


def test_linear_facts_about_another_world_are_told_in_words():
    """No formula of discrete models is tried on them."""
    model = MODELS["homework-encouragement"]
    for query in ("P(Y[H=2] > 1 | X=0.5, Y[H=1]=1.5)", "P(Y[H=2] | Y[H=1]=1.5)"):
        words = [line.text for line in causal.work(model, query)]
        assert [w.partition(":")[0] for w in words[:3]] == ["Abduction", "Action", "Prediction"]


def test_an_effect_says_that_doing_it_changes_nothing():
    words = " ".join(line.text for line in causal.work(MODELS["talent-and-looks"], "P(Talent=high | do(Fame=yes))"))
    assert "changes nothing" in words


def test_a_missing_coupling_is_named():
    lines = causal.work(MODELS["streetlight"], "P(Accident[Lamp=on]=no | Lamp=off, Accident=yes)")
    assert "no coupling" in lines[0].text
    assert r"\le" in lines[-1].latex


def test_nothing_that_a_model_says_becomes_latex():
    states = ["$", r"\input{x}", "}", "^_&%#"]
    data = {
        "X": {"states": states, "p": [0.25] * 4},
        "Größe_$": {"states": ["0", "1"], "parents": ["X"], "cpt": [[0.5, 0.5], [0.2, 0.8], [0.3, 0.7], [0.9, 0.1]]},
    }
    data["Größe_"] = data.pop("Größe_$") | {"coupling": "monotone"}
    model = from_dict({"format": 1, "variables": data}, "hostile")
    for state in states:
        for query in (
            ask_for("Größe_", event="1", evidence={"X": state}),
            ask_for("Größe_", event="1", action={"X": state}),
            ask_for("Größe_", event="1", world={"X": state}, evidence={"Größe_": "0"}),
            ask_for("X", evidence={"Größe_": "1"}),
        ):
            formula = latex_of(model, query)
            assert "$" not in formula
            assert r"\input" not in formula
            for line in causal.work(model, query):
                braces_match(line.latex)


def test_impossible_evidence_has_no_work_to_show():
    with pytest.raises(ImpossibleEvidence):
        causal.work(MODELS["firing-squad"], "P(D=1 | A=1, B=0)")


def test_a_query_may_be_text_or_value():
    model = MODELS["sprinkler"]
    query = causal.parse("P(Rain=1 | Sprinkler=1)")
    assert isinstance(query, Term)
    assert causal.work(model, query) == causal.work(model, "P(Rain=1 | Sprinkler=1)")
