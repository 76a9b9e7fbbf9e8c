"""Rung 3 for many units at once, where mechanisms are straight lines: what one change brings to everything after it.

A unit's noise stays its own, so it cancels: with every variable known, the counterfactual value of a variable is the
factual one plus the sum of coefficient x shift over its parents (Pearl 2009, section 7.1, for linear models).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from causal.models.model import Model

Columns = Mapping[str, NDArray[np.float64]]


def imagined(model: Model, units: Columns, held: Columns) -> dict[str, NDArray[np.float64]]:
    """Every variable of every unit, had the variables in ``held`` been at these values (one for each unit).

    Where the value is nan, that unit's variable is not held, and follows its mechanism.
    """
    shifts: dict[str, NDArray[np.float64]] = {}
    for name in model.causal_order:
        shift = np.zeros(len(units[name]))
        for parent, coefficient in zip(model[name].parents, model.line(name).coefficients, strict=True):
            shift = shift + coefficient * shifts[parent]
        if name in held:
            shift = np.where(np.isnan(held[name]), shift, held[name] - units[name])
        shifts[name] = shift
    return {name: units[name] + shift for name, shift in shifts.items()}
