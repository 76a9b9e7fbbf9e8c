"""A class's answers, marked against a key: what ``python -m causal grade KEY ANSWERS`` does.

KEY holds a line for each question, as a pack's key does; ANSWERS a line {"id": ..., "answer": "..."} for each answer,
or, if its name ends in .csv, a table with the columns id and answer, as a pack's table has (an empty answer is none).
Every question gets one line back, in the key's order, and then there is one line with the sums.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from causal.errors import BadQuery
from causal.labs.questions.grading.grade import Grade, grade
from causal.labs.questions.grading.keyfile import from_json
from causal.labs.questions.grading.keys import Key
from causal.words.sentence import Sentence

MOST_BYTES = 50_000_000

Line = Mapping[str, object]


def marked(keys: str | Path, answers: str | Path) -> Iterator[Line]:
    """A line for every question of the key, and one with the sums. Raises BadQuery, before the first line."""
    known = _keys(Path(keys))
    given = _answers(Path(answers), known)
    return _marked(known, given)


def _marked(known: Mapping[str, Key], given: Mapping[str, str]) -> Iterator[Line]:
    grades: list[tuple[Key, Grade]] = []
    for number, key in known.items():
        found = grade(key, given.get(number))
        grades.append((key, found))
        yield {
            "id": number,
            "outcome": found.outcome,
            "mistake": found.error or None,
            "read": found.read or None,
            "right_answer": found.answer,
            "rung": key.rung,
            "level": key.level,
            "words": found.words.replace("**", ""),
        }
    yield {"summary": _summary(grades)}


def _summary(grades: list[tuple[Key, Grade]]) -> Line:
    outcomes = Counter(found.outcome for _, found in grades)
    right = [key for key, found in grades if found.outcome == "right"]
    return {
        "questions": len(grades),
        **{outcome: outcomes[outcome] for outcome in ("right", "wrong", "unread", "missing")},
        "right_by_rung": _shares(right, grades, "rung"),
        "right_by_level": _shares(right, grades, "level"),
        "right_by_naming": _shares(right, grades, "naming"),
        "mistakes": dict(sorted(Counter(found.error for _, found in grades if found.error).items())),
    }


def _shares(right: list[Key], grades: list[tuple[Key, Grade]], by: str) -> Line:
    """How many of how many were right, in each group of questions."""
    groups = Counter(str(getattr(key, by)) for key, _ in grades)
    hits = Counter(str(getattr(key, by)) for key in right)
    return {group: f"{hits[group]} of {groups[group]}" for group in sorted(groups)}


def _keys(path: Path) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for place, data in _lines(path, "errors.marking.no_key"):
        try:
            key = from_json(data)
        except BadQuery as error:
            raise BadQuery("errors.marking.bad_key", "key", place=place, problem=error.sentence) from None
        if key.id in found:
            raise BadQuery("errors.marking.twice_in_key", "key", place=place, id=key.id[:40])
        found[key.id] = key
    if not found:
        raise BadQuery("errors.marking.empty_key", "key", file=path.name)
    return found


def _answers(path: Path, known: Mapping[str, Key]) -> dict[str, str]:
    found: dict[str, str] = {}
    table = path.suffix.lower() == ".csv"
    for place, data in _table(path) if table else _lines(path, "errors.marking.no_answers"):
        number, text = data.get("id"), data.get("answer")
        if not isinstance(number, str) or not isinstance(text, str):
            raise BadQuery("errors.marking.no_texts", "line", place=place)
        if number not in known:
            raise BadQuery("errors.marking.not_in_key", "line", place=place, id=number[:40])
        if number in found:
            raise BadQuery("errors.marking.answered_twice", "line", place=place, id=number[:40])
        found[number] = text
    return found


def _table(path: Path) -> Iterator[tuple[Sentence, dict[str, Any]]]:
    """Every row of a table of answers that holds one, with its place. Raises BadQuery."""
    rows = csv.reader(io.StringIO(_text(path, "errors.marking.no_answers"), newline=""), strict=True)
    try:
        head = [name.strip().lower() for name in next(rows, [])]
        if head.count("id") != 1 or head.count("answer") != 1:
            raise BadQuery("errors.marking.columns", "line", file=path.name)
        for row in rows:
            told = dict(zip(head, row, strict=False))
            if told.get("answer", "").strip():
                yield _place(path, rows.line_num), told
    except csv.Error as error:
        raise BadQuery("errors.marking.row", "line", place=_place(path, rows.line_num), problem=str(error)) from None


def _place(path: Path, line: int) -> Sentence:
    return Sentence("errors.marking.place", file=path.name, line=line)


def _text(path: Path, unreadable: str) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadQuery("errors.marking.too_large", "unreadable", file=path.name, most=MOST_BYTES // 1_000_000)
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except OSError as error:
        raise BadQuery(unreadable, "not-found", file=path.name, problem=error.strerror) from None
    except UnicodeDecodeError as error:
        raise BadQuery("errors.marking.not_utf8", "unreadable", file=path.name, byte=error.start) from None


def _lines(path: Path, unreadable: str) -> Iterator[tuple[Sentence, dict[str, Any]]]:
    """Every line of a file that is not empty, with its place. Raises BadQuery; ``unreadable`` says what is missing."""
    for number, line in enumerate(_text(path, unreadable).split("\n"), start=1):
        if not line.strip():
            continue
        place = _place(path, number)
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            raise BadQuery("errors.marking.not_json", "line", place=place) from None
        if not isinstance(data, dict):
            raise BadQuery("errors.marking.not_object", "line", place=place)
        yield place, data
