"""ID* and IDC* and their witnesses, against looking at every unit of random functional models."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from semimarkovian import Units, chance, graph, random_graph
from strategies import sizes
from witnessed import check_witness

from causal.errors import ImpossibleEvidence
from causal.identification.formulas import estimand
from causal.identification.formulas.estimand import Difference, Fraction, Imagined, Probability, Product, Sum, Zero
from causal.identification.formulas.evaluation import evaluate
from causal.identification.formulas.typesetting import text
from causal.identification.question.term_question import solve, unknown
from causal.queries.parsing import parse
from causal.queries.query import Atom, Setting, Term

BINARY = ("0", "1")


def world(rng, shown, depth=1):
    names = rng.sample(shown.nodes, rng.choice((1, 1, 2)))
    return tuple(
        Setting(n, None, world(rng, shown, 0)) if depth and rng.random() < 0.25 else Setting(n, rng.choice("01"))
        for n in names
    )


def atom(rng, shown):
    return Atom(rng.choice(shown.nodes), world(rng, shown) if rng.random() < 0.6 else (), "=", rng.choice("01"))


def random_case(seed):
    """A small graph, a question of rung 3 about it, and the variables on which there are experiments."""
    rng = chance(seed)
    shown = random_graph(rng, most=5)
    while len(shown.shared) > 5:
        shown = random_graph(rng, most=5)
    event = tuple(atom(rng, shown) for _ in range(rng.choice((1, 1, 2))))
    facts = tuple(atom(rng, shown) for _ in range(rng.choice((0, 1, 1, 2))))
    experiments = frozenset(rng.sample(shown.nodes, rng.choice((0, 0, 1, 2, len(shown.nodes)))))
    return shown, Term("P", event, facts), experiments


def states_of(shown, states=BINARY):
    return dict.fromkeys(shown.nodes, states)


def held(settings):
    return {s.variable: held(s.nested) if s.value is None else int(s.value) for s in settings}


def facts(atoms):
    return [(a.variable, held(a.world), int(a.value)) for a in atoms]


def truth(units, term):
    """The share of units with the event among those with the evidence; None if there are none."""
    below = units.share(facts(term.evidence))
    return units.share(facts((*term.event, *term.evidence))) / below if below > 0 else None


@sizes(150, 2000)
def test_estimands_of_several_worlds_are_the_share_of_units(seeds):
    """What ID* and IDC* identify, they identify rightly, and by allowed experiments only."""
    met = {"identified": 0, "not": 0, "impossible": 0}
    for seed in seeds:
        shown, term, experiments = random_case(seed)
        try:
            solved = solve(shown, term, experiments, states_of(shown))
        except ImpossibleEvidence:
            assert Units(shown, seed).share(facts(term.evidence)) == 0
            met["impossible"] += 1
            continue
        met["identified" if solved.verdict else "not"] += 1
        for turn in range(2 if solved.verdict else 0):
            units = Units(shown, 2 * seed + turn)
            wanted = truth(units, term)
            if wanted is not None:
                at = {letter: int(state) for letter, state in solved.states.items()}
                assert evaluate(solved.verdict.estimand, units).at(at) == pytest.approx(wanted, abs=1e-9), seed
            for part in estimand.probabilities(solved.verdict.estimand):
                assert {letter.variable for letter in part.do} <= experiments
    assert min(met.values()) > 0


@sizes(60, 400)
def test_what_is_not_identified_has_two_models_that_show_it(seeds):
    """Same graph, same data, same experiments, another answer; so no identifiable question is called unknowable."""
    met = 0
    for seed in seeds:
        shown, term, experiments = random_case(seed)
        if unknown(shown, term, experiments, states_of(shown)):
            met += 1
            check(shown, term, experiments)
    assert met > len(seeds) / 20


def check(shown, term, experiments, states=BINARY):
    given = experiments, states_of(shown, states)
    check_witness(shown, term, lambda part: unknown(part, term, *given), experiments, states)


# -- every step --------------------------------------------------------------------------------------------------------


def number(formula, units, at):
    """A formula at these values of its letters, by adding and multiplying shares of units."""
    match formula:
        case Probability(of, given, do):
            action = {letter.variable: at[letter] for letter in do}
            below = units.share([(v.variable, action, at[v]) for v in given])
            return units.share([(v.variable, action, at[v]) for v in (*of, *given)]) / below
        case Imagined(of, given):
            above, below = ([one_fact(r, at) for r in group] for group in ((*of, *given), given))
            return units.share(above) / units.share(below)
        case Product(factors):
            return np.prod([number(factor, units, at) for factor in factors])
        case Sum(bound, inner):
            settings = product((0, 1), repeat=len(bound))
            return sum(number(inner, units, at | dict(zip(bound, values, strict=True))) for values in settings)
        case Fraction(above, below):
            return number(above, units, at) / number(below, units, at)
        case Difference(first, second):
            return number(first, units, at) - number(second, units, at)
        case Zero():
            return 0.0


def one_fact(response, at):
    return response.value.variable, {v.variable: at[v] for v in response.world}, at[response.value]


@sizes(40, 400)
def test_every_step_between_worlds_is_true(seeds):
    """Both sides of each step are equal, whatever states letters without a given one stand for."""
    rules = set()
    for seed in seeds:
        shown, term, experiments = random_case(seed)
        try:
            solved = solve(shown, term, experiments, states_of(shown))
        except ImpossibleEvidence:
            continue
        units, rng = Units(shown, seed), chance(seed)
        for step in solved.verdict.derivation if solved.verdict else ():
            letters = sorted(estimand.free(step.before) | estimand.free(step.after))
            at = {v: int(solved.states[v]) if v in solved.states else rng.choice((0, 1)) for v in letters}
            before, after = (number(side, units, at) for side in (step.before, step.after))
            assert before == pytest.approx(after, abs=1e-9), (seed, step.line, text(step.before), text(step.after))
            rules.add(step.rule)
    assert rules >= {"composition", "consistency", "independence_of_districts", "conditional_probability"}


# -- well-known questions ----------------------------------------------------------------------------------------------

X_Y, BOW = ("X>Y", ""), ("X>Y", "X-Y")
CONFOUNDED, FRONT_DOOR = ("Z>X Z>Y X>Y", ""), ("X>M M>Y", "X-Y")
MEDIATOR = ("X>M X>Y M>Y", "")

KNOWN = {
    "necessity and sufficiency, no confounding": (X_Y, "P(Y[X=1]=1, Y[X=0]=0)", "X", None),
    "necessity, no confounding": (X_Y, "P(Y[X=0]=0 | X=1, Y=1)", "X", None),
    "effect on the treated, back-door": (CONFOUNDED, "P(Y[X=0]=1 | X=1)", "", "sum_{z} P(Y=1 | X=0, z) P(z | X=1)"),
    "effect on the treated, front-door": (FRONT_DOOR, "P(Y[X=0]=1 | X=1)", "", "sum_{m} P(m | X=0) P(Y=1 | m, X=1)"),
    "effect on the treated, bow arc": (BOW, "P(Y[X=0]=1 | X=1)", "", None),
    "the same with a trial": (BOW, "P(Y[X=0]=1 | X=1)", "X", "(P(Y=1 | do(X=0)) - P(X=0, Y=1)) / (P(X=1))"),
    "natural direct effect": (MEDIATOR, "P(Y[X=1, M=M[X=0]]=1)", "", "sum_{m} P(Y=1 | m, X=1) P(m | X=0)"),
    "natural effects, confounded mediator": (("X>M X>Y M>Y", "M-Y"), "P(Y[X=1, M=M[X=0]]=1)", "XM", None),
    "consistency": (BOW, "P(Y[X=1]=1 | X=1)", "", "P(Y=1 | X=1)"),
    "effectiveness": (BOW, "P(X[X=1]=1, Y[X=0]=1)", "X", "P(Y=1 | do(X=0))"),
    "what cannot be": (BOW, "P(Y[X=1]=0, X=1, Y=1)", "", "0"),
    "nothing was there to reach it": (BOW, "P(X[Y=1]=1)", "", "P(X=1)"),
}


@pytest.mark.parametrize(("drawn", "query", "experiments", "formula"), KNOWN.values(), ids=KNOWN)
def test_well_known_questions_have_their_published_answers(drawn, query, experiments, formula):
    shown, term, some = graph(*drawn), parse(query), frozenset(experiments)
    solved = solve(shown, term, some, states_of(shown))
    assert bool(solved.verdict) == (formula is not None)
    if formula is None:
        check(shown, term, some)
        return
    for seed in range(3):
        units = Units(shown, seed)
        got = evaluate(solved.verdict.estimand, units).at({v: int(s) for v, s in solved.states.items()})
        assert got == pytest.approx(truth(units, term), abs=1e-9)
    assert text(solved.verdict.estimand, solved.states) == formula


def test_a_trial_gives_the_effect_on_the_treated_only_where_treatment_has_two_states():
    """With three, P(Y[X=0] | X=1) differs in two models with the same data and the same trial."""
    shown, term, some = graph(*BOW), parse("P(Y[X=0]=1 | X=1)"), frozenset("X")
    three = ("0", "1", "2")
    assert unknown(shown, term, some, states_of(shown, three))
    check(shown, term, some, three)


def test_evidence_that_contradicts_itself_in_every_model_is_impossible():
    shown = graph(*BOW)
    for query in ("P(Y=1 | X=1, X=0)", "P(Y=1 | X[X=1]=0)", "P(Y[X=0]=1 | X=1, Y[X=1]=1, Y=0)"):
        with pytest.raises(ImpossibleEvidence):
            solve(shown, parse(query), frozenset(), states_of(shown))


@sizes(60, 600)
def test_the_algorithms_of_rungs_2_and_3_agree_on_rung_2(seeds):
    """P(y | do(x), z) asked as P(Y[x]=y | Z[x]=z) beside an idle world has the same verdict."""
    for seed in seeds:
        rng = chance(seed)
        shown = random_graph(rng, most=6)
        x, y, z = rng.sample(shown.nodes, 3)
        act = (Setting(x, "1"),)
        plain = Term("P", (Atom(y, (), "=", "1"),), (Atom(z, (), "=", "1"),), act)
        # Set to what it is set to anyway, the same world is written in two ways, which sends it to ID*.
        twice = (Setting(x, "1"), Setting(x, "1"))
        same = Term("P", (Atom(y, act, "=", "1"),), (Atom(z, twice, "=", "1"),))
        states = dict.fromkeys(shown.nodes, ("0", "1", "2"))
        one, other = (solve(shown, t, frozenset(), states).verdict for t in (plain, same))
        assert bool(one) == bool(other), seed
