"""A question from outside, as text or as a value, made sure of: it is well formed, and means something in the model.

A value stays the value that it is. Only one that means nothing is written down, for an error points into a text.
"""

from __future__ import annotations

from collections.abc import Iterator

from causal.errors import BadQuery
from causal.models.model import Model
from causal.queries.checking import Mention, check
from causal.queries.parsing import parse
from causal.queries.printing import text
from causal.queries.query import Query, Term, World, terms


def read(question: str | Query, model: Model) -> Query:
    """The question as a value, which means something in the model. Raises what ``parse`` raises."""
    if isinstance(question, str):
        return parse(question, model)
    return question if _means_something(question, model) else parse(text(question), model)


def _means_something(query: Query, model: Model) -> bool:
    asked = list(terms(query))
    alone = isinstance(query, Term)
    if not asked or not all(_well_formed(term) and (alone or _is_number(term)) for term in asked):
        return False
    try:
        check([mention for number, term in enumerate(asked) for mention in _mentions(term, number)], model)
    except BadQuery:
        return False
    return True


def _is_number(term: Term) -> bool:
    return term.kind == "E" or term.event[0].relation is not None


def _well_formed(term: Term) -> bool:
    """What the grammar allows: a mean or a distribution of one variable, or an event; do() or brackets, not both."""
    atoms = (*term.event, *term.evidence)
    worlds = [atom.world for atom in atoms if atom.world]
    if term.kind == "E" or any(atom.relation is None for atom in term.event):
        asked = len(term.event) == 1 and term.event[0].relation is None
    else:
        asked = bool(term.event)
    return (
        asked
        and all(atom.relation is not None for atom in term.evidence)
        and all((atom.relation is None) == (atom.value is None) for atom in atoms)
        and all(setting.value is not None for setting in term.action)
        and not (term.action and worlds)
        and all(map(_is_world, [term.action, *worlds]))
    )


def _is_world(world: World) -> bool:
    """Whether a world sets each variable once: at a value, or at its own value in a world that sets something."""
    return len({s.variable for s in world}) == len(world) and all(
        s.value is not None or (s.nested and _is_world(s.nested)) for s in world
    )


def _mentions(term: Term, number: int) -> Iterator[Mention]:
    for atom in term.event:
        yield from _settings(atom.world, number)
        yield Mention("mean" if term.kind == "E" else "event" if atom.relation else "asked", atom, 0, 0, number)
    yield from _settings(term.action, number)
    for atom in term.evidence:
        yield from _settings(atom.world, number)
        yield Mention("evidence", atom, 0, 0, number)


def _settings(world: World, number: int) -> Iterator[Mention]:
    for setting in world:
        yield from _settings(setting.nested, number)
        yield Mention("set", setting, 0, 0, number)
