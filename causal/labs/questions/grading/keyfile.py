"""A key from a line of its file: every field is checked, and the first that will not do is named with what would."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields
from typing import Any, NoReturn, get_args

from causal.errors import BadQuery
from causal.labs.questions.grading.keys import Key
from causal.labs.questions.grading.roads import Road
from causal.labs.questions.reading.numerals import LARGEST
from causal.labs.questions.wording import say
from causal.labs.questions.writing.families import Asks
from causal.labs.questions.writing.levels import LEVELS, SAME, Kind


def from_json(data: Mapping[str, Any]) -> Key:
    """A key from the data of its line. Raises BadQuery, in the reader's words."""
    unknown = next((name for name in data if name not in _CHECKS), None)
    if unknown is not None:
        raise _bad(f"a key has no field {unknown[:40]}; its fields are {', '.join(_CHECKS)}")
    missing = next((f.name for f in fields(Key) if f.name not in data and f.default is MISSING), None)
    if missing:
        raise _bad(f"the field {missing} is missing")
    found = Key(**{name: _CHECKS[name](name, value) for name, value in data.items()})
    _agree(found)
    return found


def _agree(key: Key) -> None:
    """Fields that must go together. Raises BadQuery."""
    if key.kind != "unknown" and (key.kind in ("yes", "no")) != (key.asks == "more"):
        raise _bad(f"the field kind is {key.kind}, which does not answer a question that asks {key.asks}")
    if (key.low is None or key.high is None) and key.kind in ("number", "limits"):
        raise _bad(f"the fields low and high must be numbers where kind is {key.kind}")
    if key.low is not None and key.high is not None:
        if key.low > key.high:
            raise _bad(f"the field low is {key.low:g}, but must not be greater than high, {key.high:g}")
        if key.kind == "number" and key.high - key.low > SAME:
            raise _bad("the fields low and high must be equal where kind is number")


# -- one field ---------------------------------------------------------------------------------------------------------


def _text(name: str, value: object) -> str:
    return value if isinstance(value, str) else _refuse(name, value, "a text")


def _id(name: str, value: object) -> str:
    return _text(name, value) or _refuse(name, value, "a text that is not empty")


def _one_of(choices: Collection[str]) -> Callable[[str, object], Any]:
    named = ", ".join(choice or '""' for choice in choices)
    return lambda name, value: (
        value if isinstance(value, str) and value in choices else _refuse(name, value, f"one of {named}")
    )


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        _refuse(name, value, "a number of common size")
    return float(value)


def _number_or_none(name: str, value: object) -> float | None:
    return None if value is None else _number(name, value)


def _not_negative(name: str, value: object) -> float:
    return _number(name, value) if _number(name, value) >= 0 else _refuse(name, value, "0 or more")


def _flag(name: str, value: object) -> bool:
    return value if isinstance(value, bool) else _refuse(name, value, "true or false")


def _up_to(most: int) -> Callable[[str, object], int]:
    def whole(name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            _refuse(name, value, f"a whole number from 0 to {most}")
        return value

    return whole


def _true_limits(name: str, value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or len(value) != 2:
        _refuse(name, value, "two numbers, or null")
    low, high = (_number(name, end) for end in value)
    return (low, high) if low <= high else _refuse(name, value, "two numbers, the lower one first")


def _roads(name: str, value: object) -> tuple[Road, ...]:
    if not isinstance(value, list | tuple):
        _refuse(name, value, "a list")
    return tuple(_road(name, road) for road in value)


def _road(name: str, value: object) -> Road:
    if not isinstance(value, Mapping) or not {"key", "value"} <= set(value) <= {"key", "value", "labels"}:
        _refuse(name, value, "a list of objects with key, value and labels")
    found = Road(
        _text(f"{name}: key", value["key"]),
        _number(f"{name}: value", value["value"]),
        _text(f"{name}: labels", value.get("labels", "")),
    )
    try:
        say(f"road.{found.key}", labels=found.labels)
    except KeyError:
        _refuse(f"{name}: key", found.key, "the name of a wrong road")
    return found


def _refuse(name: str, value: object, right: str) -> NoReturn:
    said = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)[:40]
    raise _bad(f"the field {name} is {said}, but must be {right}")


def _bad(what: str) -> BadQuery:
    return BadQuery(f"it is no key of this lab: {what}", "key")


_CHECKS: Mapping[str, Callable[[str, Any], Any]] = {
    "id": _id,
    "asks": _one_of(get_args(Asks)),
    "kind": _one_of(get_args(Kind)),
    "low": _number_or_none,
    "high": _number_or_none,
    "sharp": _flag,
    "tolerance": _not_negative,
    "unit": _text,
    "roads": _roads,
    "rung": _up_to(3),
    "difficulty": _up_to(5),
    "level": _one_of(("", *LEVELS)),
    "query": _text,
    "story": _text,
    "naming": _text,
    "holds": _true_limits,
}
