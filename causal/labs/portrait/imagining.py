"""Rung 3 as pictures: what this person's portrait would be, exactly, after an action.

The facts may be all that the picture shows, or a part of it (a cropped picture). The engine is asked for the joint
distribution of what the picture would show in the world of the action, given the facts. What is certain is kept apart;
the rest is walked block by block in causal order, the likeliest beginning first, so that whole scenes come out in the
order of their weights and the walk can stop after a few. Nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count, product
from math import prod

import numpy as np

from causal.answers.engine import ask
from causal.graphs.graph import descendants
from causal.labs.portrait.drawing import DRAWN, PortraitScene
from causal.models.mechanisms.protocol import ParentValues
from causal.models.model import Model
from causal.queries.query import Atom, Setting, Term, World, ask_for
from causal.rungs.prepared import prepare

CERTAIN = 1.0 - 1e-12
BLOCK = 4096
"""At most so many joint states are asked for at once."""

MOST_LOOKS = 60
"""The walk asks the engine at most so often; scenes that it has not reached by then count as the rest."""

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Imagined:
    """One whole scene, and how probable it is."""

    scene: PortraitScene
    weight: float


@dataclass(frozen=True, slots=True)
class Imagination:
    """The likeliest scenes, the likeliest first, and the weight of all others together."""

    likeliest: tuple[Imagined, ...]
    rest: float


def imagine(model: Model, facts: Mapping[str, str], action: Mapping[str, str], most: int = 6) -> Imagination:
    """The portrait in the world where ``action`` was done, given facts of the world that is.

    With nothing to do it completes a cropped picture. Raises ImpossibleEvidence if the facts cannot happen together.
    """
    return _imagine(model, tuple(facts.items()), tuple(action.items()), most)


@lru_cache(maxsize=512)
def _imagine(model: Model, facts: Values, action: Values, most: int) -> Imagination:
    known, open_ = _settled(model, dict(facts), dict(action))
    asked = [name for name in open_ if not _follows(model, name)]
    blocks = _blocks(model, asked)
    found: list[Imagined] = []
    ticket = count()
    waiting: list[tuple[float, int, int, tuple[str, ...]]] = [(-1.0, next(ticket), 0, ())]
    looks = 0
    while waiting and len(found) < most:
        if looks >= MOST_LOOKS:
            if found:
                break
            waiting = [max(waiting, key=lambda item: (item[2], -item[0]))]  # so that there is a picture at all
        weight, _, done, states = heappop(waiting)
        if done == len(blocks):
            values = known | dict(zip(asked, states, strict=True))
            found.append(Imagined(_completed(model, values, open_, dict(action)), -weight))
            continue
        looks += 1
        for more, share in _shares(model, facts, action, asked[: len(states)], states, blocks[done]):
            heappush(waiting, (weight * share, next(ticket), done + 1, states + more))
    return Imagination(tuple(found), max(0.0, 1.0 - sum(i.weight for i in found)))


def _settled(model: Model, facts: dict[str, str], action: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """What the picture certainly shows, and the names of what is open, causes first."""
    reached = set().union(*(descendants(model, name) for name in action)) if action else set()
    known: dict[str, str] = dict(action)
    open_: list[str] = []
    for name in (n for n in model.causal_order if n in DRAWN and n not in action):
        if name in facts and name not in reached:
            known[name] = facts[name]
            continue
        world = action if name in reached else {}
        shares = ask(model, ask_for(name, evidence=facts, world=world)).distribution or {}
        likeliest = max(shares, key=lambda state: _point(shares[state]))
        if _point(shares[likeliest]) >= CERTAIN:
            known[name] = likeliest
        else:
            open_.append(name)
    return known, open_


def _point(share: float | tuple[float, float]) -> float:
    """A probability; the portrait's tables are all coupled, so none is an interval."""
    return share[0] if isinstance(share, tuple) else share


def _follows(model: Model, name: str) -> bool:
    """Whether a variable is a function of what the picture shows, so that it need not be asked for."""
    return model.kind(name).responses == "function" and all(parent in DRAWN for parent in model[name].parents)


def _blocks(model: Model, names: Sequence[str]) -> list[list[str]]:
    blocks: list[list[str]] = []
    for name in names:
        if not blocks or prod(len(model[n].states) for n in (*blocks[-1], name)) > BLOCK:
            blocks.append([])
        blocks[-1].append(name)
    return blocks


def _shares(
    model: Model, facts: Values, action: Values, before: Sequence[str], states: Sequence[str], block: Sequence[str]
) -> list[tuple[tuple[str, ...], float]]:
    """P(the block's states in the world of the action | facts, and the earlier blocks' states in that world)."""
    world: World = tuple(Setting(name, value) for name, value in action)

    def inside(name: str) -> World:
        return () if model[name].exogenous else world

    known = tuple(Atom(name, (), "=", value) for name, value in facts)
    earlier = tuple(Atom(n, inside(n), "=", s) for n, s in zip(before, states, strict=True))
    question, values = prepare(model, Term("P", tuple(Atom(n, inside(n)) for n in block), known + earlier))
    joint, total = question.joint(values)
    table = (joint / total).reshape(-1)
    rows = product(*(model[name].states for name in block))
    return [(row, float(share)) for row, share in zip(rows, table, strict=True) if share > 0.0]


def _completed(model: Model, values: dict[str, str], open_: Sequence[str], action: Mapping[str, str]) -> PortraitScene:
    """The scene, with what follows from the rest worked out; ``open_`` is in causal order."""
    whole = dict(values)
    for name in open_:
        if name not in whole and name not in action and model.kind(name).responses == "function":
            row = ParentValues(np.array([model.row_at(name, whole)]))
            (place,) = model.kind(name).values(model[name].states, row, None)
            whole[name] = model[name].states[place]
    return PortraitScene.of(whole)
