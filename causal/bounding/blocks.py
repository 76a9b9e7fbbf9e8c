"""Blocks of rows that are looked at together, and so have one distribution of response types.

Two rows of a group of variables belong to one block if some number given, some part of the question or some assumption
looks at them together; different blocks may be mixed at will. Where X -> Y, X <-> Y and W -> Y, the answers to W = 0
and those to W = 1 are two blocks.

Reference: J. Zhang, J. Tian and E. Bareinboim, Partial counterfactual identification from observational and
experimental data (2022), for the types of whole districts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from causal.bounding.assumptions import Order
from causal.bounding.factors import Factor, Names
from causal.bounding.measured_graph import MeasuredGraph, States
from causal.bounding.response_queries import Known, Pattern, Row
from causal.bounding.response_types import Columns, FactorSetting, OrderSetting, columns
from causal.ranges.linked import linked


@dataclass(frozen=True)
class Block:
    """Rows that are looked at together, and all that looks at them."""

    measured: MeasuredGraph
    group: int
    rows: tuple[Row, ...]
    factor_settings: tuple[FactorSetting, ...]
    order_settings: tuple[OrderSetting, ...]
    patterns: tuple[Pattern, ...]

    @cached_property
    def columns(self) -> Columns:
        """The columns; made when first needed, and the same whichever thread makes them."""
        readings = [_ordered(self.measured, pattern) for pattern in self.patterns]
        return columns(self.measured, self.rows, self.factor_settings, self.order_settings, readings)

    def answered(self, column: int) -> Known:
        """The rows that a column has read."""
        answers = self.columns.answers[column].tolist()
        return {row: state for row, state in zip(self.rows, answers, strict=True) if state >= 0}


def blocks(
    measured: MeasuredGraph,
    groups: tuple[Names, ...],
    told: Sequence[Factor],
    orders: Sequence[Order],
    asked: Iterable[tuple[int, Pattern]],
) -> tuple[Block, ...]:
    """All blocks of all groups, in causal order of their first row."""
    looks: list[tuple[FactorSetting | OrderSetting | Pattern, list[Row]]] = []
    start = 0
    for factor in told:
        for given in measured.combinations(factor.parents):
            looks.append((FactorSetting(factor, given, start), _rows(measured, factor.names, factor.parents, given)))
            start += prod(measured.shape(factor.shown))
    for order in orders:
        for others in measured.combinations(order.others):
            looks.append((OrderSetting(order, others), _rows(measured, order.path, order.others, others)))
    looks += [(pattern, [row for row, _ in _ordered(measured, pattern)]) for _, pattern in dict.fromkeys(asked)]
    together = [sorted(rows, key=lambda row: _place(measured, row)) for rows in linked(rows for _, rows in looks)]
    block_of = {row: rows[0] for rows in together for row in rows}
    lookers: dict[Row, list[FactorSetting | OrderSetting | Pattern]] = {rows[0]: [] for rows in together}
    for look, rows in looks:
        lookers[block_of[rows[0]]].append(look)
    group_of = {name: g for g, names in enumerate(groups) for name in names}
    return tuple(
        Block(
            measured,
            group_of[rows[0][0]],
            tuple(rows),
            tuple(look for look in lookers[rows[0]] if isinstance(look, FactorSetting)),
            tuple(look for look in lookers[rows[0]] if isinstance(look, OrderSetting)),
            tuple(look for look in lookers[rows[0]] if isinstance(look, frozenset)),
        )
        for rows in sorted(together, key=lambda rows: _place(measured, rows[0]))
    )


def _place(measured: MeasuredGraph, row: Row) -> tuple[int, States]:
    return measured.place[row[0]], row[1]


def _rows(measured: MeasuredGraph, names: Names, parents: Names, given: States) -> list[Row]:
    """The rows that these variables can come to while some parents outside stand as given."""
    fixed = dict(zip(parents, given, strict=True))
    return [
        (name, row)
        for name in names
        for row in product(*([fixed[p]] if p in fixed else range(measured.sizes[p]) for p in measured.parents[name]))
    ]


def _ordered(measured: MeasuredGraph, pattern: Pattern) -> list[tuple[Row, int]]:
    return sorted(pattern, key=lambda item: _place(measured, item[0]))
