"""The command line: one JSON line out for every question in.

    python -m causal ask MODEL 'QUERY' ['QUERY' ...]
    python -m causal ask --batch FILE          FILE, or - for standard input, holds one JSON object a line:
                                               {"id": 1, "query": "P(Y=1)", "model": {...}}, or "path" for "model"

MODEL is a path, or the id of a shipped model. The exit status is 2 if any answer is an error, else 0. Whatever a line
holds, it gets exactly one line back, and the next line gets its own.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from causal import ask, files
from causal.errors import BadModel, BadQuery, CausalError, TooLarge
from causal.model import Model
from causal.parsing import form_rung

Line = Mapping[str, object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["ask"] and given[1:2] and not given[1].startswith("-"):
        given.insert(1, "--")  # a query may begin with a minus
    parser = argparse.ArgumentParser(prog="python -m causal", description="Ask causal models questions.")
    commands = parser.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("ask", help="answer questions of any rung, one JSON line each")
    asking.add_argument(
        "--batch", metavar="FILE", help="read one JSON object a line from FILE, or - for standard input"
    )
    asking.add_argument("model", nargs="?", help="a path, or the id of a shipped model")
    asking.add_argument("query", nargs="*", help="such as 'P(Y=1 | do(X=1))'")
    options = parser.parse_args(given)
    if options.batch is not None:
        if options.model is not None:
            asking.error("with --batch the models and queries come from the file")
        return _batch(options.batch, asking)
    if not options.query:
        asking.error("a MODEL and at least one QUERY are needed (or --batch FILE)")
    return _put_out(_ask(options.model, options.query))


def _put_out(lines: Iterable[Line]) -> int:
    status = 0
    for line in lines:
        status = 2 if "error" in line else status
        sys.stdout.write(json.dumps(line, allow_nan=False) + "\n")
        sys.stdout.flush()
    return status


def _ask(path: str, queries: Sequence[str]) -> Iterable[Line]:
    loaded: list[Model] = []

    def work(query: str) -> Line:
        if not loaded:  # inside the guarded work: a bad model still echoes every query
            loaded.append(files.load(path))
        return ask(loaded[0], query).to_dict()

    return (_answer(query, partial(work, query)) for query in queries)


def _batch(name: str, parser: argparse.ArgumentParser) -> int:
    # As bytes, so that a line ends at \n and nowhere else.
    if name == "-":
        return _put_out(map(_answer_line, sys.stdin.buffer))
    try:
        with Path(name).open("rb") as lines:
            return _put_out(map(_answer_line, lines))
    except BrokenPipeError:
        raise
    except OSError as error:
        return parser.error(f"cannot read {name}: {error.strerror}")


def _answer(query: str | None, work: Callable[[], Line]) -> Line:
    """What ``work`` gives, as a line that is sure to be JSON; or the error, with the query and the rung of its form."""
    try:
        line = work()
        json.dumps(line, allow_nan=False)
        return line
    except CausalError as error:
        kind, message = error.kind, error.message
    except (MemoryError, RecursionError):
        kind, message = TooLarge.family, "this takes more memory than there is"
    except Exception as error:  # one line must never take the others down
        kind, message = "error/unexpected", f"{type(error).__name__}: {error}"
    rung = form_rung(query) if query is not None else None
    return {"query": query, "rung": rung, "error": {"kind": kind, "message": message}}


# One line of a batch


def _answer_line(raw: bytes) -> Line:
    seen: dict[str, Any] = {}
    line = _answer(None, partial(_work, raw, seen))
    query = seen.get("query")
    if "error" in line and isinstance(query, str):
        line = {**line, "query": query, "rung": form_rung(query)}
    return {"id": seen.get("id"), **line}


def _work(raw: bytes, seen: dict[str, Any]) -> Line:
    """Answer a line; what is known of its id and query is left in ``seen``, should the rest fail."""
    data = _read(raw)
    seen |= {key: data[key] for key in ("id", "query") if key in data and _is_json(data[key])}
    if "id" in data and "id" not in seen:
        raise _bad_line("its id holds a number that is not finite, or a name twice")
    if set(data) not in ({"id", "query", "model"}, {"id", "query", "path"}):
        found = ", ".join(sorted(key if key.isprintable() else ascii(key) for key in data)) or "none"
        raise _bad_line(f"its keys must be id, query, and one of model and path; they are: {found[:200]}")
    for key in ("query", "path"):
        if key in data and not isinstance(data[key], str):
            raise _bad_line(f"its {key} must be a text")
    model = files.load(data["path"]) if "path" in data else _model(data["model"])
    return ask(model, data["query"]).to_dict()


def _bad_line(problem: str) -> BadQuery:
    return BadQuery(f"This line of the batch cannot be answered: {problem}.", "line")


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
        raise _bad_line(f"it is not UTF-8 text (byte {error.start})") from None
    try:
        data = _json(text)
    except RecursionError:
        data = _without_model(text)
    except json.JSONDecodeError as error:
        raise _bad_line(f"it is not JSON ({error.msg}, character {error.pos + 1})") from None
    if not isinstance(data, _Object):
        raise _bad_line("it must be one JSON object")
    if data.twice:
        raise _bad_line("a key is given twice")
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
    raise _bad_line("it is nested too deeply")


def _model(data: Any) -> Model:
    if isinstance(data, _TooDeep):
        raise BadModel("model: is nested too deeply to be a model", "syntax")
    if _has_twice(data):
        raise BadModel("model: a name is given twice; every name in an object must be different", "duplicate")
    return files.from_dict(data, "model")


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


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read the answers has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
