"""Programs against what has been worked out by hand, on random tables; and against what has been printed."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import closed_forms as forms
import numpy as np
import oracle
import pytest
from test_bounds import CLOSE, DRAWN, joint, table

from causal.bounding import Distribution, attaining, bounds, bounds_from
from causal.errors import BadQuery, ImpossibleEvidence
from causal.files.shelf import from_dict
from causal.models.model import Model, Variable
from causal.queries.parsing import parse

U = Variable("U", "U", exogenous=True)
BOW = Model((U, Variable("X", "X", parents=("U",)), Variable("Y", "Y", parents=("X", "U"))))
TRIAL = Model((U, Variable("Z", "Z"), Variable("X", "X", parents=("Z", "U")), Variable("Y", "Y", parents=("X", "U"))))
EFFECT = "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))"
PN, PS, PNS = "P(Y[X=0]=0 | X=1, Y=1)", "P(Y[X=1]=1 | X=0, Y=0)", "P(Y[X=1]=1, Y[X=0]=0)"


def survey(seen):
    return Distribution(("X", "Y"), np.array(seen))


def experiment(trial):
    return Distribution(("Y",), np.array([[1 - p, p] for p in trial]), ("X",))


def population(rng, monotone=False):
    """Units by X, Y[X=0] and Y[X=1], and what a survey and a trial of them show."""
    units = rng.dirichlet(np.full(8, rng.choice([0.2, 1.0]))).reshape(2, 2, 2)
    if monotone:
        units[:, 1, 0] = 0.0
        units /= units.sum()
    seen = [[units[0, 0].sum(), units[0, 1].sum()], [units[1, :, 0].sum(), units[1, :, 1].sum()]]
    return units, seen, (float(units[:, 1].sum()), float(units[:, :, 1].sum()))


@pytest.mark.parametrize("count", DRAWN)
def test_probabilities_of_causation_lie_where_tian_and_pearl_say(count):
    rng = np.random.default_rng(1)
    for _ in range(count * 5):
        _, seen, trial = population(rng)
        both = [survey(seen), experiment(trial)]
        for question, known, assume, wanted in (
            (PNS, both[1:], (), forms.pns_from_trial(trial)),
            (PNS, both[:1], (), forms.pns_from_survey(seen)),
            (PNS, both, (), forms.pns_from_both(trial, seen)),
            (PN, both, (), forms.pn_from_both(trial, seen)),
            (PS, both, (), forms.ps_from_both(trial, seen)),
            (PN, both[:1], ["exogenous:X"], forms.pn_if_exogenous(seen)),
            (PS, both[:1], ["exogenous:X"], forms.ps_if_exogenous(seen)),
        ):
            found = bounds_from(BOW, question, known, assume)
            assert found.sharp
            assert found.interval == pytest.approx(wanted, abs=CLOSE), (question, assume)


@pytest.mark.parametrize("count", DRAWN)
def test_monotonicity_makes_probabilities_of_causation_known(count):
    rng = np.random.default_rng(2)
    for _ in range(count * 5):
        units, seen, trial = population(rng, monotone=True)
        both = [survey(seen), experiment(trial)]
        truths = units[:, 0, 1].sum(), units[1, 0, 1] / seen[1][1], units[0, 0, 1] / seen[0][0]
        by_hand = forms.pns_if_monotone(trial), forms.pn_if_monotone(trial, seen), forms.ps_if_monotone(trial, seen)
        assert by_hand == pytest.approx(truths, abs=CLOSE)
        for question, wanted in zip((PNS, PN, PS), by_hand, strict=True):
            found = bounds_from(BOW, question, both, ["monotone:X:Y"])
            assert found.interval == pytest.approx((wanted, wanted), abs=CLOSE)


@pytest.mark.parametrize("count", DRAWN)
def test_a_survey_alone_says_what_manski_says(count):
    rng = np.random.default_rng(3)
    for _ in range(count * 5):
        _, seen, _ = population(rng)
        effect = bounds_from(BOW, EFFECT, [survey(seen)])
        assert effect.interval == pytest.approx(forms.effect_from_survey(seen), abs=CLOSE)
        assert effect.interval[1] - effect.interval[0] == pytest.approx(1.0)
        for x, wanted in enumerate(forms.risks_from_survey(seen)):
            assert bounds_from(BOW, f"P(Y=1 | do(X={x}))", [survey(seen)]).interval == pytest.approx(wanted, abs=CLOSE)


@pytest.mark.parametrize("count", DRAWN)
def test_a_trial_with_imperfect_compliance_says_what_balke_and_pearl_say(count):
    rng = np.random.default_rng(4)
    for _ in range(count * 5):
        units = rng.dirichlet(np.full(16, rng.choice([0.1, 1.0]))).reshape(2, 2, 2, 2)
        p = np.zeros((2, 2, 2))
        for x0, x1, y0, y1 in product(range(2), repeat=4):
            for z, x in enumerate((x0, x1)):
                p[z, x, (y0, y1)[x]] += units[x0, x1, y0, y1]
        found = bounds_from(TRIAL, EFFECT, [Distribution(("X", "Y"), p, ("Z",))])
        assert found.sharp
        assert found.interval == pytest.approx(forms.effect_from_instrument(p), abs=CLOSE)


def of_counts(counts):
    """p[z][x][y] from the numbers of people."""
    counts = np.array(counts, dtype=float)
    return counts / counts.sum(axis=(1, 2), keepdims=True)


# Balke and Pearl (1997); Pearl (2009), section 8.2.
CHOLESTYRAMINE = np.array([[[0.919, 0.081], [0.0, 0.0]], [[0.315, 0.073], [0.139, 0.473]]])
# Sommer and Zeger (1991): children by supplement offered, taken, and survival (0: died).
VITAMIN_A = of_counts([[[74, 11514], [0, 0]], [[34, 2385], [12, 9663]]])
PRINTED = {"cholestyramine": (CHOLESTYRAMINE, (0.392, 0.780), 5e-4), "vitamin A": (VITAMIN_A, (-0.1946, 0.0054), 5e-5)}


@pytest.mark.parametrize("name", PRINTED)
def test_the_printed_bounds_of_trials_come_out(name):
    p, printed, tolerance = PRINTED[name]
    found = bounds_from(TRIAL, EFFECT, [Distribution(("X", "Y"), p, ("Z",))])
    assert found.interval == pytest.approx(printed, abs=tolerance)
    assert found.interval == pytest.approx(forms.effect_from_instrument(p), abs=CLOSE)
    for end, value in zip(("low", "high"), found.interval, strict=True):
        other = attaining(found, end)
        shown = joint(other, ["Z"])  # X, Y, Z in the order of their names
        for z, x, y in product(range(2), repeat=3):
            share = sum(q for (a, b, _), q in joint(with_instrument(other, z)).items() if (a, b) == (str(x), str(y)))
            assert share == pytest.approx(p[z, x, y], abs=1e-9)
        assert sum(shown.values()) == pytest.approx(2.0)
        assert oracle.interval(other, parse(EFFECT, other))[0] == pytest.approx(value, abs=CLOSE)


def with_instrument(model, z):
    return model.do({"Z": str(z)})


CANON = json.loads((Path(__file__).parents[1] / "canon" / "causes-of-effects.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in CANON}
COUPLED = {"irradiation": (), "drug-on-trial-experiment": ()}
MONOTONE = ("irradiation-monotone", "radiation-leukemia")


@pytest.mark.parametrize("name", COUPLED)
def test_no_coupling_and_no_hidden_cause_say_the_same(name):
    """A table without coupling allows what any model with this graph and this distribution allows."""
    model = from_dict(CASES[name]["model"], name)
    for entry in CASES[name]["queries"]:
        found, wanted = bounds(model, entry["query"]), entry["expected"]
        ends = wanted.get("interval") or [wanted["value"]] * 2
        assert found.interval == pytest.approx(ends, abs=entry["tolerance"])


@pytest.mark.parametrize("name", MONOTONE)
def test_the_switch_for_monotone_effects_gives_the_printed_values(name):
    model = from_dict(CASES[name]["model"], name)
    for entry in CASES[name]["queries"]:
        found = bounds(model, entry["query"], ["observed"], ["monotone:X:Y"])
        assert found.value == pytest.approx(entry["expected"]["value"], abs=entry["tolerance"])


def test_the_drug_is_to_blame_for_certain_once_trial_and_survey_meet():
    """Pearl (2009), section 9.4.4: the trial shows +0.2 %, those who chose the drug die less, and PN is 1."""
    model = from_dict(CASES["drug-on-trial"]["model"], "drug-on-trial")
    seen = joint(model)
    trial = experiment((0.014, 0.016))
    chosen = survey([[seen["0", "0"], seen["0", "1"]], [seen["1", "0"], seen["1", "1"]]])
    assert bounds_from(BOW, PN, [chosen, trial]).interval == pytest.approx((1.0, 1.0), abs=CLOSE)
    assert bounds(model, PN, ["observed", "do:X"]).value == pytest.approx(1.0, abs=CLOSE)
    assert bounds_from(BOW, PN, [chosen]).interval == pytest.approx((0.0, 1.0), abs=CLOSE)
    assert bounds_from(BOW, PNS, [trial]).interval == pytest.approx((0.002, 0.016), abs=CLOSE)


# Tables


def test_tables_may_name_their_variables_in_any_order():
    seen = np.array([[0.1, 0.2], [0.3, 0.4]])
    one = bounds_from(BOW, PNS, [Distribution(("X", "Y"), seen)])
    assert bounds_from(BOW, PNS, [Distribution(("Y", "X"), seen.T)]).interval == pytest.approx(one.interval)


def test_a_variable_that_nothing_names_counts_as_unmeasured():
    """W moves X and Y, but no table shows it: the bounds are those of the bow."""
    parents = {"W": ["U"], "X": ["W"], "Y": ["X", "W", "U"]}
    model = table(np.random.default_rng(6), ["U", "W", "X", "Y"], parents, {})
    seen = np.zeros((2, 2))
    for (_, x, y), p in joint(model).items():
        seen[int(x), int(y)] += p
    assert bounds_from(model, EFFECT, [survey(seen)]).interval == pytest.approx(forms.effect_from_survey(seen))


def test_a_table_that_shows_some_variables_only_is_safe():
    """P(X, Y) and P(W), never together, bound less than P(W, X, Y), and both hold the truth."""
    parents = {"W": [], "X": ["W", "U"], "Y": ["X", "W", "U"]}
    for seed in range(5):
        model = table(np.random.default_rng(seed), ["U", "W", "X", "Y"], parents, {})
        whole = np.array(list(joint(model).values())).reshape(2, 2, 2)
        tables = [Distribution(("X", "Y"), whole.sum(0)), Distribution(("W",), whole.sum((1, 2)))]
        for question in (EFFECT, "P(Y[X=1]=1 | W=1, X=0)"):
            truth = oracle.interval(model, parse(question, model))
            apart, together = bounds_from(model, question, tables), bounds(model, question)
            assert (
                apart.interval[0] - CLOSE <= together.interval[0] <= together.interval[1] <= apart.interval[1] + CLOSE
            )
            assert together.interval[0] - CLOSE <= truth[0] <= truth[1] <= together.interval[1] + CLOSE


def test_tables_that_no_population_has_are_refused():
    with pytest.raises(ImpossibleEvidence, match="contradict") as raised:
        bounds_from(BOW, PN, [survey([[0.1, 0.4], [0.1, 0.4]]), experiment((0.1, 0.1))])
    assert raised.value.kind == "impossible-evidence/assumptions"


BAD = [
    (Distribution(("X", "Y"), np.array([[0.1, 0.2], [0.3, 0.3]])), "sum to 1"),
    (Distribution(("X", "Y"), np.array([[-0.1, 0.4], [0.3, 0.4]])), "negative"),
    (Distribution(("X", "Y"), np.array([0.5, 0.5])), "shape"),
    (Distribution(("Y", "Y"), np.array([[0.1, 0.2], [0.3, 0.4]])), "twice"),
    (Distribution(("X", "V"), np.array([[0.1, 0.2], [0.3, 0.4]])), "no variable"),
    (Distribution(("U",), np.array([0.5, 0.5])), "not measured"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_what_is_no_distribution_is_refused(wrong, said):
    with pytest.raises(BadQuery, match=said):
        bounds_from(BOW, PN, [wrong])
