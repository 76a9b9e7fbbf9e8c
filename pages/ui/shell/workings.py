"""Show the work: under an answer, its query and the steps that lead to it, built only when somebody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

import causal
from causal.models.model import Model
from causal.queries.query import Query
from causal.words.caching import words_cache
from causal.words.catalogue import say
from causal.words.sentence import Sentence
from pages.ui.shell.frame import trouble_shown
from pages.ui.words import sentences
from pages.ui.words.escaping import readable

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.workings.work_steps import Line


@words_cache(256)
def _lines(model: Model, query: Query) -> tuple[Line, ...]:
    return causal.work(model, query)


def panel(prefix: str, model: Model, query: Query, of: str = "", first: Callable[[], None] | None = None) -> None:
    """The query as it is written in the query bar, and the formula with the live numbers; ``of`` names the answer.

    ``first`` draws what comes before.
    """

    def draw() -> None:
        if first:
            first()
        st.code(causal.text(query), language=None, wrap_lines=True)
        for line in _lines(model, query):
            if line.sentence:
                st.markdown(readable(str(_with_labels(model, line.sentence))))
            if line.latex:
                st.latex(line.latex)

    folded(prefix, draw, of)


def _with_labels(model: Model, said: Sentence) -> Sentence:
    """The step, with the reason that it gives in the page's words."""
    because = said.values.get("because")
    if not isinstance(because, Sentence):
        return said
    return Sentence(said.key, **{**said.values, "because": sentences.labelled(model, because)})


def folded(prefix: str, draw: Callable[[], None], of: str = "") -> None:
    """Any work that is drawn once somebody looks."""
    opened = st.expander(
        say("work.of", what=of) if of else say("work.title"),
        icon=":material/function:",
        key=f"{prefix}_work",
        on_change="rerun",
        bind="query-params",
    )
    if opened.open:
        with opened, trouble_shown():
            draw()
