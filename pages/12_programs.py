"""The lab of hidden causes: a probabilistic program, two worlds, and what more data can and cannot tell."""

import streamlit as st

from pages.ui import controls, foot, frame, hidden_causes, steps, takeaway
from pages.ui.hidden_causes import Choice
from pages.ui.texts import say

TITLE = "Programs"
ICON = ":material/casino:"
SECTION = "Labs"
HELP = "Nobody sees the common cause. Can a program that knows of it tell the effect, once there are enough data?"
GRAPHS = True  # it has two worlds of its own

STEPS = 2  # of a talk: the front door, the bow beside it
SEEDS = 999

frame.enter(__file__)
st.title(f"{ICON} {say('programs.title')}", anchor=False)


def choose() -> Choice:
    """How many units, what is believed before them, and whether to sample here and now."""
    from causal.labs.programs import sampling, stored, worlds

    before, much, options = st.columns([7, 5, 3], gap="medium", vertical_alignment="bottom")
    with before:
        words = {prior: hidden_causes.words(prior) for prior in worlds.PRIORS}
        prior = controls.one_of(say("programs.prior"), words, "programs_prior", "open")
    with much:
        controls.settle("programs_n", 100, lambda v: v in worlds.SIZES)
        n = st.select_slider(
            say("programs.n"), worlds.SIZES, 100, format_func="{:,}".format, key="programs_n", bind=controls.BIND
        )
    live, seed = False, stored.seed()
    with options, st.container(key="quiet_programs"), st.popover(say("frame.options"), icon=":material/tune:"):
        if sampling.installed():
            live = controls.switch(say("programs.live"), "programs_live", help=say("programs.live_help"))
            seed = controls.whole(say("programs.seed"), "programs_seed", SEEDS)
        else:
            st.markdown(say("programs.install"))
    return Choice(int(n), prior, live, seed)


def page() -> None:
    """The whole page, from the number of units to the sentence to take home."""
    frame.engine()
    from causal.labs.programs import worlds

    now = choose()
    step = steps.walk(__file__, "programs", STEPS)
    here = hidden_causes.sampled(now) if now.live else None
    if here:
        st.caption(say("programs.here", seed=now.seed))
    for at, (place, name) in enumerate(zip(st.columns(2, gap="large"), worlds.WORLDS, strict=True)):
        if step > at:
            with place, frame.trouble_shown():
                hidden_causes.world(name, now, here)
    if not frame.talking():
        hidden_causes.program(now)
        st.markdown(f"**{say('programs.home')}**")
        takeaway.panel("programs", worlds.world("front_door"), None, graph="graph_programs_front_door", action={})
    foot.without_story("programs", say("programs.assumed"), ("identifiable", "confounding", "mediator"))


page()
