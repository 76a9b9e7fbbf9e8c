"""Questions as values: what a query of any rung is made of.

    P(Y[X=0]=1 | X=1, Y=1)     one Term: kind "P", event (Atom Y in the world X=0, = 1), evidence (X = 1, Y = 1)
    P(Y=1 | do(X=1))           the action is kept as written; it is short for the brackets [X=1] on every atom
    P(a) - 2 * P(b)            Operation("-", Term, Operation("*", Number, Term))

A world is a tuple of settings: X held at a state, or M held at the value it has in another world (nested).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal, TypeVar

T = TypeVar("T")
Relation = Literal["=", "<", "<=", ">", ">="]
Arms = tuple[str | float, str | float]
"""Two values of the treatment: the one that is tried, and the one it is compared with."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable held by an action: at ``value``, or (``value`` None) at its own value in the world ``nested``."""

    variable: str
    value: str | None
    nested: World = ()


World = tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """A potential response and what is said of it; ``relation`` None: its distribution or mean is asked."""

    variable: str
    world: World = ()
    relation: Relation | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """P(event | do(action), evidence) or E(variable | do(action), evidence)."""

    kind: Literal["P", "E"]
    event: tuple[Atom, ...]
    evidence: tuple[Atom, ...] = ()
    action: World = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A constant in arithmetic."""

    value: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Operation:
    """Arithmetic between two expressions; unary minus is 0 - x.

    A sum of thousands of terms is a tree thousands deep, so comparing, hashing and showing it go without recursion;
    whoever walks one uses ``fold``.
    """

    operator: Literal["+", "-", "*", "/"]
    left: Query
    right: Query

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Operation) and tuple(_postfix(self)) == tuple(_postfix(other)))

    def __hash__(self) -> int:
        return hash(tuple(_postfix(self)))

    def __repr__(self) -> str:
        return fold(self, repr, lambda operator, left, right: f"Operation({operator!r}, {left}, {right})")


Query = Term | Number | Operation


def _postfix(query: Query) -> Iterator[Term | Number | str]:
    """The leaves of an expression from left to right, and each operation's sign right behind its two sides."""
    waiting: list[Query | str] = [query]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Operation):
            waiting += [item.operator, item.right, item.left]
        else:
            yield item


def fold(query: Query, leaf: Callable[[Term | Number], T], join: Callable[[str, T, T], T]) -> T:
    """Work an expression out from its leaves: ``leaf`` gives a term's or a number's result, ``join`` an operation's.

    >>> fold(Operation("-", Number(3.0), Number(1.0)), lambda x: f"{x.value:g}", lambda op, a, b: a + op + b)
    '3-1'
    """
    done: list[T] = []
    for item in _postfix(query):
        if isinstance(item, str):
            right, left = done.pop(), done.pop()
            done.append(join(item, left, right))
        else:
            done.append(leaf(item))
    return done[0]


def computed(query: Query, values: Mapping[Term, float], by_zero: Callable[[], float]) -> float:
    """The number of an expression whose terms have these; ``by_zero`` says what a division by 0 gives, or raises."""

    def join(operator: str, left: float, right: float) -> float:
        if operator == "/":
            return left / right if right else by_zero()
        return left + right if operator == "+" else left - right if operator == "-" else left * right

    return fold(query, lambda leaf: leaf.value if isinstance(leaf, Number) else values[leaf], join)


def ask_for(
    target: str,
    *,
    event: str | None = None,
    mean: bool = False,
    evidence: Mapping[str, str | float] | None = None,
    action: Mapping[str, str | float] | None = None,
    world: Mapping[str, str | float] | None = None,
) -> Term:
    """Build the query pages ask: the distribution of ``target`` (or P(target = event), or its mean).

    ``action`` is do(), on rung 2; ``world`` is what the target's brackets hold, on rung 3; ``evidence`` stays factual.
    """
    held = tuple(Setting(k, as_text(v)) for k, v in (world or {}).items())
    atom = Atom(target, held, None if event is None else "=", event)
    known = tuple(Atom(k, (), "=", as_text(v)) for k, v in (evidence or {}).items())
    done = tuple(Setting(k, as_text(v)) for k, v in (action or {}).items())
    return Term("E" if mean else "P", (atom,), known, done)


def as_text(value: str | float) -> str:
    """A state as it is, a number as the shortest text that reads back as the same number."""
    return (
        value if isinstance(value, str) else f"{value:.12g}" if float(f"{value:.12g}") == value else repr(float(value))
    )


_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def as_number(text: str) -> float | None:
    """The finite number that an ASCII decimal stands for; None for any other text ("inf", "1_000", "1e999").

    >>> as_number("-2.5e1"), as_number("1_000")
    (-25.0, None)
    """
    if not _DECIMAL.fullmatch(text):
        return None
    number = float(text)
    return number if isfinite(number) else None


def terms(query: Query) -> Iterator[Term]:
    """Every P(...) and E(...) of an expression, left to right."""
    return (item for item in _postfix(query) if isinstance(item, Term))


def settings(query: Query) -> Iterator[Setting]:
    """Everything that a query sets, in nested worlds too."""
    worlds = [t.action for t in terms(query)]
    worlds += [atom.world for t in terms(query) for atom in (*t.event, *t.evidence)]
    while worlds:
        for setting in worlds.pop(0):
            yield setting
            worlds.append(setting.nested)


def mentioned(query: Query) -> frozenset[str]:
    """Every variable that a query names."""
    seen = (atom.variable for t in terms(query) for atom in (*t.event, *t.evidence))
    return frozenset(seen).union(setting.variable for setting in settings(query))


def rung(query: Query) -> int:
    """The rung read off the form: 3 with brackets, else 2 with do(), else 1; of arithmetic, the highest."""
    highest = 1
    for term in terms(query):
        if any(atom.world for atom in (*term.event, *term.evidence)):
            return 3
        if term.action:
            highest = 2
    return highest
