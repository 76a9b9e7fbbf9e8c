"""Numbers as people read them: percent, or "139 of 1,000,000" where small; units always; a real minus sign."""

from __future__ import annotations

from math import ceil, floor, log10

from causal.models.model import Variable
from pages.ui.words.texts import plain

NBSP = "\u00a0"
MINUS = "\u2212"
SMALL = 0.01
MILLION = 1_000_000


def probability(p: float) -> str:
    """A probability: 82.6 %, or 139 of 1,000,000 where percent would hide it."""
    if SMALL <= p <= 1 - SMALL / 10 or p in (0.0, 1.0) or min(p, 1 - p) < 1e-12:
        return f"{_short(100 * p, 1)}{NBSP}%"
    counted = p * MILLION
    return f"{_short(counted, 0 if counted >= 10 else 2)} of 1,000,000"


def interval(low: float, high: float) -> str:
    """Every probability between two ends."""
    return f"{probability(low)} to {probability(high)}"


def between(low: float, high: float) -> str:
    """A probability that is known up to an interval, or exactly where its ends meet."""
    return probability(low) if high - low < 1e-9 else interval(low, high)


def points(gap: float) -> str:
    """A gap between probabilities, in percentage points, with its sign."""
    size = abs(gap)
    if size < 1e-12:
        return f"0{NBSP}percentage points"
    if size < SMALL / 100:
        return f"{_signed(gap * MILLION, 0 if size * MILLION >= 10 else 2)} in 1,000,000"
    return f"{_signed(100 * gap, 1 if size >= SMALL else 2)}{NBSP}percentage points"


def quantity(variable: Variable, x: float) -> str:
    """A continuous value with its unit: 45.6 thousand records."""
    return _with_unit(variable, number(variable, x))


def difference(variable: Variable, gap: float) -> str:
    """A gap between two continuous values, with its sign and unit."""
    shown = number(variable, abs(gap))
    return _with_unit(variable, shown if shown == "0" else ("+" if gap > 0 else MINUS) + shown)


def number(variable: Variable, x: float) -> str:
    """A continuous value without its unit, as fine as the eye needs on the variable's range."""
    return _short(x, decimals(variable))


def decimals(variable: Variable) -> int:
    """How many decimals tell a thousandth of the variable's range apart."""
    if variable.range is None:
        return 2
    return max(0, ceil(-log10((variable.range[1] - variable.range[0]) / 1000) - 1e-9))


def value(variable: Variable, x: str | float) -> str:
    """What a variable is at: a state's label, or a quantity; escaped for Markdown."""
    return plain(variable.label_of(str(x))) if variable.states else quantity(variable, float(x))


def digits(x: float) -> int:
    """Decimals that show a number's first three figures (for axes and sliders of models without a range)."""
    return 0 if x == 0 else max(0, 2 - floor(log10(abs(x))))


def _with_unit(variable: Variable, shown: str) -> str:
    return f"{shown}{NBSP}{plain(variable.unit)}" if variable.unit else shown


def _short(x: float, places: int) -> str:
    # two roads to one number differ in the last bits, which must not round 54.75 both ways
    shown = f"{round(x, 9):,.{places}f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown.replace("-", MINUS)


def _signed(x: float, places: int) -> str:
    shown = _short(x, places)
    return shown if x <= 0 or shown == "0" else f"+{shown}"
