"""Named effects: one treatment, one outcome, and many questions that all get called "the effect"."""

from dataclasses import replace

import streamlit as st

import causal
from causal.effects.comparison import Comparison, compare
from causal.effects.named_effects import FAMILIES, effects_of
from causal.words.catalogue import say
from pages.ui.controls import controls, known_facts, people, predict, stories
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
look.title(3, say("effects.title"))


def nothing() -> None:
    """Why there is no effect of this kind, and a cause that has one."""
    noun = sentences.noun(measure.variable)
    if family != "ways":
        st.info(say("effects.none", noun=noun), icon=":material/info:")
        return
    st.info(say("effects.no_way", cause=sentences.noun(cause), noun=noun), icon=":material/info:")
    for name in people.settable(model):
        if name != outcome and causal.graph.descendants(model, name) & causal.graph.ancestors(model, outcome):
            words = say("effects.try_way", noun=sentences.noun(model[name]))
            st.button(words, key=f"effects_try_{name}", on_click=take, args=(name,))


def take(cause: str) -> None:
    """Ask about this cause."""
    st.session_state["effects_of"] = cause


def comparison(x: str | float, other: str | float, m: str | float = "", z: str | float = "") -> Comparison:
    """The two values compared, that of the mediator and that of the group."""
    return compare(
        model, cause.name, outcome, x=x, other=other, y=measure.event, mediator=mediator, m=m, covariate=covariate, z=z
    )


@st.fragment
def move() -> Comparison | None:
    """The values compared, and every card's number: all that moves."""
    x, other = people.arms(model, cause.name)
    m: str | float = ""
    z: str | float = ""
    several = len(cause.states) != 2
    held = any(card.effect.key == "CDE" for card in cards)
    places = iter(st.columns(max(3, 2 * several + held + bool(covariate) + predicting), gap="medium"))
    if several:
        with next(places):
            x = controls.value(say("effects.x", noun=plain(cause.label)), cause, "effects_x", x, live=True)
        with next(places):
            other = controls.value(say("effects.other"), cause, "effects_other", other, live=True)
    if held:
        with next(places):
            m = value(mediator, say("effects.held", noun=plain(model[mediator].label)), "effects_m")
    if covariate:
        with next(places):
            z = value(covariate, plain(model[covariate].label), "effects_z")
    guess = predict.NONE
    if predicting:
        with next(places):
            label = say("predict.guess_of", what=effect_cards.name_of(found[0]))
            guess = predict.effect(label, "effects", measure.variable, found[0].scale, hidden)
    frame.engine()
    with frame.trouble_shown(*(place for card in cards for place in card.places), under):
        c = comparison(x, other, m, z)
        for card in cards:
            own = guess if card is cards[0] else replace(guess, text="", number=None)
            effect_cards.fill(model, card, c, own)
        if not (frame.talking() or hidden):
            with under:
                for card in cards:
                    workings.panel(f"effects_{card.effect.key}", model, card.effect.build(c), card.effect.key)
        return c
    return None


def value(name: str, label: str, key: str) -> str | float:
    """The value at which a variable is held, or that its group has."""
    return controls.value(label, model[name], key, controls.start_of(model, name), live=True)


# Whatever a move leaves alone is drawn outside the fragment, so that a move sends no layout.
kinds, options = st.columns([8, 4], vertical_alignment="center")
with kinds:
    families = {name: say(f"effects.family_{name}") for name in (*FAMILIES, COURT)}
    family = controls.one_of(say("effects.family"), families, "effects_family", "everybody", quiet=True)
if family == COURT:
    with options:
        case = court.choose()
    court.draw(case)
    foot.without_story("effects", say("court.assumed"), ("counterfactual", "randomisation", "confounding"))
    st.stop()  # the court room is a story of its own: what ends the page speaks of the other one
with options, st.container(horizontal=True, vertical_alignment="center"):
    with st.container(key="quiet_effects", width="content"), st.popover(say("frame.options"), icon=":material/tune:"):
        predicting = predict.wanted("effects")
    hidden = predicting and not controls.switch(say("predict.reveal"), "effects_reveal")
choice, measured = people.settable(model), people.observed(model)
columns = st.columns(3 if family in {"ways", "everybody"} else 2, gap="medium", vertical_alignment="bottom")
with columns[0], st.container(key="quiet_effects_of"):
    cause = model[controls.choose(say("effects.of"), model, choice, "effects_of", people.treatment(model))]
with columns[1], st.container(key="quiet_effects_on"):
    rest = [n for n in measured if n != cause.name] or [cause.name]
    measure = known_facts.target(model, rest, "effects_on", people.outcome(model))
outcome = measure.variable.name
later = causal.graph.descendants(model, cause.name)
between = [n for n in choice if n in later & causal.graph.ancestors(model, outcome)]
groups = [n for n in measured if n not in later | {cause.name, outcome}]
mediator = covariate = ""
if family == "ways" and between:
    with columns[2], st.container(key="quiet_effects_by"):
        mediator = controls.choose(say("effects.by"), model, between, "effects_by", between[0])
if family == "everybody" and groups:
    with columns[2], st.container(key="quiet_effects_among"):
        covariate = controls.choose(say("effects.among"), model, groups, "effects_among", groups[0])
possible = effects_of(model, comparison(*people.arms(model, cause.name)))
found = [effect for effect in possible if family in effect.families][: IN_A_ROW if frame.talking() else None]
if not found:
    nothing()
hands = st.container()
with st.container(key="quiet_effects_letters"):
    effect_cards.letters(model)
rows, cards = st.container(key="effects_cards"), list[effect_cards.EffectCard]()
for at, effect in enumerate(found):
    if at % IN_A_ROW == 0:
        row = len(found[at : at + IN_A_ROW])
        places = rows.columns(max(2, row) if at == 0 else IN_A_ROW, gap="large")
    cards.append(effect_cards.card(model, effect, places[at % IN_A_ROW], f"answer_{effect.key}" if at else "answer"))
under = st.container()
with hands:
    c = move() if found else None
if c and not (frame.talking() or hidden):
    takeaway.panel(
        "effects",
        model,
        found[0].build(c),
        graph=f"graph_effects_{found[0].key}_1",
        action={c.treatment: model[c.treatment].support.read(c.x)},
    )
foot.draw("effects", model, 3, ("confounding", "counterfactual", "mediator"), foot.example_of(model, 2))
