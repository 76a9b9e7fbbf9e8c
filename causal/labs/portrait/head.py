"""The person: face, eyes, nose, mouth, the years on it, freckles."""

from __future__ import annotations

from causal.labs.portrait.brush import INK, Brush, dot, group, mirrored, mix, shape, stroke

SKIN = {
    "fair": "#f7d9c2",
    "peach": "#efc09c",
    "tan": "#e6b98e",
    "bronze": "#d29c6c",
    "brown": "#b67e55",
    "umber": "#9c6641",
    "dark": "#80523a",
    "deep": "#6b422e",
}
FACE = {"round": (55, 47, 236), "oval": (51, 39, 242), "long": (47, 37, 249)}
"""Half the width at the cheeks, half the width at the jaw, and where the chin ends."""

HAIR = {
    "black": "#2f2830",
    "brown": "#63402b",
    "ginger": "#c0622c",
    "blond": "#dbb163",
    "grey": "#a19d9c",
    "white": "#ebe5da",
}


def outline(face: str) -> str:
    """The face's outline as a path."""
    w, j, chin = FACE[face]
    right = f"C{150 + w},184 {150 + j + 5},206 {150 + j - 5},220 C{150 + j - 16},{chin - 4} 166,{chin} 150,{chin}"
    left = f"C134,{chin} {150 - j + 16},{chin - 4} {150 - j + 5},220 C{150 - j - 5},206 {150 - w},184 {150 - w},150"
    return f"M{150 - w},150 C{150 - w},104 {150 - 32},84 150,84 C182,84 {150 + w},104 {150 + w},150 {right} {left} Z"


def shade(skin: str) -> str:
    """The skin where it turns from the light."""
    return mix(SKIN[skin], "#8a3f34", 0.3)


def neck(brush: Brush, skin: str) -> str:
    """Neck and the hollow of the throat."""
    path = "M126,206 C128,236 127,254 112,272 L104,300 H196 L188,272 C173,254 172,236 174,206 Z"
    under = "M127,226 C140,250 162,250 173,226 C173,240 172,250 176,258 C160,266 140,262 127,244 Z"
    return group(
        [
            shape(path, SKIN[skin]),
            shape(under, shade(skin), opacity=0.55),
            stroke("M138,282 q6,6 10,3 M162,282 q-5,6 -9,3", shade(skin), 1.6, 0.7),
        ]
    )


def face(brush: Brush, face: str, skin: str) -> str:
    """The head's shape, its ears, and the shadow on the side away from the sun."""
    w, _, chin = FACE[face]
    tone, dark = SKIN[skin], shade(skin)
    ear = f"M{150 - w + 4},150 C{150 - w - 13},142 {150 - w - 12},178 {150 - w + 6},182 Z"
    inner = f"M{150 - w - 2},157 q-5,6 1,15"
    side = (
        f"M150,86 C182,86 {150 + w},106 {150 + w},150 C{150 + w},186 {150 + w - 8},212 "
        f"{150 + w - 24},{chin - 14} C{150 + w - 14},190 {150 + w - 10},140 168,92 Z"
    )
    paint = brush.glow(((0, mix(tone, "#fff3df", 0.38)), (0.55, tone), (1, mix(tone, "#8a3f34", 0.13))), (0.36, 0.36))
    return group(
        [
            mirrored(shape(ear, mix(tone, "#a04a3c", 0.14), mix(dark, INK, 0.5), 1.4) + stroke(inner, dark, 1.3)),
            shape(outline(face), paint, mix(dark, INK, 0.45), 1.7),
            shape(side, dark, opacity=0.16),
        ]
    )


def blush(brush: Brush, skin: str) -> str:
    """The warmth of the cheeks."""
    warm = mix(SKIN[skin], "#d8584a", 0.55)
    return mirrored(dot(118, 190, 17, brush.glow(((0, f"{warm}/0.6"), (1, f"{warm}/0"))), tall=0.75))


def years(brush: Brush, age: str, skin: str) -> str:
    """What the years have drawn."""
    line = mix(shade(skin), INK, 0.25)
    if age == "young":
        return ""
    marks = mirrored(stroke("M129,196 C124,202 122,208 123,214", line, 1.3, 0.55))
    if age == "old":
        marks += mirrored(
            stroke("M108,168 l-7,-3 M108,172 l-8,1 M109,176 l-6,4", line, 1.2, 0.7)
            + stroke("M118,177 q9,5 19,1", line, 1.2, 0.6)
            + stroke("M129,196 C122,203 119,212 121,222", line, 1.5, 0.55)
        )
        marks += stroke("M128,120 q22,-5 44,0 M132,112 q18,-4 36,0", line, 1.2, 0.5)
    else:
        marks += mirrored(stroke("M107,171 l-5,-1 M108,175 l-5,2", line, 1.1, 0.5))
    return group([marks])


def freckles(brush: Brush, freckles: str, skin: str) -> str:
    """Freckles over nose and cheeks; the summer brings out more."""
    if freckles == "none":
        return ""
    spots = (
        (117, 184),
        (124, 189),
        (111, 190),
        (130, 183),
        (120, 195),
        (145, 180),
        (153, 183),
        (176, 187),
        (183, 191),
        (170, 183),
        (188, 186),
        (179, 196),
    )
    more = (
        (106, 185),
        (127, 197),
        (135, 190),
        (149, 187),
        (158, 178),
        (165, 190),
        (193, 192),
        (172, 197),
        (113, 198),
        (186, 200),
        (142, 186),
        (104, 193),
        (138, 108),
        (160, 104),
    )
    shown = spots if freckles == "few" else spots + more
    return group([dot(x, y, 1.15 + (x % 3) * 0.3, mix(shade(skin), "#8a4a22", 0.55), 0.6) for x, y in shown])
