"""A conditional distribution: how often each state comes up for each combination of the parents' states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from causal.models.mechanisms.protocol import ParentValues, Responses, Solver
from causal.models.support import States

if TYPE_CHECKING:
    from numpy.random import Generator

    from causal.models.mechanisms.protocol import Array

Coupling = Literal["monotone", "independent"]


@dataclass(frozen=True, slots=True)
class Table:
    """One row per combination of the parents' states, the last parent fastest; a root has one row.

    It says how often, not which individual. ``coupling`` adds how one unit's answers to different rows hang together:
    "monotone" (one uniform noise read through every row's inverse cumulative distribution) or "independent".
    """

    rows: tuple[tuple[float, ...], ...]
    coupling: Coupling | None = None
    solver: ClassVar[Solver] = "network"

    @property
    def responses(self) -> Responses:
        """As the coupling says."""
        return self.coupling or "open"

    def support(self, states: tuple[str, ...]) -> States:
        """The states."""
        return States(states)

    def noise(self, n: int, generator: Generator) -> Array:
        """One uniform number a unit, or one for each row if the rows are independent."""
        return generator.random((n, len(self.rows)) if self.coupling == "independent" else n)

    def values(self, states: tuple[str, ...], parents: ParentValues, noise: Array | None) -> Array:
        """Each row's inverse cumulative distribution at the noise.

        Without a coupling the rows answer as if it were monotone, which is right on rungs 1 and 2.
        """
        import numpy as np

        assert noise is not None  # noqa: S101 - a table has noise
        read = noise if noise.ndim == 1 else noise[np.arange(len(noise)), parents.rows]
        taken: Array = (read[:, None] >= self._ends()[parents.rows][:, :-1]).sum(axis=1)
        return taken

    def noise_given(self, values: Array, parents: ParentValues, noise: Array, generator: Generator) -> Array:
        """The noise drawn anew between the ends of what leads to the value; rows that were not read keep theirs."""
        import numpy as np

        ends = self._ends()[parents.rows]
        units = np.arange(len(values))
        low = np.where(values > 0, ends[units, values - 1], 0.0)
        own = low + (ends[units, values] - low) * generator.random(len(values))
        new: Array = own if noise.ndim == 1 else noise.copy()
        if noise.ndim > 1:
            new[units, parents.rows] = own
        return new

    def density(self, states: tuple[str, ...], values: Array, parents: ParentValues) -> Array:
        """The probability in the row."""
        import numpy as np

        found: Array = np.array(self.rows)[parents.rows, values]
        return found

    def _ends(self) -> Array:
        """Every row's cumulative distribution."""
        import numpy as np

        ends: Array = np.minimum(np.cumsum(np.array(self.rows), axis=1), 1.0)
        return ends
