"""A key from a line of its file: every field is checked, and the first that will not do is named with what would."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields
from typing import Any, NoReturn, get_args

from causal.errors import BadQuery
from causal.labs.questions.grading.keys import Key
from causal.labs.questions.grading.roads import Road
from causal.labs.questions.reading.numerals import LARGEST
from causal.labs.questions.writing.families import Asks
from causal.labs.questions.writing.levels import LEVELS, SAME, Kind
from causal.words.catalogue import known
from causal.words.sentence import Listed, Sentence


def from_json(data: Mapping[str, Any]) -> Key:
    """A key from the data of its line. Raises BadQuery, in the reader's words."""
    unknown = next((name for name in data if name not in _CHECKS), None)
    if unknown is not None:
        raise _bad("errors.keyfile.unknown", name=unknown[:40], known=Listed(_CHECKS, "comma"))
    missing = next((f.name for f in fields(Key) if f.name not in data and f.default is MISSING), None)
    if missing:
        raise _bad("errors.keyfile.missing", name=missing)
    found = Key(**{name: _CHECKS[name](name, value) for name, value in data.items()})
    _agree(found)
    return found


def _agree(key: Key) -> None:
    """Fields that must go together. Raises BadQuery."""
    if key.kind != "unknown" and (key.kind in ("yes", "no")) != (key.asks == "more"):
        raise _bad("errors.keyfile.kind", kind=key.kind, asks=key.asks)
    if (key.low is None or key.high is None) and key.kind in ("number", "limits"):
        raise _bad("errors.keyfile.no_ends", kind=key.kind)
    if key.low is not None and key.high is not None:
        if key.low > key.high:
            raise _bad("errors.keyfile.order", low=key.low, high=key.high)
        if key.kind == "number" and key.high - key.low > SAME:
            raise _bad("errors.keyfile.two_ends")


# -- one field ---------------------------------------------------------------------------------------------------------


def _text(name: str, value: object) -> str:
    return value if isinstance(value, str) else _refuse(name, value, "errors.keyfile.text")


def _id(name: str, value: object) -> str:
    return _text(name, value) or _refuse(name, value, "errors.keyfile.no_empty_text")


def _one_of(choices: Collection[str]) -> Callable[[str, object], Any]:
    known = Listed((choice or '""' for choice in choices), "comma")
    return lambda name, value: (
        value
        if isinstance(value, str) and value in choices
        else _refuse(name, value, "errors.keyfile.one_of", known=known)
    )


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        _refuse(name, value, "errors.keyfile.number")
    return float(value)


def _number_or_none(name: str, value: object) -> float | None:
    return None if value is None else _number(name, value)


def _not_negative(name: str, value: object) -> float:
    return _number(name, value) if _number(name, value) >= 0 else _refuse(name, value, "errors.keyfile.not_negative")


def _flag(name: str, value: object) -> bool:
    return value if isinstance(value, bool) else _refuse(name, value, "errors.keyfile.flag")


def _up_to(most: int) -> Callable[[str, object], int]:
    def whole(name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            _refuse(name, value, "errors.keyfile.up_to", most=most)
        return value

    return whole


def _true_limits(name: str, value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or len(value) != 2:
        _refuse(name, value, "errors.keyfile.limits")
    low, high = (_number(name, end) for end in value)
    return (low, high) if low <= high else _refuse(name, value, "errors.keyfile.limits_order")


def _roads(name: str, value: object) -> tuple[Road, ...]:
    if not isinstance(value, list | tuple):
        _refuse(name, value, "errors.keyfile.list")
    return tuple(_road(name, road) for road in value)


def _road(name: str, value: object) -> Road:
    if not isinstance(value, Mapping) or not {"key", "value"} <= set(value) <= {"key", "value", "labels"}:
        _refuse(name, value, "errors.keyfile.roads")
    found = Road(
        _text(f"{name}: key", value["key"]),
        _number(f"{name}: value", value["value"]),
        _text(f"{name}: labels", value.get("labels", "")),
    )
    if not known(f"chatbot.road.{found.key}"):
        _refuse(f"{name}: key", found.key, "errors.keyfile.road")
    return found


def _refuse(name: str, value: object, right: str, **values: object) -> NoReturn:
    found = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)[:40]
    raise _bad("errors.keyfile.field", name=name, found=found, right=Sentence(right, **values))


def _bad(key: str, **values: object) -> BadQuery:
    return BadQuery("errors.keyfile.no_key", "key", problem=Sentence(key, **values))


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
