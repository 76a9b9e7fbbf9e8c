"""Two models that look the same and answer differently: the proof that a question cannot be known from the data."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

import streamlit as st

import causal
from causal.identification.points import mentioned
from causal.model import Model
from causal.query import Query
from pages.ui import foot, frame, look, numbers, stories
from pages.ui.texts import clean, plain, say

if TYPE_CHECKING:
    from causal.identification.witness import Witness

MOST_ROWS = 8
NAMES = ("A", "B")


def draw(found: Witness, query: Query, rung: int, tried: str) -> None:
    """Both answers, and the data that both give; ``tried`` are the experiments that agree as well."""
    st.markdown(f"{say('twins.intro')}  \n${causal.latex(query, found.models[0])}$")
    with st.container(key="answer_twins"):
        places = st.columns(2, gap="medium")
    for place, name, value in zip(places, NAMES, found.values, strict=True):
        with place:
            said = number(found.models[0], query, value)
            st.markdown(f"{say('twins.answer', name=name)}  \n{look.number(rung, said)}")
    st.markdown(say("twins.same_tried", nouns=tried) if tried else say("twins.same"))
    st.markdown(_table(found.models, _asked(found.models[0], query)))


def models(found: Witness) -> None:
    """Both models in full, to read, to keep and to open."""
    places = st.columns(2, gap="medium")
    for place, name, model in zip(places, NAMES, found.models, strict=True):
        with place:
            st.markdown(f"**{say('twins.model', name=name)}**\n\n{_summary(model)}")
            with st.container(horizontal=True):
                st.download_button(
                    say("twins.save", name=name),
                    lambda model=model: causal.dumps(model).encode("utf-8", "replace"),
                    f"model-{name}.toml",
                    key=f"derive_save_{name}",
                    icon=":material/download:",
                    on_click="ignore",
                )
                st.button(
                    say("twins.open", name=name),
                    key=f"derive_open_{name}",
                    icon=":material/file_open:",
                    on_click=stories.take,
                    args=(model,),
                )


def number(model: Model, query: Query, value: float) -> str:
    """A number as the answer to a question: a share, a quantity with its unit, or plain."""
    return foot.say_answer(model, query, causal.Answer("", 0, value=value))


def _asked(model: Model, query: Query) -> tuple[str, ...]:
    """What the question names, in causal order."""
    named = mentioned(query)
    return tuple(n for n in model.causal_order if n in named and model[n].observable)


@lru_cache(maxsize=64)
def _shares(model: Model, names: tuple[str, ...]) -> tuple[float, ...]:
    from causal.identification.measuring import distribution  # brings the engine, which pages import when they need it

    return tuple(float(p) for p in distribution(model, names).values.ravel())


def _table(models: tuple[Model, Model], names: tuple[str, ...]) -> str:
    first = models[0]
    rows = [
        "| "
        + " | ".join([*(plain(first[n].label) for n in names), *(say("twins.model", name=n) for n in NAMES)])
        + " |",
        "|" + "--:|" * (len(names) + 2),
    ]
    cells = product(*(first[n].states for n in names))
    shares = zip(cells, *(_shares(m, names) for m in models), strict=True)
    for states, *pair in islice(shares, MOST_ROWS):
        said = [plain(first[n].label_of(s)) for n, s in zip(names, states, strict=True)]
        rows.append("| " + " | ".join([*said, *map(numbers.probability, pair)]) + " |")
    return "\n".join(rows)


def _summary(model: Model) -> str:
    """Each mechanism in a line: what it follows, and how often its last state comes in each case."""
    lines = []
    for v in model:
        rows = getattr(v.mechanism, "rows", ())
        shares = ", ".join(numbers.probability(row[-1]) for row in rows if not isinstance(row, str))
        after = ", ".join(plain(model[p].label) for p in v.parents)
        what = f"{plain(v.label)} = {plain(v.label_of(v.states[-1]))}" if v.states else clean(v.label)
        lines.append(f"- {say('twins.follows' if after else 'twins.alone', what=what, after=after, shares=shares)}")
    return "\n".join(lines)


def panel(found: Witness) -> None:
    """What both are made of, where somebody asks."""
    if frame.talking():
        return
    opened = st.expander(say("twins.made"), icon=":material/function:", key="derive_made", on_change="rerun")
    if opened.open:
        with opened:
            models(found)
