"""The sky, what falls from it, and the light that lies over the picture."""

from __future__ import annotations

from causal.labs.portrait.brush import Brush, box, dot, group, mix, stroke

SKY = {
    "sunny": ("#6fb7dd", "#bfe0e6", "#fdeecb"),
    "cloudy": ("#a9b8c0", "#cdd3d2", "#e9e2d6"),
    "wet": ("#7d8d9b", "#a3afb6", "#c4c7c4"),
}
WARMTH = {
    "winter": ("#cfdcf0", 0.35),
    "spring": ("#f3ead0", 0.2),
    "summer": ("#ffe2a6", 0.2),
    "autumn": ("#f0c095", 0.3),
}


def sky(brush: Brush, season: str, weather: str) -> str:
    """The sky's wash, warmer or colder with the season; the sun, or clouds."""
    tint, share = WARMTH[season]
    top, middle, low = (mix(c, tint, share * k) for c, k in zip(SKY[weather], (0.3, 0.8, 1), strict=True))
    parts = [box(-20, -20, 340, 400, brush.wash(((0, top), (0.45, middle), (0.8, low))))]
    if weather == "sunny":
        parts.append(dot(62, 62, 88, brush.glow(((0, "#fff3cf/0.95"), (0.35, "#fff0c2/0.5"), (1, "#fff0c2/0")))))
        parts.append(dot(62, 62, 25, "#fff2c4"))
        parts.append(dot(62, 62, 25, brush.glow(((0.4, "#fff8e0/1"), (1, "#ffd98a/1")))))
        parts += [_cloud(232, 60, 0.62, "#fffaf0", 0.85), _cloud(140, 34, 0.4, "#fffaf0", 0.6)]
    elif weather == "cloudy":
        parts += [_cloud(60, 56, 1.0, "#f3f0e9", 0.9), _cloud(238, 46, 1.15, "#ece9e2", 0.95)]
        parts += [_cloud(158, 30, 0.8, "#dfdfdc", 0.8), _cloud(8, 110, 0.7, "#e9e6df", 0.7)]
    else:
        parts += [_cloud(44, 40, 1.25, "#8b97a2", 0.95), _cloud(250, 34, 1.4, "#828f9b", 0.95)]
        parts += [_cloud(150, 18, 1.3, "#919ca6", 0.95), _cloud(296, 90, 0.8, "#97a2aa", 0.8)]
    return group(parts)


def _cloud(x: float, y: float, size: float, paint: str, opacity: float) -> str:
    puffs = [(0, 0, 24), (-26, 8, 17), (27, 7, 19), (-46, 14, 10), (48, 14, 11), (10, -9, 18)]
    body = "".join(dot(a, b, r, paint, tall=0.78) for a, b, r in puffs)
    body += box(-50, 8, 102, 14, paint, 1, 7)
    return f'<g transform="translate({x:g} {y:g}) scale({size:g})" opacity="{opacity}">{body}</g>'


def falling(brush: Brush, season: str, weather: str) -> str:
    """Rain in front of everything; snow in winter."""
    if weather != "wet":
        return ""
    spots = [((i * 61 + 17) % 300, (i * 97 + 31) % 360) for i in range(46)]
    if season == "winter":
        return group([dot(x, y, 1.6 + (i % 3) * 0.9, "#ffffff", 0.85) for i, (x, y) in enumerate(spots)])
    lines = "".join(f"M{x},{y} l-4,{11 + i % 4 * 3} " for i, (x, y) in enumerate(spots))
    return stroke(lines, "#e4edf2", 1.3, 0.6)


def light(brush: Brush, season: str, weather: str) -> str:
    """The light that lies over the whole picture."""
    if weather == "sunny":
        warm = brush.glow(((0, "#fff3cc/0.42"), (0.5, "#ffe9b8/0.1"), (1, "#ffe0a8/0")), (0.2, 0.12))
        return box(-20, -20, 340, 400, warm) + box(
            -20, -20, 340, 400, brush.wash(((0, "#fff3d0/0"), (1, "#c9733f/0.07")))
        )
    if weather == "cloudy":
        return box(-20, -20, 340, 400, brush.wash(((0, "#dfe3e6/0.1"), (1, "#66707c/0.14"))))
    return box(-20, -20, 340, 400, brush.wash(((0, "#5d6b7d/0.16"), (1, "#3f4c60/0.24"))))
