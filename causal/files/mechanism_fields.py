"""Read and write the mechanisms of a model file: p, cpt, function, linear, and the chance of exogenous variables.

A row stands for one combination of the parents' states, the last parent moving fastest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum, prod
from typing import Any, assert_never

from causal.errors import one_of
from causal.files.fields import Place, by_name, items, known_fields, number, shown, table, text
from causal.models.mechanisms import Function, Linear, Mechanism, Table
from causal.models.model import Variable
from causal.words.sentence import Listed, Sentence

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
        raise place.error("p", "errors.files.p_beside_mean", "mechanism")
    for key in ("mean", "sd"):
        if key not in data:
            raise place.error(key, "errors.files.half_gaussian", "missing-field")
    return Linear(number(place, "mean", data["mean"]), (), _spread(place, "sd", data["sd"]))


def mechanism(place: Place, variable: Variable, data: Mapping[str, Any], parents: Sequence[Variable]) -> Mechanism:
    """The mechanism of an endogenous variable, whose ``parents`` are read already (without their mechanisms)."""
    fields = given(variable, data)
    if len(fields) > 1:
        names, kinds = Listed(fields), Listed(KINDS, "comma")
        raise place.error("", "errors.files.several_kinds", "mechanism", fields=names, kinds=kinds)
    (field,) = fields
    if field == "linear":
        return _linear(place, variable, data["linear"])
    states = _states(place, variable, field)
    if field == "p":
        if parents:
            raise place.error("p", "errors.files.p_with_parents", "mechanism")
        return Table((_distribution(place, "p", data["p"], states),))
    rows = items(place, field, data[field], "errors.files.rows" if field == "cpt" else "errors.files.states")
    _count(place, field, rows, parents)
    if field == "cpt":
        return Table(
            tuple(_distribution(place, "cpt", row, states, i) for i, row in enumerate(rows, 1)), data.get("coupling")
        )
    return Function(_function(place, rows, states))


def _states(place: Place, variable: Variable, field: str) -> tuple[str, ...]:
    if not variable.states:
        raise place.error("states", "errors.files.needs_states", "missing-field", field=field)
    return variable.states


def _count(place: Place, field: str, rows: Sequence[Any], parents: Sequence[Variable]) -> None:
    wanted = prod(len(p.states) for p in parents)
    if len(rows) == wanted:
        return
    if not parents:
        raise place.error(field, "errors.files.rows_without_parents", "rows", n=len(rows))
    problem = "errors.files.rows_of_parent" if len(parents) == 1 else "errors.files.rows_of_parents"
    names = Listed((Sentence("errors.files.parent", name=p.name, n=len(p.states)) for p in parents), most=8)
    many = wanted if wanted < 10**15 else Sentence("errors.files.very_many")
    raise place.error(field, problem, "rows", n=len(rows), parents=names, wanted=many)


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
    if not isinstance(row, list | tuple):
        problem = "errors.files.row_no_list" if line else "errors.files.p_no_list"
        raise place.error(field, problem, "rows", row=line, states=len(states), found=shown(row))
    if len(row) != len(states):
        problem = "errors.files.row_length" if line else "errors.files.p_length"
        raise place.error(field, problem, "rows", row=line, n=len(row), states=len(states))
    numbers = [number(place, field, entry) for entry in row]
    for entry in numbers:
        if entry < 0:
            problem = "errors.files.row_negative" if line else "errors.files.p_negative"
            raise place.error(field, problem, "probabilities", row=line, found=shown(entry))
    # Adding up may leave the range of numbers only where a single probability is far above 1.
    total = fsum(numbers) if max(numbers) < 1e300 else max(numbers)
    if abs(total - 1) > TOLERANCE + 1e-12:
        problem = "errors.files.row_sum" if line else "errors.files.p_sum"
        raise place.error(field, problem, "probabilities", row=line, total=total)
    return tuple(numbers) if abs(total - 1) <= ROUNDING else tuple(x / total for x in numbers)


def _function(place: Place, rows: Sequence[Any], states: tuple[str, ...]) -> tuple[str, ...]:
    legal = set(states)
    for i, row in enumerate(rows, 1):
        if text(place, "function", row) not in legal:
            known = one_of(states, row)
            raise place.error("function", "errors.files.row_no_state", "states", row=i, found=shown(row), known=known)
    return tuple(rows)


def _linear(place: Place, variable: Variable, value: object) -> Linear:
    data = table(place, "linear", value)
    known_fields(Place(place.file, place.field("linear")), data, ("intercept", "coefficients", "sd"))
    for key in ("intercept", "sd", "coefficients") if variable.parents else ("intercept", "sd"):
        if key not in data:
            raise place.error("linear", "errors.files.linear_lacks", "missing-field", field=key)
    coefficients = by_name(place, "linear.coefficients", data.get("coefficients", {}))
    if set(coefficients) != set(variable.parents):
        right = Listed(variable.parents[:12], "comma") if variable.parents else Sentence("errors.files.no_parents")
        wrong = Listed(sorted(set(coefficients) ^ set(variable.parents))[:12], "comma")
        problem = "errors.files.coefficients"
        raise place.error("linear.coefficients", problem, "unknown-parent", parents=right, wrong=wrong)
    return Linear(
        number(place, "linear.intercept", data["intercept"]),
        tuple(number(place, f"linear.coefficients.{p}", coefficients[p]) for p in variable.parents),
        _spread(place, "linear.sd", data["sd"]),
    )


def _spread(place: Place, field: str, value: object) -> float:
    sd = number(place, field, value)
    if sd < 0:
        raise place.error(field, "errors.files.negative_sd", "number", found=shown(sd))
    return abs(sd)


def written(v: Variable) -> dict[str, Any]:
    """The fields of a variable's mechanism, as ``chance`` and ``mechanism`` read them."""
    match v.mechanism:
        case Table(rows, coupling):
            numbers: dict[str, Any] = (
                {"cpt": [numbers_written(row) for row in rows]} if v.parents else {"p": numbers_written(rows[0])}
            )
            return numbers | ({"coupling": coupling} if coupling else {})
        case Function(states):
            return {"function": list(states)}
        case Linear(intercept, coefficients, sd):
            if v.exogenous:
                return {"mean": number_written(intercept), "sd": number_written(sd)}
            named = {p: number_written(c) for p, c in zip(v.parents, coefficients, strict=True)}
            return {"linear": {"intercept": number_written(intercept), "coefficients": named, "sd": number_written(sd)}}
        case None:
            return {}
        case other:
            assert_never(other)


def number_written(x: float) -> float | int:
    """Whole numbers are written without a point: 12, not 12.0."""
    return int(x) if x.is_integer() and abs(x) < 1e15 else x


def numbers_written(xs: Iterable[float]) -> list[float | int]:
    """Each as ``number_written`` has it."""
    return [number_written(x) for x in xs]
