"""A question as a polynomial over response types (Balke and Pearl 1994; Pearl 2009, section 8.2).

A unit's response type says of one variable which state it takes for each joint state of its parents (each *row*). Given
all types, every potential response is settled; so a question is run as a program that reads rows one by one, and the
branches in which event and evidence hold are added up. A branch is a *pattern*: some rows, and what they answer.
Districts share no hidden cause, so a pattern's probability is the product of its districts' parts.

    P(Y[X=1]=1 | X=0), X and Y one district      {X: 0, Y(1): 1} / {X: 0}
    P(Y=1 | do(X=1)), X -> M -> Y, X <-> Y       {M(1): 0} {Y(0): 1} + {M(1): 1} {Y(1): 1}

References: A. Balke and J. Pearl, Counterfactual probabilities: computational methods, bounds and applications (1994).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from causal.bounding.measured_graph import MeasuredGraph, States
from causal.errors import TooLarge
from causal.queries.query import Atom, Term, World
from causal.ranges.polynomials import ONE, Monomial, Polynomial
from causal.rungs.association import allowed
from causal.rungs.intervention import in_brackets

Row = tuple[str, States]
"""A variable and the states of its parents: one thing that can be asked of a response type."""

Known = Mapping[Row, int]
"""What has been read of the response types: rows and their answers."""

Pattern = frozenset[tuple[Row, int]]
"""Rows of one group of districts, and their answers.

An unknown is a group's number and a pattern of it. Groups are independent, so their patterns' probabilities multiply.
"""

MOST_BRANCHES = 40_000
"""A question that reads in more steps than this is refused."""


class Unread(Exception):
    """A row was asked for that has not been read."""

    def __init__(self, row: Row) -> None:
        super().__init__(row)
        self.row = row


def branches(measured: MeasuredGraph, run: Callable[[Known], float]) -> Iterator[tuple[Known, float]]:
    """What ``run`` gives for every pattern of answers; it raises ``Unread`` for the row that it needs next."""
    waiting: list[dict[Row, int]] = [{}]
    steps = 0
    while waiting:
        known = waiting.pop()
        steps += 1
        if steps > MOST_BRANCHES:
            raise TooLarge("errors.bounding.too_many_branches")
        try:
            found = run(known)
        except Unread as unread:
            states = range(measured.sizes[unread.row[0]])
            waiting += [{**known, unread.row: state} for state in reversed(states)]
        else:
            yield known, found


def walk(measured: MeasuredGraph, names: Sequence[str], states: dict[str, int], known: Known) -> dict[str, int]:
    """Let these variables, causes first, respond to the ``states`` of their parents, one after the other."""
    for name in names:
        row = (name, tuple([states[p] for p in measured.parents[name]]))
        if row not in known:
            raise Unread(row)
        states[name] = known[row]
    return states


@dataclass(frozen=True, slots=True)
class PotentialResponse:
    """A potential response: what is held, at a state or at another response, and what must respond, causes first."""

    variable: str
    held: tuple[tuple[str, int | PotentialResponse], ...]
    order: tuple[str, ...]

    def state(self, measured: MeasuredGraph, known: Known) -> int:
        """The state it takes for the response types of which this is known."""
        held = {n: s if isinstance(s, int) else s.state(measured, known) for n, s in self.held}
        return walk(measured, self.order, held, known)[self.variable]


def response(measured: MeasuredGraph, variable: str, world: World) -> PotentialResponse:
    """The potential response of a variable in a world."""
    held = {s.variable: s for s in world}
    causes = measured.projection.cut(into=held).ancestors([variable])
    settings = tuple(
        (n, measured.variable(n).states.index(s.value) if s.value is not None else response(measured, n, s.nested))
        for n, s in held.items()
        if n in causes
    )
    return PotentialResponse(variable, settings, measured.ordered(n for n in causes if n not in held))


@dataclass(frozen=True, slots=True)
class ResponseQuery:
    """A term over response types: its numerators (one, or one for each state of a distribution) and its denominator."""

    numerators: tuple[Polynomial, ...]
    denominator: Polynomial


def response_query(measured: MeasuredGraph, groups: tuple[tuple[str, ...], ...], term: Term) -> ResponseQuery:
    """A term as polynomials over the response types of ``groups``."""
    term = in_brackets(term)
    evidence = [_statement(measured, a) for a in term.evidence]
    event = [_statement(measured, a) for a in term.event]
    numbers = measured.variable(term.event[0].variable).numbers or ()
    size = measured.sizes[term.event[0].variable]

    def given(known: Known) -> float:
        return float(all(r.state(measured, known) in states for r, states in evidence))

    def happens(known: Known) -> float:
        return float(given(known) and all(r.state(measured, known) in states for r, states in event))

    def mean(known: Known) -> float:
        return numbers[event[0][0].state(measured, known)] if given(known) else 0.0

    def takes(state: int) -> Callable[[Known], float]:
        return lambda known: float(given(known) and event[0][0].state(measured, known) == state)

    runs: list[Callable[[Known], float]] = [mean if term.kind == "E" else happens]
    if term.kind == "P" and term.event[0].relation is None:
        runs = [takes(state) for state in range(size)]
    return ResponseQuery(
        tuple(polynomial(measured, groups, run) for run in runs),
        polynomial(measured, groups, given) if evidence else ONE,
    )


def _statement(measured: MeasuredGraph, atom: Atom) -> tuple[PotentialResponse, frozenset[int]]:
    said = response(measured, atom.variable, atom.world)
    if atom.relation is None or atom.value is None:
        return said, frozenset(range(measured.sizes[atom.variable]))
    weights = allowed(measured.variable(atom.variable), atom.relation, atom.value)
    return said, frozenset(int(k) for k in weights.nonzero()[0])


def polynomial(
    measured: MeasuredGraph, groups: tuple[tuple[str, ...], ...], run: Callable[[Known], float]
) -> Polynomial:
    """The mean over all response types of what ``run`` gives."""
    group_of = {name: g for g, names in enumerate(groups) for name in names}
    found: dict[Monomial, float] = {}
    for known, factor in branches(measured, run):
        if factor:
            parts: dict[int, list[tuple[Row, int]]] = {}
            for row, state in known.items():
                parts.setdefault(group_of[row[0]], []).append((row, state))
            monomial = tuple((g, frozenset(parts[g])) for g in sorted(parts))
            found[monomial] = found.get(monomial, 0.0) + factor
    return Polynomial(found.pop((), 0.0), found)
