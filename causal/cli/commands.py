"""What may be asked of a model from outside: the command line's commands, which are also a batch line's keys.

    ask        query                                    its answer
    identify   query, experiments                       whether it can be known from the graph, and how
    adjust     treatment, outcome                       adjustment sets, front-door sets, instruments
    bounds     query, from, assume                      between which values it must lie

A new command is one function of a model and its fields, and one row of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import causal
from causal.errors import BadQuery
from causal.models.model import Model

Line = Mapping[str, object]
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One command: the texts it must have, the lists of texts it may have, and what it gives for them."""

    answer: Callable[[Model, Fields], Line]
    texts: tuple[str, ...] = ("query",)
    lists: tuple[str, ...] = ()

    def check(self, name: str, fields: object) -> Fields:
        """The fields, if they are what the command takes; raises BadQuery."""
        if not isinstance(fields, dict):
            raise BadQuery(f"{name} must be an object with {_listed(self.texts)}.", "line")
        if not set(self.texts) <= set(fields) <= {*self.texts, *self.lists}:
            may = f" and, if wanted, {_listed(self.lists)}" if self.lists else ""
            found = _listed(sorted(key if key.isprintable() else ascii(key) for key in fields))[:200]
            raise BadQuery(f"{name} takes {_listed(self.texts)}{may}; it has {found}.", "line")
        for key, value in fields.items():
            if key in self.texts and not isinstance(value, str):
                raise BadQuery(f"{name}: {key} must be a text.", "line")
            if key in self.lists and not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
                raise BadQuery(f"{name}: {key} must be a list of texts.", "line")
        return fields


def _ask(model: Model, fields: Fields) -> Line:
    return causal.ask(model, fields["query"]).to_dict()


def _identify(model: Model, fields: Fields) -> Line:
    line: Line = causal.identify(model, fields["query"], fields.get("experiments", [])).to_dict()
    return line


def _adjust(model: Model, fields: Fields) -> Line:
    return causal.adjust(model, fields["treatment"], fields["outcome"]).to_dict()


def _bounds(model: Model, fields: Fields) -> Line:
    sources = fields.get("from", ["observed"])
    line: Line = causal.bounds(model, fields["query"], sources, fields.get("assume", [])).to_dict()
    return line


REQUESTS: Mapping[str, Request] = {
    "ask": Request(_ask),
    "identify": Request(_identify, lists=("experiments",)),
    "adjust": Request(_adjust, texts=("treatment", "outcome")),
    "bounds": Request(_bounds, lists=("from", "assume")),
}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"
