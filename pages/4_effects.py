"""Named effects: one treatment, one outcome, and many questions that all get called "the effect"."""

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.effects.comparison import Comparison, compare
from causal.effects.named_effects import FAMILIES, Effect, effects_of
from causal.words.catalogue import say
from pages.ui.controls import controls, known_facts, people, predict, stories
from pages.ui.controls.measure import Measure
from pages.ui.effects import court, effect_cards
from pages.ui.look import look
from pages.ui.shell import foot, frame, takeaway, workings
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

ICON = ":material/difference:"
SECTION = "follows"

COURT = "court"
IN_A_ROW = 3

frame.enter(__file__)
model = stories.current()
treated, outcome = people.treatment(model), people.outcome(model)
look.title(3, say("effects.title"))


@dataclass(frozen=True, slots=True)
class Choice:
    """What stays while a slider moves: the two variables, the family of effects, the mediator and the group.

    In the court room the treatment is the case's name.
    """

    treatment: str
    measure: Measure
    family: str
    mediator: str
    covariate: str
    predicting: bool = False
    hidden: bool = False


def families() -> dict[str, str]:
    """The families that this story has effects of, and the court room."""
    return {name: say(f"effects.family_{name}") for name in (*FAMILIES, COURT)}


def choose() -> Choice:
    """The choices above the cards."""
    kinds, options = st.columns([8, 4], vertical_alignment="center")
    with kinds:
        family = controls.one_of(say("effects.family"), families(), "effects_family", "everybody", quiet=True)
    if family == COURT:
        with options:
            return Choice(court.choose(), Measure.of(model[outcome]), family, "", "")
    with options, st.container(horizontal=True, vertical_alignment="center"):
        with (
            st.container(key="quiet_effects", width="content"),
            st.popover(say("frame.options"), icon=":material/tune:"),
        ):
            predicting = predict.wanted("effects")
        hidden = predicting and not controls.switch(say("predict.reveal"), "effects_reveal")
    choice = people.settable(model)
    columns = st.columns(3 if family in {"ways", "everybody"} else 2, gap="medium", vertical_alignment="bottom")
    with columns[0], st.container(key="quiet_effects_of"):
        cause = controls.choose(say("effects.of"), model, choice, "effects_of", treated)
    with columns[1], st.container(key="quiet_effects_on"):
        rest = [n for n in people.observed(model) if n != cause] or [cause]
        measure = known_facts.target(model, rest, "effects_on", outcome)
    later = causal.graph.descendants(model, cause)
    between = [n for n in choice if n in later & causal.graph.ancestors(model, measure.variable.name)]
    groups = [n for n in people.observed(model) if n not in later | {cause, measure.variable.name}]
    mediator = covariate = ""
    if family == "ways" and between:
        with columns[2], st.container(key="quiet_effects_by"):
            mediator = controls.choose(say("effects.by"), model, between, "effects_by", between[0])
    if family == "everybody" and groups:
        with columns[2], st.container(key="quiet_effects_among"):
            covariate = controls.choose(say("effects.among"), model, groups, "effects_among", groups[0])
    return Choice(cause, measure, family, mediator, covariate, predicting, hidden)


def nothing(now: Choice) -> None:
    """Why there is no effect of this kind, and a cause that has one."""
    noun, cause = now.measure.variable, model[now.treatment]
    if now.family != "ways":
        st.info(say("effects.none", noun=sentences.noun(noun)), icon=":material/info:")
        return
    st.info(say("effects.no_way", cause=sentences.noun(cause), noun=sentences.noun(noun)), icon=":material/info:")
    for name in people.settable(model):
        if name != noun.name and causal.graph.descendants(model, name) & causal.graph.ancestors(model, noun.name):
            words = say("effects.try_way", noun=sentences.noun(model[name]))
            st.button(words, key=f"effects_try_{name}", on_click=take, args=(name,))


def take(cause: str) -> None:
    """Ask about this cause."""
    st.session_state["effects_of"] = cause


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the moving parts are drawn. It is set outside the fragment, so that a move sends no layout."""

    hands: DeltaGenerator
    cards: tuple[effect_cards.Card, ...]
    under: DeltaGenerator


def possible(now: Choice) -> tuple[Effect, ...]:
    """The effects of this family that make sense for this story."""
    c = comparison(now, None, None, None, None)
    return tuple(e for e in effects_of(model, c) if now.family in e.families)[: IN_A_ROW if frame.talking() else None]


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
    with st.container(key="quiet_effects_letters"):
        effect_cards.letters(model)
    cards = []
    rows = st.container(key="effects_cards")
    for start in range(0, len(effects), IN_A_ROW):
        row = effects[start : start + IN_A_ROW]
        places = rows.columns(max(2, len(row)) if start == 0 else IN_A_ROW, gap="large")
        for place, effect in zip(places, row, strict=False):
            key = "answer" if effect is effects[0] else f"answer_{effect.key}"
            cards.append(effect_cards.card(model, effect, place, key))
    return Stage(hands, tuple(cards), st.container())


@st.fragment
def effects(now: Choice, on: Stage) -> Comparison | None:
    """The values compared, and every card's number: all that moves."""
    cause = model[now.treatment]
    x = other = m = z = None
    several = len(cause.states) != 2
    held = any(card.effect.key == "CDE" for card in on.cards)
    hands = 2 * several + held + bool(now.covariate) + now.predicting
    places = iter(st.columns(max(3, hands), gap="medium"))
    if several:
        low, high = (cause.states[0], cause.states[-1]) if cause.states else controls.limits(cause)[:2]
        with next(places):
            x = controls.value(say("effects.x", noun=plain(cause.label)), cause, "effects_x", high, live=True)
        with next(places):
            other = controls.value(say("effects.other"), cause, "effects_other", low, live=True)
    if held:
        with next(places):
            m = _value(now.mediator, say("effects.held", noun=plain(model[now.mediator].label)), "effects_m")
    if now.covariate:
        with next(places):
            z = _value(now.covariate, plain(model[now.covariate].label), "effects_z")
    guess = predict.NONE
    if now.predicting:
        with next(places):
            first = on.cards[0].effect
            label = say("predict.guess_of", what=effect_cards.name_of(first))
            guess = predict.effect(label, "effects", now.measure.variable, first.scale, now.hidden)
    frame.engine()
    with frame.trouble_shown(*(place for card in on.cards for place in card.places), on.under):
        c = comparison(now, x, other, m, z)
        for card in on.cards:
            own = guess if card is on.cards[0] else replace(guess, text="", number=None)
            effect_cards.fill(model, card, c, own)
        if not (frame.talking() or now.hidden):
            with on.under:
                for card in on.cards:
                    workings.panel(f"effects_{card.effect.key}", model, card.effect.build(c), card.effect.key)
        return c
    return None


def _value(name: str, label: str, key: str) -> str | float:
    return controls.value(label, model[name], key, controls.start_of(model, name), live=True)


now = choose()
if now.family == COURT:
    court.draw(now.treatment)
    foot.without_story("effects", say("court.assumed"), ("counterfactual", "randomisation", "confounding"))
    st.stop()  # the court room is a story of its own: what ends the page speaks of the other one
found = possible(now)
if not found:
    nothing(now)
on = stage(now, found)
with on.hands:
    c = effects(now, on) if found else None
if c and not (frame.talking() or now.hidden):
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
