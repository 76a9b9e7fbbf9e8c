"""Choose a rule yourself: legal moves go on, illegal ones are refuted by a number where both sides differ."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.identification.points import mentioned
from causal.identification.rules import Asked, Move, moves, term
from causal.model import Model
from causal.projection import project
from causal.query import Query, Term
from pages.ui import controls, deriving, frame, sentences, twins
from pages.ui.texts import say

if TYPE_CHECKING:
    from causal.identification.refuting import Refutation

MOVES = "_derive_moves"


def start(model: Model, query: Query) -> tuple[Asked, dict[str, str]] | None:
    """The question as the rules read it, and the value of each variable; None where it is none of P(y | do(x), z)."""
    if not isinstance(query, Term) or any(a.world for a in (*query.event, *query.evidence)):
        return None
    atoms = (*query.event, *query.evidence)
    if any(a.relation not in ("=", None) for a in atoms) or len({a.variable for a in query.event}) < len(query.event):
        return None
    values = {a.variable: a.value or _last(model, a.variable) for a in atoms}
    values |= {s.variable: s.value or "" for s in query.action}
    asked = Asked(
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
    return states[-1] if states else "" if model[name].continuous else "1"


def draw(model: Model, query: Query, place: DeltaGenerator) -> None:
    """The expression as it stands, every rule that may be tried on it, and what came of the last try."""
    begun = start(model, query)
    if begun is None:
        st.info(say("choose.only"), icon=":material/info:")
        with place:
            deriving.picture(model, None)
        return
    first, values = begun
    path, tried = _walked(model, query, first)
    at = path[-1]
    st.markdown(deriving.equation(*(_latex(model, a, values) for a in path)))
    if not at.do:
        st.success(say("choose.done"), icon=":material/check:")
    offered = moves(project(model), at)
    for i, move in enumerate(offered):
        st.button(
            say(f"choose.{_name(move, at)}", noun=sentences.noun(model[move.of])),
            key=f"derive_move_{i}",
            on_click=_try,
            args=(model, query, move),
        )
    if not offered:
        st.markdown(say("choose.none"))
    if tried:
        _said(model, tried, path, values)
    with place:
        deriving.picture(model, tried.licence if tried else None)
    if len(path) > 1 or tried:
        st.button(say("choose.again"), key="derive_again", icon=":material/undo:", type="tertiary", on_click=_forget)


def _said(model: Model, move: Move, path: tuple[Asked, ...], values: dict[str, str]) -> None:
    """Why the last try holds, or the numbers that refute it."""
    rule = say(f"derive.{deriving.key(move.rule)}")
    if move.legal:
        st.markdown(f":material/check: {rule}\n\n{deriving.separation(model, move.licence)}")
        return
    st.markdown(f":material/block: {say('choose.open')} {deriving.separation(model, move.licence, holds=False)}")
    with frame.trouble_shown():
        frame.engine()
        found = _refuted(model, path[-1], move.after, tuple(values.items()))
        if found is None:
            st.markdown(say("choose.unrefuted"))
            return
        st.markdown(say("choose.own" if found.own else "choose.random"))
        sides = [
            f"${causal.latex(side, found.model)}$ = **{twins.number(found.model, side, value)}**"
            for side, value in zip(found.sides, found.values, strict=True)
        ]
        st.markdown(say("choose.differ", one=sides[0], other=sides[1]))


@lru_cache(maxsize=128)
def _refuted(model: Model, before: Asked, after: Asked, values: tuple[tuple[str, str], ...]) -> Refutation | None:
    from causal.identification.refuting import refute  # brings the engine, which pages import when they need it

    return refute(model, before, after, dict(values))


def _latex(model: Model, asked: Asked, values: dict[str, str]) -> str:
    return causal.latex(term(model, asked, values), model)


def _name(move: Move, at: Asked) -> str:
    if move.rule.startswith("rule 2"):
        return "see" if move.of in at.do else "do"
    return "drop_do" if move.of in at.do else "drop_seen"


def _walked(model: Model, query: Query, first: Asked) -> tuple[tuple[Asked, ...], Move | None]:
    """What the visitor has come to with this question in this graph, and the last try."""
    held = st.session_state.get(MOVES)
    if held is None or held[0] != (model, query):
        return (first,), None
    return held[1], held[2]


def _try(model: Model, query: Query, move: Move) -> None:
    begun = start(model, query)
    if begun:
        path, _ = _walked(model, query, begun[0])
        st.session_state[MOVES] = (model, query), (*path, move.after) if move.legal else path, move


def _forget() -> None:
    st.session_state.pop(MOVES, None)


def wanted() -> bool:
    """Whether the visitor wants to choose the rules."""
    return controls.switch(say("choose.switch"), "derive_own", help=say("choose.help"))
