"""What the person puts on: clothes in the colours of a style, and hats."""

from __future__ import annotations

from causal.labs.portrait.brush import Brush, dot, group, mirrored, mix, shape, stroke

CLOTH = {
    "classic": ("#3f4d63", "#c9b48c", "#7b3b3f"),
    "sporty": ("#2f6f73", "#f2e8d5", "#e08a3c"),
    "arty": ("#8c4a3a", "#e3a83f", "#3f5a4d"),
}
"""A style's main colour, its light one, and the one that speaks."""

PALE = "#f7efe0"
SHOULDERS = (
    "M112,262 C92,278 58,284 38,304 C22,322 16,346 12,372 H288 C284,346 278,322 262,304 "
    "C242,284 208,278 188,262 C176,276 124,276 112,262 Z"
)


def clothes(brush: Brush, clothes: str, style: str) -> str:
    """A coat with its scarf, a raincoat, a jumper, or a light shirt."""
    return {"coat": _coat, "raincoat": _raincoat, "jumper": _jumper, "shirt": _shirt}[clothes](brush, style)


def _coat(brush: Brush, style: str) -> str:
    main, _, loud = CLOTH[style]
    dark = mix(main, "#201a1e", 0.4)
    parts = [shape(SHOULDERS, brush.wash(((0, mix(main, "#fff2dc", 0.12)), (1, dark))), dark, 1.8)]
    parts.append(
        mirrored(
            shape(
                "M112,268 C98,276 88,286 84,296 L104,330 L98,338 L140,372 H152 C134,340 116,306 112,268 Z",
                mix(main, "#fff2dc", 0.1),
                dark,
                1.6,
            )
        )
    )
    parts.append(dot(150, 356, 4, mix(loud, "#fff2dc", 0.2)))
    if style == "arty":
        checks = "".join(f"M{x},290 V372 " for x in range(26, 90, 16)) + "".join(
            f"M{x},290 V372 " for x in range(214, 280, 16)
        )
        parts.append(stroke(checks, mix(main, "#e3a83f", 0.5), 1.2, 0.4))
    wrap = (
        "M108,252 C118,270 182,270 192,252 C200,260 202,274 196,286 C172,304 128,304 104,286 C98,274 100,260 108,252 Z"
    )
    tail = "M128,292 C120,316 122,340 126,362 L150,358 C146,336 150,314 156,296 Z"
    edge = mix(PALE, "#9b7b5c", 0.55)
    parts += [shape(tail, PALE, edge, 1.5), shape(wrap, brush.wash(((0, "#fffaf0"), (1, "#eadcc3"))), edge, 1.6)]
    parts.append(stroke("M112,266 C130,282 170,282 190,266 M108,278 C130,294 168,294 194,277", edge, 1.3, 0.6))
    parts.append(stroke("M128,362 l-1,7 M134,361 v8 M140,360 v8 M146,359 l1,8", edge, 1.6))
    return group(parts)


def _raincoat(brush: Brush, style: str) -> str:
    yellow, dark = "#edbb3b", "#a5741c"
    hood = (
        "M122,250 C112,236 94,244 91,264 C89,286 106,302 150,314 C194,302 211,286 209,264 C206,244 188,236 178,250 "
        "C176,268 164,281 150,283 C136,281 124,268 122,250 Z"
    )
    parts = [
        shape(SHOULDERS, brush.wash(((0, yellow), (1, mix(yellow, "#8a5a14", 0.4)))), dark, 1.8),
        shape(hood, brush.wash(((0, mix(yellow, "#fff2c0", 0.25)), (1, mix(yellow, "#8a5a14", 0.22)))), dark, 1.7),
        stroke("M150,314 V372", dark, 1.8),
        stroke("M104,256 C98,272 112,288 150,298 C188,288 202,272 196,256", dark, 1.2, 0.45),
        stroke("M62,312 C64,336 60,352 62,372 M238,312 C236,336 240,352 238,372", dark, 1.3, 0.5),
        stroke("M120,296 C122,310 118,320 120,330 M180,296 C178,310 182,320 180,330", PALE, 2.2),
        *(dot(160, y, 3.6, CLOTH[style][2]) for y in (330, 352)),
    ]
    return group(parts)


def _jumper(brush: Brush, style: str) -> str:
    main, light, loud = CLOTH[style]
    dark = mix(main, "#201a1e", 0.4)
    inside = brush.clip(f'<path d="{SHOULDERS}"/>')
    parts = [
        shape(SHOULDERS, brush.wash(((0, mix(main, "#fff2dc", 0.14)), (1, mix(main, "#201a1e", 0.22)))), dark, 1.8)
    ]
    pattern = []
    if style == "sporty":
        pattern = [stroke(f"M0,{y} C80,{y - 16} 220,{y - 16} 300,{y}", light, 6, 0.95) for y in (322, 344, 366)]
    elif style == "arty":
        zig = "M0,330 " + "".join(f"l9,{-12 if i % 2 else 12} " for i in range(34))
        pattern = [
            stroke(zig, light, 3.4),
            stroke("M0,316 H300 M0,348 H300", loud, 3),
            stroke(zig.replace("M0,330", "M0,352"), loud, 2.4),
        ]
        pattern += [dot(x, 358, 2.6, light) for x in range(10, 300, 18)]
    else:
        pattern = [
            stroke(f"M{x},290 " + "c5,8 -5,14 0,22 " * 5, mix(main, "#fff2dc", 0.3), 2, 0.6) for x in range(40, 270, 22)
        ]
    parts.append(group(pattern, f'clip-path="{inside}"'))
    neck = (
        "M112,246 C122,262 178,262 188,246 C196,256 198,272 192,282 C170,296 130,296 108,282 C102,272 104,256 112,246 Z"
    )
    parts.append(shape(neck, mix(main, "#fff2dc", 0.1), dark, 1.7))
    ribs = "".join(f"M{x},{258 + abs(x - 150) * -0.14 + 6:g} l{(x - 150) * 0.05:g},24 " for x in range(118, 186, 7))
    parts.append(stroke(ribs, dark, 1.3, 0.45))
    return group(parts)


def _shirt(brush: Brush, style: str) -> str:
    main, light, loud = CLOTH[style]
    edge = mix(PALE, "#8a6a55", 0.6)
    inside = brush.clip(f'<path d="{SHOULDERS}"/>')
    parts = [shape(SHOULDERS, brush.wash(((0, "#fffaf0"), (1, "#e6dac6"))), edge, 1.8)]
    if style == "sporty":
        pattern = [stroke(f"M{x},270 V372", mix(main, "#ffffff", 0.35), 2, 0.55) for x in range(24, 290, 13)]
    elif style == "arty":
        pattern = [
            dot((i * 37 + 11) % 300, 286 + (i * 23) % 80, 3.2, (loud, light, main)[i % 3], 0.8) for i in range(40)
        ]
    else:
        pattern = [stroke("M92,300 C84,324 88,346 84,372 M208,300 C216,324 212,346 216,372", edge, 1.3, 0.45)]
    parts.append(group(pattern, f'clip-path="{inside}"'))
    return group(parts)


def opening(brush: Brush, clothes: str, style: str, skin: str) -> str:
    """Where a shirt is open at the throat, and its collar."""
    if clothes != "shirt":
        return ""
    edge = mix(PALE, "#8a6a55", 0.6)
    wing = shape("M114,256 C106,264 98,270 94,278 L118,312 L149,300 C134,288 122,272 114,256 Z", "#fffaf0", edge, 1.6)
    parts = [
        shape("M116,258 C122,276 136,294 150,316 C164,294 178,276 184,258 Z", skin),
        stroke("M134,280 q8,7 14,3 M166,280 q-8,7 -14,3", mix(skin, "#8a3f34", 0.35), 1.5, 0.7),
        mirrored(wing),
        stroke("M150,314 V372", edge, 1.5),
        *(dot(155, y, 2.4, mix(CLOTH[style][0], PALE, 0.35)) for y in (330, 352)),
    ]
    return group(parts)


def hat(brush: Brush, hat: str) -> str:
    """A straw hat, a woolly hat, a beret, or none."""
    if hat == "straw":
        straw, dark = "#e7c57f", "#a9793b"
        crown = "M104,104 C104,70 124,50 150,50 C178,50 198,70 198,104 C186,114 116,114 104,104 Z"
        brim = "M52,122 C60,96 108,92 150,92 C194,92 242,96 250,122 C236,134 196,116 150,116 C106,116 66,134 52,122 Z"
        weave = (
            "M66,120 C100,102 200,102 236,120 M60,114 C100,96 202,96 242,114 M112,78 C130,70 "
            "170,70 190,78 M120,64 C136,58 164,58 180,64"
        )
        band = "M103,96 C118,106 182,106 197,96 L198,106 C184,116 116,116 103,106 Z"
        return group(
            [
                shape(crown, brush.wash(((0, mix(straw, "#fff6dd", 0.4)), (1, straw))), dark, 1.6),
                shape(brim, brush.wash(((0, mix(straw, "#fff6dd", 0.3)), (1, mix(straw, dark, 0.25)))), dark, 1.6),
                shape(band, "#b2473b"),
                stroke(weave, dark, 1.1, 0.4),
            ]
        )
    if hat == "woolly":
        wool, dark = "#b5483f", "#74302c"
        dome = "M94,116 C90,72 116,44 150,44 C186,44 210,72 206,116 C180,104 120,104 94,116 Z"
        cuff = "M88,106 C118,92 182,92 212,106 C217,116 216,124 211,130 C182,114 118,114 89,130 C84,124 83,116 88,106 Z"
        ribs = "".join(f"M{x},{104 - (75 - abs(x - 150)) * 0.1:g} l{(x - 150) * 0.03:g},15 " for x in range(96, 208, 8))
        flakes = "".join(f"M{x},{80 + abs(x - 150) * 0.16:g} l4,-7 l4,7 " for x in range(110, 186, 12))
        return group(
            [
                dot(150, 42, 15, "#f4e9d6"),
                stroke("M140,36 l6,6 M158,34 l-5,8 M150,30 v8 M142,48 l6,-4 M160,46 l-6,-3", "#cdb99b", 1.5),
                shape(dome, brush.wash(((0, mix(wool, "#ffe3cf", 0.16)), (1, wool))), dark, 1.6),
                stroke(flakes, "#f4e9d6", 2.2),
                shape(cuff, mix(wool, "#ffe3cf", 0.1), dark, 1.6),
                stroke(ribs, dark, 1.3, 0.5),
            ]
        )
    if hat == "beret":
        felt, dark = "#3d4a45", "#232b29"
        disc = (
            "M92,108 C66,96 70,58 120,52 C170,42 226,56 224,84 C222,106 200,104 190,98 C160,88 "
            "124,92 110,110 C104,116 98,114 92,108 Z"
        )
        return group(
            [
                shape(disc, brush.wash(((0, mix(felt, "#e9e2cf", 0.2)), (1, felt))), dark, 1.7),
                stroke("M150,50 q1,-9 5,-12", dark, 3.4),
                stroke("M92,84 C106,66 146,60 182,62", mix(felt, "#e9e2cf", 0.45), 2.4, 0.5),
                stroke("M94,110 C120,92 162,86 192,98", dark, 3.2, 0.8),
            ]
        )
    return ""
