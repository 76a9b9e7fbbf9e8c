"""The house in figures: python -m tests.house [FOLDER], for this project or for another checkout of it.

A room is a folder of causal/ or of pages/ui/ (a module that lies loose there is a room of its own), with all that is
below it; an arrow leads from a room to one that it imports.
"""

import ast
import sys
from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    files = [*sorted((root / "causal").rglob("*.py")), *sorted((root / "pages").rglob("*.py")), root / "app.py"]
    return {_name(path.relative_to(root)): path for path in files}


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, known: Iterable[str]) -> set[str]:
    """Every module named in an import of this file, wherever it stands; of ``from a import b`` a.b if that is known."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: say imports in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} & set(known) or {str(node.module)}
    return found


def room(name: str) -> str:
    """The folder that a module stands in."""
    parts = name.split(".")
    if parts[0] == "pages":
        return ".".join(parts[:3]) if parts[1:2] == ["ui"] else "pages"
    return ".".join(parts[:2])


def arrows(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Which room imports which."""
    found: dict[str, set[str]] = {room(name): set() for name in graph}
    for name, imported in graph.items():
        found[room(name)] |= {room(other) for other in imported} - {room(name)}
    return found


def longest(graph: Mapping[str, set[str]]) -> list[str]:
    """The longest chain of imports, from the highest down. Raises CycleError where there is a circle."""
    below: dict[str, list[str]] = {}
    for name in TopologicalSorter(graph).static_order():
        below[name] = [name, *max((below[other] for other in graph[name]), key=len, default=[])]
    return max(below.values(), key=len)


def main(root: Path) -> None:
    """Print the figures."""
    found = modules(root)
    graph = {name: imports(path, found) & found.keys() - {name} for name, path in found.items()}
    rooms = arrows(graph)
    engine = {name: others - {"causal"} for name, others in rooms.items() if name.startswith("causal.")}
    print(f"rooms            {len(rooms)}, of them {len(engine)} in causal/")
    between = sum(map(len, rooms.values()))
    print(f"arrows           {between} between rooms, {sum(map(len, graph.values()))} between modules")
    print(f"longest chain    of rooms   {' > '.join(chain := longest(rooms))} ({len(chain)})")
    print(f"                 in causal/ {' > '.join(chain := longest(engine))} ({len(chain)})")
    print(f"                 of modules {len(longest(graph))}")
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in found.values())
    print(f"lines of product {lines:,} in {len(found)} modules")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
