"""A model that is only a graph: its arrows and its paths can be looked at; numbers would need mechanisms."""

from __future__ import annotations

import streamlit as st

from causal.models.model import Model
from causal.words.catalogue import say
from pages.ui.controls import people
from pages.ui.drawing import open_paths, world_graph
from pages.ui.words.escaping import plain, prose


def draw(model: Model) -> None:
    """The graph, what is missing, and which paths between two variables are open."""
    st.title(plain(model.question or model.title or say("frame.untitled")), anchor=False)
    left, right = st.columns([6, 7], gap="medium")
    choice = people.observed(model)
    with right:
        if model.story:
            st.markdown(prose(model.story))
        st.info(say("graph.no_numbers"), icon=":material/tag:")
        between = open_paths.ends(model, choice, people.outcome(model))
        open_paths.said(model, between, {})
    with left:
        world_graph.canvas(model, "bare").draw(open_paths.scene(model, between, {}), alt=world_graph.described(model))
