"""What fits the numbers given: for every block a polytope of distributions over its columns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from causal.bounding.blocks import Block
from causal.bounding.response_program import Program
from causal.bounding.response_types import Counts
from causal.ranges.polynomials import Polynomial
from causal.ranges.polytopes import Polytope
from causal.ranges.space import Form, Space
from causal.ranges.spans import Array

NOTHING = 1e-13
"""What a program finds to be no more than this is 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Fitting:
    """A block's columns that are left where numbers are given, the patterns that each is part of, and their polytope.

    Columns that would do what never happens are left out: ``kept`` numbers the others.
    """

    kept: Counts
    patterns: Array
    polytope: Polytope


def fitting(block: Block, told: Array) -> Fitting:
    """The distributions over a block's columns that fit the numbers given."""
    columns = block.columns
    right = told[columns.cells]
    defined = ~np.isnan(right)
    if defined[~columns.spare].all():
        defined &= ~columns.spare
    never = right == 0.0
    kept = np.flatnonzero(~columns.inside[never].any(axis=0))
    inside = columns.inside[defined & ~never][:, kept]
    rows = np.vstack([inside, np.ones(len(kept))]).astype(float)
    polytope = Polytope(rows, np.append(right[defined & ~never], 1.0))
    return Fitting(kept, columns.patterns[:, kept].astype(float), polytope)


class Feasible:
    """All that fits; blocks are looked at when they are needed."""

    def __init__(self, program: Program, told: Array) -> None:
        self.program, self.told = program, told
        self._blocks: dict[int, Fitting] = {}

    def block(self, number: int) -> Fitting:
        """One block's distributions."""
        if number not in self._blocks:
            self._blocks[number] = fitting(self.program.blocks[number], self.told)
        return self._blocks[number]

    def settled(self, block: int, pattern: int) -> float | None:
        """A pattern's probability, if all columns that are left agree about it."""
        weights = self.block(block).patterns[pattern]
        return float(weights[0]) if len(weights) and (weights == weights[0]).all() else None

    def space(self, polynomials: Collection[Polynomial], blocks: Collection[int] = ()) -> Space:
        """The space of the blocks that polynomials read, and of these."""
        unknowns = {unknown for p in polynomials for monomial in p.monomials for unknown in monomial}
        forms = {(b, k): Form(b, self.block(b).patterns[k]) for b, k in unknowns}
        polytopes = {b: self.block(b).polytope for b in {*blocks, *(b for b, _ in unknowns)}}
        return Space(polytopes, forms, NOTHING)
