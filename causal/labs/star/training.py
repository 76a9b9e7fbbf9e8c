"""The lab's long work: train three predictors on the same artists, try them, and edit every input of every artist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from causal.jobs.storing import Result
from causal.jobs.tasks import Report
from causal.labs.star import musicians, nearest, predictors
from causal.labs.star.musicians import OUTCOME
from causal.labs.star.predictors import Table
from causal.labs.star.shifting import Columns, imagined
from causal.words.numbers import Whole
from causal.words.sentence import Sentence

TASK = "musicians"

SHARES = tuple(round(0.1 * i, 1) for i in range(21))
"""The edits that are tried: an input at so many times what it was."""

GAIN = 100.0
"""How much more the nearest counterfactual is to sell, in the outcome's unit."""


def arguments(features: Sequence[str]) -> dict[str, object]:
    """What the task is given for these features, in the story's own order."""
    named = [f for f in musicians.FEATURES if f in features]
    return {"features": named, "trained": musicians.TRAINED, "asked": musicians.ASKED}


def everybody() -> Columns:
    """Whoever is asked about: the story's named artists, then those drawn."""
    _, others = musicians.artists(musicians.TRAINED, musicians.ASKED)
    return _with_named(others)


def _with_named(others: Columns) -> Columns:
    facts = [dict(unit.facts) for unit in musicians.story().units]
    return {n: np.concatenate([[float(f[n]) for f in facts], column]) for n, column in others.items()}


def train(arguments: Mapping[str, object], report: Report) -> Result:
    """Train each kind, and give its score, what it says of every edit, and its nearest counterfactuals."""
    features = [str(f) for f in arguments["features"]]  # type: ignore[attr-defined]
    learnt, others = musicians.artists(int(str(arguments["trained"])), int(str(arguments["asked"])))
    known, asked, tried = (_table(columns, features) for columns in (learnt, _with_named(others), others))
    found: dict[str, Table] = {}
    for i, kind in enumerate(predictors.KINDS):
        at, of = i + 1, len(predictors.KINDS)
        report(i / of, Sentence("jobs.learning", at=at, of=of, n=Whole(len(known))))
        predictor = predictors.train(kind, known, learnt[OUTCOME], musicians.SEED)
        found[f"{kind}_score"] = np.array(predictors.score(predictor.predict(tried), others[OUTCOME]))
        found[f"{kind}_now"] = predictor.predict(asked)
        for j, name in enumerate(features):
            edited = np.repeat(asked[None], len(SHARES), axis=0)
            edited[:, :, j] *= np.array(SHARES)[:, None]
            said = predictor.predict(edited.reshape(-1, len(features)))
            found[f"{kind}_edit_{name}"] = said.reshape(len(SHARES), -1)
        near = nearest.nearest(predictor, asked, known.std(axis=0), GAIN, musicians.SEED)
        there = ~np.isnan(near[:, 0])
        found[f"{kind}_near"] = near
        found[f"{kind}_near_says"] = np.full(len(near), np.nan)
        if there.any():
            found[f"{kind}_near_says"][there] = predictor.predict(near[there])
    return found


@dataclass(frozen=True, eq=False, slots=True)
class Edits:
    """What edits promise, and what they would come to: differences of the outcome, one for each artist.

    An artist for whom no edit was found has nan.
    """

    promised: Table
    true: Table

    @property
    def crowd(self) -> Edits:
        """Those who were drawn, without the story's own artists."""
        named = len(musicians.story().units)
        return Edits(self.promised[named:], self.true[named:])

    @property
    def found(self) -> int:
        """For how many there is an edit."""
        return int((~np.isnan(self.promised)).sum())

    @property
    def miss(self) -> float:
        """By how much the promise is wrong, on average."""
        return float(np.nanmean(np.abs(self.promised - self.true)))

    @property
    def comes_to(self) -> float:
        """What it would really come to, on average."""
        return float(np.nanmean(self.true))


@dataclass(frozen=True, eq=False, slots=True)
class Trained:
    """The task's result, and what the model of causes says of the same edits."""

    features: tuple[str, ...]
    result: Result

    def score(self, kind: str) -> float:
        """R² on artists that it has not met."""
        return float(self._array(f"{kind}_score"))

    def edits(self, kind: str, name: str, share: float) -> Edits:
        """Every artist's input ``name`` at so many times what it was."""
        asked = everybody()
        promised = self._array(f"{kind}_edit_{name}")[SHARES.index(share)] - self._array(f"{kind}_now")
        return Edits(promised, self._true(asked, {name: share * asked[name]}))

    def nearest(self, kind: str) -> Edits:
        """The nearest counterfactuals that promise GAIN, each carried out: what it changes is set, the rest follows."""
        asked, near = everybody(), self.changes(kind)
        held = {n: np.where(near[:, j] == 0, np.nan, asked[n] + near[:, j]) for j, n in enumerate(self.features)}
        promised = self._array(f"{kind}_near_says") - self._array(f"{kind}_now")
        true = self._true(asked, held)
        return Edits(promised, np.where(np.isnan(promised), np.nan, true))

    def changes(self, kind: str) -> Table:
        """How each artist's nearest counterfactual differs from the artist, feature by feature."""
        return self._array(f"{kind}_near") - _table(everybody(), self.features)

    def _true(self, asked: Columns, held: Columns) -> Table:
        return imagined(musicians.story(), asked, held)[OUTCOME] - asked[OUTCOME]

    def _array(self, name: str) -> Table:
        return np.asarray(self.result[name], dtype=float)


def _table(columns: Columns, features: Sequence[str]) -> Table:
    return np.stack([columns[f] for f in features], axis=1)
