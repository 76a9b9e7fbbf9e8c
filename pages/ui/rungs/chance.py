"""Step one in sight: every source of chance before and after the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

import causal
from causal.models.model import Model
from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.controls import people
from pages.ui.shell import frame
from pages.ui.words import quantities, sentences
from pages.ui.words.escaping import plain

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.workings.abduction import Chance, State

MOST = 12
MOST_IN_TALK = 4


def draw(model: Model, facts: people.Facts) -> None:
    """A table: chance, what is thought of it before the facts, and after."""
    rows = causal.abduce(model, facts).rows
    lines = [say("chance.head"), "|:--|:--|:--|"]
    most = MOST_IN_TALK if frame.talking() and len(rows) > MOST else MOST
    lines += [" | ".join(("", _name(model, row), *_cells(model, row), "")).strip() for row in rows[:most]]
    with st.container(key="chance_table"):
        st.markdown("\n".join(lines))
        if len(rows) > most:
            st.caption(say("chance.more", n=len(rows) - most))


def _name(model: Model, row: Chance) -> str:
    variable = model[row.of or row.name]
    if not row.of or not variable.parents:
        return plain(row.label)
    if row.row:
        parents = grammar.listed(sentences.facts(model, {p: s}) for p, s in zip(variable.parents, row.row, strict=True))
        return say("chance.row", noun=sentences.noun(variable), parents=parents)
    return say("chance.own", noun=sentences.noun(variable))


def _cells(model: Model, row: Chance) -> tuple[str, str]:
    variable = model[row.of or row.name]
    if not row.known:
        return say("chance.unknown"), say("chance.unknown")
    if row.prior is not None and row.posterior is not None:
        return _shares(model, row, row.prior), _shares(model, row, row.posterior)

    def normal(mean: float | None, sd: float | None) -> str:
        words = {"mean": quantities.quantity(variable, mean or 0.0), "sd": quantities.number(variable, sd or 0.0)}
        return say("chance.normal" if sd and sd > 1e-9 else "chance.certain", **words)

    return normal(row.prior_mean, row.prior_sd), normal(row.mean, row.sd)


def _shares(model: Model, row: Chance, shares: Mapping[State, float]) -> str:
    variable = model[row.of or row.name]
    said = [
        say(
            "words.share",
            state=plain(variable.label_of(s)) if s in variable.states else say("chance.between", states=s),
            share=numbers.probability(p),
        )
        for s, p in shares.items()
        if p > 1e-12
    ]
    return grammar.listed(said, "comma")
