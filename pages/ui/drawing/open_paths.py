"""Paths between two variables: which are open now, which are blocked and by what, drawn and in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import streamlit as st

from causal.graphs import graph
from causal.models.model import Model
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls, people
from pages.ui.drawing import causal_paths, dot
from pages.ui.words import sentences

MOST = 12


def ends(model: Model, choice: Sequence[str], target: str) -> tuple[str, ...]:
    """Choose the two ends (empty if the model has no two variables that can be seen)."""
    if len(choice) < 2:
        return ()
    one, two = st.columns(2)
    first = next((n for n in (people.treatment(model), *choice) if n in choice and n != target), choice[0])
    with one:
        a = controls.choose(say("paths.from"), model, choice, "see_from", first)
    with two:
        others = [n for n in choice if n != a]
        b = controls.choose(say("paths.to"), model, others, "see_to", target if target in others else others[-1])
    return a, b


def scene(model: Model, between: Sequence[str], seen: people.Facts) -> dot.Scene:
    """The graph with its paths marked: open ones thick, blocked ones broken, all else aside."""
    plainly = dot.scene(model, seen=seen)
    if not between:
        return plainly
    found = graph.paths(model, *between, _given(between, seen))
    marks: dict[tuple[str, str], str] = dict.fromkeys(model.edges, "aside")
    for path in sorted(found, key=lambda p: p.open):
        for (a, b), arrow in zip(pairwise(path.nodes), path.arrows, strict=True):
            marks[(a, b) if arrow == "->" else (b, a)] = "open" if path.open else "blocked"
    classes = {n: f"{plainly.classes.get(n, '')} end".strip() for n in between}
    return dot.Scene({**plainly.classes, **classes}, plainly.texts, marks)


def said(model: Model, between: Sequence[str], seen: people.Facts) -> None:
    """The verdict, and each path in words."""
    if not between:
        return
    given = _given(between, seen)
    a, b = (sentences.noun(model[n]) for n in between)
    verdict = "separated" if graph.d_separated(model, *between, given) else "connected"
    st.markdown(say(f"paths.{verdict}", a=grammar.capital(a), b=b))
    found = graph.paths(model, *between, given)
    for path in found[:MOST]:
        st.markdown(_words(model, path))
    if len(found) > MOST:
        st.caption(say("paths.more", most=MOST))


def _given(between: Sequence[str], seen: people.Facts) -> Collection[str]:
    return [n for n in seen if n not in between]


def _words(model: Model, path: graph.Path) -> str:
    drawn = causal_paths.drawn(model, path)
    if not path.steps:
        return say("paths.direct", path=drawn)
    reasons = [
        say(f"paths.{step.kind}_{'open' if step.open else 'blocked'}", noun=sentences.noun(model[step.node]))
        for step in path.steps
        if path.open or not step.open
    ]
    return say("paths.open" if path.open else "paths.blocked", path=drawn, why=grammar.listed(reasons))
