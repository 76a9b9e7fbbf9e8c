"""Linear programs over distributions, solved to the last digits (HiGHS through scipy).

The solver allows errors of 1e-10 in each row. Its answer is a corner of the feasible set, and a corner is told by which
columns it uses: solving the rows for those alone gives its place to rounding.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from causal.ranges.spans import Array

_TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
_PLAIN = {"presolve": False}
_MANY = 500
_SOLVED, _INFEASIBLE, _UNBOUNDED = 0, 2, 3

ROUNDING = 1e-9
"""Rows that differ by no more than this are taken to hold."""


def least(cost: Array, rows: Array, right: Array) -> Array | None:
    """The x >= 0 with rows @ x = right whose cost is least; None if there is none."""
    if not len(cost):
        return None if np.abs(right).max(initial=0.0) > ROUNDING else np.zeros(0)
    # At tight tolerances rounding is taken for a contradiction now and then, seldom with and without presolving.
    presolved, plain = _TIGHT, {**_TIGHT, **_PLAIN}
    for options in (*((presolved, plain) if len(cost) > _MANY else (plain, presolved)), _PLAIN):
        found = linprog(cost, A_eq=rows, b_eq=right, bounds=(0, None), method="highs-ds", options=options)
        if found.status == _SOLVED:
            corner = _corner(np.asarray(found.x, dtype=float), rows, right)
            scale = max(1.0, float(corner.max(initial=0.0)))
            return corner if np.abs(rows @ corner - right).max(initial=0.0) <= ROUNDING * scale else None
    if found.status in (_INFEASIBLE, _UNBOUNDED):
        return None
    raise ArithmeticError(f"linear program over {len(cost)} columns: {found.message}")


def least_ratio(top: tuple[Array, float], bottom: tuple[Array, float], rows: Array, right: Array) -> Array | None:
    """Where top / bottom is least, both affine and ``bottom`` positive there (Charnes and Cooper 1962).

    With t = 1 / bottom(x) and y = t x it is linear in (y, t). None if bottom is 0 everywhere, or nothing is feasible.
    """
    lifted = np.vstack([np.column_stack([rows, -right]), np.append(bottom[0], bottom[1])])
    found = least(np.append(top[0], top[1]), lifted, np.append(np.zeros(len(rows)), 1.0))
    return None if found is None or found[-1] <= 0.0 else _corner(found[:-1] / found[-1], rows, right)


def _corner(x: Array, rows: Array, right: Array) -> Array:
    used = x > 1e-13
    exact = np.zeros_like(x)
    exact[used] = np.linalg.lstsq(rows[:, used], right, rcond=None)[0]
    better = np.abs(rows @ exact - right).max(initial=0.0) <= np.abs(rows @ x - right).max(initial=0.0) + 1e-15
    return np.maximum(exact if better and exact.min(initial=0.0) > -1e-12 else x, 0.0)
