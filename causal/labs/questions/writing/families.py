"""The kinds of question, one row each: what is asked of a treatment x and an outcome y on each rung.

A row builds a query from a scene that has all that it ``needs`` (a third variable, a mediator, a unit whose treatment
is known). ``form`` names the sentence in the catalogue that says it, ``asks`` what an answer looks like:

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
class AskedComparison(Comparison):
    """What a question is about: two values of a treatment, an outcome, what is near, and what is known of one unit.

    What a scene lacks is empty.
    """

    facts: tuple[Atom, ...] = ()

    @property
    def group(self) -> tuple[Atom, ...]:
        """The covariate has its value."""
        return (Atom(self.covariate, (), "=", self.z),) if self.covariate else ()

    @property
    def known(self) -> str:
        """The value that the unit's treatment had; empty if it is not known."""
        return next((a.value or "" for a in self.facts if a.variable == self.treatment), "")

    def seen(self, value: str, *among: Atom) -> Query:
        """The outcome among those whose treatment has a value by itself."""
        return self.term((self.response(),), (self.took(value), *among))


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of question: its name, its rung, how it is built, said (of an event, of a mean) and answered."""

    key: str
    rung: int
    build: Callable[[AskedComparison], Query]
    form: str
    mean_form: str = ""
    asks: Asks = "share"
    mean_asks: Asks = "mean"
    needs: str = ""

    def query(self, scene: AskedComparison) -> Query | None:
        """The question about this scene; None where it lacks what is needed, or where a mean cannot be asked for."""
        lacks = self.needs and not getattr(scene, self.needs)
        return None if lacks or not (scene.y or self.mean_form) else self.build(scene)


def _backwards(s: AskedComparison) -> Query:
    return Term("P", (s.took(s.x),), (s.response(),))


def _more_seen(s: AskedComparison) -> Query:
    return Operation("-", s.seen(s.x), s.seen(s.other))


def _upstream(s: AskedComparison) -> Query:
    return Term("P", (s.took(s.x),), (), (Setting(s.outcome, s.y),))


def _unit(s: AskedComparison) -> Query:
    return s.had(s.other if s.known == s.x else s.x, given=s.facts)


FAMILIES: Mapping[str, Family] = {
    family.key: family
    for family in (
        Family("plain", 1, lambda s: s.term((s.response(),)), "share_1", "mean_1"),
        Family("seen", 1, lambda s: s.seen(s.x), "share_1_given", "mean_1_given"),
        Family("seen-among", 1, lambda s: s.seen(s.x, *s.group), "share_1_given", "mean_1_given", needs="covariate"),
        Family("backwards", 1, _backwards, "share_1_given"),
        Family("more-seen", 1, _more_seen, "more_1", "higher_1", "more", "more"),
        Family("done", 2, lambda s: s.done(s.x), "share_2", "mean_2"),
        Family(
            "done-among", 2, lambda s: s.done(s.x, given=s.group), "share_2_given", "mean_2_given", needs="covariate"
        ),
        Family("effect", 2, ate, "points_2", "change_2", "points", "change"),
        Family("more-done", 2, ate, "more_2", "higher_2", "more", "more"),
        Family("upstream", 2, _upstream, "share_2"),
        Family("treated", 3, lambda s: s.had(s.x, given=(s.took(s.other),)), "share_3", "mean_3"),
        Family("necessary", 3, pn, "share_3", needs="not_y"),
        Family("sufficient", 3, ps, "share_3", needs="not_y"),
        Family("both", 3, pns, "both_3", needs="not_y"),
        Family("unit", 3, _unit, "unit_3", "unit_mean_3", needs="known"),
        Family("nested", 3, lambda s: s.had(s.x, s.as_under(s.other)), "nested_3", needs="mediator"),
    )
}
"""Every kind of question by its key, rung after rung."""
