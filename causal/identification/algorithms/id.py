"""The ID algorithm: is P(y | do(x)) a function of what is seen, and of which (Shpitser and Pearl 2006, figure 3)?

Its seven lines turn the question into questions about smaller parts of the graph, until each part is either a
probability of what is known or a hedge:

    1  nothing is set: add up what is known
    2  only Y's ancestors matter
    3  whatever else cannot reach Y may be set as well
    4  the districts left after the action act independently of each other: one question for each
    5  FAIL if the only district left hangs together with all of the action through hidden causes: a hedge
    6  if it is a district of the graph itself, doing is seeing in it
    7  else go on inside the larger district that contains it

Every line is a few applications of do-calculus, which are written into the journal. In them all that was set once, in
line 7 or by an experiment, stays ``held``.

>>> graph = Projection(("Z", "X", "Y"), frozenset({("Z", "X"), ("Z", "Y"), ("X", "Y")}))
>>> from causal.identification.formulas.typesetting import text
>>> text(effect(graph, {"Y"}, {"X"}).estimand)
'sum_{z} P(y | x, z) P(z)'

References: I. Shpitser and J. Pearl, Identification of joint interventional distributions in recursive semi-Markovian
causal models (2006); J. Tian and J. Pearl, A general identification condition for causal effects (2002).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from causal.graphs.projection import Projection
from causal.identification.algorithms.derivation import (
    RULE_1,
    RULE_2,
    RULE_3,
    Identified,
    NotIdentified,
    Rule,
    Separation,
    Step,
    Verdict,
)
from causal.identification.algorithms.regions import Names, Regions, regions
from causal.identification.formulas.estimand import Estimand, Fraction, Probability, Product, Sum, letters
from causal.identification.formulas.simplifying import divided, times, total

NONE: Names = frozenset()


def effect(graph: Projection, outcomes: Collection[str], treatments: Collection[str]) -> Verdict:
    """Identify P(outcomes | do(treatments)) from the distribution of all that is seen."""
    return Search(graph).verdict(frozenset(outcomes), frozenset(treatments))


@dataclass(frozen=True, slots=True)
class Known:
    """P(nodes | do(held)): measured, or else ``factors`` whose product is that of ``whole``, with ``nodes`` in it."""

    nodes: Names
    held: Names = NONE
    whole: Names = NONE
    factors: tuple[Estimand, ...] | None = None

    def marginal(self, names: Names) -> Estimand:
        """P(names | do(held))."""
        if self.factors is None:
            return p(names, held=self.held)
        return total(letters(self.whole - names), times(self.factors))


def p(of: Collection[str], given: Collection[str] = (), held: Collection[str] = ()) -> Probability:
    """The probability P(of | do(held), given), in plain letters."""
    return Probability(letters(of), letters(given), letters(held))


@dataclass
class Search:
    """One run of the algorithm: the graph, and a journal of what was shown on the way."""

    graph: Projection
    journal: list[Step] = field(default_factory=list, init=False)

    def verdict(self, outcomes: Names, treatments: Names) -> Verdict:
        """The estimand with its derivation, or the hedge."""
        found = self.effect(outcomes, treatments, Known(frozenset(self.graph.nodes)))
        return found if isinstance(found, NotIdentified) else Identified(found, tuple(dict.fromkeys(self.journal)))

    @property
    def regions(self) -> Regions:
        """Ancestors and districts of the graph."""
        return regions(self.graph)

    def note(self, line: str, rule: Rule, before: Estimand, after: Estimand, licence: Separation | None = None) -> None:
        """Write down a step, unless it changes nothing."""
        if before != after:
            self.journal.append(Step(line, rule, before, after, licence))

    def effect(self, y: Names, x: Names, known: Known) -> Estimand | NotIdentified:
        """P(y | do(held), do(x)) from what is known, line by line."""
        seek, nodes, held = self.regions, known.nodes, known.held
        if not x:
            self._add_up("ID, line 1", y, known)
            return known.marginal(y)

        ancestors = seek.ancestors(y, nodes)
        if ancestors != nodes:
            self._without_effect("ID, line 2", y, held, x & ancestors, x - ancestors)
            return self.effect(y, x & ancestors, replace(known, nodes=ancestors))

        outside = nodes - x
        # Arrows into X are cut: an ancestor in X has no ancestors of its own there.
        idle = outside - seek.ancestors(y, outside)
        if idle:
            self._without_effect("ID, line 3", y, held, x, idle, insert=True)
            return self.effect(y, x | idle, known)

        districts = seek.districts(outside)
        if len(districts) > 1:
            return self._by_district(y, x, known, districts)
        (district,) = districts
        found = self._district(y, x, known, district)
        return self.elsewhere(y, x, known, found) if isinstance(found, NotIdentified) else found

    def elsewhere(self, y: Names, x: Names, known: Known, found: NotIdentified) -> Estimand | NotIdentified:
        """Where else to look for a district that led to a hedge: nowhere, if all that is known was only seen."""
        return found

    def _by_district(self, y: Names, x: Names, known: Known, districts: tuple[Names, ...]) -> Estimand | NotIdentified:
        """Line 4."""
        mark = len(self.journal)
        self._split(y, x, known, districts)
        parts: list[Estimand] = []
        for district in districts:
            part = self.effect(district, known.nodes - district, known)
            if isinstance(part, NotIdentified):
                del self.journal[mark:]
                return part
            parts.append(part)
        return total(letters(known.nodes - x - y), times(reversed(parts)))

    def _district(self, y: Names, x: Names, known: Known, district: Names) -> Estimand | NotIdentified:
        """Lines 5 to 7."""
        around = self.regions.district(min(district), known.nodes)
        if around == known.nodes:
            return NotIdentified((known.nodes, district))
        if around == district:
            self._sum("ID, line 6", y, known.held | x, district)
            factors = self._factors("ID, line 6", district, known)
            return total(letters(district - y), times(factors))
        factors = self._factors("ID, line 7", around, known)
        return self.effect(y, x & around, Known(around, known.held | (known.nodes - around), around, factors))

    # -- the same lines as do-calculus ---------------------------------------------------------------------------------

    def _without_effect(
        self, line: str, y: Names, held: Names, kept: Names, dropped: Names, insert: bool = False
    ) -> None:
        """Rule 3: setting what cannot reach Y makes no difference."""
        if dropped:
            base = held | kept
            licence = Separation(y, dropped, base, self.graph, into=base | dropped)
            shorter, longer = p(y, held=base), p(y, held=base | dropped)
            self.note(line, RULE_3, *((shorter, longer) if insert else (longer, shorter)), licence)

    def _sum(self, line: str, y: Names, held: Names, whole: Names) -> None:
        if whole != y:
            self.note(line, "sum_rule", p(y, held=held), Sum(letters(whole - y), p(whole, held=held)))

    def _add_up(self, line: str, y: Names, known: Known) -> None:
        if known.factors is not None:
            self._sum(line, y, known.held, known.whole)

    def _split(self, y: Names, x: Names, known: Known, districts: tuple[Names, ...]) -> None:
        """Chain rule, then set what each factor only saw of other districts, and join each district again."""
        line, done, left = "ID, line 4", known.held | x, known.nodes - x
        self._sum(line, y, done, left)
        order = self.regions.sorted(left)
        parts: list[Estimand] = []
        for district in districts:
            before = [(name, frozenset(order[: order.index(name)])) for name in order if name in district]
            parts.append(_chain([p({name}, earlier, done) for name, earlier in before]))
        self.note(line, "chain_rule", p(left, held=done), Product(tuple(reversed(parts))))
        for district in districts:
            joined = []
            for name in (n for n in order if n in district):
                earlier = frozenset(order[: order.index(name)])
                near, far, later = earlier & district, earlier - district, left - earlier - district
                first, second = p({name}, earlier, done), p({name}, near, done | far)
                licence = Separation(frozenset({name}), far, done | near, self.graph, done, far)
                self.note(line, RULE_2, first, second, licence)
                third = p({name}, near, done | far | later)
                given = done | far | near
                licence = Separation(frozenset({name}), later, given, self.graph, done | far | later)
                self.note(line, RULE_3, second, third, licence)
                joined.append(third)
            self.note(line, "chain_rule", _chain(joined), p(district, held=done | (left - district)))

    def _factors(self, line: str, district: Names, known: Known) -> tuple[Estimand, ...]:
        """P(district | do(the rest)) as factors that are known; the district is one of the known nodes' own."""
        order, rest = self.regions.sorted(known.nodes), known.nodes - district
        found: list[Estimand] = []
        members = [(i, name) for i, name in enumerate(order) if name in district]
        all_set = known.held | rest
        chain = [p({name}, district.intersection(order[:i]), all_set) for i, name in members]
        self.note(line, "chain_rule", p(district, held=all_set), _chain(chain))
        for (i, name), first in zip(members, chain, strict=True):
            earlier = frozenset(order[:i])
            near, far, later = earlier & district, earlier - district, rest - earlier
            this = frozenset({name})
            second = p(this, near, known.held | far)
            if later:
                given = known.held | far | near
                self.note(line, RULE_3, first, second, Separation(this, later, given, self.graph, given - near | later))
            third = p(this, earlier, known.held)
            licence = Separation(this, far, known.held | near, self.graph, known.held, far)
            self.note(line, RULE_2, second, third, licence)
            found.append(self._conditional(line, name, earlier, known))
        return tuple(reversed(found))

    def _conditional(self, line: str, name: str, earlier: Names, known: Known) -> Estimand:
        """P(name | earlier, do(held)), from what is known."""
        this, full = frozenset({name}), p({name}, earlier, known.held)
        if known.factors is None:
            # Only its district among the earlier ones, and that district's parents, tell anything of it.
            near = self.regions.district(name, earlier | this)
            told = near.union(*(self.regions.parents[n] for n in near)) & earlier
            licence = Separation(this, earlier - told, known.held | told, self.graph, known.held)
            self.note(line, RULE_1, full, p(this, told, known.held), licence)
            return p(this, told, known.held)
        both = earlier | this
        if earlier:
            fraction = Fraction(p(both, held=known.held), p(earlier, held=known.held))
            self.note(line, "conditional_probability", full, fraction)
            self._add_up(line, earlier, known)
        self._add_up(line, both, known)
        return divided(known.marginal(both), known.marginal(earlier)) if earlier else known.marginal(both)


def _chain(factors: list[Probability]) -> Estimand:
    return factors[0] if len(factors) == 1 else Product(tuple(reversed(factors)))
