"""Questions about a story: the part of it that is told, and one question of each kind about a treatment and an outcome.

A story may have more variables than a table on paper can hold. Only its core is told, treatment and outcome and what is
nearest to them; what is left out counts as unmeasured, and every verdict is about the story as it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod
from typing import TypeVar

import numpy as np

from causal.answers import engine
from causal.errors import CausalError
from causal.graphs import graph
from causal.labs.questions.writing.families import FAMILIES, AskedComparison, Asks, Family
from causal.labs.questions.writing.naming import OWN, named
from causal.models.model import Model
from causal.queries.query import Atom, Query, as_text, ask_for

T = TypeVar("T")

MOST_VARIABLES = 5
MOST_CELLS = 64
"""What a table of the prompt may hold."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the story as it is told and named, the query, and how it is said and answered.

    ``trial`` is the variable that the story's experiment sets; ``scene`` is what the question is about.
    """

    model: Model
    family: Family
    query: Query
    scene: AskedComparison
    trial: str

    @property
    def rung(self) -> int:
        """The rung of its form."""
        return self.family.rung

    @property
    def form(self) -> str:
        """The sentence that says it."""
        return self.family.form if self.scene.y else self.family.mean_form

    @property
    def asks(self) -> Asks:
        """What an answer to it looks like."""
        return self.family.asks if self.scene.y else self.family.mean_asks

    @property
    def core(self) -> tuple[str, ...]:
        """What is measured in the story as it is told, in the model's order."""
        return measured(self.model)


def measured(model: Model) -> tuple[str, ...]:
    """The variables that somebody measures."""
    return tuple(v.name for v in model.endogenous if v.observable)


@lru_cache(maxsize=128)
def told(model: Model, naming: str = OWN, seed: int = 0) -> Model | None:
    """The story's core under other names; None where no question of cause and effect can be asked of it."""
    pair = _main_pair(model)
    if pair is None:
        return None
    kept = _core(model, *pair)
    shown = tuple(v if v.exogenous else replace(v, latent=v.latent or v.name not in kept) for v in model)
    hidden = replace(model, variables=shown)
    return named(replace(hidden, treatment=pair[0], outcome=pair[1], expected=()), naming, seed)


def _main_pair(model: Model) -> tuple[str, str] | None:
    """The story's own treatment and outcome; else the first cause and effect that are of one kind."""
    if not model.numeric:
        return None
    names = [n for n in measured(model) if _varied(model, n)]
    pairs = [(a, b) for b in reversed(names) for a in names if a in graph.ancestors(model, b)]
    own = (model.treatment, model.outcome)
    if own[0] in names and own[1] in names and own[0] != own[1]:
        pairs.insert(0, own)
    return next((pair for pair in pairs if _alike(model, *pair)), None)


def _core(model: Model, x: str, y: str) -> frozenset[str]:
    """Treatment, outcome and the nearest others of their kind, as many as a table holds."""
    near = [*model[x].parents, *model[y].parents, *graph.children(model, x)]
    near += [n for n in model.causal_order if n in graph.ancestors(model, x) | graph.ancestors(model, y)]
    others = [n for n in [*near, *measured(model)] if n not in (x, y) and n in measured(model)]
    kept = [x, y]
    for name in dict.fromkeys(n for n in others if _alike(model, n, y)):
        cells = prod(len(model[n].states) or 1 for n in [*kept, name])
        if len(kept) < MOST_VARIABLES and cells <= MOST_CELLS:
            kept.append(name)
    return frozenset(kept)


def sheet(model: Model, seed: int, families: Sequence[str] = tuple(FAMILIES), wander: bool = False) -> list[Question]:
    """One question of each kind about a story as it is told (``told``); ``wander``: perhaps about another pair.

    A kind that makes no sense here, or whose condition never happens, is left out.
    """
    rng = np.random.default_rng((seed, 11))
    scene = draw(model, rng, wander)
    found = (_question(model, FAMILIES[key], scene) for key in families)
    return [question for question in found if question is not None]


def _question(model: Model, family: Family, scene: AskedComparison) -> Question | None:
    query = family.query(scene)
    if query is None:
        return None
    try:
        engine.ask(model, query)
    except CausalError:
        return None
    return Question(model, family, query, scene, model.treatment)


def draw(model: Model, rng: np.random.Generator, wander: bool = False) -> AskedComparison:
    """A scene of the story, by chance where it leaves a choice."""
    x, y = model.treatment, model.outcome
    names = measured(model)
    if wander:
        like = [n for n in names if _alike(model, n, y) and _varied(model, n)]
        pairs = [(a, b) for b in like for a in like if a in graph.ancestors(model, b)]
        x, y = _pick(rng, [(x, y), *pairs])
    on, off = _values(model, x, rng, wander)
    states = model[y].states
    event = _pick(rng, states) if states and wander else "".join(states[-1:])
    rest = [s for s in states if s != event]
    others = [n for n in names if n not in (x, y) and _alike(model, n, y)]
    varied = [n for n in others if _varied(model, n)]
    z = _pick(rng, varied) if varied else ""
    value = _pick(rng, _values(model, z, rng, True)) if z else ""
    between = [n for n in varied if x in graph.ancestors(model, n) and n in graph.ancestors(model, y)]
    return AskedComparison(
        treatment=x,
        outcome=y,
        x=on,
        other=off,
        y=event,
        not_y=rest[0] if len(rest) == 1 else "",
        mediator=_pick(rng, between) if between else "",
        covariate=z,
        z=value,
        facts=_facts(model, x, y, names, rng),
    )


def _alike(model: Model, a: str, b: str) -> bool:
    """Whether both have states, or both take numbers."""
    return (a in model.real_valued) == (b in model.real_valued)


def _varied(model: Model, name: str) -> bool:
    """Whether there is more than one value."""
    return len(model[name].states) != 1


def _pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    return options[int(rng.integers(len(options)))]


def _values(model: Model, name: str, rng: np.random.Generator, wander: bool) -> tuple[str, str]:
    """Two values of a variable: the last state against the first (or any two), or a high number against a low one."""
    v = model[name]
    if name not in model.real_valued:
        one, two = rng.permutation(len(v.states))[:2] if wander else (-1, 0)
        return v.states[int(one)], v.states[int(two)]
    found = engine.ask(model, ask_for(name))
    mean, sd = found.mean or 0.0, found.sd or 1.0
    step = v.step or 10.0 ** np.floor(np.log10(max(sd, 1e-9)))
    away = float(_pick(rng, (0.5, 1.0, 1.5)))
    high, low = (as_text(round(round(x / step) * step, 9)) for x in (mean + away * sd, mean - away * sd))
    return high, low


def _facts(model: Model, x: str, y: str, names: Sequence[str], rng: np.random.Generator) -> tuple[Atom, ...]:
    """What is known of one of the story's units, of what is measured; of a continuous one all that is needed."""
    units = [dict(u.facts) for u in model.units if x in dict(u.facts)]
    if not units:
        return ()
    facts = _pick(rng, units)
    return tuple(Atom(n, (), "=", facts[n]) for n in names if n in facts)
