"""People, not only probabilities: n units, each with its own chance, and what each would be in any world.

A unit is a draw of every exogenous variable and of every mechanism's own noise. The same seed gives the same units
with the same chance, whatever is done to them: that is what makes a hypothetical world *theirs* (Pearl 2009, 7.1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from causal.answers.engine import ask, need_numbers
from causal.answers.terms import impossible
from causal.models.model import Function, Linear, Model, Table
from causal.queries.query import Atom, Term, as_text
from causal.ranges.spans import Array
from causal.rungs.counterfactual import prepare_linear

Facts = Mapping[str, str | float]


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
            v.name: found[v.name] if v.continuous else np.array(v.states, dtype=object)[found[v.name]]
            for v in self.model
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
                mechanism = variable.mechanism
                if isinstance(mechanism, Table) and mechanism.coupling is None and len(mechanism.rows) > 1:
                    before, after = self._row(name, factual), self._row(name, hypothetical)
                    chancy = np.array(mechanism.rows).max(axis=1) < 1.0
                    unknown |= (before != after) & chancy[after] & chancy[before]
            open_[name] = unknown
        return open_

    def _found(self, action: Facts) -> dict[str, NDArray[np.int64] | Array]:
        found: dict[str, NDArray[np.int64] | Array] = {}
        for name in self.model.causal_order:
            variable = self.model[name]
            if name in action:
                held = action[name]
                if variable.continuous:
                    found[name] = np.full(self.n, float(held))
                else:
                    found[name] = np.full(self.n, variable.states.index(str(held)))
            else:
                found[name] = self._mechanism(name, found)
        return found

    def _mechanism(self, name: str, found: Mapping[str, Array | NDArray[np.int64]]) -> Array | NDArray[np.int64]:
        variable, mechanism = self.model[name], self.model[name].mechanism
        if isinstance(mechanism, Linear):
            value = mechanism.intercept + mechanism.sd * self.chance[name]
            for parent, coefficient in zip(variable.parents, mechanism.coefficients, strict=True):
                value = value + coefficient * found[parent]
            return np.asarray(value)
        row = self._row(name, found)
        if isinstance(mechanism, Function):
            taken = np.array([variable.states.index(state) for state in mechanism.rows])
            return np.asarray(taken[row])
        assert isinstance(mechanism, Table)  # noqa: S101 - a model with numbers has no fourth kind
        noise = self.chance[name]
        own = noise if noise.ndim == 1 else noise[np.arange(self.n), row]
        return np.asarray((own[:, None] >= _ends(mechanism)[row][:, :-1]).sum(axis=1))

    def _row(self, name: str, found: Mapping[str, Array | NDArray[np.int64]]) -> NDArray[np.int64]:
        row = np.zeros(self.n, dtype=np.int64)
        for parent in self.model[name].parents:
            row = row * len(self.model[parent].states) + found[parent].astype(np.int64)
        return row


def _ends(table: Table) -> Array:
    return np.asarray(np.minimum(np.cumsum(np.array(table.rows), axis=1), 1.0))


def draw(model: Model, n: int, seed: int, facts: Facts | None = None) -> Units:
    """Draw n units: from the whole population, or (with facts) exactly from those that the facts fit.

    Raises ImpossibleEvidence if the facts cannot happen, MissingNumbers if the model is only a graph.
    """
    need_numbers(model)
    chance: dict[str, Array] = {}
    for variable in model:
        generator = np.random.default_rng([seed, crc32(variable.name.encode())])
        mechanism = variable.mechanism
        if isinstance(mechanism, Linear):
            chance[variable.name] = generator.standard_normal(n)
        elif isinstance(mechanism, Table):
            rows = len(mechanism.rows)
            chance[variable.name] = generator.random((n, rows) if mechanism.coupling == "independent" else n)
    units = Units(model, n, chance)
    if not facts:
        return units
    discrete = {k: str(v) for k, v in facts.items() if not model[k].continuous}
    continuous = {k: float(v) for k, v in facts.items() if model[k].continuous}
    if continuous:
        chance |= _linear_given(model, continuous, chance)
    if discrete:
        chance |= _discrete_given(units, discrete, np.random.default_rng([seed, 1]))
    return Units(model, n, chance)


def _linear_given(model: Model, facts: Mapping[str, float], chance: Mapping[str, Array]) -> dict[str, Array]:
    """Noise that fits the facts: its mean given them, plus what of the drawn noise they leave free."""
    term = Term("P", (), tuple(Atom(k, (), "=", as_text(v)) for k, v in facts.items()))
    question, values = prepare_linear(model, term)
    mean, contradicted = question.abduced.mean(values)
    if contradicted is not None:
        raise impossible(model, term)
    names = [v.name for v in model if isinstance(v.mechanism, Linear)]
    free = np.stack([question.abduced.spread(unit) for unit in np.stack([chance[n] for n in names], axis=1)])
    return {name: mean[i] + free[:, i] for i, name in enumerate(names)}


def _discrete_given(units: Units, facts: Mapping[str, str], generator: np.random.Generator) -> dict[str, Array]:
    """Walk the variables in causal order, drawing each given the facts and what was drawn before, then the noise."""
    model = units.model
    names = [name for name in model.causal_order if not model[name].continuous]
    groups: list[tuple[dict[str, str], NDArray[np.int64]]] = [(dict(facts), np.arange(units.n))]
    for name in names:
        if name in facts:
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
        for name, noise in chance.items():
            table, variable = model[name].mechanism, model[name]
            assert isinstance(table, Table)  # noqa: S101 - only tables have discrete noise
            row = model.row_at(name, known)
            state = variable.states.index(known[name])
            low, high = np.concatenate([[0.0], _ends(table)[row]])[[state, state + 1]]
            own = low + (high - low) * generator.random(len(members))
            if noise.ndim == 1:
                noise[members] = own
            else:
                noise[members, row] = own
    return chance
