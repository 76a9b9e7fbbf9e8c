"""Identification from experiments as well: gID (Lee, Correa and Bareinboim 2019).

Experiments on Z are P(V | do(W)) for every subset W of Z, the empty one (what is seen) included; z-identification
(Bareinboim and Pearl 2012) is this question. The action splits the graph into districts as in ID. Each of them is
looked for in what is seen, and if that leads to a hedge, in the experiments that leave the district itself alone. More
variables set leave a smaller graph to be confounded in, so if the largest such experiment leads to a hedge, all do.

>>> from causal.identification.formulas.typesetting import text
>>> from causal.graphs.projection import Projection
>>> bow = Projection(("X", "M", "Y"), frozenset({("X", "M"), ("M", "Y")}), frozenset({frozenset({"X", "M"})}))
>>> bool(Search(bow).verdict(frozenset({"Y"}), frozenset({"X"})))
False
>>> text(Experiments(bow, frozenset({"X"})).verdict(frozenset({"Y"}), frozenset({"X"})).estimand)
'sum_{m} P(y | m) P(m | do(x))'

References: S. Lee, J. Correa and E. Bareinboim, General identifiability with arbitrary surrogate experiments (2019);
E. Bareinboim and J. Pearl, Causal inference by surrogate experiments: z-identifiability (2012).
"""

from __future__ import annotations

from dataclasses import dataclass

from causal.identification.algorithms.derivation import NotIdentified, Step
from causal.identification.algorithms.id import Known, Search
from causal.identification.algorithms.regions import Names
from causal.identification.formulas.estimand import Estimand


@dataclass
class Experiments(Search):
    """The ID algorithm with experiments on some variables at hand."""

    variables: Names = frozenset()

    def elsewhere(self, y: Names, x: Names, known: Known, found: NotIdentified) -> Estimand | NotIdentified:
        """Look for the district in the experiments that do not touch it, and in no larger one than it takes."""
        if known.held or known.factors is not None or not (done := self.variables & x):
            return found
        result, steps = self._in_experiment(y, x, known, done)
        if isinstance(result, NotIdentified):
            return result
        for name in self.regions.sorted(done):
            if fewer := done - {name}:
                again, instead = self._in_experiment(y, x, known, fewer)
                if not isinstance(again, NotIdentified):
                    done, result, steps = fewer, again, instead
        self.journal += steps
        return result

    def _in_experiment(
        self, y: Names, x: Names, known: Known, done: Names
    ) -> tuple[Estimand | NotIdentified, list[Step]]:
        outside, self.journal = self.journal, []
        found = self.effect(y, x - done, Known(known.nodes - done, done))
        steps, self.journal = self.journal, outside
        return found, steps
