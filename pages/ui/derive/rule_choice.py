"""Choose a rule yourself: legal moves go on, illegal ones are refuted by a number where both sides differ."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.graphs.projection import project
from causal.identification.algorithms.derivation import RULE_2
from causal.identification.calculus.rules import Expression, Move, moves, term
from causal.models.model import Model
from causal.queries.query import Query, Term, mentioned
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.derive import derivation_step, witness
from pages.ui.shell import frame
from pages.ui.words import sentences

if TYPE_CHECKING:
    from causal.identification.calculus.refutation import Refutation

MOVES = "derive_moves"
"""The moves so far, as the link holds them: see X, drop_do Z."""
LONGEST, MOST = 1000, 40
SEPARATOR = ", "


def start(model: Model, query: Query) -> tuple[Expression, dict[str, str]] | None:
    """The question as the rules read it, and the value of each variable; None where it is none of P(y | do(x), z)."""
    if not isinstance(query, Term) or any(a.world for a in (*query.event, *query.evidence)):
        return None
    atoms = (*query.event, *query.evidence)
    if any(a.relation not in ("=", None) for a in atoms) or len({a.variable for a in query.event}) < len(query.event):
        return None
    values = {a.variable: a.value or _last(model, a.variable) for a in atoms}
    values |= {s.variable: s.value or "" for s in query.action}
    asked = Expression(
        *(
            tuple(dict.fromkeys(part))
            for part in (
                [a.variable for a in query.event],
                [s.variable for s in query.action],
                [a.variable for a in query.evidence],
            )
        )
    )
    if len(mentioned(query)) < len(asked.y) + len(asked.do) + len(asked.seen):
        return None
    return asked, values


def _last(model: Model, name: str) -> str:
    states = model[name].states
    return states[-1] if states else model[name].support.case(states="1", numbers="")


def draw(model: Model, query: Query, place: DeltaGenerator) -> None:
    """The expression as it stands, every rule that may be tried on it, and what came of the last try."""
    begun = start(model, query)
    if begun is None:
        st.info(say("choose.only"), icon=":material/info:")
        with place:
            derivation_step.picture(model, None)
        return
    first, values = begun
    path, kept, tried = _walked(model, first, _held())
    at = path[-1]
    st.markdown(derivation_step.equation(*(_latex(model, a, values) for a in path)))
    if not at.do:
        st.success(say("choose.done"), icon=":material/check:")
    offered = moves(project(model), at)
    for i, move in enumerate(offered):
        st.button(
            say(f"choose.{_name(move, at)}", noun=sentences.noun(model[move.of])),
            key=f"derive_move_{i}",
            on_click=_try,
            args=(SEPARATOR.join([*kept, _written(move, at)]),),
        )
    if not offered:
        st.markdown(say("choose.none"))
    if tried:
        _said(model, tried, path, values)
    with place:
        derivation_step.picture(model, tried.licence if tried else None)
    if tried:
        st.button(
            say("choose.again"), key="derive_again", icon=":material/undo:", type="tertiary", on_click=_try, args=("",)
        )


def _said(model: Model, move: Move, path: tuple[Expression, ...], values: dict[str, str]) -> None:
    """Why the last try holds, or the numbers that refute it."""
    rule = say(f"derive.{move.rule}")
    if move.legal:
        st.markdown(f":material/check: {rule}\n\n{derivation_step.separation(model, move.licence)}")
        return
    why = grammar.together(say("choose.open"), derivation_step.separation(model, move.licence, holds=False))
    st.markdown(f":material/block: {why}")
    with frame.trouble_shown():
        frame.engine()
        found = _refuted(model, path[-1], move.after, tuple(values.items()))
        if found is None:
            st.markdown(say("choose.unrefuted"))
            return
        st.markdown(say("choose.own" if found.own else "choose.random"))
        sides = [
            f"${causal.latex(side, found.model)}$ = **{witness.number(found.model, side, value)}**"
            for side, value in zip(found.sides, found.values, strict=True)
        ]
        st.markdown(say("choose.differ", one=sides[0], other=sides[1]))


@lru_cache(maxsize=128)
def _refuted(
    model: Model, before: Expression, after: Expression, values: tuple[tuple[str, str], ...]
) -> Refutation | None:
    from causal.identification.calculus.refutation import (
        refute,  # brings the engine, which pages import when they need it
    )

    return refute(model, before, after, dict(values))


def _latex(model: Model, asked: Expression, values: dict[str, str]) -> str:
    return causal.latex(term(model, asked, values), model)


def _name(move: Move, at: Expression) -> str:
    if move.rule == RULE_2:
        return "see" if move.of in at.do else "do"
    return "drop_do" if move.of in at.do else "drop_seen"


def _held() -> str:
    """What the link says of the moves, in a field that nobody sees; only what has a field can be in a link."""
    controls.settle(MOVES, "", lambda v: isinstance(v, str))
    with st.container(key="unseen_derive_moves"):
        return st.text_input(say("choose.moves"), key=MOVES, bind=controls.BIND, max_chars=LONGEST)


def _walked(model: Model, first: Expression, held: str) -> tuple[tuple[Expression, ...], tuple[str, ...], Move | None]:
    """What these moves lead to, those that the graph allows, and the last one (which it may not allow)."""
    graph = project(model)
    path, kept, last = (first,), (), None
    for written in held.split(SEPARATOR)[:MOST]:
        offered = {_written(move, path[-1]): move for move in moves(graph, path[-1])}
        if written not in offered:
            break
        last = offered[written]
        if not last.legal:
            break
        path, kept = (*path, last.after), (*kept, written)
    return path, kept, last


def _written(move: Move, at: Expression) -> str:
    return f"{_name(move, at)} {move.of}"


def _try(written: str) -> None:
    st.session_state[MOVES] = written


def wanted() -> bool:
    """Whether the visitor wants to choose the rules."""
    return controls.switch(say("choose.switch"), "derive_own", help=say("choose.help"))
