"""Pictures as pixels: each layer's sheet is rendered once by resvg, and pictures are laid together from their sheets.

A layer reads its own variables only, so a few hundred sheets make every portrait there is. At the sizes used here
neither the grain of the paper nor the wobble of the hand would be seen, so pixels are laid together without them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

from causal.labs.portrait.drawing import HIGH, LAYERS, WIDE, Layer, PortraitScene, painted

Pixels = NDArray[np.uint8]

SMALL = (75, 90)
"""Width and height at which pictures are learnt and compared."""

AT_ONCE = 250
THUMBNAIL, QUALITY = 160, 75


def png(svg: str, wide: int) -> bytes:
    """An SVG picture as a PNG file of this width."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=wide, skip_system_fonts=True))


def pictures(scenes: Sequence[PortraitScene], wide: int = SMALL[0]) -> Pixels:
    """These scenes as pixels: one picture each, rows from the top, red, green and blue from 0 to 255."""
    parts = [_laid(scenes[i : i + AT_ONCE], wide) for i in range(0, len(scenes), AT_ONCE)]
    return np.concatenate(parts)


@lru_cache(maxsize=512)
def picture(scene: PortraitScene) -> Pixels:
    """One scene as pixels, which cannot be written to: pages compare the same few again and again."""
    found: Pixels = pictures([scene])[0]
    found.setflags(write=False)
    return found


def _laid(scenes: Sequence[PortraitScene], wide: int) -> Pixels:
    canvas = np.zeros((len(scenes), wide * HIGH // WIDE, wide, 3), dtype=np.float32)
    for layer in LAYERS:
        members: dict[tuple[str, ...], list[int]] = {}
        for i, scene in enumerate(scenes):
            members.setdefault(tuple(scene[name] for name in layer.reads), []).append(i)
        for states, at in members.items():
            sheet = _sheet(layer, states, wide)
            if sheet is not None:
                colour, cover = sheet.astype(np.float32)[..., :3], sheet[..., 3:] / np.float32(255.0)
                canvas[at] += (colour - canvas[at]) * cover
    return np.rint(canvas).astype(np.uint8)


def covered(layer: Layer, states: tuple[str, ...], wide: int = SMALL[0]) -> NDArray[np.bool_]:
    """Where a layer leaves any paint when its variables stand at these states."""
    sheet = _sheet(layer, states, wide)
    return np.zeros((wide * HIGH // WIDE, wide), dtype=bool) if sheet is None else sheet[..., 3] > 0


@lru_cache(maxsize=4096)
def _sheet(layer: Layer, states: tuple[str, ...], wide: int) -> Pixels | None:
    """One layer alone: its colours, and how much of what lies below each pixel hides (None: it paints nothing)."""
    rendered = np.asarray(Image.open(io.BytesIO(png(painted((layer,), states), wide))).convert("RGBA"))
    return rendered if rendered[..., 3].any() else None


def file(pixels: Pixels) -> bytes:
    """Pixels as a PNG file."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", optimize=False)
    return out.getvalue()


@lru_cache(maxsize=1024)
def thumbnail(scene: PortraitScene) -> bytes:
    """A picture for a row of several, as a WebP file: a sixth of its SVG, and nothing that a telephone paints long."""
    out = io.BytesIO()
    Image.fromarray(pictures([scene], THUMBNAIL)[0]).save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
