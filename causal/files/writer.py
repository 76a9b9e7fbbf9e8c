"""From a Model back to data and to the text of a file: what is loaded from it equals the model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

import tomli_w

from causal.files import mechanism_fields
from causal.files.mechanism_fields import number_written, numbers_written
from causal.models.model import Expected, Model, Unit, Variable

BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
WIDTH = 100


def to_dict(model: Model) -> dict[str, Any]:
    """The model as the data of a file: dictionaries, lists, texts, numbers; fields at their defaults are left out."""
    texts = ("id", "title", "story", "source", "question", "treatment", "outcome")
    data: dict[str, Any] = {"format": 1}
    data |= {key: getattr(model, key) for key in texts if getattr(model, key)}
    if model.invented:
        data["invented"] = True
    if model.exogenous:
        data["exogenous"] = {v.name: _exogenous(v) for v in model.exogenous}
    data["variables"] = {v.name: _endogenous(v) for v in model.endogenous}
    if model.units:
        data["units"] = [_unit(unit, model) for unit in model.units]
    if model.expected:
        data["expected"] = [_expected(expected) for expected in model.expected]
    return data


def dumps(model: Model, form: Literal["toml", "json"] = "toml") -> str:
    """The text of a model file; ``loads(dumps(model, form), "name." + form) == model``."""
    data = to_dict(model)
    if form == "json":
        return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    if form != "toml":
        raise ValueError(f'form must be "toml" or "json", not {form!r}')
    blocks = [[_line(key, value) for key, value in data.items() if not isinstance(value, dict | list)]]
    for section in ("exogenous", "variables"):
        for name, entry in data.get(section, {}).items():
            blocks.append([f"[{section}.{_key(name)}]", *_lines(entry)])
    for section in ("units", "expected"):
        blocks += [[f"[[{section}]]", *_lines(entry)] for entry in data.get(section, [])]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(v: Variable) -> dict[str, Any]:
    data: dict[str, Any] = {"label": v.label} if v.label != v.name else {}
    if v.states:
        data["states"] = list(v.states)
    if v.unit:
        data["unit"] = v.unit
    return data


def _exogenous(v: Variable) -> dict[str, Any]:
    return _head(v) | mechanism_fields.written(v) | _position(v)


def _endogenous(v: Variable) -> dict[str, Any]:
    data = _head(v)
    if v.state_labels:
        data["state_labels"] = list(v.state_labels)
    if v.values_given and v.numbers is not None:
        data["values"] = numbers_written(v.numbers)
    if v.range is not None:
        data["range"] = numbers_written(v.range)
    if v.step is not None:
        data["step"] = number_written(v.step)
    if v.parents:
        data["parents"] = list(v.parents)
    data |= mechanism_fields.written(v)
    if v.latent:
        data["latent"] = True
    return data | _position(v)


def _position(v: Variable) -> dict[str, Any]:
    return {} if v.position is None else {"position": numbers_written(v.position)}


def _unit(unit: Unit, model: Model) -> dict[str, Any]:
    facts = {name: model[name].support.read(fact) for name, fact in unit.facts}
    return {"name": unit.name, "facts": {k: f if isinstance(f, str) else number_written(f) for k, f in facts.items()}}


def _expected(expected: Expected) -> dict[str, Any]:
    answer: dict[str, Any] = dict(expected.answer)
    if "distribution" in answer:
        answer["distribution"] = {state: _listed(share) for state, share in answer["distribution"]}
    data = {"query": expected.query, **{key: _listed(value) for key, value in answer.items()}}
    return data | {"tolerance": expected.tolerance} | ({"source": expected.source} if expected.source else {})


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _lines(entry: Mapping[str, Any]) -> list[str]:
    return [_line(key, value) for key, value in entry.items()]


def _line(key: str, value: Any) -> str:
    """One field; many rows stand one a line, where tomli-w would give each of their numbers a line of its own."""
    if not isinstance(value, dict | list):
        # a text with other line ends than \n would not come back from several lines
        return tomli_w.dumps({key: value}, multiline_strings="\r" not in str(value)).rstrip("\n")
    inside = _inside(value)
    if isinstance(value, list) and len(inside) > WIDTH and isinstance(value[0], list | str):
        inside = "[\n" + "".join(f"  {_inside(entry)},\n" for entry in value) + "]"
    return f"{key} = {inside}"


def _inside(value: Any) -> str:
    """A value within one line: as JSON writes it, but for a table's keys."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {_inside(entry)}" for key, entry in value.items())
        return f"{{ {pairs} }}" if value else "{}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _inside(name)
