"""What a graph says about data before any number is known: its missing arrows are claims that can fail.

Two variables with neither an arrow nor a hidden cause between them are independent given the right others, in every
model with this graph. So each missing edge of the projection is one testable implication: a, b, and a smallest set that
separates them (small, because every column more that is given weakens the test). Some missing edges cannot be
separated by anything that is measured (X -> Z -> Y with Z <-> Y leaves X and Y apart, and yet no set separates them);
what such graphs imply beyond independences (Verma and Pearl 1990) is not listed here.

On a table of data each claim gets a p-value: how often chance alone would show a link as strong. Many tests make some
small p-values by chance, so the p-values are corrected as in Holm (1979): in 95 of 100 tables from a model with this
graph, no claim at all fails at the level 0.05. A claim that fails points at its missing edge.

>>> chain = Model((Variable("A", "A"), Variable("B", "B", parents=("A",)), Variable("C", "C", parents=("B",))))
>>> implications(chain)
(Independence(a='A', b='C', given=('B',)),)

References: J. Pearl, Causality, 2nd ed. (2009), section 1.2.3; S. Holm, A simple sequentially rejective multiple test
procedure (1979); T. Verma and J. Pearl, Equivalence and synthesis of causal models (1990).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from causal.errors import BadQuery, one_of
from causal.model import Model, Variable
from causal.projection import project
from causal.separators import minimal_separators

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.05
"""The share of tables from the right graph in which some claim fails all the same."""

SPREAD_LEFT = 1e-9
"""A continuous column of which the others given leave less than this share of its spread leaves nothing to test."""


MOST_STATES = 10
"""Numbers in a column of which the graph says nothing are states if there are at most so many different ones."""


@dataclass(frozen=True, slots=True)
class Independence:
    """A claim of the graph: ``a`` and ``b`` are independent given these."""

    a: str
    b: str
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tested:
    """What a table says of a claim; the numbers are None where it leaves nothing to test.

    ``strength`` is Cramer's V of discrete variables and the partial correlation, without its sign, of others.
    """

    claim: Independence
    p_value: float | None
    corrected: float | None
    strength: float | None

    @property
    def failed(self) -> bool:
        """Whether the data contradict the claim."""
        return self.corrected is not None and self.corrected < LEVEL


def implications(model: Model) -> tuple[Independence, ...]:
    """One claim for every missing edge between measured variables that can be separated, in causal order.

    Raises TooLarge where there are more separating sets than anybody could read.
    """
    shown = project(model)
    claims = []
    for a, b in combinations(shown.nodes, 2):
        if separating := minimal_separators(shown, a, b, set(shown.nodes) - {a, b}):
            claims.append(Independence(a, b, separating[0]))
    return tuple(claims)


def confront(model: Model, table: pd.DataFrame) -> tuple[Tested, ...]:
    """Test every claim of the graph on a table of data, a column a variable; what has no column counts as unmeasured.

    Raises BadQuery if no column bears the name of a measured variable.
    """
    measured = [v.name for v in model if v.observable and v.name in table.columns]
    if not measured:
        choice = one_of(v.name for v in model if v.observable)
        raise BadQuery(f"No column of the table is a measured variable of this model; {choice}.", "unknown-variable")
    claims = implications(_unmeasured(model, measured))
    found = [_test(model, table, claim) for claim in claims]
    adjusted = _holm([p for p, _ in found])
    return tuple(
        Tested(claim, p, corrected, strength)
        for claim, (p, strength), corrected in zip(claims, found, adjusted, strict=True)
    )


def without(model: Model, cause: str, effect: str) -> Model:
    """The graph with one arrow left out: a claim more, which data may refute. Its mechanisms are no longer meant."""
    kept = tuple(p for p in model[effect].parents if p != cause)
    changed = replace(model[effect], parents=kept)
    return replace(model, variables=tuple(changed if v.name == effect else v for v in model))


def _unmeasured(model: Model, measured: Collection[str]) -> Model:
    hidden = (v if v.exogenous or v.name in measured else replace(v, latent=True) for v in model)
    return replace(model, variables=tuple(hidden))


def _test(model: Model, table: pd.DataFrame, claim: Independence) -> tuple[float | None, float | None]:
    """The p-value of a claim and the strength of the link, None and None where there is nothing to test."""
    # Here, not above: they take a second to import, and who only lists the claims need not wait for them.
    import pandas as pd

    from causal.network import independence_test

    names = [claim.a, claim.b, *claim.given]
    rows = table[names].dropna()
    counted = [name for name in names if not _continuous(model[name], table[name])]
    discrete = len(counted) == len(names)
    if not discrete:  # a state that stands beside continuous variables counts as its place among the states
        places = {n: pd.Categorical(rows[n], categories=model[n].states or None).codes for n in counted}
        rows = rows.assign(**places)
        if len(rows) < len(names) + 2 or not _varies(rows, claim):
            return None, None
    if not len(rows):
        return None, None
    p_value, strength = independence_test(rows, claim.a, claim.b, claim.given, discrete)
    return (p_value, strength) if isfinite(p_value) and isfinite(strength) else (None, None)


def _continuous(variable: Variable, column: pd.Series) -> bool:
    """Whether a column holds measurements rather than states; of a graph without states the column itself must tell."""
    if variable.continuous or variable.states:
        return variable.continuous
    return column.dtype.kind in "iuf" and column.nunique() > MOST_STATES


def _varies(rows: pd.DataFrame, claim: Independence) -> bool:
    """Whether both columns keep a spread of their own when what is given is known."""
    known = np.column_stack([np.ones(len(rows)), *(rows[n].to_numpy(dtype=float) for n in claim.given)])
    for name in (claim.a, claim.b):
        column = rows[name].to_numpy(dtype=float)
        rest = column - known @ np.linalg.lstsq(known, column, rcond=None)[0]
        if np.linalg.norm(rest) <= SPREAD_LEFT * np.linalg.norm(column):
            return False
    return True


def _holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Corrected for how many they are: the smallest counts m-fold, the next (m - 1)-fold, and never less than it."""
    tested = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    corrected: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for done, (p, at) in enumerate(tested):
        highest = max(highest, min(1.0, (len(tested) - done) * p))
        corrected[at] = highest
    return corrected
