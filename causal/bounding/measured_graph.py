"""What every model in a program has in common: a graph over measured variables, and their states.

The program looks through all models with one graph, so it never reads a mechanism. It reads the graph's projection, and
for every measured variable its states, numbered from 0, and the numbers behind them. A variable without states (a graph
may leave them out) counts as binary.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product

from causal.errors import BadQuery, one_of
from causal.graphs.projection import Projection, project
from causal.models.model import Model, Variable
from causal.models.support import Unstated
from causal.words.sentence import Listed

States = tuple[int, ...]


@dataclass(frozen=True)
class MeasuredGraph:
    """A graph over measured discrete variables; ``variables`` stand in causal order, each with its states."""

    projection: Projection
    variables: tuple[Variable, ...]

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The variables' names, causes first."""
        return self.projection.nodes

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each variable stands in the causal order."""
        return {name: i for i, name in enumerate(self.nodes)}

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many states each variable has."""
        return {v.name: len(v.states) for v in self.variables}

    @cached_property
    def parents(self) -> dict[str, tuple[str, ...]]:
        """Each variable's measured parents, in causal order."""
        return {n: self.ordered(a for a, b in self.projection.arrows if b == n) for n in self.nodes}

    def variable(self, name: str) -> Variable:
        """The variable of this name."""
        return self.variables[self.place[name]]

    def ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        """These variables in causal order, each once."""
        return tuple(sorted(set(names), key=self.place.__getitem__))

    def outer(self, names: Collection[str]) -> tuple[str, ...]:
        """The parents that a set of variables has outside itself, in causal order."""
        return self.ordered(self.projection.parents(names))

    def shape(self, names: Iterable[str]) -> States:
        """How many states each of these has."""
        return tuple(self.sizes[n] for n in names)

    def combinations(self, names: Iterable[str]) -> Iterator[States]:
        """All joint states of these variables, the last one moving fastest."""
        return product(*(range(self.sizes[n]) for n in names))

    def one_cause(self, names: Collection[str]) -> bool:
        """Whether one hidden cause may move all of these together, so that nothing limits how their types mix."""
        return len(names) < 2 or any(group.issuperset(names) for group in self.projection.shared)


def with_states(model: Model) -> Model:
    """The model with states 0 and 1 for every variable that has none."""
    changed = tuple(replace(v, states=("0", "1"), numbers=(0.0, 1.0)) if v.support == Unstated() else v for v in model)
    return model if changed == model.variables else replace(model, variables=changed)


def measured_graph(model: Model) -> MeasuredGraph:
    """The graph of a model's measured discrete variables (continuous ones never share an arrow with them)."""
    return _measured(project(model), tuple(with_states(model)))


@lru_cache(maxsize=256)
def _measured(projection: Projection, variables: tuple[Variable, ...]) -> MeasuredGraph:
    known = {v.name: v for v in variables}
    seen = projection.among([n for n in projection.nodes if known[n].states])
    # Without mechanisms: models that differ in their numbers alone share one graph, and all that is prepared for it.
    return MeasuredGraph(
        seen, tuple(Variable(n, n, states=known[n].states, numbers=known[n].numbers) for n in seen.nodes)
    )


def check_measured(model: Model, name: str) -> None:
    """Raise BadQuery unless ``name`` is a measured discrete variable of the model."""
    measured = [v.name for v in model if v.observable and v.name not in model.real_valued]
    if name not in model:
        known = one_of(measured, name)
        raise BadQuery("errors.bounding.no_variable", "unknown-variable", found=name[:40], known=known)
    if not model[name].observable:
        raise BadQuery("errors.bounding.unmeasured", "unmeasured", name=name, measured=Listed(measured, "comma"))
    if name not in measured:
        raise BadQuery("errors.bounding.continuous", "continuous", name=name)
