"""Any question on any graph with any variables hidden: can it be known, by which steps, or why not."""

from dataclasses import replace
from functools import lru_cache

import streamlit as st

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
from pages.ui.derive import derivation_step, plain_question, rule_choice, witness
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


def tell(query: Query, verdict: Verdict) -> None:
    """The question and the verdict in words, with its formula and numbers, or its hedge."""
    with answer:
        if asked := plain_question.words(model, query):
            st.container(key="quiet_derive_asked").markdown(asked)
        if not verdict:
            # Parts that cannot be known may cancel; only two models, or a question of one part, decide it.
            decided = verdict.witness is not None or len(verdict.solved) == 1
            st.markdown(say("derive.no" if decided else "derive.perhaps"))
            if verdict.hedge and decided:
                outer, inner = (sentences.nouns(model, part) for part in verdict.hedge)
                st.markdown(say("derive.hedge", outer=outer, inner=inner))
            return
        found = say("derive.yes_tried" if tried else "derive.yes")
        st.markdown(found if frame.talking() else grammar.together(found, say("derive.yes_how")))
        asked = causal.latex(query, model)
        st.markdown(derivation_step.equation(asked, verdict.estimand or ""))
        with frame.trouble_shown():
            numbers(query, verdict)


def numbers(query: Query, verdict: Verdict) -> None:
    """What the formula gives on what is measured, beside the model's own answer."""
    if not model.numeric:
        st.info(say("derive.no_numbers"), icon=":material/tag:")
        return
    truth = causal.ask(model, query)
    own = foot.say_answer(model, query, truth)
    if verdict.value is None and verdict.distribution is None:
        st.markdown(say("derive.no_value", because=reason(verdict), own=own))
        return
    answer = causal.Answer(verdict.query, verdict.rung, value=verdict.value, distribution=verdict.distribution)
    said = foot.say_answer(model, query, answer)
    if smooth(query):  # the engine works no integrals out: a second number would be the first one again
        st.markdown(say("derive.linear", answer=look.number(verdict.rung, said)))
        return
    st.markdown(say("derive.formula", answer=look.number(verdict.rung, said)))
    st.markdown(say("derive.agree" if truth.interval is None and truth.mean is None else "derive.truth", own=own))


def reason(verdict: Verdict) -> str:
    """Why there is no number, or no two models, in the page's words."""
    return readable(str(sentences.labelled(model, verdict.reason))) if verdict.reason else ""


def walk(verdict: Verdict) -> int:
    """The derivation, one step at a time; gives the number of steps."""
    found = derivation_step.walked(verdict)
    count = max(1, len(found))
    controls.settle("derive_step", 1, lambda v: isinstance(v, int) and 1 <= v <= count)
    at = 1
    with walked:
        if found:
            with st.container(key="steps" if frame.talking() else "derive_steps"):
                if not frame.talking():
                    st.markdown(f"**{say('derive.step')}**")
                at = min(max(int(st.pagination(count, key="derive_step", bind=controls.BIND)), 1), count)
            derivation_step.draw(model, *found[at - 1], graph)
        elif verdict:
            st.markdown(say("derive.no_steps"))
    if not found:
        with graph:
            derivation_step.picture(model, None)
    return count


def show_twins(query: Query, verdict: Verdict) -> None:
    """The two models that look the same and answer differently, where there are such for variables with states."""
    found, shown, asked = verdict.witness, model, query
    with walked, frame.trouble_shown():
        if verdict.reason and (rough := coarsened(model, query)) is not None and smooth(query):
            shown, asked = coarse(model), rough
            found = identified(shown, causal.text(rough), tried).witness
            if found:
                st.markdown(say("twins.coarse"))
        elif verdict.reason:
            st.info(reason(verdict), icon=":material/info:")
        if found:
            witness.draw(found, asked, verdict.rung, sentences.nouns(shown, tried))
    if found:
        with under:
            witness.panel(found, asked)


def smooth(query: Query) -> bool:
    """Whether the question names anything continuous."""
    return not model.real_valued.isdisjoint(mentioned(query))


# In a talk the graph is chosen already, and the question has the whole width.
which, ask = (st, st) if frame.talking() else st.columns([4, 9], gap="medium", vertical_alignment="bottom")
with which.container(key="quiet_derive_graph"):
    anew = ("derive_hidden", "derive_query", "derive_experiments", "derive_moves")
    model = gallery.choose(stories.current(), "derive_graph", anew)
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
question = written.strip()[:LONGEST] or start
names = people.observed(model)
with st.container(key="quiet_derive"):
    one, two = st.columns(2, gap="medium")
    with one:
        hidden = tuple(controls.pick_several(say("derive.hidden"), model, names, "derive_hidden", []))
    rest = [n for n in names if n not in hidden]
    label, key = say("derive.experiments"), "derive_experiments"
    with two:
        tried = tuple(controls.pick_several(label, model, rest, key, []) if rest else ())
model = hide(model, hidden)
left, right = st.columns([1, 1] if frame.talking() else [6, 7], gap="medium")
with left:
    graph = st.container()
with left if frame.talking() else right:
    answer = st.container(key="answer")
walked, under = right.container(key="derive_walk"), st.container()
query = verdict = None
count = 1
with answer:
    frame.engine()
    with frame.trouble_shown(), st.spinner(say("derive.looking"), show_time=False):
        query = causal.parse(question, model)
        verdict = identified(model, question, tried)
if query is None or verdict is None:
    with graph:
        derivation_step.picture(model, None)
else:
    tell(query, verdict)
    with walked, st.container(key="quiet_derive_own"):
        own = rule_choice.wanted()
    if own:
        with walked:
            rule_choice.draw(model, query, graph)
    else:
        count = walk(verdict)
        if not verdict:
            show_twins(query, verdict)
with graph:
    st.container(key="quiet_derive_legend").caption(say("derive.legend"))
    if model.story and model.id != stories.current().id:
        with st.container(key="quiet_derive_story"):
            st.caption(prose(model.story))
if frame.talking():
    steps.listen(__file__, "derive_step", list(range(1, count + 1)))
elif query is not None and model.numeric:
    takeaway.panel("derive", model, query, graph="graph_derive", action={})
foot.draw("derive", model, 2, ("identifiable", "do", "dseparation", "exogenous"), None)
