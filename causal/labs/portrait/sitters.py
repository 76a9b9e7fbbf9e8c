"""Rungs 1 and 2 as people: somebody seen in red glasses, and somebody on whom red glasses were put."""

from __future__ import annotations

from collections.abc import Mapping

from causal.labs.portrait.drawing import PortraitScene
from causal.models.model import Model
from causal.studies.units import draw


def anybody(model: Model, seed: int) -> PortraitScene:
    """Whoever comes by: one draw of everything."""
    return _first(model, seed)


def seen(model: Model, evidence: Mapping[str, str], seed: int) -> PortraitScene:
    """Rung 1: one draw from P(everything | evidence): one of those who are met like this."""
    return _first(model, seed, evidence)


def made(model: Model, action: Mapping[str, str], seed: int) -> PortraitScene:
    """Rung 2: one draw from P(everything | do(action)): anybody, after the action."""
    return _first(model.do(action), seed)


def crowd(model: Model, n: int, seed: int) -> list[PortraitScene]:
    """n draws of everything."""
    columns = draw(model, n, seed).columns()
    return [PortraitScene.of({name: str(column[i]) for name, column in columns.items()}) for i in range(n)]


def _first(model: Model, seed: int, evidence: Mapping[str, str] | None = None) -> PortraitScene:
    columns = draw(model, 1, seed, evidence).columns()
    return PortraitScene.of({name: str(column[0]) for name, column in columns.items()})
