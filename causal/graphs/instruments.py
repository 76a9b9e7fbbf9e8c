"""Instruments: a push from outside that reaches the outcome through the treatment only (Pearl 2009, section 7.4.5).

I is an instrument for the effect of X on Y, given W, if

    I and X are dependent given W, and
    I and Y are independent given W once the arrows into X are removed.

If W holds no effect of X, the effect in a linear model is then cov(I, Y | W) / cov(I, X | W), whatever hides behind X
and Y; ``gives_effect`` tells. Giving less may hurt the first condition as well as help it, so minimal W are found by
hitting one failure after the other: a path to Y that is left open, or no open path to X at all.

>>> from causal.models.model import Model, Variable
>>> draft, hidden = Variable("I", "Draft lottery"), Variable("U", "Health", latent=True)
>>> army, income = Variable("X", "Army", parents=("I", "U")), Variable("Y", "Income", parents=("X", "U"))
>>> instruments(Model((draft, hidden, army, income)), "X", "Y")
(('I', ()),)

References: J. Pearl, Causality, 2nd ed. (2009), definition 7.4.1; C. Brito and J. Pearl, Generalized instrumental
variables (2002); B. van der Zander, J. Textor and M. Liskiewicz, Efficiently finding conditional instruments for causal
inference (2015), where finding all of them is shown to be hard in general.
"""

from __future__ import annotations

from collections.abc import Collection

from causal.graphs import graph
from causal.graphs.bayes_ball import connected, open_given, parents_of, roll, shortest_open
from causal.graphs.graph import reach
from causal.graphs.hitting_sets import Effort, effort_for, minimal_sets
from causal.graphs.projection import project
from causal.models.model import Model

Instrument = tuple[str, tuple[str, ...]]
"""The variable, and what must be given."""


def instruments(model: Model, treatment: str, outcome: str) -> tuple[Instrument, ...]:
    """All instruments, each with every minimal set to be given; ``()`` where the treatment is no cause.

    Raises TooLarge if there are too many sets to look at.
    """
    shown = project(model)
    if outcome not in shown.descendants([treatment]):
        return ()
    others, effort = [n for n in shown.nodes if n not in (treatment, outcome)], effort_for(model)
    return tuple((name, given) for name in others for given in _given(model, name, treatment, outcome, effort))


def gives_effect(model: Model, treatment: str, given: Collection[str]) -> bool:
    """Whether an instrument with this given reveals the effect: the treatment must affect nothing of it.

    X -> M -> Y, X -> D: given M, D fits the definition, since all that X does to Y is hidden with M.
    """
    return graph.descendants(model, treatment).isdisjoint(given)


def _given(model: Model, name: str, treatment: str, outcome: str, effort: Effort) -> tuple[tuple[str, ...], ...]:
    shown = project(model)
    parents, acted = parents_of(model), parents_of(model, into=[treatment])
    able = frozenset(shown.nodes) - {name, treatment, outcome}

    def unhit(chosen: frozenset[str]) -> Collection[str] | None:
        """What could close a path to the outcome, or open one to the treatment by way of a collider still closed."""
        if path := shortest_open(acted, name, outcome, chosen):
            return able.intersection(step.node for step in path.steps if step.kind != "collider")
        came, told = roll(parents, name, open_given(parents, chosen)), reach(chosen, parents)
        if any((treatment, head) in came for head in (True, False)):
            return None
        shut = {n for n, head in came if head and n not in told}
        return able.intersection(shut.union(*(graph.descendants(model, n) for n in shut)))

    def feasible(chosen: frozenset[str], barred: frozenset[str]) -> bool:
        """Whether, one condition at a time, some set between the chosen and the allowed ones would do."""
        allowed = able - barred
        if outcome in connected(acted, name, reach([name, outcome, *chosen], acted) & allowed):
            return False
        openable = reach(allowed, parents)
        came = roll(parents, name, lambda n, collider: n in openable if collider else n not in chosen)
        return any((treatment, head) in came for head in (True, False))

    return minimal_sets(shown.nodes, unhit, feasible, effort)
