"""Drawings as they lie in the folder of layers: SVG, of which a part is shown, in colours that are named.

when="winter spring"     this part is drawn where one of these states is shown
<mirrored>               what is in here is drawn twice, the second time as in a mirror that stands in the middle
{skin}                   what the states that are shown bring along under this name (colours.toml)
{skin:#b0413f 0.55}      the same, with so much of another colour in it; also {high:{tint} {some}}
{id}                     begins the name of every gradient, so that several pictures may share a page
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

FOLDER = Path(__file__).with_name("layers")
MIRROR = "matrix(-1 0 0 1 300 0)"


class Paint(str):
    """A colour "#rrggbb", which a drawing may ask for with some of another in it; or a size."""

    __slots__ = ()

    def __format__(self, mixed: str) -> str:
        if not mixed:
            return str(self)
        other, share = mixed.rsplit(maxsplit=1)
        pairs = zip(bytes.fromhex(self[1:]), bytes.fromhex(other[1:]), strict=True)
        return "#" + "".join(f"{round(a + (b - a) * float(share)):02x}" for a, b in pairs)


def sheet(name: str, shown: Mapping[str, str], **given: str) -> str:
    """The drawing of this name where these variables have these states; ``given`` is filled in as it is."""
    paints = {paint: value for variable in shown for paint, value in _paints(variable, shown[variable]).items()}
    return _chosen(name, frozenset(shown.values())).format_map(paints | given)


@lru_cache(maxsize=1)
def _colours() -> dict[str, dict[str, dict[str, str | float]]]:
    return tomllib.loads((FOLDER / "colours.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def _paints(variable: str, state: str) -> dict[str, Paint]:
    return {name: Paint(value) for name, value in _colours().get(variable, {}).get(state, {}).items()}


@lru_cache(maxsize=1024)
def _chosen(name: str, states: frozenset[str]) -> str:
    """The parts of a drawing that are shown in these states, before any colour is filled in."""
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(re.sub(r">\s+<", "><", text))  # noqa: S314 - our own drawing
    _choose(root, states)
    return "".join(ElementTree.tostring(part, "unicode") for part in root)


def _choose(group: ElementTree.Element, states: frozenset[str]) -> None:
    for part in list(group):
        when = part.attrib.pop("when", None)
        if when is not None and states.isdisjoint(when.split()):
            group.remove(part)
            continue
        _choose(part, states)
        if part.tag == "mirrored":
            part.tag, twice = "g", list(part)
            ElementTree.SubElement(part, "g", transform=MIRROR).extend(twice)
