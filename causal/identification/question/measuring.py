"""What would be measured in a model that has numbers: P(V | do(W)), computed by the engine and read off as a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import prod

from causal.errors import TooLarge
from causal.identification.formulas.evaluation import Distribution
from causal.models.model import Model
from causal.words.numbers import Whole
from causal.words.sentence import Listed
from causal.worlds.joint_table import joint

LARGEST = 2**22
"""The largest joint table, in entries, that an estimand is evaluated on."""


@dataclass(frozen=True)
class Measured(Mapping[frozenset[str], Distribution]):
    """The distribution of some variables for every set of them that may be set, each computed when it is first read."""

    model: Model
    variables: tuple[str, ...]
    _tables: dict[frozenset[str], Distribution] = field(default_factory=dict)

    def __getitem__(self, done: frozenset[str]) -> Distribution:
        if done not in self._tables:
            self._tables[done] = distribution(self.model, self.variables, done)
        return self._tables[done]

    def __iter__(self) -> Iterator[frozenset[str]]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def distribution(model: Model, variables: tuple[str, ...], done: Collection[str] = ()) -> Distribution:
    """P(variables | do(done)) in a discrete model that has numbers. Raises TooLarge."""
    sizes = [len(model[name].states) for name in variables]
    if prod(sizes) > LARGEST:
        key = "errors.identification.joint" if len(variables) <= 8 else "errors.identification.joint_of_more"
        raise TooLarge(key, names=Listed(variables[:8], "comma"), entries=Whole(prod(sizes)), most=Whole(LARGEST))
    return Distribution(tuple(variables), joint(model, variables, done))
