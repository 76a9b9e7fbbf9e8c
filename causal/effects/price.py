"""The price of the wrong set: what adjusting for a set would report, held against the truth.

Of a discrete outcome the report is the sum over z of P(y | x, z) P(z), in both arms; of a continuous one the same with
means, which in a linear model is the coefficient of X in the regression of Y on X and Z. A set that satisfies the
adjustment criterion reports P(y | do(x)). Any other reports some other number, and no amount of data mends it: the
price is that of the whole population, exact. What a table of data would report is told by
``causal.studies.standardisation``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from causal.answers.engine import ask, need_numbers
from causal.errors import ImpossibleEvidence
from causal.graphs.adjustment import measured
from causal.models.model import Model
from causal.queries.printing import latex
from causal.queries.query import Arms, Atom, Term, ask_for
from causal.rungs.linear import Abduced, Responses
from causal.words.sentence import Listed
from causal.worlds.joint_table import joint


@dataclass(frozen=True, slots=True)
class Price:
    """What a set reports of the outcome in both arms (a probability, or a mean), and what doing would bring."""

    reported: tuple[float, float]
    true: tuple[float, float]

    @property
    def effect_reported(self) -> float:
        """The difference between the arms that the set would report."""
        return self.reported[0] - self.reported[1]

    @property
    def effect(self) -> float:
        """The difference that the treatment makes."""
        return self.true[0] - self.true[1]

    @property
    def bias(self) -> float:
        """By how much the report is wrong: 0 for a set that satisfies the criterion."""
        return self.effect_reported - self.effect


def price(model: Model, treatment: str, outcome: str, given: Sequence[str], arms: Arms, event: str = "") -> Price:
    """The exact price of adjusting for ``given``; ``event`` is a state of a discrete outcome.

    Raises BadQuery (see ``adjustment.measured``), MissingNumbers, and ImpossibleEvidence where somebody in some stratum
    could never be in one of the arms, so that the set reports nothing.
    """
    need_numbers(model)
    x, y, *z = measured(model, treatment, outcome, *given)
    solver = model.kind(y).solver
    z = [n for n in z if model.kind(n).solver == solver]  # the others say nothing of the outcome
    if model.kind(x).solver != solver:
        alone = _mean(model, y, event)
        return Price((alone, alone), (alone, alone))
    true = _mean(model, y, event, {x: arms[0]}), _mean(model, y, event, {x: arms[1]})
    match solver:
        case "linear":
            return Price(_regression(model, x, y, z, arms), true)
        case "network":
            return Price(_standardised(model, x, y, z, arms, event), true)
        case _:
            assert_never(solver)


def formula(model: Model, treatment: str, outcome: str, given: Sequence[str], arm: str | float, event: str = "") -> str:
    r"""What the set reports of one arm, in LaTeX: means are averaged over Z, probabilities weighted by P(z).

    >>> from causal.files.shelf import load
    >>> formula(load("kidney-stones"), "T", "R", ["Size"], "A", "1")
    '\\sum_{z} P(R=1 \\mid T=\\text{A},\\,\\textit{Size}) \\, P(\\textit{Size})'
    """
    within = tuple(Atom(name) for name in given)
    seen = ask_for(outcome, mean=not event, event=event or None, evidence={treatment: arm})
    inner = latex(replace(seen, evidence=(*seen.evidence, *within)), model)
    if not given:
        return inner
    return rf"E\bigl[{inner}\bigr]" if not event else rf"\sum_{{z}} {inner} \, {latex(Term('P', within), model)}"


def _mean(model: Model, y: str, event: str, action: dict[str, str | float] | None = None) -> float:
    """P(event), or E(y) where there is no event, after an action."""
    term = ask_for(y, mean=not event, event=event or None, action=action)
    return float(ask(model, term).value or 0.0)


def _standardised(model: Model, x: str, y: str, z: Sequence[str], arms: Arms, event: str) -> tuple[float, float]:
    seen = joint(model, [x, y, *z]).reshape(len(model[x].states), len(model[y].states), -1)
    strata = seen.sum(axis=(0, 1))
    at = model[y].states.index(event)

    def report(arm: str | float) -> float:
        there = seen[model[x].states.index(str(arm))]
        total = there.sum(axis=0)
        if ((total <= 0.0) & (strata > 0.0)).any():
            raise _nobody(x, arm, z)
        some = strata > 0.0
        return float((there[at][some] / total[some]) @ strata[some])

    return report(arms[0]), report(arms[1])


def _regression(model: Model, x: str, y: str, z: Sequence[str], arms: Arms) -> tuple[float, float]:
    """E(E(Y | X = arm, Z)): the mean of Y, moved along the slope of X that is left when Z is taken out."""
    responses = Responses(model, 0)
    cause, effect = responses.of(x, ()), responses.of(y, ())
    known = Abduced([(responses.of(name, ()), 0) for name in z], len(cause.loadings))
    own, other = known.spread(cause.loadings), known.spread(effect.loadings)
    if not own.any():
        raise _nobody(x, arms[0], z)
    slope = float(own @ other / (own @ own))
    first, second = (effect.constant + slope * (float(arm) - cause.constant) for arm in arms)
    return first, second


def _nobody(x: str, arm: str | float, z: Sequence[str]) -> ImpossibleEvidence:
    if z:
        return ImpossibleEvidence("errors.effects.nobody_among", "no-overlap", x=x, arm=arm, given=Listed(z, "comma"))
    return ImpossibleEvidence("errors.effects.nobody", "no-overlap", x=x, arm=arm)
