"""The menu, read off pages/[0-9]*.py: a page carries its own TITLE, ICON and HELP, so there is no second list.

The constants are read without running the page. The file's number gives its place, the rest of its name its address:
pages/2_doing.py is the third page and lives at /doing. A page that says SECTION stands with the others of its section
under one heading; the rest stand in the menu itself.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PAGES = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    path: Path
    slug: str
    title: str
    icon: str
    help: str
    graphs: bool = False
    """Whether the page can do something with a model that is only a graph."""
    section: str = ""


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Every page, in the order of the syllabus; the first is the one that opens."""
    return tuple(_entry(path) for path in sorted(PAGES.glob("[0-9]*.py"), key=_number))


def slug(path: str | Path) -> str:
    """The address of a page's file: doing for pages/2_doing.py."""
    return Path(path).stem.split("_", 1)[1]


def after(here: str, by: int) -> Path | None:
    """The file of the page ``by`` places after the page ``here``, or None where the menu ends."""
    listed = entries()
    at = [entry.slug for entry in listed].index(here) + by
    return listed[at].path if 0 <= at < len(listed) else None


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
        constants["TITLE"],
        constants["ICON"],
        constants["HELP"],
        bool(constants.get("GRAPHS")),
        constants.get("SECTION", ""),
    )
