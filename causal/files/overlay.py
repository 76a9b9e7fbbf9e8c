"""A model's words in another language: an overlay beside a shipped model says them, and nothing else.

data/languages/<code>/models/<id>.toml, and graphs/ and programs/ for the models of those folders of data/, say what
``words`` finds in the model's own file, in the same places:

    title    = "..."
    story    = "..."
    question = "..."

    [variables.Size]                     # exogenous ones too
    label        = "..."
    unit         = "..."
    state_labels = ["...", "..."]        # in the order of the model's states

    [units]
    "patient 17" = "..."                 # by the names that the model's file gives them

Names, states and mechanisms stay those of the model's file, so links, questions and numbers are the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from causal.files.shelf import MODELS, PROGRAMS, gallery, load, shipped
from causal.models.model import Model, Unit, Variable
from causal.words import catalogue

TEXTS = ("title", "story", "question")


def words(model: Model) -> dict[str, Any]:
    """All that people read in a model: what an overlay of it has to say, in the form in which it says it."""
    found: dict[str, Any] = {key: getattr(model, key) for key in TEXTS if getattr(model, key)}
    variables = {variable.name: said for variable in model if (said := _words_of(variable))}
    if variables:
        found["variables"] = variables
    if model.units:
        found["units"] = {unit.name: unit.label or unit.name for unit in model.units}
    return found


def paths() -> tuple[Path, ...]:
    """The files of all models that come with the app."""
    return *(MODELS / f"{name}.toml" for name in shipped()), *gallery(), *sorted(PROGRAMS.glob("*.toml"))


def worded(path: Path, language: str) -> Model:
    """The model in a shipped file, in the words of a language; what its overlay leaves out stays as it is."""
    model = load(path)
    overlay = catalogue.folder(language) / path.parent.name / path.name
    return _with_words(model, tomllib.loads(overlay.read_text(encoding="utf-8"))) if overlay.is_file() else model


@lru_cache(maxsize=16)
def complete(language: str) -> bool:
    """Whether a language says every sentence that English says, and the words of every shipped model and graph."""
    if not catalogue.sentences(catalogue.DEFAULT).keys() <= catalogue.sentences(language).keys():
        return False
    return language == catalogue.DEFAULT or all(not missing(path, language) for path in paths())


def missing(path: Path, language: str) -> list[str]:
    """What an overlay leaves out, and what it says that is no word of the model: the places, with dots between."""
    overlay = catalogue.folder(language) / path.parent.name / path.name
    said = tomllib.loads(overlay.read_text(encoding="utf-8")) if overlay.is_file() else {}
    return sorted(_places(words(load(path))).keys() ^ _places(said).keys())


def translated(text: str) -> set[str]:
    """What the spoken language says wherever another one says this text: a sentence, or a model's or graph's word."""
    spoken = _texts(catalogue.current())
    others = (_texts(language) for language in catalogue.languages() if language != catalogue.current())
    return {spoken[place] for texts in others for place, said in texts.items() if said == text and place in spoken}


@lru_cache(maxsize=16)
def _texts(language: str) -> Mapping[str, str]:
    found = {key: said for key, said in catalogue.sentences(language).items() if isinstance(said, str)}
    for path in paths():
        found |= {f"{path}:{place}": text for place, text in _places(words(worded(path, language))).items()}
    return found


def _words_of(variable: Variable) -> dict[str, Any]:
    labels = [variable.label_of(state) for state in variable.states]
    return {
        **({"label": variable.label} if variable.label != variable.name or _is_a_word(variable) else {}),
        **({"unit": variable.unit} if variable.unit else {}),
        **({"state_labels": labels} if any(any(map(str.isalpha, label)) for label in labels) else {}),
    }


def _is_a_word(variable: Variable) -> bool:
    """Whether a variable's name is what people read of it: Age, but not X or U_Y."""
    return not variable.exogenous and len(variable.name) > 2


def _with_words(model: Model, said: Mapping[str, Any]) -> Model:
    variables, units = said.get("variables", {}), said.get("units", {})
    return replace(
        model,
        **{key: said[key] for key in TEXTS if key in said},
        variables=tuple(_with_labels(variable, variables.get(variable.name, {})) for variable in model),
        units=tuple(Unit(unit.name, unit.facts, units.get(unit.name, unit.label)) for unit in model.units),
    )


def _with_labels(variable: Variable, said: Mapping[str, Any]) -> Variable:
    return replace(
        variable,
        label=said.get("label", variable.label),
        unit=said.get("unit", variable.unit),
        state_labels=tuple(said.get("state_labels", variable.state_labels)),
    )


def _places(said: Mapping[str, Any], start: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, entry in said.items():
        if isinstance(entry, Mapping):
            found |= _places(entry, f"{start}{key}.")
        elif isinstance(entry, list):
            found |= {f"{start}{key}.{n}": text for n, text in enumerate(entry)}
        else:
            found[start + key] = entry
    return found
