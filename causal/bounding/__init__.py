"""What must be true in every model that fits: bounds from data, experiments, assumptions and a graph.

Many models share a graph and agree with all that was measured, but answer a question differently. Their answers fill an
interval. A model matters only through how often each *response type* occurs (which state does this unit's Y take for
each state of X?), the types' distribution fits the data in linear equations, and so the interval's ends are those of a
program over it (Balke and Pearl 1994).

    X -> Y, X <-> Y, observed P(x, y)              P(Y=1 | do(X=1)) lies between P(1, 1) and 1 - P(1, 0)
    ... and monotone:X:Y                           and not below P(Y=1) either

The ends are sharp (some model attains each: ``attaining`` writes it down) where the variables of every district that
matters may share one hidden cause. Where only some of them may (A <-> B <-> C), the program lets all of them, so the
interval is an outer one, and says so.

>>> from causal.models.mechanisms import Table
>>> from causal.models.model import Model, Variable
>>> chance = Variable("U", "U", exogenous=True, states=("a", "b"), mechanism=Table(((0.5, 0.5),)))
>>> x = Variable("X", "X", parents=("U",), states=("0", "1"), mechanism=Table(((0.8, 0.2), (0.2, 0.8))))
>>> rows = ((0.9, 0.1), (0.5, 0.5), (0.5, 0.5), (0.1, 0.9))
>>> y = Variable("Y", "Y", parents=("X", "U"), states=("0", "1"), mechanism=Table(rows))
>>> found = bounds(Model((chance, x, y)), "P(Y=1 | do(X=1))")
>>> [round(end, 6) for end in found.interval], found.sharp
([0.41, 0.91], True)

References: A. Balke and J. Pearl, Counterfactual probabilities (1994), and Bounds on treatment effects from studies
with imperfect compliance (1997); J. Tian and J. Pearl, Probabilities of causation: bounds and identification (2000);
J. Zhang, J. Tian and E. Bareinboim, Partial counterfactual identification from observational and experimental data
(2022).
"""

from __future__ import annotations

from causal.bounding.bounds import Bounds, attaining, bounds, bounds_from
from causal.bounding.sources import Distribution

__all__ = ["Bounds", "Distribution", "attaining", "bounds", "bounds_from"]
