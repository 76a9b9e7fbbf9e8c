"""Questions as values: what a query of any rung is made of.

    P(Y[X=0]=1 | X=1, Y=1)     one Term: kind "P", event (Atom Y in the world X=0, = 1), evidence (Atom X = 1, Atom Y = 1)
    P(Y=1 | do(X=1))           the action is kept as written; it is short for the brackets [X=1] on every atom
    P(a) - 2 * P(b)            Operation("-", Term, Operation("*", Number, Term))

A world is a tuple of settings: X held at a state, or M held at the value it has in another world (nested).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Relation = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable held by an action: at ``value``, or (``value`` None) at its own value in the world ``nested``."""

    variable: str
    value: str | None
    nested: World = ()


World = tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """A potential response and what is said of it; ``relation`` None means nothing is: its distribution or mean is asked."""

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


@dataclass(frozen=True, slots=True)
class Operation:
    """Arithmetic between two expressions; unary minus is 0 - x."""

    operator: Literal["+", "-", "*", "/"]
    left: Query
    right: Query


Query = Term | Number | Operation


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

    ``action`` is do(), on rung 2; ``world`` is what the target's brackets hold, on rung 3, while ``evidence`` stays factual.
    """
    held = tuple(Setting(k, as_text(v)) for k, v in (world or {}).items())
    atom = Atom(target, held, None if event is None else "=", event)
    known = tuple(Atom(k, (), "=", as_text(v)) for k, v in (evidence or {}).items())
    done = tuple(Setting(k, as_text(v)) for k, v in (action or {}).items())
    return Term("E" if mean else "P", (atom,), known, done)


def as_text(value: str | float) -> str:
    """A state as it is, a number as the shortest text that reads back as the same number."""
    return value if isinstance(value, str) else f"{value:.12g}" if float(f"{value:.12g}") == value else repr(float(value))


def terms(query: Query) -> Iterator[Term]:
    """Every P(...) and E(...) of an expression, left to right."""
    if isinstance(query, Term):
        yield query
    elif isinstance(query, Operation):
        yield from terms(query.left)
        yield from terms(query.right)


def rung(query: Query) -> int:
    """The rung read off the form: 3 with brackets, else 2 with do(), else 1; of arithmetic, the highest."""
    highest = 1
    for term in terms(query):
        if any(atom.world for atom in (*term.event, *term.evidence)):
            return 3
        if term.action:
            highest = 2
    return highest
