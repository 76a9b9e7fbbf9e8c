"""The three rules of do-calculus as moves on P(y | do(x), z), each with the separation that it needs.

Source: Pearl 2009, theorem 3.4.1. The rules say nothing of expressions where their separation fails: there a move may
change the number (see ``causal.identification.calculus.refutation``).

>>> from causal.graphs.projection import Projection
>>> confounded = Projection(("Z", "X", "Y"), frozenset({("Z", "X"), ("Z", "Y"), ("X", "Y")}))
>>> found = moves(confounded, Expression(("Y",), ("X",), ("Z",)))
>>> [move.legal for move in found if move.rule == RULE_2 and move.of == "X"]
[True]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from causal.graphs.projection import Projection
from causal.identification.algorithms.derivation import RULE_1, RULE_2, RULE_3, Rule, Separation
from causal.models.model import Model
from causal.queries.query import Atom, Setting, Term


@dataclass(frozen=True, slots=True)
class Expression:
    """P(y | do(x), z): the variables of each place."""

    y: tuple[str, ...]
    do: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One rule applied to one variable; it holds in every model with this graph if ``licence`` does."""

    rule: Rule
    of: str
    after: Expression
    licence: Separation

    @property
    def legal(self) -> bool:
        """Whether the graph promises that both sides are the same number."""
        return self.licence.holds


def rule_1(graph: Projection, asked: Expression, z: str) -> Move:
    """Drop what is seen: P(y | do(x), z, w) = P(y | do(x), w)."""
    after = replace(asked, seen=_without(asked.seen, z))
    return Move(RULE_1, z, after, _separation(graph, after, z, into=frozenset(asked.do)))


def rule_2(graph: Projection, asked: Expression, z: str) -> Move:
    """Exchange doing and seeing: P(y | do(x), do(z), w) = P(y | do(x), z, w), either way round."""
    do, seen = _without(asked.do, z), _without(asked.seen, z)
    after = replace(asked, do=do, seen=(*seen, z)) if z in asked.do else replace(asked, do=(*do, z), seen=seen)
    rest = Expression(asked.y, do, seen)
    return Move(RULE_2, z, after, _separation(graph, rest, z, into=frozenset(do), out_of=frozenset({z})))


def rule_3(graph: Projection, asked: Expression, z: str) -> Move:
    """Drop what is done: P(y | do(x), do(z), w) = P(y | do(x), w)."""
    after = replace(asked, do=_without(asked.do, z))
    into = frozenset(after.do)
    if z not in graph.cut(into).ancestors(after.seen):
        into |= {z}
    return Move(RULE_3, z, after, _separation(graph, after, z, into=into))


def moves(graph: Projection, asked: Expression) -> tuple[Move, ...]:
    """Every move that may be tried, legal or not."""
    seen = [rule(graph, asked, z) for z in asked.seen for rule in (rule_1, rule_2)]
    return (*(rule(graph, asked, z) for z in asked.do for rule in (rule_2, rule_3)), *seen)


def term(model: Model, asked: Expression, values: Mapping[str, str]) -> Term:
    """P(y | do(x), z) as a question, at these values; of continuous variables the mean."""
    mean = len(asked.y) == 1 and asked.y[0] in model.real_valued
    event = tuple(Atom(n) if mean else Atom(n, (), "=", values[n]) for n in asked.y)
    seen = tuple(Atom(n, (), "=", values[n]) for n in asked.seen)
    return Term("E" if mean else "P", event, seen, tuple(Setting(n, values[n]) for n in asked.do))


def _separation(
    graph: Projection, rest: Expression, z: str, into: frozenset[str], out_of: frozenset[str] = frozenset()
) -> Separation:
    return Separation(frozenset(rest.y), frozenset({z}), frozenset((*rest.do, *rest.seen)), graph, into, out_of)


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(n for n in names if n != name)
