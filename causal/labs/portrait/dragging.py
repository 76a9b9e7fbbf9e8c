"""What a request drags along: every variable of the picture, as it is, and as each rung would have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from causal.answers.engine import ask
from causal.graphs.graph import descendants
from causal.labs.portrait.drawing import DRAWN
from causal.models.model import Model
from causal.queries.query import Term, ask_for

Values = tuple[tuple[str, str], ...]
Share = tuple[str, float]
"""The likeliest state, and how probable it is."""

SURE = 1.0 - 1e-9

NOTABLE = 0.1
"""Seeing drags a variable along where it moves so much of its probability."""


@dataclass(frozen=True, slots=True)
class Row:
    """One variable: its state in the picture, and the likeliest state where the request is seen, done and imagined.

    ``drag`` is how much of its probability lies elsewhere when the request is seen than when it is done.
    """

    name: str
    now: str
    seen: Share
    done: Share
    imagined: Share
    drag: float

    @property
    def moved(self) -> bool:
        """Whether the imagined world has, or may have, another state than the picture."""
        return self.imagined[0] != self.now or self.imagined[1] < SURE

    @property
    def dragged(self) -> bool:
        """Whether seeing expects something else of it than doing, though imagining keeps it."""
        return not self.moved and self.drag >= NOTABLE


def rows(model: Model, facts: Mapping[str, str], action: Mapping[str, str]) -> tuple[Row, ...]:
    """Every variable that the picture shows and that an action could set, causes first; not the one that is set."""
    return _rows(model, tuple(facts.items()), tuple(action.items()))


@lru_cache(maxsize=256)
def _rows(model: Model, facts: Values, action: Values) -> tuple[Row, ...]:
    known, done = dict(facts), dict(action)
    names = [n for n in model.causal_order if n in DRAWN and not model[n].exogenous and n not in done]
    return tuple(_row(model, name, known, done) for name in names)


def _row(model: Model, name: str, facts: Mapping[str, str], action: Mapping[str, str]) -> Row:
    seen = _shares(model, ask_for(name, evidence=action))
    done = _shares(model, ask_for(name, action=action))
    imagined = _shares(model, ask_for(name, evidence=facts, world=action))
    drag = 0.5 * sum(abs(seen[state] - done[state]) for state in seen)
    return Row(name, facts[name], _likeliest(seen), _likeliest(done), _likeliest(imagined), drag)


def followers(model: Model, name: str) -> frozenset[str]:
    """What an action on a variable can reach."""
    return frozenset(descendants(model, name)) - {name}


def telling(model: Model, facts: Mapping[str, str], action: Mapping[str, str], outcome: str) -> dict[str, str]:
    """The facts that decide how an outcome answers an action; all others may be left out of the question.

    They are what lies on the ways from the action to the outcome, and the parents of that: every other variable is as
    it was, and chance that is not on the way has no say.
    """
    reached = set().union(*(descendants(model, name) for name in action)) - set(action)
    way = {name for name in reached if name == outcome or outcome in descendants(model, name)} | {outcome}
    needed = way.union(action, *(model[name].parents for name in way))
    return {name: state for name, state in facts.items() if name in needed}


def _shares(model: Model, question: Term) -> dict[str, float]:
    return {s: p if isinstance(p, float) else p[0] for s, p in (ask(model, question).distribution or {}).items()}


def _likeliest(shares: Mapping[str, float]) -> Share:
    return max(shares.items(), key=lambda item: item[1])
