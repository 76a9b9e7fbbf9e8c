"""A model that is only a graph: its arrows and its paths can be looked at; numbers would need mechanisms."""

from __future__ import annotations

import streamlit as st

from causal.model import Model
from pages.ui import graph, pathways, people
from pages.ui.texts import plain, prose, say


def draw(model: Model) -> None:
    """The graph, what is missing, and which paths between two variables are open."""
    st.title(plain(model.question or model.title or say("frame.untitled")), anchor=False)
    left, right = st.columns([6, 7], gap="medium")
    choice = people.observed(model)
    with right:
        if model.story:
            st.markdown(prose(model.story))
        st.info(say("graph.no_numbers"), icon=":material/tag:")
        between = pathways.ends(model, choice, people.outcome(model))
        pathways.said(model, between, {})
    with left:
        graph.canvas(model, "bare").draw(pathways.scene(model, between, {}), alt=graph.described(model))
