"""The kinds of question, one row each: what is asked of a treatment x and an outcome y on each rung.

A row builds a query from a scene, or gives None where the scene lacks what it needs (a third variable, a mediator, a
unit with facts). ``form`` names the sentence in words.toml that says it, ``asks`` what an answer looks like:

    share     a percentage                 points    a difference of two percentages
    mean      a number in the outcome's unit         change    a difference of two means
    more      yes or no: is it more with x than with x'?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from causal.model import Model
from causal.query import Atom, Operation, Query, Setting, Term, World

Asks = Literal["share", "points", "mean", "change", "more"]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a question is about: two values of a treatment, an outcome and its event ("": its mean), and what is near.

    ``rest`` is the outcome's only other state, ``z`` a third variable with a value, ``between`` a mediator, ``facts``
    what is known of one unit. What a scene lacks is empty.
    """

    model: Model
    x: str
    on: str
    off: str
    y: str
    event: str = ""
    rest: str = ""
    z: str = ""
    at: str = ""
    between: str = ""
    facts: tuple[Atom, ...] = ()

    def outcome(self, *world: Setting, event: str = "") -> Atom:
        """The outcome's event, or the outcome itself where its mean is asked, in a world."""
        wanted = event or self.event
        return Atom(self.y, world, "=" if wanted else None, wanted or None)

    def term(self, *event: Atom, given: tuple[Atom, ...] = (), done: World = ()) -> Term:
        """P(event | given), or the mean where there is no event."""
        return Term("P" if event[0].relation else "E", event, given, done)

    def took(self, value: str) -> Atom:
        """The treatment has a value."""
        return Atom(self.x, (), "=", value)

    def made(self, value: str) -> Setting:
        """The treatment is set to a value."""
        return Setting(self.x, value)

    @property
    def third(self) -> tuple[Atom, ...]:
        """The third variable has its value."""
        return (Atom(self.z, (), "=", self.at),) if self.z else ()


def _plain(s: Scene) -> Query | None:
    return s.term(s.outcome())


def _seen(s: Scene) -> Query | None:
    return s.term(s.outcome(), given=(s.took(s.on),))


def _seen_among(s: Scene) -> Query | None:
    return s.term(s.outcome(), given=(s.took(s.on), *s.third)) if s.z else None


def _backwards(s: Scene) -> Query | None:
    return Term("P", (s.took(s.on),), (s.outcome(),)) if s.event else None


def _more_seen(s: Scene) -> Query | None:
    return Operation("-", s.term(s.outcome(), given=(s.took(s.on),)), s.term(s.outcome(), given=(s.took(s.off),)))


def _done(s: Scene) -> Query | None:
    return s.term(s.outcome(), done=(s.made(s.on),))


def _done_among(s: Scene) -> Query | None:
    return s.term(s.outcome(), given=s.third, done=(s.made(s.on),)) if s.z else None


def _effect(s: Scene) -> Query | None:
    return Operation("-", s.term(s.outcome(), done=(s.made(s.on),)), s.term(s.outcome(), done=(s.made(s.off),)))


def _upstream(s: Scene) -> Query | None:
    return Term("P", (s.took(s.on),), (), (Setting(s.y, s.event),)) if s.event else None


def _treated(s: Scene) -> Query | None:
    return s.term(s.outcome(s.made(s.on)), given=(s.took(s.off),))


def _necessary(s: Scene) -> Query | None:
    if not s.rest:
        return None
    return s.term(s.outcome(s.made(s.off), event=s.rest), given=(s.took(s.on), s.outcome()))


def _sufficient(s: Scene) -> Query | None:
    if not s.rest:
        return None
    return s.term(s.outcome(s.made(s.on)), given=(s.took(s.off), s.outcome(event=s.rest)))


def _both(s: Scene) -> Query | None:
    return s.term(s.outcome(s.made(s.on)), s.outcome(s.made(s.off), event=s.rest)) if s.rest else None


def _unit(s: Scene) -> Query | None:
    was = {a.variable: a.value for a in s.facts}
    if s.x not in was:
        return None
    return s.term(s.outcome(s.made(s.off if was[s.x] == s.on else s.on)), given=s.facts)


def _nested(s: Scene) -> Query | None:
    if not (s.between and s.event):
        return None
    return s.term(s.outcome(s.made(s.on), Setting(s.between, None, (s.made(s.off),))))


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of question: its name, its rung, how it is built, said (of an event, of a mean) and answered."""

    key: str
    rung: int
    build: Callable[[Scene], Query | None]
    form: str
    mean_form: str = ""
    asks: Asks = "share"
    mean_asks: Asks = "mean"


FAMILIES: Mapping[str, Family] = {
    family.key: family
    for family in (
        Family("plain", 1, _plain, "share_1", "mean_1"),
        Family("seen", 1, _seen, "share_1_given", "mean_1_given"),
        Family("seen-among", 1, _seen_among, "share_1_given", "mean_1_given"),
        Family("backwards", 1, _backwards, "share_1_given"),
        Family("more-seen", 1, _more_seen, "more_1", "higher_1", "more", "more"),
        Family("done", 2, _done, "share_2", "mean_2"),
        Family("done-among", 2, _done_among, "share_2_given", "mean_2_given"),
        Family("effect", 2, _effect, "points_2", "change_2", "points", "change"),
        Family("more-done", 2, _effect, "more_2", "higher_2", "more", "more"),
        Family("upstream", 2, _upstream, "share_2"),
        Family("treated", 3, _treated, "share_3", "mean_3"),
        Family("necessary", 3, _necessary, "share_3"),
        Family("sufficient", 3, _sufficient, "share_3"),
        Family("both", 3, _both, "both_3"),
        Family("unit", 3, _unit, "unit_3", "unit_mean_3"),
        Family("nested", 3, _nested, "nested_3"),
    )
}
"""Every kind of question by its key, rung after rung."""
