"""Response types, as few of them as matter: the columns of the program (Zhang, Tian and Bareinboim 2022, section 3).

The types of a group of variables have one distribution. It is written down for *blocks* of rows only: two rows belong
to one block if some number given, some part of the question or some assumption looks at them together; different blocks
may be mixed at will. Within a block, types that do the same to all of these are one column, and rows that a column
never comes to are left open. Where X -> Y, X <-> Y and W -> Y, the answers to W = 0 and to W = 1 are two blocks; with
binary variables each has 8 types, of which the survey of X and Y sees 4 apart.

References: A. Balke and J. Pearl, Bounds on treatment effects from studies with imperfect compliance (1997); J. Zhang,
J. Tian and E. Bareinboim, Partial counterfactual identification from observational and experimental data (2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from causal.bounding.assumptions import Order
from causal.bounding.factors import Factor, Names
from causal.bounding.frame import Frame, States
from causal.bounding.responses import Known, Pattern, Row, Unread, branches, walk
from causal.errors import TooLarge

MOST_ENTRIES = 2**22
"""The largest table of columns against numbers given and patterns asked."""

Bits = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class World:
    """One setting of a factor's parents; the answers' probabilities stand from ``start`` in the list of all numbers."""

    factor: Factor
    given: States
    start: int


@dataclass(frozen=True, slots=True)
class Check:
    """One setting in which an effect must not fall as its cause rises."""

    order: Order
    others: States


@dataclass(frozen=True, slots=True)
class Columns:
    """Each column's answers to the block's rows (-1: never read), and the numbers and patterns that it is part of.

    ``cells`` says where the numbers stand in the list of all.
    """

    answers: NDArray[np.int16]
    cells: NDArray[np.int64]
    spare: Bits
    inside: Bits
    patterns: Bits


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
        frame = self.frame
        settings = [(w, dict(zip(w.factor.parents, w.given, strict=True))) for w in self.worlds]
        places = [_ordered(frame, pattern) for pattern in self.patterns]

        def run(known: Known) -> tuple[tuple[int, ...], tuple[bool, ...]] | None:
            if not all(_rises(frame, check, known) for check in self.checks):
                return None
            cells = []
            for world, given in settings:
                states = walk(frame, world.factor.names, dict(given), known)
                cells.append(world.start + _position(frame, world.factor.shown, states))
            return tuple(cells), tuple([_matches(rows, known) for rows in places])

        found: dict[tuple[tuple[int, ...], tuple[bool, ...]], Known] = {}
        who = f"The variables {', '.join(dict.fromkeys(name for name, _ in self.rows))}"
        for known, column in branches(run, lambda row, _: range(frame.sizes[row[0]]), who):
            if column is not None:
                found.setdefault(column, known)
        cells = np.array([w.start + i for w in self.worlds for i in range(_count(frame, w))], dtype=np.int64)
        if len(found) * (len(cells) + len(places)) > MOST_ENTRIES:
            raise TooLarge(f"{who} can respond in {len(found):,} ways that matter here: too many for a program.")
        row_of = {int(cell): i for i, cell in enumerate(cells)}
        inside = np.zeros((len(cells), len(found)), dtype=bool)
        patterns = np.zeros((len(places), len(found)), dtype=bool)
        for k, (hit, matched) in enumerate(found):
            inside[[row_of[cell] for cell in hit], k] = True
            patterns[:, k] = matched
        spare = np.array([w.factor.spare for w in self.worlds for _ in range(_count(frame, w))], dtype=bool)
        answers = np.array([[known.get(row, -1) for row in self.rows] for known in found.values()], dtype=np.int16)
        return Columns(answers.reshape(len(found), len(self.rows)), cells, spare, inside, patterns)

    def answered(self, column: int) -> Known:
        """The rows that a column has read."""
        answers = self.columns.answers[column].tolist()
        return {row: state for row, state in zip(self.rows, answers, strict=True) if state >= 0}


def _count(frame: Frame, world: World) -> int:
    return prod(frame.shape(world.factor.shown))


def _position(frame: Frame, names: Names, states: dict[str, int]) -> int:
    at = 0
    for name in names:
        at = at * frame.sizes[name] + states[name]
    return at


def _matches(rows: Sequence[tuple[Row, int]], known: Known) -> bool:
    for row, state in rows:
        if row not in known:
            raise Unread(row)
        if known[row] != state:
            return False
    return True


def _rises(frame: Frame, check: Check, known: Known) -> bool:
    """Whether the effect never falls as the cause goes through its states."""
    order, fixed = check.order, dict(zip(check.order.others, check.others, strict=True))
    latest = 0
    for state in range(frame.sizes[order.cause]):
        reached = walk(frame, order.path, {**fixed, order.cause: state}, known)[order.effect]
        if reached < latest:
            return False
        latest = reached
    return True


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
