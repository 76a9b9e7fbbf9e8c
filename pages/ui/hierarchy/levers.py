"""Machines that one can drag: what a lower rung sees stays still while the answer of a higher rung moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.models.model import Model
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, live_slider
from pages.ui.controls.measure import Measure, ask
from pages.ui.drawing import charts, crowd, dot, world_graph
from pages.ui.look import look
from pages.ui.shell import frame, takeaway, workings

SEEN = ((0.3, 0.2), (0.1, 0.4))
DONE = (0.5, 0.5)
"""P(X, Y) of the first machine, P(Y=1 | do(X)) of the second: invented, and chosen so that the intervals are wide."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine: its texts, its models by the lever's place, the rung that stays and the question that moves."""

    name: str
    rung: int
    question: str
    bars: tuple[tuple[str, str], ...]
    series: str
    build: Callable[[float], Model]


def same_seen() -> Machine:
    """Everything seen is fixed; what doing gives is free."""
    from causal.labs.hierarchy import machines

    bars = (("P(X=1)", "x"), ("P(Y=1 | X=0)", "without"), ("P(Y=1 | X=1)", "with"))
    return Machine("seen", 2, "P(Y=1 | do(X=1))", bars, "see", lambda share: machines.same_seen(SEEN, share))


def same_done() -> Machine:
    """Everything seen and done is fixed; what would have been is free."""
    from causal.labs.hierarchy import machines

    bars = (("P(Y=1 | do(X=0))", "do_without"), ("P(Y=1 | do(X=1))", "do_with"))
    question = "P(Y[X=1]=1, Y[X=0]=0)"
    return Machine("done", 3, question, bars, "do", lambda share: machines.same_done(DONE, share))


@st.fragment
def drag(machine: Machine, moving: DeltaGenerator, still: DeltaGenerator, under: DeltaGenerator) -> None:
    """The lever, the answer that moves, and the bars that do not."""
    chosen = controls.slider(say("machines.lever"), "machines_share", (0, 100, 1), 0, format=say("machines.place"))
    held = live_slider.held("machines_share")
    share = chosen / 100 if held is None else held
    model = machine.build(share)
    query = causal.parse(machine.question, model)
    answer = ask(model, query)
    span = [ask(machine.build(end), query).value or 0.0 for end in (0.0, 1.0)]
    with moving:
        asked = say(f"machines.{machine.name}_asked")
        number = look.number(machine.rung, numbers.probability(answer.value or 0.0))
        ends = say("machines.span", ends=numbers.interval(min(span), max(span)))
        st.markdown(f"{asked}\n\n{number}\n\n${causal.latex(query, model)}$\n\n{ends}")
    with still:
        shares = [ask(model, causal.parse(query, model)).value or 0.0 for query, _ in machine.bars]
        rows = [
            (machine.series, say(f"machines.{name}"), p, p) for (_, name), p in zip(machine.bars, shares, strict=True)
        ]
        charts.bars(rows, [row[1] for row in rows], "machine_chart", say("machines.chart_alt"))
    if frame.talking():
        return
    with under:
        if machine.rung == 3:
            measure = Measure.of(model["Y"])
            exact = numbers.probability(answer.value or 0.0)
            crowd.contrast("machines", model, measure, {"X": "1"}, {"X": "0"}, exact)
        workings.panel("machines", model, query)


def draw(machine: Machine) -> None:
    """The story and the lever on the left, what stays on the right, and the crowd below."""
    frame.engine()
    # Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
    left, right = st.columns([6, 6], gap="large")
    with left:
        st.markdown(say(f"machines.{machine.name}_story"))
        hands = st.container()
        moving = st.container(key="answer")
    with right:
        model = machine.build(0.0)
        canvas = world_graph.canvas(model, f"machine_{machine.name}", chance=True)
        canvas.draw(dot.scene(model, done={"X": "1"}), alt=say("machines.alt"))
        st.markdown(f"**{say(f'machines.{machine.name}_stays')}**")
        still = st.container()
    under = st.container()
    with hands:
        drag(machine, moving, still, under)
    if not frame.talking():
        model = machine.build(st.session_state["machines_share"] / 100)
        query = causal.parse(machine.question, model)
        takeaway.panel("machines", model, query, graph=f"graph_machine_{machine.name}", action={"X": "1"})
