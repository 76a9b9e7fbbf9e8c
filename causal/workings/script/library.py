"""The functions that scripts carry along: data/scripts/, written to be read by students, and short for that reason.

A script takes the parts that its question needs. STATES, TABLES, ROWS and the numbers of linear equations are written
into it by ``causal.workings.script.discrete_part`` and ``causal.workings.script.linear_part``. What is said in words
stands in the catalogue, at the key between < and >.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap

from causal.words.catalogue import say

PARTS = Path(__file__).parents[3] / "data" / "scripts"
WIDTH = 119

_WORDS = re.compile(r"^# <(scripts\.\w+)>$|<(scripts\.\w+)>", re.MULTILINE)


def worded(parts: Iterable[str]) -> str:
    """These parts one after the other, in the words of the language that is spoken; a long comment takes lines."""

    def said(found: re.Match[str]) -> str:
        comment, words = found.groups()
        return "\n".join(f"# {line}" for line in wrap(say(comment), WIDTH - 2)) if comment else say(words)

    return _WORDS.sub(said, "\n\n".join((PARTS / f"{part}.py").read_text(encoding="utf-8") for part in parts))
