"""How many pixels changed that causally should not have, and a map of them.

What may change is what the engine's counterfactual changes: the pixels in which any picture that it imagines differs
from the original. Every other pixel that an answer changes is counted against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from causal.labs.portrait.drawing import Scene
from causal.labs.portrait.raster import Pixels, pictures

Mask = NDArray[np.bool_]

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


def may_change(before: Scene, imagined: Sequence[Scene]) -> Mask:
    """The pixels that differ from the original in any picture that the engine imagines."""
    original, *others = pictures([before, *imagined])
    moved = np.zeros(original.shape[:2], dtype=bool)
    for other in others:
        moved |= (other != original).any(axis=-1)
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
