"""What a model file says about the finished model: named units with their facts, and the answers it must reproduce."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from causal.errors import CausalError, one_of
from causal.files.fields import (
    Place,
    by_name,
    flag,
    items,
    known_fields,
    number,
    pair,
    refuse_twins,
    shown,
    table,
    text,
    texts,
)
from causal.models.model import Expected, Model, Unit
from causal.models.support import RealLine, States, Unstated
from causal.queries.parsing import parse
from causal.queries.query import Query, Term, as_text
from causal.words.sentence import Listed, Sentence

ANSWERS = ("value", "distribution", "interval", "mean", "error")
EXPECTED = ("query", *ANSWERS, "sd", "sharp", "tolerance", "source")
DEFAULT_TOLERANCE = 1e-9


def read_units(place: Place, value: object, model: Model) -> tuple[Unit, ...]:
    """The named units; every fact is a state or a finite number of a variable of the model.

    Facts about latent and exogenous variables are legal; whether facts can happen together is for the engine to say.
    """
    units = []
    for i, entry in enumerate(items(place, "units", value, "errors.files.tables", name="units"), 1):
        here = Place(place.file, Sentence("errors.files.unit", unit=i))
        data = table(here, "", entry)
        known_fields(here, data, ("name", "facts"))
        if "name" not in data:
            raise here.error("name", "errors.files.unit_no_name", "missing-field")
        who = text(here, "name", data["name"])
        if not who.strip():
            raise here.error("name", "errors.files.unit_empty_name", "names")
        here = Place(place.file, Sentence("errors.files.unit", unit=shown(who)))
        facts = by_name(here, "facts", data.get("facts", {}))
        units.append(Unit(who, tuple((key, _fact(here, key, fact, model)) for key, fact in facts.items())))
    refuse_twins(place, "units", (unit.name for unit in units))
    return tuple(units)


def _fact(place: Place, key: str, value: object, model: Model) -> str:
    field = f"facts.{key[:80]}"
    if key not in model:
        known = one_of((v.name for v in model), key)
        raise place.error(field, "errors.files.no_variable", "unknown-name", name=shown(key), known=known)
    match model[key].support:
        case RealLine():
            return as_text(number(place, field, value))
        case States(states):
            state = text(place, field, value)
            if state not in states:
                values = {"found": shown(state), "name": key, "known": one_of(states, state)}
                raise place.error(field, "errors.files.no_state_of", "unknown-state", **values)
            return state
        case Unstated():
            return text(place, field, value) if isinstance(value, str) else as_text(number(place, field, value))
        case other:
            assert_never(other)


def read_expected(place: Place, value: object, model: Model) -> tuple[Expected, ...]:
    """The published answers; each query must be one that this model can be asked, unless its answer is an error."""
    expected = []
    for i, entry in enumerate(items(place, "expected", value, "errors.files.tables", name="expected"), 1):
        here = Place(place.file, Sentence("errors.files.expected", n=i))
        data = table(here, "", entry)
        known_fields(here, data, EXPECTED)
        if "query" not in data:
            raise here.error("query", "errors.files.no_query", "missing-field")
        query = text(here, "query", data["query"])
        answer = _answer(here, data)
        _check_query(here, query, data, model)
        tolerance = number(here, "tolerance", data["tolerance"]) if "tolerance" in data else DEFAULT_TOLERANCE
        if tolerance < 0:
            raise here.error("tolerance", "errors.files.negative", "number", found=tolerance)
        expected.append(Expected(query, answer, tolerance, text(here, "source", data.get("source", ""))))
    return tuple(expected)


def _answer(place: Place, data: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
    have = [key for key in ANSWERS if key in data]
    if len(have) != 1 or ("sd" in data) != (have == ["mean"]):
        names = [key for key in (*ANSWERS, "sd") if key in data]
        found = Listed(names) if names else Sentence("errors.files.no_answer")
        raise place.error("", "errors.files.one_answer", "expected", found=found)
    (key,) = have
    if "sharp" in data and key != "interval":
        raise place.error("sharp", "errors.files.sharp", "expected")
    sharp = (("sharp", flag(place, "sharp", data["sharp"])),) if "sharp" in data else ()
    if key == "interval":
        return (("interval", _interval(place, "interval", data["interval"])), *sharp)
    if key == "mean":
        sd = number(place, "sd", data["sd"])
        if sd < 0:
            raise place.error("sd", "errors.files.negative_sd", "number", found=f"{sd:g}")
        return (("mean", number(place, "mean", data["mean"])), ("sd", sd))
    if key == "distribution":
        shares = table(place, "distribution", data["distribution"])
        return (("distribution", tuple((text(place, key, s), _share(place, s, share)) for s, share in shares.items())),)
    if key == "error":
        kinds = data["error"]
        listed = isinstance(kinds, list | tuple)
        return (("error", texts(place, "error", kinds, '"bad-query"') if listed else text(place, "error", kinds)),)
    return (("value", number(place, "value", data["value"])),)


def _share(place: Place, state: str, share: object) -> float | tuple[float, float]:
    field = f"distribution.{state[:80]}"
    return _interval(place, field, share) if isinstance(share, list | tuple) else number(place, field, share)


def _interval(place: Place, field: str, value: object) -> tuple[float, float]:
    low, high = pair(place, field, value, "errors.files.low_high")
    if low > high:
        raise place.error(field, "errors.files.ends", "expected", low=low, high=high)
    return low, high


def _check_query(place: Place, query: str, data: Mapping[str, Any], model: Model) -> None:
    try:
        parsed = parse(query, model)
    except CausalError as error:
        if "error" in data:
            return
        problem = "errors.files.cannot_be_asked"
        raise place.error("query", problem, "expected", query=shown(query), why=error.sentence) from error
    if "distribution" in data:
        _check_shares(place, parsed, data["distribution"], model)


def _check_shares(place: Place, query: Query, shares: Mapping[str, Any], model: Model) -> None:
    if not isinstance(query, Term) or query.kind != "P" or query.event[0].relation is not None:
        raise place.error("distribution", "errors.files.no_distribution", "expected")
    states = model[query.event[0].variable].states
    for state in shares:
        if states and state not in states:
            known = one_of(states, state)
            raise place.error("distribution", "errors.files.no_state", "unknown-state", found=shown(state), known=known)
