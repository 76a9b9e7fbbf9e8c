"""A scene becomes a picture: layers from back to front, each of which reads its own variables and no others.

That is the whole secret of the lab: a picture is a function of its variables, so a picture with one variable changed
differs where the layers of that variable, and of what follows from it, have painted, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from causal.labs.portrait.sheets import sheet

WIDE, HIGH = 300, 360


@dataclass(frozen=True, slots=True)
class Layer:
    """One sheet of the picture: its drawing, which variables it reads, and whether it tilts with the head."""

    name: str
    reads: tuple[str, ...]
    tilted: bool = False


LAYERS = (
    Layer("sky", ("Season", "Weather")),
    Layer("place", ("Place", "Season")),
    Layer("hair_behind", ("Cut", "Hair"), True),
    Layer("neck", ("Skin",)),
    Layer("clothes", ("Clothes", "Style")),
    Layer("opening", ("Clothes", "Style", "Skin")),
    Layer("collar", ("Collar",)),
    Layer("face", ("U_Face", "Skin"), True),
    Layer("blush", ("Skin",), True),
    Layer("cheeks", ("Cheeks",), True),
    Layer("freckles", ("Freckles", "Skin"), True),
    Layer("years", ("Age", "Skin"), True),
    Layer("brows", ("Hair",), True),
    Layer("eyes", ("U_Eyes", "Squint", "Skin"), True),
    Layer("nose", ("U_Nose", "Skin"), True),
    Layer("mouth", ("Smile", "Skin"), True),
    Layer("hair_before", ("Cut", "Hair"), True),
    Layer("glasses", ("Glasses",), True),
    Layer("reflection", ("Reflection",), True),
    Layer("hat", ("Hat",), True),
    Layer("falling", ("Season", "Weather")),
    Layer("light", ("Season", "Weather")),
)

DRAWN = tuple(dict.fromkeys(name for layer in LAYERS for name in layer.reads))
"""Every variable that the picture shows."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "background": ("Season", "Weather", "Place"),
    "clothes": ("Clothes", "Style", "Collar"),
    "head": ("Cut", "Hat"),
}
"""What can be cut out of a picture, and the variables that go with it."""


@dataclass(frozen=True, slots=True)
class PortraitScene:
    """The state of every drawn variable, in the order of DRAWN."""

    states: tuple[str, ...]

    @classmethod
    def of(cls, values: Mapping[str, str]) -> PortraitScene:
        """The scene that these values make; what is not drawn is left out."""
        return cls(tuple(str(values[name]) for name in DRAWN))

    def __getitem__(self, name: str) -> str:
        return self.states[DRAWN.index(name)]

    def values(self) -> dict[str, str]:
        """Each drawn variable's state."""
        return dict(zip(DRAWN, self.states, strict=True))


@lru_cache(maxsize=512)
def svg(scene: PortraitScene, missing: frozenset[str] = frozenset()) -> str:
    """The picture as SVG text, by a hand that wobbles, on paper that has a grain.

    Layers that read a ``missing`` variable are left out: there the paper is bare.
    """
    known = _prefix("picture", (*scene.states, *sorted(missing)))
    shown = [layer for layer in LAYERS if missing.isdisjoint(layer.reads)]
    layers = "".join(_sheet(known, layer, tuple(scene[name] for name in layer.reads)) for layer in shown)
    torn = {part: part for part in PARTS if missing.issuperset(PARTS[part])}
    return _framed(sheet("paper", torn, id=known, layers=layers))


def painted(layers: Sequence[Layer], states: tuple[str, ...]) -> str:
    """Some layers alone, without hand and paper; ``states`` are what they read, one after the other."""
    known, left = _prefix(repr([layer.name for layer in layers]), states), iter(states)
    return _framed("".join(_sheet(known, layer, tuple(islice(left, len(layer.reads)))) for layer in layers))


def _sheet(known: str, layer: Layer, states: Sequence[str]) -> str:
    drawn = sheet(layer.name, dict(zip(layer.reads, states, strict=True)), id=f"{known}{layer.name}-")
    return f'<g transform="rotate(-4 150 250)">{drawn}</g>' if layer.tilted and drawn else drawn


def _prefix(what: str, states: tuple[str, ...]) -> str:
    return f"p{sha256(repr((what, states)).encode()).hexdigest()[:10]}-"


def _framed(body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" '
        f'stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
    )
