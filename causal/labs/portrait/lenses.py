"""Glasses, what is mirrored in them, and the coloured light that they throw."""

from __future__ import annotations

from causal.labs.portrait.brush import INK, Brush, box, dot, group, mirrored, mix, shape, stroke

TINT = {"blue": "#2f6fc4", "green": "#2f9a63", "red": "#dc3327"}
LIGHT = {"blue": "#4d8df2", "green": "#45bd7b", "red": "#fb5a48"}
"""Glasses, and the light that comes through them."""

LENS = (127.0, 162.0, 21.5)
"""The left lens: its centre and its radius."""


def glasses(brush: Brush, glasses: str) -> str:
    """Round frames: thin wire with clear lenses, or coloured ones."""
    if glasses == "none":
        return ""
    x, y, r = LENS
    if glasses == "clear":
        rim = (
            f'<circle cx="{x}" cy="{y}" r="{r}" fill="#ffffff" fill-opacity="0.14" stroke="#6b5138" '
            f'stroke-width="2.6"/>'
        )
        gleam = stroke(f"M{x - 11},{y - 8} l7,-7 M{x - 8},{y - 1} l12,-12", "#ffffff", 2, 0.75)
        return group([mirrored(rim + _arm("#6b5138", 2.4)), gleam, _bridge("#6b5138", 2.6)])
    tint = TINT[glasses]
    paint = brush.wash(
        ((0, f"{mix(tint, INK, 0.22)}/0.93"), (0.6, f"{tint}/0.8"), (1, f"{mix(tint, '#ffffff', 0.25)}/0.72"))
    )
    frame = mix(tint, "#2a1a1c", 0.38)
    rim = f'<circle cx="{x}" cy="{y}" r="{r + 0.5}" fill="{paint}" stroke="{frame}" stroke-width="5"/>'
    shine = (
        f'<circle cx="{x}" cy="{y}" r="{r + 1.5}" fill="none" stroke="{mix(tint, "#ffffff", 0.45)}" '
        f'stroke-width="1.2" opacity="0.7"/>'
    )
    return group([mirrored(rim + shine + _arm(frame, 4.2)), _bridge(frame, 5)])


def _arm(paint: str, width: float) -> str:
    x, y, r = LENS
    return stroke(f"M{x - r - 1:g},{y - 5:g} L{x - r - 10:g},{y - 8:g}", paint, width)


def _bridge(paint: str, width: float) -> str:
    return stroke("M146,157 C148,151 152,151 154,157", paint, width)


def reflection(brush: Brush, reflection: str) -> str:
    """The place, small and bent, in the upper half of both lenses."""
    if reflection == "nothing":
        return ""
    x, y, r = LENS
    inside = brush.clip(f'<circle cx="{x}" cy="{y}" r="{r - 3}"/><circle cx="{300 - x}" cy="{y}" r="{r - 3}"/>')
    view = _VIEWS[reflection]
    both = f'<g transform="translate({x} {y})">{view}</g><g transform="translate({300 - x} {y})">{view}</g>'
    gleam = stroke(
        f"M{x - 14:g},{y - 3:g} C{x - 13:g},{y - 11:g} {x - 8:g},{y - 15:g} {x - 2:g},{y - 16:g}", "#ffffff", 2.6, 0.85
    )
    other = gleam.replace(f"M{x - 14:g}", f"M{300 - x - 14:g}").replace(f"C{x - 13:g}", f"C{300 - x - 13:g}")
    other = other.replace(f" {x - 8:g},", f" {300 - x - 8:g},").replace(f" {x - 2:g},", f" {300 - x - 2:g},")
    return group([group([both], f'clip-path="{inside}" opacity="0.62"'), gleam, other])


_VIEWS = {
    "town": shape("M-22,6 V-6 H-14 V-12 L-9,-17 L-4,-12 V-4 H2 V-9 H10 V-14 H17 V-5 H22 V6 Z", "#fff6e4")
    + box(-11, -9, 3, 4, "#8b6a5a")
    + box(12, -9, 3, 4, "#8b6a5a")
    + box(4, -4, 3, 4, "#8b6a5a"),
    "park": dot(-9, -8, 8, "#e8f4d6") + dot(8, -5, 7, "#e8f4d6") + stroke("M-9,-2 V6 M8,0 V6", "#e8f4d6", 2)
    + box(-22, 4, 44, 4, "#e8f4d6"),
    "mountains": shape("M-22,6 L-11,-12 L-4,-3 L5,-16 L22,6 Z", "#f3f6fa")
    + stroke("M5,-16 l-4,8 l4,2 l4,-3", "#8fa0b4", 1.4),
    "beach": box(-22, -4, 44, 5, "#eafaf6") + box(-22, 3, 44, 4, "#fbeecb") + dot(-9, -11, 4, "#fff3c9")
    + shape("M6,-4 V-15 L13,-4 Z", "#ffffff"),
}  # fmt: skip


def cheeks(brush: Brush, cheeks: str) -> str:
    """The light that falls through coloured lenses onto the cheeks."""
    if cheeks == "none":
        return ""
    tint = LIGHT[cheeks]
    pool = brush.glow(((0, f"{tint}/0.5"), (0.7, f"{tint}/0.5"), (0.9, f"{tint}/0.22"), (1, f"{tint}/0")))
    one = f'<ellipse cx="121" cy="190" rx="16" ry="9.5" fill="{pool}" transform="rotate(12 121 190)"/>'
    other = f'<ellipse cx="180" cy="190" rx="16" ry="9.5" fill="{pool}" transform="rotate(-12 180 190)"/>'
    bright = mix(tint, "#ffffff", 0.65)
    sparkle = stroke("M113,188 q7,-3 13,1 M175,189 q6,-4 13,-1", bright, 1.8, 0.6)
    return group([one, other, sparkle])


def collar(brush: Brush, collar: str) -> str:
    """The same light, further down, on pale cloth."""
    if collar == "none":
        return ""
    tint = LIGHT[collar]
    pool = brush.glow(((0, f"{tint}/0.55"), (0.6, f"{tint}/0.42"), (0.88, f"{tint}/0.18"), (1, f"{tint}/0")))
    one = f'<ellipse cx="128" cy="286" rx="19" ry="11" fill="{pool}" transform="rotate(18 128 286)"/>'
    other = f'<ellipse cx="176" cy="284" rx="17" ry="10" fill="{pool}" transform="rotate(-16 176 284)"/>'
    return group([one, other])
