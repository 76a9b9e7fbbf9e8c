"""Blocks: what must be looked at together, and no more.

The types of a group of variables have one distribution. It is written down for *blocks* of rows only: two rows belong
to one block if some number given, some part of the question or some assumption looks at them together; different blocks
may be mixed at will. Where X -> Y, X <-> Y and W -> Y, the answers to W = 0 and those to W = 1 are two blocks.

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
from causal.bounding.columns import Check, Columns, World, columns
from causal.bounding.factors import Factor, Names
from causal.bounding.frame import Frame, States
from causal.bounding.responses import Known, Pattern, Row


@dataclass(frozen=True)
class Block:
    """Rows that are looked at together, and all that looks at them."""

    frame: Frame
    group: int
    rows: tuple[Row, ...]
    worlds: tuple[World, ...]
    checks: tuple[Check, ...]
    patterns: tuple[Pattern, ...]

    @cached_property
    def columns(self) -> Columns:
        """The columns; made when first needed, and the same whichever thread makes them."""
        readings = [_ordered(self.frame, pattern) for pattern in self.patterns]
        return columns(self.frame, self.rows, self.worlds, self.checks, readings)

    def answered(self, column: int) -> Known:
        """The rows that a column has read."""
        answers = self.columns.answers[column].tolist()
        return {row: state for row, state in zip(self.rows, answers, strict=True) if state >= 0}


def blocks(
    frame: Frame,
    groups: tuple[Names, ...],
    told: Sequence[Factor],
    orders: Sequence[Order],
    asked: Iterable[tuple[int, Pattern]],
) -> tuple[Block, ...]:
    """All blocks of all groups, in causal order of their first row."""
    looks: list[tuple[World | Check | Pattern, list[Row]]] = []
    start = 0
    for factor in told:
        for given in frame.combinations(factor.parents):
            looks.append((World(factor, given, start), _rows(frame, factor.names, factor.parents, given)))
            start += prod(frame.shape(factor.shown))
    for order in orders:
        for others in frame.combinations(order.others):
            looks.append((Check(order, others), _rows(frame, order.path, order.others, others)))
    looks += [(pattern, [row for row, _ in _ordered(frame, pattern)]) for _, pattern in dict.fromkeys(asked)]
    joined = _Joined()
    for _, rows in looks:
        joined.join(rows)
    sets = joined.sets()
    lookers: dict[Row, list[World | Check | Pattern]] = {root: [] for root in sets}
    for look, rows in looks:
        lookers[joined.root(rows[0])].append(look)
    group_of = {name: g for g, names in enumerate(groups) for name in names}
    found = [
        Block(
            frame,
            group_of[root[0]],
            tuple(sorted(rows, key=lambda row: (frame.place[row[0]], row[1]))),
            tuple(look for look in lookers[root] if isinstance(look, World)),
            tuple(look for look in lookers[root] if isinstance(look, Check)),
            tuple(look for look in lookers[root] if isinstance(look, frozenset)),
        )
        for root, rows in sets.items()
    ]
    return tuple(sorted(found, key=lambda block: (frame.place[block.rows[0][0]], block.rows[0][1])))


def _rows(frame: Frame, names: Names, parents: Names, given: States) -> list[Row]:
    """The rows that these variables can come to while some parents outside stand as given."""
    fixed = dict(zip(parents, given, strict=True))
    return [
        (name, row)
        for name in names
        for row in product(*([fixed[p]] if p in fixed else range(frame.sizes[p]) for p in frame.parents[name]))
    ]


def _ordered(frame: Frame, pattern: Pattern) -> list[tuple[Row, int]]:
    return sorted(pattern, key=lambda item: (frame.place[item[0][0]], item[0][1]))


class _Joined:
    """Sets of rows that grow together."""

    def __init__(self) -> None:
        self._above: dict[Row, Row] = {}

    def root(self, row: Row) -> Row:
        """The row that stands for the set of this one."""
        self._above.setdefault(row, row)
        while (above := self._above[row]) != row:
            self._above[row] = self._above[above]
            row = above
        return row

    def join(self, rows: Sequence[Row]) -> None:
        """Make one set of all these."""
        first = self.root(rows[0])
        for row in rows[1:]:
            self._above[self.root(row)] = first

    def sets(self) -> dict[Row, list[Row]]:
        """Every set, by the row that stands for it."""
        found: dict[Row, list[Row]] = {}
        for row in list(self._above):
            found.setdefault(self.root(row), []).append(row)
        return found
