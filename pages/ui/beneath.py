"""What stands beneath a rung's answer: the crowd, the work, and what leaves with the visitor."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

import causal
from causal.model import Model
from pages.ui import crowd, frame, takeaway, workings
from pages.ui.measure import Measure

Values = Mapping[str, str | float]


def draw(
    page: str,
    rung: int,
    model: Model,
    measure: Measure,
    answer: causal.Answer,
    *,
    given: Values,
    action: Values,
    graph: str,
    crowded: bool,
) -> None:
    """The crowd, Show the work and Take it with you; ``graph`` is the key of the graph to save."""
    if frame.talking():
        return
    asked = {1: {"evidence": given}, 2: {"evidence": given, "action": action}, 3: {"evidence": given, "world": action}}
    term = measure.term(**asked[rung])
    with st.container(key=f"beneath_{page}"):
        if crowded:
            crowd.panel(page, rung, model, measure, answer, given=given, action=action)
        workings.panel(page, model, term)
        takeaway.panel(page, model, term, graph=f"graph_{graph}", action=action)
