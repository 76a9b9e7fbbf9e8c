"""What is asked of a mechanism, whatever its kind: how a variable gets its value from its parents and its own chance.

Units come many at a time, as arrays: the values of discrete variables are places among their states, those of
continuous ones numbers. What takes a library, a language or a file format stands where that is at home: words in
``causal.workings`` and ``causal.labs``, the density as a table in ``causal.worlds``, fields in ``causal.files``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from causal.models.support import Support

if TYPE_CHECKING:  # who only reads models and graphs does not wait for numpy
    from numpy.random import Generator
    from numpy.typing import NDArray

    Array = NDArray[Any]

Solver = Literal["linear", "network"]
"""Who answers exactly: straight lines in Gaussian noise (``rungs.linear``), or sums over a network's tables."""

SOLVERS: tuple[Solver, ...] = get_args(Solver)

Responses = Literal["function", "linear", "monotone", "independent", "open"]
"""How one unit's responses to different values of the parents hang together: what rung 3 rests on.

The parents alone decide ("function"), noise is added ("linear"), a coupling says it ("monotone", "independent"), or
nothing does ("open").
"""


@dataclass(frozen=True, slots=True)
class ParentValues:
    """What the parents of many units are at.

    ``rows`` says which combination of the discrete parents' states each unit has, the last parent moving fastest;
    ``numbers`` are the continuous parents' values, an array for each.
    """

    rows: Array
    numbers: tuple[Array, ...] = ()


class Kind(Protocol):
    """A mechanism of any kind."""

    @property
    def solver(self) -> Solver:
        """Which exact solver answers questions about such a variable."""

    @property
    def responses(self) -> Responses:
        """How one unit's responses hang together."""

    def support(self, states: tuple[str, ...]) -> Support:
        """What values it gives, ``states`` being the variable's."""

    def noise(self, n: int, generator: Generator) -> Array | None:
        """The own chance of n units, an entry or a row each; None where there is none."""

    def values(self, states: tuple[str, ...], parents: ParentValues, noise: Array | None) -> Array:
        """Each unit's value, from its parents' values and its own chance."""

    def noise_given(self, values: Array, parents: ParentValues, noise: Array, generator: Generator) -> Array:
        """The same noise, changed as far as the units' values tell of it: so that it leads to them."""

    def density(self, states: tuple[str, ...], values: Array, parents: ParentValues) -> Array:
        """How dense each unit's value lies given its parents' values; of a state its probability."""
