"""Why the rungs do not collapse: families of models that no question of a lower rung tells apart.

Treatment X and outcome Y have two states each. A unit's *type* says what X it comes to by itself, and which Y it has
without and with the treatment; models differ only in how often each type occurs.

    same_seen     every model has the same P(X, Y); P(Y | do(X)) is free     rung 1 does not decide rung 2
    same_done     every model has the same P(Y | do(X)), and P(X, Y);        rung 2 does not decide rung 3
                  how many need the treatment, PNS, is free
    reversed_arrow    the same joint distribution, one arrow turned round

References: E. Bareinboim, J. Correa, D. Ibeling and T. Icard, On Pearl's hierarchy and the foundations of causal
inference (2022), theorem 1; D. Chickering, A transformational characterization of equivalent Bayesian network
structures (1995).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from causal.answers import engine
from causal.errors import BadQuery
from causal.models.mechanisms import Function, Table
from causal.models.model import Model, Variable
from causal.queries.query import ask_for
from causal.words.catalogue import say

TREATMENT, OUTCOME, TYPE = "X", "Y", "U"
Pair = tuple[float, float]
Type = tuple[int, int, int]
"""The X that a unit comes to, its Y without treatment, and its Y with it."""


def same_seen(seen: tuple[Pair, Pair], share: float) -> Model:
    """One of all models with P(X=x, Y=y) = ``seen[x][y]``.

    What a unit would have had with the other X was never seen. Here Y would be 1 for this ``share`` of all units,
    whatever they are otherwise: at 0 and at 1 stand the least and the largest P(Y=1 | do(X)).
    """
    types: dict[Type, float] = {}
    for x, y, unseen in product((0, 1), (0, 1), (0, 1)):
        responses = (y, unseen) if x == 0 else (unseen, y)
        types[x, *responses] = seen[x][y] * (share if unseen else 1.0 - share)
    return _of_types(types)


def same_done(done: Pair, share: float, treated: float = 0.5) -> Model:
    """One of all models with P(Y=1 | do(X=x)) = ``done[x]`` in which a coin gives the treatment.

    ``share`` walks PNS from its least value, where as few as possible are harmed, to its largest.
    """
    without, with_ = done
    least, most = max(0.0, with_ - without), min(with_, 1.0 - without)
    helped = least + share * (most - least)
    hurt = max(0.0, helped - (with_ - without))
    responses = {(0, 1): helped, (1, 0): hurt, (1, 1): without - hurt, (0, 0): 1.0 - without - helped}
    types = {
        (x, *response): weight * (treated if x else 1.0 - treated)
        for response, weight in responses.items()
        for x in (0, 1)
    }
    return _of_types(types)


def _of_types(types: Mapping[Type, float]) -> Model:
    """X and Y as functions of the unit's type."""
    total = sum(max(0.0, weight) for weight in types.values())
    names = tuple("".join(map(str, kind)) for kind in types)
    chances = Table((tuple(max(0.0, weight) / total for weight in types.values()),))
    came = Function(tuple(str(kind[0]) for kind in types))
    has = Function(tuple(str(kind[1 + x]) for x in (0, 1) for kind in types))
    states, treatment, patient = ("0", "1"), say("labs.machines.treatment"), say("labs.machines.patient")
    came_to = say("labs.machines.untreated"), say("labs.machines.treated")
    ended = say("labs.machines.ill"), say("labs.machines.recovered")
    own = say("labs.machines.own_type")
    return Model(
        (
            Variable(TYPE, own, exogenous=True, states=names, mechanism=chances, position=(1.0, 0.0)),
            Variable(TREATMENT, treatment, False, (TYPE,), states, came, came_to, position=(0.0, 1.0)),
            Variable(OUTCOME, patient, False, (TREATMENT, TYPE), states, has, ended, position=(2.0, 1.0)),
        ),
        id="machine",
        treatment=TREATMENT,
        outcome=OUTCOME,
        invented=True,
    )


def reversed_arrow(model: Model, cause: str, effect: str) -> Model:
    """The same joint distribution with ``cause -> effect`` turned round.

    Both must have the same other parents, so that nobody can tell from data which way the arrow points (a covered
    arrow). Raises BadQuery where they have not.
    """
    others = tuple(p for p in model[effect].parents if p != cause)
    if cause not in model[effect].parents or set(others) != set(model[cause].parents):
        raise BadQuery("errors.labs.arrow", "arrow", cause=cause, effect=effect)
    first = _given(model, effect, others)
    second = _given(model, cause, (*others, effect))
    turned = {
        effect: replace(model[effect], parents=others, mechanism=first),
        cause: replace(model[cause], parents=(*others, effect), mechanism=second),
    }
    return replace(model, variables=tuple(turned.get(v.name, v) for v in model), units=(), expected=())


def _given(model: Model, name: str, parents: tuple[str, ...]) -> Table:
    """P(name | parents) as the model has it."""
    rows = []
    for values in product(*(model[p].states for p in parents)):
        found = engine.ask(model, ask_for(name, evidence=dict(zip(parents, values, strict=True)))).distribution or {}
        rows.append(tuple(float(p) for p in found.values() if not isinstance(p, tuple)))
    return Table(tuple(rows))
