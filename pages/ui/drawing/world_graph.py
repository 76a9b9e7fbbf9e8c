"""A model's graph on the page: Streamlit's own Graphviz drawing, made clickable, animated and readable by a dresser."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.models.model import Model
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.drawing import dot
from pages.ui.look import look
from pages.ui.words.escaping import clean

_DRESSER = look.component("graph", isolate_styles=False)


@dataclass(frozen=True, slots=True)
class Canvas:
    """The place of one graph. What names and dresses it stands outside the moving part, so a move sends the drawing."""

    place: DeltaGenerator
    model: Model
    names: tuple[str, ...]
    compact: bool

    def draw(self, show: dot.Scene, alt: str) -> None:
        """Draw the graph as it stands now."""
        with self.place:
            try:
                figure = dot.dot(self.model, self.names, show, self.compact)
            except dot.TooLargeToDraw:
                st.info(say("graph.too_large", most=dot.MOST_NODES), icon=":material/account_tree:")
                return
            st.graphviz_chart(figure, width="stretch", alt=alt)


def canvas(
    model: Model,
    key: str,
    *,
    chance: bool = False,
    on_pick: Callable[[str], None] | None = None,
    verb: str = "",
    compact: bool = False,
    lines: Collection[tuple[str, str]] = (),
) -> Canvas:
    """Make the place; a click, Enter or Space on a variable calls ``on_pick``, and ``verb`` says what that does.

    ``lines`` are the arrows whose direction is not decided.
    """
    names = dot.shown(model, chance)

    def picked() -> None:
        at = st.session_state[f"{key}_dress"].node
        if on_pick and isinstance(at, (int, float)) and 0 <= int(at) < len(names):
            on_pick(names[int(at)])

    # Names begin with graph_, which is what graph.css looks for.
    place = st.container(key=f"graph_{key}", gap=None)
    with place:
        _DRESSER(
            key=f"{key}_dress",
            data={
                "key": f"graph_{key}",
                "nodes": [clean(model[n].label) for n in names],
                "edges": [
                    _arrow(model, a, b, "graph.line" if (a, b) in lines else "graph.arrow")
                    for a, b in dot.edges(model, names)
                ],
                "verb": verb if on_pick else "",
            },
            on_node_change=picked,
            height=1,
        )
    return Canvas(place, model, names, compact)


def described(model: Model) -> str:
    """The graph in words, for screen readers, for copying, and where no picture loads."""
    return grammar.listed((_arrow(model, a, b) for a, b in model.edges), "semicolon") or say("graph.no_arrows")


def _arrow(model: Model, a: str, b: str, kind: str = "graph.arrow") -> str:
    return say(kind, a=clean(model[a].label), b=clean(model[b].label))
