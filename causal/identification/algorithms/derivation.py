"""The verdict of an algorithm with its evidence: an estimand and the steps that lead to it, or a hedge.

A step says that two formulas are equal in every model with this graph, and why: a rule of probability, or one of the
three rules of do-calculus. Those need a separation in a mutilated graph (Pearl 2009, theorem 3.4.1):

    rule 1   P(y | do(x), z, w) = P(y | do(x), w)        Y and Z separated by X, W without arrows into X
    rule 2   P(y | do(x), do(z), w) = P(y | do(x), z, w)     ... without arrows into X and out of Z
    rule 3   P(y | do(x), do(z), w) = P(y | do(x), w)        ... without arrows into X, and into each Z that is no
                                                             ancestor of W
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from causal.graphs.projection import Projection
from causal.identification.algorithms.regions import Names
from causal.identification.formulas.estimand import Estimand

Rule = Literal[
    "rule_1",
    "rule_2",
    "rule_3",
    "chain_rule",
    "conditional_probability",
    "sum_rule",
    "composition",
    "consistency",
    "independence_of_districts",
]

RULE_1: Rule = "rule_1"
RULE_2: Rule = "rule_2"
RULE_3: Rule = "rule_3"


@dataclass(frozen=True, slots=True)
class Separation:
    """``a`` and ``b`` are separated by ``given`` in the whole graph without arrows ``into`` and ``out_of`` some."""

    a: Names
    b: Names
    given: Names
    whole: Projection
    into: Names = frozenset()
    out_of: Names = frozenset()

    @property
    def graph(self) -> Projection:
        """The mutilated graph."""
        return self.whole.cut(self.into, self.out_of)

    @property
    def holds(self) -> bool:
        """Whether it is so."""
        return self.graph.separated(self.a, self.b, self.given)


@dataclass(frozen=True, slots=True)
class Step:
    """``before`` = ``after``, by a rule; ``line`` says what the algorithm does there."""

    line: str
    rule: Rule
    before: Estimand
    after: Estimand
    licence: Separation | None = None


@dataclass(frozen=True, slots=True)
class Identified:
    """What was asked equals the estimand, in every model with this graph."""

    estimand: Estimand
    derivation: tuple[Step, ...] = ()

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class NotIdentified:
    """Two models with this graph agree on all that is measured, but not on what was asked.

    ``hedge`` are two sets of variables F and F', the second inside the first, that hang together through hidden causes
    and lead to the same roots in F', while the action reaches into F only: Shpitser and Pearl 2006, definition 6. It is
    None where no single hedge shows it.
    """

    hedge: tuple[Names, Names] | None = None

    def __bool__(self) -> bool:
        return False


Verdict = Identified | NotIdentified
