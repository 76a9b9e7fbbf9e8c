"""What a model file says about the finished model: named units with their facts, and the answers it must reproduce."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
from causal.queries.parsing import parse
from causal.queries.query import Query, Term, as_text

ANSWERS = ("value", "distribution", "interval", "mean", "error")
EXPECTED = ("query", *ANSWERS, "sd", "sharp", "tolerance", "source")
DEFAULT_TOLERANCE = 1e-9


def read_units(place: Place, value: object, model: Model) -> tuple[Unit, ...]:
    """The named units; every fact is a state or a finite number of a variable of the model.

    Facts about latent and exogenous variables are legal; whether facts can happen together is for the engine to say.
    """
    units = []
    for i, entry in enumerate(items(place, "units", value, "tables, as in [[units]]"), 1):
        here = Place(place.file, f"unit {i}")
        data = table(here, "", entry)
        known_fields(here, data, ("name", "facts"))
        if "name" not in data:
            raise here.error("name", 'is missing; write name = "..."', "missing-field")
        who = text(here, "name", data["name"])
        if not who.strip():
            raise here.error("name", "is empty; a unit needs a name", "names")
        here = Place(place.file, f"unit {shown(who)}")
        facts = by_name(here, "facts", data.get("facts", {}))
        units.append(Unit(who, tuple((key, _fact(here, key, fact, model)) for key, fact in facts.items())))
    refuse_twins(place, "units", (unit.name for unit in units))
    return tuple(units)


def _fact(place: Place, key: str, value: object, model: Model) -> str:
    field = f"facts.{key[:80]}"
    if key not in model:
        problem = f"{shown(key)} is no variable of this model; {one_of((v.name for v in model), key)}"
        raise place.error(field, problem, "unknown-name")
    variable = model[key]
    if variable.continuous or not (variable.states or isinstance(value, str)):
        return as_text(number(place, field, value))
    state = text(place, field, value)
    if variable.states and state not in variable.states:
        problem = f"{shown(state)} is no state of {key}; {one_of(variable.states, state)}"
        raise place.error(field, problem, "unknown-state")
    return state


def read_expected(place: Place, value: object, model: Model) -> tuple[Expected, ...]:
    """The published answers; each query must be one that this model can be asked, unless its answer is an error."""
    expected = []
    for i, entry in enumerate(items(place, "expected", value, "tables, as in [[expected]]"), 1):
        here = Place(place.file, f"expected answer {i}")
        data = table(here, "", entry)
        known_fields(here, data, EXPECTED)
        if "query" not in data:
            raise here.error("query", 'is missing; write query = "P(...)"', "missing-field")
        query = text(here, "query", data["query"])
        answer = _answer(here, data)
        _check_query(here, query, data, model)
        tolerance = number(here, "tolerance", data["tolerance"]) if "tolerance" in data else DEFAULT_TOLERANCE
        if tolerance < 0:
            raise here.error("tolerance", f"is {tolerance:g}; it is 0 or more", "number")
        expected.append(Expected(query, answer, tolerance, text(here, "source", data.get("source", ""))))
    return tuple(expected)


def _answer(place: Place, data: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
    have = [key for key in ANSWERS if key in data]
    if len(have) != 1 or ("sd" in data) != (have == ["mean"]):
        found = " and ".join(key for key in (*ANSWERS, "sd") if key in data) or "no answer"
        problem = f"has {found}; give exactly one of value, distribution, interval, mean with sd, or error"
        raise place.error("", problem, "expected")
    (key,) = have
    if "sharp" in data and key != "interval":
        raise place.error("sharp", "is said of intervals only; leave it out here", "expected")
    sharp = (("sharp", flag(place, "sharp", data["sharp"])),) if "sharp" in data else ()
    if key == "interval":
        return (("interval", _interval(place, "interval", data["interval"])), *sharp)
    if key == "mean":
        sd = number(place, "sd", data["sd"])
        if sd < 0:
            raise place.error("sd", f"is {sd:g}; a standard deviation is 0 or more", "number")
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
    low, high = pair(place, field, value, "[low, high]")
    if low > high:
        raise place.error(field, f"goes from {low:g} to {high:g}; the low end comes first", "expected")
    return low, high


def _check_query(place: Place, query: str, data: Mapping[str, Any], model: Model) -> None:
    try:
        parsed = parse(query, model)
    except CausalError as error:
        if "error" in data:
            return
        raise place.error(
            "query", f"{shown(query)} cannot be asked of this model: {error.message}", "expected"
        ) from error
    if "distribution" in data:
        _check_shares(place, parsed, data["distribution"], model)


def _check_shares(place: Place, query: Query, shares: Mapping[str, Any], model: Model) -> None:
    if not isinstance(query, Term) or query.kind != "P" or query.event[0].relation is not None:
        raise place.error(
            "distribution", "answers a query like P(Y | ...) only, without a value left of the bar", "expected"
        )
    states = model[query.event[0].variable].states
    for state in shares:
        if states and state not in states:
            raise place.error("distribution", f"{shown(state)} is no state; {one_of(states, state)}", "unknown-state")
