"""How everything comes about, in words: every rule that some variables rest on, what is hidden included."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import assert_never

from causal.graphs import graph
from causal.labs.questions.wording import clean, digits, label, noun, share, state
from causal.models.mechanisms import Function, Linear, Table
from causal.models.mechanisms.protocol import Responses
from causal.models.model import Model, Variable
from causal.words.catalogue import say
from causal.words.grammar import listed
from causal.worlds.network import probabilities


def rules(model: Model, names: Collection[str]) -> str:
    """The rules of these variables and of all that causes them, causes first."""
    relevant = frozenset(names).union(*(graph.ancestors(model, name) for name in names))
    lines = [say("chatbot.say.mechanisms")]
    for name in model.causal_order:
        if name in relevant:
            lines += _rule(model, model[name])
    return "\n".join([*lines, say("chatbot.say.own")])


def _rule(model: Model, v: Variable) -> Iterator[str]:
    match v.mechanism:
        case Linear() as line:
            yield say("chatbot.say.linear", label=_with_unit(v), formula=_formula(model, v, line))
        case Table() | Function() as rows:
            yield from _by_rows(model, v, rows.responses)
        case None:
            raise ValueError(f"{v.name} has no mechanism")
        case other:
            assert_never(other)


def _by_rows(model: Model, v: Variable, responses: Responses) -> Iterator[str]:
    rows = probabilities(model, v.name).tolist()
    if not v.parents:
        yield say("chatbot.say.root", label=label(v), shares=_shares(v, rows[0]))
        return
    yield say("chatbot.say.by_rows", label=label(v), parents=listed(noun(model[p]) for p in v.parents))
    for states, shares in zip(model.rows_of(v.name), rows, strict=True):
        given = listed(
            say("chatbot.clause.is", label=noun(model[p]), state=state(model[p], s))
            for p, s in zip(v.parents, states, strict=True)
        )
        yield say("chatbot.say.row", given=given, shares=_shares(v, shares))
    if any(max(shares) < 1.0 for shares in rows):
        order = listed((say("chatbot.clause.quoted", state=state(v, s)) for s in v.states), "comma")
        yield say(f"chatbot.say.{responses}", states=order)


def _shares(v: Variable, shares: list[float]) -> str:
    if 1.0 in shares:
        return say("chatbot.say.certain", state=state(v, v.states[shares.index(1.0)]))
    said = (say("chatbot.say.share", state=state(v, s), share=share(p)) for s, p in zip(v.states, shares, strict=True))
    return listed(said, "comma")


def _formula(model: Model, v: Variable, mechanism: Linear) -> str:
    parts = [digits(mechanism.intercept, 12)] if mechanism.intercept or not v.parents else []
    for parent, coefficient in zip(v.parents, mechanism.coefficients, strict=True):
        sign = "− " if coefficient < 0 else "+ " if parts else ""
        parts.append(f"{sign}{digits(abs(coefficient), 12)} × {label(model[parent])}")
    if mechanism.sd:
        parts.append(f"+ {say('chatbot.say.noise', sd=digits(mechanism.sd, 12))}")
    return " ".join(parts)


def _with_unit(v: Variable) -> str:
    return say("chatbot.clause.unit", label=label(v), unit=clean(v.unit)) if v.unit else label(v)
