"""Structural causal models as plain values (Pearl 2009, section 7.1): variables, mechanisms, graph. No library.

A model is M = <U, V, F>: exogenous variables U with their distributions, endogenous variables V, and one mechanism
f_V for each of them. The graph is not written down anywhere: it is read off the parents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from graphlib import TopologicalSorter
from itertools import product
from math import prod
from types import MappingProxyType
from typing import assert_never

from causal.models.mechanisms import Coupling, Function, Linear, Mechanism, Table
from causal.models.mechanisms.protocol import Kind
from causal.models.support import RealLine, States, Support, Unstated


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: what it is called, what values it takes, and the mechanism that sets it.

    ``states`` is empty for a continuous variable. ``numbers`` are the numbers behind the states (None where there are
    none). ``mechanism`` is None in a model that is only a graph. An exogenous variable has no parents.
    """

    name: str
    label: str
    exogenous: bool = False
    parents: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    mechanism: Mechanism | None = None
    state_labels: tuple[str, ...] = ()
    numbers: tuple[float, ...] | None = None
    values_given: bool = False
    latent: bool = False
    unit: str = ""
    range: tuple[float, float] | None = None
    step: float | None = None
    position: tuple[float, float] | None = None
    support: Support = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "support", self._support())

    def _support(self) -> Support:
        if self.mechanism is not None:
            return self.mechanism.support(self.states)
        if self.states:
            return States(self.states)
        return RealLine() if self.unit or self.range is not None else Unstated()

    @property
    def observable(self) -> bool:
        """Whether anybody can measure it: neither chance itself nor marked latent."""
        return not (self.exogenous or self.latent)

    def label_of(self, state: str) -> str:
        """What people read for a state."""
        return self.state_labels[self.states.index(state)] if self.state_labels else state


@dataclass(frozen=True, slots=True)
class Unit:
    """A named individual: any facts about it, complete or partial; states and numbers are written as text.

    ``label`` is what people read, where that is not the name.
    """

    name: str
    facts: tuple[tuple[str, str], ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """A published answer that the model must reproduce: one of value, distribution, interval, or mean and sd."""

    query: str
    answer: tuple[tuple[str, object], ...]
    tolerance: float
    source: str


@dataclass(frozen=True)
class Model:
    """A structural causal model; exogenous variables come first, then the endogenous ones, each in the file's order."""

    variables: tuple[Variable, ...]
    id: str = ""
    title: str = ""
    story: str = ""
    source: str = ""
    question: str = ""
    treatment: str = ""
    outcome: str = ""
    invented: bool = False
    units: tuple[Unit, ...] = ()
    expected: tuple[Expected, ...] = ()
    _index: Mapping[str, Variable] = field(init=False, repr=False, compare=False, default_factory=dict)
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", MappingProxyType({v.name: v for v in self.variables}))
        # Models are keys of the engine's caches: walking every table at each look-up would cost more than the answer.
        object.__setattr__(self, "_hash", hash((self.variables, self.id)))

    def __hash__(self) -> int:
        return self._hash

    def __getitem__(self, name: str) -> Variable:
        return self._index[name]

    def __contains__(self, name: object) -> bool:
        return name in self._index

    def __iter__(self) -> Iterator[Variable]:
        return iter(self.variables)

    @property
    def exogenous(self) -> tuple[Variable, ...]:
        """The exogenous variables U: chance, caused by nothing in the model."""
        return tuple(v for v in self.variables if v.exogenous)

    @property
    def endogenous(self) -> tuple[Variable, ...]:
        """The endogenous variables V: those that have a mechanism."""
        return tuple(v for v in self.variables if not v.exogenous)

    @property
    def edges(self) -> tuple[tuple[str, str], ...]:
        """Every arrow, parent to child."""
        return tuple((p, v.name) for v in self.variables for p in v.parents)

    @property
    def numeric(self) -> bool:
        """Whether every variable has its mechanism (False: the model is only a graph)."""
        return all(v.mechanism is not None for v in self.variables)

    @cached_property
    def causal_order(self) -> tuple[str, ...]:
        """The variables' names, causes before effects."""
        return tuple(TopologicalSorter({v.name: v.parents for v in self.variables}).static_order())

    @cached_property
    def real_valued(self) -> frozenset[str]:
        """The names of the variables that take real numbers rather than one of a few states."""
        return frozenset(v.name for v in self.variables if v.support.case(states=False, numbers=True))

    def rows_of(self, name: str) -> Iterator[tuple[str, ...]]:
        """The combinations of the parents' states, in the order of the mechanism's rows."""
        return product(*(self[p].states for p in self[name].parents))

    def row_count(self, name: str) -> int:
        """How many combinations the parents' states have (1 without parents)."""
        return prod(len(self[p].states) for p in self[name].parents)

    def kind(self, name: str) -> Kind:
        """A variable's mechanism, for what is asked of a mechanism of any kind. Raises ValueError in a mere graph."""
        mechanism = self[name].mechanism
        if mechanism is None:
            raise ValueError(f"{name} has no mechanism")
        return mechanism

    def table(self, name: str) -> Table:
        """A variable's table. Raises ValueError where its mechanism is none."""
        match self[name].mechanism:
            case Table() as table:
                return table
            case Function() | Linear() | None:
                raise ValueError(f"{name} has no table")
            case other:
                assert_never(other)

    def line(self, name: str) -> Linear:
        """A variable's straight line. Raises ValueError where its mechanism is none."""
        match self[name].mechanism:
            case Linear() as line:
                return line
            case Table() | Function() | None:
                raise ValueError(f"{name} has no straight line")
            case other:
                assert_never(other)

    def row_at(self, name: str, states: Mapping[str, str]) -> int:
        """Which of the mechanism's rows is read where the parents stand at these states."""
        row = 0
        for parent in self[name].parents:
            row = row * len(self[parent].states) + self[parent].states.index(states[parent])
        return row

    def do(self, action: Mapping[str, str | float]) -> Model:
        """The submodel M_x: each variable in ``action`` loses its mechanism and its arrows, and takes the value set.

        Values are states for discrete variables, numbers for continuous ones. Source: Pearl 2009, definition 7.1.2.
        """
        changed = tuple(_set(v, action[v.name]) if v.name in action else v for v in self.variables)
        return replace(self, variables=changed)

    def couple(self, name: str, coupling: Coupling | None) -> Model:
        """The same model with one table's missing rung-3 assumption supplied (or taken away)."""
        changed = replace(self[name], mechanism=replace(self.table(name), coupling=coupling))
        return replace(self, variables=tuple(changed if v.name == name else v for v in self.variables))


def _set(variable: Variable, value: str | float) -> Variable:
    match variable.support:
        case RealLine():
            held: Mechanism = Linear(float(value), (), 0.0)
        case States() | Unstated():
            held = Function((str(value),))
        case other:
            assert_never(other)
    return replace(variable, parents=(), mechanism=held)
