"""A deterministic mechanism: the parents' states decide the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from causal.models.mechanisms.protocol import ParentValues, Responses, Solver
from causal.models.support import States

if TYPE_CHECKING:
    from numpy.random import Generator

    from causal.models.mechanisms.protocol import Array


@dataclass(frozen=True, slots=True)
class Function:
    """The state for each combination of the parents' states, the last parent fastest."""

    rows: tuple[str, ...]
    solver: ClassVar[Solver] = "network"
    responses: ClassVar[Responses] = "function"

    def support(self, states: tuple[str, ...]) -> States:
        """The states."""
        return States(states)

    def noise(self, n: int, generator: Generator) -> None:
        """No chance of its own."""

    def values(self, states: tuple[str, ...], parents: ParentValues, noise: Array | None) -> Array:
        """The state in the row."""
        import numpy as np

        return np.array([states.index(state) for state in self.rows])[parents.rows]

    def noise_given(self, values: Array, parents: ParentValues, noise: Array, generator: Generator) -> Array:
        """Nothing to tell of."""
        return noise

    def density(self, states: tuple[str, ...], values: Array, parents: ParentValues) -> Array:
        """1 for the state in the row, 0 for any other."""
        certain: Array = self.values(states, parents, None) == values
        return certain.astype(float)
