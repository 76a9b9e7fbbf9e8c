"""The command line: one JSON line out for every question in.

    python -m causal ask MODEL 'QUERY' ['QUERY' ...]
    python -m causal ask --batch FILE          FILE, or - for standard input, holds one JSON object a line:
                                               {"id": 1, "query": "P(Y=1)", "model": {...}}, or "path" for "model"
    python -m causal identify MODEL 'QUERY' [--experiments X,Z]
    python -m causal adjust   MODEL X Y
    python -m causal bounds   MODEL 'QUERY' [--from observed,do:X] [--assume monotone:X:Y ...]
    python -m causal grade    KEY ANSWERS      marks answers to a pack of questions: KEY is the pack's key, ANSWERS
                                               holds {"id": "7-001", "answer": "..."} a line (or is a .csv
                                               with these columns); one line for each question (its
                                               outcome, and which known wrong road it went), then one
                                               with the sums; wrong marks are no error

MODEL is a path, or the id of a shipped model. The exit status is 2 if any answer is an error, else 0. Whatever a line
holds, it gets exactly one line back, and the next line gets its own.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from causal.cli import batch
from causal.cli.commands import REQUESTS, Fields, Line
from causal.errors import CausalError
from causal.files import shelf
from causal.models.model import Model
from causal.words.catalogue import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["ask"] and given[1:2] and not given[1].startswith("-"):
        given.insert(1, "--")  # a query may begin with a minus
    parser = argparse.ArgumentParser(prog="python -m causal", description=say("commands.all"))
    commands = parser.add_subparsers(dest="command", required=True)
    asking = _add(commands, "ask", "commands.ask", "commands.ask_whole")
    asking.add_argument("--batch", metavar="FILE", help=say("commands.batch"))
    asking.add_argument("model", nargs="?", help=say("commands.model"))
    asking.add_argument("query", nargs="*", help=say("commands.query"))
    identifying = _add(commands, "identify", "commands.identify", "commands.identify_whole")
    _add_questions(identifying)
    identifying.add_argument("--experiments", metavar="X,Z", type=_names, help=say("commands.experiments"))
    adjusting = _add(commands, "adjust", "commands.adjust", "commands.adjust_whole")
    for name in ("model", "treatment", "outcome"):
        adjusting.add_argument(name)
    bounding = _add(commands, "bounds", "commands.bounds", "commands.bounds_whole")
    _add_questions(bounding)
    bounding.add_argument("--from", metavar="observed,do:X", type=_sources, help=say("commands.from"))
    bounding.add_argument("--assume", metavar="monotone:X:Y", nargs="+", action="extend", help=say("commands.assume"))
    marking_ = _add(commands, "grade", "commands.grade", "commands.grade_whole")
    marking_.add_argument("key", help=say("commands.key"))
    marking_.add_argument("answers", help=say("commands.answers"))
    options = parser.parse_args(given)
    if options.command == "grade":
        return _put_out(_graded(options.key, options.answers))
    if options.command == "ask" and options.batch is not None:
        if options.model is not None:
            asking.error(say("commands.batch_alone"))
        return _batch(options.batch, asking)
    if options.command == "ask" and not options.query:
        asking.error(say("commands.nothing_asked"))
    return _put_out(_answers(options))


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, short: str, whole: str
) -> argparse.ArgumentParser:
    """A command, said in short in the list of commands, and as a whole sentence by itself."""
    return commands.add_parser(name, help=say(short), description=say(whole))


def _add_questions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", help=say("commands.model"))
    parser.add_argument("query", nargs="+", help=say("commands.query"))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _sources(text: str) -> list[str]:
    """The sources of a list; in "observed,do:X,Z" the last two names are one experiment, on both."""
    return re.split(r",(?=\s*(?:observed\s*(?:,|$)|do\s*:))", text)


def _answers(options: argparse.Namespace) -> Iterator[Line]:
    """A line for every question of a command, all about one model."""
    request = REQUESTS[options.command]
    given = {key: value for key in request.lists if (value := getattr(options, key)) is not None}
    loaded: list[Model] = []

    def work(fields: Fields) -> Line:
        if not loaded:  # inside the guarded work: a bad model still echoes every query
            loaded.append(shelf.load(options.model))
        return request.answer(loaded[0], fields)

    if request.texts == ("query",):
        for query in options.query:
            yield batch.guarded(query, partial(work, {"query": query, **given}))
    else:
        fields = {key: getattr(options, key) for key in request.texts}
        yield batch.guarded(batch.NOTHING, partial(work, {**fields, **given}))


def _graded(key: str, answers: str) -> Iterator[Line]:
    """The marks; one line with the error, if the files are not what they should be."""
    from causal.labs.questions.grading import marking

    try:
        yield from marking.marked(key, answers)
    except CausalError as error:
        yield {"error": {"kind": error.kind, "message": error.message}}


def _put_out(lines: Iterable[Line]) -> int:
    status = 0
    for line in lines:
        status = 2 if "error" in line else status
        sys.stdout.write(json.dumps(line, allow_nan=False) + "\n")
        sys.stdout.flush()
    return status


def _batch(name: str, parser: argparse.ArgumentParser) -> int:
    # As bytes, so that a line ends at \n and nowhere else.
    if name == "-":
        return _put_out(map(batch.answer, sys.stdin.buffer))
    try:
        with Path(name).open("rb") as lines:
            return _put_out(map(batch.answer, lines))
    except BrokenPipeError:
        raise
    except OSError as error:
        return parser.error(say("commands.cannot_read", file=name, why=error.strerror))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read the answers has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
