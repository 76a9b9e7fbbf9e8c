"""Units as dots, drawn as one small SVG: every unit keeps its place, so only what happens to it changes.

A discrete outcome is told by filled (the event) or hollow dots on a fixed grid, a continuous one by where the dot
stands between left and right. Who does not count is pale; who would have been different wears a ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEP, RADIUS, PER_ROW, LANES = 15.0, 5.2, 25, 16
WIDTH = STEP * PER_ROW

# between the light and the dark theme's tones, at 3:1 or more on both grounds: the picture needs no second version
COLOURS = {1: "#2F87C0", 2: "#D0681C", 3: "#B9608F"}


@dataclass(frozen=True, slots=True)
class Dot:
    """One unit: ``place`` from 0 (left) to 1 (right), or None on the grid; ``said`` is its tooltip."""

    filled: bool
    counts: bool
    changed: bool = False
    undecided: bool = False
    place: float | None = None


def picture(dots: Sequence[Dot], rung: int, alt: str, mark: float | None = None) -> str:
    """The dots as SVG; ``mark`` draws the exact answer of a continuous outcome as a line, ``alt`` is read out."""
    lined = any(d.place is not None for d in dots)
    rows = LANES if lined else -(-len(dots) // PER_ROW)
    height = rows * STEP * (0.6 if lined else 1.0) + 4
    shapes = [_dot(d, *_where(i, d, lined), COLOURS[rung]) for i, d in enumerate(dots)]
    if mark is not None and lined:
        x = _along(mark)
        shapes.append(f'<path d="M{x:.1f} 0V{height:.0f}" stroke="currentColor" stroke-width="2.2"/>')
    return (
        f'<svg role="img" aria-label="{_attribute(alt)}" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        f'style="width:100%;max-width:44rem;display:block">{"".join(shapes)}</svg>'
    )


def _where(index: int, dot: Dot, lined: bool) -> tuple[float, float]:
    if lined:
        # a lane of its own for each neighbour, in an order that does not look like stairs
        return _along(dot.place or 0.0), (index * 7 % LANES + 0.5) * STEP * 0.6 + 2
    return (index % PER_ROW + 0.5) * STEP, (index // PER_ROW + 0.5) * STEP + 2


def _along(place: float) -> float:
    return STEP / 2 + min(1.0, max(0.0, place)) * (WIDTH - STEP)


def _dot(dot: Dot, x: float, y: float, colour: str) -> str:
    paint = colour if dot.counts else "currentColor"
    style = f'fill="{paint}"' if dot.filled else 'fill="none"'
    pale = "" if dot.counts else ' opacity=".2"'
    dashes = ' stroke-dasharray="2 2"' if dot.undecided else ""
    ring = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS + 1.6}" fill="none" stroke="currentColor" stroke-width="1.1"/>'
    )
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS - 0.7}" {style} stroke="{paint}" stroke-width="1.4"'
    return f"{circle}{dashes}{pale}/>" + (ring if dot.changed and dot.counts else "")


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
