"""A question of the query language in plain words, for the forms that most people ask."""

from __future__ import annotations

from causal.models.model import Model
from causal.queries.query import Atom, Query, Setting, Term
from pages.ui.controls.people import Facts
from pages.ui.words import sentences


def words(model: Model, query: Query) -> str:
    """The question as a sentence; nothing for arithmetic, several events, comparisons and nested worlds."""
    if not isinstance(query, Term) or len(query.event) != 1:
        return ""
    asked, seen = query.event[0], query.evidence
    settings = (*query.action, *asked.world)
    if any(a.world for a in seen) or any(s.value is None for s in settings):
        return ""
    if asked.relation not in ("=", None) or any(a.relation != "=" for a in seen):
        return ""
    done, known = _facts(model, settings), _facts(model, seen)
    variable = model[asked.variable]
    event = asked.value or (variable.states[-1] if variable.states else "1")  # of a whole distribution, its last state
    rung = 3 if asked.world else 2 if done else 1
    held, seen_there = (known, None) if rung == 1 else (done, known)
    return sentences.whole(f"question.{sentences.RUNGS[rung]}", model, rung, held, variable, event, seen_there)


def _facts(model: Model, held: tuple[Setting, ...] | tuple[Atom, ...]) -> Facts:
    return {h.variable: model[h.variable].support.read(str(h.value)) for h in held}
