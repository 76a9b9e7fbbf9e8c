"""One named effect on a card: its sentence, its number, its definition, and the two worlds that it compares."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import causal
from causal.effects.comparison import Comparison
from causal.effects.named_effects import Effect, Side, sides
from causal.errors import BadQuery
from causal.models.model import Model
from causal.words import grammar, numbers
from causal.words.catalogue import known, say
from pages.ui.controls import predict
from pages.ui.controls.measure import Gap, ask
from pages.ui.drawing import dot, world_graph
from pages.ui.look import look
from pages.ui.shell import frame
from pages.ui.words import sentences
from pages.ui.words.escaping import plain, prose


@dataclass(frozen=True, slots=True)
class EffectCard:
    """The places of one effect; what stays is drawn already."""

    effect: Effect
    words: DeltaGenerator
    worlds: tuple[world_graph.Canvas, ...]

    @property
    def places(self) -> tuple[DeltaGenerator, ...]:
        """Everything that a move may draw."""
        return self.words, *(canvas.place for canvas in self.worlds)


def card(model: Model, effect: Effect, place: DeltaGenerator, key: str) -> EffectCard:
    """A card without its question: the name, and room for the rest."""
    with place:
        shape = look.RUNGS[effect.rung]
        name = f"**:{shape.color}[{shape.icon}] {name_of(effect)}**"
        st.markdown(say("effects.card", name=name, key=effect.key))
        words = st.container(key=key)
        left, right = st.columns(2, gap="small")
        with left:
            one = world_graph.canvas(model, f"effects_{effect.key}_1", compact=True)
        with right:
            two = world_graph.canvas(model, f"effects_{effect.key}_2", compact=True)
    return EffectCard(effect, words, (one, two))


def letters(model: Model) -> None:
    """What the short names in the small graphs mean, where they do not say it themselves."""
    short = [v for v in model if not v.exogenous and (len(v.name) < 3 or v.name.lower() not in v.label.lower())]
    said = [say("effects.letter", name=plain(v.name), label=plain(v.label)) for v in short if v.name != v.label]
    if said:
        st.markdown(say("effects.letters", letters=grammar.listed(said, "comma")))


def fill(model: Model, on: EffectCard, c: Comparison, guess: predict.Guess = predict.NONE) -> None:
    """Ask, and say the answer (a question mark until the reveal)."""
    query = on.effect.build(c)
    with on.words, frame.trouble_shown():
        sentence = _sentence(model, on.effect, c)
        try:
            parts = ("?", "") if guess.hidden else _number(model, on.effect, c, ask(model, query))
        except BadQuery as error:
            if error.kind != "bad-query/division-by-zero":
                raise
            parts = "–", say("effects.never")  # a ratio to what never happens
        predict.answer(on.effect.rung, sentence, parts, guess, causal.latex(query, model))
    for canvas, side in zip(on.worlds, sides(query), strict=False):
        _draw(model, side, canvas)


def name_of(effect: Effect) -> str:
    """What the page calls an effect: as the catalogue words it, else as its row does."""
    key = f"effects.{effect.key}_name"
    return say(key) if known(key) else plain(effect.name)


def _sentence(model: Model, effect: Effect, c: Comparison) -> str:
    key = f"effects.{effect.key}"
    return grammar.capital(say(key, **_words(model, c))) if known(key) else prose(effect.meaning)


def _words(model: Model, c: Comparison) -> dict[str, str]:
    """What the sentences are made of."""

    def clause(name: str, value: str) -> str:
        return sentences.clause(model[name], _value(model, name, value))

    def been(value: str) -> str:
        return sentences.clauses(model, 3, {c.treatment: _value(model, c.treatment, value)})

    other = sentences.state(model[c.treatment], _value(model, c.treatment, c.other))
    words = {
        "x": clause(c.treatment, c.x),
        "other": clause(c.treatment, c.other),
        "contrast": say("effects.contrast", x=clause(c.treatment, c.x), other=other),
        "had_x": been(c.x),
        "had_other": been(c.other),
        "what": sentences.what(model[c.outcome], c.y),
    }
    if c.y:
        words["event"] = clause(c.outcome, c.y)
    if c.mediator:
        words |= {"mediator": sentences.noun(model[c.mediator]), "held": clause(c.mediator, c.m)}
    if c.covariate:
        words["group"] = clause(c.covariate, c.z)
    return words


def _value(model: Model, name: str, value: str) -> str | float:
    return model[name].support.read(value)


def _number(model: Model, effect: Effect, c: Comparison, answer: causal.Answer) -> tuple[str, str]:
    """The number, and its unit if it has one end only."""
    ends = answer.interval or (answer.value or 0.0,)
    if effect.scale == "difference":
        return Gap(model[c.outcome], *ends).parts
    if effect.scale == "share":
        return numbers.probability(ends[0]) if len(ends) == 1 else numbers.interval(*ends), ""
    shown = [say("numbers.times", number=numbers.figures(end, 3)) for end in ends]
    return shown[0] if len(shown) == 1 else numbers.spanned(*shown), ""


def _draw(model: Model, side: Side, canvas: world_graph.Canvas) -> None:
    """One of the two worlds, as a graph and in words."""
    facts = {a.variable: _value(model, a.variable, a.value or "") for a in side.facts}
    done = {s.variable: _value(model, s.variable, s.value) for s in side.held if s.value is not None}
    kept = [s.variable for s in side.held if s.value is None]
    if facts:
        said = say("effects.alt_facts", facts=sentences.facts(model, facts))
    else:
        labels = grammar.listed(plain(model[name].label) for name in kept)
        said = say("effects.alt_kept" if kept else "effects.alt_done", done=sentences.facts(model, done), kept=labels)
    scene = dot.scene(model, seen=facts, done=done, imagined=dict.fromkeys(kept, ""))
    cut = {(a, b): "cut" for a, b in model.edges if b in kept}
    canvas.draw(replace(scene, arrows={**scene.arrows, **cut}), alt=said)
    with canvas.place:
        st.caption(said)
