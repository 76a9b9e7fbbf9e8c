"""Read one field of a model file: its value in the right type, or one error that says where, what, and what is right.

Every error is a ``BadModel``: "file: variable Y, field cpt: what is wrong; what would be right".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from unicodedata import normalize

from causal.errors import BadModel, one_of
from causal.words.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are reading: the file's name and, inside it, the variable, unit or expected answer."""

    file: str
    inside: Sentence | None = None

    def error(self, field: str, problem: str, finer: str, /, **values: object) -> BadModel:
        """The error to raise for ``field`` here ("" where no single field is to blame); ``problem`` is its key."""
        where = self.field(field) if field else self.inside
        file = "".join(c for c in self.file if c.isprintable())
        file = file if len(file) <= 200 else "…" + file[-199:]
        place = Sentence("errors.files.in_file", file=file, where=where) if file and where else where or file
        if not place:
            return BadModel(problem, finer, **values)
        return BadModel("errors.files.wrong", finer, place=place, problem=Sentence(problem, **values))

    def field(self, field: str) -> Sentence:
        """A field here, in words."""
        if self.inside is None:
            return Sentence("errors.files.field", field=field)
        return Sentence("errors.files.field_inside", inside=self.inside, field=field)


def shown(value: object) -> str | Sentence:
    """A value of the file as an error quotes it: short, and without surprises on the way to a screen."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return Sentence("errors.files.a_table")
    if isinstance(value, list | tuple):
        return Sentence("errors.files.a_list", n=len(value))
    if isinstance(value, date | time):
        return Sentence("errors.files.a_date")
    if isinstance(value, int) and value.bit_length() > 200:
        return Sentence("errors.files.many_digits")
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:80])
    return text if len(text) <= 60 else text[:57] + "..."


def known_fields(place: Place, data: Mapping[str, Any], allowed: Sequence[str]) -> None:
    """Refuse a field that the format does not have, naming the nearest that it has."""
    for key in data:
        if key not in allowed:
            known = one_of(allowed, str(key), 20)
            raise place.error("", "errors.files.unknown_field", "unknown-field", name=shown(key), known=known)


def table(place: Place, field: str, value: object) -> Mapping[str, Any]:
    """A table (an object in JSON), whose keys are texts."""
    if not isinstance(value, Mapping):
        raise place.error(field, "errors.files.no_table", "type", found=shown(value))
    for key in value:
        if not isinstance(key, str):
            raise place.error(field, "errors.files.key_no_text", "type", key=shown(key))
    return value


def items(place: Place, field: str, value: object, of: str, /, **values: object) -> Sequence[Any]:
    """A list; ``of`` is the key of what it should hold, with an example."""
    if not isinstance(value, list | tuple):
        raise place.error(field, "errors.files.no_list", "type", of=Sentence(of, **values), found=shown(value))
    return value


def text(place: Place, field: str, value: object) -> str:
    """A text that any file and screen can hold (no half of a surrogate pair)."""
    if not isinstance(value, str):
        bare = type(value) in (int, float) and shown(value) == str(value)
        problem = "errors.files.no_text_bare" if bare else "errors.files.no_text"
        raise place.error(field, problem, "type", found=shown(value))
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise place.error(field, "errors.files.half_character", "type")
    return value


def texts(place: Place, field: str, value: object, example: str) -> tuple[str, ...]:
    """A list of texts; ``example`` shows one."""
    return tuple(
        text(place, field, entry) for entry in items(place, field, value, "errors.files.texts", example=example)
    )


def number(place: Place, field: str, value: object) -> float:
    """A finite number; ``true`` is none, and neither is a text that reads as one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        problem = "errors.files.no_number_quoted" if isinstance(value, str) else "errors.files.no_number"
        raise place.error(field, problem, "type", found=shown(value))
    try:
        result = float(value) + 0.0  # of the two zeros the one without a sign
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise place.error(field, "errors.files.not_finite", "number", found=shown(value))
    return result


def flag(place: Place, field: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise place.error(field, "errors.files.no_flag", "type", found=shown(value))
    return value


def pair(place: Place, field: str, value: object, meaning: str) -> tuple[float, float]:
    """A list of two numbers; ``meaning`` is the key of which, such as "[low, high]"."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise place.error(field, "errors.files.no_pair", "type", meaning=Sentence(meaning), found=shown(value))
    return number(place, field, value[0]), number(place, field, value[1])


def name(place: Place, field: str, value: object) -> str:
    """The name of a variable, in Unicode's normal form C."""
    result = normalize("NFC", value) if isinstance(value, str) else ""
    if not result.isidentifier():
        raise place.error(field, "errors.files.no_name", "names", found=shown(value))
    return result


def names(place: Place, field: str, value: object, example: str) -> tuple[str, ...]:
    """A list of names, none of them twice."""
    result = tuple(
        name(place, field, entry) for entry in items(place, field, value, "errors.files.names", example=example)
    )
    refuse_twins(place, field, result)
    return result


def refuse_twins(place: Place, field: str, entries: Iterable[str]) -> None:
    """Refuse a text that stands twice in a list."""
    seen: set[str] = set()
    for entry in entries:
        if entry in seen:
            raise place.error(field, "errors.files.entry_twice", "duplicate", entry=shown(entry))
        seen.add(entry)


def by_name(place: Place, field: str, value: object) -> dict[str, Any]:
    """A table whose keys are names of variables; two that are the same name after NFC collide."""
    result: dict[str, Any] = {}
    for key, entry in table(place, field, value).items():
        normal = name(place, field, key)
        if normal in result:
            raise place.error(field, "errors.files.name_twice", "duplicate", name=shown(normal))
        result[normal] = entry
    return result
