"""The kinds of question, one row each: what is asked of a treatment x and an outcome y on each rung.

A row builds a query from a scene, or gives None where the scene lacks what it needs (a third variable, a mediator, a
unit with facts). ``form`` names the sentence in the catalogue that says it, ``asks`` what an answer looks like:

    share     a percentage                 points    a difference of two percentages
    mean      a number in the outcome's unit         change    a difference of two means
    more      yes or no: is it more with x than with x'?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from causal.effects.comparison import Comparison
from causal.effects.named_effects import ate, pn, pns, ps
from causal.queries.query import Atom, Operation, Query, Setting, Term

Asks = Literal["share", "points", "mean", "change", "more"]


@dataclass(frozen=True, slots=True)
class Scene(Comparison):
    """What a question is about: two values of a treatment, an outcome, what is near, and what is known of one unit.

    What a scene lacks is empty.
    """

    facts: tuple[Atom, ...] = ()

    @property
    def group(self) -> tuple[Atom, ...]:
        """The covariate has its value."""
        return (Atom(self.covariate, (), "=", self.z),) if self.covariate else ()

    def seen(self, value: str, *among: Atom) -> Query:
        """The outcome among those whose treatment has a value by itself."""
        return self.term((self.response(),), (self.took(value), *among))


def _plain(s: Scene) -> Query | None:
    return s.term((s.response(),))


def _seen(s: Scene) -> Query | None:
    return s.seen(s.x)


def _seen_among(s: Scene) -> Query | None:
    return s.seen(s.x, *s.group) if s.covariate else None


def _backwards(s: Scene) -> Query | None:
    return Term("P", (s.took(s.x),), (s.response(),)) if s.y else None


def _more_seen(s: Scene) -> Query | None:
    return Operation("-", s.seen(s.x), s.seen(s.other))


def _done(s: Scene) -> Query | None:
    return s.done(s.x)


def _done_among(s: Scene) -> Query | None:
    return s.done(s.x, given=s.group) if s.covariate else None


def _upstream(s: Scene) -> Query | None:
    return Term("P", (s.took(s.x),), (), (Setting(s.outcome, s.y),)) if s.y else None


def _treated(s: Scene) -> Query | None:
    return s.had(s.x, given=(s.took(s.other),))


def _necessary(s: Scene) -> Query | None:
    return pn(s) if s.not_y else None


def _sufficient(s: Scene) -> Query | None:
    return ps(s) if s.not_y else None


def _both(s: Scene) -> Query | None:
    return pns(s) if s.not_y else None


def _unit(s: Scene) -> Query | None:
    was = {a.variable: a.value for a in s.facts}
    if s.treatment not in was:
        return None
    return s.had(s.other if was[s.treatment] == s.x else s.x, given=s.facts)


def _nested(s: Scene) -> Query | None:
    return s.had(s.x, s.as_under(s.other)) if s.mediator and s.y else None


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
        Family("effect", 2, ate, "points_2", "change_2", "points", "change"),
        Family("more-done", 2, ate, "more_2", "higher_2", "more", "more"),
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
