"""One program, prepared once: what stays the same while numbers move.

The graph, the question, the form of the distributions and the assumptions settle everything but the right-hand side:
the groups of variables whose types hang together, the factors that will be told, the patterns asked and the blocks.
Districts are merged into one group where a number or an assumption speaks of several at once. That lets them share a
hidden cause that the graph denies them, so what comes out is sound, though no longer sharp.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np

from causal.bounding.assumptions import Order
from causal.bounding.blocks import Block, blocks
from causal.bounding.factors import Factor, Names, Source, factors, response_set, tell
from causal.bounding.measured_graph import MeasuredGraph
from causal.bounding.response_queries import Pattern, ResponseQuery, response_query
from causal.queries.query import Term
from causal.ranges.linked import linked
from causal.ranges.spans import Array


@dataclass(frozen=True)
class Program:
    """All that is prepared: terms as polynomials over patterns, and where each pattern stands in the blocks.

    ``limited`` numbers the groups that an assumption speaks of: their blocks must have a solution whatever is asked.
    """

    measured: MeasuredGraph
    sources: tuple[Source, ...]
    groups: tuple[Names, ...]
    factors: tuple[Factor, ...]
    terms: Mapping[Term, ResponseQuery]
    blocks: tuple[Block, ...]
    functional: Mapping[Pattern, tuple[int, int]]
    cells: Mapping[Pattern, tuple[int, ...]]
    limited: tuple[int, ...]

    def numbers(self, tables: tuple[Array, ...]) -> Array:
        """All that these distributions tell, in one list."""
        told = tell(self.measured, self.groups, self.sources, tables)
        return np.concatenate([np.zeros(0), *(table.ravel() for table in told)])


@lru_cache(maxsize=48)
def prepare(
    measured: MeasuredGraph,
    terms: tuple[Term, ...],
    sources: tuple[Source, ...],
    orders: tuple[Order, ...],
    assumed: frozenset[str],
) -> Program:
    """Prepare a program; ``assumed`` names the variables whose districts an assumption speaks of."""
    groups = _groups(measured, sources, orders)
    told = factors(measured, groups, sources)
    read = {term: response_query(measured, groups, term) for term in terms}
    patterns = dict.fromkeys(
        unknown
        for one in read.values()
        for polynomial in (*one.numerators, one.denominator)
        for monomial in polynomial.monomials
        for unknown in monomial
    )
    found = blocks(measured, groups, told, orders, patterns)
    functional = {pattern: (b, k) for b, block in enumerate(found) for k, pattern in enumerate(block.patterns)}
    starts = np.cumsum([0, *(prod(measured.shape((*f.parents, *f.shown))) for f in told)])
    cells = {pattern: tuple(_cells(measured, told, starts.tolist(), pattern)) for _, pattern in patterns}
    limited = tuple(g for g, names in enumerate(groups) if assumed.intersection(names))
    return Program(measured, sources, groups, told, read, found, functional, cells, limited)


def _groups(measured: MeasuredGraph, sources: Iterable[Source], orders: Iterable[Order]) -> tuple[Names, ...]:
    partial = (s for s in sources if len(s.done) + len(s.shown) < len(measured.nodes))
    together = [*(order.path for order in orders), *(response_set(measured, source) for source in partial)]
    found = linked([*measured.projection.districts(), *(names for names in together if names)])
    return tuple(sorted((measured.ordered(group) for group in found), key=lambda group: measured.place[group[0]]))


def _cells(measured: MeasuredGraph, told: Iterable[Factor], starts: list[int], pattern: Pattern) -> Iterable[int]:
    """Where the list of numbers gives a pattern's probability as it is."""
    states = {name: state for (name, _), state in pattern}
    if len(states) < len(pattern):
        return  # some variable answers in two worlds: no distribution shows that
    for (name, row), _ in pattern:
        for parent, state in zip(measured.parents[name], row, strict=True):
            if states.setdefault(parent, state) != state:
                return
    shown = {name for (name, _), _ in pattern}
    for factor, start in zip(told, starts, strict=False):
        if shown == set(factor.names) == set(factor.shown):
            at = 0
            for name in (*factor.parents, *factor.shown):
                at = at * measured.sizes[name] + states[name]
            yield start + at
