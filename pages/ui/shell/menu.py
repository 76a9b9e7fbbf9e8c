"""The menu, read off pages/[0-9]*.py, so that there is no second list.

A page's constants are read without running it. The file's number gives its place, the rest of its name its address:
pages/2_doing.py is the third page and lives at /doing. A page that says SECTION stands with the others of its section
under one heading; the rest stand in the menu itself. Names are the catalogue's, by the page's address; a page that
the catalogue does not have yet says its own TITLE and HELP.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from causal.words.catalogue import known, say

PAGES = Path(__file__).parents[2]

_READING = Lock()
"""Python 3.11 fails where several threads build syntax trees at once, as the first visitors of a new server would."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    path: Path
    slug: str
    icon: str
    graphs: bool
    """Whether the page can do something with a model that is only a graph."""
    section: str
    own_title: str
    own_help: str

    @property
    def title(self) -> str:
        """What the page is called."""
        return _named(f"menu.{self.slug}.title", self.own_title or self.slug)

    @property
    def help(self) -> str:
        """What one can do there."""
        return _named(f"menu.{self.slug}.help", self.own_help)

    @property
    def heading(self) -> str:
        """What its section is called."""
        return _named(f"menu.sections.{self.section}", self.section)


@lru_cache(maxsize=1)
def _entries() -> tuple[Entry, ...]:
    return tuple(_entry(path) for path in sorted(PAGES.glob("[0-9]*.py"), key=_number))


def entries() -> tuple[Entry, ...]:
    """Every page, in the order of the syllabus; the first is the one that opens."""
    with _READING:
        return _entries()


def slug(path: str | Path) -> str:
    """The address of a page's file: doing for pages/2_doing.py."""
    return Path(path).stem.split("_", 1)[1]


def after(here: str, by: int) -> Path | None:
    """The file of the page ``by`` places after the page ``here``, or None where the menu ends."""
    listed = entries()
    at = [entry.slug for entry in listed].index(here) + by
    return listed[at].path if 0 <= at < len(listed) else None


def _named(key: str, own: str) -> str:
    return say(key) if known(key) else own


def _number(path: Path) -> int:
    return int(path.stem.partition("_")[0])


def _entry(path: Path) -> Entry:
    constants = {
        target.id: node.value.value
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return Entry(
        path,
        slug(path),
        constants["ICON"],
        bool(constants.get("GRAPHS")),
        constants.get("SECTION", ""),
        constants.get("TITLE", ""),
        constants.get("HELP", ""),
    )
