r"""A whole question's estimand in LaTeX: arithmetic, means and inequalities round the formulas of its terms.

E(Y | do(X=1))       \sum_{y} y\,P(y \mid X{=}1)
P(Y > 2 | X=1)       \sum_{y > 2} P(y \mid X{=}1)
"""

from __future__ import annotations

from collections.abc import Callable

from causal.identification.algorithms.derivation import Identified
from causal.identification.formulas.estimand import Difference, Estimand, Product, Sum
from causal.identification.formulas.typesetting import latex, latex_letter
from causal.identification.question.points import bare, pointwise
from causal.identification.question.term_question import Solved
from causal.models.model import Model
from causal.queries.query import Number, Query, Term, as_text, fold

_ADDED, _SUMMED, _PLAIN = range(3)
_Written = tuple[str, int]
"""LaTeX, and what it is: something added to something, something under a sum sign, or neither."""

_SIGNS = {"<": "<", "<=": r"\le ", ">": ">", ">=": r"\ge "}


def told(model: Model, query: Query, solve: Callable[[Term], Solved]) -> str:
    """The estimand of a question whose every point is identified."""

    def point(part: Term | Number) -> _Written:
        return _number(part) if isinstance(part, Number) else _formula(model, solve(part))

    def leaf(part: Term | Number) -> _Written:
        if isinstance(part, Number):
            return _number(part)
        if all(a.relation == "=" for a in part.evidence):
            found = solve(whole := bare(part))
            # A letter that turned out to be another one has no values of its own to run through.
            open_atoms = sum(a.relation is None for a in whole.event)
            if isinstance(found.verdict, Identified) and len(found.still_open) == open_atoms:
                return _around(model, part, found, found.verdict.estimand)
        return fold(pointwise(model, part), point, _join)

    return fold(query, leaf, _join)[0]


def _number(part: Number) -> _Written:
    return as_text(part.value), _PLAIN


def _formula(model: Model, solved: Solved) -> _Written:
    assert isinstance(solved.verdict, Identified)  # noqa: S101 - the caller has looked
    estimand = solved.verdict.estimand
    last = estimand.factors[-1] if isinstance(estimand, Product) and estimand.factors else estimand
    kind = _ADDED if isinstance(last, Difference) else _SUMMED if isinstance(last, Sum) else _PLAIN
    return latex(estimand, solved.states, model.real_valued), kind


def _around(model: Model, part: Term, solved: Solved, estimand: Estimand) -> _Written:
    """The formula of a term whose open letters run through values: their mean, or all that satisfy inequalities."""
    body = _formula(model, solved)
    asked = [atom for atom in part.event if atom.relation != "="]
    if not asked or (part.kind == "P" and asked[0].relation is None):
        return body
    inner, ends, signs = _grouped(body, _SUMMED), "", []
    for letter in solved.open:
        name = latex_letter(estimand, letter)
        said = [a for a in asked if a.variable == letter.variable and a.relation is not None]
        limits = ", ".join(f"{name} {_SIGNS[a.relation or '<']} {a.value}" for a in said)
        if letter.variable in model.real_valued:
            signs.append(r"\int" + (f"_{{{limits}}}" if limits else ""))
            ends += rf"\,d{name}"
        else:
            signs.append(rf"\sum_{{{limits or name}}}")
        if part.kind == "E":
            inner = rf"{name}\,{inner}"
    return " ".join([*signs, inner + ends]), _SUMMED


def _join(operator: str, left: _Written, right: _Written) -> _Written:
    if operator == "/":
        return rf"\frac{{{left[0]}}}{{{right[0]}}}", _PLAIN
    if operator == "*":
        return rf"{_grouped(left, _PLAIN)} \cdot {_grouped(right, _PLAIN)}", _PLAIN
    if operator == "-" and left[0] == "0":
        return f"-{_grouped(right, _PLAIN)}", _ADDED
    # A sum sign reaches as far as it can, so what stands under one is grouped; a sum on the left needs no grouping.
    first = left[0] if left[1] == _ADDED else _grouped(left, _PLAIN)
    return f"{first} {operator} {_grouped(right, _PLAIN)}", _ADDED


def _grouped(written: _Written, least: int) -> str:
    return written[0] if written[1] >= least else rf"\left({written[0]}\right)"
