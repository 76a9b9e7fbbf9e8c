"""Step one of imagining, for the eye: what the facts say about every source of chance, before and after.

The engine abducts jointly, inside one network; these are the posterior marginals that a page can show. A table without
coupling has no noise to speak of: what its units would have answered elsewhere cannot be known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import assert_never

import numpy as np

from causal.answers.engine import ask, need_numbers
from causal.answers.terms import impossible
from causal.models.mechanisms import Function, Linear, Table
from causal.models.mechanisms.protocol import Solver
from causal.models.model import Model, Variable
from causal.queries.query import Atom, Term, as_text
from causal.ranges.spans import Array
from causal.rungs.prepared import prepare, prepare_linear
from causal.words.numbers import figures
from causal.words.sentence import Sentence
from causal.worlds.network import linear_mechanisms, monotone_noise

State = str | Sentence
"""A state of the variable, or the interval of a noise, in words."""


@dataclass(frozen=True, slots=True)
class Chance:
    """One source of chance, before and after the facts.

    ``of`` names the variable whose own noise it is ("" for an exogenous variable U of the model), ``row`` the row of an
    independently coupled table. Discrete chance has ``prior`` and ``posterior``, Gaussian chance means and standard
    deviations in the variable's unit. ``known`` is False where a missing coupling leaves nothing to be inferred.
    """

    name: str
    label: str
    of: str = ""
    row: tuple[str, ...] = ()
    prior: Mapping[State, float] | None = None
    posterior: Mapping[State, float] | None = None
    prior_mean: float | None = None
    prior_sd: float | None = None
    mean: float | None = None
    sd: float | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Abduction:
    """The facts, and every source of chance given them."""

    facts: Mapping[str, str | float]
    rows: tuple[Chance, ...]


def abduce(model: Model, facts: Mapping[str, str | float]) -> Abduction:
    """The posterior of every exogenous variable and every mechanism's noise given facts about one unit.

    Raises ImpossibleEvidence if the facts cannot happen together, MissingNumbers if the model is only a graph.
    """
    need_numbers(model)
    evidence = tuple(Atom(k, (), "=", as_text(v)) for k, v in facts.items())
    if discrete := _about(model, evidence, "network"):
        ask(model, Term("P", discrete[:1], discrete))  # a model may hold no chance at all that could say it
    rows: list[Chance] = []
    for variable in model:
        match variable.mechanism:
            case Linear() as line:
                rows.append(_gaussian(model, variable, line, evidence))
            case Table() as table:
                rows += _table(model, variable, table, evidence)
            case Function() | None:
                pass
            case other:
                assert_never(other)
    return Abduction(facts, tuple(rows))


def _about(model: Model, evidence: tuple[Atom, ...], solver: Solver) -> tuple[Atom, ...]:
    """The facts that one solver takes in; the other's do not depend on them."""
    return tuple(a for a in evidence if model.kind(a.variable).solver == solver)


def _gaussian(model: Model, variable: Variable, mechanism: Linear, evidence: tuple[Atom, ...]) -> Chance:
    known = _about(model, evidence, "linear")
    question, values = prepare_linear(model, Term("P", (Atom(variable.name),), known))
    noise, contradicted = question.abduced.mean(values)
    if contradicted is not None:
        raise impossible(model, Term("P", (), known))
    at = list(linear_mechanisms(model)).index(variable.name)
    left = float(np.linalg.norm(question.abduced.spread(np.eye(len(noise))[at])))
    # a root's chance is the root itself; elsewhere it is what the parents do not explain
    centre = 0.0 if variable.parents else mechanism.intercept
    return Chance(
        variable.name,
        variable.label,
        of="" if variable.exogenous else variable.name,
        prior_mean=centre,
        prior_sd=mechanism.sd,
        mean=centre + mechanism.sd * float(noise[at]),
        sd=mechanism.sd * left,
    )


def _table(model: Model, variable: Variable, table: Table, evidence: tuple[Atom, ...]) -> list[Chance]:
    chance = partial(Chance, variable.name, variable.label, "" if variable.exogenous else variable.name)
    known = _about(model, evidence, "network")
    before = (dict[State, float](zip(variable.states, row, strict=True)) for row in table.rows)
    if len(table.rows) == 1:
        answer = ask(model, Term("P", (Atom(variable.name),), known))
        after: dict[State, float] = {
            s: p if isinstance(p, float) else p[0] for s, p in (answer.distribution or {}).items()
        }
        return [chance(prior=next(before), posterior=after)]
    if table.coupling is None:
        return [chance(known=False)]
    joint = _rows_and_states(model, variable, known)
    shares = np.array(table.rows)
    if table.coupling == "independent":
        told = [(joint[r] + (1.0 - joint[r].sum()) * shares[r]).tolist() for r in range(len(shares))]
        return [
            chance(row, prior, dict(zip(variable.states, posterior, strict=True)))
            for row, prior, posterior in zip(model.rows_of(variable.name), before, told, strict=True)
        ]
    reading = monotone_noise(table)
    after_noise = np.zeros(len(reading.ends))
    for r in range(len(shares)):
        for k in range(shares.shape[1]):
            if joint[r, k] > 0.0:
                inside = np.where(reading.answers[r] == k, reading.probabilities, 0.0)
                after_noise += joint[r, k] * inside / inside.sum()
    spans = pairwise([0.0, *reading.ends.tolist()])
    names: list[State] = [Sentence("numbers.span", low=figures(a, 4), high=figures(b, 4)) for a, b in spans]
    prior, posterior = (dict(zip(names, p.tolist(), strict=True)) for p in (reading.probabilities, after_noise))
    return [chance(prior=prior, posterior=posterior)]


def _rows_and_states(model: Model, variable: Variable, evidence: tuple[Atom, ...]) -> Array:
    """P(the parents stand at this row and the variable at this state | facts): rows x states."""
    names = [*variable.parents, variable.name]
    question, values = prepare(model, Term("P", tuple(Atom(n) for n in names), evidence))
    joint, total = question.joint(values)
    if total <= 0.0:
        raise impossible(model, Term("P", (), evidence))
    return (joint / total).reshape(-1, len(variable.states))
