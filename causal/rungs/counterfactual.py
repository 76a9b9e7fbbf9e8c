"""Rung 3, imagining: abduct, act, predict (Pearl 2009, theorem 7.1.7), in one network of several worlds.

The factual and the hypothetical worlds share their exogenous variables. Conditioning that network on the facts is
abduction (jointly right, though facts make the exogenous variables dependent), the copies with held parents are the
action, and reading their values is prediction. Rungs 1 and 2 are the same with one world.
"""

from __future__ import annotations

from collections.abc import Sequence

from causal.models.model import Model
from causal.queries.query import Atom, Term
from causal.rungs.association import Statement
from causal.rungs.compiled_question import CompiledQuestion
from causal.worlds.network import build
from causal.worlds.parallel_worlds import Worlds


def compiled(model: Model, form: Term) -> CompiledQuestion:
    """The question with every potential response in its world; its values are numbers of slots (see ``shape``)."""
    worlds = Worlds(model)
    event, evidence = _statements(worlds, form.event), _statements(worlds, form.evidence)
    return CompiledQuestion(model, worlds.copies, build(model, worlds.copies), event, evidence)


def _statements(worlds: Worlds, atoms: Sequence[Atom]) -> list[Statement]:
    return [Statement(worlds.response(a.variable, a.world), a.variable, a.relation, a.value) for a in atoms]
