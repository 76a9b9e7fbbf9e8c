"""What a table of continuous variables holds: means, standard deviations and correlations, seen or after an action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from causal.models.model import Model
from causal.queries.query import Setting
from causal.ranges.spans import Array
from causal.rungs.linear import Responses


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """A joint normal distribution, an entry for each variable; ``slopes`` say how means move with what is set."""

    names: tuple[str, ...]
    means: Array
    slopes: Array
    covariance: Array

    @property
    def sds(self) -> Array:
        """The standard deviations."""
        found: Array = np.sqrt(np.diag(self.covariance))
        return found

    def correlation(self, i: int, j: int) -> float:
        """The correlation of two of them; 0 where one does not vary."""
        scale = float(self.sds[i] * self.sds[j])
        return float(self.covariance[i, j]) / scale if scale > 0 else 0.0


def moments(model: Model, names: Sequence[str], done: str = "") -> Moments:
    """The moments of what is seen, or of what is left when ``done`` is set to some number."""
    responses = Responses(model, 1 if done else 0)
    world = (Setting(done, "0"),) if done else ()
    left = tuple(n for n in names if n != done)
    found = [responses.of(name, world) for name in left]
    loadings = np.array([r.loadings for r in found])
    slopes = np.array([float(r.slopes[0]) if done else 0.0 for r in found])
    return Moments(left, np.array([r.constant for r in found]), slopes, loadings @ loadings.T)


def dense(model: Model, names: Sequence[str]) -> bool:
    """Whether every combination of values can occur: no variable is a function of the others."""
    found = moments(model, [n for n in names if n in model.real_valued])
    scaled = np.array([[found.correlation(i, j) for j in range(len(found.names))] for i in range(len(found.names))])
    return bool(np.linalg.matrix_rank(scaled, tol=1e-9) == len(found.names))
