"""IDC: conditional effects P(y | do(x), z) (Shpitser and Pearl 2006, Identification of conditional interventional
distributions).

What is seen after the action may as well be set, wherever rule 2 of do-calculus allows it. When no more of Z can be
moved behind the do, P(y | do(x), z) is identifiable if and only if P(y, z | do(x)) is, and is then

    P(y, z | do(x))  /  sum over y of P(y, z | do(x))
"""

from __future__ import annotations

from collections.abc import Collection

from causal.identification.algorithms.derivation import RULE_2, Identified, NotIdentified, Separation, Step, Verdict
from causal.identification.algorithms.id import Search, p
from causal.identification.algorithms.regions import Names
from causal.identification.formulas.estimand import Fraction, Sum, letters
from causal.identification.formulas.simplifying import divided, total


def conditional_effect(
    search: Search, outcomes: Collection[str], treatments: Collection[str], seen: Collection[str]
) -> Verdict:
    """Identify P(outcomes | do(treatments), seen) with the ID algorithm at hand."""
    y, x, z = frozenset(outcomes), frozenset(treatments), frozenset(seen)
    steps: list[Step] = []
    while (licence := _movable(search, y, x, z)) is not None:
        steps.append(Step("IDC, line 1", RULE_2, p(y, z, x), p(y, z - licence.b, x | licence.b), licence))
        x, z = x | licence.b, z - licence.b
    verdict = search.verdict(y | z, x)
    if isinstance(verdict, NotIdentified):
        return verdict
    joint = verdict.estimand
    if z:
        whole = p(y | z, held=x)
        steps.append(
            Step("IDC, line 2", "conditional_probability", p(y, z, x), Fraction(whole, Sum(letters(y), whole)))
        )
        joint = divided(joint, total(letters(y), joint))
    return Identified(joint, (*steps, *verdict.derivation))


def _movable(search: Search, y: Names, x: Names, z: Names) -> Separation | None:
    """The first of Z that may be set rather than seen."""
    for name in search.regions.sorted(z):
        one = frozenset({name})
        licence = Separation(y, one, x | z - one, search.graph, x, one)
        if licence.holds:
            return licence
    return None
