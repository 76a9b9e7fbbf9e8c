"""Any question on any graph with any variables hidden: can it be known, by which steps, or why not."""

from dataclasses import dataclass, replace
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.identification import Verdict
from causal.identification.calculus.coarsening import coarse, coarsened
from causal.models.model import Model
from causal.models.support import Unstated
from causal.queries.query import Query, mentioned
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.controls import controls, gallery, people, stories
from pages.ui.controls.measure import Measure
from pages.ui.derive import derivation, plain_question, rule_choice, witness
from pages.ui.look import look
from pages.ui.shell import foot, frame, steps, takeaway
from pages.ui.words import sentences
from pages.ui.words.escaping import prose, readable

ICON = ":material/rule:"
SECTION = "follows"
GRAPHS = True  # a model that is only a graph has its verdicts too

LONGEST = 500

frame.enter(__file__)
st.title(f"{ICON} {say('derive.title')}", anchor=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked: of which graph, with what hidden, and which experiments may help."""

    model: Model
    question: str
    experiments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the parts are drawn."""

    graph: DeltaGenerator
    answer: DeltaGenerator
    step: DeltaGenerator
    under: DeltaGenerator


def choose() -> Choice:
    """The controls above the verdict."""
    # In a talk the graph is chosen already, and the question has the whole width.
    which, ask = (st, st) if frame.talking() else st.columns([4, 9], gap="medium", vertical_alignment="bottom")
    with which.container(key="quiet_derive_graph"):
        model = gallery.choose(
            stories.current(), "derive_graph", ("derive_hidden", "derive_query", "derive_experiments", "derive_moves")
        )
    start = default(model)
    controls.settle("derive_query", start, lambda v: isinstance(v, str))
    written = ask.text_input(
        say("derive.query"),
        start,
        key="derive_query",
        bind=controls.BIND,
        help=None if frame.talking() else say("ask.help"),
        max_chars=LONGEST,
        on_change=controls.reset,
        args=("derive_moves",),
        label_visibility="collapsed" if frame.talking() else "visible",
    )
    names = people.observed(model)
    with st.container(key="quiet_derive"):
        one, two = st.columns(2, gap="medium")
        with one:
            hidden = controls.pick_several(say("derive.hidden"), model, names, "derive_hidden", [])
        rest = [n for n in names if n not in hidden]
        with two:
            tried = (
                controls.pick_several(say("derive.experiments"), model, rest, "derive_experiments", []) if rest else []
            )
    return Choice(hide(model, tuple(hidden)), written.strip()[:LONGEST] or start, tuple(tried))


@lru_cache(maxsize=256)
def hide(model: Model, names: tuple[str, ...]) -> Model:
    """The same model in which nobody measures these variables."""
    if not names:
        return model
    return replace(model, variables=tuple(replace(v, latent=v.latent or v.name in names) for v in model))


def default(model: Model) -> str:
    """The story's own question: what its treatment does to its outcome."""
    treated, outcome = people.treatment(model), people.outcome(model)
    measure, cause = Measure.of(model[outcome]), model[treated]
    if cause.support == Unstated():
        return f"P({outcome}=1 | do({treated}=1))"
    x = cause.states[-1] if cause.states else controls.start_of(model, treated)
    return causal.text(measure.term(action={treated: x}))


@lru_cache(maxsize=256)
def identified(model: Model, question: str, experiments: tuple[str, ...]) -> Verdict:
    """The verdict; a class asks the same few questions, so the latest are kept."""
    return causal.identify(model, question, experiments)


def stage() -> Stage:
    """The graph on the left; the verdict and the step on the right (in a talk, the verdict under the graph)."""
    left, right = st.columns([1, 1] if frame.talking() else [6, 7], gap="medium")
    with left:
        graph = st.container()
    with left if frame.talking() else right:
        answer = st.container(key="answer")
    return Stage(graph, answer, right.container(key="derive_walk"), st.container())


def tell(now: Choice, query: Query, verdict: Verdict, on: Stage) -> None:
    """The question and the verdict in words, with its formula and numbers, or its hedge."""
    with on.answer:
        if asked := plain_question.words(now.model, query):
            st.container(key="quiet_derive_asked").markdown(asked)
        if not verdict:
            # Parts that cannot be known may cancel; only two models, or a question of one part, decide it.
            decided = verdict.witness is not None or len(verdict.solved) == 1
            st.markdown(say("derive.no" if decided else "derive.perhaps"))
            if verdict.hedge and decided:
                outer, inner = (grammar.listed(sentences.noun(now.model[n]) for n in part) for part in verdict.hedge)
                st.markdown(say("derive.hedge", outer=outer, inner=inner))
            return
        found = say("derive.yes_tried" if now.experiments else "derive.yes")
        st.markdown(found if frame.talking() else grammar.together(found, say("derive.yes_how")))
        asked = causal.latex(query, now.model)
        st.markdown(derivation.equation(asked, verdict.estimand or ""))
        with frame.trouble_shown():
            _numbers(now.model, query, verdict)


def _numbers(model: Model, query: Query, verdict: Verdict) -> None:
    """What the formula gives on what is measured, beside the model's own answer."""
    if not model.numeric:
        st.info(say("derive.no_numbers"), icon=":material/tag:")
        return
    truth = causal.ask(model, query)
    own = foot.say_answer(model, query, truth)
    if verdict.value is None and verdict.distribution is None:
        st.markdown(say("derive.no_value", because=_reason(model, verdict), own=own))
        return
    answer = causal.Answer(verdict.query, verdict.rung, value=verdict.value, distribution=verdict.distribution)
    said = foot.say_answer(model, query, answer)
    if _smooth(model, query):  # the engine works no integrals out: a second number would be the first one again
        st.markdown(say("derive.linear", answer=look.number(verdict.rung, said)))
        return
    st.markdown(say("derive.formula", answer=look.number(verdict.rung, said)))
    st.markdown(say("derive.agree" if truth.interval is None and truth.mean is None else "derive.truth", own=own))


def _reason(model: Model, verdict: Verdict) -> str:
    """Why there is no number, or no two models, in the page's words."""
    return readable(str(sentences.labelled(model, verdict.reason))) if verdict.reason else ""


def walk(now: Choice, verdict: Verdict, on: Stage) -> int:
    """The derivation, one step at a time; gives the number of steps."""
    found = derivation.walked(verdict)
    count = max(1, len(found))
    controls.settle("derive_step", 1, lambda v: isinstance(v, int) and 1 <= v <= count)
    at = 1
    with on.step:
        if found:
            with st.container(key="steps" if frame.talking() else "derive_steps"):
                if not frame.talking():
                    st.markdown(f"**{say('derive.step')}**")
                at = min(max(int(st.pagination(count, key="derive_step", bind=controls.BIND)), 1), count)
            derivation.draw(now.model, *found[at - 1], on.graph)
        elif verdict:
            st.markdown(say("derive.no_steps"))
    if not found:
        with on.graph:
            derivation.picture(now.model, None)
    return count


def show_twins(now: Choice, query: Query, verdict: Verdict, on: Stage) -> None:
    """The two models that look the same and answer differently, where there are such for variables with states."""
    found = verdict.witness
    model, asked = now.model, query
    with on.step, frame.trouble_shown():
        if verdict.reason and (rough := coarsened(model, query)) is not None and _smooth(model, query):
            model, asked = coarse(model), rough
            found = identified(model, causal.text(rough), now.experiments).witness
            if found:
                st.markdown(say("twins.coarse"))
        elif verdict.reason:
            st.info(_reason(model, verdict), icon=":material/info:")
        if found:
            tried = grammar.listed(sentences.noun(model[n]) for n in now.experiments)
            witness.draw(found, asked, verdict.rung, tried)
    if found:
        with on.under:
            witness.panel(found, asked)


def _smooth(model: Model, query: Query) -> bool:
    return not model.real_valued.isdisjoint(mentioned(query))


def page() -> None:
    """The whole page."""
    now = choose()
    on = stage()
    query = verdict = None
    count = 1
    with on.answer:
        frame.engine()
        with frame.trouble_shown(), st.spinner(say("derive.looking"), show_time=False):
            query = causal.parse(now.question, now.model)
            verdict = identified(now.model, now.question, now.experiments)
    if query is None or verdict is None:
        with on.graph:
            derivation.picture(now.model, None)
    else:
        tell(now, query, verdict, on)
        with on.step, st.container(key="quiet_derive_own"):
            own = rule_choice.wanted()
        if own:
            with on.step:
                rule_choice.draw(now.model, query, on.graph)
        else:
            count = walk(now, verdict, on)
            if not verdict:
                show_twins(now, query, verdict, on)
    with on.graph:
        st.container(key="quiet_derive_legend").caption(say("derive.legend"))
        if now.model.story and now.model.id != stories.current().id:
            with st.container(key="quiet_derive_story"):
                st.caption(prose(now.model.story))
    if frame.talking():
        steps.listen(__file__, "derive_step", list(range(1, count + 1)))
    elif query is not None and now.model.numeric:
        takeaway.panel("derive", now.model, query, graph="graph_derive", action={})
    foot.draw("derive", now.model, 2, ("identifiable", "do", "dseparation", "exogenous"), None)


page()
