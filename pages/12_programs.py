"""The lab of hidden causes: a probabilistic program, two worlds, and what more data can and cannot tell."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.programs import hidden_causes
from pages.ui.programs.hidden_causes import ProgramChoice
from pages.ui.shell import foot, frame, steps, takeaway

ICON = ":material/casino:"
SECTION = "labs"
GRAPHS = True  # it has two worlds of its own

STEPS = 2  # of a talk: the front door, the bow beside it
SEEDS = 999

frame.enter(__file__)
st.title(f"{ICON} {say('programs.title')}", anchor=False)


@dataclass(frozen=True, slots=True)
class ProgramStage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout.

    ``seed`` is that of sampling here and now, if that is wanted.
    """

    before: DeltaGenerator
    much: DeltaGenerator
    seed: int | None
    here: DeltaGenerator
    worlds: tuple[hidden_causes.Places, ...]
    scripts: DeltaGenerator | None


def stage() -> ProgramStage:
    """The choices above, the two worlds side by side, the program below."""
    from causal.labs.programs import hidden_worlds as worlds

    before, much, options = st.columns([7, 5, 3], gap="medium", vertical_alignment="bottom")
    with options, st.container(key="quiet_programs"), st.popover(say("frame.options"), icon=":material/tune:"):
        seed = sampling_seed()
    step = steps.walk(__file__, "programs", STEPS)
    here, places = st.container(), []
    for at, (column, name) in enumerate(zip(st.columns(2, gap="large"), worlds.WORLDS, strict=True)):
        if step > at:
            with column:
                places.append(hidden_causes.places(name))
    scripts = None if frame.talking() else hidden_causes.program()
    return ProgramStage(before, much, seed, here, tuple(places), scripts)


def sampling_seed() -> int | None:
    """Whether to sample here and now, and with which seed."""
    from causal.labs.programs import sampler

    if not sampler.installed():
        st.markdown(say("programs.install"))
        return None
    live = controls.switch(say("programs.live"), "programs_live", help=say("programs.live_help"))
    seed = controls.whole(say("programs.seed"), "programs_seed", SEEDS)
    return seed if live else None


@st.fragment
def move(on: ProgramStage) -> None:
    """How many units, what is believed before them, and all that moves with these."""
    from causal.labs.programs import hidden_worlds as worlds

    words = {prior: hidden_causes.words(prior) for prior in worlds.PRIORS}
    prior = controls.one_of(say("programs.prior"), words, "programs_prior", "open")
    with on.much:
        n = controls.size(say("programs.n"), worlds.SIZES, "programs_n", 100)
    now, here = ProgramChoice(n, prior, on.seed), None
    if on.seed is not None:
        with on.here.container():
            here = hidden_causes.sampled(now)
            if here:
                st.caption(say("programs.here", seed=on.seed))
    for place in on.worlds:
        with place.answer, frame.trouble_shown(place.chart, place.lessons):
            hidden_causes.fill(place, now, here)
    if on.scripts:
        with on.scripts:
            hidden_causes.save(now)


def page() -> None:
    """The whole page, from the number of units to the sentence to take home."""
    frame.engine()
    from causal.labs.programs import hidden_worlds as worlds

    on = stage()
    with on.before:
        move(on)
    if not frame.talking():
        st.markdown(f"**{say('programs.home')}**")
        takeaway.panel("programs", worlds.worded("front_door"), None, graph="graph_programs_front_door", action={})
    foot.without_story("programs", say("programs.assumed"), ("identifiable", "confounding", "mediator"))


page()
