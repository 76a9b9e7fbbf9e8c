"""The one door to pgmpy: copies of variables become a Bayesian network, whose factors ``contraction`` sums over.

A network's exogenous variables are roots and its functions deterministic tables. What one unit's noise links across
worlds is made explicit only where a table is copied: one noise root cut at the breakpoints ("monotone"), or a chain in
which a copy that reads a row already read repeats the answer ("independent"). A table without coupling that is copied
stays open: its parents and itself are left in the answer, for the interval over all couplings.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any, assert_never

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from causal.errors import TooLarge
from causal.models.mechanisms import Function, Linear, Table
from causal.models.mechanisms.protocol import ParentValues
from causal.models.model import Model
from causal.ranges.spans import Array
from causal.worlds.parallel_worlds import Copy, Held, Reference

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pgmpy 1.1.2 announces changes to modules that are not used here
    from pgmpy.ci_tests import ChiSquare, Pearsonr
    from pgmpy.factors.continuous import LinearGaussianCPD
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.models import DiscreteBayesianNetwork


LARGEST_TABLE = 2**26
"""The largest table, in entries, that is ever filled; a question that needs more is refused."""

SAME_BREAKPOINT = 1e-14
"""Cumulative probabilities closer than this differ only by rounding."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A table over the named axes; an axis is a node's name in the network."""

    values: Array
    axes: tuple[str, ...]


@dataclass(frozen=True)
class Network:
    """A pgmpy network over copies, held values and noise, and the factors it holds.

    ``names`` gives the node of every copy; ``held`` the node of every held value (a root that is always indexed);
    ``open_tables`` the copies of each table without coupling that is read in more than one way.
    """

    bayesian: Any
    factors: tuple[Factor, ...]
    sizes: Mapping[str, int]
    names: tuple[str, ...]
    held: Mapping[Held, str]
    open_tables: Mapping[str, tuple[int, ...]]

    def node(self, reference: Reference) -> str:
        """The name of the node that stands for a copy or a held value."""
        return self.held[reference] if isinstance(reference, Held) else self.names[reference]


def build(model: Model, copies: Sequence[Copy]) -> Network:
    """Make the network of these copies. Raises TooLarge if one table alone would not fit."""
    builder = _Builder(model, copies)
    for number in range(len(copies)):
        builder.add(number)
    return builder.finish()


class _Builder:
    def __init__(self, model: Model, copies: Sequence[Copy]) -> None:
        self.model, self.copies = model, copies
        self.names = tuple(f"{c.variable}.{i}" for i, c in enumerate(copies))
        self.held: dict[Held, str] = {}
        self.sizes: dict[str, int] = {}
        self.cpds: list[Any] = []
        self.of: dict[str, list[int]] = {}
        for number, copy in enumerate(copies):
            self.of.setdefault(copy.variable, []).append(number)
        self.open_tables: dict[str, tuple[int, ...]] = {}

    def size(self, reference: Reference) -> int:
        variable = reference.variable if isinstance(reference, Held) else self.copies[reference].variable
        return len(self.model[variable].states)

    def node(self, reference: Reference) -> str:
        if not isinstance(reference, Held):
            return self.names[reference]
        if reference not in self.held:
            name = f"{reference.variable}={reference.value}"
            self.held[reference] = name
            size = self.size(reference)
            self.put(name, [], np.full(size, 1.0 / size))
        return self.held[reference]

    def put(self, name: str, parents: Sequence[str], values: Array) -> None:
        """Add P(name | parents); the axes of ``values`` are the parents, then the node itself."""
        size = values.shape[-1]
        self.sizes[name] = size
        table = np.moveaxis(values, -1, 0).reshape(size, -1)
        self.cpds.append(TabularCPD(name, size, table, list(parents), [self.sizes[p] for p in parents]))

    def parents(self, number: int) -> list[Reference]:
        # a parent with one state says nothing, and numpy cannot hold an axis for each of hundreds of them
        return [p for p in self.copies[number].parents if self.size(p) > 1]

    def add(self, number: int) -> None:
        name, group = self.copies[number].variable, self.of[self.copies[number].variable]
        parents = self.parents(number)
        sizes = [self.size(p) for p in parents]
        names = [self.node(p) for p in parents]
        rows = probabilities(self.model, name)
        # what is read in one way only has no responses that could hang together
        responses = self.model.kind(name).responses if len(group) > 1 else "function"
        match responses:
            case "function":
                self.put(self.names[number], names, rows.reshape(*sizes, -1))
            case "monotone":
                noise, reading = f"noise of {name}", monotone_noise(self.model.table(name))
                if noise not in self.sizes:
                    self.put(noise, [], reading.probabilities)
                answers = np.eye(rows.shape[1])[reading.answers]
                self.put(self.names[number], [*names, noise], answers.reshape(*sizes, *answers.shape[1:]))
            case "independent":
                self._repeat_or_draw(number, rows)
            case "open":
                self.sizes[self.names[number]] = rows.shape[1]
                self.open_tables[name] = tuple(group)
            case "linear":
                raise ValueError(f"{name} is no node of a network of tables")
            case _:
                assert_never(responses)

    def _repeat_or_draw(self, number: int, rows: Array) -> None:
        """An independently coupled copy: repeats an earlier copy's answer to the same row, else draws its own."""
        earlier = [i for i in self.of[self.copies[number].variable] if i < number]
        axes: list[Reference] = list(dict.fromkeys(r for i in [*earlier, number] for r in self.parents(i)))
        axes = [a for a in axes if a not in earlier] + [*earlier, number]
        shape = tuple(self.size(a) for a in axes)
        if prod(shape) > LARGEST_TABLE:
            raise TooLarge("errors.worlds.many_worlds", name=self.copies[number].variable)

        def along(reference: Reference) -> NDArray[np.int64]:
            at = axes.index(reference)
            return np.arange(shape[at]).reshape([-1 if i == at else 1 for i in range(len(shape))])

        def row(copy: int) -> NDArray[np.int64]:
            index = np.zeros([1] * len(shape), dtype=np.int64)
            for parent in self.parents(copy):
                index = index * self.size(parent) + along(parent)
            return index

        own_row, own = row(number), along(number)
        values = np.broadcast_to(rows[own_row, own], shape)
        for i in earlier:
            values = np.where(row(i) == own_row, along(i) == own, values)
        self.put(self.names[number], [self.node(a) for a in axes[:-1]], values.astype(float))

    def finish(self) -> Network:
        bayesian = DiscreteBayesianNetwork()
        bayesian.add_nodes_from(self.sizes)
        # The copies are acyclic by construction; pgmpy's own add_edge walks the graph again for every arrow.
        nx.DiGraph.add_edges_from(bayesian, [(p, c.variable) for c in self.cpds for p in c.variables[1:]])
        bayesian.cpds = self.cpds
        fixed = set(self.held.values())
        factors = [c.to_factor() for c in self.cpds if c.variable not in fixed]
        return Network(
            bayesian=bayesian,
            factors=tuple(Factor(np.asarray(f.values, dtype=float), tuple(f.variables)) for f in factors),
            sizes=self.sizes,
            names=self.names,
            held=self.held,
            open_tables=self.open_tables,
        )


def probabilities(model: Model, name: str) -> Array:
    """P(state | parents) of a discrete variable, a row for each combination of the parents' states."""
    states = model[name].states
    rows = ParentValues(np.arange(model.row_count(name))[:, None])
    return model.kind(name).density(states, np.arange(len(states)), rows)


@dataclass(frozen=True, slots=True)
class Reading:
    """A uniform noise cut into intervals: their ends, their probabilities, and each row's answer in each interval."""

    ends: Array
    probabilities: Array
    answers: NDArray[np.int64]


def noise_node(variable: str) -> str:
    """The node for the noise of a variable whose table is read monotonically; no variable has such a name."""
    return f"noise of {variable}"


@lru_cache(maxsize=256)
def monotone_noise(table: Table) -> Reading:
    """Cut [0, 1] at every cumulative probability of the rows: within an interval every row's answer is fixed."""
    rows = np.array(table.rows)
    cumulative = np.minimum(np.cumsum(rows, axis=1), 1.0)
    cumulative[:, -1] = 1.0
    points = np.sort(cumulative.ravel())
    points = points[points > SAME_BREAKPOINT]
    keep = np.append(np.diff(points) > SAME_BREAKPOINT, True)
    ends = points[keep]
    ends[-1] = 1.0
    starts = np.concatenate([[0.0], ends[:-1]])
    middles = (starts + ends) / 2
    answers = np.stack([np.searchsorted(row, middles) for row in cumulative])
    return Reading(ends, ends - starts, np.minimum(answers, rows.shape[1] - 1))


@lru_cache(maxsize=128)
def linear_mechanisms(model: Model) -> Mapping[str, Any]:
    """pgmpy's LinearGaussianCPD of every continuous variable, parents' coefficients in the order of its evidence."""
    found: dict[str, Any] = {}
    for v in model:
        match v.mechanism:
            case Linear(intercept, coefficients, sd):
                found[v.name] = LinearGaussianCPD(v.name, [intercept, *coefficients], sd, list(v.parents))
            case Table() | Function() | None:
                pass
            case other:
                assert_never(other)
    return found


def independence_test(table: Any, a: str, b: str, given: Sequence[str], discrete: bool) -> tuple[float, float]:
    """Whether two columns of a data frame look independent given others: the p-value, and how strong the link looks.

    Discrete columns: the chi-square test within strata, and Cramer's V; continuous ones: the partial correlation. Both
    are nan where the columns leave nothing to test.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a constant column: nan says it
        test = (ChiSquare if discrete else Pearsonr)(data=table[[a, b, *given]])
        _, p_value = test.run_test(a, b, list(given))
    return float(p_value), float(test.effect_size_)
