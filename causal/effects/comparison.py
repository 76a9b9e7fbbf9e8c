"""Two values of a treatment, held against each other by what becomes of an outcome: what effects are built from."""

from __future__ import annotations

from dataclasses import dataclass

from causal.errors import BadQuery, one_of
from causal.models.model import Model, Variable
from causal.queries.query import Atom, Number, Operation, Query, Setting, Term, World, as_text


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an effect compares: ``x`` with ``other`` in the treatment, by the outcome's event ``y`` or by its mean ("").

    ``not_y`` is the outcome's only other state, if there is just one. ``m`` is the value at which a controlled effect
    holds the mediator, ``z`` that of the covariate which picks a group.
    """

    treatment: str
    outcome: str
    x: str
    other: str
    y: str = ""
    not_y: str = ""
    mediator: str = ""
    m: str = ""
    covariate: str = ""
    z: str = ""

    def response(self, *held: Setting) -> Atom:
        """The outcome's event, or the outcome of which the mean is asked, in the world where these are held."""
        return Atom(self.outcome, held, "=" if self.y else None, self.y or None)

    def term(self, event: tuple[Atom, ...], given: tuple[Atom, ...] = (), action: World = ()) -> Term:
        """P(event | given), or E of it where there is no event."""
        return Term("P" if self.y else "E", event, given, action)

    def done(self, value: str, *more: Setting, given: tuple[Atom, ...] = ()) -> Term:
        """The outcome after do(treatment = value), and whatever else is done."""
        return self.term((self.response(),), given, (self.at(value), *more))

    def had(self, value: str, *more: Setting, given: tuple[Atom, ...] = ()) -> Term:
        """The outcome had the treatment been this value."""
        return self.term((self.response(self.at(value), *more),), given)

    def at(self, value: str) -> Setting:
        """The treatment held at a value."""
        return Setting(self.treatment, value)

    def took(self, value: str) -> Atom:
        """The fact that the treatment had a value."""
        return Atom(self.treatment, (), "=", value)

    def as_under(self, value: str) -> Setting:
        """The mediator held at what it would be under a value of the treatment."""
        return Setting(self.mediator, None, (self.at(value),))

    def without(self, *event: Atom, given: tuple[Atom, ...] = ()) -> Query:
        """P(event | given) where the last part of the event is that the outcome's does not happen."""
        *rest, last = event
        if self.not_y:
            return Term("P", (*rest, Atom(self.outcome, last.world, "=", self.not_y)), given)
        all_told: Query = Term("P", tuple(rest), given) if rest else Number(1.0)
        return Operation("-", all_told, Term("P", event, given))

    def given_not_y(self, response: Atom, *given: Atom) -> Query:
        """P(response | given, and the outcome's event did not happen)."""
        if self.not_y:
            return Term("P", (response,), (*given, Atom(self.outcome, (), "=", self.not_y)))
        both = self.without(response, *given, self.response())
        return Operation("/", both, self.without(*given, self.response()))


def compare(
    model: Model,
    treatment: str,
    outcome: str,
    *,
    x: str | float = "",
    other: str | float = "",
    y: str = "",
    mean: bool = False,
    mediator: str = "",
    m: str | float = "",
    covariate: str = "",
    z: str | float = "",
) -> Comparison:
    """A comparison with the gaps filled: of states the last one against the first, of continuous variables 1 against 0.

    ``mean`` asks for the outcome's mean though it has states. Raises BadQuery: unknown-variable, or same-value.
    """
    for name in filter(None, (treatment, outcome, mediator, covariate)):
        if name not in model:
            known = one_of((v.name for v in model), name)
            raise BadQuery("errors.graphs.no_variable", "unknown-variable", name=name[:80], known=known)
    active = as_text(x) if x != "" else _values(model[treatment])[-1]
    passive = as_text(other) if other != "" else _values(model[treatment])[0]
    if active == passive:
        raise BadQuery("errors.effects.same_value", "same-value", name=treatment, value=active)
    states = () if mean else model[outcome].support.case(states=_values(model[outcome]), numbers=())
    event = y or (states[-1] if states else "")
    rest = [state for state in states if state != event]
    return Comparison(
        treatment,
        outcome,
        active,
        passive,
        event,
        rest[0] if len(rest) == 1 else "",
        mediator,
        (as_text(m) if m != "" else _values(model[mediator])[0]) if mediator else "",
        covariate,
        (as_text(z) if z != "" else _values(model[covariate])[0]) if covariate else "",
    )


def _values(variable: Variable) -> tuple[str, ...]:
    """The states; 0 and 1 of a continuous variable, and of one in a graph that says nothing of its states."""
    return variable.states or ("0", "1")
