"""Named effects: one treatment, one outcome, and many questions that all get called "the effect"."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.effects import Comparison, Effect, compare, effects_of
from pages.ui import (
    controls,
    courtroom,
    effect_cards,
    foot,
    frame,
    knowing,
    look,
    people,
    stories,
    takeaway,
    workings,
)
from pages.ui.measure import Measure
from pages.ui.texts import plain, say

TITLE = "Effects"
ICON = ":material/difference:"
SECTION = "What follows"
HELP = "On average, for those treated, because of it, by which way: every question that gets called “the effect”."

FAMILIES = {
    "everybody": ("ATE", "RR", "CATE"),
    "groups": ("ATE", "ETT", "ATU"),
    "causes": ("PN", "PS", "PNS", "PD", "PE"),
    "ways": ("TE", "NDE", "NIE", "CDE"),
}
COURT = "court"
IN_A_ROW = 3

frame.enter(__file__)
model = stories.current()
treated, outcome = people.treatment(model), people.outcome(model)
look.title(3, say("effects.title"))


@dataclass(frozen=True, slots=True)
class Choice:
    """What stays while a slider moves: the two variables, the family of effects, the mediator and the group."""

    treatment: str
    measure: Measure
    family: str
    mediator: str
    covariate: str


def families() -> dict[str, str]:
    """The families that this story has effects of, and the court room."""
    return {name: say(f"effects.family_{name}") for name in (*FAMILIES, COURT)}


def choose() -> Choice:
    """The choices above the cards."""
    family = controls.one_of(say("effects.family"), families(), "effects_family", "everybody", quiet=True)
    if family == COURT:
        return Choice("", Measure.of(model[outcome]), family, "", "")
    choice = people.settable(model)
    columns = st.columns(3 if family in {"ways", "everybody"} else 2, gap="medium", vertical_alignment="bottom")
    with columns[0], st.container(key="quiet_effects_of"):
        cause = controls.choose(say("effects.of"), model, choice, "effects_of", treated)
    with columns[1], st.container(key="quiet_effects_on"):
        rest = [n for n in people.observed(model) if n != cause] or [cause]
        measure = knowing.target(model, rest, "effects_on", outcome)
    later = causal.graph.descendants(model, cause)
    between = [n for n in choice if n in later & causal.graph.ancestors(model, measure.variable.name)]
    groups = [n for n in people.observed(model) if n not in later | {cause, measure.variable.name}]
    mediator = covariate = ""
    if family == "ways" and between:
        with columns[2]:
            mediator = controls.choose(say("effects.by"), model, between, "effects_by", between[0])
    if family == "everybody" and groups:
        with columns[2], st.container(key="quiet_effects_among"):
            covariate = controls.choose(say("effects.among"), model, groups, "effects_among", groups[0])
    return Choice(cause, measure, family, mediator, covariate)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    hands: DeltaGenerator
    cards: tuple[effect_cards.Card, ...]
    under: DeltaGenerator


def possible(now: Choice) -> tuple[Effect, ...]:
    """The effects of this family that make sense for this story."""
    c = comparison(now, None, None, None, None)
    keys = FAMILIES[now.family][: IN_A_ROW if frame.talking() else None]
    met = {e.key: e for e in effects_of(model, c)}
    return tuple(met[key] for key in keys if key in met)


def comparison(
    now: Choice, x: str | float | None, other: str | float | None, m: str | float | None, z: str | float | None
) -> Comparison:
    """The two values compared; those that nobody chose are the ends of the range, or the last and the first state."""
    cause = model[now.treatment]
    if x is None or other is None:
        low, high = (cause.states[0], cause.states[-1]) if cause.states else controls.limits(cause)[:2]
        x, other = high, low
    return compare(
        model,
        now.treatment,
        now.measure.variable.name,
        x=x,
        other=other,
        y=now.measure.event,
        mediator=now.mediator,
        m="" if m is None else m,
        covariate=now.covariate,
        z="" if z is None else z,
    )


def stage(now: Choice, effects: tuple[Effect, ...]) -> Stage:
    """The controls, and the cards in rows of three."""
    hands = st.container()
    cards = []
    for start in range(0, len(effects), IN_A_ROW):
        row = effects[start : start + IN_A_ROW]
        places = st.columns(max(2, len(row)) if start == 0 else IN_A_ROW, gap="large")
        for place, effect in zip(places, row, strict=False):
            key = "answer" if effect is effects[0] else f"answer_{effect.key}"
            cards.append(effect_cards.card(model, effect, place, key))
    return Stage(hands, tuple(cards), st.container())


@st.fragment
def effects(now: Choice, on: Stage) -> Comparison | None:
    """The values compared, and every card's number: all that moves."""
    cause = model[now.treatment]
    x = other = m = z = None
    one, two, three = st.columns(3, gap="medium")
    if len(cause.states) != 2:
        low, high = (cause.states[0], cause.states[-1]) if cause.states else controls.limits(cause)[:2]
        with one:
            x = controls.value(say("effects.x", noun=plain(cause.label)), cause, "effects_x", high, live=True)
        with two:
            other = controls.value(say("effects.other"), cause, "effects_other", low, live=True)
    if now.mediator:
        with three:
            m = _value(now.mediator, say("effects.held", noun=plain(model[now.mediator].label)), "effects_m")
    if now.covariate:
        with three:
            z = _value(now.covariate, plain(model[now.covariate].label), "effects_z")
    frame.engine()
    with frame.trouble_shown():
        c = comparison(now, x, other, m, z)
        for card in on.cards:
            effect_cards.fill(model, card, c)
        if not frame.talking():
            with on.under:
                for card in on.cards:
                    workings.panel(f"effects_{card.effect.key}", model, card.effect.build(c), card.effect.key)
        return c
    return None


def _value(name: str, label: str, key: str) -> str | float:
    return controls.value(label, model[name], key, controls.start_of(model, name), live=True)


now = choose()
if now.family == COURT:
    courtroom.draw()
    st.stop()  # the court room is a story of its own: what ends the page speaks of the other one
found = possible(now)
if not found:
    st.info(say("effects.none"), icon=":material/info:")
on = stage(now, found)
with on.hands:
    c = effects(now, on) if found else None
if c and not frame.talking():
    first = on.cards[0].effect
    takeaway.panel(
        "effects",
        model,
        first.build(c),
        graph=f"graph_effects_{first.key}_1",
        action={c.treatment: float(c.x) if model[c.treatment].continuous else c.x},
    )
foot.draw(
    "effects",
    model,
    3,
    ("confounding", "counterfactual", "mediator"),
    foot.example_of(model, Measure.of(model[outcome]), treated),
)
