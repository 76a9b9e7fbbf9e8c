"""The court room: a trial's and a survey's table in, and out how probable it is that the treatment was needed."""

from __future__ import annotations

import streamlit as st

from causal.errors import ImpossibleEvidence
from pages.ui import controls, frame, look, numbers
from pages.ui.texts import say

TRIAL = ((16, 984), (14, 986))
SURVEY = ((2, 998), (28, 972))
"""The drug lawsuit of Pearl 2009, section 9.3.4: with the drug and without it, who died and who lived."""

MOST = 1_000_000


@st.fragment
def draw() -> None:
    """Both tables, and what each and both together decide."""
    st.markdown(say("court.story"))
    left, right = st.columns([6, 6], gap="medium")
    with left:
        trial, survey = table("trial", TRIAL), table("survey", SURVEY)
        monotone = controls.switch(say("court.monotone"), "effects_monotone", help=say("court.monotone_help"))
    with right, st.container(key="answer"):
        frame.engine()
        with frame.trouble_shown():
            from causal.courtroom import Counts, verdicts  # brings the engine, which pages import when they need it

            try:
                found = verdicts(Counts(*trial), Counts(*survey), monotone)
            except ImpossibleEvidence as error:
                contradiction = error.kind.endswith("/assumptions")
                st.error(say("court.contradict" if contradiction else "court.nobody"), icon=":material/block:")
                return
            st.markdown(say("court.asked"))
            both = found["both"].interval or (0.0, 1.0)
            st.markdown(look.number(3, numbers.between(*both)))
            st.markdown(say(f"court.{_kind(both)}"))
            rows = [say("court.head"), "|:--|--:|"]
            rows += [
                f"| {say(f'court.from_{name}')} | {numbers.between(*(b.interval or both))} |"
                for name, b in found.items()
            ]
            st.markdown("\n".join(rows))
            st.latex(r"\mathrm{PN} = P(Y_{X=0}{=}0 \mid X{=}1,\, Y{=}1)")
            with st.container(key="quiet_court"):
                st.caption(say("court.assumed"))


def table(name: str, start: tuple[tuple[int, int], tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Four counts to set: with the treatment and without it, who died and who lived."""
    st.markdown(say(f"court.{name}"))
    rows = []
    for row, counts in zip(("with", "without"), start, strict=True):
        cells = []
        for column, place, count in zip(("died", "lived"), st.columns(2), counts, strict=True):
            key = f"effects_{name}_{row}_{column}"
            controls.settle(key, count, lambda v: isinstance(v, int) and 0 <= v <= MOST)
            with place:
                label = say(f"court.{row}_{column}")
                cells.append(int(st.number_input(label, 0, MOST, count, key=key, bind=controls.BIND)))
        rows.append((cells[0], cells[1]))
    return rows[0], rows[1]


def _kind(ends: tuple[float, float]) -> str:
    low, high = ends
    if high - low < 1e-9:
        return "certain" if low > 1 - 1e-9 else "number"
    return "likely" if low > 0.5 else "open"
