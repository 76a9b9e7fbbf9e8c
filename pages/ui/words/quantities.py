"""Values of variables as people read them: as fine as the eye needs on the variable's range, and always with a unit."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, log10

from causal.models.model import Variable
from causal.words import numbers
from pages.ui.words.escaping import plain


def quantity(variable: Variable, x: float) -> str:
    """A continuous value with its unit: 45.6 thousand records."""
    return numbers.with_unit(number(variable, x), unit(variable))


def number(variable: Variable, x: float) -> str:
    """A continuous value without its unit."""
    return numbers.decimal(x, decimals(variable))


def difference(variable: Variable, gap: float) -> str:
    """A gap between two continuous values, with its sign and unit."""
    return numbers.with_unit(signed(variable, gap), unit(variable))


def signed(variable: Variable, gap: float) -> str:
    """A gap between two continuous values, with its sign."""
    return numbers.signed(gap, decimals(variable))


def signed_and_unit(variable: Variable, gap: float) -> tuple[str, str]:
    """A gap between two continuous values, with its sign, and its unit apart."""
    return signed(variable, gap), unit(variable)


def is_nought(variable: Variable, x: float) -> bool:
    """Whether a value or a gap is written as 0."""
    return numbers.is_nought(x, decimals(variable))


def alike(variable: Variable, one: float, other: float) -> bool:
    """Whether two values are written alike."""
    places = decimals(variable)
    return round(round(one, 9), places) == round(round(other, 9), places)


def unit(variable: Variable) -> str:
    """What a continuous variable's values count, escaped for Markdown (nothing if they count nothing)."""
    return plain(variable.unit) if variable.unit else ""


def decimals(variable: Variable) -> int:
    """How many decimals tell a thousandth of the variable's range apart."""
    return _decimals(variable.range) if variable.range else 2


@lru_cache(maxsize=256)
def _decimals(ends: tuple[float, float]) -> int:
    return max(0, ceil(-log10((ends[1] - ends[0]) / 1000) - 1e-9))


def value(variable: Variable, x: str | float) -> str:
    """What a variable is at: a state's label, or a quantity; escaped for Markdown."""
    return numbers.with_unit(bare(variable, x), unit(variable))


def bare(variable: Variable, x: str | float) -> str:
    """The same without a unit."""
    return plain(variable.label_of(str(x))) if variable.states else number(variable, float(x))
