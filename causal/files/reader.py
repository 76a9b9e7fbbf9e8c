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
from causal.words.sentence import Listed, Sentence

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
        names = Listed(lacking, "comma", most=8)
        raise place.error("position", "errors.files.positions", "missing-field", names=names)
    heading: dict[str, Any] = {key: fields.text(place, key, top[key]) for key in TEXTS if key in top}
    heading |= {key: _role(place, key, top[key], variables) for key in ("treatment", "outcome") if key in top}
    heading["invented"] = "invented" in top and fields.flag(place, "invented", top["invented"])
    model = Model(tuple(variables.values()), **heading)
    model = replace(model, units=read_units(place, top.get("units", ()), model))
    return replace(model, expected=read_expected(place, top.get("expected", ()), model))


def _check_format(place: Place, top: Mapping[str, Any]) -> None:
    if "format" not in top:
        raise place.error("format", "errors.files.no_format", "missing-field")
    if type(top["format"]) is not int or top["format"] != 1:
        raise place.error("format", "errors.files.format", "format", found=shown(top["format"]))
    if "variables" not in top:
        raise place.error("variables", "errors.files.no_variables", "missing-field")


def _variables(place: Place, top: Mapping[str, Any]) -> dict[str, Variable]:
    exogenous = fields.by_name(place, "exogenous", top.get("exogenous", {}))
    endogenous = fields.by_name(place, "variables", top["variables"])
    if not endogenous:
        raise place.error("variables", "errors.files.empty_variables", "missing-field")
    for name in exogenous:
        if name in endogenous:
            raise place.error("exogenous", "errors.files.both", "duplicate", name=name)
    outside = {name: _variable(_place(place, name, True), name, data, True) for name, data in exogenous.items()}
    return outside | {
        name: _variable(_place(place, name, False), name, data, False) for name, data in endogenous.items()
    }


def _place(place: Place, name: str, exogenous: bool) -> Place:
    key = "errors.files.exogenous" if exogenous else "errors.files.variable"
    return Place(place.file, Sentence(key, name=name[:80]))


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
        position=fields.pair(place, "position", data["position"], "errors.files.column_row")
        if "position" in data
        else None,
    )
    if "state_labels" in data:
        labels = fields.texts(place, "state_labels", data["state_labels"], '"yes"')
        _same_length(place, "state_labels", labels, states)
        variable = replace(variable, state_labels=labels)
    for key in (*GAUSSIAN, *CONTINUOUS):
        if key in data and states:
            raise place.error(key, "errors.files.continuous_only", "kind")
    if "range" in data:
        low, high = fields.pair(place, "range", data["range"], "errors.files.low_high")
        if not low < high:
            raise place.error("range", "errors.files.range", "number", low=low, high=high)
        variable = replace(variable, range=(low, high))
    if "step" in data:
        step = fields.number(place, "step", data["step"])
        if step <= 0:
            raise place.error("step", "errors.files.step", "number", found=step)
        variable = replace(variable, step=step)
    _check_coupling(place, variable, data)
    return variable


def _states(place: Place, data: Mapping[str, Any]) -> tuple[str, ...]:
    if "states" not in data:
        for key in ("values", "state_labels"):
            if key in data:
                raise place.error(key, "errors.files.discrete_only", "kind")
        return ()
    states = fields.texts(place, "states", data["states"], '"yes"')
    if not states:
        raise place.error("states", "errors.files.no_states", "states")
    if "" in states:
        raise place.error("states", "errors.files.empty_state", "states")
    fields.refuse_twins(place, "states", states)
    return states


def _numbers(place: Place, data: Mapping[str, Any], states: tuple[str, ...]) -> tuple[float, ...] | None:
    """The numbers behind the states: given, or the states themselves where they all read as finite ASCII decimals."""
    if "values" in data:
        values = fields.items(place, "values", data["values"], "errors.files.numbers")
        _same_length(place, "values", values, states)
        return tuple(fields.number(place, "values", value) for value in values)
    if states and all(DECIMAL.fullmatch(state) for state in states):
        numbers = tuple(map(float, states))
        return numbers if all(map(math.isfinite, numbers)) else None
    return None


def _same_length(place: Place, field: str, entries: Iterable[object], states: tuple[str, ...]) -> None:
    if (have := len(list(entries))) != len(states):
        raise place.error(field, "errors.files.entries", "states", entries=have, states=len(states))


def _check_coupling(place: Place, variable: Variable, data: Mapping[str, Any]) -> None:
    if "coupling" not in data:
        return
    if (coupling := data["coupling"]) not in ("monotone", "independent"):
        raise place.error("coupling", "errors.files.coupling", "coupling", found=shown(coupling))
    if "cpt" not in data or not variable.parents:
        raise place.error("coupling", "errors.files.coupling_without_cpt", "coupling")


def _check_graph(place: Place, variables: Mapping[str, Variable]) -> None:
    """Every parent exists, and following the arrows never leads back."""
    for v in variables.values():
        for parent in v.parents:
            if parent not in variables:
                here, known = _place(place, v.name, v.exogenous), one_of(variables, parent)
                problem = "errors.files.no_variable"
                raise here.error("parents", problem, "unknown-parent", name=shown(parent), known=known)
    try:
        TopologicalSorter({v.name: v.parents for v in variables.values()}).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        path = " → ".join(ring if len(ring) <= 12 else [*ring[:6], "...", *ring[-5:]])
        raise _place(place, ring[0], False).error("parents", "errors.files.cycle", "cycle", path=path) from None


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
        problem = "errors.files.exogenous_lack_numbers" if first.exogenous else "errors.files.lack_numbers"
        here, names = _place(place, first.name, first.exogenous), Listed(bare, "comma", most=8)
        raise here.error("", problem, "mechanism", names=names)
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
            problem = "errors.files.continuous_parent" if kind == "discrete" else "errors.files.discrete_parent"
            raise place.error("parents", problem, "kind", parent=parent)


def _kind(v: Variable, data: Mapping[str, Any]) -> str:
    """What the file says of a variable: "discrete", "continuous", or "" in a graph that leaves it open."""
    if v.states or any(key in data for key in ("p", "cpt", "function")):
        return "discrete"
    return "continuous" if any(key in data for key in (*GAUSSIAN, *CONTINUOUS)) else ""


def _role(place: Place, field: str, value: object, variables: Mapping[str, Variable]) -> str:
    name = fields.name(place, field, value)
    endogenous = [v.name for v in variables.values() if not v.exogenous]
    if name not in variables or variables[name].exogenous:
        problem = "errors.files.is_exogenous" if name in variables else "errors.files.no_variable"
        raise place.error(field, problem, "unknown-name", name=shown(name), known=one_of(endogenous, name))
    return name
