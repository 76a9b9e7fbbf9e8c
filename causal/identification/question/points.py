"""A question as arithmetic on points: terms in which every variable has one value.

    E(Y | do(X=1))            0 * P(Y=0 | do(X=1)) + 1 * P(Y=1 | do(X=1)) ...
    P(Y>1 | do(X=1))          P(Y=2 | do(X=1)) + P(Y=3 | do(X=1)) ...
    P(Y=1 | Z>0)              a ratio of two sums of joint probabilities

A continuous variable has no states to go through: it stands there without a value, for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from operator import ge, gt, le, lt

from causal.errors import BadQuery
from causal.models.model import Model, Variable
from causal.models.support import Unstated
from causal.queries.query import Atom, Number, Operation, Query, Term, as_number, fold, settings, terms

_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge}


def with_states(model: Model, query: Query) -> Model:
    """The model with states for every discrete variable: those a query names, and of 0 and 1 as many as make two."""
    named: dict[str, dict[str, None]] = {v.name: {} for v in model}
    values = [(s.variable, s.value) for s in settings(query)]
    values += [(a.variable, a.value) for t in terms(query) for a in (*t.event, *t.evidence) if a.relation == "="]
    for name, value in values:
        if value is not None:
            named[name][value] = None
    return replace(model, variables=tuple(_stated(v, list(named[v.name])) for v in model))


def _stated(variable: Variable, named: list[str]) -> Variable:
    if variable.support != Unstated():
        return variable
    extra = [state for state in ("0", "1") if state not in named]
    states = tuple(sorted([*named, *extra[: max(0, 2 - len(named))]]))
    numbers = [as_number(state) for state in states]
    known = tuple(number for number in numbers if number is not None)
    return replace(variable, states=states, numbers=known if len(known) == len(states) else None)


def pointwise(model: Model, query: Query) -> Query:
    """The same number from points; distributions are left alone."""
    return fold(query, lambda leaf: leaf if isinstance(leaf, Number) else _points(model, leaf), joined)


def bare(term: Term) -> Term:
    """The term with any value in place of what an inequality, a mean or a distribution asks for."""
    event = (a if a.relation == "=" else replace(a, relation=None, value=None) for a in term.event)
    return replace(term, kind="P", event=tuple(dict.fromkeys(event)))


def joined(operator: str, left: Query, right: Query) -> Query:
    """The operation itself, for folding an expression into another one."""
    return Operation(operator, left, right)  # type: ignore[arg-type]


def _points(model: Model, term: Term) -> Query:
    asked = term.event[0]
    if any(a.variable in model.real_valued for a in (*term.event, *term.evidence)):
        return bare(term)
    if term.kind == "E":
        points = [
            (number, replace(term, kind="P", event=(replace(asked, relation="=", value=state),)))
            for state, number in _numbers(model[asked.variable])
        ]
        return _added([_times(number, _points(model, point)) for number, point in points if number])
    events, facts = (list(_choices(model, group)) for group in (term.event, term.evidence))
    if len(facts) == 1:
        return _added([replace(term, event=event, evidence=facts[0]) for event in events])
    above = [Term("P", (*event, *fact), (), term.action) for event in events for fact in facts]
    return Operation("/", _added(above), _added([Term("P", fact, (), term.action) for fact in facts]))


def _choices(model: Model, atoms: Sequence[Atom]) -> Iterator[tuple[Atom, ...]]:
    """Every way in which each atom takes one of the states that it allows."""

    def options(atom: Atom) -> list[Atom]:
        if atom.relation in ("=", None):
            return [atom]
        holds, bound = _HOLDS[atom.relation or ""], float(atom.value or "")
        pairs = _numbers(model[atom.variable])
        return [replace(atom, relation="=", value=state) for state, number in pairs if holds(number, bound)]

    yield from product(*map(options, atoms))


def _numbers(variable: Variable) -> list[tuple[str, float]]:
    if variable.numbers is None:
        raise BadQuery("errors.identification.no_numbers", "no-numbers", name=variable.name)
    return list(zip(variable.states, variable.numbers, strict=True))


def _added(parts: Sequence[Query]) -> Query:
    total: Query = parts[0] if parts else Number(0.0)
    for part in parts[1:]:
        total = Operation("+", total, part)
    return total


def _times(number: float, query: Query) -> Query:
    return query if number == 1.0 else Operation("*", Number(number), query)
