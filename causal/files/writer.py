"""From a Model back to data and to the text of a file: what is loaded from it equals the model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from causal.models.mechanisms import Function, Linear, Table
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
    blocks = [[f"{key} = {_toml(value)}" for key, value in data.items() if not isinstance(value, dict | list)]]
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
    data = _head(v)
    if isinstance(v.mechanism, Table):
        data["p"] = _numbers(v.mechanism.rows[0])
    elif isinstance(v.mechanism, Linear):
        data |= {"mean": _number(v.mechanism.intercept), "sd": _number(v.mechanism.sd)}
    return data | _position(v)


def _endogenous(v: Variable) -> dict[str, Any]:
    data = _head(v)
    if v.state_labels:
        data["state_labels"] = list(v.state_labels)
    if v.values_given and v.numbers is not None:
        data["values"] = _numbers(v.numbers)
    if v.range is not None:
        data["range"] = _numbers(v.range)
    if v.step is not None:
        data["step"] = _number(v.step)
    if v.parents:
        data["parents"] = list(v.parents)
    data |= _mechanism(v)
    if v.latent:
        data["latent"] = True
    return data | _position(v)


def _mechanism(v: Variable) -> dict[str, Any]:
    match v.mechanism:
        case Table(rows, coupling):
            numbers: dict[str, Any] = (
                {"cpt": [_numbers(row) for row in rows]} if v.parents else {"p": _numbers(rows[0])}
            )
            return numbers | ({"coupling": coupling} if coupling else {})
        case Function(states):
            return {"function": list(states)}
        case Linear(intercept, coefficients, sd):
            named = {p: _number(c) for p, c in zip(v.parents, coefficients, strict=True)}
            return {"linear": {"intercept": _number(intercept), "coefficients": named, "sd": _number(sd)}}
        case None:
            return {}


def _position(v: Variable) -> dict[str, Any]:
    return {} if v.position is None else {"position": _numbers(v.position)}


def _unit(unit: Unit, model: Model) -> dict[str, Any]:
    facts = {k: _number(float(fact)) if model[k].continuous else fact for k, fact in unit.facts}
    return {"name": unit.name, "facts": facts}


def _expected(expected: Expected) -> dict[str, Any]:
    answer: dict[str, Any] = dict(expected.answer)
    if "distribution" in answer:
        answer["distribution"] = {state: _listed(share) for state, share in answer["distribution"]}
    data = {"query": expected.query, **{key: _listed(value) for key, value in answer.items()}}
    return data | {"tolerance": expected.tolerance} | ({"source": expected.source} if expected.source else {})


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _number(x: float) -> float | int:
    """Whole numbers are written without a point: 12, not 12.0."""
    return int(x) if x.is_integer() and abs(x) < 1e15 else x


def _numbers(xs: tuple[float, ...]) -> list[float | int]:
    return [_number(x) for x in xs]


def _lines(entry: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_toml(value)}" for key, value in entry.items()]


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _toml(name)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        inside = [_toml(entry) for entry in value]
        short = f"[{', '.join(inside)}]"
        long = len(short) > WIDTH and isinstance(value[0], list | str)
        return "[\n" + "".join(f"  {entry},\n" for entry in inside) + "]" if long else short
    if isinstance(value, dict):
        return "{ " + ", ".join(_lines(value)) + " }" if value else "{}"
    return repr(value)


def _string(text: str) -> str:
    escaped = "".join(_escaped(c) for c in text)
    if "\n" not in text:
        return f'"{escaped}"'
    return '"""\n' + escaped.replace("\\n", "\n") + '"""' if "\\" not in text else f'"{escaped}"'


def _escaped(c: str) -> str:
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return short.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c)
