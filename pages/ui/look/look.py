"""The visual language: a rung is always the same colour, icon, line and verb.

look.css and talk.css lay out what pages share. What only one page has lies in a file of its own, called like the page
and found in whichever folder it is; what stands there under the line for a talk counts only in talk mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from causal.words.catalogue import say

_FOLDER = Path(__file__).parent
_TALK = "/* in a talk */"


@dataclass(frozen=True, slots=True)
class Rung:
    """How one rung of the ladder looks; ``color`` is the theme's name for it, ``series`` its name in charts."""

    color: str
    icon: str
    series: str

    @property
    def name(self) -> str:
        """What the rung is called."""
        return say(f"rungs.{self.series}")


RUNGS = {
    1: Rung("blue", ":material/visibility:", "see"),
    2: Rung("orange", ":material/touch_app:", "do"),
    3: Rung("violet", ":material/cognition:", "imagine"),
}


def dress(page: str, talking: bool) -> None:
    """Lay out a page; in talk mode for the last row of a lecture hall."""
    st.html(f"<style>{layout(page, talking)}</style>")


@lru_cache(maxsize=64)
def layout(page: str, talking: bool) -> str:
    """The style sheet of a page: what all pages share, and what is its own."""
    own = "".join(_text(path) for path in _FOLDER.parent.glob(f"*/{page}.css"))
    always, _, in_talk = own.partition(_TALK)
    shared = _text(_FOLDER / "look.css")
    return shared + always + (_text(_FOLDER / "talk.css") + in_talk if talking else "")


def title(rung: int, question: str) -> None:
    """The page's one heading: the rung's mark and the question (Markdown; names in it already escaped)."""
    look = RUNGS[rung]
    st.title(f":{look.color}[{look.icon} {rung}] {question}", anchor=False)


def number(rung: int, large: str, small: str = "", stacked: bool = False) -> str:
    """An answer as Markdown in its rung's colour; look.css prints the first part large within an answer's container."""
    color, between = RUNGS[rung].color, "  \n" if stacked else " "
    return f"**:{color}[{large}]**{between}:{color}[{small}]" if small else f"**:{color}[{large}]**"


def component(name: str, html: str | None = None, **options: Any) -> ComponentRenderer:
    """A component of our own: its script ``name``.js lies with the code that uses it, and so does its style, if any."""
    (script,) = _FOLDER.parent.glob(f"*/{name}.js")
    style = script.with_suffix(".css")
    css = _text(style) if style.exists() else None
    return st.components.v2.component(name, html=html, css=css, js=_text(script), **options)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
