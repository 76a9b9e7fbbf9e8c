"""What may be asked of a model from outside: the command line's commands, which are also a batch line's keys.

    ask        query                                    its answer
    identify   query, experiments                       whether it can be known from the graph, and how
    adjust     treatment, outcome                       adjustment sets, front-door sets, instruments
    bounds     query, from, assume                      between which values it must lie

A new command is one function of a model and its fields, and one row of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import causal
from causal.errors import BadQuery
from causal.models.model import Model
from causal.words.sentence import Listed, Sentence

Line = Mapping[str, object]
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the texts it must have, the lists of texts it may have, and what it gives for them."""

    answer: Callable[[Model, Fields], Line]
    texts: tuple[str, ...] = ("query",)
    lists: tuple[str, ...] = ()

    def check(self, name: str, fields: object) -> Fields:
        """The fields, if they are what the command takes; raises BadQuery."""
        if not isinstance(fields, dict):
            raise BadQuery("errors.commands.no_object", "line", name=name, texts=Listed(self.texts, "comma"))
        if not set(self.texts) <= set(fields) <= {*self.texts, *self.lists}:
            found = ", ".join(sorted(key if key.isprintable() else ascii(key) for key in fields))[:200]
            raise BadQuery(
                "errors.commands.takes_also" if self.lists else "errors.commands.takes",
                "line",
                name=name,
                texts=Listed(self.texts, "comma"),
                lists=Listed(self.lists, "comma"),
                found=found or Sentence("errors.commands.nothing"),
            )
        for key, value in fields.items():
            if key in self.texts and not isinstance(value, str):
                raise BadQuery("errors.commands.text", "line", name=name, field=key)
            if key in self.lists and not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
                raise BadQuery("errors.commands.texts", "line", name=name, field=key)
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


REQUESTS: Mapping[str, Command] = {
    "ask": Command(_ask),
    "identify": Command(_identify, lists=("experiments",)),
    "adjust": Command(_adjust, texts=("treatment", "outcome")),
    "bounds": Command(_bounds, lists=("from", "assume")),
}
