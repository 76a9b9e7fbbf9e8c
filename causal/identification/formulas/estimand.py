r"""An estimand: a formula in probabilities of what can be measured, as a value.

    Probability(of, given, do)     P(y | do(x), z); without ``do`` it speaks of what is seen
    Imagined(responses)            P(Y_x = y, X = x'): several worlds of one unit
    Product, Sum, Fraction, Difference      arithmetic; the empty product is ONE
    ZERO                           what cannot happen

Its letters are values of variables: x is ``Value("X")``, and x' is ``Value("X", 1)``, another value of the same
variable. Letters bound by a sum run through all values; the others stay free, and the formula is a function of them.

>>> x, y, z = Value("X"), Value("Y"), Value("Z")
>>> back_door = Sum((z,), Product((Probability((y,), (x, z)), Probability((z,)))))
>>> sorted(letter.variable for letter in free(back_door))
['X', 'Y']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A value of a variable, as a letter; different copies are different letters."""

    variable: str
    copy: int = 0


Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Probability:
    """P(of | do(do), given); each group in the order of names."""

    of: Values
    given: Values = ()
    do: Values = ()


@dataclass(frozen=True, slots=True)
class Response:
    """Y_x = y: a variable's value in the world where others are held."""

    value: Value
    world: Values = ()


@dataclass(frozen=True, slots=True)
class Imagined:
    """P(of | given) for potential responses of one unit in several worlds."""

    of: tuple[Response, ...]
    given: tuple[Response, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, multiplied."""

    factors: tuple[Estimand, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A formula, added up over all values of some letters."""

    over: Values
    of: Estimand


@dataclass(frozen=True, slots=True)
class Fraction:
    """One formula divided by another."""

    above: Estimand
    below: Estimand


@dataclass(frozen=True, slots=True)
class Difference:
    """One formula minus another."""

    first: Estimand
    second: Estimand


@dataclass(frozen=True, slots=True)
class Zero:
    """The probability of what cannot happen."""


Estimand = Probability | Imagined | Product | Sum | Fraction | Difference | Zero
ONE, ZERO = Product(()), Zero()


def letters(names: Iterable[str]) -> Values:
    """The plain letters of some variables, in the order of names."""
    return tuple(map(_plain, sorted(names)))


# The algorithms ask for the same few letters thousands of times.
_plain = lru_cache(maxsize=4096)(Value)


def free(estimand: Estimand) -> frozenset[Value]:
    """The letters that no sum binds: what the formula is a function of."""
    match estimand:
        case Probability(of, given, do):
            return frozenset((*of, *given, *do))
        case Imagined(of, given):
            return frozenset(letter for r in (*of, *given) for letter in (r.value, *r.world))
        case Product(factors):
            return frozenset().union(*map(free, factors))
        case Sum(bound, inner):
            return free(inner).difference(bound)
        case Fraction(one, other) | Difference(one, other):
            return free(one) | free(other)
        case Zero():
            return frozenset()


def probabilities(estimand: Estimand) -> Iterator[Probability | Imagined]:
    """Every P(...) in the formula, left to right."""
    match estimand:
        case Probability() | Imagined():
            yield estimand
        case Product(factors):
            for factor in factors:
                yield from probabilities(factor)
        case Sum(_, inner):
            yield from probabilities(inner)
        case Fraction(one, other) | Difference(one, other):
            yield from probabilities(one)
            yield from probabilities(other)
        case Zero():
            pass


def rename(estimand: Estimand, names: Mapping[Value, Value]) -> Estimand:
    """The formula with other letters for its free ones; a bound letter makes way where it would clash."""

    def all_of(group: Values) -> Values:
        return tuple(sorted(names.get(letter, letter) for letter in group))

    def one(r: Response) -> Response:
        return Response(names.get(r.value, r.value), all_of(r.world))

    match estimand:
        case Probability(of, given, do):
            return Probability(all_of(of), all_of(given), all_of(do))
        case Imagined(of, given):
            return Imagined(tuple(map(one, of)), tuple(map(one, given)))
        case Product(factors):
            return Product(tuple(rename(factor, names) for factor in factors))
        case Sum(bound, inner):
            outside = free(estimand)
            taken = {names.get(letter, letter) for letter in outside}
            inside = {letter: new for letter, new in names.items() if letter in outside}
            for letter in bound:
                fresh = letter
                while fresh in taken:
                    fresh = Value(fresh.variable, fresh.copy + 1)
                inside[letter] = fresh
                taken.add(fresh)
            return Sum(tuple(sorted(inside[letter] for letter in bound)), rename(inner, inside))
        case Fraction(above, below):
            return Fraction(rename(above, names), rename(below, names))
        case Difference(first, second):
            return Difference(rename(first, names), rename(second, names))
        case Zero():
            return ZERO
