"""What a table can say against a graph: every missing arrow is a claim, and claims that fail are drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from causal.models.model import Model
from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.adjust import sample
from pages.ui.controls import controls, people
from pages.ui.drawing import dot, world_graph
from pages.ui.shell import frame
from pages.ui.words import sentences
from pages.ui.words.escaping import clean, plain

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.studies.confronting import Tested

WHOLE = ""


def choose(model: Model) -> tuple[str, str] | None:
    """Which arrow to leave out, to see what the data say of a wrong graph."""
    shown = [(a, b) for a, b in model.edges if model[a].observable and model[b].observable]
    arrows = {f"{a}>{b}": (a, b) for a, b in shown}
    words = {WHOLE: say("refute.whole")}
    for key, (a, b) in arrows.items():
        words[key] = say("refute.without", a=clean(model[a].label), b=clean(model[b].label))
    return arrows.get(controls.from_list(say("refute.graph"), words, "adjust_drop", WHOLE))


def draw(model: Model, n: int, seed: int) -> None:
    """The graph that is tested, its claims, and what the table of n units says of each."""
    from causal.graphs.implications import without
    from causal.studies.confronting import LEVEL, confront  # brings the engine, which pages import when they need it

    st.header(say("refute.title"), anchor=False)
    left, right = st.columns([6, 7], gap="medium")
    with right:
        dropped = choose(model)
        graph_tested = without(model, *dropped) if dropped else model
        with frame.trouble_shown():
            found = confront(graph_tested, sample.units(model, n, seed))
            st.markdown(_verdict(found, n))
            st.markdown("\n".join(f"- {_claim(model, tested)}" for tested in found))
            if any(tested.corrected is not None for tested in found):
                st.caption(say("refute.p_value", level=numbers.figures(LEVEL, 2)))
    with left:
        failed = [(t.claim.a, t.claim.b) for t in found if t.failed]
        joined = _with_arrows(graph_tested, failed)
        scene = dot.Scene(arrows=dict.fromkeys(failed, "failed"))
        world_graph.canvas(joined, "adjust_tested").draw(scene, alt=say("refute.alt", n=len(failed)))


def _with_arrows(model: Model, pairs: list[tuple[str, str]]) -> Model:
    """The graph with one more arrow for each pair, to draw what the data ask for."""
    variables = []
    for v in model:
        more = tuple(a for a, b in pairs if b == v.name and a not in v.parents)
        variables.append(replace(v, parents=(*v.parents, *more)))
    return replace(model, variables=tuple(variables))


def _verdict(found: tuple[Tested, ...], n: int) -> str:
    if not found:
        return say("refute.nothing")
    failed = sum(tested.failed for tested in found)
    return say("refute.failed" if failed else "refute.passed", failed=failed, claims=len(found), n=numbers.Whole(n))


def _claim(model: Model, tested: Tested) -> str:
    claim = tested.claim
    a, b = (sentences.noun(model[name]) for name in (claim.a, claim.b))
    given = grammar.listed(plain(model[name].label) for name in claim.given)
    said = say("refute.given" if given else "refute.alone", a=grammar.capital(a), b=b, given=given)
    if tested.corrected is None:
        return say("refute.untested", claim=said)
    p = numbers.p_value(tested.corrected)
    return say("refute.no" if tested.failed else "refute.yes", claim=said, p=p)


def wanted(model: Model) -> bool:
    """The switch; there is nothing to test where fewer than two variables are measured."""
    if len(people.observed(model)) < 2:
        return False
    return controls.switch(say("refute.switch"), "adjust_test", help=say("refute.help"))
