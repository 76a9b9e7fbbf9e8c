"""A thousand artists: how good three predictors are, and how wrong their edits and their smallest changes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from causal.labs.star.musicians import OUTCOME, story
from causal.labs.star.predictors import KINDS
from causal.labs.star.training import GAIN, Trained
from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.shell import frame
from pages.ui.star import star_chart
from pages.ui.star.star_cards import Request, sales
from pages.ui.words import quantities, sentences
from pages.ui.words.escaping import plain


def crowd(request: Request, trained: Trained, share: float) -> None:
    """Every artist as a dot, and one row for each kind of predictor."""
    left, right = st.columns([5, 7], gap="large")
    edits = trained.edits(request.kind, request.edited, share).crowd
    with left:
        alt = say("star.alt_chart", n=numbers.Whole(edits.found), miss=sales(edits.miss))
        height = star_chart.HEIGHT_TALK if frame.talking() else star_chart.HEIGHT
        star_chart.draw(edits, "star_chart", alt, height)
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


def nearest(request: Request, trained: Trained) -> None:
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


def _row(trained: Trained, kind: str, request: Request, share: float) -> str:
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
