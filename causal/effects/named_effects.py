"""Named effects, one row each: what a treatment does, to whom, and by which way (Pearl 2009, section 9.2; Pearl 2001).

Every effect is a question, built from a comparison of two values x and x' of the treatment and, of a discrete outcome,
an event y; its definition is that question, printed. Of a continuous outcome P(Y=y) gives way to E(Y).

    ATE     P(y | do(x)) - P(y | do(x'))              everyone                       rung 2
    ETT     P(y_x | x) - P(y_x' | x)                  those who took x               rung 3
    PN      P(y'_x' | x, y)                           those who took x and got y     rung 3
    PNS     P(y_x, y'_x')                             everyone                       rung 3
    NDE     P(Y_{x, M_x'} = y) - P(y_x')              everyone, past the mediator    rung 3

y' says that the event does not happen; of an outcome with more than two states that is written as 1 less the event.

>>> from causal.queries.printing import text
>>> text(EFFECTS["PN"].build(Comparison("X", "Y", "1", "0", "1", "0")))
'P(Y[X=0]=0 | X=1, Y=1)'

References: J. Pearl, Causality, 2nd ed. (2009), definitions 9.2.1 to 9.2.5; J. Pearl, Direct and indirect effects
(2001).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from causal.effects.comparison import Comparison
from causal.graphs import graph
from causal.models.model import Model
from causal.queries.query import Atom, Operation, Query, Setting, World, rung, terms

Need = Literal["mediator", "covariate", "states"]
Scale = Literal["difference", "ratio", "share"]
Family = Literal["everybody", "groups", "causes", "ways"]
"""Effects that a page shows side by side: for everybody, for those who chose it, because of it, by which way."""


# One function each


def ate(c: Comparison) -> Query:
    """How much doing x instead of x' changes the outcome, on average over everyone."""
    return Operation("-", c.done(c.x), c.done(c.other))


def cate(c: Comparison) -> Query:
    """How much doing x instead of x' changes the outcome among those in one group."""
    group = (Atom(c.covariate, (), "=", c.z),)
    return Operation("-", c.done(c.x, given=group), c.done(c.other, given=group))


def risk_ratio(c: Comparison) -> Query:
    """How many times as likely the event is when everyone gets x as when everyone gets x'."""
    return Operation("/", c.done(c.x), c.done(c.other))


def ett(c: Comparison) -> Query:
    """What x did for those who took it, compared with what x' would have done for the same people."""
    took = (c.took(c.x),)
    return Operation("-", c.had(c.x, given=took), c.had(c.other, given=took))


def atu(c: Comparison) -> Query:
    """What x would have done for those who took x', compared with what x' did for them."""
    took = (c.took(c.other),)
    return Operation("-", c.had(c.x, given=took), c.had(c.other, given=took))


def pn(c: Comparison) -> Query:
    """Was x necessary: would the event not have happened under x', for those who took x and had it happen?"""
    return c.without(c.response(c.at(c.other)), given=(c.took(c.x), c.response()))


def ps(c: Comparison) -> Query:
    """Is x sufficient: would x have brought the event about, for those who took x' and did not have it happen?"""
    return c.given_not_y(c.response(c.at(c.x)), c.took(c.other))


def pns(c: Comparison) -> Query:
    """Is x both: how many have the event happen under x, and not under x'?"""
    return c.without(c.response(c.at(c.x)), c.response(c.at(c.other)))


def disablement(c: Comparison) -> Query:
    """Of those who had the event happen, how many would be rid of it under x'?"""
    return c.without(c.response(c.at(c.other)), given=(c.response(),))


def enablement(c: Comparison) -> Query:
    """Of those who did not have the event happen, how many would have had it under x?"""
    return c.given_not_y(c.response(c.at(c.x)))


def total_effect(c: Comparison) -> Query:
    """All that x instead of x' does, by way of the mediator and past it."""
    return Operation("-", c.done(c.x), c.done(c.other))


def cde(c: Comparison) -> Query:
    """What x instead of x' does while the mediator is held at one value for everyone."""
    held = Setting(c.mediator, c.m)
    return Operation("-", c.done(c.x, held), c.done(c.other, held))


def nde(c: Comparison) -> Query:
    """What x instead of x' does while everyone's mediator stays as it would be under x'."""
    return Operation("-", c.had(c.x, c.as_under(c.other)), c.had(c.other))


def nie(c: Comparison) -> Query:
    """What moving everyone's mediator from its value under x' to that under x does, the treatment staying at x'."""
    return Operation("-", c.had(c.other, c.as_under(c.x)), c.had(c.other))


@dataclass(frozen=True, slots=True)
class Effect:
    """One named effect: the function that builds its question, whom it is about, and what it needs.

    ``about`` is a key for the pages' texts, as is ``key`` for the sentence that says the effect. "states" among the
    needs means that treatment and outcome must be discrete: the effect is about an event. ``scale`` says how its number
    reads: a gap in the outcome's own unit, so many times as likely, or a share of units. A page shows it with each of
    its ``families``.
    """

    key: str
    name: str
    build: Callable[[Comparison], Query]
    about: str
    families: tuple[Family, ...]
    needs: frozenset[Need] = frozenset()
    scale: Scale = "difference"

    @property
    def meaning(self) -> str:
        """The effect in a sentence, of no story in particular."""
        return self.build.__doc__ or ""

    @property
    def rung(self) -> int:
        """The rung of the question, whatever the comparison."""
        return rung(self.build(Comparison("X", "Y", "1", "0", "1", "0", "M", "0", "Z", "0")))


_EVENT: frozenset[Need] = frozenset({"states"})
_BETWEEN: frozenset[Need] = frozenset({"mediator"})
_GROUP: frozenset[Need] = frozenset({"covariate"})

EFFECTS: Mapping[str, Effect] = {
    effect.key: effect
    for effect in (
        Effect("ATE", "average treatment effect", ate, "everyone", ("everybody", "groups")),
        Effect("RR", "risk ratio", risk_ratio, "everyone", ("everybody",), _EVENT, "ratio"),
        Effect("CATE", "conditional average treatment effect", cate, "group", ("everybody",), _GROUP),
        Effect("ETT", "effect of treatment on the treated", ett, "treated", ("groups",)),
        Effect("ATU", "effect of treatment on the untreated", atu, "untreated", ("groups",)),
        Effect("PN", "probability of necessity", pn, "treated-with-event", ("causes",), _EVENT, "share"),
        Effect("PS", "probability of sufficiency", ps, "untreated-without-event", ("causes",), _EVENT, "share"),
        Effect("PNS", "probability of necessity and sufficiency", pns, "everyone", ("causes",), _EVENT, "share"),
        Effect("PD", "probability of disablement", disablement, "with-event", ("causes",), _EVENT, "share"),
        Effect("PE", "probability of enablement", enablement, "without-event", ("causes",), _EVENT, "share"),
        Effect("TE", "total effect", total_effect, "everyone", ("ways",), _BETWEEN),
        Effect("NDE", "natural direct effect", nde, "everyone", ("ways",), _BETWEEN),
        Effect("NIE", "natural indirect effect", nie, "everyone", ("ways",), _BETWEEN),
        Effect("CDE", "controlled direct effect", cde, "everyone", ("ways",), _BETWEEN),
    )
}
"""Every effect by its key, in the order in which a page shows them."""


FAMILIES: tuple[Family, ...] = get_args(Family)
"""The families in the order in which a page offers them."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two worlds that an effect compares: what is held there, and the facts that hold in it."""

    held: World
    facts: tuple[Atom, ...]


def sides(query: Query) -> tuple[Side, ...]:
    """The worlds that a question speaks of, in its order; the factual one if it has facts and only one other world."""
    worlds = (world for t in terms(query) for world in (t.action, *(a.world for a in (*t.event, *t.evidence))))
    found = dict.fromkeys(world for world in worlds if world)
    facts = dict.fromkeys(a for t in terms(query) for a in t.evidence if not a.world and a.value is not None)
    if len(found) > 1 or not facts:
        return tuple(Side(world, ()) for world in found)
    return (Side((), tuple(facts)), *(Side(world, ()) for world in found))


def effects_of(model: Model, comparison: Comparison) -> tuple[Effect, ...]:
    """The effects that make sense for a comparison: those whose needs it meets.

    A mediator lies on a causal path; a covariate is no effect of the treatment, so that its groups are the same people
    whatever is done.
    """
    met: set[Need] = set()
    c = comparison
    if c.y and c.treatment not in model.real_valued:
        met.add("states")
    later = graph.descendants(model, c.treatment)
    if c.mediator and c.mediator in later & graph.ancestors(model, c.outcome):
        met.add("mediator")
    if c.covariate and c.covariate not in later | {c.treatment, c.outcome}:
        met.add("covariate")
    return tuple(effect for effect in EFFECTS.values() if effect.needs <= met)
