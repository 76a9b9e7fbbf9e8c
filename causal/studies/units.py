"""People, not only probabilities: n units, each with its own chance, and what each would be in any world.

A unit is a draw of every exogenous variable and of every mechanism's own noise. The same seed gives the same units
with the same chance, whatever is done to them: that is what makes a hypothetical world *theirs* (Pearl 2009, 7.1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from causal.answers.engine import ask, need_numbers
from causal.answers.terms import impossible
from causal.models.mechanisms.protocol import SOLVERS, ParentValues
from causal.models.model import Model
from causal.models.support import RealLine, States, Unstated
from causal.queries.query import Atom, Term, as_text
from causal.ranges.spans import Array
from causal.rungs.prepared import prepare_linear
from causal.worlds.network import linear_mechanisms

Facts = Mapping[str, str | float]
Places = Mapping[str, NDArray[Any]]
"""Values of many units: places among a variable's states, or numbers."""


@dataclass(frozen=True)
class Units:
    """n units of a model; ``chance`` holds each variable's own noise, uniform for tables, standard normal if linear."""

    model: Model
    n: int
    chance: Mapping[str, Array]

    def values(self, action: Facts | None = None) -> pd.DataFrame:
        """Every variable of every unit, one row a unit: factual, or in the world where ``action`` is done.

        Discrete columns hold states, continuous ones numbers. A table without coupling answers as if it were monotone,
        which is right on rungs 1 and 2; what that leaves open on rung 3 is told by ``undecided``.
        """
        return pd.DataFrame(self.columns(action))

    def columns(self, action: Facts | None = None) -> dict[str, NDArray[Any]]:
        """The same as ``values``, as one array for each variable."""
        found = self._found(action or {})
        return {
            v.name: np.array(v.states, dtype=object)[found[v.name]] if v.states else found[v.name] for v in self.model
        }

    def undecided(self, action: Facts) -> dict[str, NDArray[np.bool_]]:
        """Where a unit's value under ``action`` depends on a missing coupling: for each variable, each unit."""
        factual, hypothetical = self._found({}), self._found(action)
        open_: dict[str, NDArray[np.bool_]] = {}
        for name in self.model.causal_order:
            variable = self.model[name]
            unknown = np.zeros(self.n, dtype=bool)
            if name not in action:
                for parent in variable.parents:
                    unknown |= open_[parent]
                if self.model.kind(name).responses == "open":
                    before, after = (parents_at(self.model, name, at, self.n).rows for at in (factual, hypothetical))
                    chancy = np.array(self.model.table(name).rows).max(axis=1) < 1.0
                    unknown |= (before != after) & chancy[after] & chancy[before]
            open_[name] = unknown
        return open_

    def _found(self, action: Facts) -> Places:
        found: dict[str, NDArray[Any]] = {}
        for name in self.model.causal_order:
            variable = self.model[name]
            if name in action:
                held = action[name]
                found[name] = np.full(self.n, variable.states.index(str(held)) if variable.states else float(held))
            else:
                parents = parents_at(self.model, name, found, self.n)
                found[name] = self.model.kind(name).values(variable.states, parents, self.chance.get(name))
        return found


def parents_at(model: Model, name: str, found: Places, n: int) -> ParentValues:
    """What a variable's parents are at in n units."""
    rows, numbers = np.zeros(n, dtype=np.int64), []
    for parent in model[name].parents:
        match model[parent].support:
            case States(states):
                rows = rows * len(states) + found[parent].astype(np.int64)
            case RealLine():
                numbers.append(found[parent])
            case Unstated():
                raise ValueError(f"{parent} has no states")
            case other:
                assert_never(other)
    return ParentValues(rows, tuple(numbers))


def draw(model: Model, n: int, seed: int, facts: Facts | None = None) -> Units:
    """Draw n units: from the whole population, or (with facts) exactly from those that the facts fit.

    Raises ImpossibleEvidence if the facts cannot happen, MissingNumbers if the model is only a graph.
    """
    need_numbers(model)
    chance: dict[str, Array] = {}
    for variable in model:
        generator = np.random.default_rng([seed, crc32(variable.name.encode())])
        if (noise := model.kind(variable.name).noise(n, generator)) is not None:
            chance[variable.name] = noise
    units = Units(model, n, chance)
    if not facts:
        return units
    known = tuple(Atom(k, (), "=", as_text(v)) for k, v in facts.items())
    for solver in SOLVERS:
        if told := tuple(a for a in known if model.kind(a.variable).solver == solver):
            match solver:
                case "linear":
                    chance |= _linear_given(model, told, chance)
                case "network":
                    chance |= _network_given(units, told, np.random.default_rng([seed, 1]))
                case _:
                    assert_never(solver)
    return Units(model, n, chance)


def _linear_given(model: Model, facts: tuple[Atom, ...], chance: Mapping[str, Array]) -> dict[str, Array]:
    """Noise that fits the facts: its mean given them, plus what of the drawn noise they leave free."""
    term = Term("P", (), facts)
    question, values = prepare_linear(model, term)
    mean, contradicted = question.abduced.mean(values)
    if contradicted is not None:
        raise impossible(model, term)
    names = list(linear_mechanisms(model))
    free = np.stack([question.abduced.spread(unit) for unit in np.stack([chance[n] for n in names], axis=1)])
    return {name: mean[i] + free[:, i] for i, name in enumerate(names)}


def _network_given(units: Units, facts: tuple[Atom, ...], generator: np.random.Generator) -> dict[str, Array]:
    """Walk the variables in causal order, drawing each given the facts and what was drawn before, then the noise."""
    model = units.model
    names = [name for name in model.causal_order if model.kind(name).solver == "network"]
    told = {a.variable: str(a.value) for a in facts}
    groups: list[tuple[dict[str, str], NDArray[np.int64]]] = [(told, np.arange(units.n))]
    for name in names:
        if name in told:
            continue
        split = []
        for known, members in groups:
            evidence = tuple(Atom(k, (), "=", v) for k, v in known.items())
            answer = ask(model, Term("P", (Atom(name),), evidence))
            shares = np.array([p if isinstance(p, float) else p[0] for p in (answer.distribution or {}).values()])
            states = generator.choice(len(shares), size=len(members), p=shares / shares.sum())
            split += [
                ({**known, name: model[name].states[k]}, members[states == k])
                for k in range(len(shares))
                if (states == k).any()
            ]
        groups = split
    chance = {name: units.chance[name].copy() for name in names if name in units.chance}
    for known, members in groups:
        at = {name: np.full(len(members), model[name].states.index(state)) for name, state in known.items()}
        for name, noise in chance.items():
            parents = parents_at(model, name, at, len(members))
            noise[members] = model.kind(name).noise_given(at[name], parents, noise[members], generator)
    return chance
