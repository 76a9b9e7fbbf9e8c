"""Bounds: read the question, the sources and the assumptions; prepare the program; solve it; say what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from causal.answers.answer import Interval
from causal.answers.engine import need_numbers
from causal.bounding.assumptions import Assumption, apply, orders, read_assumptions
from causal.bounding.attaining_model import model_at
from causal.bounding.factors import Source
from causal.bounding.measured_graph import MeasuredGraph, check_measured, measured_graph, with_states
from causal.bounding.optimum import Optimum, optimize
from causal.bounding.response_program import Program, prepare
from causal.bounding.sources import OBSERVED, Distribution, computed, given, read_sources
from causal.errors import ImpossibleEvidence
from causal.models.model import Model
from causal.queries.parsing import parse
from causal.queries.printing import text
from causal.queries.query import Query, Term, mentioned, rung, terms
from causal.queries.reading import read
from causal.ranges.polytopes import NothingFits
from causal.ranges.spans import SAME_END, Array
from causal.words.sentence import Listed, Sentence


@dataclass(frozen=True, slots=True)
class _Solution:
    """What ``attaining`` needs to write a model down."""

    model: Model
    program: Program
    told: Array
    optima: tuple[Optimum, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values that a question can take, given a graph, distributions and assumptions.

    ``interval`` holds them, and ``value`` is set too where its ends are the same; of a whole distribution,
    ``distribution`` gives each state its interval instead. ``sharp`` says whether the ends are attained, ``reason`` (in
    words: ``because``) why that is not sure.
    """

    query: str
    rung: int
    interval: Interval | None
    sharp: bool
    value: float | None = None
    distribution: Mapping[str, Interval] | None = None
    reason: Sentence | None = None
    _solution: _Solution | None = field(default=None, repr=False, compare=False)

    @property
    def because(self) -> str | None:
        """Why the ends may not be attained, in the language that is spoken."""
        return None if self.reason is None else str(self.reason)

    @property
    def witnessed(self) -> bool:
        """Whether ``attaining`` can write a model down: bounds are sharp without one only where they are a value."""
        found = self._solution
        return found is not None and all(_attained(found.program, one) for one in found.optima)

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
    measured = _relevant(measured_graph(model), [*mentioned(query), *_named(assumptions)])
    settings = tuple(dict.fromkeys(measured.ordered(n for n in names if n in measured.place) for names in done))
    tables = tuple(computed(model, measured, names) for names in settings)
    forms = tuple(Source(names, tuple(n for n in measured.nodes if n not in names)) for names in settings)
    limited = apply(measured, assumptions)
    assumed = frozenset(_assumed(measured, assumptions))
    program = _program(limited, query, forms, assumptions, assumed)
    assumed_of, known = Listed(assume, "comma"), Listed(sources, "comma")
    contradiction = Sentence("errors.bounding.assumptions_contradict", assumptions=assumed_of, known=known)
    return _solve(whole, written, query, program, tables, contradiction)


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
    measured = measured_graph(whole)
    pairs = [given(measured, table) for table in known]
    program = _program(
        apply(measured, assumptions), query, tuple(p[0] for p in pairs), assumptions, frozenset(measured.nodes)
    )
    contradiction = Sentence("errors.bounding.tables_contradict")
    if assume:
        contradiction = Sentence("errors.bounding.tables_and_assumptions", assumptions=Listed(assume, "comma"))
    return _solve(whole, written, query, program, tuple(p[1] for p in pairs), contradiction)


def attaining(found: Bounds, end: Literal["low", "high"], state: str | None = None) -> Model:
    """A model that attains one end: this graph, these distributions, and that answer (of a distribution: for a state).

    Its hidden causes are exogenous variables whose states name the response types. Raises ValueError where bounds are
    not ``witnessed``.
    """
    solution = found._solution
    if solution is None or not found.witnessed:
        raise ValueError("no model is known to attain these bounds")
    reached = solution.optima[0 if found.distribution is None else list(found.distribution).index(state or "")]
    point = reached.range.at[0 if end == "low" else 1]
    assert point is not None  # noqa: S101 - witnessed
    return model_at(solution.model, solution.program, solution.told, reached.touched, point)


def _solve(
    model: Model, written: str, query: Query, program: Program, tables: tuple[Array, ...], contradiction: Sentence
) -> Bounds:
    states: tuple[int, ...] = (0,)
    if (asked := _distribution_of(query)) is not None:
        states = tuple(range(program.measured.sizes[asked]))
    try:
        told = program.numbers(tables)
        found = tuple(_clipped(query, optimize(program, told, query, state)) for state in states)
    except NothingFits:
        raise ImpossibleEvidence(contradiction.key, "assumptions", **contradiction.values) from None
    ends = [(one.range.low, one.range.high) for one in found]
    sharp = all(high - low <= SAME_END or _attained(program, one) for (low, high), one in zip(ends, found, strict=True))
    result = Bounds(
        written,
        rung(query),
        None,
        sharp,
        reason=None if sharp else _reason(program, found),
        _solution=_Solution(model, program, told, found),
    )
    if asked is not None:
        return replace(result, distribution=dict(zip(program.measured.variable(asked).states, ends, strict=True)))
    low, high = ends[0]
    return replace(result, interval=(low, high), value=(low + high) / 2 if high - low <= SAME_END else None)


def _clipped(query: Query, found: Optimum) -> Optimum:
    low, high = found.range.low + 0.0, found.range.high + 0.0  # no minus zero
    if isinstance(query, Term) and query.kind == "P":
        low, high = min(1.0, max(0.0, low)), min(1.0, max(0.0, high))
    return replace(found, range=replace(found.range, low=min(low, high), high=max(low, high)))


def _distribution_of(query: Query) -> str | None:
    if isinstance(query, Term) and query.kind == "P" and query.event[0].relation is None:
        return query.event[0].variable
    return None


def _attained(program: Program, found: Optimum) -> bool:
    """Whether both ends are values of some model: types that share a cause may be mixed at will."""
    one_cause = all(program.measured.one_cause(program.groups[group]) for group in found.touched)
    return one_cause and None not in found.range.at


def _reason(program: Program, found: Iterable[Optimum]) -> Sentence:
    touched = sorted({group for one in found for group in one.touched})
    several = [program.groups[group] for group in touched if not program.measured.one_cause(program.groups[group])]
    if not several:
        return Sentence("bounds.several_ratios")
    return Sentence("bounds.several_causes", groups=Listed((Listed(group, "comma") for group in several), "semicolon"))


def _program(
    measured: MeasuredGraph,
    query: Query,
    forms: tuple[Source, ...],
    assumptions: Sequence[Assumption],
    assumed: frozenset[str],
) -> Program:
    return prepare(measured, tuple(dict.fromkeys(terms(query))), forms, orders(measured, assumptions), assumed)


def _relevant(measured: MeasuredGraph, names: Iterable[str]) -> MeasuredGraph:
    """The part of the graph that can matter: what is named, with all causes, and all that shares a hidden cause."""
    graph = measured.projection
    kept: frozenset[str] = frozenset()
    more = graph.ancestors(list(names))
    while more != kept:
        kept = more
        districts = [d for d in graph.districts() if d & kept]
        more = graph.ancestors(list(kept.union(*districts)))
    return MeasuredGraph(graph.among(kept), tuple(v for v in measured.variables if v.name in kept))


def _assumed(measured: MeasuredGraph, assumptions: Sequence[Assumption]) -> Iterator[str]:
    """The variables whose response types an assumption limits, or whose part of the graph it changes."""
    for a in assumptions:
        if a.kind == "monotone":
            yield from (order.effect for order in orders(measured, [a]))
        elif apply(measured, [a]) != measured:
            changed = a.effect or a.cause
            yield from next(d for d in measured.projection.districts() if changed in d)


def _question(model: Model, question: str | Query) -> tuple[str, Query]:
    for name in sorted(mentioned(parse(question) if isinstance(question, str) else question)):
        if name in model:
            check_measured(model, name)
    return question if isinstance(question, str) else text(question), read(question, model)


def _named(assumptions: Iterable[Assumption]) -> Iterator[str]:
    for a in assumptions:
        yield from (a.cause, *([a.effect] if a.effect else []))
