"""Three ways to name a story's variables, so that recall cannot stand in for reasoning.

    own        as the story names them
    swapped    every variable goes by another one's name and states: the world contradicts common sense
    nonsense   words that mean nothing, made from a seed

Only what people read is changed (labels, states' labels, units). The mechanisms and so every answer stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from causal.labs.questions.wording import clean
from causal.models.model import Model, Variable

OWN, SWAPPED, NONSENSE = "own", "swapped", "nonsense"

_FIRST = ("b", "bl", "d", "dr", "f", "fl", "g", "gl", "k", "l", "m", "n", "p", "pl", "r", "s", "sn", "t", "v", "w", "z")
_VOWELS = ("a", "e", "i", "o", "u")
_LAST = ("b", "ck", "dge", "f", "k", "lf", "m", "mp", "nk", "p", "rb", "rf", "sk", "x", "zz")


def named(model: Model, naming: str, seed: int) -> Model:
    """The same model under other names, each of them different from all others."""
    rng = np.random.default_rng((seed, 7))
    return _distinct(NAMINGS[naming](model, rng))


def _own(model: Model, rng: np.random.Generator) -> Model:
    return model


def _swapped(model: Model, rng: np.random.Generator) -> Model:
    groups: dict[int, list[Variable]] = {}
    for v in model:
        groups.setdefault(len(v.states), []).append(v)
    given: dict[str, Variable] = {}
    for group in groups.values():
        order = [group[i] for i in rng.permutation(len(group))]
        for variable, donor in zip(order, [*order[1:], order[0]], strict=True):
            states = tuple(donor.label_of(s) for s in donor.states)
            if donor is variable:  # no other has as many states: then its states trade places
                states = states[::-1]
            given[variable.name] = replace(variable, label=donor.label, state_labels=states, unit=donor.unit)
    return _renamed(model, given)


def _nonsense(model: Model, rng: np.random.Generator) -> Model:
    fresh = words(rng)
    given = {}
    for v in model:
        label = next(fresh).capitalize()
        states = tuple(next(fresh) for _ in v.states)
        given[v.name] = replace(v, label=label, state_labels=states, unit=f"{next(fresh)}s" if v.unit else "")
    return _renamed(model, given)


def words(rng: np.random.Generator) -> Iterator[str]:
    """Pronounceable words that mean nothing, each once."""
    used: set[str] = set()
    while True:
        syllables = ["".join(_pick(rng, part) for part in (_FIRST, _VOWELS)) for _ in range(2)]
        word = "".join(syllables) + _pick(rng, _LAST)
        if word not in used:
            used.add(word)
            yield word


def _pick(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    return options[int(rng.integers(len(options)))]


def _renamed(model: Model, given: Mapping[str, Variable]) -> Model:
    return replace(model, variables=tuple(given[v.name] for v in model), title="", story="", question="", source="")


def _distinct(model: Model) -> Model:
    """Labels that are the same once they are cleaned get the variable's name beside them; states likewise."""
    seen = [clean(v.label).casefold() for v in model]
    changed = []
    for v, name in zip(model, seen, strict=True):
        states = [clean(v.label_of(s)) for s in v.states]
        if len(set(states)) < len(states):
            states = [f"{s} ({i})" for i, s in enumerate(states, start=1)]
        label = f"{clean(v.label)[:40]} ({v.name[:12]})" if seen.count(name) > 1 else clean(v.label)
        changed.append(replace(v, label=label, state_labels=tuple(states)))
    return replace(model, variables=tuple(changed))


NAMINGS: Mapping[str, Callable[[Model, np.random.Generator], Model]] = {
    OWN: _own,
    SWAPPED: _swapped,
    NONSENSE: _nonsense,
}
"""Every naming by its key."""
