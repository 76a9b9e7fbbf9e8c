"""Fields with fertiliser and harvest: what the curve says, what the world does, and three worlds side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

import causal
from causal.labs.curves import polynomial_fit
from causal.labs.curves.linear_worlds import CAUSE, EFFECT, KINDS, world
from causal.labs.curves.polynomial_fit import SHOWN, Fit
from causal.models.model import Variable
from causal.queries.query import Term, ask_for
from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.controls.measure import ask
from pages.ui.curves import curve_chart
from pages.ui.curves.curve_chart import Curve
from pages.ui.look import look
from pages.ui.shell import frame
from pages.ui.words import quantities

CHANGED = 60
"""Fields on which fertiliser is spread before our eyes."""

RICH = 15.0
"""A good harvest, in sacks a field."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which world it is, and which points are shown of it."""

    kind: str
    n: int
    seed: int


def harvest() -> Variable:
    """What a field yields, the same in every world."""
    return world(KINDS[0])[EFFECT]


def fertiliser() -> Variable:
    """What is spread on a field."""
    return world(KINDS[0])[CAUSE]


def bags(x: float) -> str:
    """An amount of fertiliser in words."""
    return quantities.quantity(fertiliser(), x)


def sacks(y: float) -> str:
    """A harvest in words."""
    return quantities.quantity(harvest(), y)


def done(kind: str, x: float) -> float:
    """The mean harvest where so many bags are spread."""
    return ask(world(kind), query(x)).value or 0.0


def query(x: float) -> Term:
    """The question that the world answers and the curve does not."""
    return ask_for(EFFECT, mean=True, action={CAUSE: x})


def curve(found: Fit) -> Curve:
    """The curve at every place where it is drawn."""
    low, high = fertiliser().range or SHOWN
    xs = np.linspace(low, high, curve_chart.LINE)
    return Curve(xs, found.at(xs), *found.band(xs))


def fitted(found: Fit, x: float, alone: bool) -> None:
    """What the curve says at x, how far its refits disagree there, and how well it does where points were shown.

    ``alone``: nothing else stands beside it yet, so that a talk has room for all of it.
    """
    at = np.array([x])
    value = float(found.at(at)[0])
    low, high = (float(end[0]) for end in found.band(at))
    st.markdown(f"{say('curves.says', at=bags(x))}\n\n{_large(1, value)}")
    inside = SHOWN[0] <= x <= SHOWN[1]
    words = say("curves.inside" if inside else "curves.outside", at=bags(x), low=_number(low), high=_number(high))
    miss = say(
        "curves.miss", miss=sacks(found.miss(polynomial_fit.fresh())), low=_number(SHOWN[0]), high=_number(SHOWN[1])
    )
    with st.container(key="quiet_curves_miss"):
        st.markdown(grammar.together(words, miss))
    if frame.talking() and alone:
        st.markdown(words)


def acted(kind: str, x: float) -> None:
    """What comes of setting x in this world, held against seeing x there."""
    exact = done(kind, x)
    seen = ask(world(kind), ask_for(EFFECT, mean=True, evidence={CAUSE: x})).value or 0.0
    holds = "curves.holds" if abs(exact - seen) < 1e-9 else "curves.fails"
    why = say(holds, seen=sacks(seen), why=say(f"curves.why_{kind}"))
    st.markdown(f"{say('curves.act', at=bags(x))}\n\n{_large(2, exact)}\n\n{why}")


def chart(found: Fit, now: Shown, x: float, acting: bool) -> None:
    """Points, curve, band; and the fields on which x bags were spread."""
    points = polynomial_fit.shown(now.n, now.seed)
    exact = done(now.kind, x)
    changed = (polynomial_fit.changed(now.kind, x, CHANGED, now.seed), exact) if acting else None
    value = float(found.at(np.array([x]))[0])
    alt = say("curves.alt", n=numbers.Whole(now.n), at=bags(x), value=_number(value))
    if acting:
        alt = grammar.together(alt, say("curves.alt_do", value=_number(exact)))
    height = curve_chart.HEIGHT_TALK if frame.talking() else curve_chart.HEIGHT
    axes = fertiliser(), harvest()
    asked = (x, value)
    curve_chart.draw(
        (points.x, points.y),
        curve(found),
        asked,
        changed,
        axes=axes,
        reach=SHOWN[1],
        key="curves_chart",
        alt=alt,
        height=height,
    )


def table(x: float) -> None:
    """Everything that can be seen is the same in the three worlds; what comes of acting is not."""
    head = f"| {say('curves.corner')} | " + " | ".join(say(f"curves.{kind}") for kind in KINDS) + " |"
    lines = [head, "|:--|" + "--:|" * len(KINDS)]
    for name, text in _seen(x):
        lines.append(f"| {name} | " + " | ".join(f":blue[{cell}]" for cell in _answers(text)) + " |")
    cells = (f":orange[**{sacks(done(kind, x))}**]" for kind in KINDS)
    lines.append(f"| **{say('curves.row_do', at=bags(x))}** | " + " | ".join(cells) + " |")
    st.markdown("\n".join(lines))


def _seen(x: float) -> Sequence[tuple[str, str]]:
    return (
        (say("curves.row_x"), f"P({CAUSE})"),
        (say("curves.row_y"), f"P({EFFECT})"),
        (say("curves.row_back", more=sacks(RICH)), f"P({CAUSE} | {EFFECT}={RICH:g})"),
        (say("curves.row_rich", more=sacks(RICH)), f"P({EFFECT} > {RICH:g})"),
        (say("curves.row_see", at=bags(x)), f"P({EFFECT} | {CAUSE}={x:g})"),
    )


def _answers(text: str) -> list[str]:
    return [_said(world(kind), text) for kind in KINDS]


def _said(model: causal.Model, text: str) -> str:
    question = causal.parse(text, model)
    answer = ask(model, question)
    variable: Variable = model[question.event[0].variable] if isinstance(question, Term) else harvest()
    if answer.mean is not None:
        spread = quantities.number(variable, answer.sd or 0.0)
        return say("words.spread", mean=quantities.number(variable, answer.mean), sd=spread)
    if isinstance(question, Term) and question.kind == "P":
        return numbers.probability(answer.value or 0.0)
    return quantities.number(variable, answer.value or 0.0)


def _large(rung: int, y: float) -> str:
    return look.number(rung, _number(y), quantities.unit(harvest()))


def _number(y: float) -> str:
    return quantities.number(harvest(), y)
