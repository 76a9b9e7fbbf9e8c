"""The visual language: a rung is always the same colour, icon, line and verb; look.css lays out what they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit import config

from causal.words.catalogue import say

_HERE = Path(__file__)


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


def dress(talking: bool) -> None:
    """Lay out the page; in talk mode for the last row of a lecture hall."""
    css = _css("look.css") + (_css("talk.css") if talking else "")
    st.html(f"<style>{css}</style>")


@st.cache_resource
def keep_theme() -> None:
    """Have Streamlit keep the settings of its theme: it looks through all settings for them in every run.

    That is a tenth of what a slider's move costs the server, and they never change while it runs.
    """
    read = lru_cache(maxsize=64)(config.get_options_for_section)
    config.get_options_for_section = lambda section: dict(read(section))


def title(rung: int, question: str) -> None:
    """The page's one heading: the rung's mark and the question (Markdown; names in it already escaped)."""
    look = RUNGS[rung]
    st.title(f":{look.color}[{look.icon} {rung}] {question}", anchor=False)


def number(rung: int, large: str, small: str = "", stacked: bool = False) -> str:
    """An answer as Markdown in its rung's colour; look.css prints the first part large within an answer's container."""
    color, between = RUNGS[rung].color, "  \n" if stacked else " "
    return f"**:{color}[{large}]**{between}:{color}[{small}]" if small else f"**:{color}[{large}]**"


def _css(name: str) -> str:
    return _HERE.with_name(name).read_text(encoding="utf-8")
