"""Read the mechanisms of a model file: p, cpt, function, linear, and the distributions of exogenous variables.

A row stands for one combination of the parents' states, the last parent moving fastest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, prod
from typing import Any

from causal.errors import one_of
from causal.files.fields import Place, by_name, items, known_fields, number, shown, table, text
from causal.models.model import Function, Linear, Mechanism, Table, Variable

KINDS = ("p", "cpt", "function", "linear")
CHANCE = ("p", "mean", "sd")
TOLERANCE = 1e-6  # how far a row of probabilities may be from summing to 1
ROUNDING = 4.5e-16  # a row divided by its sum once may still be this far from 1: it is left as it is


def given(variable: Variable, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of the fields that carry a variable's numbers the file has."""
    return tuple(key for key in (CHANCE if variable.exogenous else KINDS) if key in data)


def chance(place: Place, variable: Variable, data: Mapping[str, Any]) -> Mechanism:
    """The distribution of an exogenous variable: p over its states, or the mean and sd of a Gaussian."""
    fields = given(variable, data)
    if fields == ("p",):
        return Table((_distribution(place, "p", data["p"], _states(place, variable, "p")),))
    if "p" in fields:
        raise place.error("p", "stands beside mean or sd; give states and p, or mean and sd, not both", "mechanism")
    for key in ("mean", "sd"):
        if key not in data:
            raise place.error(key, "is missing; a Gaussian variable has both mean and sd", "missing-field")
    return Linear(number(place, "mean", data["mean"]), (), _spread(place, "sd", data["sd"]))


def mechanism(place: Place, variable: Variable, data: Mapping[str, Any], parents: Sequence[Variable]) -> Mechanism:
    """The mechanism of an endogenous variable, whose ``parents`` are read already (without their mechanisms)."""
    fields = given(variable, data)
    if len(fields) > 1:
        raise place.error("", f"has {' and '.join(fields)}; exactly one of {', '.join(KINDS)} is right", "mechanism")
    (field,) = fields
    if field == "linear":
        return _linear(place, variable, data["linear"])
    states = _states(place, variable, field)
    if field == "p":
        if parents:
            raise place.error(
                "p", "is for variables without parents; give a cpt with one row per combination", "mechanism"
            )
        return Table((_distribution(place, "p", data["p"], states),))
    rows = items(place, field, data[field], "rows" if field == "cpt" else "states")
    _count(place, field, rows, parents)
    if field == "cpt":
        return Table(
            tuple(_distribution(place, "cpt", row, states, i) for i, row in enumerate(rows, 1)), data.get("coupling")
        )
    return Function(_function(place, rows, states))


def _states(place: Place, variable: Variable, field: str) -> tuple[str, ...]:
    if not variable.states:
        raise place.error(
            "states", f'is missing; {field} needs the list of states, such as ["no", "yes"]', "missing-field"
        )
    return variable.states


def _count(place: Place, field: str, rows: Sequence[Any], parents: Sequence[Variable]) -> None:
    wanted = prod(len(p.states) for p in parents)
    if len(rows) == wanted:
        return
    have = f"{len(rows)} row{'s' * (len(rows) != 1)}"
    if not parents:
        raise place.error(field, f"has {have}, but a variable without parents has exactly 1", "rows")
    listed = [f"{p.name} ({len(p.states)} state{'s' * (len(p.states) != 1)})" for p in parents[:8]]
    listed += [f"{len(parents) - 8} more"] * (len(parents) > 8)
    several = len(listed) > 1
    who = f"parents {', '.join(listed[:-1])} and {listed[-1]} have" if several else f"parent {listed[0]} has"
    many = str(wanted) if wanted < 10**15 else "more than 10^15"
    order = ", the last parent moving fastest" if several else ""
    raise place.error(field, f"has {have}, but its {who} {many} combinations: write one row for each{order}", "rows")


def _distribution(place: Place, field: str, row: object, states: tuple[str, ...], line: int = 0) -> tuple[float, ...]:
    """One row, divided by its sum. The quick way first: tables may have a million rows."""
    if type(row) is list and len(row) == len(states) and {*map(type, row)} <= {float, int}:
        try:
            total = fsum(row)
        except (OverflowError, ValueError):
            total = -1.0
        if abs(total - 1) <= ROUNDING and min(row) >= 0:
            return tuple(map(float, row))
        if abs(total - 1) <= TOLERANCE + 1e-12 and min(row) >= 0:
            return tuple(x / total for x in row)
    which = f"row {line} " if line else ""
    if not isinstance(row, list | tuple):
        also = "; for a variable without parents use p" if line else ""
        raise place.error(
            field, f"{which}must be a list of {len(states)} probabilities, not {shown(row)}{also}", "rows"
        )
    if len(row) != len(states):
        have = f"{len(row)} probabilit{'y' if len(row) == 1 else 'ies'}"
        raise place.error(field, f"{which}has {have}, but there are {len(states)} states: give one for each", "rows")
    numbers = [number(place, field, entry) for entry in row]
    for entry in numbers:
        if entry < 0:
            raise place.error(
                field, f"{which}has the probability {shown(entry)}; none may be negative", "probabilities"
            )
    # Adding up may leave the range of numbers only where a single probability is far above 1.
    total = fsum(numbers) if max(numbers) < 1e300 else max(numbers)
    if abs(total - 1) > TOLERANCE + 1e-12:
        raise place.error(
            field, f"{which}sums to {total:.8g}; probabilities must sum to 1 (within 0.000001)", "probabilities"
        )
    return tuple(numbers) if abs(total - 1) <= ROUNDING else tuple(x / total for x in numbers)


def _function(place: Place, rows: Sequence[Any], states: tuple[str, ...]) -> tuple[str, ...]:
    legal = set(states)
    for i, row in enumerate(rows, 1):
        if text(place, "function", row) not in legal:
            raise place.error(
                "function", f"row {i} is {shown(row)}, which is no state; {one_of(states, row)}", "states"
            )
    return tuple(rows)


def _linear(place: Place, variable: Variable, value: object) -> Linear:
    data = table(place, "linear", value)
    known_fields(Place(place.file, f"{place.inside}, field linear"), data, ("intercept", "coefficients", "sd"))
    for key in ("intercept", "sd") + ("coefficients",) * bool(variable.parents):
        if key not in data:
            right = "linear = { intercept = 0, coefficients = { ... }, sd = 1 }"
            raise place.error("linear", f"lacks {key}; write all three: {right}", "missing-field")
    coefficients = by_name(place, "linear.coefficients", data.get("coefficients", {}))
    if set(coefficients) != set(variable.parents):
        listed = ", ".join(variable.parents[:12]) or "none"
        wrong = ", ".join(sorted(set(coefficients) ^ set(variable.parents))[:12])
        problem = f"must name exactly the parents (which are: {listed}); missing or too many: {wrong}"
        raise place.error("linear.coefficients", problem, "unknown-parent")
    return Linear(
        number(place, "linear.intercept", data["intercept"]),
        tuple(number(place, f"linear.coefficients.{p}", coefficients[p]) for p in variable.parents),
        _spread(place, "linear.sd", data["sd"]),
    )


def _spread(place: Place, field: str, value: object) -> float:
    sd = number(place, field, value)
    if sd < 0:
        raise place.error(field, f"is {shown(sd)}; a standard deviation is 0 or more", "number")
    return abs(sd)
