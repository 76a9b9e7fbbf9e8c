"""The two worlds of the lab of hidden causes, side by side: what a program says of each, and what stays unknown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.drawing import dot, world_graph
from pages.ui.look import look
from pages.ui.programs import posteriors
from pages.ui.shell import frame, long_work

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.jobs.storing import Result
    from causal.labs.programs.stored import Interval


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """How many units, what was believed before them, and the seed to sample with here (else the run is shown)."""

    n: int
    prior: str
    seed: int | None


@dataclass(frozen=True, slots=True)
class Places:
    """Where one world's numbers stand, under its graph."""

    name: str
    answer: DeltaGenerator
    chart: DeltaGenerator
    lessons: DeltaGenerator


def words(prior: str) -> str:
    """A belief before the data, in words."""
    return say(f"programs.prior_{prior}")


def between(low: float, high: float) -> str:
    """Both ends of a gap, the unit once."""
    # one decimal is less than chance moves between two runs of the sampler
    return numbers.spanned(*(numbers.signed(100 * gap, 0) for gap in (low, high)))


def sampled(now: ProgramChoice) -> Result | None:
    """What is sampled here and now, once it is there."""
    from causal.labs.programs.sampler import TASK

    if now.seed is None:
        return None
    return long_work.result(TASK, {"n": now.n, "prior": now.prior, "seed": now.seed}, "programs")


def places(name: str) -> Places:
    """One world: its graph, and room for what the program says of it."""
    from causal.labs.programs import hidden_worlds

    st.header(say(f"programs.{name}"), anchor=False)
    world_graph.canvas(hidden_worlds.worded(name), f"programs_{name}").draw(
        dot.Scene(), alt=say(f"programs.alt_{name}")
    )
    answer = st.container(key="answer" if name == hidden_worlds.WORLDS[0] else f"answer_{name}")
    return Places(name, answer, st.container(), st.container(key=f"quiet_programs_{name}"))


def fill(on: Places, now: ProgramChoice, here: Result | None) -> None:
    """What the program says of the effect, the chart of all sizes, and what stays hidden."""
    from causal.labs.programs import hidden_worlds, stored

    name = on.name
    with on.answer:
        found = said(name, now, here, "effect")
        told = say("programs.answer", n=numbers.Whole(now.n), truth=numbers.points(hidden_worlds.truth(name)))
        st.markdown(look.number(2, between(found.low, found.high), told))
    rows = [
        (
            "do" if prior == now.prior else "all",
            words(prior),
            numbers.whole(n),
            *_ends(stored.said(name, prior, n, "effect")),
        )
        for n in hidden_worlds.SIZES
        for prior in hidden_worlds.PRIORS
    ]
    alt = say(
        "programs.alt_chart", most=numbers.Whole(hidden_worlds.SIZES[-1]), ends=_hull(name, hidden_worlds.SIZES[-1])
    )
    key = f"programs_chart_{name}"
    with on.chart:
        posteriors.draw(rows, hidden_worlds.truth(name), hidden_worlds.reach(name), _span(), key, alt, frame.talking())
    with on.lessons:
        _lessons(name, now, here)


def said(name: str, now: ProgramChoice, here: Result | None, quantity: str) -> Interval:
    """Where a quantity lies, by what was sampled here, else by the stored run."""
    from causal.labs.programs import stored

    return stored.interval(here[f"{name} {quantity}"]) if here else stored.said(name, now.prior, now.n, quantity)


def _lessons(name: str, now: ProgramChoice, here: Result | None) -> None:
    from causal.labs.programs import hidden_worlds, stored

    few, many = (
        stored.said(name, now.prior, n, "effect").width for n in (hidden_worlds.SIZES[0], hidden_worlds.SIZES[-1])
    )
    low, high = hidden_worlds.reach(name)
    st.markdown(
        say(
            f"programs.lesson_{name}",
            few=numbers.decimal(100 * few, 0),
            many=numbers.decimal(100 * many, 0),
            fewest=numbers.Whole(hidden_worlds.SIZES[0]),
            most=numbers.Whole(hidden_worlds.SIZES[-1]),
            reach=between(low, high),
            width=numbers.decimal(100 * (high - low), 0),
            hull=_hull(name, hidden_worlds.SIZES[-1]),
        )
    )
    helped, (least, most) = said(name, now, here, "helped"), hidden_worlds.reach_of_helped(name)
    found = numbers.interval(round(helped.low, 2), round(helped.high, 2))
    st.markdown(say(f"programs.helped_{name}", found=found, reach=numbers.interval(round(least, 3), round(most, 3))))


def _hull(name: str, n: int) -> str:
    """From the lowest to the highest end of the intervals of all beliefs."""
    from causal.labs.programs import hidden_worlds, stored

    found = [stored.said(name, prior, n, "effect") for prior in hidden_worlds.PRIORS]
    return between(min(i.low for i in found), max(i.high for i in found))


def _ends(interval: Interval) -> tuple[float, float, float]:
    return interval.low, interval.middle, interval.high


def _span() -> tuple[float, float]:
    """One axis for both worlds, so that widths can be compared."""
    from causal.labs.programs import hidden_worlds, stored

    found = [
        stored.said(name, prior, n, "effect")
        for name in hidden_worlds.WORLDS
        for prior in hidden_worlds.PRIORS
        for n in hidden_worlds.SIZES
    ]
    ends = [x for name in hidden_worlds.WORLDS for x in hidden_worlds.reach(name)]
    low, high = min([*ends, *(i.low for i in found)]), max([*ends, *(i.high for i in found)])
    return float(np.floor(low * 10) / 10), float(np.ceil(high * 10) / 10)


def program() -> DeltaGenerator:
    """The program itself, a place for its scripts, and what recorded the stored run."""
    from causal.labs.programs import program_script, stored

    with st.expander(say("programs.program"), icon=":material/code:"):
        st.markdown(say("programs.how"))
        st.code(program_script.PROGRAM.read_text(encoding="utf-8"), language="python")
    scripts = st.container()
    with frame.trouble_shown():
        told = {"seed": stored.seed(), "draws": stored.draws(), "versions": grammar.listed(stored.versions(), "comma")}
        st.caption(say("programs.recorded", **told))
    return scripts


def save(now: ProgramChoice) -> None:
    """The scripts to take away, each written once somebody asks for it."""
    from causal.labs.programs import hidden_worlds, program_script, stored

    seed = stored.seed() if now.seed is None else now.seed
    with st.container(horizontal=True):
        for name in hidden_worlds.WORLDS:
            controls.download(
                say(f"programs.save_{name}"),
                partial(program_script.script, name, now.n, now.prior, seed),
                f"{name}.py",
                f"programs_save_{name}",
                ":material/download:",
            )
