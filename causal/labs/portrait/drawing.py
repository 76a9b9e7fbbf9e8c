"""A scene becomes a picture: layers from back to front, each of which reads its own variables and no others.

That is the whole secret of the lab: a picture is a function of its variables, so a picture with one variable changed
differs where the layers of that variable, and of what follows from it, have painted, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from causal.labs.portrait import features, hair, head, lenses, places, wardrobe, weather
from causal.labs.portrait.brush import Brush, box, shape

WIDE, HIGH = 300, 360


@dataclass(frozen=True, slots=True)
class Layer:
    """One sheet of the picture: which variables it reads, in the painter's order, and if it tilts with the head."""

    name: str
    reads: tuple[str, ...]
    paint: Callable[..., str]
    tilted: bool = False


LAYERS = (
    Layer("sky", ("Season", "Weather"), weather.sky),
    Layer("place", ("Place", "Season"), places.place),
    Layer("hair behind", ("Cut", "Hair"), hair.behind, True),
    Layer("neck", ("Skin",), head.neck),
    Layer("clothes", ("Clothes", "Style"), wardrobe.clothes),
    Layer("opening", ("Clothes", "Style", "Skin"), lambda b, c, s, k: wardrobe.opening(b, c, s, head.SKIN[k])),
    Layer("collar", ("Collar",), lenses.collar),
    Layer("face", ("U_Face", "Skin"), head.face, True),
    Layer("blush", ("Skin",), head.blush, True),
    Layer("cheeks", ("Cheeks",), lenses.cheeks, True),
    Layer("freckles", ("Freckles", "Skin"), head.freckles, True),
    Layer("years", ("Age", "Skin"), head.years, True),
    Layer("brows", ("Hair",), features.brows, True),
    Layer("eyes", ("U_Eyes", "Squint", "Skin"), features.eyes, True),
    Layer("nose", ("U_Nose", "Skin"), features.nose, True),
    Layer("mouth", ("Smile", "Skin"), features.mouth, True),
    Layer("hair before", ("Cut", "Hair"), hair.before, True),
    Layer("glasses", ("Glasses",), lenses.glasses, True),
    Layer("reflection", ("Reflection",), lenses.reflection, True),
    Layer("hat", ("Hat",), wardrobe.hat, True),
    Layer("falling", ("Season", "Weather"), weather.falling),
    Layer("light", ("Season", "Weather"), weather.light),
)

DRAWN = tuple(dict.fromkeys(name for layer in LAYERS for name in layer.reads))
"""Every variable that the picture shows."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "background": ("Season", "Weather", "Place"),
    "clothes": ("Clothes", "Style", "Collar"),
    "head": ("Cut", "Hat"),
}
"""What can be cut out of a picture, and the variables that go with it."""

BARE = "#f2e8d6"
"""Paper on which nothing is painted."""

TEAR = "#cdbfa6"
TORN = {
    "clothes": (
        "M-20,266 L14,262 L40,270 L72,261 L104,268 L140,260 L171,269 L206,262 L238,270 L270,262 L320,268 V400 H-20 Z"
    ),
    "head": "M-20,112 L22,116 L58,108 L96,117 L131,110 L168,118 L203,109 L240,117 L276,110 L320,115 V-40 H-20 Z",
}
"""Where the paper is torn off with a part."""

WOBBLE = (
    '<feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="2" seed="7" result="n"/>'
    '<feDisplacementMap in="SourceGraphic" in2="n" scale="3.4" xChannelSelector="R" yChannelSelector="G"/>'
)
GRAIN = (
    '<feTurbulence type="fractalNoise" baseFrequency="0.55" numOctaves="3" seed="3"/>'
    '<feColorMatrix values="0 0 0 0 0.36  0 0 0 0 0.26  0 0 0 0 0.2  0.5 0.5 0.5 0 -0.62"/>'
)


@dataclass(frozen=True, slots=True)
class Scene:
    """The state of every drawn variable, in the order of DRAWN."""

    states: tuple[str, ...]

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Scene:
        """The scene that these values make; what is not drawn is left out."""
        return cls(tuple(str(values[name]) for name in DRAWN))

    def __getitem__(self, name: str) -> str:
        return self.states[DRAWN.index(name)]

    def values(self) -> dict[str, str]:
        """Each drawn variable's state."""
        return dict(zip(DRAWN, self.states, strict=True))


@lru_cache(maxsize=512)
def svg(scene: Scene, missing: frozenset[str] = frozenset()) -> str:
    """The picture as SVG text, by a hand that wobbles, on paper that has a grain.

    Layers that read a ``missing`` variable are left out: there the paper is bare.
    """
    brush = _brush("picture", (*scene.states, *sorted(missing)))
    shown = [layer for layer in LAYERS if missing.isdisjoint(layer.reads)]
    sheets = [_sheet(brush, layer, tuple(scene[name] for name in layer.reads)) for layer in shown]
    sheets += [shape(torn, BARE, TEAR, 1.2) for part, torn in TORN.items() if missing.issuperset(PARTS[part])]
    hand = brush.filter(WOBBLE, 'x="-6%" y="-6%" width="112%" height="112%" color-interpolation-filters="sRGB"')
    grain = brush.filter(GRAIN, 'x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB"')
    edge = brush.glow(((0.8, "#5b3a24/0"), (1, "#5b3a24/0.09")))
    paper = f'<g filter="{grain}" opacity="0.2">{box(0, 0, WIDE, HIGH, "#000000")}</g>{box(0, 0, WIDE, HIGH, edge)}'
    ground = box(0, 0, WIDE, HIGH, BARE)
    return _framed(brush, f'{ground}<g filter="{hand}">{"".join(sheets)}</g>{paper}')


def painted(layers: Sequence[Layer], states: tuple[str, ...]) -> str:
    """Some layers alone, without hand and paper; ``states`` are what they read, one after the other."""
    brush, sheets, left = _brush(repr([layer.name for layer in layers]), states), [], states
    for layer in layers:
        sheets.append(_sheet(brush, layer, left[: len(layer.reads)]))
        left = left[len(layer.reads) :]
    return _framed(brush, "".join(sheets))


def _sheet(brush: Brush, layer: Layer, states: Sequence[str]) -> str:
    sheet = layer.paint(brush, *states)
    return f'<g transform="rotate(-4 150 250)">{sheet}</g>' if layer.tilted and sheet else sheet


def _brush(what: str, states: tuple[str, ...]) -> Brush:
    return Brush(f"p{sha256(repr((what, states)).encode()).hexdigest()[:10]}-")


def _framed(brush: Brush, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}">'
        f"<defs>{''.join(brush.paints)}</defs>{body}</svg>"
    )
