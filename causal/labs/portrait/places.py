"""What stands behind the person: a town, a park, mountains, a beach, each in four seasons."""

from __future__ import annotations

from causal.labs.portrait.brush import Brush, box, dot, group, mix, shape, stroke

LEAVES = {
    "winter": ("#8d8279", "#a79c92"),
    "spring": ("#9dbb72", "#f1bccb"),
    "summer": ("#5c8f55", "#7fae62"),
    "autumn": ("#cf7a35", "#e2a648"),
}
GRASS = {"winter": "#e6e8ea", "spring": "#a9c67b", "summer": "#88ab5c", "autumn": "#b7a45f"}
SNOW = "#f4f5f6"


def place(brush: Brush, where: str, season: str) -> str:
    """What stands behind the person."""
    return {"town": _town, "park": _park, "mountains": _mountains, "beach": _beach}[where](brush, season)


def _town(brush: Brush, season: str) -> str:
    houses = (
        (-24, 168, 74, "#d9a583", "#a4563f"),
        (48, 138, 50, "#e7cfa5", "#8f5b46"),
        (96, 176, 50, "#c98f7d", "#7b4a45"),
        (146, 160, 48, "#dfc7b0", "#95604a"),
        (192, 128, 58, "#b9bfb0", "#6f5a55"),
        (248, 164, 78, "#e0b184", "#9c5440"),
    )
    parts = [_tower(season)]
    for x, top, wide, wall, roof in houses:
        parts.append(box(x, top, wide, 240, brush.wash(((0, wall), (1, mix(wall, "#6a4a48", 0.3))))))
        cap = f"M{x - 4},{top + 2} L{x + wide / 2:g},{top - 30} L{x + wide + 4},{top + 2} Z"
        parts.append(shape(cap, SNOW if season == "winter" else roof))
        if season == "winter":
            parts.append(shape(f"M{x - 4},{top + 2} h{wide + 8} l-3,-5 h-{wide + 2} Z", roof))
        for row in range(4):
            for column in range(2):
                left, high = x + wide * (0.2 + 0.38 * column), top + 14 + row * 30
                lit = (row + column + wide) % 3 == 0
                parts.append(box(left, high, wide * 0.2, 15, "#f6dd9a" if lit else "#6f6a70", 0.9, 1.5))
                parts.append(box(left - 1.5, high + 15, wide * 0.2 + 3, 2, "#f3e6d2", 0.75))
    parts.append(_tree(brush, 276, 250, 0.95, season))
    parts.append(_lamp())
    return group(parts)


def _tower(season: str) -> str:
    roof = SNOW if season == "winter" else "#6f7f86"
    return group(
        [
            box(206, 74, 22, 120, "#cdb79c"),
            shape("M202,76 L217,34 L232,76 Z", roof),
            dot(217, 94, 6, "#f7efd9"),
            stroke("M217,94 v-4 M217,94 h3", width=1.1),
        ]
    )


def _lamp() -> str:
    return group(
        [
            stroke("M34,360 V208", "#4c4547", 3.2),
            stroke("M34,210 q0,-10 0,-12", "#4c4547", 3.2),
            shape("M26,182 h16 l-3,20 h-10 Z", "#f9e7b4", "#4c4547", 2),
            shape("M24,182 L34,172 L44,182 Z", "#4c4547"),
        ]
    )


def _tree(brush: Brush, x: float, y: float, size: float, season: str) -> str:
    dark, light = LEAVES[season]
    trunk = shape("M-20,90 C-3,50 -6,30 -3,0 L4,0 C6,30 4,50 7,90 Z", "#6d5145")
    if season == "winter":
        twigs = (
            "M0,30 C-4,0 -22,-14 -34,-34 M0,20 C4,-8 18,-20 30,-42 M-1,10 C-2,-14 -6,-34 "
            "-2,-56 M-16,-10 L-34,-12 M15,-16 L34,-18 M-2,-24 L10,-44 M-4,-18 L-18,-46"
        )
        crown = stroke(twigs, "#6d5145", 3.2) + stroke(twigs, SNOW, 1.2, 0.8)
    else:
        paint = brush.glow(((0, light), (0.75, dark), (1, mix(dark, "#3f4a35", 0.15))), (0.36, 0.3))
        puffs = ((0, -26, 34), (-28, -6, 24), (27, -8, 26), (-14, -44, 22), (18, -44, 22), (0, 2, 24))
        crown = "".join(dot(a, b, r, paint) for a, b, r in puffs)
        marks = ((-20, -30), (6, -48), (24, -16), (-6, -8), (-30, -2), (14, -30), (-10, -52), (32, -2))
        crown += "".join(dot(a, b, 3.4, light, 0.85) for a, b in marks)
    return f'<g transform="translate({x:g} {y:g}) scale({size:g})">{trunk}{crown}</g>'


def _park(brush: Brush, season: str) -> str:
    grass = GRASS[season]
    far = mix(LEAVES[season][0], "#9fb3b8", 0.45)
    hedge = (
        "M-20,212 C20,188 40,196 60,190 C86,176 104,196 130,188 C160,178 176,196 204,186 "
        "C232,176 262,196 320,184 V260 H-20 Z"
    )
    parts = [
        shape(hedge, far),
        box(-20, 224, 340, 140, brush.wash(((0, mix(grass, "#fff4cf", 0.35)), (1, mix(grass, "#4f5b3c", 0.25))))),
        shape("M190,226 C210,250 262,270 320,282 V330 C250,300 196,262 180,226 Z", "#e5d2ac", opacity=0.9),
        dot(92, 246, 44, brush.wash(((0, "#b9d5dc"), (1, "#8fb4c2"))), 0.95, 0.2),
        _tree(brush, 34, 176, 1.25, season),
        _tree(brush, 262, 168, 1.35, season),
        _tree(brush, 200, 186, 0.6, season),
    ]
    if season in ("spring", "summer"):
        blooms = ((14, 300), (40, 286), (66, 318), (246, 318), (280, 304), (228, 344), (90, 336), (22, 340), (264, 346))
        for i, (x, y) in enumerate(blooms):
            parts.append(dot(x, y, 3.6, ("#f7f1dc", "#e78f8f", "#f0c04f")[i % 3]))
    if season == "autumn":
        fallen = ((14, 300), (52, 312), (80, 334), (240, 330), (284, 320), (30, 344), (262, 296), (10, 270), (290, 352))
        parts += [dot(x, y, 4, ("#c8622b", "#e2a648")[i % 2], 0.9, 0.55) for i, (x, y) in enumerate(fallen)]
    return group(parts)


def _mountains(brush: Brush, season: str) -> str:
    far, near = ("#8fa5bd", "#6d86a3") if season != "autumn" else ("#9aa0b3", "#7c7f98")
    caps = {"winter": 1.9, "spring": 1.3, "summer": 0.8, "autumn": 1.0}[season]
    slope = {"winter": "#e3e8ec", "spring": "#93ad74", "summer": "#7d9b5e", "autumn": "#b08a52"}[season]
    pine = "#53705f" if season != "winter" else "#6b8080"
    parts = [
        shape("M-10,236 L46,132 L84,182 L120,120 L170,200 L214,96 L262,170 L310,130 V300 H-10 Z", far),
        _cap(46, 132, 20 * caps),
        _cap(120, 120, 18 * caps),
        _cap(214, 96, 26 * caps),
        shape(
            "M-10,262 L30,196 L74,236 L108,204 L160,262 L232,186 L276,232 L310,202 V320 H-10 Z",
            brush.wash(((0, near), (1, mix(near, "#dfe6e6", 0.35)))),
        ),
        _cap(232, 186, 11 * caps),
        _cap(30, 196, 9 * caps),
        shape(
            "M-10,276 C50,250 110,272 160,262 C220,250 262,268 310,250 V370 H-10 Z",
            brush.wash(((0, slope), (1, mix(slope, "#43523f", 0.3)))),
        ),
    ]
    for x, y, size in (
        (10, 300, 1.1),
        (34, 288, 0.8),
        (54, 306, 1.0),
        (244, 292, 0.9),
        (268, 340, 1.2),
        (290, 284, 0.85),
        (226, 310, 0.8),
    ):
        tree = "".join(f"M{-15 + 3 * i},{-14 * i} L0,{-26 - 14 * i} L{15 - 3 * i},{-14 * i} Z " for i in range(3))
        snow = (
            stroke("M-7,-38 L0,-54 L7,-38 M-9,-24 L-3,-32 M9,-24 L3,-32", SNOW, 2.6, 0.9) if season == "winter" else ""
        )
        parts.append(f'<g transform="translate({x} {y}) scale({size})">{shape(tree, pine)}{snow}</g>')
    return group(parts)


def _cap(x: float, y: float, deep: float) -> str:
    d, w = deep, deep * 0.55
    path = (
        f"M{x},{y} L{x - w:g},{y + d:g} L{x - w * 0.4:g},{y + d * 0.72:g} L{x:g},{y + d * 1.05:g} "
        f"L{x + w * 0.45:g},{y + d * 0.7:g} L{x + w * 1.1:g},{y + d:g} Z"
    )
    return shape(path, SNOW, opacity=0.95)


def _beach(brush: Brush, season: str) -> str:
    warm = season in ("summer", "spring")
    sea = ("#4fa3b5", "#7cc3c4", "#a9d8cf") if warm else ("#6d919f", "#8dacb2", "#aec3c2")
    sand = {"winter": "#dcd2bf", "spring": "#ecd9ae", "summer": "#f3dca6", "autumn": "#e1cba1"}[season]
    parts = [
        shape("M-20,178 C12,168 30,164 52,170 C66,173 78,178 90,180 V186 H-20 Z", "#7e9a86"),
        box(-20, 180, 340, 96, brush.wash(((0, sea[0]), (0.55, sea[1]), (1, sea[2])))),
        stroke(
            (
                "M4,200 q9,-4 18,0 t18,0 M92,194 q8,-3 16,0 t16,0 M232,208 q9,-4 18,0 t18,0 M262,192 "
                "q8,-3 16,0 t16,0 M40,222 q9,-4 18,0 t18,0"
            ),
            "#f6fbf7",
            1.8,
            0.75,
        ),
        shape(
            (
                "M-20,256 C30,246 66,262 108,254 C150,246 190,262 226,252 C258,244 282,254 320,250 "
                "V262 C262,268 60,272 -20,268 Z"
            ),
            "#f8fbf4",
            opacity=0.85,
        ),
        shape(
            "M-20,264 C30,254 66,270 108,262 C150,254 190,270 226,260 C258,252 282,262 320,258 V370 H-20 Z",
            brush.wash(((0, sand), (1, mix(sand, "#a3763f", 0.25)))),
        ),
        _boat(),
    ]
    if season == "summer":
        parts.append(_parasol())
    parts += [
        dot(x, y, 2.2, mix(sand, "#8a6038", 0.4), 0.7, 0.6)
        for x, y in ((16, 320), (44, 300), (280, 312), (30, 344), (262, 340))
    ]
    return group(parts)


def _boat() -> str:
    return group(
        [
            shape("M60,196 h32 l-6,9 h-21 Z", "#9b4a3d"),
            shape("M75,193 V160 L92,192 Z", "#fbf3e2"),
            shape("M72,193 V168 L59,192 Z", "#f2d9a8"),
            stroke("M74,194 V156", "#6b4a3a", 1.4),
        ]
    )


def _parasol() -> str:
    return group(
        [
            stroke("M262,204 L272,306", "#8a6448", 3),
            shape(
                (
                    "M218,222 C222,190 244,178 258,178 C276,176 300,186 310,212 C296,204 288,205 "
                    "280,211 C272,204 258,206 250,214 C240,210 228,212 218,222 Z"
                ),
                "#f4ead6",
            ),
            shape(
                (
                    "M258,178 C244,182 236,200 234,214 C240,211 246,211 250,214 C256,208 262,206 "
                    "266,206 C266,194 264,184 258,178 Z"
                ),
                "#d9705a",
            ),
            shape("M258,178 C276,180 284,196 284,207 C290,204 300,206 310,212 C302,190 280,176 258,178 Z", "#d9705a"),
        ]
    )
