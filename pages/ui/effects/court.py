"""The court room: a trial's and a survey's table in, and out how probable it is that the treatment was needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from causal.effects.comparison import compare
from causal.effects.named_effects import EFFECTS
from causal.errors import ImpossibleEvidence
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, stories
from pages.ui.controls.measure import ask
from pages.ui.look import look
from pages.ui.shell import frame, workings

if TYPE_CHECKING:
    from causal.labs.court.courtroom import Counts

Table = tuple[tuple[int, int], tuple[int, int]]

CASES: dict[str, tuple[Table, Table]] = {
    "drug": (((16, 984), (14, 986)), ((2, 998), (28, 972))),
    "smallpox": (((100, 999_900), (4_000, 996_000)), ((99, 989_901), (40, 9_960))),
}
"""A trial's and a survey's table: with the treatment and without it, who died and who lived. The lawsuit of Pearl 2009,
section 9.3.4, and a million children of The Book of Why's first chapter."""

STORY = "smallpox"
MOST = 1_000_000


def choose() -> str:
    """Which case is heard."""
    return controls.one_of(
        say("court.case"), {c: say(f"court.case_{c}") for c in CASES}, "effects_case", "drug", quiet=True
    )


@st.fragment
def draw(case: str) -> None:
    """Both tables, and what each and both together decide."""
    st.markdown(say(f"court.story_{case}"))
    left, right = st.columns([6, 6], gap="medium")
    with left:
        trial, survey = (table(case, name, start) for name, start in zip(("trial", "survey"), CASES[case], strict=True))
        monotone = controls.switch(say(f"court.monotone_{case}"), "effects_monotone", help=say("court.monotone_help"))
    with right, st.container(key="answer"):
        frame.engine()
        with frame.trouble_shown():
            from causal.labs.court.courtroom import (  # brings the engine, which pages import when they need it
                Counts,
                verdicts,
            )

            try:
                found = verdicts(Counts(*trial), Counts(*survey), monotone)
            except ImpossibleEvidence as error:
                contradiction = error.kind == "impossible-evidence/assumptions"
                st.error(say("court.contradict" if contradiction else "court.nobody"), icon=":material/block:")
                return
            st.markdown(say(f"court.asked_{case}"))
            both = found["both"].interval or (0.0, 1.0)
            st.markdown(look.number(3, numbers.between(*both)))
            st.markdown(say(f"court.{_kind(both)}"))
            if case == STORY:
                st.markdown(_mechanism())
            rows = [say("court.head"), "|:--|--:|"]
            rows += [
                f"| {say(f'court.from_{name}')} | {numbers.between(*(b.interval or both))} |"
                for name, b in found.items()
            ]
            st.markdown("\n".join(rows))
            st.latex(r"\mathrm{PN} = P(Y_{X=0}{=}0 \mid X{=}1,\, Y{=}1)")
            with st.container(key="quiet_court"):
                workings.folded("effects_court", lambda: _work(Counts(*trial), Counts(*survey), monotone))
                st.caption(say(f"court.source_{case}"))


def table(case: str, name: str, start: Table) -> Table:
    """Four counts to set: with the treatment and without it, who died and who lived."""
    st.markdown(say(f"court.{name}"))
    rows = []
    prefix = "effects" if case == "drug" else f"effects_{case}"
    for row, counts in zip(("with", "without"), start, strict=True):
        cells = []
        for column, place, count in zip(("died", "lived"), st.columns(2), counts, strict=True):
            key = f"{prefix}_{name}_{row}_{column}"
            controls.settle(key, count, lambda v: isinstance(v, int) and 0 <= v <= MOST)
            with place:
                label = say(f"court.{column}", arm=say(f"court.{row}_{case}"))
                cells.append(int(st.number_input(label, 0, MOST, count, key=key, bind=controls.BIND)))
        rows.append((cells[0], cells[1]))
    return rows[0], rows[1]


def _mechanism() -> str:
    """What the story's own mechanisms answer."""
    model = stories.shipped(STORY)
    share = ask(model, EFFECTS["PN"].build(compare(model, "V", "D"))).value or 0.0
    return say("court.mechanism", share=numbers.probability(share))


def _work(trial: Counts, survey: Counts, monotone: bool) -> None:
    """Where both ends come from, with the tables' numbers put in."""
    from causal.labs.court.courtroom import work

    shown = work(trial, survey)
    st.markdown(say("court.work_read"))
    for line in shown.read:
        st.latex(line)
    st.markdown(say("court.work_low"))
    st.latex(shown.low)
    st.markdown(say("court.work_monotone" if monotone else "court.work_high"))
    if not monotone:
        st.latex(shown.high)


def _kind(ends: tuple[float, float]) -> str:
    low, high = ends
    if high - low < 1e-9:
        return "certain" if low > 1 - 1e-9 else "number"
    return "likely" if low > 0.5 else "open"
