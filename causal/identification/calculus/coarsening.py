"""A question about real numbers as one about "low" and "high": where data cannot tell, two models can then be shown.

Whether a question can be known depends on the graph alone (for mechanisms of any shape), so what cannot be known of
variables with two states cannot be known of those with more. The coarse models have the graph and no numbers yet.
"""

from __future__ import annotations

from dataclasses import replace

from causal.models.model import Model, Variable
from causal.queries.query import Atom, Query, Setting, Term, World

LOW, HIGH = "low", "high"


def coarse(model: Model) -> Model:
    """The graph of a model, in which every continuous variable is only low or high; without numbers."""
    return replace(model, variables=tuple(map(_two_states, model)), units=(), expected=())


def coarsened(model: Model, query: Query) -> Term | None:
    """The question with "high" in place of each number and mean; None for arithmetic, which has no such twin."""
    if not isinstance(query, Term):
        return None

    def world(held: World) -> World:
        return tuple(_high(setting, model) for setting in held)

    def atom(a: Atom) -> Atom:
        new = replace(a, world=world(a.world))
        return model[a.variable].support.case(states=new, numbers=replace(new, relation="=", value=HIGH))

    return Term("P", tuple(map(atom, query.event)), tuple(map(atom, query.evidence)), world(query.action))


def _high(setting: Setting, model: Model) -> Setting:
    high = replace(setting, value=HIGH)
    return setting if setting.nested else model[setting.variable].support.case(states=setting, numbers=high)


def _two_states(variable: Variable) -> Variable:
    coarse = Variable(
        variable.name,
        variable.label,
        exogenous=variable.exogenous,
        parents=variable.parents,
        states=(LOW, HIGH),
        latent=variable.latent,
        position=variable.position,
    )
    return variable.support.case(states=replace(variable, mechanism=None), numbers=coarse)
