"""The named effects: their definitions, whom they suit, and the equations between them, by counting."""

from __future__ import annotations

import oracle
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from strategies import discrete_models, theorem

import causal
from causal.effects.comparison import Comparison, compare
from causal.effects.named_effects import EFFECTS, effects_of
from causal.errors import BadQuery, ImpossibleEvidence
from causal.files.shelf import from_dict
from causal.models.mechanisms import Linear, Table
from causal.models.model import Model, Variable
from causal.queries.query import Atom, Term, rung

COUPLED = ("monotone", "independent")
BINARY = (["0", "1"], ["a", "b"])
PLAIN = Comparison("X", "Y", "1", "0", "1", "0", "M", "0", "Z", "0")
THREE = Comparison("X", "Y", "1", "0", "1", "", "M", "0", "Z", "0")
MEAN = Comparison("X", "Y", "1", "0", "", "", "M", "0", "Z", "0")

DEFINITIONS = {
    "ATE": ("P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))", 2),
    "CATE": ("P(Y=1 | do(X=1), Z=0) - P(Y=1 | do(X=0), Z=0)", 2),
    "RR": ("P(Y=1 | do(X=1)) / P(Y=1 | do(X=0))", 2),
    "ETT": ("P(Y[X=1]=1 | X=1) - P(Y[X=0]=1 | X=1)", 3),
    "ATU": ("P(Y[X=1]=1 | X=0) - P(Y[X=0]=1 | X=0)", 3),
    "PN": ("P(Y[X=0]=0 | X=1, Y=1)", 3),
    "PS": ("P(Y[X=1]=1 | X=0, Y=0)", 3),
    "PNS": ("P(Y[X=1]=1, Y[X=0]=0)", 3),
    "PD": ("P(Y[X=0]=0 | Y=1)", 3),
    "PE": ("P(Y[X=1]=1 | Y=0)", 3),
    "TE": ("P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))", 2),
    "CDE": ("P(Y=1 | do(X=1, M=0)) - P(Y=1 | do(X=0, M=0))", 2),
    "NDE": ("P(Y[X=1, M=M[X=0]]=1) - P(Y[X=0]=1)", 3),
    "NIE": ("P(Y[X=0, M=M[X=1]]=1) - P(Y[X=0]=1)", 3),
}


@pytest.mark.parametrize("key", DEFINITIONS)
def test_an_effect_is_the_books_question(key):
    definition, step = DEFINITIONS[key]
    effect = EFFECTS[key]
    assert effect.build(PLAIN) == causal.parse(definition)
    assert effect.rung == rung(causal.parse(definition)) == step
    assert effect.key == key and effect.name and effect.meaning and effect.about and effect.families


@pytest.mark.parametrize("key", [k for k, e in EFFECTS.items() if "states" not in e.needs])
def test_of_a_mean_the_definition_says_mean(key):
    definition = DEFINITIONS[key][0].replace("P(", "E(").replace("Y=1", "Y").replace("]=1", "]")
    assert EFFECTS[key].build(MEAN) == causal.parse(definition)


def value(model, query):
    """A number that couplings cannot change, by counting."""
    low, high = oracle.interval(model, query)
    assert low == pytest.approx(high, abs=1e-9)
    return low


def probability(model, *facts):
    return value(model, Term("P", tuple(Atom(n, (), "=", s) for n, s in facts)))


@st.composite
def comparisons(draw, couplings=COUPLED, states=BINARY):
    """A model, and a comparison of a cause with one of its effects, perhaps with something between them."""
    model = draw(discrete_models(couplings, states=states))
    effects_ = [v for v in model.endogenous if any(len(model[p].states) > 1 for p in earlier(model, v.name))]
    assume(effects_)
    y = draw(st.sampled_from([v for v in effects_ if len(v.states) > 1] or effects_))
    causes = [p for p in earlier(model, y.name) if len(model[p].states) > 1]
    x = draw(st.sampled_from(causes))
    later = [n for n in earlier(model, y.name) if x in earlier(model, n)]
    mediator = draw(st.sampled_from(later)) if later else ""
    others = [v.name for v in model if x not in earlier(model, v.name) and v.name not in (x, y.name)]
    one, other = draw(st.permutations(model[x].states))[:2]
    covariate = draw(st.sampled_from(others)) if others else ""
    return model, compare(model, x, y.name, x=one, other=other, mediator=mediator, covariate=covariate)


def earlier(model, name):
    """The variables that can be set and are causes of this one."""
    found, waiting = [], list(model[name].parents)
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.append(parent)
            waiting += model[parent].parents
    return sorted(n for n in found if not model[n].exogenous)


@theorem(comparisons(), proof=1000)
def test_every_effect_is_what_counting_says(case):
    model, c = case
    applied = effects_of(model, c)
    assert {e.key for e in applied} >= {"ATE", "ETT", "PN", "PNS"}
    for effect in applied:
        query = effect.build(c)
        try:
            wanted = oracle.interval(model, query)
        except (oracle.Impossible, ZeroDivisionError):
            with pytest.raises((ImpossibleEvidence, BadQuery)):
                causal.ask(model, query)
            continue
        assert causal.ask(model, query).value == pytest.approx(wanted[0], abs=1e-8)


@theorem(comparisons(states=(["0", "1", "2"], ["0", "1"], ["a", "b", "c"])), proof=1000)
def test_of_many_states_not_the_event_means_any_other_state(case):
    """PN, PS, PNS, disablement and enablement, by adding up the states that are not the event."""
    model, c = case
    others = [s for s in model[c.outcome].states if s != c.y]

    def summed(event, given, which):
        """The sum over the other states, in the event or in what is given, of P(event and given)."""
        return sum(value(model, Term("P", (*event, *given, which(s)))) for s in others)

    def fact(s):
        return Atom(c.outcome, (), "=", s)

    def under(v):
        return lambda s: Atom(c.outcome, (c.at(v),), "=", s)

    had, took, untook = (fact(c.y),), (c.took(c.x),), (c.took(c.other),)
    would = (under(c.x)(c.y),)
    pairs = {
        "PN": (summed((), (*took, *had), under(c.other)), probability(model, (c.treatment, c.x), (c.outcome, c.y))),
        "PS": (summed(would, untook, fact), summed((), untook, fact)),
        "PNS": (summed(would, (), under(c.other)), 1.0),
        "PD": (summed((), had, under(c.other)), probability(model, (c.outcome, c.y))),
        "PE": (summed(would, (), fact), summed((), (), fact)),
    }
    for key, (above, below) in pairs.items():
        if below > 1e-6:
            assert causal.ask(model, EFFECTS[key].build(c)).value == pytest.approx(above / below, abs=1e-7)


@theorem(comparisons((None, *COUPLED)), proof=500)
def test_without_a_coupling_an_effect_is_the_interval_that_counting_finds(case):
    model, c = case
    for effect in effects_of(model, c):
        query = effect.build(c)
        try:
            wanted = oracle.interval(model, query)
        except (oracle.Impossible, ZeroDivisionError):
            continue
        if wanted is not None:
            answer = causal.ask(model, query)
            low, high = answer.interval or (answer.value, answer.value)
            if answer.sharp is False:
                assert low <= wanted[0] + 1e-7 and high >= wanted[1] - 1e-7
            else:
                assert (low, high) == pytest.approx(wanted, abs=1e-7)


@theorem(comparisons(), proof=1000)
def test_the_effects_add_up_as_the_book_says(case):
    """PNS = P(x, y) PN + P(x', y') PS (Pearl 2009, section 9.2); ATE = P(x) ETT + P(x') ATU; TE = NDE - NIE back."""
    model, c = case
    got = {e.key: e.build(c) for e in effects_of(model, c)}
    both = {
        "PN": probability(model, (c.treatment, c.x), (c.outcome, c.y)),
        "PS": probability(model, (c.treatment, c.other), (c.outcome, c.not_y)),
        "ETT": probability(model, (c.treatment, c.x)),
        "ATU": probability(model, (c.treatment, c.other)),
    }

    def weighted(*keys):
        return sum(both[k] * causal.ask(model, got[k]).value for k in keys if both[k] > 1e-9)

    assert causal.ask(model, got["PNS"]).value == pytest.approx(weighted("PN", "PS"), abs=1e-8)
    assert causal.ask(model, got["ATE"]).value == pytest.approx(weighted("ETT", "ATU"), abs=1e-8)
    if c.mediator:
        back = compare(model, c.treatment, c.outcome, x=c.other, other=c.x, y=c.y, mediator=c.mediator)
        te, nde, nie = (causal.ask(model, q).value for q in (got["TE"], got["NDE"], EFFECTS["NIE"].build(back)))
        assert te == pytest.approx(nde - nie, abs=1e-8)


@st.composite
def never_harmful(draw):
    """Z -> X, Z -> Y, X -> Y: more X never makes Y less likely, and the coupling is monotone."""
    share = st.integers(1, 99).map(lambda n: n / 100)

    def row(p):
        return (1 - p, p)

    lows, rises = [draw(share) for _ in range(2)], [draw(share) for _ in range(2)]
    highs = [low + (1 - low) * rise for low, rise in zip(lows, rises, strict=True)]
    states = ("0", "1")
    table = Table(tuple(row(p) for pair in zip(lows, highs, strict=True) for p in pair), "monotone")
    return Model(
        (
            Variable("Z", "Z", states=states, mechanism=Table((row(draw(share)),))),
            Variable("X", "X", parents=("Z",), states=states, mechanism=Table((row(draw(share)), row(draw(share))))),
            Variable("Y", "Y", parents=("Z", "X"), states=states, mechanism=table),
        )
    )


@theorem(never_harmful(), proof=500)
def test_where_the_treatment_never_harms_pns_is_the_average_effect(model):
    """Monotonicity: PNS = P(y_x) - P(y_x') (Pearl 2009, section 9.2.3), though X and Y are confounded."""
    c = compare(model, "X", "Y")
    pns, ate = (causal.ask(model, EFFECTS[key].build(c)).value for key in ("PNS", "ATE"))
    assert pns == pytest.approx(ate, abs=1e-9)


@theorem(st.lists(st.integers(-20, 20).map(lambda n: n / 10), min_size=5, max_size=5), proof=500)
def test_in_a_linear_model_direct_and_indirect_effects_are_products_along_paths(weights):
    zx, xm, xy, my, zy = weights
    model = Model(
        (
            Variable("Z", "Z", mechanism=Linear(1.0, (), 1.0)),
            Variable("X", "X", parents=("Z",), mechanism=Linear(-1.0, (zx,), 0.5)),
            Variable("M", "M", parents=("X",), mechanism=Linear(2.0, (xm,), 1.0)),
            Variable("Y", "Y", parents=("X", "M", "Z"), mechanism=Linear(0.5, (xy, my, zy), 1.0)),
        )
    )
    c = compare(model, "X", "Y", x=2.5, other=0.5, mediator="M", m=7, covariate="Z", z=-3)
    found = {e.key: causal.ask(model, e.build(c)).value for e in effects_of(model, c)}
    direct, indirect = 2 * xy, 2 * xm * my
    assert found == pytest.approx(
        dict.fromkeys(("ATE", "CATE", "ETT", "ATU", "TE"), direct + indirect)
        | {"CDE": direct, "NDE": direct, "NIE": indirect},
        abs=1e-9,
    )


# Which effects make sense


def keys(model, *arguments, **more):
    return [e.key for e in effects_of(model, compare(model, *arguments, **more))]


def test_a_mediator_lies_between_and_a_group_is_no_effect_of_the_treatment():
    model = Model(tuple(Variable(n, n, parents=p) for n, p in zip("ZXMYD", ((), "Z", "X", "XM", "Y"), strict=True)))
    always = [key for key, effect in EFFECTS.items() if effect.needs <= {"states"}]
    between = [key for key, effect in EFFECTS.items() if "covariate" not in effect.needs]
    assert {"ATE", "RR", "ETT", "PN", "PNS"} <= set(always) and {"TE", "CDE", "NDE", "NIE"} <= {*between} - {*always}
    assert keys(model, "X", "Y") == always
    assert keys(model, "X", "Y", mediator="M") == between
    assert keys(model, "X", "Y", mediator="Z") == keys(model, "X", "Y", mediator="D") == always
    assert "CATE" in keys(model, "X", "Y", covariate="Z")
    assert "CATE" not in keys(model, "X", "Y", covariate="M")


def test_of_a_mean_only_differences_are_asked():
    stated = causal.load("smallpox")
    of_means = [key for key, effect in EFFECTS.items() if not effect.needs]
    assert {"ATE", "ETT", "ATU"} <= set(of_means) and "PN" not in of_means
    assert keys(stated, "V", "D", mean=True) == of_means
    assert keys(causal.load("record-sales"), "Radio", "Sales") == of_means


def test_gaps_are_filled_with_the_last_state_against_the_first():
    c = compare(causal.load("smoking-tar-cancer"), "X", "Y", mediator="Z")
    assert (c.x, c.other, c.y, c.not_y, c.m) == ("smoker", "nonsmoker", "1", "0", "none")


@pytest.mark.parametrize(
    ("arguments", "finer"),
    [({"x": "0", "other": "0"}, "same-value"), ({"mediator": "Nobody"}, "unknown-variable")],
)
def test_a_comparison_that_means_nothing_is_refused(arguments, finer):
    with pytest.raises(BadQuery) as caught:
        compare(causal.load("smallpox"), "V", "D", **arguments)
    assert caught.value.kind == f"bad-query/{finer}"


def test_the_books_mediation_example():
    """Training, homework, success: NDE 0.32, NIE 0.035, TE 0.46 (Pearl, Glymour and Jewell 2016, section 4.5.2)."""
    model = from_dict(
        {
            "format": 1,
            "variables": {
                "T": {"states": ["0", "1"], "p": [0.5, 0.5]},
                "M": {"states": ["0", "1"], "parents": ["T"], "cpt": [[0.6, 0.4], [0.25, 0.75]]},
                "Y": {
                    "states": ["0", "1"],
                    "parents": ["T", "M"],
                    "cpt": [[0.8, 0.2], [0.7, 0.3], [0.6, 0.4], [0.2, 0.8]],
                },
            },
        }
    )
    c = compare(model, "T", "Y", mediator="M")
    found = [causal.ask(model, EFFECTS[key].build(c)).value for key in ("NDE", "NIE", "TE")]
    assert found == pytest.approx([0.32, 0.035, 0.46], abs=1e-9)
