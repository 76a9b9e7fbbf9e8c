"""A question of the query language in plain words, for the forms that most people ask."""

from __future__ import annotations

from causal.models.model import Model
from causal.queries.query import Atom, Query, Setting, Term
from causal.words.catalogue import say
from pages.ui.controls.people import Facts
from pages.ui.words import sentences


def words(model: Model, query: Query) -> str:
    """The question as a sentence; nothing for arithmetic, several events, comparisons and nested worlds."""
    if not isinstance(query, Term) or len(query.event) != 1:
        return ""
    event, seen = query.event[0], query.evidence
    settings = (*query.action, *event.world)
    if any(a.world for a in seen) or any(s.value is None for s in settings):
        return ""
    if event.relation not in ("=", None) or any(a.relation != "=" for a in seen):
        return ""
    done, known = _facts(model, settings), _facts(model, seen)
    if event.world:
        start = sentences.imagining(model, done)
        start = say("derive.among", start=start, facts=sentences.facts(model, known)) if known else start
    elif done:
        start = sentences.doing(model, done)
        seeing = sentences.seeing(model, known)
        start = say("words.sentence", start=start, rest=_small(seeing)) if known else start
    else:
        start = sentences.seeing(model, known)
    return say("derive.asked", what=_what(model, event), start=_small(start))


def _what(model: Model, event: Atom) -> str:
    """What is asked of the outcome; of a whole distribution, its last state."""
    variable = model[event.variable]
    noun = sentences.noun(variable)
    if variable.continuous:
        return say("derive.would_mean" if event.world else "derive.average", noun=noun)
    value = sentences.state(variable, event.value or (variable.states[-1] if variable.states else "1"))
    if event.world:
        return say("derive.would", noun=noun, value=value)
    return say("derive.often", what=say("words.is", noun=noun, value=value))


def _facts(model: Model, held: tuple[Setting, ...] | tuple[Atom, ...]) -> Facts:
    return {h.variable: float(h.value or 0) if model[h.variable].continuous else h.value or "" for h in held}


def _small(start: str) -> str:
    return start[:1].lower() + start[1:]
