"""Strokes, washes and colours: the few words of SVG that the painters use. No script, no font."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

INK = "#463230"
"""The line round things: a warm dark brown, never black."""

Stops = Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Brush:
    """Paints for one picture; ids of gradients begin with ``prefix``, so that several pictures may share a page."""

    prefix: str
    paints: list[str] = field(default_factory=list)

    def wash(self, stops: Stops, across: bool = False) -> str:
        """A paint that runs from one colour to the next, downwards or (across) to the right."""
        end = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        return self._keep(
            lambda name: f'<linearGradient id="{name}" x1="0" y1="0" {end}>{_stops(stops)}</linearGradient>'
        )

    def glow(self, stops: Stops, centre: tuple[float, float] = (0.5, 0.5)) -> str:
        """A paint that runs from the centre outwards; a stop may name its opacity as "#rrggbb/0.5"."""
        at = f'cx="{centre[0]}" cy="{centre[1]}" r="0.62"' if centre != (0.5, 0.5) else 'cx="0.5" cy="0.5" r="0.5"'
        return self._keep(lambda name: f'<radialGradient id="{name}" {at}>{_stops(stops)}</radialGradient>')

    def clip(self, shape: str) -> str:
        """What is painted with this stays within a shape."""
        return self._keep(lambda name: f'<clipPath id="{name}">{shape}</clipPath>')

    def filter(self, body: str, region: str = "") -> str:
        """An effect on all that a group paints."""
        return self._keep(lambda name: f'<filter id="{name}" {region}>{body}</filter>')

    def _keep(self, write: Callable[[str], str]) -> str:
        name = f"{self.prefix}{len(self.paints)}"
        self.paints.append(write(name))
        return f"url(#{name})"


def _stops(stops: Stops) -> str:
    parts = []
    for at, paint in stops:
        colour, _, opacity = paint.partition("/")
        shown = f' stop-opacity="{opacity}"' if opacity else ""
        parts.append(f'<stop offset="{at}" stop-color="{colour}"{shown}/>')
    return "".join(parts)


def mix(one: str, other: str, share: float) -> str:
    """One colour with so much of another in it."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def shape(path: str, paint: str, line: str = "", width: float = 1.6, opacity: float = 1.0) -> str:
    """A filled shape, with a line round it if asked."""
    edge = f' stroke="{line}" stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"' if line else ""
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return f'<path d="{path}" fill="{paint}"{edge}{faint}/>'


def stroke(path: str, line: str = INK, width: float = 1.6, opacity: float = 1.0) -> str:
    """A line without a filling."""
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<path d="{path}" fill="none" stroke="{line}" stroke-width="{width}" stroke-linecap="round" '
        f'stroke-linejoin="round"{faint}/>'
    )


def dot(x: float, y: float, r: float, paint: str, opacity: float = 1.0, tall: float = 1.0) -> str:
    """A round spot; ``tall`` stretches it."""
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{r:g}" ry="{r * tall:g}" fill="{paint}"{faint}/>'


def box(x: float, y: float, wide: float, high: float, paint: str, opacity: float = 1.0, round_: float = 0.0) -> str:
    """A rectangle."""
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{round_:g}" fill="{paint}"{faint}/>'


def group(parts: Sequence[str], attributes: str = "") -> str:
    """Several shapes as one."""
    return f"<g {attributes}>{''.join(parts)}</g>" if attributes else f"<g>{''.join(parts)}</g>"


def mirrored(part: str, middle: float = 150.0) -> str:
    """A shape and its mirror image."""
    return f'{part}<g transform="matrix(-1 0 0 1 {2 * middle:g} 0)">{part}</g>'
