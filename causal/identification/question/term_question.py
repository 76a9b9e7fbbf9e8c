"""One term of the query language as a question about letters, and its verdict on any rung.

    P(Y=1 | Z=1)                      rung 1: known, it is what is seen
    P(Y=1 | do(X=1), Z=1)             rung 2: ID and IDC, with experiments gID
    P(Y[X=0]=1 | X=1, Y=1)            rung 3: ID* and IDC*

A term speaks of points: every variable in it has a value. Means, inequalities and distributions are put together from
those (see ``causal.identification.verdicts``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from causal.errors import ImpossibleEvidence
from causal.graphs.projection import Projection
from causal.identification.algorithms.derivation import RULE_2, RULE_3, Identified, Separation, Step, Verdict
from causal.identification.algorithms.gid import Experiments
from causal.identification.algorithms.id import Search, p
from causal.identification.algorithms.id_star import Counterfactuals
from causal.identification.algorithms.idc import conditional_effect
from causal.identification.algorithms.potential_responses import effective
from causal.identification.algorithms.regions import Names, regions
from causal.identification.formulas.estimand import ONE, ZERO, Response, Value, free
from causal.queries.query import Atom, Term, World

Letters = dict[Value, str]
"""What states letters stand for."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A term's verdict, and what the letters of its estimand stand for; ``open`` ones stand for any value."""

    verdict: Verdict
    states: Mapping[Value, str]
    open: tuple[Value, ...] = ()

    @property
    def still_open(self) -> tuple[Value, ...]:
        """The open letters that did not turn out to be others."""
        return tuple(v for v in self.open if isinstance(self.verdict, Identified) and v in free(self.verdict.estimand))


def solve(graph: Projection, term: Term, experiments: Names, states: Mapping[str, tuple[str, ...]]) -> Solved:
    """Whether a term can be known, from what is seen and from experiments; ``states`` are those of each variable.

    An atom without a value stands for any value of its variable. Raises ImpossibleEvidence.
    """
    if constant := {name for name in graph.nodes if len(states.get(name, ())) == 1}:
        # What never varies tells nothing, passes nothing on, and may be left out of every question.
        graph, term = graph.among(set(graph.nodes) - constant), _stripped(term, constant)
    worlds = {atom.world for atom in (*term.event, *term.evidence)}
    if not term.event:
        return Solved(Identified(ONE), {})
    if worlds == {()}:
        return _one_world(graph, term, experiments)
    if len(worlds) == 1 and all(setting.value is not None for setting in next(iter(worlds))):
        event, evidence = (tuple(replace(a, world=()) for a in group) for group in (term.event, term.evidence))
        return _one_world(graph, Term("P", event, evidence, next(iter(worlds))), experiments)
    return _Worlds(graph, term, experiments, states).solved()


def _stripped(term: Term, constant: Collection[str]) -> Term:
    def world(settings: World) -> World:
        return tuple(replace(s, nested=world(s.nested)) for s in settings if s.variable not in constant)

    event, evidence = (
        tuple(replace(a, world=world(a.world)) for a in atoms if a.variable not in constant)
        for atoms in (term.event, term.evidence)
    )
    return Term(term.kind, event, evidence, world(term.action))


def unknown(graph: Projection, term: Term, experiments: Names, states: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a term cannot be known in this graph, although it means something there."""
    try:
        return not solve(graph, term, experiments, states).verdict
    except ImpossibleEvidence:
        return False


def _one_world(graph: Projection, term: Term, experiments: Names) -> Solved:
    """Rungs 1 and 2: what is known of each variable, then the algorithms for effects."""
    known: dict[str, str | None] = {s.variable: s.value for s in term.action}
    for atom in term.evidence:
        if known.setdefault(atom.variable, atom.value) != atom.value:
            raise _contradiction(atom, known[atom.variable])
    seen = known.keys() - {s.variable for s in term.action}
    asked: dict[str, str | None] = {}
    for atom in term.event:
        value = known.get(atom.variable, asked.setdefault(atom.variable, atom.value))
        if None not in (value, atom.value) and value != atom.value:
            return Solved(Identified(ZERO), {})
    y = frozenset(asked.keys() - known.keys())
    letters = {Value(n): v for n, v in {**asked, **known}.items() if v is not None}
    verdict = effect_verdict(graph, y, frozenset(known.keys() - seen), frozenset(seen), experiments)
    return Solved(verdict, letters, tuple(Value(n) for n, v in asked.items() if v is None))


def _contradiction(atom: Atom, other: str | None) -> ImpossibleEvidence:
    return ImpossibleEvidence("errors.identification.contradiction", name=atom.variable, one=atom.value, other=other)


def effect_verdict(graph: Projection, y: Names, x: Names, z: Names, experiments: Names) -> Verdict:
    """P(y | do(x), z), from what is seen if that will do, else with experiments."""
    if not y:
        return Identified(ONE)
    if not x:
        return Identified(p(y, z))
    if idle := x - graph.cut(into=x).ancestors(y | z):
        licence = Separation(y, idle, x - idle | z, graph, into=x)
        found = effect_verdict(graph, y, x - idle, z, experiments)
        return _after(Step("at once", RULE_3, p(y, z, x), p(y, z, x - idle), licence), found)
    licence = Separation(y, x, z, graph, out_of=x)
    if licence.holds:  # no confounding at all: the shortest answer there is
        return Identified(p(y, x | z), (Step("at once", RULE_2, p(y, z, x), p(y, x | z), licence),))
    found = conditional_effect(Search(graph), y, x, z)
    if found or not experiments:
        return found
    if x <= experiments:
        return Identified(p(y, z, x))
    return conditional_effect(Experiments(graph, experiments), y, x, z)


def _after(step: Step, found: Verdict) -> Verdict:
    return replace(found, derivation=(step, *found.derivation)) if isinstance(found, Identified) else found


class _Worlds:
    """Rung 3: the term's potential responses, with a letter for every state it names."""

    def __init__(
        self, graph: Projection, term: Term, experiments: Names, states: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.graph, self.term, self.experiments = graph, term, experiments
        self.letters: dict[tuple[str, str], Value] = {}
        self.links: list[Response] = []
        for variable, state in _mentions(term):
            self._letter(variable, state)
        self.other: dict[Value, Value] = {}
        for variable, state in list(self.letters):
            pair = states.get(variable, ())
            if len(pair) == 2 and state in pair:
                self.other[self.letters[variable, state]] = self._letter(variable, pair[pair.index(state) - 1])
        self.bound: list[Value] = []
        self.open: list[Value] = []

    def _letter(self, variable: str, state: str) -> Value:
        copies = sum(1 for name, _ in self.letters if name == variable)
        return self.letters.setdefault((variable, state), Value(variable, copies))

    def _new(self, variable: str) -> Value:
        """A letter that stands for no state."""
        copies = sum(1 for name, _ in self.letters if name == variable)
        return Value(variable, copies + sum(1 for letter in (*self.bound, *self.open) if letter.variable == variable))

    def _response(self, atom: Atom) -> Response:
        world = self._world(atom.variable, _settled(atom.variable, atom.world))
        if atom.value is None:
            self.open.append(self._new(atom.variable))
            return Response(self.open[-1], world)
        return Response(self.letters[atom.variable, atom.value], world)

    def _world(self, variable: str, world: World) -> tuple[Value, ...]:
        """What is held in a world and matters to a variable; what is held at a nested value gets a letter."""
        held = []
        matters = effective(regions(self.graph), variable, [setting.variable for setting in world])
        for setting in world:
            if setting.variable not in matters:
                continue
            nested = _settled(setting.variable, setting.nested)
            value = next((s.value for s in nested if s.variable == setting.variable), setting.value)
            if value is not None:
                held.append(self.letters[setting.variable, value])
            else:
                inner = self._world(setting.variable, nested)
                letter = self._new(setting.variable)
                self.bound.append(letter)
                self.links.append(Response(letter, inner))
                held.append(letter)
        return tuple(sorted(held))

    def solved(self) -> Solved:
        """The verdict of ID* and IDC*."""
        evidence = [self._response(atom) for atom in self.term.evidence]
        links, self.links = self.links, []
        # What nested worlds hold is part of the event, or of the condition, that it stands in.
        event = [self._response(atom) for atom in self.term.event] + self.links
        start = partial(Experiments, self.graph, self.experiments) if self.experiments else partial(Search, self.graph)
        question = Counterfactuals(self.graph, start, list(self.letters.values()), self.bound, self.other)
        states = {letter: state for (_, state), letter in self.letters.items()}
        return Solved(question.verdict(event, evidence, links), states, tuple(self.open))


def _settled(variable: str, world: World) -> World:
    """A world in which a variable is held at its own value in another world, as far as it goes: that other world."""
    for setting in world:
        if setting.variable == variable and setting.value is None:
            return _settled(variable, setting.nested)
    return world


def _mentions(term: Term) -> Iterator[tuple[str, str]]:
    """Every state that a term names, in the order in which it is read."""

    def held(world: World) -> Iterator[tuple[str, str]]:
        for setting in world:
            if setting.value is not None:
                yield setting.variable, setting.value
            yield from held(setting.nested)

    for atom in (*term.event, *term.evidence):
        if atom.value is not None:
            yield atom.variable, atom.value
        yield from held(atom.world)
