"""From seeing to doing: which variables must be adjusted for, and what the wrong ones cost."""

from collections.abc import Sequence

import streamlit as st

from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.adjust import claims, prices, valid_sets
from pages.ui.adjust import sample as sampling
from pages.ui.adjust.prices import Effect
from pages.ui.controls import controls, gallery, people, predict, stories
from pages.ui.controls.measure import Measure
from pages.ui.drawing import causal_paths as ways
from pages.ui.drawing import set_verdict, world_graph
from pages.ui.shell import foot, frame, steps, takeaway, workings
from pages.ui.words.escaping import plain, prose

ICON = ":material/balance:"
SECTION = "follows"
GRAPHS = True  # a model that is only a graph has its verdicts too

STEPS = 3  # of a talk: the paths without a verdict, the verdict with its price, and what a table of units says

frame.enter(__file__)
st.title(f"{ICON} {say('adjust.title')}", anchor=False)


def compared() -> prices.Arms | None:
    """Which two values of the treatment are compared, where it has more than two."""
    variable = model[x]
    if not model.numeric or len(variable.states) in (1, 2):
        return None
    most, least = people.arms(model, x)
    with st.container(key="quiet_adjust_arms"):
        one, other = st.columns(2, gap="medium")
        with one:
            high = controls.value(say("adjust.compare", noun=plain(variable.label)), variable, "adjust_one", most)
        with other:
            low = controls.value(say("adjust.against"), variable, "adjust_other", least)
    return high, low


def end(label: str, key: str, names: Sequence[str], wanted: str) -> str:
    """One of the two ends of the question."""
    return controls.choose(label, model, names, key, wanted if wanted in names else names[-1])


def pick(name: str) -> None:
    """What a click on the graph does: adjust for a variable, or no longer."""
    if name in (x, y):
        st.toast(say("adjust.is_end", label=plain(model[name].label)), icon=":material/info:")
    elif not model[name].observable:
        st.toast(say("adjust.is_hidden", label=plain(model[name].label)), icon=":material/visibility_off:")
    else:
        st.session_state["adjust_for"] = [n for n in people.observed(model) if (n in given) != (n == name)]


def tell() -> None:
    """What does not move with the sample's size: the graph, the verdict, the price, the paths, the valid sets."""
    asked = model, x, y, effect.given
    labels = grammar.listed(plain(model[n].label) for n in given) or say("adjust.nothing")
    canvas.draw(ways.scene(*asked, told), alt=say("adjust.alt", given=labels))
    if told:
        legend.markdown(say("adjust.legend"))
    if model is not stories.current() and model.story:
        story.caption(prose(model.story))
    with answer:
        if told:
            # a talk's last step gives the reasons' room to the sample
            set_verdict.draw(*asked, reasons=not frame.talking() or step < STEPS)
        if guess:
            st.markdown(f":small[{say('predict.yours', guess=guess)}]")
        if model.numeric:
            prices.draw(effect, set_verdict.judge(*asked).valid, told)
        else:
            st.info(say("adjust.no_numbers"), icon=":material/tag:")
    if told and not frame.talking():
        if sets:
            with story, frame.trouble_shown():
                valid_sets.draw(model, x, y)
        with on_ways:
            st.header(say("ways.title"), anchor=False)
            ways.said(*asked)


@st.fragment
def sample() -> None:
    """A table of units and what it reports: all that moves with its size."""
    n, seed = sampling.size()
    with frame.trouble_shown(reported, table, tested):
        sampling.draw(effect, n, seed, reported)
        if not frame.talking():
            with table:
                sampling.table(effect, n, seed)
        if test and not frame.talking():
            with tested:
                claims.draw(model, n, seed)


# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
which, cause, result, options = st.columns([4, 4, 4, 2], gap="medium", vertical_alignment="bottom")
with which:
    model = gallery.choose(stories.current())
names = people.observed(model)
if len(names) < 2:
    st.info(say("adjust.too_few"), icon=":material/info:")
    st.stop()
with cause:
    x = end(say("adjust.x"), "adjust_x", names, people.treatment(model))
others = [n for n in names if n != x]
with result:
    y = end(say("adjust.y"), "adjust_y", others, people.outcome(model))
with options, st.container(key="quiet_adjust"), st.popover(say("frame.options"), icon=":material/tune:"):
    sets = controls.switch(say("adjust.sets"), "adjust_sets", help=say("adjust.sets_help"))
    test = model.numeric and claims.wanted(model)
    predicting = predict.wanted("adjust")
arms = compared()
left, right = st.columns([6, 7], gap="medium")
rest = [n for n in others if n != y]
with right:
    given = controls.pick_several(say("adjust.for"), model, rest, "adjust_for", []) if rest else []
    effect = Effect(model, x, Measure.of(model[y]), tuple(given), arms)
    guess, told = set_verdict.guess((model.id, x, y, effect.given)) if predicting else ("", True)
step = steps.walk(__file__, "adjust", STEPS)
told = told and step > 1
# in a talk's last step the sample's size stands under a smaller graph
with left, st.container(key=f"adjust_left_{step}" if frame.talking() else None):
    canvas = world_graph.canvas(model, "adjust", on_pick=pick, verb=say("adjust.verb"))
    legend, size = st.container(), st.container()
    story = st.container(key="quiet_adjust_story")
with right:
    answer = st.container(key="answer")
    reported = st.container(key="adjust_sample" if frame.talking() else "quiet_adjust_sample")
    if not frame.talking():
        size = reported.container()
one, two = st.columns([6, 7], gap="medium")
on_ways, table = one.container(key="quiet_adjust_ways"), two.container(key="quiet_adjust_table")
tested = st.container(key="quiet_adjust_test")
tell()
if model.numeric and told and step == STEPS:
    with size:
        sample()
if model.numeric and told and not frame.talking():
    workings.panel("adjust", model, effect.query, first=lambda: prices.work(effect))
    takeaway.panel("adjust", model, effect.query, graph="graph_adjust", action={})
example = effect.measure.term(action={x: effect.arms[0]}) if model.numeric else None
foot.draw("adjust", model, 2, ("adjusting", "confounding", "collider", "mediator"), example)
