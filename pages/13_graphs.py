"""The lab of discovery: what a search finds in data, what no data decide, and which experiment decides it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

import causal
from causal.model import Model
from pages.ui import controls, discovered, foot, frame, gallery, steps, stories, takeaway, trying
from pages.ui.long_work import result
from pages.ui.sentences import listed
from pages.ui.texts import plain, say

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.labs.discovery.comparing import Comparison
    from causal.labs.discovery.equivalence import PartlyDirected
    from causal.labs.storing import Result

TITLE = "Graphs"
ICON = ":material/polyline:"
SECTION = "Labs"
HELP = "Where do graphs come from? What data can say of the arrows, and which experiment decides the rest."
GRAPHS = True  # which directions stay open needs no numbers

STEPS = trying.LAST  # of a talk: the search, the truth beside it, what stays open, an experiment
SEEDS = 999

frame.enter(__file__)
st.title(f"{ICON} {say('graphs.title')}", anchor=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which story is searched, how, in how much data, and what is hidden from the search."""

    story: Model
    model: Model
    hidden: tuple[str, ...]
    method: str
    n: int
    seed: int


def choose() -> Choice | None:
    """The controls (None where the story has no two measured variables)."""
    from causal.labs.discovery import sampling

    which, how, much, options = st.columns([4, 5, 5, 3], gap="medium", vertical_alignment="bottom")
    with which:
        story = gallery.choose(stories.current(), "graphs_graph", ("graphs_hide", "graphs_set"))
    names = sampling.measured(story)
    if len(names) < 2:
        return None
    with how:
        words = {method: say(f"graphs.{method}") for method in sampling.METHODS}
        help_ = say("graphs.method_help")
        method = controls.one_of(say("graphs.method"), words, "graphs_method", sampling.METHODS[0], help=help_)
    with much:
        controls.settle("graphs_n", 500, lambda v: v in sampling.SIZES)
        n = st.select_slider(
            say("graphs.n"), sampling.SIZES, 500, format_func="{:,}".format, key="graphs_n", bind=controls.BIND
        )
    with options, st.container(key="quiet_graphs"), st.popover(say("graphs.hide"), icon=":material/visibility_off:"):
        st.markdown(say("graphs.hide_help"))
        hidden = controls.pick_several(say("graphs.hide"), story, names, "graphs_hide", [])
        seed = controls.whole(say("graphs.seed"), "graphs_seed", SEEDS)
    if len(names) - len(hidden) < 2:
        st.info(say("graphs.too_few"), icon=":material/info:")
        hidden = []
    return Choice(story, sampling.hiding(story, hidden), tuple(hidden), method, int(n), seed)


def arguments(now: Choice) -> dict[str, object]:
    """What the search depends on; one run of it serves every size and both methods."""
    from causal.labs.discovery import sampling

    sizes = " ".join(str(size) for size in sampling.SIZES)
    return {"model": causal.dumps(now.story, "json"), "hidden": " ".join(now.hidden), "sizes": sizes, "seed": now.seed}


def search(now: Choice, step: int) -> None:
    """What the search found, the truth beside it, and the main number."""
    from causal.labs.discovery import comparing, sampling
    from causal.projection import project

    left, right = st.columns(2, gap="medium")
    true = project(now.model).arrows
    limit = sampling.limit(now.model)
    with left:
        st.header(say("graphs.found", n=f"{now.n:,}"), anchor=False)
        worked = result(sampling.TASK, arguments(now), "graphs") if now.story.numeric else None
        given = sampling.graph_of(now.model, worked[f"{now.method} {now.n}"]) if worked else None
        verdict = comparing.compare(given, true) if given and step > 1 else None
        if given:
            discovered.found(now.model, given, verdict)
        elif not now.story.numeric:
            st.info(say("graphs.no_numbers"), icon=":material/tag:")
    with right:
        if step > 1:
            st.header(say("graphs.truth"), anchor=False)
            discovered.truth(now.model, verdict)
            count = sum(v.observable for v in now.story)
            if count > sampling.MOST and not frame.talking():
                st.caption(say("graphs.only", count=count, most=sampling.MOST))
    with st.container(key="answer"):
        tell(now, given, verdict, comparing.compare(limit, true))
    if worked and not frame.talking():
        grown(now, worked, comparing.compare(limit, true))


def tell(now: Choice, given: "PartlyDirected | None", verdict: "Comparison | None", limit: "Comparison") -> None:
    """The main number: how many true arrows the search found; without a search, how many data can decide."""
    if given and verdict:
        right = len(verdict.right)
        of = sum(verdict.counts.values()) - len(verdict.extra)
        discovered.number(right, of, say("graphs.answer", n=f"{now.n:,}"))
        discovered.told(now.model, verdict)
    elif given:
        links = len(given.arrows) + len(given.lines)
        discovered.number(len(given.arrows), links, say("graphs.before"))
    else:
        discovered.number(len(limit.right), sum(limit.counts.values()) - len(limit.extra), say("graphs.decidable"))


def grown(now: Choice, worked: "Result", limit: "Comparison") -> None:
    """The same verdict for every size of table, and for endless data; and where a search is misled by certainty."""
    from causal.labs.discovery import comparing, sampling
    from causal.projection import project

    true = project(now.model).arrows
    marks = {f"{size:,}": worked[f"{now.method} {size}"] for size in sampling.SIZES}
    verdicts = {size: comparing.compare(sampling.graph_of(now.model, found), true) for size, found in marks.items()}
    discovered.by_size(verdicts | {say("graphs.endless"): limit})
    if sure := sampling.certain(now.model):
        st.markdown(say("graphs.certain", names=listed(plain(now.model[name].label) for name in sure)))


def page() -> None:
    """The whole page, from the choice of a story to the sentence to take home."""
    frame.engine()
    now = choose()
    if now is None:
        st.info(say("graphs.too_few"), icon=":material/info:")
        return
    step = steps.walk(__file__, "graphs", STEPS)
    if not frame.talking() or step < 3:
        search(now, step)
    if step > 2:
        trying.draw(now.model, now.n, now.seed, step)
    if not frame.talking():
        st.markdown(f"**{say('graphs.home')}**")
        st.caption(say("graphs.honest"))
        if now.story.numeric:
            takeaway.panel("graphs", now.story, None, graph="graph_graphs_class", action={})
    foot.draw("graphs", now.story, 1, ("dseparation", "collider", "confounding", "randomisation"), None, assumed(now))


def assumed(now: Choice) -> str:
    """One line: what a search takes for granted."""
    return " ".join([say("graphs.assumed"), *([say("assume.invented")] if now.story.invented else [])])


page()
