"""Ask a model a question of any rung: read it, answer its terms exactly, join them, or say why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from causal.answers.answer import Answer, Interval
from causal.answers.terms import finite, part_of, told
from causal.couplings.coupling_range import over_couplings
from causal.couplings.open_tables import tables
from causal.errors import BadQuery, MissingNumbers
from causal.models.model import Model
from causal.queries.query import Query, Term, computed, rung, terms
from causal.queries.reading import read
from causal.ranges.polynomials import Polynomial, Ratio
from causal.ranges.ratios import Range
from causal.ranges.spans import SAME_END
from causal.words.sentence import Listed, Sentence

SHORT = 400
"""The latest questions of so many characters are kept as they were read: a page asks them again and again."""


def ask(model: Model, question: str | Query) -> Answer:
    """Answer a question exactly.

    Raises CausalError: BadQuery if it cannot be read or has no finite answer, MissingNumbers if the model is only a
    graph, ImpossibleEvidence if the condition has probability 0, TooLarge if exactness would not fit into memory.
    """
    long = isinstance(question, str) and len(question) > SHORT
    query = read(question, model) if long else _read(question, model)
    need_numbers(model)
    return _answer(model, query, question)


_read = lru_cache(maxsize=4096)(read)


def need_numbers(model: Model) -> None:
    """Raise MissingNumbers if the model is only a graph."""
    if not model.numeric:
        missing = [v.name for v in model if v.mechanism is None]
        raise MissingNumbers("errors.answers.only_a_graph", names=Listed(missing, "comma", most=8))


def _answer(model: Model, query: Query, asked: str | Query) -> Answer:
    step = rung(query)
    parts = {term: part_of(model, term) for term in dict.fromkeys(terms(query))}
    if isinstance(query, Term):
        part = parts[query]
        if part.ratios is not None:
            return _distribution(model, query, part.ratios, Answer(asked, step))
        if part.ratio is None:
            return told(part, asked, step)
    if any(part.ratio is not None for part in parts.values()):
        ratios = {term: p.ratio or Ratio(Polynomial(p.number or 0.0)) for term, p in parts.items()}
        return _range(model, query, ratios, Answer(asked, step))
    numbers = {term: part.number or 0.0 for term, part in parts.items()}
    return Answer(asked, step, value=finite(computed(query, numbers, _by_zero)))


def _by_zero() -> float:
    raise BadQuery("errors.answers.by_zero", "division-by-zero")


def _range(model: Model, query: Query, ratios: Mapping[Term, Ratio], blank: Answer) -> Answer:
    found = over_couplings(model, query, ratios)
    if found.high - found.low <= SAME_END:
        return replace(blank, value=(found.low + found.high) / 2)
    interval = _within(found, query)
    return replace(blank, interval=interval, sharp=found.sharp, **_missing(ratios.values()))


def _within(found: Range, query: Query) -> Interval:
    if isinstance(query, Term) and query.kind == "P":
        return max(0.0, found.low), min(1.0, found.high)
    return found.low + 0.0, found.high + 0.0  # no minus zero


def _distribution(model: Model, query: Term, ratios: Mapping[str, Ratio], blank: Answer) -> Answer:
    distribution: dict[str, float | Interval] = {}
    sharp = True
    for state, ratio in ratios.items():
        found = over_couplings(model, query, {query: ratio})
        sharp = sharp and found.sharp
        same = found.high - found.low <= SAME_END
        distribution[state] = (found.low + found.high) / 2 if same else _within(found, query)
    if not any(isinstance(p, tuple) for p in distribution.values()):
        return replace(blank, distribution=distribution)
    return replace(blank, distribution=distribution, sharp=sharp, **_missing(ratios.values()))


def _missing(ratios: Iterable[Ratio]) -> dict[str, Any]:
    """Whose couplings are missing, and the sentence that says so."""
    names = tables(p for r in ratios for p in (r.numerator, r.denominator))
    reason = Sentence("answers.no_coupling", n=len(names), names=Listed(names, "comma"))
    return {"reason": reason, "missing": tuple(names)}
