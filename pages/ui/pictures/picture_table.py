"""What a request drags along: the graph with the way lit, and every variable as each rung would have it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from causal.labs.portrait.dragging import Row, followers, rows
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.drawing import dot, world_graph
from pages.ui.pictures.picture_cards import PictureRequest, imagined
from pages.ui.pictures.portraits import story
from pages.ui.shell import frame
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

MOST_IN_A_TALK = 6


def scene(request: PictureRequest, found: Sequence[Row]) -> dot.Scene:
    """The graph of the imagined world: what is set, what follows and changes, and the arrows on which it comes."""
    model = story()
    moved = {row.name for row in found if row.moved}
    classes = dict.fromkeys(moved, "imagined") | {request.variable: "do"}
    likeliest = imagined(request).likeliest[0].scene  # the picture that is shown: marginals would not fit together
    texts = {
        name: dot.value_text(model[name], likeliest[name]) for name in (request.variable, *(r.name for r in found))
    }
    lit = moved | {request.variable}
    arrows = dict.fromkeys(model.edges, "aside")
    arrows |= {(a, b): "cause" for a, b in model.edges if a in lit and b in moved}
    arrows |= {(a, b): "cut" for a, b in model.edges if b == request.variable}
    return dot.Scene(classes, texts, arrows)


def draw(request: PictureRequest, canvas: world_graph.Canvas) -> None:
    """The graph on its canvas, and the table here."""
    model = story()
    with frame.trouble_shown():
        found = rows(model, request.scene.values(), request.action)
        moved = [row for row in found if row.moved]
        dragged = [row for row in found if row.dragged]
        reached = sentences.nouns(model, (row.name for row in moved)) or say("pictures.nothing")
        canvas.draw(scene(request, found), alt=say("pictures.alt_graph", what=request.words, changed=reached))
        if request.idle:
            st.markdown(say("pictures.idle"))
        st.markdown(say("pictures.drags", changed=reached, reach=len(followers(model, request.variable))))
        lines = [say("pictures.table"), "|:--|:--|:--|:--|:--|"]
        shown = [*moved, *sorted(dragged, key=lambda row: -row.drag)]
        lines += [_line(row) for row in shown[: MOST_IN_A_TALK if frame.talking() else None]]
        if moved or dragged:
            st.markdown("\n".join(lines))
        left = len(found) - len(moved) - len(dragged)
        with st.container(key="quiet_pictures_same"):
            st.caption(say("pictures.same", n=left))


def _line(row: Row) -> str:
    variable = story()[row.name]

    def cell(share: tuple[str, float]) -> str:
        state, p = share
        words = say("words.share", state=plain(variable.label_of(state)), share=numbers.probability(p))
        return f"**{words}**" if state != row.now else words

    sure = row.imagined[1] > 1 - 1e-9
    last = plain(variable.label_of(row.imagined[0]))
    last = (f"**{last}**" if row.imagined[0] != row.now else last) if sure else cell(row.imagined)
    now = plain(variable.label_of(row.now))
    return f"| {plain(variable.label)} | {now} | {cell(row.seen)} | {cell(row.done)} | {last} |"
