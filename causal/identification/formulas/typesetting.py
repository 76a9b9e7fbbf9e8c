r"""Writing an estimand down: as LaTeX and as plain text.

A value is written as its variable's name in small letters, where no other variable has that name, with a prime for each
further copy; a value that is known is written out, X=1. A letter that a sum binds never stands for anything else in the
formula:

>>> x, y, z = Value("X"), Value("Y"), Value("Z")
>>> inner = Sum((x,), Product((Probability((y,), (x, z)), Probability((x,)))))
>>> front_door = Sum((z,), Product((Probability((z,), (x,)), inner)))
>>> text(front_door)
"sum_{z} P(z | x) sum_{x'} P(y | x', z) P(x')"
>>> latex(front_door, {x: "1"})
"\\sum_{z} P(z \\mid X{=}1)\\,\\sum_{x'} P(y \\mid x', z)\\,P(x')"
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from causal.identification.formulas.estimand import (
    ONE,
    Difference,
    Estimand,
    Fraction,
    Imagined,
    Probability,
    Product,
    Response,
    Sum,
    Value,
    Values,
    Zero,
    free,
    probabilities,
    rename,
)
from causal.queries.parsing import plain_state
from causal.queries.printing import escape
from causal.queries.query import as_number


def latex(estimand: Estimand, states: Mapping[Value, str] | None = None, continuous: Collection[str] = ()) -> str:
    """The formula for one line of mathematics; sums over ``continuous`` variables are written as integrals."""
    written = distinct(estimand, states or ())
    return _Latex(_names(written), states or {}, frozenset(continuous)).formula(written)


def latex_letter(estimand: Estimand, letter: Value) -> str:
    """What one of its letters is called in the formula."""
    return _Latex(_names(estimand), {}).value(letter)


def text(estimand: Estimand, states: Mapping[Value, str] | None = None) -> str:
    """The formula in plain characters."""
    written = distinct(estimand, states or ())
    return _Text(_names(written), states or {}).formula(written)


def distinct(estimand: Estimand, taken: Collection[Value] = ()) -> Estimand:
    """The same formula, in which no letter is bound that is free, bound further out, or taken."""
    return _distinct(estimand, free(estimand).union(taken))


def _distinct(estimand: Estimand, taken: frozenset[Value]) -> Estimand:
    match estimand:
        case Product(factors):
            return Product(tuple(_distinct(factor, taken) for factor in factors))
        case Fraction(above, below):
            return Fraction(_distinct(above, taken), _distinct(below, taken))
        case Difference(first, second):
            return Difference(_distinct(first, taken), _distinct(second, taken))
        case Sum(bound, inner):
            new: dict[Value, Value] = {}
            for letter in bound:
                fresh = letter
                while fresh in taken or fresh in new.values():
                    fresh = Value(fresh.variable, fresh.copy + 1)
                new[letter] = fresh
            return Sum(tuple(new.values()), _distinct(rename(inner, new), taken.union(new.values())))
        case _:
            return estimand


def _names(estimand: Estimand) -> dict[str, str]:
    """What the values of each variable are called: its name in small letters, if that is nobody else's."""
    variables = {letter.variable for p in probabilities(estimand) for letter in free(p)}
    small = [name.lower() for name in variables]
    return {n: n.lower() if small.count(n.lower()) == 1 and n.lower().isidentifier() else n for n in variables}


@dataclass(frozen=True)
class _Text:
    """How plain text writes each part; LaTeX differs in a few of them."""

    names: Mapping[str, str]
    states: Mapping[Value, str]
    continuous: frozenset[str] = field(default=frozenset())
    bar = " | "
    join = " "

    def formula(self, estimand: Estimand) -> str:
        match estimand:
            case Probability(of, given, do):
                done = [self.action(", ".join(map(self.value, do)))] if do else []
                return self.probability(list(map(self.value, of)), [*done, *map(self.value, given)])
            case Imagined(of, given):
                return self.probability(list(map(self.response, of)), list(map(self.response, given)))
            case Product(factors):
                return self.product(factors) if estimand != ONE else "1"
            case Sum(bound, inner):
                return self.sum(bound, self.formula(inner))
            case Fraction(above, below):
                return self.fraction(self.formula(above), self.formula(below))
            case Difference(first, second):
                less = self.formula(second)
                return f"{self.formula(first)} - {self.grouped(less) if isinstance(second, Difference) else less}"
            case Zero():
                return "0"

    def probability(self, of: list[str], given: list[str]) -> str:
        return f"P({', '.join(of)}{self.bar if given else ''}{', '.join(given)})"

    def product(self, factors: Iterable[Estimand]) -> str:
        # Sums last: what follows a sum would seem to belong to it.
        ordered = sorted(factors, key=lambda factor: isinstance(factor, Sum))
        pieces = [self.formula(factor) for factor in ordered]
        for i, factor in enumerate(ordered[:-1]):
            if isinstance(factor, Sum):
                pieces[i] = self.grouped(pieces[i])
        for i, factor in enumerate(ordered):
            if isinstance(factor, Difference) and len(ordered) > 1:
                pieces[i] = self.grouped(pieces[i])
        return self.join.join(pieces)

    def value(self, letter: Value) -> str:
        if letter in self.states:
            return f"{self.name(letter.variable)}{self.equals}{self.state(self.states[letter])}"
        return self.name(self.names[letter.variable]) + "'" * letter.copy

    def response(self, response: Response) -> str:
        value = response.value
        held = self.world(", ".join(map(self.value, response.world))) if response.world else ""
        state = self.state(self.states[value]) if value in self.states else self.value(value)
        return f"{self.name(value.variable)}{held}{self.equals}{state}"

    equals = "="

    def name(self, name: str) -> str:
        return name

    def state(self, state: str) -> str:
        return state if plain_state(state) else '"' + state.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def action(self, inside: str) -> str:
        return f"do({inside})"

    def world(self, inside: str) -> str:
        return f"[{inside}]"

    def grouped(self, inside: str) -> str:
        return f"({inside})"

    def sum(self, bound: Values, inner: str) -> str:
        return f"sum_{{{', '.join(map(self.value, bound))}}} {inner}"

    def fraction(self, above: str, below: str) -> str:
        return f"({above}) / ({below})"


class _Latex(_Text):
    bar = r" \mid "
    join = r"\,"
    equals = "{=}"

    def name(self, name: str) -> str:
        single = len(name) == 1 and name.isascii() and name.isalpha()
        return name if single else rf"\textit{{{escape(name)}}}"

    def state(self, state: str) -> str:
        return state if as_number(state) is not None else rf"\text{{{escape(state)}}}"

    def action(self, inside: str) -> str:
        return rf"\mathrm{{do}}({inside})"

    def world(self, inside: str) -> str:
        return f"_{{{inside}}}"

    def grouped(self, inside: str) -> str:
        return rf"\left({inside}\right)"

    def sum(self, bound: Values, inner: str) -> str:
        discrete = [letter for letter in bound if letter.variable not in self.continuous]
        smooth = [self.value(letter) for letter in bound if letter.variable in self.continuous]
        added = rf"\sum_{{{', '.join(map(self.value, discrete))}}} {inner}" if discrete else inner
        return r"\int " * len(smooth) + added + "".join(rf"\,d{letter}" for letter in smooth)

    def fraction(self, above: str, below: str) -> str:
        return rf"\frac{{{above}}}{{{below}}}"
