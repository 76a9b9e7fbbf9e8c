"""Whether a set of variables will do, said in one sentence, and every reason why it will not."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

import streamlit as st

from causal.graphs import adjustment
from causal.models.model import Model
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.drawing import causal_paths
from pages.ui.words import sentences

MOST = 3


@lru_cache(maxsize=512)
def judge(model: Model, x: str, y: str, given: tuple[str, ...]) -> adjustment.SetVerdict:
    """Judge a set by the graph alone."""
    return adjustment.judge(model, x, y, given)


def draw(model: Model, x: str, y: str, given: tuple[str, ...], reasons: bool = True) -> None:
    """The verdict, and the reasons."""
    found = judge(model, x, y, given)
    if found.valid:
        st.markdown(say("verdict.works" if given else "verdict.nothing"))
        return
    lines = [say("verdict.fails" if given else "verdict.something")]
    if not reasons:
        st.markdown(lines[0])
        return
    lines += [f"- {_reason(model, reason)}" for reason in found.reasons[:MOST]]
    if (rest := len(found.reasons) - MOST) > 0:
        lines.append(f"- {say('verdict.more', n=rest)}")
    st.markdown("\n".join(lines))


def guess(asked: Hashable) -> tuple[str, bool]:
    """The visitor's guess in words, and whether the verdict may be told; a new set hides it again."""
    if st.session_state.setdefault("_adjust_asked", asked) != asked:
        st.session_state["_adjust_asked"] = asked
        controls.reset("adjust_reveal")
    options = {name: say(f"verdict.guess_{name}") for name in ("works", "fails")}
    chosen = controls.one_of(say("predict.guess"), options, "adjust_guess", "works")
    return options[chosen], controls.switch(say("predict.reveal"), "adjust_reveal")


def _reason(model: Model, reason: adjustment.Reason) -> str:
    words = {
        "node": sentences.noun(model[reason.node]) if reason.node else "",
        "at": sentences.noun(model[reason.at]) if reason.at else "",
        "path": causal_paths.drawn(model, reason.path) if reason.path else "",
    }
    return say(f"verdict.{_place(model, reason)}", **words)


def _place(model: Model, reason: adjustment.Reason) -> str:
    """Which of the catalogue's sentences says it."""
    if reason.kind == "opens-collider" and reason.node != reason.at:
        return "opens-collider-below"
    if reason.kind == "leaves-open" and reason.path:
        middle = [step.node for step in reason.path.steps]
        if not middle:
            return "leaves-direct"
        return "leaves-open" if any(model[n].observable for n in middle) else "leaves-hidden"
    return reason.kind
