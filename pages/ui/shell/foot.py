"""What ends every page: what is assumed, the words' meanings, the query bar, and the way back to the start."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import causal
from causal.models.model import Model
from causal.queries.query import Query, Term
from causal.words import grammar, numbers
from causal.words.catalogue import say
from causal.words.grammar import listed
from pages.ui.controls import controls, people
from pages.ui.controls.measure import Measure
from pages.ui.controls.stories import plain_message
from pages.ui.drawing import world_graph
from pages.ui.look import look
from pages.ui.shell import frame
from pages.ui.words import quantities
from pages.ui.words.escaping import plain


def draw(page: str, model: Model, rung: int, terms: Sequence[str], example: Term | None, line: str = "") -> None:
    """The end of a page; ``terms`` are the glossary's words that it uses (no ``example``: nothing can be asked).

    ``line`` says what is assumed where that is not what its rung assumes.
    """
    _line(page, line or assumption(model, rung), terms)
    with st.container(key=f"quiet_{page}_foot"):
        if example:
            ask_bar(page, model, example)
        with st.expander(say("graph.in_words"), type="compact"):
            st.text(world_graph.described(model))
        _again(page)


def without_story(page: str, line: str, terms: Sequence[str]) -> None:
    """The end of what is no story of the picker: a ``line`` of what is assumed, the words, and the way back."""
    _line(page, line, terms)
    with st.container(key=f"quiet_{page}_foot"):
        _again(page)


def _line(page: str, line: str, terms: Sequence[str]) -> None:
    with st.container(key=f"foot_{page}", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(line, width="content")
        with st.container(key="quiet_meanings", horizontal=True, gap="small", width="content"):
            for term in terms:
                meaning(term)


def _again(page: str) -> None:
    st.button(
        say("frame.reset"),
        icon=":material/restart_alt:",
        type="tertiary",
        key=f"{page}_reset",
        on_click=controls.reset,
        args=(f"{page}_",),
    )


def assumption(model: Model, rung: int) -> str:
    """One line: what must be true for the page's numbers to be right."""
    parts = [say(f"assume.rung{rung}")]
    if rung == 3:
        parts.append(_rung3(model))
    if model.invented:
        parts.append(say("assume.invented"))
    return grammar.together(*parts)


def _rung3(model: Model) -> str:
    responses = {v.name: v.mechanism.responses for v in model.endogenous if v.mechanism and v.parents}
    if open_ := [plain(model[name].label) for name, kind in responses.items() if kind == "open"]:
        return say("assume.open", labels=listed(open_))
    for kind in ("monotone", "independent", "linear"):
        if kind in responses.values():
            return say(f"assume.{kind}")
    return say("assume.functions")


def meaning(term: str) -> None:
    """A word that opens its meaning."""
    with st.popover(say(f"glossary.{term}"), type="tertiary"):
        st.markdown(say(f"meaning.{term}"))


@st.fragment
def ask_bar(page: str, model: Model, example: Term) -> None:
    """Ask anything of the query language."""
    key = f"{page}_ask"
    controls.settle(key, "", lambda v: isinstance(v, str))
    with st.form(f"{page}_form", border=False, enter_to_submit=True):
        field, button = st.columns([6, 1], vertical_alignment="bottom")
        question = field.text_input(
            say("ask.label"), key=key, bind=controls.BIND, placeholder=causal.text(example), help=say("ask.help")
        )
        button.form_submit_button(say("ask.button"), icon=":material/help:", width="stretch")
    if question.strip():
        _answer(model, question)


def _answer(model: Model, question: str) -> None:
    frame.engine()
    try:
        query = causal.parse(question, model)
        answer = causal.ask(model, query)
    except causal.CausalError as error:
        at = getattr(error, "position", None)
        if at is not None:
            st.code(f"{question}\n{' ' * at}^", language=None)
        st.error(plain_message(error), icon=":material/block:")
        return
    rung = look.RUNGS[answer.rung]
    st.latex(causal.latex(query, model))
    st.markdown(f"{rung.icon} :{rung.color}[{rung.name}] **{say_answer(model, query, answer)}**")
    if answer.reason:
        st.caption(say("ask.open"))


def say_answer(model: Model, query: Query, answer: causal.Answer) -> str:
    """Any answer in one line."""
    variable = model[query.event[0].variable] if isinstance(query, Term) else None
    if variable and answer.distribution:
        shares = {
            s: numbers.interval(*p) if isinstance(p, tuple) else numbers.probability(p)
            for s, p in answer.distribution.items()
        }
        said = (say("words.fact", label=plain(variable.label_of(s)), value=share) for s, share in shares.items())
        return grammar.listed(said, "semicolon")
    if variable and answer.mean is not None:
        spread = quantities.quantity(variable, answer.sd or 0.0)
        return say("ask.mean", mean=quantities.quantity(variable, answer.mean), sd=spread)
    ends = answer.interval or (answer.value or 0.0,)
    if isinstance(query, Term) and query.kind == "P":
        said = [numbers.probability(p) for p in ends]
    elif variable and variable.name in model.real_valued:
        said = [quantities.quantity(variable, x) for x in ends]
    else:
        said = [numbers.figures(x, 6) for x in ends]
    return numbers.spanned(*said) if len(said) == 2 else said[0]


def example_of(model: Model, rung: int) -> Term:
    """A rung's question about the story's own treatment and outcome, which the query bar shows as an example."""
    treatment = people.treatment(model)
    at = {treatment: controls.start_of(model, treatment)}
    given = {1: {"evidence": at}, 2: {"action": at}, 3: {"world": at, "evidence": people.named(model)[0].facts}}
    return Measure.of(model[people.outcome(model)]).term(**given[rung])
