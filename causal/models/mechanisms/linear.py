"""A straight line in the parents' values, with Gaussian noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from causal.models.mechanisms.protocol import ParentValues, Responses, Solver
from causal.models.support import RealLine

if TYPE_CHECKING:
    from numpy.random import Generator

    from causal.models.mechanisms.protocol import Array


@dataclass(frozen=True, slots=True)
class Linear:
    """value = intercept + sum of coefficient x parent + sd x noise.

    The noise is standard normal, the unit's own, and the same in every world.
    ``coefficients`` stand in the order of the variable's parents.
    """

    intercept: float
    coefficients: tuple[float, ...]
    sd: float
    solver: ClassVar[Solver] = "linear"
    responses: ClassVar[Responses] = "linear"

    def support(self, states: tuple[str, ...]) -> RealLine:
        """Any number."""
        return RealLine()

    def noise(self, n: int, generator: Generator) -> Array:
        """One standard normal number a unit."""
        return generator.standard_normal(n)

    def values(self, states: tuple[str, ...], parents: ParentValues, noise: Array | None) -> Array:
        """The line, and the noise on top."""
        assert noise is not None  # noqa: S101 - a line has noise, if of size 0
        value = self.intercept + self.sd * noise
        for number, coefficient in zip(parents.numbers, self.coefficients, strict=True):
            value = value + coefficient * number
        return value

    def noise_given(self, values: Array, parents: ParentValues, noise: Array, generator: Generator) -> Array:
        """What the line does not explain; without noise the values tell nothing."""
        return (values - self.values((), parents, 0.0 * noise)) / self.sd if self.sd else noise

    def density(self, states: tuple[str, ...], values: Array, parents: ParentValues) -> Array:
        """The normal density round the line; without noise, all of it is there."""
        import numpy as np

        away = values - self.values((), parents, np.zeros(len(values)))
        if not self.sd:
            return np.where(away == 0.0, np.inf, 0.0)
        dense: Array = np.exp(-((away / self.sd) ** 2) / 2) / (self.sd * np.sqrt(2 * np.pi))
        return dense
