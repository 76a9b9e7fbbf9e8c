"""A graph's claims about data (``causal.graphs.implications``) held against a table.

Each claim gets a p-value: how often chance alone would show a link as strong. Many tests make some small p-values by
chance, so the p-values are corrected as in Holm (1979): in 95 of 100 tables from a model with this graph, no claim at
all fails at the level 0.05. A claim that fails points at its missing edge.

Reference: S. Holm, A simple sequentially rejective multiple test procedure (1979).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, assert_never

import numpy as np

from causal.errors import BadQuery, one_of
from causal.graphs.implications import Independence, implications
from causal.models.model import Model, Variable
from causal.models.support import RealLine, States, Unstated
from causal.studies.estimation import residual

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.05
"""The share of tables from the right graph in which some claim fails all the same."""

SPREAD_LEFT = 1e-9
"""A continuous column of which the others given leave less than this share of its spread leaves nothing to test."""


MOST_STATES = 10
"""Numbers in a column of which the graph says nothing are states if there are at most so many different ones."""


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


def confront(model: Model, table: pd.DataFrame) -> tuple[Tested, ...]:
    """Test every claim of the graph on a table of data, a column a variable; what has no column counts as unmeasured.

    Raises BadQuery if no column bears the name of a measured variable.
    """
    measured = [v.name for v in model if v.observable and v.name in table.columns]
    if not measured:
        known = one_of(v.name for v in model if v.observable)
        raise BadQuery("errors.studies.no_column", "unknown-variable", known=known)
    claims = implications(_unmeasured(model, measured))
    found = [_test(model, table, claim) for claim in claims]
    adjusted = _holm([p for p, _ in found])
    return tuple(
        Tested(claim, p, corrected, strength)
        for claim, (p, strength), corrected in zip(claims, found, adjusted, strict=True)
    )


def _unmeasured(model: Model, measured: Collection[str]) -> Model:
    hidden = (v if v.exogenous or v.name in measured else replace(v, latent=True) for v in model)
    return replace(model, variables=tuple(hidden))


def _test(model: Model, table: pd.DataFrame, claim: Independence) -> tuple[float | None, float | None]:
    """The p-value of a claim and the strength of the link, None and None where there is nothing to test."""
    # Here, not above: they take a second to import, and who only lists the claims need not wait for them.
    import pandas as pd

    from causal.worlds.network import independence_test

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
    match variable.support:
        case RealLine():
            return True
        case States():
            return False
        case Unstated():
            return column.dtype.kind in "iuf" and column.nunique() > MOST_STATES
        case other:
            assert_never(other)


def _varies(rows: pd.DataFrame, claim: Independence) -> bool:
    """Whether both columns keep a spread of their own when what is given is known."""
    known = np.column_stack([np.ones(len(rows)), *(rows[n].to_numpy(dtype=float) for n in claim.given)])
    columns = (rows[name].to_numpy(dtype=float) for name in (claim.a, claim.b))
    return not any(np.linalg.norm(residual(c, known)) <= SPREAD_LEFT * np.linalg.norm(c) for c in columns)


def _holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Corrected for how many they are: the smallest counts m-fold, the next (m - 1)-fold, and never less than it."""
    tested = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    corrected: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for done, (p, at) in enumerate(tested):
        highest = max(highest, min(1.0, (len(tested) - done) * p))
        corrected[at] = highest
    return corrected
