"""Results kept on disk by content: the same work, of the same code, with the same arguments, is done once.

A result is a table of named arrays (numbers and texts, never objects, so that reading one runs nothing). Its address is
a digest of what it depends on: the task's name, its arguments, the source of the package that does the work, the words
that it says, and the versions of the libraries that it fits and draws with. The folder is the system's place for
caches, or what LADDER_CACHE names; what has lain unread longest goes when it is full.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

from causal.words.catalogue import LANGUAGES

Result = Mapping[str, npt.NDArray[np.generic]]

LIBRARIES = ("numpy", "scipy", "scikit-learn", "pandas", "pgmpy", "resvg-py", "numpyro", "jax")

MOST_BYTES = 300_000_000
"""What the folder may hold in all."""

ABANDONED = 3600.0
"""Nobody has been writing one result for so many seconds."""


def address(task: str, arguments: Mapping[str, object]) -> str:
    """The name under which this work's result is kept; ``arguments`` are plain data."""
    said = json.dumps([task, arguments, _code()], sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def load(key: str) -> Result | None:
    """The result kept under this address, or None if there is none (or none that can be read)."""
    path = folder() / f"{key}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            result = {name: kept[name] for name in kept.files}
        for array in result.values():
            array.setflags(write=False)
        os.utime(path)
    except (OSError, ValueError, BadZipFile):
        return None
    return result


def save(key: str, result: Result) -> None:
    """Keep a result; another process that reads meanwhile sees all of it or nothing."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=home, suffix=".part", delete=False) as file:
        np.savez_compressed(file, allow_pickle=False, **result)
    Path(file.name).replace(home / f"{key}.npz")
    _make_room(home)


def folder() -> Path:
    """Where results lie."""
    named = os.environ.get("LADDER_CACHE")
    return Path(named) if named else user_cache_path("ladder", appauthor=False)


def _make_room(home: Path) -> None:
    """Forget what has lain unread longest, and what was being written when its process was stopped."""
    kept: list[tuple[float, int, Path]] = []
    for path in home.iterdir():
        with suppress(FileNotFoundError):  # another process makes room too
            found = path.stat()
            if path.suffix == ".npz":
                kept.append((found.st_mtime, found.st_size, path))
            elif path.suffix == ".part" and found.st_mtime < time.time() - ABANDONED:
                path.unlink()
    room = MOST_BYTES
    for _, size, path in sorted(kept, reverse=True):
        room -= size
        if room < 0:
            path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _code() -> str:
    """A digest of source, words and libraries: an edited lab never meets an old result."""
    digest = hashlib.sha256()
    for path in sorted([*Path(__file__).parents[1].rglob("*"), *LANGUAGES.rglob("*")]):
        if path.suffix in (".py", ".toml", ".svg"):
            digest.update(path.read_bytes())
    for name in LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            continue  # an optional one
    return digest.hexdigest()
