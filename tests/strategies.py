"""Random models, as the data of a model file, and random questions about them, for hypothesis."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from causal.files.shelf import from_dict, to_dict
from causal.graphs import graph
from causal.models.model import Model
from causal.queries.query import Atom, Number, Operation, Setting, Term

STATES = (["0", "1"], ["a", "b"], ["0", "1", "2"], ["0", "1"], ["lo", "mid", "hi"], ["0"])
COUPLINGS = (None, "monotone", "independent")
NAMES = ("A", "B", "C", "D", "E", "P", "do", "Größe")


def theorem(*strategies, sample=40, proof=2000):
    """A property that holds for everything drawn: a fixed sample in every run, very many when proofs are asked for."""

    def decorate(statement):
        def prove(examples):
            slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
            rule = settings(
                max_examples=examples, deadline=None, suppress_health_check=slow, derandomize=examples == sample
            )
            rule(given(*strategies)(statement))()

        prove.__doc__ = statement.__doc__
        sizes = [pytest.param(sample, id="sample"), pytest.param(proof, id="proof", marks=pytest.mark.prove)]
        return pytest.mark.parametrize("examples", sizes)(prove)

    return decorate


def sizes(sample, proof):
    """A test of random cases: a fixed sample of seeds in every run, very many when proofs are asked for."""
    return pytest.mark.parametrize(
        "seeds",
        [pytest.param(range(sample), id="sample"), pytest.param(range(proof), id="proof", marks=pytest.mark.prove)],
    )


@st.composite
def rows_of(draw, size):
    """A distribution over ``size`` states, zeros and certainties included."""
    weights = draw(st.lists(st.sampled_from((1, 2, 3, 5, 7, 9, 0)), min_size=size, max_size=size).filter(any))
    return [w / sum(weights) for w in weights]


@st.composite
def discrete_models(draw, couplings=COUPLINGS, most=4, hidden=2, states=STATES, tables_only=False):
    """A small model of discrete variables; exogenous ones may be shared, mechanisms are tables or functions."""
    known: dict[str, list[str]] = {}
    data: dict[str, dict] = {"exogenous": {}, "variables": {}}
    for i in range(draw(st.integers(0, hidden))):
        known[f"U{i}"] = draw(st.sampled_from(states))
        data["exogenous"][f"U{i}"] = {"states": known[f"U{i}"], "p": draw(rows_of(len(known[f"U{i}"])))}
    made = {}
    for name in draw(st.permutations(NAMES))[: draw(st.integers(2, most))]:
        own = draw(st.sampled_from(states))
        parents = draw(st.permutations(sorted(known)))[: draw(st.sampled_from((1, 2, 1, 2, 0)))]
        count = prod(len(known[p]) for p in parents)
        made[name] = variable = {"states": own}
        if parents:
            variable["parents"] = list(parents)
        if parents and not tables_only and draw(st.integers(0, 3)) == 0:
            variable["function"] = draw(st.lists(st.sampled_from(own), min_size=count, max_size=count))
        elif not parents:
            variable["p"] = draw(rows_of(len(own)))
        else:
            variable["cpt"] = [draw(rows_of(len(own))) for _ in range(count)]
            if coupling := draw(st.sampled_from(couplings)):
                variable["coupling"] = coupling
        if own in (["a", "b"],) and draw(st.booleans()):
            variable["values"] = [draw(st.integers(-3, 3)), 2.5]
        known[name] = own
    for name in draw(st.permutations(sorted(made))):
        data["variables"][name] = made[name]
    return from_dict({"format": 1, **data}, "random")


@st.composite
def mixed_models(draw, couplings=COUPLINGS):
    """Discrete and continuous variables in one model, none of which depends on one of the other kind."""
    parts = draw(discrete_models(couplings, most=2, hidden=1)), draw(linear_models(("X", "Y", "Z"), hidden=0))
    one, two = (to_dict(part) for part in parts)
    return from_dict(one | {"variables": one["variables"] | two["variables"]}, "random")


@st.composite
def linear_models(draw, names=NAMES, hidden=2):
    """A small linear model, with noiseless equations among others."""
    known: list[str] = []
    data: dict[str, dict] = {"exogenous": {}, "variables": {}}
    number, spread = st.sampled_from((-2, -1, -0.5, 0, 0.1, 0.5, 1, 2)), st.sampled_from((0, 0.5, 1, 1, 2))
    for i in range(draw(st.integers(0, hidden))):
        data["exogenous"][f"U{i}"] = {"mean": draw(number), "sd": draw(spread)}
        known.append(f"U{i}")
    for name in draw(st.permutations(names))[: draw(st.integers(2, min(4, len(names))))]:
        parents = draw(st.permutations(known))[: draw(st.integers(0, 3))]
        coefficients = {p: draw(number) for p in parents}
        linear = {"intercept": draw(number), "coefficients": coefficients, "sd": draw(spread)}
        data["variables"][name] = {"parents": list(parents), "linear": linear}
        known.append(name)
    return from_dict({"format": 1, **data}, "random")


def value_of(model: Model, name: str):
    """A state of the variable, or a number for a continuous one."""
    v = model[name]
    return st.sampled_from(v.states) if v.states else st.sampled_from(("-1", "0", "0.5", "1", "2", "3.25"))


@st.composite
def worlds(draw, model, depth=1, names=None):
    """What an action holds: one or two variables, perhaps at the value they have in another world."""
    names = names or [v.name for v in model.endogenous]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    return tuple(
        Setting(n, None, draw(worlds(model, depth - 1)))
        if depth and draw(st.integers(0, 3)) == 3
        else Setting(n, draw(value_of(model, n)))
        for n in chosen
    )


def causes(model: Model, name: str):
    """The variables that can be set and have a say in this one; all that can be set, if none does."""
    said = graph.ancestors(model, name)
    return [v.name for v in model.endogenous if v.name in said] or [v.name for v in model.endogenous]


@st.composite
def atoms(draw, model, rung, role, among=None):
    """A variable with a value; on rung 3 often in a world that holds one of its causes."""
    v = model[draw(st.sampled_from(among or [v.name for v in model]))]
    world = draw(worlds(model, names=causes(model, v.name))) if rung == 3 and draw(st.integers(0, 2)) else ()
    compare = bool(v.numbers) and draw(st.integers(0, 4)) == 4
    if not v.states:
        compare = role == "event"
    if compare:
        bound = draw(st.sampled_from(("0.5", "1", "2", "0", "2.5", "-1", "3.25")))
        return Atom(v.name, world, draw(st.sampled_from(("<", "<=", ">", ">="))), bound)
    return Atom(v.name, world, "=", draw(value_of(model, v.name)))


@st.composite
def questions(draw, model, rung=None, asks=("probability", "distribution", "mean"), facts=2):
    """One term of a rung, about a variable and its causes: joint events, evidence, actions, several worlds."""
    rung = rung or draw(st.integers(1, 3))
    asked = draw(st.sampled_from(asks))
    if asked == "mean" and not any(v.numbers or not v.states for v in model):
        asked = "probability"
    effects = [v for v in model if v.parents] or list(model.variables)
    numeric = [v for v in model if v.numbers or not v.states]
    target = draw(st.sampled_from(numeric if asked == "mean" else effects)).name
    related = [target, target, *causes(model, target), *(v.name for v in model)]
    if asked == "probability":
        event = (
            draw(atoms(model, rung, "event", [target])),
            *draw(st.lists(atoms(model, rung, "event", related), max_size=1)),
        )
    else:
        event = (Atom(target, draw(worlds(model, names=causes(model, target))) if rung == 3 else ()),)
    evidence = tuple(draw(st.lists(atoms(model, rung, "evidence", related), max_size=facts)))
    action = draw(worlds(model, depth=0, names=causes(model, target))) if rung == 2 else ()
    return Term("E" if asked == "mean" else "P", event, evidence, action)


@st.composite
def contrasts(draw, model, means=True):
    """One unit in several worlds: Y for one value of its cause, where another is known or imagined."""
    effects = [v for v in model.endogenous if any(not model[p].exogenous for p in v.parents)]
    if not effects:
        return draw(questions(model, 3))
    y = draw(st.sampled_from(effects))
    x = model[draw(st.sampled_from([p for p in causes(model, y.name) if p in y.parents or len(effects) > 1]))]
    states = draw(st.permutations(x.states))
    one, other = states[0], states[-1]
    world: tuple[Setting, ...] = (Setting(x.name, one),)
    between = [v for v in effects if v is not y and x.name in graph.ancestors(model, v.name)]
    if between and draw(st.booleans()):
        m = draw(st.sampled_from(between)).name
        world += (Setting(m, None, (Setting(x.name, other),)),)
    about_y = [Atom(y.name, w, "=", draw(st.sampled_from(y.states))) for w in (world, (Setting(x.name, other),), ())]
    if means and y.numbers and draw(st.booleans()):
        return Term("E", (Atom(y.name, world),), tuple(draw(st.sampled_from([about_y[1:], about_y[2:]]))))
    facts = [about_y[2], Atom(x.name, (), "=", other), *draw(st.lists(atoms(model, 3, "evidence"), max_size=1))]
    event = draw(st.sampled_from([about_y[:1], about_y[:2], [Atom(y.name, world)]]))
    return Term("P", tuple(event), tuple(draw(st.sampled_from([facts[:1], facts[:2], facts, []]))))


@st.composite
def expressions(draw, model, rung=None, depth=2):
    """Arithmetic between terms that are numbers."""
    if depth and draw(st.booleans()):
        operator = draw(st.sampled_from("+-*/"))
        left, right = draw(expressions(model, rung, depth - 1)), draw(expressions(model, rung, depth - 1))
        if draw(st.integers(0, 3)) == 0:
            left = Number(draw(st.sampled_from((0.0, 0.5, 1.0, 3.0))))
        return Operation(operator, left, right)
    contrast = contrasts(model).filter(lambda t: t.kind == "E" or t.event[0].relation is not None)
    return draw(contrast if rung == 3 else questions(model, rung, ("probability", "mean")))
