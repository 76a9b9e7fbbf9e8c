"""Read models from TOML and JSON, and write them back; nothing in a file is ever run.

Shipped models live in data/models/, one TOML file each, and are known by their id (the file's name without .toml). TOML
is for people, JSON for programs: both hold the same data, and ``validation`` says whether it is a model. Small graphs
that teach one thing each live in data/graphs/, and are read by path.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any, NoReturn

from causal.errors import one_of
from causal.files.fields import Place, shown
from causal.files.reader import from_dict
from causal.files.writer import dumps, to_dict
from causal.models.model import Model
from causal.words.numbers import Whole
from causal.words.sentence import Sentence

__all__ = ["dumps", "from_dict", "gallery", "load", "loads", "read_json", "shipped", "to_dict"]

MODELS = Path(__file__).parents[2] / "data" / "models"
GRAPHS = MODELS.parent / "graphs"
PROGRAMS = MODELS.parent / "programs"
LIMIT = 20_000_000  # bytes; a table of 2^20 rows takes about this much
# tomllib's time grows with the square of a dotted key's length: such keys are nested beyond reason anyway.
PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
DOTTED = re.compile(rf"(?<![A-Za-z0-9_-])(?:{PART}){{50}}", re.ASCII)


def shipped() -> tuple[str, ...]:
    """The ids of the models that come with the project, in alphabetical order."""
    return tuple(sorted(path.stem for path in MODELS.glob("*.toml")))


def gallery() -> tuple[Path, ...]:
    """The files of the small graphs that teach one thing each, in alphabetical order; ``load`` reads them by path."""
    return tuple(sorted(GRAPHS.glob("*.toml")))


def load(path_or_id: str | Path) -> Model:
    """The shipped model with this id, or the model in a file (a path has a separator, or ends in .toml or .json).

    Raises BadModel: not-found, unreadable, or what ``loads`` raises.
    """
    wanted = str(path_or_id)
    is_path = (
        isinstance(path_or_id, Path) or "/" in wanted or os.sep in wanted or wanted.lower().endswith((".toml", ".json"))
    )
    if not is_path and wanted not in shipped():
        known = one_of(shipped(), wanted, 20)
        raise Place(str(shown(wanted))).error("", "errors.files.no_model", "not-found", known=known)
    path = Path(path_or_id) if is_path else MODELS / f"{wanted}.toml"
    name = wanted if is_path else path.name
    model = loads(_bytes(path, name), name)
    if path.resolve().parent == MODELS.resolve() and model.id != path.stem:
        raise Place(name).error("id", "errors.files.shipped_id", "names", found=shown(model.id), right=path.stem)
    return model


def loads(text: str | bytes, name: str = "model.toml") -> Model:
    """The model written in ``text``; ``name`` tells TOML from JSON by its ending, and stands in messages.

    Raises BadModel: syntax, unreadable (not UTF-8, too long), or the rule that ``validation.from_dict`` found broken.
    """
    place = Place(name)
    if len(text) > LIMIT:
        raise place.error("", "errors.files.too_long", "unreadable", found=Whole(len(text)), most=Whole(LIMIT))
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise place.error("", "errors.files.not_utf8", "unreadable", byte=error.start) from None
    text = text.removeprefix("\ufeff")
    is_json = name.lower().endswith(".json") or (not name.lower().endswith(".toml") and text.lstrip()[:1] == "{")
    return from_dict(read_json(text, name) if is_json else _toml(place, text), name)


def _bytes(path: Path, name: str) -> bytes:
    place = Place(name)
    try:
        if path.is_dir():
            raise place.error("", "errors.files.folder", "unreadable")
        if path.exists() and not path.is_file():
            raise place.error("", "errors.files.no_ordinary_file", "unreadable")
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        known = one_of(shipped(), path.stem, 20)
        raise place.error("", "errors.files.no_file", "not-found", known=known) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise place.error("", "errors.files.unreadable", "unreadable", why=reason) from None
    if len(content) > LIMIT:
        raise place.error("", "errors.files.too_large", "unreadable", most=LIMIT // 1_000_000)
    return content


class _RefusedError(ValueError):
    """Something JSON would let pass: what is wrong, and the finer kind."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(Sentence("errors.files.name_twice_in_table", name=shown(twice)), "duplicate")
    return result


def _constant(word: str) -> NoReturn:
    raise _RefusedError(Sentence("errors.files.holds", number=word), "number")


def read_json(text: str, name: str) -> Any:
    """The data of a JSON text, more strictly than ``json`` reads it: no name twice, no NaN or Infinity.

    Raises BadModel, which calls the text ``name``: syntax, duplicate, number.
    """
    place = Place(name)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_constant)
    except _RefusedError as error:
        problem, finer = error.args
        raise place.error("", problem.key, finer, **problem.values) from None
    except json.JSONDecodeError as error:
        wrong = place.error("", "errors.files.no_json", "syntax", why=error.msg, line=error.lineno, column=error.colno)
        raise wrong from None
    except RecursionError:
        raise place.error("", "errors.files.too_deep", "syntax") from None
    except ValueError:  # more digits than Python turns into a number
        raise place.error("", "errors.files.digits", "number") from None


def _toml(place: Place, text: str) -> Any:
    if DOTTED.search(text):
        raise place.error("", "errors.files.too_deep", "syntax")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        twice = any(word in str(error) for word in ("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate"))
        problem = "errors.files.no_toml_twice" if twice else "errors.files.no_toml"
        raise place.error("", problem, "duplicate" if twice else "syntax", why=str(error)) from None
    except RecursionError:
        raise place.error("", "errors.files.too_deep", "syntax") from None
    except ValueError:
        raise place.error("", "errors.files.digits", "number") from None
