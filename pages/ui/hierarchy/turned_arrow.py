"""The same table, the other arrow: nothing in the data changes, and the right answer changes its column."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

import causal
from causal.models.model import Model
from causal.words import grammar, numbers
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.controls import controls, stories
from pages.ui.controls.measure import Measure, ask
from pages.ui.drawing import dot, world_graph
from pages.ui.look import look
from pages.ui.shell import frame, takeaway, workings
from pages.ui.words.escaping import plain

STORY, GROUP, TREATMENT = "kidney-stones", "Size", "T"


@words_cache(8)
def _models() -> dict[str, Model]:
    from causal.labs.hierarchy import machines

    model = stories.shipped(STORY)
    # "Stone before treatment" would give the answer to what came first
    sized = (replace(v, label=say("turning.size")) if v.name == GROUP else v for v in model)
    model = replace(model, variables=tuple(sized))
    return {"before": model, "after": machines.reversed_arrow(model, GROUP, TREATMENT)}


def draw() -> None:
    """The machine, once the engine is there."""
    frame.engine()
    turn()


@st.fragment
def turn() -> None:
    """The table that stays, the arrow that turns, and which of the two comparisons is the effect."""
    models = _models()
    left, right = st.columns([6, 6], gap="large")
    with left:
        st.markdown(say("turning.story"))
        words = {name: say(f"turning.{name}") for name in models}
        model = models[controls.one_of(say("turning.arrow"), words, "machines_arrow", "before")]
        answer = st.container(key="answer")
    with right:
        canvas = world_graph.canvas(model, "machine_turning")
        canvas.draw(dot.scene(model), alt=world_graph.described(model))
        table = st.container(key="turning_table")
    measure = Measure.of(model[model.outcome])
    one, other = model[TREATMENT].states
    exact = ask(model, _gap(measure, one, other, "do")).value or 0.0
    within = ask(models["before"], _gap(measure, one, other, "do")).value or 0.0
    together = ask(model, _gap(measure, one, other, "see")).value or 0.0
    one_name, other_name = (_label(model, TREATMENT, t) for t in (one, other))
    with answer:
        asked = grammar.capital(say("turning.asked", one=one_name, other=other_name))
        right_one = "within" if abs(exact - within) < abs(exact - together) else "together"
        st.markdown(f"{asked}\n\n{look.number(2, numbers.points(exact))}\n\n{say(f'turning.{right_one}')}")
    rows = [say("turning.head", one=one_name, other=other_name), "|:--|--:|--:|--:|"]
    for state in model[GROUP].states:
        rows.append(_row(model, measure, _label(model, GROUP, state), {GROUP: state}))
    rows.append(_row(model, measure, _marked("turning.all", right_one == "together"), {}))
    weighted = _marked("turning.weighted", right_one == "within")
    rows.append(f"| {weighted} | | | **{numbers.points(within)}** |")
    with table:
        st.markdown("\n".join(rows))
        with st.container(key="quiet_turning"):
            st.caption(say("turning.same"))
    if not frame.talking():
        query = _gap(measure, one, other, "do")
        workings.panel("machines", model, query)
        takeaway.panel("machines", model, query, graph="graph_machine_turning", action={TREATMENT: one})


def _gap(measure: Measure, one: str, other: str, how: str) -> causal.query.Query:
    kind = "action" if how == "do" else "evidence"
    terms = [measure.term(**{kind: {TREATMENT: value}}) for value in (one, other)]
    return causal.query.Operation("-", *terms)


def _marked(key: str, right: bool) -> str:
    return say("turning.right", what=say(key)) if right else say(key)


def _row(model: Model, measure: Measure, name: str, group: dict[str, str]) -> str:
    terms = [measure.term(evidence={**group, TREATMENT: t}) for t in model[TREATMENT].states]
    shares = [numbers.probability(ask(model, term).value or 0.0) for term in terms]
    gap = ask(model, causal.query.Operation("-", *terms)).value or 0.0
    return f"| {name} | {' | '.join(shares)} | **{numbers.points(gap)}** |"


def _label(model: Model, name: str, state: str) -> str:
    return plain(model[name].label_of(state))
