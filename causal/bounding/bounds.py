"""The door: read the question, the sources and the assumptions; prepare the program; solve it; say what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from causal.answers.answer import Interval
from causal.answers.engine import need_numbers
from causal.bounding.assumptions import Assumption, apply, orders, read_assumptions
from causal.bounding.attaining_model import model_at
from causal.bounding.extents import Range
from causal.bounding.factors import Source
from causal.bounding.frame import Frame, check_measured, frame_of, with_states
from causal.bounding.optimum import optimize
from causal.bounding.program import Program, prepare
from causal.bounding.sources import OBSERVED, Distribution, computed, given, read_sources
from causal.errors import ImpossibleEvidence
from causal.models.model import Model
from causal.queries.parsing import parse
from causal.queries.printing import text
from causal.queries.query import Query, Term, mentioned, rung, terms
from causal.queries.reading import read
from causal.ranges.spans import SAME_END, Array


@dataclass(frozen=True, slots=True)
class _Solution:
    """What ``attaining`` needs to write a model down."""

    model: Model
    program: Program
    told: Array
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values that a question can take, given a graph, distributions and assumptions.

    ``interval`` holds them, and ``value`` is set too where its ends are the same; of a whole distribution,
    ``distribution`` gives each state its interval instead. ``sharp`` says whether the ends are attained, ``because``
    why that is not sure.
    """

    query: str
    rung: int
    interval: Interval | None
    sharp: bool
    value: float | None = None
    distribution: Mapping[str, Interval] | None = None
    because: str | None = None
    _solution: _Solution | None = field(default=None, repr=False, compare=False)

    @property
    def witnessed(self) -> bool:
        """Whether ``attaining`` can write a model down: bounds are sharp without one only where they are a value."""
        found = self._solution
        return found is not None and all(r.attained and _one_cause(found.program, r) for r in found.ranges)

    def to_dict(self) -> dict[str, Any]:
        """The bounds as JSON data, as the contract writes them."""
        data: dict[str, Any] = {"query": self.query, "rung": self.rung}
        if self.distribution is not None:
            data["distribution"] = {state: list(ends) for state, ends in self.distribution.items()}
        elif self.value is not None:
            data["value"] = self.value
        elif self.interval is not None:
            data["interval"] = list(self.interval)
        return data | {"sharp": self.sharp} | ({} if self.because is None else {"because": self.because})


def bounds(
    model: Model, question: str | Query, sources: Sequence[str] = (OBSERVED,), assume: Sequence[str] = ()
) -> Bounds:
    """Bound a question over all models with this model's graph and its distributions (see ``sources``).

    The model's numbers serve to compute these distributions, and for nothing else. Raises BadQuery (a question that
    cannot be read, or names what is not measured), MissingNumbers (a graph has no distributions: see ``bounds_from``),
    ImpossibleEvidence (a condition that no such model allows, or assumptions that leave no model), and TooLarge.
    """
    whole = with_states(model)
    written, query = _question(whole, question)
    assumptions = read_assumptions(assume, whole)
    done = read_sources(sources, whole)
    need_numbers(model)
    frame = _relevant(frame_of(model), [*mentioned(query), *_named(assumptions)])
    settings = tuple(dict.fromkeys(frame.ordered(n for n in names if n in frame.place) for names in done))
    tables = tuple(computed(model, frame, names) for names in settings)
    forms = tuple(Source(names, tuple(n for n in frame.nodes if n not in names)) for names in settings)
    limited = apply(frame, assumptions)
    assumed = frozenset(_assumed(frame, assumptions))
    program = _program(limited, query, forms, assumptions, assumed)
    words = f"what is assumed ({', '.join(assume)}) contradicts what is known ({', '.join(sources)})"
    return _solve(whole, written, query, program, tables, words)


def bounds_from(
    graph: Model, question: str | Query, known: Sequence[Distribution], assume: Sequence[str] = ()
) -> Bounds:
    """Bound a question over all models with this graph and these distributions, such as a trial's and a survey's.

    Variables of the graph that no table, question or assumption names count as unmeasured. The graph may have states
    and numbers; the numbers are not read. Raises what ``bounds`` raises, and BadQuery where a table is no distribution.
    """
    whole = with_states(graph)
    written, query = _question(whole, question)
    assumptions = read_assumptions(assume, whole)
    for name in (n for table in known for n in (*table.done, *table.shown)):
        check_measured(whole, name)
    named = {*mentioned(query), *_named(assumptions), *(n for t in known for n in (*t.done, *t.shown))}
    hidden = tuple(v if v.exogenous or v.name in named else replace(v, latent=True) for v in whole)
    whole = replace(whole, variables=hidden, units=(), expected=())
    frame = frame_of(whole)
    pairs = [given(frame, table) for table in known]
    program = _program(
        apply(frame, assumptions), query, tuple(p[0] for p in pairs), assumptions, frozenset(frame.nodes)
    )
    also = f" and what is assumed ({', '.join(assume)})" if assume else ""
    words = f"these tables, the graph{also} contradict each other"
    return _solve(whole, written, query, program, tuple(p[1] for p in pairs), words)


def attaining(found: Bounds, end: Literal["low", "high"], state: str | None = None) -> Model:
    """A model that attains one end: this graph, these distributions, and that answer (of a distribution: for a state).

    Its hidden causes are exogenous variables whose states name the response types. Raises ValueError where bounds are
    not ``witnessed``.
    """
    solution = found._solution
    if solution is None or not found.witnessed:
        raise ValueError("no model is known to attain these bounds")
    reached = solution.ranges[0 if found.distribution is None else list(found.distribution).index(state or "")]
    point = reached.at[0 if end == "low" else 1]
    assert point is not None  # noqa: S101 - witnessed
    return model_at(solution.model, solution.program, solution.told, reached.touched, point)


def _solve(model: Model, written: str, query: Query, program: Program, tables: tuple[Array, ...], words: str) -> Bounds:
    states: tuple[int, ...] = (0,)
    if (asked := _distribution_of(query)) is not None:
        states = tuple(range(program.frame.sizes[asked]))
    try:
        told = program.numbers(tables)
        found = tuple(_clipped(query, optimize(program, told, query, state)) for state in states)
    except ImpossibleEvidence as error:
        if error.kind != "impossible-evidence/assumptions":
            raise
        raise ImpossibleEvidence(f"{words[0].upper()}{words[1:]}: no model fits them all.", "assumptions") from None
    sharp = all(r.high - r.low <= SAME_END or (r.attained and _one_cause(program, r)) for r in found)
    result = Bounds(
        written,
        rung(query),
        None,
        sharp,
        because=None if sharp else _because(program, found),
        _solution=_Solution(model, program, told, found),
    )
    if asked is not None:
        names = program.frame.variable(asked).states
        ends = {name: (r.low, r.high) for name, r in zip(names, found, strict=True)}
        return replace(result, distribution=ends)
    low, high = found[0].low, found[0].high
    return replace(result, interval=(low, high), value=(low + high) / 2 if high - low <= SAME_END else None)


def _clipped(query: Query, found: Range) -> Range:
    low, high = found.low + 0.0, found.high + 0.0  # no minus zero
    if isinstance(query, Term) and query.kind == "P":
        low, high = min(1.0, max(0.0, low)), min(1.0, max(0.0, high))
    return replace(found, low=min(low, high), high=max(low, high))


def _distribution_of(query: Query) -> str | None:
    if isinstance(query, Term) and query.kind == "P" and query.event[0].relation is None:
        return query.event[0].variable
    return None


def _one_cause(program: Program, found: Range) -> bool:
    return all(program.frame.one_cause(program.groups[group]) for group in found.touched)


def _because(program: Program, found: Iterable[Range]) -> str:
    several = [
        group
        for number, group in enumerate(program.groups)
        if any(number in r.touched for r in found) and not program.frame.one_cause(group)
    ]
    if not several:
        return "The expression is more than one ratio of probabilities: its ends are safe, but may not be attained."
    listed = "; ".join(", ".join(group) for group in several)
    return (
        f"No single hidden cause moves all of {listed}: the ends allow one, so they are safe, but may not be attained."
    )


def _program(
    frame: Frame, query: Query, forms: tuple[Source, ...], assumptions: Sequence[Assumption], assumed: frozenset[str]
) -> Program:
    return prepare(frame, tuple(dict.fromkeys(terms(query))), forms, orders(frame, assumptions), assumed)


def _relevant(frame: Frame, names: Iterable[str]) -> Frame:
    """The part of the graph that can matter: what is named, with all causes, and all that shares a hidden cause."""
    graph = frame.projection
    kept: frozenset[str] = frozenset()
    more = graph.ancestors(list(names))
    while more != kept:
        kept = more
        districts = [d for d in graph.districts() if d & kept]
        more = graph.ancestors(list(kept.union(*districts)))
    return Frame(graph.among(kept), tuple(v for v in frame.variables if v.name in kept))


def _assumed(frame: Frame, assumptions: Sequence[Assumption]) -> Iterator[str]:
    """The variables whose response types an assumption limits, or whose part of the graph it changes."""
    for a in assumptions:
        if a.kind == "monotone":
            yield from (order.effect for order in orders(frame, [a]))
        elif apply(frame, [a]) != frame:
            changed = a.effect or a.cause
            yield from next(d for d in frame.projection.districts() if changed in d)


def _question(model: Model, question: str | Query) -> tuple[str, Query]:
    for name in sorted(mentioned(parse(question) if isinstance(question, str) else question)):
        if name in model and not (model[name].observable and not model[name].continuous):
            check_measured(model, name)
    return question if isinstance(question, str) else text(question), read(question, model)


def _named(assumptions: Iterable[Assumption]) -> Iterator[str]:
    for a in assumptions:
        yield from (a.cause, *([a.effect] if a.effect else []))
