"""Was it the treatment? What a trial and a survey, each a table of counts, say of one case (Tian and Pearl 2000).

A man took the drug and died. The probability of necessity, PN, asks whether he would be alive without it:

    PN = P(Y[X=0]=0 | X=1, Y=1)

A trial shows what the drug does to people who did not choose it; a survey shows what became of those who chose. Neither
saw what the dead man would have done without the drug, so PN is an interval; both together may leave a single number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from causal.bounding import Bounds, Distribution, bounds_from
from causal.errors import BadQuery, ImpossibleEvidence
from causal.models.model import Model, Variable

TREATED, OUTCOME = "X", "Y"
NECESSITY = "P(Y[X=0]=0 | X=1, Y=1)"
GRAPH = Model(
    (
        Variable("U", "U", exogenous=True),
        Variable(TREATED, TREATED, parents=("U",), states=("0", "1")),
        Variable(OUTCOME, OUTCOME, parents=(TREATED, "U"), states=("0", "1")),
    )
)
"""Nothing is assumed of how people came to the treatment: what moves them to it may move the outcome too."""

MONOTONE = f"monotone:{TREATED}:{OUTCOME}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many had the event and how many had not: with the treatment, and without it."""

    treated: tuple[int, int]
    untreated: tuple[int, int]

    def as_trial(self) -> Distribution:
        """P(Y | do(X)): each arm by itself, since the coin decided who is in it. Raises BadQuery for an empty arm."""
        arms = []
        for event, none in (self.untreated, self.treated):
            if event + none == 0:
                raise BadQuery("errors.labs.empty_arm", "table")
            arms.append((none / (event + none), event / (event + none)))
        return Distribution((OUTCOME,), np.array(arms), (TREATED,))

    def as_survey(self) -> Distribution:
        """P(X, Y): all people together, since each chose for himself. Raises BadQuery for an empty table."""
        table = np.array([self.untreated[::-1], self.treated[::-1]], dtype=float)
        if table.sum() == 0:
            raise BadQuery("errors.labs.empty_survey", "table")
        return Distribution((TREATED, OUTCOME), table / table.sum())


def necessity(trial: Counts | None, survey: Counts | None, monotone: bool = False) -> Bounds:
    """PN from what is known, as if the tables were everybody; ``monotone``: the treatment never prevents the event.

    Raises BadQuery (an empty table), and ImpossibleEvidence where nobody had treatment and event, or where the tables
    and the assumption contradict each other.
    """
    known = [*([trial.as_trial()] if trial else []), *([survey.as_survey()] if survey else [])]
    return bounds_from(GRAPH, NECESSITY, known, [MONOTONE] if monotone else [])


@lru_cache(maxsize=256)
def verdicts(trial: Counts, survey: Counts, monotone: bool = False) -> Mapping[str, Bounds]:
    """PN from the trial alone, from the survey alone, and from both."""
    return {
        "trial": necessity(trial, None, monotone),
        "survey": necessity(None, survey, monotone),
        "both": necessity(trial, survey, monotone),
    }


@dataclass(frozen=True, slots=True)
class Work:
    """The formulas of both ends of PN, from both tables, with their numbers (LaTeX)."""

    read: tuple[str, ...]
    low: str
    high: str


def work(trial: Counts, survey: Counts) -> Work:
    """Where the interval of both tables comes from (Tian and Pearl 2000, theorem on PN).

    Raises BadQuery for an empty table, ImpossibleEvidence where nobody had treatment and event.
    """
    seen, without = survey.as_survey().probabilities, float(trial.as_trial().probabilities[0, 1])
    happens, both, neither = float(seen[:, 1].sum()), float(seen[1, 1]), float(seen[0, 0])
    if both == 0.0:
        raise ImpossibleEvidence("errors.labs.nobody_had_both")
    low, high = max(0.0, (happens - without) / both), min(1.0, (1.0 - without - neither) / both)
    read = (
        rf"P(Y{{=}}1) = {happens:.6g} \qquad P(X{{=}}1, Y{{=}}1) = {both:.6g}",
        rf"P(Y{{=}}1 \mid \mathrm{{do}}(X{{=}}0)) = {without:.6g} \qquad P(X{{=}}0, Y{{=}}0) = {neither:.6g}",
    )
    least = r"\frac{P(Y{=}1) - P(Y{=}1 \mid \mathrm{do}(X{=}0))}{P(X{=}1, Y{=}1)}"
    most = r"\frac{P(Y{=}0 \mid \mathrm{do}(X{=}0)) - P(X{=}0, Y{=}0)}{P(X{=}1, Y{=}1)}"
    return Work(
        read,
        rf"\max\left(0, {least}\right) = {low:.6g}",
        rf"\min\left(1, {most}\right) = {high:.6g}",
    )
