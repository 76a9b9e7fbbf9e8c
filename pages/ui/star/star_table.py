"""A thousand artists: how good three predictors are, and how wrong their edits and their smallest changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from causal.labs.star.musicians import OUTCOME, story
from causal.labs.star.predictors import KINDS
from causal.labs.star.training import GAIN, Edits, Trained
from causal.words import grammar, numbers
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.drawing import charts
from pages.ui.shell import frame
from pages.ui.star.star_cards import EditRequest, sales
from pages.ui.words import quantities, sentences
from pages.ui.words.escaping import plain

STEP = 50.0
HEIGHT, HEIGHT_TALK = 340, 330


def crowd(request: EditRequest, trained: Trained, share: float) -> None:
    """Every artist as a dot, and one row for each kind of predictor."""
    left, right = st.columns([5, 7], gap="large")
    edits = trained.edits(request.kind, request.edited, share).crowd
    with left:
        alt = say("star.alt_chart", n=numbers.Whole(edits.found), miss=sales(edits.miss))
        _chart(edits, alt, HEIGHT_TALK if frame.talking() else HEIGHT)
    with right, st.container(key="star_table"):
        noun = sentences.noun(story()[request.edited])
        lines = [
            say("star.head", share=numbers.probability(share)),
            "|:--|--:|--:|--:|--:|",
        ]
        lines += [_row(trained, kind, request, share) for kind in KINDS]
        st.markdown("\n".join(lines))
        st.markdown(
            say(
                "star.read", n=numbers.Whole(edits.found), noun=noun, share=numbers.probability(share), gain=sales(GAIN)
            )
        )


def _chart(edits: Edits, alt: str, height: int) -> None:
    """What an edit promises each, against what it would come to: on the line, the edit is right."""
    there = ~np.isnan(edits.promised)
    true, promised = edits.true[there], edits.promised[there]
    # half the digits: a dot's place needs no more, and a move of the slider sends a thousand dots
    data = pa.table({"true": pa.array(true, pa.float32()), "promised": pa.array(promised, pa.float32())})
    span = np.concatenate([true, promised, [0.0]])
    low, high = (STEP * float(end) for end in (np.floor(span.min() / STEP), np.ceil(span.max() / STEP)))
    charts.show(data, _spec(low, max(high, low + STEP), height), key="star_chart", alt=alt)


@words_cache(64)
def _spec(low: float, high: float, height: int) -> dict[str, Any]:
    scale = {"domain": [low, high], "nice": False}
    titles = {"comes": say("star.chart_x"), "told": say("star.chart_y")}
    return charts.spec("star_chart", low=low, high=high, scale=scale, height=height, **titles)


def nearest(request: EditRequest, trained: Trained) -> None:
    """This artist's smallest change that promises more, and what it would come to."""
    found = trained.nearest(request.kind)
    promised, true = float(found.promised[request.place]), float(found.true[request.place])
    name = plain(request.person.name)
    if np.isnan(promised):
        st.markdown(say("star.none", name=name, gain=sales(GAIN)))
        return
    changes = trained.changes(request.kind)[request.place]
    words = grammar.listed(
        say("star.change", noun=sentences.noun(story()[n]), by=quantities.difference(story()[n], float(change)))
        for n, change in zip(request.features, changes, strict=True)
        if abs(change) > 1e-9
    )
    outcome = story()[OUTCOME]
    gains = {"promised": quantities.difference(outcome, promised), "true": quantities.difference(outcome, true)}
    st.markdown(say("star.nearest", name=name, gain=sales(GAIN), changes=words, **gains))


def _row(trained: Trained, kind: str, request: EditRequest, share: float) -> str:
    edits, near = trained.edits(kind, request.edited, share).crowd, trained.nearest(kind).crowd
    cells = [
        numbers.probability(trained.score(kind)),
        quantities.number(story()[OUTCOME], edits.miss),
        quantities.number(story()[OUTCOME], near.comes_to) if near.found else "–",
        quantities.number(story()[OUTCOME], near.miss) if near.found else "–",
    ]
    label = say(f"star.{kind}")
    if kind == request.kind:
        label, cells[1] = f"**{label}**", f"**{cells[1]}**"
    return f"| {label} | " + " | ".join(cells) + " |"
