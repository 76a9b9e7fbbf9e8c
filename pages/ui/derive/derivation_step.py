"""One step of a derivation: its equation, its rule in plain words, and the mutilated graph that licenses it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.graphs.projection import project
from causal.identification import Separation, Step, Verdict
from causal.identification.formulas.estimand import Value
from causal.identification.formulas.typesetting import latex
from causal.models.model import Model, Variable
from causal.words import grammar
from causal.words.caching import words_cache
from causal.words.catalogue import say
from pages.ui.drawing import dot, world_graph
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

States = Mapping[Value, str]


def walked(verdict: Verdict) -> tuple[tuple[Step, States], ...]:
    """Every step, with the states that its letters stand for; a letter that stands for several is left a letter."""
    found: dict[Step, dict[Value, str]] = {}
    for solved in verdict.solved.values():
        for step in getattr(solved.verdict, "derivation", ()):
            held = found.setdefault(step, dict(solved.states))
            for letter in [a for a, state in held.items() if solved.states.get(a) != state]:
                del held[letter]
    return tuple(found.items())


def draw(model: Model, step: Step, states: States, place: DeltaGenerator) -> None:
    """The equation and its reason here, the graph without the cut arrows in ``place``."""
    smooth = model.real_valued
    before, after = latex(step.before, states, smooth), latex(step.after, states, smooth)
    st.markdown(equation(before, after))
    st.markdown(say(f"derive.{step.rule}"))
    if step.licence:
        st.markdown(separation(model, step.licence))
    with place:
        picture(model, step.licence)


def equation(*sides: str) -> str:
    """Formulas that are equal, one below the other, as Markdown; a long one goes on in the next line."""
    lines = [side.replace(r"\,P(", r"\,\allowbreak P(") for side in sides]
    return "  \n".join([rf"$\displaystyle {lines[0]}$", *(rf"$\displaystyle \quad = {line}$" for line in lines[1:])])


def picture(model: Model, licence: Separation | None) -> None:
    """What can be measured, with one box for each hidden cause that is shared; a licence cuts arrows and marks sets."""
    shown = measured(model)
    world_graph.canvas(shown, "derive").draw(_scene(shown, licence), alt=_alt(shown, licence))


@words_cache(64)
def measured(model: Model) -> Model:
    """The graph of what can be measured: arrows, and for each set that shares a hidden cause, one cause of it."""
    seen = project(model)
    causes = {_hidden(model, group, i): group for i, group in enumerate(sorted(map(sorted, seen.shared)))}
    hidden = tuple(replace(v, parents=(), mechanism=None, exogenous=True, latent=False) for v in causes)
    order = [v.name for v in model if v.name in seen.nodes]
    kept = []
    for name in order:
        arrows = tuple(a for a in order if (a, name) in seen.arrows)
        kept.append(
            replace(
                model[name],
                parents=(*arrows, *(u.name for u, group in causes.items() if name in group)),
                mechanism=None,
            )
        )
    variables = (*hidden, *kept)
    if not all(v.position for v in variables):
        variables = tuple(replace(v, position=None) for v in variables)
    return Model(variables, id=model.id)


def _hidden(model: Model, group: Collection[str], number: int) -> Variable:
    """The hidden variable that a set shares, if the model has one for exactly this set; else a nameless one."""
    for v in model:
        if not v.observable and _moved(model, v.name) == set(group):
            return v
    return Variable(f"hidden cause {number + 1}", say("derive.cause"))


def _moved(model: Model, name: str) -> set[str]:
    """What a hidden variable moves, directly or through other hidden ones."""
    found: set[str] = set()
    for v in model:
        if name in v.parents:
            found |= {v.name} if v.observable else _moved(model, v.name)
    return found


def _scene(shown: Model, licence: Separation | None) -> dot.Scene:
    if licence is None:
        return dot.Scene()
    held = licence.given & licence.into
    known = licence.given - held
    classes = dict.fromkeys(licence.a | licence.b, "end") | dict.fromkeys(known, "seen") | dict.fromkeys(held, "do")
    texts = dict.fromkeys(licence.a, say("derive.one"))
    texts |= dict.fromkeys(licence.b, say("derive.other"))
    texts |= dict.fromkeys(known, say("derive.known")) | dict.fromkeys(held, say("derive.held"))
    nodes = set(licence.whole.nodes)
    cut = {
        (a, b): "cut"
        for a, b in shown.edges
        if b in licence.into or a in licence.out_of or b not in nodes or (a not in nodes and not shown[a].exogenous)
    }
    return dot.Scene(classes, texts, cut)


def separation(model: Model, licence: Separation, holds: bool = True) -> str:
    """What is cut, and which two sides no open path joins then (or: still joins)."""
    where = "both" if licence.into and licence.out_of else "into" if licence.into else "out"
    cuts = say(f"derive.cut_{where}", into=_nouns(model, licence.into), out=_nouns(model, licence.out_of))
    words = {"a": _nouns(model, licence.a), "b": _nouns(model, licence.b), "given": _nouns(model, licence.given)}
    said = say(f"derive.{'apart' if holds else 'joined'}{'_given' if licence.given else ''}", **words)
    return grammar.together(cuts, said) if licence.into or licence.out_of else said


def _alt(shown: Model, licence: Separation | None) -> str:
    if licence is None:
        return world_graph.described(shown)
    cut = (
        say("graph.arrow", a=plain(shown[a].label), b=plain(shown[b].label)) for a, b in _scene(shown, licence).arrows
    )
    return say("derive.alt", cut=grammar.listed(cut, "comma") or say("derive.nothing"))


def _nouns(model: Model, names: Collection[str]) -> str:
    return sentences.nouns(model, (v.name for v in model if v.name in names))
