"""Hair, behind the head and before it, in four cuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from causal.labs.portrait.brush import INK, Brush, dot, group, mix, shape, stroke
from causal.labs.portrait.head import HAIR


def behind(brush: Brush, cut: str, hair: str) -> str:
    """What hangs behind face and shoulders."""
    tone = HAIR[hair]
    dark = mix(tone, INK, 0.35)
    paint = brush.wash(((0, tone), (1, dark)))
    if cut == "long":
        flow = (
            "M88,150 C78,84 118,62 150,62 C184,62 222,84 213,152 C216,196 232,232 238,276 "
            "C240,300 228,318 214,322 C196,326 190,300 186,270 H114 C110,300 104,328 84,322 "
            "C68,318 60,298 64,272 C70,232 86,200 88,150 Z"
        )
        strands = (
            "M84,180 C84,220 70,250 74,300 M96,200 C96,240 84,270 92,312 M216,180 C218,220 "
            "230,250 226,300 M204,204 C206,240 216,270 208,312"
        )
        return group([shape(flow, paint, dark, 1.4), stroke(strands, mix(tone, "#fff1d6", 0.3), 1.6, 0.45)])
    if cut == "bob":
        helmet = (
            "M90,152 C80,88 116,64 150,64 C186,64 220,88 211,152 C213,184 220,208 214,232 "
            "C204,242 186,240 180,232 L120,232 C114,240 96,242 86,232 C80,208 88,184 90,152 "
            "Z"
        )
        return group([shape(helmet, paint, dark, 1.4)])
    if cut == "curls":
        ring = (
            (98, 108, 27),
            (84, 140, 25),
            (82, 174, 24),
            (92, 206, 21),
            (202, 108, 27),
            (216, 140, 25),
            (218, 174, 24),
            (208, 206, 21),
            (124, 84, 28),
            (176, 84, 28),
            (150, 74, 28),
            (104, 226, 15),
            (196, 226, 15),
        )
        bright = mix(tone, "#fff1d6", 0.28)

        def swirl(x: float, y: float, r: float) -> str:
            path = f"M{x - r * 0.5:g},{y:g} a{r * 0.5:g},{r * 0.5:g} 0 1 1 {r * 0.55:g},{r * 0.45:g}"
            return stroke(path, bright, 1.7, 0.5)

        return _curls(ring, paint, dark, 1.2, swirl)
    return group([shape("M98,160 C90,96 118,74 150,74 C184,74 210,96 202,160 L196,180 H104 Z", paint)])


def before(brush: Brush, cut: str, hair: str) -> str:
    """What lies over the forehead."""
    tone = HAIR[hair]
    dark, bright = mix(tone, INK, 0.35), mix(tone, "#fff1d6", 0.35)
    paint = brush.wash(((0, mix(tone, "#fff1d6", 0.14)), (0.6, tone), (1, mix(tone, INK, 0.18))))
    if cut == "long":
        fall = (
            "M147,88 C130,98 113,116 106,142 C102,164 102,190 90,226 C80,200 80,158 84,126 C88,82 118,58 150,58 "
            "C182,58 212,82 216,126 C220,158 220,200 210,226 C198,190 198,164 195,142 C188,114 168,96 147,88 Z"
        )
        strands = (
            "M146,70 C122,76 102,100 96,136 C92,160 92,180 90,200 M154,70 C180,78 198,100 "
            "204,136 C208,160 208,180 210,200 "
            "M142,80 C122,90 108,112 102,144 M156,82 C178,92 192,114 198,144"
        )
        return group([shape(fall, paint, dark, 1.3), stroke(strands, bright, 1.5, 0.5)])
    if cut == "bob":
        fringe = (
            "M92,158 C84,96 114,62 152,64 C190,62 216,96 208,158 C206,170 207,196 205,216 "
            "C199,196 201,168 199,146 C197,128 192,120 186,116 C166,126 124,126 110,118 C104,124 "
            "101,134 100,148 C98,170 100,198 95,216 C92,196 94,176 92,158 Z"
        )
        strands = (
            "M118,120 C116,100 126,84 138,76 M134,123 C132,104 140,86 150,76 M152,124 C152,106 "
            "156,90 162,78 M170,122 C172,104 172,92 172,82 M184,117 C188,106 188,98 186,90"
        )
        return group(
            [
                shape(fringe, paint, dark, 1.3),
                stroke(strands, dark, 1.2, 0.45),
                stroke("M108,98 C120,80 140,72 156,74", bright, 3, 0.4),
            ]
        )
    if cut == "curls":
        row = (
            (112, 104, 15),
            (132, 94, 16),
            (154, 92, 16),
            (174, 98, 15),
            (190, 110, 14),
            (103, 122, 12),
            (198, 126, 11),
        )

        def swirl(x: float, y: float, r: float) -> str:
            path = f"M{x - r * 0.5:g},{y + 1:g} a{r * 0.5:g},{r * 0.5:g} 0 1 1 {r * 0.5:g},{r * 0.5:g}"
            return stroke(path, bright, 1.6, 0.6)

        return _curls(row, paint, dark, 1, swirl)
    crop = (
        "M98,152 C90,104 104,72 140,66 C150,58 172,60 180,68 C206,76 212,112 203,152 "
        "C202,140 199,128 193,118 C186,116 176,112 168,104 C152,116 126,118 112,112 C104,120 "
        "100,136 98,152 Z"
    )
    tuft = (
        "M112,112 C122,94 144,84 168,104 M124,112 C134,96 150,92 164,104 M182,110 C178,98 "
        "168,88 154,84 M142,68 C152,64 164,66 172,72"
    )
    return group([shape(crop, paint, dark, 1.3), stroke(tuft, bright, 1.6, 0.5)])


def _curls(
    curls: Sequence[tuple[float, float, float]],
    paint: str,
    dark: str,
    rim: float,
    swirl: Callable[[float, float, float], str],
) -> str:
    """Curls at their places and of their sizes: all rims, then all curls over them, then a swirl on each."""
    rims = "".join(dot(x, y, r + rim, dark) for x, y, r in curls)
    body = "".join(dot(x, y, r, paint) for x, y, r in curls)
    return group([rims + body, "".join(swirl(*curl) for curl in curls)])
