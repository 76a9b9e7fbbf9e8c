"""How many pixels changed that causally should not have, and a map of them.

What may change is what the engine's counterfactual changes: the pixels in which any picture that it imagines differs
from the original. Where it imagines too many to go through them all, every pixel may change on which a layer of a
variable that the action reaches can leave paint. Every other pixel that an answer changes is counted against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from causal.graphs.graph import descendants
from causal.labs.portrait.drawing import LAYERS, PortraitScene
from causal.labs.portrait.imagining import imagine
from causal.labs.portrait.raster import Pixels, covered, pictures
from causal.models.model import Model

Mask = NDArray[np.bool_]

MOST = 24
NOTHING = 1e-9

VISIBLE = 12
"""A pixel counts as changed where one of its three colours moved by more than this, of 255: less is not seen."""

WRONG, RIGHT = (222, 80, 20), (178, 98, 150)
"""The map's colours: what should not have changed, and what rightly did."""


@dataclass(frozen=True, slots=True)
class Score:
    """Pixels that changed though nothing causes it, pixels that changed rightly, and all there are."""

    wrong: Mask
    right: Mask

    @property
    def wrongly(self) -> int:
        """How many pixels changed that should not have."""
        return int(self.wrong.sum())

    @property
    def rightly(self) -> int:
        """How many pixels changed that may."""
        return int(self.right.sum())

    @property
    def pixels(self) -> int:
        """How many pixels a picture has."""
        return self.wrong.size


def may_change(model: Model, before: PortraitScene, action: Mapping[str, str]) -> Mask:
    """The pixels that may differ from the original after an action."""
    found = imagine(model, before.values(), action, MOST)
    original, *others = pictures([before, *(i.scene for i in found.likeliest)])
    moved = np.zeros(original.shape[:2], dtype=bool)
    for other in others:
        moved |= (other != original).any(axis=-1)
    if found.rest > NOTHING:
        reached = set(action).union(*(descendants(model, name) for name in action))
        for layer in (layer for layer in LAYERS if not reached.isdisjoint(layer.reads)):
            open_ = [model[n].states if n in reached else (before[n],) for n in layer.reads]
            for states in product(*open_):
                moved |= covered(layer, states)
    return moved


def score(before: Pixels, after: Pixels, allowed: Mask) -> Score:
    """Compare two pictures, given where they may differ."""
    moved = np.abs(after.astype(np.int16) - before.astype(np.int16)).max(axis=-1) > VISIBLE
    return Score(moved & ~allowed, moved & allowed)


def overlay(picture: Pixels, found: Score) -> Pixels:
    """The picture in pale grey, with what changed in colour; what should not have changed is hatched too."""
    grey = picture.astype(np.float64).mean(axis=-1, keepdims=True) * 0.4 + 150.0
    shown = np.repeat(grey, 3, axis=-1)
    rows, columns = np.indices(found.wrong.shape)
    hatched = (rows + columns) % 3 == 0
    shown[found.right] = 0.25 * shown[found.right] + 0.75 * np.array(RIGHT)
    shown[found.wrong] = 0.25 * shown[found.wrong] + 0.75 * np.array(WRONG)
    shown[found.wrong & hatched] *= 0.72
    return np.asarray(np.rint(shown), dtype=np.uint8)
