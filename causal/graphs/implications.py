"""What a graph says about data before any number is known: its missing arrows are claims that can fail.

Two variables with neither an arrow nor a hidden cause between them are independent given the right others, in every
model with this graph. So each missing edge of the projection is one testable implication: a, b, and a smallest set that
separates them (small, because every column more that is given weakens the test). Some missing edges cannot be
separated by anything that is measured (X -> Z -> Y with Z <-> Y leaves X and Y apart, and yet no set separates them);
what such graphs imply beyond independences (Verma and Pearl 1990) is not listed here.

>>> from causal.models.model import Variable
>>> chain = Model((Variable("A", "A"), Variable("B", "B", parents=("A",)), Variable("C", "C", parents=("B",))))
>>> implications(chain)
(Independence(a='A', b='C', given=('B',)),)

References: J. Pearl, Causality, 2nd ed. (2009), section 1.2.3; T. Verma and J. Pearl, Equivalence and synthesis of
causal models (1990).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

from causal.graphs.projection import project
from causal.graphs.separators import minimal_separators
from causal.models.model import Model


@dataclass(frozen=True, slots=True)
class Independence:
    """A claim of the graph: ``a`` and ``b`` are independent given these."""

    a: str
    b: str
    given: tuple[str, ...] = ()


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


def without(model: Model, cause: str, effect: str) -> Model:
    """The graph with one arrow left out: a claim more, which data may refute. Its mechanisms are no longer meant."""
    kept = tuple(p for p in model[effect].parents if p != cause)
    changed = replace(model[effect], parents=kept)
    return replace(model, variables=tuple(changed if v.name == effect else v for v in model))
