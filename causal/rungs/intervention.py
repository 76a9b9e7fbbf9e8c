"""Rung 2, doing: P(y | do(x)) is P(y) in the submodel M_x (Pearl 2009, definitions 7.1.2 and 7.1.3).

In M_x the mechanism of X is gone: X stands at x whatever its causes were. On potential responses that is the bracket
Y[X=x], so do(x) is the same action written once for every variable of the question, evidence included: what is seen
after the bar is seen in the world after the action.
"""

from __future__ import annotations

from dataclasses import replace

from causal.queries.query import Term


def in_brackets(term: Term) -> Term:
    """The same question with do(x) written as the brackets [x] on every variable of the term."""
    if not term.action:
        return term
    return replace(
        term,
        action=(),
        event=tuple(replace(atom, world=term.action) for atom in term.event),
        evidence=tuple(replace(atom, world=term.action) for atom in term.evidence),
    )
