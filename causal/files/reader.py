"""From the data of a file to a Model, or to one error that says which rule of the format it breaks, and where.

The order is that of a reader: the top of the file, each variable by itself, the graph, the mechanisms, and at last what
speaks about the finished model (units and expected answers).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from causal.errors import one_of
from causal.files import fields, mechanism_fields
from causal.files.fields import Place, shown
from causal.files.published import read_expected, read_units
from causal.models.model import Model, Variable

TEXTS = ("id", "title", "story", "source", "question")
TOP = ("format", *TEXTS, "treatment", "outcome", "invented", "exogenous", "variables", "units", "expected")
DISCRETE = ("states", "values", "state_labels")
CONTINUOUS = ("unit", "range", "step")
GAUSSIAN = ("linear", "mean", "sd")
ENDOGENOUS = ("label", "parents", *mechanism_fields.KINDS, "coupling", "latent", *DISCRETE, *CONTINUOUS, "position")
EXOGENOUS = ("label", "states", *mechanism_fields.CHANCE, "unit", "position")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)


def from_dict(data: Mapping[str, Any], name: str = "model") -> Model:
    """The model that ``data`` describes, in the shape of a parsed TOML or JSON file; messages call the file ``name``.

    Raises BadModel, whose finer kind is the rule that was broken.
    """
    place = Place(name)
    top = fields.table(place, "", data)
    fields.known_fields(place, top, TOP)
    _check_format(place, top)
    variables = _variables(place, top)
    _check_graph(place, variables)
    variables = _with_mechanisms(place, top, variables)
    positioned = [v.position is not None for v in variables.values() if not v.exogenous]
    if any(positioned) and not all(positioned):
        lacking = [v.name for v in variables.values() if not v.exogenous and v.position is None]
        raise place.error(
            "position", f"give it to all variables or to none; lacking: {_listed(lacking)}", "missing-field"
        )
    heading: dict[str, Any] = {key: fields.text(place, key, top[key]) for key in TEXTS if key in top}
    heading |= {key: _role(place, key, top[key], variables) for key in ("treatment", "outcome") if key in top}
    heading["invented"] = "invented" in top and fields.flag(place, "invented", top["invented"])
    model = Model(tuple(variables.values()), **heading)
    model = replace(model, units=read_units(place, top.get("units", ()), model))
    return replace(model, expected=read_expected(place, top.get("expected", ()), model))


def _check_format(place: Place, top: Mapping[str, Any]) -> None:
    if "format" not in top:
        raise place.error("format", "is missing; write format = 1", "missing-field")
    if type(top["format"]) is not int or top["format"] != 1:
        raise place.error("format", f"is {shown(top['format'])}; the only format there is, is the number 1", "format")
    if "variables" not in top:
        raise place.error(
            "variables", "is missing; a model has at least one variable, as in [variables.X]", "missing-field"
        )


def _variables(place: Place, top: Mapping[str, Any]) -> dict[str, Variable]:
    exogenous = fields.by_name(place, "exogenous", top.get("exogenous", {}))
    endogenous = fields.by_name(place, "variables", top["variables"])
    if not endogenous:
        raise place.error(
            "variables", "is empty; a model has at least one variable, as in [variables.X]", "missing-field"
        )
    for name in exogenous:
        if name in endogenous:
            problem = f"{name} is among exogenous and among variables; every name must be different"
            raise place.error("exogenous", problem, "duplicate")
    outside = {name: _variable(_place(place, name, True), name, data, True) for name, data in exogenous.items()}
    return outside | {
        name: _variable(_place(place, name, False), name, data, False) for name, data in endogenous.items()
    }


def _place(place: Place, name: str, exogenous: bool) -> Place:
    return Place(place.file, f"{'exogenous variable' if exogenous else 'variable'} {name[:80]}")


def _variable(place: Place, name: str, value: object, exogenous: bool) -> Variable:
    """All of a variable but its mechanism."""
    data = fields.table(place, "", value)
    fields.known_fields(place, data, EXOGENOUS if exogenous else ENDOGENOUS)
    states = _states(place, data)
    label = fields.text(place, "label", data["label"]) if "label" in data else ""
    variable = Variable(
        name,
        label if label.strip() else name,
        exogenous,
        fields.names(place, "parents", data["parents"], '"X"') if "parents" in data else (),
        states,
        numbers=_numbers(place, data, states),
        values_given="values" in data,
        latent="latent" in data and fields.flag(place, "latent", data["latent"]),
        unit=fields.text(place, "unit", data["unit"]) if "unit" in data else "",
        position=fields.pair(place, "position", data["position"], "[column, row]") if "position" in data else None,
    )
    if "state_labels" in data:
        labels = fields.texts(place, "state_labels", data["state_labels"], '"yes"')
        _same_length(place, "state_labels", labels, states)
        variable = replace(variable, state_labels=labels)
    for key in (*GAUSSIAN, *CONTINUOUS):
        if key in data and states:
            raise place.error(
                key, "is for continuous variables, but this one has states; leave one of the two out", "kind"
            )
    if "range" in data:
        low, high = fields.pair(place, "range", data["range"], "[low, high]")
        if not low < high:
            raise place.error(
                "range", f"goes from {low:g} to {high:g}; the low end comes first, below the high one", "number"
            )
        variable = replace(variable, range=(low, high))
    if "step" in data:
        step = fields.number(place, "step", data["step"])
        if step <= 0:
            raise place.error("step", f"is {step:g}; a slider's step is above 0", "number")
        variable = replace(variable, step=step)
    _check_coupling(place, variable, data)
    return variable


def _states(place: Place, data: Mapping[str, Any]) -> tuple[str, ...]:
    if "states" not in data:
        for key in ("values", "state_labels"):
            if key in data:
                raise place.error(key, "is for discrete variables; there are no states for it to describe", "kind")
        return ()
    states = fields.texts(place, "states", data["states"], '"yes"')
    if not states:
        raise place.error("states", "is empty; a discrete variable has at least one state", "states")
    if "" in states:
        raise place.error("states", "holds an empty text; every state needs a name", "states")
    fields.refuse_twins(place, "states", states)
    return states


def _numbers(place: Place, data: Mapping[str, Any], states: tuple[str, ...]) -> tuple[float, ...] | None:
    """The numbers behind the states: given, or the states themselves where they all read as finite ASCII decimals."""
    if "values" in data:
        values = fields.items(place, "values", data["values"], "numbers")
        _same_length(place, "values", values, states)
        return tuple(fields.number(place, "values", value) for value in values)
    if states and all(DECIMAL.fullmatch(state) for state in states):
        numbers = tuple(map(float, states))
        return numbers if all(map(math.isfinite, numbers)) else None
    return None


def _same_length(place: Place, field: str, entries: Iterable[object], states: tuple[str, ...]) -> None:
    if (have := len(list(entries))) != len(states):
        raise place.error(field, f"has {have} entries, but there are {len(states)} states: give one for each", "states")


def _check_coupling(place: Place, variable: Variable, data: Mapping[str, Any]) -> None:
    if "coupling" not in data:
        return
    if (coupling := data["coupling"]) not in ("monotone", "independent"):
        raise place.error("coupling", f'is {shown(coupling)}; it can be "monotone" or "independent"', "coupling")
    if "cpt" not in data or not variable.parents:
        raise place.error("coupling", "is for a cpt with parents only; leave it out here", "coupling")


def _check_graph(place: Place, variables: Mapping[str, Variable]) -> None:
    """Every parent exists, and following the arrows never leads back."""
    for v in variables.values():
        for parent in v.parents:
            if parent not in variables:
                problem = f"{shown(parent)} is no variable of this model; {one_of(variables, parent)}"
                raise _place(place, v.name, v.exogenous).error("parents", problem, "unknown-parent")
    try:
        TopologicalSorter({v.name: v.parents for v in variables.values()}).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        path = " → ".join(ring if len(ring) <= 12 else [*ring[:6], "...", *ring[-5:]])
        problem = f"the arrows run in a circle, {path}; leave out one of these parents (a model has no cycles)"
        raise _place(place, ring[0], False).error("parents", problem, "cycle") from None


def _with_mechanisms(place: Place, top: Mapping[str, Any], variables: Mapping[str, Variable]) -> dict[str, Variable]:
    """The variables with their mechanisms, or all as they are where the file gives no number at all (a graph)."""
    data = {
        name: v
        for key in ("exogenous", "variables")
        for name, v in fields.by_name(place, key, top.get(key, {})).items()
    }
    bare = [v.name for v in variables.values() if not mechanism_fields.given(v, data[v.name])]
    for v in variables.values():
        _check_kinds(_place(place, v.name, v.exogenous), v, data, variables)
    if len(bare) == len(variables):
        return dict(variables)
    if bare:
        first = variables[bare[0]]
        kinds = "p, or mean and sd" if first.exogenous else "p, cpt, function or linear"
        problem = f"{_listed(bare)} lack numbers while others have them; give {kinds}, or numbers to none (a graph)"
        raise _place(place, first.name, first.exogenous).error("", problem, "mechanism")
    result = {}
    for v in variables.values():
        here = _place(place, v.name, v.exogenous)
        if v.exogenous:
            result[v.name] = replace(v, mechanism=mechanism_fields.chance(here, v, data[v.name]))
        else:
            parents = [variables[p] for p in v.parents]
            result[v.name] = replace(v, mechanism=mechanism_fields.mechanism(here, v, data[v.name], parents))
    return result


def _check_kinds(place: Place, v: Variable, data: Mapping[str, Any], variables: Mapping[str, Variable]) -> None:
    """A discrete variable has discrete parents only, a linear one continuous parents only."""
    kind = _kind(v, data[v.name])
    for parent in v.parents:
        other = _kind(variables[parent], data[parent])
        if kind and other and kind != other:
            problem = f"{parent} is {other}, but this variable is {kind}; {kind} variables have {kind} parents only"
            raise place.error("parents", problem, "kind")


def _kind(v: Variable, data: Mapping[str, Any]) -> str:
    """What the file says of a variable: "discrete", "continuous", or "" in a graph that leaves it open."""
    if v.states or any(key in data for key in ("p", "cpt", "function")):
        return "discrete"
    return "continuous" if any(key in data for key in (*GAUSSIAN, *CONTINUOUS)) else ""


def _role(place: Place, field: str, value: object, variables: Mapping[str, Variable]) -> str:
    name = fields.name(place, field, value)
    endogenous = [v.name for v in variables.values() if not v.exogenous]
    if name not in variables or variables[name].exogenous:
        why = "is exogenous" if name in variables else "is no variable of this model"
        raise place.error(field, f"{shown(name)} {why}; {one_of(endogenous, name)}", "unknown-name")
    return name


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
