"""What a face says: brows, eyes, nose and mouth."""

from __future__ import annotations

from causal.labs.portrait.brush import INK, Brush, dot, group, mirrored, mix, shape, stroke
from causal.labs.portrait.head import HAIR, SKIN, shade

IRIS = {"brown": "#6b4226", "green": "#6f8f4a", "blue": "#5a8fb8", "grey": "#8b979c"}


def brows(brush: Brush, hair: str) -> str:
    """Eyebrows in the hair's colour, a little darker."""
    paint = mix(HAIR[hair], "#4a3228", 0.35)
    return mirrored(
        shape(
            ("M111,145 C117,136 129,133 140,138 C141,140 140,142 138,142 C129,138 120,140 113,147 Z"),
            paint,
            opacity=0.92,
        )
    )


def eyes(brush: Brush, colour: str, squint: str, skin: str) -> str:
    """Open eyes, or eyes narrowed in the light."""
    lid = mix(shade(skin), INK, 0.75)
    if squint == "narrowed":
        one = (
            shape("M114,160 C121,154 134,154 141,161 C134,165 121,165 114,160 Z", "#fbf4ea")
            + dot(128, 160, 4.4, IRIS[colour], tall=0.9)
            + dot(128, 160, 2.2, "#241a1a")
            + shape("M112,160 C118,149 136,148 143,161 C135,156 121,155 112,160 Z", shade(skin))
            + stroke("M112,160 C119,154 135,154 143,161", lid, 2.6)
            + stroke("M115,165 C122,168 134,168 140,165", lid, 1.3, 0.7)
            + stroke("M112,160 l-4,-2 M108,165 l-5,1 M109,170 l-4,3", lid, 1.2, 0.6)
        )
        return mirrored(one)
    one = (
        shape("M113,162 C118,151 135,150 142,162 C136,171 120,171 113,162 Z", "#fbf5ec")
        + dot(128, 160.6, 7.6, IRIS[colour])
        + dot(128, 160.6, 7.6, brush.glow(((0.5, "#000000/0"), (1, "#1d1412/0.6"))))
        + dot(128, 160.6, 3.8, "#201717")
    )
    lashes = stroke("M112,162 C118,150 135,149 143,162", lid, 3) + stroke("M113,161 l-5,-3 M116,156 l-4,-4", lid, 1.7)
    lashes += stroke("M118,169 C124,172 133,171 138,168", lid, 1.1, 0.45) + stroke(
        "M117,152 C122,146 134,146 140,152", lid, 1.1, 0.4
    )
    shine = dot(130.5, 157.5, 2.1, "#ffffff") + dot(174.5, 157.5, 2.1, "#ffffff")
    return mirrored(one) + mirrored(lashes) + shine


def nose(brush: Brush, nose: str, skin: str) -> str:
    """The nose: its side in shadow, its tip, a light on it."""
    dark, line = shade(skin), mix(shade(skin), INK, 0.45)
    bright = mix(SKIN[skin], "#ffffff", 0.6)
    if nose == "button":
        return group(
            [
                stroke("M141,189 C142,195 148,197 151,195 C155,197 160,194 160,188", line, 1.8),
                dot(150, 186, 7, brush.glow(((0, f"{dark}/0.35"), (1, f"{dark}/0")))),
                dot(148, 185, 2.2, bright, 0.7),
            ]
        )
    if nose == "straight":
        return group(
            [
                shape(
                    "M156,150 C156,168 160,182 164,190 C160,196 154,196 151,196 C156,186 154,168 156,150 Z",
                    dark,
                    opacity=0.35,
                ),
                stroke("M139,192 C141,197 146,197 150,198 C155,198 160,197 162,192", line, 1.8),
                stroke("M148,160 C148,174 147,182 147,187", bright, 2.2, 0.5),
            ]
        )
    return group(
        [
            shape(
                "M157,146 C162,162 164,180 169,190 C166,200 156,200 151,200 C157,188 154,164 157,146 Z",
                dark,
                opacity=0.4,
            ),
            stroke("M157,148 C160,162 161,174 163,182", line, 1.4, 0.6),
            stroke("M134,192 C134,199 141,200 145,199 C148,203 154,203 157,199 C162,200 168,198 167,191", line, 1.9),
            stroke("M147,158 C146,170 146,182 147,190", bright, 2.4, 0.5),
        ]
    )


def mouth(brush: Brush, smile: str, skin: str) -> str:
    """Serious, smiling or laughing."""
    lips, line = mix(SKIN[skin], "#b0413f", 0.55), mix(shade(skin), "#5b2622", 0.6)
    if smile == "laughing":
        return group(
            [
                shape(
                    "M127,207 C138,211 162,211 173,207 C172,226 162,232 150,232 C138,232 128,226 127,207 Z",
                    "#7d2e2c",
                    line,
                    1.8,
                ),
                shape(
                    (
                        "M130,209 C140,212 160,212 170,209 C170,214 168,217 165,217 C155,219 145,219 "
                        "135,217 C132,217 130,214 130,209 Z"
                    ),
                    "#fffaf0",
                ),
                dot(150, 228, 9, "#d0665f", tall=0.5),
                mirrored(stroke("M125,203 q-3,3 -2,8", line, 1.6, 0.8)),
            ]
        )
    if smile == "smiling":
        return group(
            [
                shape("M131,211 C139,207 146,207 150,209 C154,207 161,207 169,211 C163,222 137,222 131,211 Z", lips),
                stroke("M128,209 C137,217 163,217 172,209", line, 1.9),
                mirrored(stroke("M127,206 q-2,2 -1,5", line, 1.5, 0.8)),
                stroke("M143,224 q7,2 14,0", line, 1.1, 0.35),
            ]
        )
    return group(
        [
            shape("M134,213 C141,208 146,208 150,210 C154,208 159,208 166,213 C160,220 140,220 134,213 Z", lips),
            stroke("M133,213 C140,214 145,213 150,214 C155,213 160,214 167,213", line, 1.8),
            stroke("M143,224 q7,2 14,0", line, 1.1, 0.35),
        ]
    )
