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

LONGEST = 1500  # characters of a message: names in a hostile file can be of any length


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are reading: the file's name and, inside it, the variable, unit or expected answer."""

    file: str
    inside: str = ""

    def error(self, field: str, problem: str, finer: str) -> BadModel:
        """The error to raise for ``field`` here ("" where no single field is to blame)."""
        where = ", ".join(part for part in (self.inside, f"field {field}" if field else "") if part)
        file = "".join(c for c in self.file if c.isprintable())
        file = file if len(file) <= 200 else "…" + file[-199:]
        message = ": ".join(part for part in (file, where, problem) if part)
        message = message if len(message) <= LONGEST else message[: LONGEST - 1] + "…"
        return BadModel(message.encode("utf-8", "backslashreplace").decode(), finer)


def shown(value: object) -> str:
    """A value of the file as an error quotes it: short, and without surprises on the way to a screen."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, date | time):
        return "a date or time"
    if isinstance(value, int) and value.bit_length() > 200:
        return "a number with very many digits"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:80])
    return text if len(text) <= 60 else text[:57] + "..."


def known_fields(place: Place, data: Mapping[str, Any], allowed: Sequence[str]) -> None:
    """Refuse a field that the format does not have, naming the nearest that it has."""
    for key in data:
        if key not in allowed:
            raise place.error(
                "", f"the field {shown(key)} is unknown; {one_of(allowed, str(key), 20)}", "unknown-field"
            )


def table(place: Place, field: str, value: object) -> Mapping[str, Any]:
    """A table (an object in JSON), whose keys are texts."""
    if not isinstance(value, Mapping):
        raise place.error(field, f"must be a table of names and values, not {shown(value)}", "type")
    for key in value:
        if not isinstance(key, str):
            raise place.error(field, f"has the key {shown(key)}; every key must be a text", "type")
    return value


def items(place: Place, field: str, value: object, of: str) -> Sequence[Any]:
    """A list; ``of`` says what it should hold, with an example."""
    if not isinstance(value, list | tuple):
        raise place.error(field, f"must be a list of {of}, not {shown(value)}", "type")
    return value


def text(place: Place, field: str, value: object) -> str:
    """A text that any file and screen can hold (no half of a surrogate pair)."""
    if not isinstance(value, str):
        hint = f'; put quotes round it: "{value}"' if type(value) in (int, float) and shown(value) == str(value) else ""
        raise place.error(field, f"must be a text, not {shown(value)}{hint}", "type")
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise place.error(field, "holds half a character (a lone surrogate); use whole characters", "type")
    return value


def texts(place: Place, field: str, value: object, example: str) -> tuple[str, ...]:
    """A list of texts; ``example`` shows one."""
    return tuple(text(place, field, entry) for entry in items(place, field, value, f"texts, such as {example}"))


def number(place: Place, field: str, value: object) -> float:
    """A finite number; ``true`` is none, and neither is a text that reads as one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        hint = "; leave the quotes away" if isinstance(value, str) else ""
        raise place.error(field, f"must be a number, not {shown(value)}{hint}", "type")
    try:
        result = float(value) + 0.0  # of the two zeros the one without a sign
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise place.error(field, f"must be a finite number, not {shown(value)} (NaN, infinite or too large)", "number")
    return result


def flag(place: Place, field: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise place.error(field, f"must be true or false, not {shown(value)}", "type")
    return value


def pair(place: Place, field: str, value: object, meaning: str) -> tuple[float, float]:
    """A list of two numbers; ``meaning`` says which, such as "[low, high]"."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise place.error(field, f"must be two numbers, {meaning}, not {shown(value)}", "type")
    return number(place, field, value[0]), number(place, field, value[1])


def name(place: Place, field: str, value: object) -> str:
    """The name of a variable, in Unicode's normal form C."""
    result = normalize("NFC", value) if isinstance(value, str) else ""
    if not result.isidentifier():
        hint = "a name has letters, digits and _ only, and does not begin with a digit; put what people read into label"
        raise place.error(field, f"{shown(value)} cannot be a name; {hint}", "names")
    return result


def names(place: Place, field: str, value: object, example: str) -> tuple[str, ...]:
    """A list of names, none of them twice."""
    result = tuple(name(place, field, entry) for entry in items(place, field, value, f"names, such as {example}"))
    refuse_twins(place, field, result)
    return result


def refuse_twins(place: Place, field: str, entries: Iterable[str]) -> None:
    """Refuse a text that stands twice in a list."""
    seen: set[str] = set()
    for entry in entries:
        if entry in seen:
            raise place.error(field, f"has {shown(entry)} twice; write it once", "duplicate")
        seen.add(entry)


def by_name(place: Place, field: str, value: object) -> dict[str, Any]:
    """A table whose keys are names of variables; two that are the same name after NFC collide."""
    result: dict[str, Any] = {}
    for key, entry in table(place, field, value).items():
        normal = name(place, field, key)
        if normal in result:
            raise place.error(field, f"gives the name {shown(normal)} twice; every name must be different", "duplicate")
        result[normal] = entry
    return result
