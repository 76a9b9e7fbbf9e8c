r"""Is a probability of several worlds known from experiments, or from what is seen alone?

The responses, written by their parents (see ``causal.identification.algorithms.potential_responses``), fall into
districts that share no chance. Each district's probability is a product's factor. If no variable stands in it with two
letters, all its worlds are one, and it is the probability of an experiment, P(c | do(pa)), which is looked for as any
effect is. If some does, it asks for the same chance in two worlds at once, and no experiment can show it.

    P(Y_x = y, X = x')          one district if X and Y share a hidden cause: X is x' there and x in Y_x; not known
    the same with X -> M -> Y   three: P(X = x'), and summed over m, P(M_x = m) P(Y_m = y); known

Given evidence, only the groups of responses count that what is asked belongs to. Nested responses are unnested first:
Y[X=x, M=M[X=x']] is Y[X=x, M=m] and M[X=x'] = m, summed over m.

The second paper proves that nothing more is known where variables may have any number of states. If a variable has two,
P(A, X = x') = P(A) - P(A, X = x) sometimes helps, and is tried last. For what then is not known either, the tests look
for two models that agree on all that is, and find them.

References: I. Shpitser and J. Pearl, What counterfactuals can be tested (2007), for ID* and IDC*; J. Correa, S. Lee and
E. Bareinboim, Nested counterfactual identification from arbitrary surrogate experiments (2021), for this form.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from causal.errors import ImpossibleEvidence
from causal.graphs.projection import Projection
from causal.identification.algorithms.derivation import Identified, NotIdentified, Rule, Step, Verdict
from causal.identification.algorithms.id import Search
from causal.identification.algorithms.potential_responses import Node, Unit, components
from causal.identification.algorithms.regions import Names, Regions, regions
from causal.identification.formulas.estimand import (
    ONE,
    ZERO,
    Difference,
    Estimand,
    Fraction,
    Imagined,
    Probability,
    Product,
    Response,
    Sum,
    Value,
    Values,
    rename,
)
from causal.identification.formulas.simplifying import divided, times, total


@dataclass(frozen=True, slots=True)
class Group:
    """Responses that hang together, and the letters to sum over."""

    nodes: tuple[Node, ...]
    bound: Values

    @property
    def shape(self) -> tuple[tuple[Value, Values], ...]:
        """The same whatever its bound letters are called."""
        names: dict[Value, Value] = {}
        for letter in (letter for node in self.nodes for letter in (*node.parents, node.letter)):
            if letter in self.bound:
                names.setdefault(letter, Value(letter.variable, -1 - len(names)))
        return tuple(
            (names.get(n.letter, n.letter), tuple(sorted(names.get(v, v) for v in n.parents))) for n in self.nodes
        )


@dataclass
class Counterfactuals:
    """One question about several worlds; ``search`` starts an algorithm for effects.

    ``fixed`` letters stand for known, different states; ``bound`` ones came from nested worlds, to be summed over;
    ``other`` gives the letter of a variable's only other state, where it has two.
    """

    graph: Projection
    search: Callable[[], Search]
    fixed: Collection[Value]
    bound: Collection[Value] = ()
    other: Mapping[Value, Value] = field(default_factory=dict)
    journal: list[Step] = field(default_factory=list, init=False)
    known: dict[Names, Verdict] = field(default_factory=dict, init=False)

    @property
    def regions(self) -> Regions:
        """Ancestors and districts of the graph."""
        return regions(self.graph)

    def verdict(
        self, event: Sequence[Response], evidence: Sequence[Response] = (), links: Sequence[Response] = ()
    ) -> Verdict:
        """Identify P(event | evidence); ``links`` are the responses that nested worlds in the evidence hold.

        Raises ImpossibleEvidence if the evidence contradicts itself in every model.
        """
        found = self._conditional(tuple(event), tuple(evidence), tuple(links))
        if isinstance(found, NotIdentified) and self.other:
            found = self._without_conditions(tuple(event), tuple(evidence), tuple(links)) or found
        return found if isinstance(found, NotIdentified) else Identified(found, tuple(dict.fromkeys(self.journal)))

    def _conditional(
        self, event: tuple[Response, ...], evidence: tuple[Response, ...], links: tuple[Response, ...]
    ) -> Estimand | NotIdentified:
        below = self._groups((*evidence, *links), len(evidence)) if evidence else []
        if below is None:
            raise ImpossibleEvidence("errors.identification.evidence")
        above = self._groups((*evidence, *links, *event), len(evidence))
        if above is None:
            return ZERO
        if not evidence:
            return self._joint((*links, *event), above)
        # What hangs together with nothing that is asked stands above and below the bar alike.
        shared = {group.shape for group in above} & {group.shape for group in below}
        pair = [[group for group in groups if group.shape not in shared] for groups in (above, below)]
        whole = Fraction(self._asked((*event, *evidence, *links)), self._asked((*evidence, *links)))
        if not self.bound:
            self._note("IDC*", "conditional_probability", Imagined(event, evidence), whole)
        self._note("IDC*, groups", "composition", whole, divided(*map(_summed, pair)))
        found = [self._product(groups) for groups in pair]
        parts = [part for part in found if not isinstance(part, NotIdentified)]
        return divided(*parts) if len(parts) == len(found) else next(f for f in found if isinstance(f, NotIdentified))

    def _groups(self, responses: tuple[Response, ...], known: int) -> list[Group] | None:
        """The components, given the first of the responses; None if it all cannot happen."""
        unit = Unit(self.regions, self.fixed, fresh=set(self.bound))
        nodes = unit.nodes(responses)
        if nodes is None:
            return None
        seen = [i for i, node in enumerate(nodes) if any(source < known for source in node.asked)]
        free = {unit.now(r.value) for r in responses}.difference(unit.fresh).union(self.fixed)
        found = []
        for group in components(nodes, seen, self.regions, free):
            members = tuple(nodes[i] for i in group)
            bound = {v for node in members for v in (node.letter, *node.parents)} - free
            found.append(Group(members, tuple(sorted(bound))))
        return found

    def _asked(self, responses: tuple[Response, ...]) -> Estimand:
        bound = tuple(sorted({r.value for r in responses}.intersection(self.bound)))
        if not responses:
            return ONE
        return Sum(bound, Imagined(responses)) if bound else Imagined(responses)

    def _joint(self, responses: tuple[Response, ...], groups: Sequence[Group]) -> Estimand | NotIdentified:
        self._note("ID*, ancestors", "composition", self._asked(responses), _summed(groups))
        return self._product(groups)

    def _product(self, groups: Sequence[Group]) -> Estimand | NotIdentified:
        """The product of the groups' probabilities, each summed over its own letters."""
        nodes = [node for group in groups for node in group.nodes]
        if not nodes:
            return ONE
        districts = [
            tuple(node for node in nodes if node.variable in district)
            for district in self.regions.districts(frozenset(node.variable for node in nodes))
        ]
        meanings = [_meaning(district) for district in districts]
        if None in meanings:
            return NotIdentified()
        if len(districts) > 1:
            factors = Product(tuple(map(_imagined, reversed(districts))))
            self._note("ID*, districts", "independence_of_districts", _imagined(nodes), factors)
        found: list[Estimand] = []
        for district, meaning in zip(districts, meanings, strict=True):
            part = self._district(district, meaning or {})
            if isinstance(part, NotIdentified):
                return part
            found.append(part)
        return total([letter for group in groups for letter in group.bound], times(reversed(found)))

    def _district(self, nodes: Sequence[Node], meaning: Mapping[str, Value]) -> Estimand | NotIdentified:
        """One district, all of whose worlds are one, as an experiment's probability."""
        names = frozenset(node.variable for node in nodes)
        of, do = (tuple(sorted(meaning[n] for n in group)) for group in (names, meaning.keys() - names))
        self._note("ID*, one world", "consistency", _imagined(nodes), Probability(of, (), do))
        if names not in self.known:
            self.known[names] = self.search().verdict(names, frozenset(self.graph.nodes) - names)
        verdict = self.known[names]
        if isinstance(verdict, NotIdentified):
            return verdict
        self.journal += verdict.derivation
        return rename(verdict.estimand, {Value(name): letter for name, letter in meaning.items()})

    # -- two states --------------------------------------------------------------------------------------------------

    def _without_conditions(
        self, event: tuple[Response, ...], evidence: tuple[Response, ...], links: tuple[Response, ...]
    ) -> Estimand | None:
        """P(event, evidence) / P(evidence), where variables have two states."""
        self.journal.clear()
        given = self._by_complement((*evidence, *links), len(evidence)) if evidence else ONE
        all_of_it = (*event, *evidence, *links)
        both = self._by_complement(all_of_it, len(all_of_it))
        if given is None or both is None:
            return None
        if evidence and not self.bound:
            whole = Fraction(Imagined(all_of_it), Imagined(evidence))
            self.journal.insert(0, Step("IDC*", "conditional_probability", Imagined(event, evidence), whole))
        return divided(both, given)

    def _by_complement(self, responses: tuple[Response, ...], left: int) -> Estimand | None:
        """P(A, X = x') as P(A) - P(A, X = x), for one response after the other; None if that does not help."""
        mark = len(self.journal)
        groups = self._groups(responses, 0)
        if groups is None:
            return ZERO
        found = self._joint(responses, groups) if responses else ONE
        if not isinstance(found, NotIdentified):
            return found
        del self.journal[mark:]
        for i in reversed(range(left)):
            one = responses[i]
            if one.value in self.other:
                rest = (*responses[:i], *responses[i + 1 :])
                turned = (*responses[:i], replace(one, value=self.other[one.value]), *responses[i + 1 :])
                first, second = self._by_complement(rest, i), self._by_complement(turned, i)
                if first is not None and second is not None:
                    after = Difference(self._asked(rest), self._asked(turned))
                    self.journal.insert(mark, Step("ID*, two states", "sum_rule", self._asked(responses), after))
                    return Difference(first, second) if second != ZERO else first
                del self.journal[mark:]
        return None

    def _note(self, line: str, rule: Rule, before: Estimand, after: Estimand) -> None:
        if before != after:
            self.journal.append(Step(line, rule, before, after))


def _meaning(nodes: Sequence[Node]) -> dict[str, Value] | None:
    """The one letter that each variable has in a district, its parents included; None if some have two."""
    meaning: dict[str, Value] = {}
    for node in nodes:
        for letter in (node.letter, *node.parents):
            if meaning.setdefault(letter.variable, letter) != letter:
                return None
    return meaning


def _imagined(nodes: Sequence[Node]) -> Imagined:
    return Imagined(tuple(node.response for node in nodes))


def _summed(groups: Sequence[Group]) -> Estimand:
    """The groups' joint probability, summed over their letters."""
    nodes = [node for group in groups for node in group.nodes]
    bound = tuple(sorted(letter for group in groups for letter in group.bound))
    whole: Estimand = _imagined(nodes) if nodes else ONE
    return Sum(bound, whole) if bound else whole
