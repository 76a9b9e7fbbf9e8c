"""The paths from a treatment to an outcome: causal ones carry the effect, all others bias, drawn and in words."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import streamlit as st

from causal.graphs import graph
from causal.models.model import Model
from causal.words.catalogue import say
from pages.ui.drawing import dot
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

MOST = 8
_ARROWS = {"->": "→", "<-": "←"}
# Each arrow takes the first of these that one of its paths is; graph.css gives them their look.
CLASSES = {(True, True): "cause open", (False, True): "open", (True, False): "cause blocked", (False, False): "blocked"}


@lru_cache(maxsize=512)
def paths(model: Model, x: str, y: str, given: tuple[str, ...]) -> tuple[graph.Path, ...]:
    """All paths (up to 50), short ones first."""
    return graph.paths(model, x, y, given)


def is_causal(path: graph.Path) -> bool:
    """Whether all of its arrows lead from the treatment to the outcome."""
    return "<-" not in path.arrows


def scene(model: Model, x: str, y: str, given: tuple[str, ...], told: bool = True) -> dot.Scene:
    """The graph with what is adjusted for, and (if that may be told) with its paths marked."""
    marks: dict[tuple[str, str], str] = dict.fromkeys(model.edges, "aside") if told else {}
    order = [*CLASSES.values(), "aside"]
    for path in paths(model, x, y, given) if told else ():
        mark = CLASSES[is_causal(path), path.open]
        for (a, b), arrow in zip(pairwise(path.nodes), path.arrows, strict=True):
            edge = (a, b) if arrow == "->" else (b, a)
            marks[edge] = min(marks.get(edge, mark), mark, key=order.index)
    texts = dict.fromkeys(given, say("adjust.given"))
    texts |= {v.name: say("adjust.hidden") for v in model.endogenous if v.latent}
    texts |= {x: say("adjust.treatment"), y: say("adjust.outcome")}
    return dot.Scene({**dict.fromkeys(given, "seen"), x: "end", y: "end"}, texts, marks)


def said(model: Model, x: str, y: str, given: tuple[str, ...]) -> None:
    """Every path in words: whether it is causal, and what opens or blocks it."""
    found = paths(model, x, y, given)
    if not found:
        st.markdown(say("ways.none", x=sentences.noun(model[x]), y=sentences.noun(model[y])))
    st.markdown("\n".join(f"- {_words(model, path)}" for path in found[:MOST]))
    if len(found) > MOST:
        st.caption(say("paths.more", most=MOST))


def drawn(model: Model, path: graph.Path) -> str:
    """A path as its labels and arrows."""
    labels = [plain(model[n].label) for n in path.nodes]
    steps = zip(path.arrows, labels[1:], strict=True)
    return labels[0] + "".join(f" {_ARROWS[arrow]} {label}" for arrow, label in steps)


def _words(model: Model, path: graph.Path) -> str:
    line = drawn(model, path)
    if is_causal(path):
        blocks = [step.node for step in path.steps if not step.open]
        if not blocks:
            return say("ways.causal_open", path=line)
        return say("ways.causal_blocked", path=line, what=sentences.nouns(model, blocks))
    if path.open:
        opened = [step.node for step in path.steps if step.kind == "collider"]
        return say("ways.opened" if opened else "ways.open", path=line, what=sentences.nouns(model, opened))
    stop = next(step for step in path.steps if not step.open)
    return say(f"ways.{stop.kind}", path=line, what=sentences.noun(model[stop.node]))
