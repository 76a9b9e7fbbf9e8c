"""A batch: one JSON object a line, one JSON line back for each, whatever it holds.

{"id": 1, "query": "P(Y=1)", "path": "sprinkler"}
{"id": 2, "adjust": {"treatment": "X", "outcome": "Y"}, "model": {...}}
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from causal.cli.commands import REQUESTS, Line
from causal.errors import BadQuery, CausalError, TooLarge
from causal.files import shelf
from causal.files.fields import Place
from causal.files.fields import text as sure_text
from causal.models.model import Model
from causal.queries.parsing import form_rung
from causal.words.sentence import Listed, Sentence

COMMANDS = {"query" if name == "ask" else name: name for name in REQUESTS}
"""The keys of a line that say what is asked, and each one's command."""

NOTHING = object()
"""The query of a command that has none, and whose line echoes none."""


def guarded(query: object, work: Callable[[], Line]) -> Line:
    """What ``work`` gives, as a line that is sure to be JSON; or the error, with the query and the rung of its form."""
    try:
        line = work()
        json.dumps(line, allow_nan=False)
        return line
    except CausalError as error:
        found = error
    except (MemoryError, RecursionError):
        found = TooLarge("errors.commands.memory")
    except Exception as error:  # one line must never take the others down
        found = CausalError("errors.commands.unexpected", "unexpected", type=type(error).__name__, problem=str(error))
    wrong = {"error": {"kind": found.kind, "message": found.message}}
    return wrong if query is NOTHING else {**_echo(query), **wrong}


def answer(raw: bytes) -> Line:
    """The line for one line of a batch."""
    seen: dict[str, Any] = {}
    line = guarded(None, partial(_work, raw, seen))
    if "error" in line and seen.get("query") is NOTHING:
        line = {"error": line["error"]}
    elif "error" in line and isinstance(query := seen.get("query"), str):
        line = {**line, **_echo(query)}
    return {"id": seen.get("id"), **line}


def _echo(query: object) -> Line:
    return {"query": query, "rung": form_rung(query) if isinstance(query, str) else None}


def _work(raw: bytes, seen: dict[str, Any]) -> Line:
    """Answer a line; what is known of its id and query is left in ``seen``, should the rest fail."""
    data = _read(raw)
    seen |= {key: data[key] for key in ("id", "query") if key in data and _is_json(data[key])}
    if "id" in data and "id" not in seen:
        raise _bad_line("errors.batch.id")
    asked = [key for key in COMMANDS if key in data]
    if len(asked) != 1 or set(data) not in ({"id", *asked, "model"}, {"id", *asked, "path"}):
        found = ", ".join(sorted(key if key.isprintable() else ascii(key) for key in data))[:200]
        none = Sentence("errors.batch.no_keys")
        raise _bad_line("errors.batch.keys", commands=Listed(COMMANDS, "comma"), found=found or none)
    if not isinstance(data.get("query", ""), str):
        raise _bad_line("errors.batch.text", name="query")
    name = COMMANDS[asked[0]]
    fields = {"query": data["query"]} if name == "ask" else data[name]
    if isinstance(fields, _Object):
        if _has_twice(fields):
            raise _bad_line("errors.batch.twice")
        seen["query"] = fields.get("query") if "query" in REQUESTS[name].texts else NOTHING
    fields = REQUESTS[name].check(name, fields)
    model = shelf.load(sure_text(Place("path"), "", data["path"])) if "path" in data else _model(data["model"])
    return REQUESTS[name].answer(model, fields)


def _bad_line(key: str, **values: object) -> BadQuery:
    return BadQuery("errors.batch.line", "line", problem=Sentence(key, **values))


class _Object(dict[str, Any]):
    """A JSON object that remembers whether a name was given twice in it."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice = len(self) < len(pairs)


class _TooDeep:
    """Stands for a model that is nested beyond reason."""


def _read(raw: bytes) -> _Object:
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _bad_line("errors.batch.not_utf8", byte=error.start) from None
    try:
        data = _json(text)
    except RecursionError:
        data = _without_model(text)
    except json.JSONDecodeError as error:
        raise _bad_line("errors.batch.not_json", problem=error.msg, character=error.pos + 1) from None
    if not isinstance(data, _Object):
        raise _bad_line("errors.batch.not_object")
    if data.twice:
        raise _bad_line("errors.batch.twice")
    return data


def _json(text: str) -> Any:
    # A number with thousands of digits is no number to compute with: as a float it is infinite, and refused as such.
    return json.loads(text, object_pairs_hook=_Object, parse_int=lambda s: int(s) if len(s) < 400 else float(s))


def _without_model(text: str) -> Any:
    """A line that is nested too deeply, if all of the depth is in its model: so the error can name the query."""
    depth, start = 0, None
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        if token[0] in "[{":
            depth += 1
            if (
                depth == 2
                and start is None
                and re.search(r'"model"\s*:\s*$', text[max(0, token.start() - 99) : token.start()])
            ):
                start = token.start()
        elif token[0] in "]}":
            depth -= 1
            if depth == 1 and start is not None:
                try:
                    data = _json(text[:start] + "0" + text[token.end() :])
                except (RecursionError, ValueError):
                    break
                if isinstance(data, _Object):
                    data["model"] = _TooDeep()
                return data
    raise _bad_line("errors.batch.too_deep")


def _model(data: Any) -> Model:
    if isinstance(data, _TooDeep):
        raise Place("model").error("", "errors.files.too_deep", "syntax")
    if _has_twice(data):
        raise Place("model").error("", "errors.files.name_twice_in_object", "duplicate")
    return shelf.from_dict(data, "model")


def _is_json(value: Any) -> bool:
    """Whether a value can be echoed as it is."""
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return not _has_twice(value)


def _has_twice(value: Any) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Object):
            if item.twice:
                return True
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return False
