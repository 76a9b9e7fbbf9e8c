"""The lab of discovery: what a search finds in data, what no data decide, and which experiment decides it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.models.model import Model
from causal.words import grammar, numbers
from causal.words.catalogue import say
from causal.words.grammar import listed
from pages.ui.controls import controls, gallery, stories
from pages.ui.drawing import world_graph
from pages.ui.graphs import discovered
from pages.ui.graphs import experiment as trying
from pages.ui.shell import foot, frame, steps, takeaway
from pages.ui.shell.long_work import result
from pages.ui.words.escaping import plain

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.jobs.storing import Result
    from causal.labs.discovery.comparing import Comparison
    from causal.labs.discovery.equivalence import PartlyDirected

ICON = ":material/polyline:"
SECTION = "labs"
GRAPHS = True  # which directions stay open needs no numbers

STEPS = trying.LAST  # of a talk: the search, the truth beside it, what stays open, an experiment
SEEDS = 999

frame.enter(__file__)
st.title(f"{ICON} {say('graphs.title')}", anchor=False)


@dataclass(frozen=True, slots=True)
class SearchChoice:
    """Which story is searched, and what is hidden from the search; and the places of the controls that move."""

    story: Model
    model: Model
    hidden: tuple[str, ...]
    seed: int
    how: DeltaGenerator
    much: DeltaGenerator


def choose() -> SearchChoice | None:
    """The choices that stay (None where the story has no two measured variables)."""
    from causal.labs.discovery import search_run

    which, how, much, options = st.columns([4, 5, 5, 3], gap="medium", vertical_alignment="bottom")
    with which:
        story = gallery.choose(stories.current(), "graphs_graph", ("graphs_hide", "graphs_set"))
    names = search_run.measured(story)
    if len(names) < 2:
        return None
    with options, st.container(key="quiet_graphs"), st.popover(say("graphs.hide"), icon=":material/visibility_off:"):
        st.markdown(say("graphs.hide_help"))
        hidden = controls.pick_several(say("graphs.hide"), story, names, "graphs_hide", [])
        seed = controls.whole(say("graphs.seed"), "graphs_seed", SEEDS)
    if len(names) - len(hidden) < 2:
        st.info(say("graphs.too_few"), icon=":material/info:")
        hidden = []
    return SearchChoice(story, search_run.hiding(story, hidden), tuple(hidden), seed, how, much)


def arguments(now: SearchChoice) -> dict[str, object]:
    """What the search depends on; one run of it serves every size and both methods."""
    from causal.labs.discovery import search_run

    sizes = " ".join(str(size) for size in search_run.SIZES)
    return {"model": causal.dumps(now.story, "json"), "hidden": " ".join(now.hidden), "sizes": sizes, "seed": now.seed}


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search has found, once it has, and the places in which it is told."""

    worked: "Result | None"
    found: DeltaGenerator
    truth: world_graph.Canvas | None
    answer: DeltaGenerator
    grown: DeltaGenerator


@dataclass(frozen=True, slots=True)
class SearchStage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    searched: Searched | None
    trying: trying.Places | None


def stage(now: SearchChoice, step: int) -> SearchStage:
    """The search and the truth side by side, the main number; then what stays open. A talk has one after the other."""
    searched = place_search(now, step) if not frame.talking() or step < 3 else None
    return SearchStage(searched, trying.places() if step > 2 else None)


def place_search(now: SearchChoice, step: int) -> Searched:
    """The search on the left (its progress, until it is done), the truth on the right."""
    from causal.labs.discovery import search_run

    left, right = st.columns(2, gap="medium")
    with left:
        found = st.container()
        worked = result(search_run.TASK, arguments(now), "graphs") if now.story.numeric else None
    truth = None
    if step > 1:
        with right:
            st.header(say("graphs.truth"), anchor=False)
            truth = world_graph.canvas(now.model, "graphs_truth")
            count = sum(v.observable for v in now.story)
            if count > search_run.MOST and not frame.talking():
                st.caption(say("graphs.only", n=count, most=search_run.MOST))
    return Searched(worked, found, truth, st.container(key="answer"), st.container())


@st.fragment
def move(now: SearchChoice, step: int, on: SearchStage) -> None:
    """How is searched and in how many units, and all that moves with it."""
    from causal.labs.discovery import search_run

    words = {method: say(f"graphs.{method}") for method in search_run.METHODS}
    first, how_help = search_run.METHODS[0], say("graphs.method_help")
    method = controls.one_of(say("graphs.method"), words, "graphs_method", first, help=how_help)
    with now.much:
        n = controls.size(say("graphs.n"), search_run.SIZES, "graphs_n", 500)
    if on.searched:
        search(now, method, n, step, on.searched)
    if on.trying:
        trying.draw(on.trying, now.model, n, now.seed, step)


def search(now: SearchChoice, method: str, n: int, step: int, on: Searched) -> None:
    """What the search found, what of the truth it missed, and the main number."""
    from causal.graphs.projection import project
    from causal.labs.discovery import comparing, search_run

    true = project(now.model).arrows
    given = search_run.graph_of(now.model, on.worked[f"{method} {n}"]) if on.worked else None
    verdict = comparing.compare(given, true) if given and step > 1 else None
    limit = comparing.compare(search_run.limit(now.model), true)
    with on.found:
        st.header(say("graphs.found", n=numbers.Whole(n)), anchor=False)
        if given:
            discovered.found(now.model, given, verdict)
        elif not now.story.numeric:
            st.info(say("graphs.no_numbers"), icon=":material/tag:")
    if on.truth:
        discovered.truth(on.truth, verdict)
    with on.answer:
        tell(now.model, n, given, verdict, limit)
    if on.worked and not frame.talking():
        with on.grown:
            grown(now.model, method, on.worked, limit)


def tell(
    model: Model, n: int, given: "PartlyDirected | None", verdict: "Comparison | None", limit: "Comparison"
) -> None:
    """The main number: how many true arrows the search found; without a search, how many data can decide."""
    if given and verdict:
        right = len(verdict.right)
        of = sum(verdict.counts.values()) - len(verdict.extra)
        discovered.number(right, of, say("graphs.answer", n=numbers.Whole(n)))
        discovered.told(model, verdict)
    elif given:
        links = len(given.arrows) + len(given.lines)
        discovered.number(len(given.arrows), links, say("graphs.before"))
    else:
        discovered.number(len(limit.right), sum(limit.counts.values()) - len(limit.extra), say("graphs.decidable"))


def grown(model: Model, method: str, worked: "Result", limit: "Comparison") -> None:
    """The same verdict for every size of table, and for endless data; and where a search is misled by certainty."""
    from causal.graphs.projection import project
    from causal.labs.discovery import comparing, search_run

    true = project(model).arrows
    marks = {numbers.whole(size): worked[f"{method} {size}"] for size in search_run.SIZES}
    verdicts = {size: comparing.compare(search_run.graph_of(model, found), true) for size, found in marks.items()}
    discovered.by_size(verdicts | {say("graphs.endless"): limit})
    if sure := search_run.certain(model):
        st.markdown(say("graphs.certain", names=listed(plain(model[name].label) for name in sure)))


def page() -> None:
    """The whole page, from the choice of a story to the sentence to take home."""
    frame.engine()
    now = choose()
    if now is None:
        st.info(say("graphs.too_few"), icon=":material/info:")
        return
    step = steps.walk(__file__, "graphs", STEPS)
    on = stage(now, step)
    with now.how:
        move(now, step, on)
    if not frame.talking():
        st.markdown(f"**{say('graphs.home')}**")
        st.caption(say("graphs.honest"))
        if now.story.numeric:
            takeaway.panel("graphs", now.story, None, graph="graph_graphs_class", action={})
    foot.draw("graphs", now.story, 1, ("dseparation", "collider", "confounding", "randomisation"), None, assumed(now))


def assumed(now: SearchChoice) -> str:
    """One line: what a search takes for granted."""
    return grammar.together(say("graphs.assumed"), say("assume.invented") if now.story.invented else "")


page()
