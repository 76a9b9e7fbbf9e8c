"""Two models that look the same and answer differently: the proof that a question cannot be known from the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING

import streamlit as st

import causal
from causal.models.model import Model, Variable
from causal.queries.query import Query, mentioned, terms
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, stories
from pages.ui.look import look
from pages.ui.shell import foot, frame
from pages.ui.words.escaping import plain

if TYPE_CHECKING:
    from causal.identification.witnesses.model_pair import Witness

MOST_ROWS, MOST_IN_FULL = 8, 128
NAMES = ("A", "B")


def draw(found: Witness, query: Query, rung: int, tried: str) -> None:
    """Both answers, and the data that both give; ``tried`` are the experiments that agree as well."""
    st.markdown(f"{say('twins.intro')}  \n${causal.latex(query, found.models[0])}$")
    with st.container(key="answer_twins"):
        places = st.columns(2, gap="medium")
    for place, name, value in zip(places, NAMES, found.values, strict=True):
        with place:
            said = number(found.models[0], query, value)
            st.markdown(f"{say('twins.answer', name=name)}  \n{look.number(rung, said)}")
    st.markdown(say("twins.same_tried", nouns=tried) if tried else say("twins.same"))
    names = _asked(found.models[0], query)
    st.markdown(_table(found.models, names, MOST_ROWS))
    if (rest := _cells(found.models[0], names) - MOST_ROWS) > 0:
        st.caption(say("twins.more", n=numbers.Whole(rest)))


def models(found: Witness, query: Query) -> None:
    """Both models in full, to read, to keep and to open."""
    names = _asked(found.models[0], query)
    if _cells(found.models[0], names) > MOST_ROWS:
        st.markdown(f"**{say('twins.all')}**\n\n{_table(found.models, names, MOST_IN_FULL)}")
    st.markdown(say("twins.how"))
    places = st.columns(2, gap="large")
    for i, (one, other) in enumerate(zip(*found.models, strict=True)):
        with places[i % 2]:
            st.markdown(_mechanism(found.models, one, other))
    places = st.columns(2, gap="large")
    for place, name, model in zip(places, NAMES, found.models, strict=True):
        with place, st.container(horizontal=True):
            controls.download(
                say("twins.save", name=name),
                partial(causal.dumps, model),
                f"model-{name}.toml",
                f"derive_save_{name}",
                ":material/download:",
            )
            st.button(
                say("twins.open", name=name),
                key=f"derive_open_{name}",
                icon=":material/file_open:",
                on_click=stories.take,
                args=(_asking(model, query, name),),
            )


def _asking(model: Model, query: Query, name: str) -> Model:
    """A witness as a story of its own, about the question that it is a witness of."""
    term = next(terms(query))
    acted = [s.variable for s in term.action] + [s.variable for a in (*term.event, *term.evidence) for s in a.world]
    ends = {"treatment": acted[0], "outcome": term.event[0].variable} if acted else {}
    return replace(model, title=say("twins.model", name=name), **ends)


def number(model: Model, query: Query, value: float) -> str:
    """A number as the answer to a question: a share, a quantity with its unit, or plain."""
    return foot.say_answer(model, query, causal.Answer("", 0, value=value))


def _asked(model: Model, query: Query) -> tuple[str, ...]:
    """What the question names, in causal order."""
    named = mentioned(query)
    return tuple(n for n in model.causal_order if n in named and model[n].observable)


@lru_cache(maxsize=64)
def _shares(model: Model, names: tuple[str, ...]) -> tuple[float, ...]:
    from causal.identification.question.measuring import (
        distribution,  # brings the engine, which pages import when they need it
    )

    return tuple(float(p) for p in distribution(model, names).values.ravel())


def _cells(model: Model, names: tuple[str, ...]) -> int:
    return prod(len(model[n].states) for n in names)


def _table(models: tuple[Model, Model], names: tuple[str, ...], most: int) -> str:
    first = models[0]
    cells = product(*(first[n].states for n in names))
    shares = zip(cells, *(_shares(m, names) for m in models), strict=True)
    rows = [
        [*(plain(first[n].label_of(s)) for n, s in zip(names, states, strict=True)), *map(numbers.probability, pair)]
        for states, *pair in islice(shares, most)
    ]
    return _ruled([plain(first[n].label) for n in names], rows)


def _mechanism(models: tuple[Model, Model], one: Variable, other: Variable) -> str:
    """How often a variable takes its last state in each case of its causes, in both models."""
    causes = [models[0][p] for p in one.parents]
    cases = product(*(c.states for c in causes))
    pairs = list(zip(cases, _last(one), _last(other), strict=True))
    rows = [
        [*(plain(c.label_of(s)) for c, s in zip(causes, case, strict=True)), *map(numbers.probability, pair)]
        for case, *pair in pairs[:MOST_IN_FULL]
    ]
    event = say("words.fact", label=_label(one), value=plain(one.label_of(one.states[-1])))
    said = f"**{event}**\n\n{_ruled([_label(c) for c in causes], rows)}"
    rest = len(pairs) - len(rows)
    return f"{said}\n\n{say('twins.more_cases', n=numbers.Whole(rest))}" if rest else said


def _label(variable: Variable) -> str:
    return say("twins.cause", name=plain(variable.name)) if variable.exogenous else plain(variable.label)


def _last(variable: Variable) -> tuple[float, ...]:
    """The probability of the last state, row by row."""
    return tuple(
        float(row == variable.states[-1]) if isinstance(row, str) else row[-1] for row in variable.mechanism.rows
    )


def _ruled(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with a column for each model at its right."""
    columns = [*heads, *(say("twins.model", name=n) for n in NAMES)]
    lines = [columns, ["--:"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def panel(found: Witness, query: Query) -> None:
    """What both are made of, where somebody asks."""
    if frame.talking():
        return
    opened = st.expander(say("twins.made"), icon=":material/function:", key="derive_made", on_change="rerun")
    if opened.open:
        with opened:
            models(found, query)
