"""Bounds that somebody has worked out by hand: theorems, each a function of the probabilities that it names.

X and Y are binary, x = 1 the treatment and y = 1 the outcome that it is asked about. What was seen is a table
``seen[x][y]`` = P(X=x, Y=y); what a trial shows is a pair ``trial[x]`` = P(Y=1 | do(X=x)). The hidden causes of X and Y
may be any.

    PN  = P(Y[X=0]=0 | X=1, Y=1)      would Y not have happened without X, as both did?
    PS  = P(Y[X=1]=1 | X=0, Y=0)      would X have brought Y about, as neither was there?
    PNS = P(Y[X=1]=1, Y[X=0]=0)       does Y happen with X and only with X?

The programs give the same numbers, and the tests hold the two against each other.

>>> pns_from_trial((0.014, 0.016))
(0.002, 0.016)

References: C. Manski, Nonparametric bounds on treatment effects (1990); A. Balke and J. Pearl, Bounds on treatment
effects from studies with imperfect compliance (1997); J. Tian and J. Pearl, Probabilities of causation: bounds and
identification (2000), sections 4.1 to 4.3; also J. Pearl, Causality, 2nd ed. (2009), sections 8.2 and 9.2.
"""

from __future__ import annotations

from collections.abc import Sequence

Pair = tuple[float, float]
"""A number for x = 0 and one for x = 1; or a low and a high end."""

Seen = Sequence[Sequence[float]]


def pns_from_trial(trial: Pair) -> Pair:
    """PNS from an experiment alone: max(0, P(y_1) - P(y_0)) to min(P(y_1), 1 - P(y_0)) (Tian and Pearl 2000)."""
    return max(0.0, trial[1] - trial[0]), min(trial[1], 1.0 - trial[0])


def pns_from_survey(seen: Seen) -> Pair:
    """PNS from observation alone: 0 to P(x, y) + P(x', y') (Tian and Pearl 2000)."""
    return 0.0, seen[1][1] + seen[0][0]


def pns_from_both(trial: Pair, seen: Seen) -> Pair:
    """PNS from an experiment and observation of one population (Tian and Pearl 2000, theorem on PNS)."""
    happens = seen[0][1] + seen[1][1]
    low = max(0.0, trial[1] - trial[0], happens - trial[0], trial[1] - happens)
    agree, differ = seen[1][1] + seen[0][0], seen[1][0] + seen[0][1]
    return low, min(trial[1], 1.0 - trial[0], agree, trial[1] - trial[0] + differ)


def pn_from_both(trial: Pair, seen: Seen) -> Pair:
    """PN from an experiment and observation; needs P(x, y) > 0 (Tian and Pearl 2000, theorem on PN)."""
    happens, both = seen[0][1] + seen[1][1], seen[1][1]
    return max(0.0, (happens - trial[0]) / both), min(1.0, (1.0 - trial[0] - seen[0][0]) / both)


def ps_from_both(trial: Pair, seen: Seen) -> Pair:
    """PS from an experiment and observation; needs P(x', y') > 0 (Tian and Pearl 2000, theorem on PS)."""
    happens, neither = seen[0][1] + seen[1][1], seen[0][0]
    return max(0.0, (trial[1] - happens) / neither), min(1.0, (trial[1] - seen[1][1]) / neither)


def pn_if_exogenous(seen: Seen) -> Pair:
    """PN where X and Y share no hidden cause: from the excess risk ratio upwards (Tian and Pearl 2000)."""
    low, high = pns_from_trial(risks := _risks(seen))
    return low / risks[1], high / risks[1]


def ps_if_exogenous(seen: Seen) -> Pair:
    """PS where X and Y share no hidden cause (Tian and Pearl 2000)."""
    low, high = pns_from_trial(risks := _risks(seen))
    return low / (1.0 - risks[0]), high / (1.0 - risks[0])


def pns_if_monotone(trial: Pair) -> float:
    """PNS where X never prevents Y: the risk difference (Tian and Pearl 2000, theorem on monotonicity)."""
    return trial[1] - trial[0]


def pn_if_monotone(trial: Pair, seen: Seen) -> float:
    """PN where X never prevents Y: the excess risk ratio, corrected for confounding (Tian and Pearl 2000)."""
    return (seen[0][1] + seen[1][1] - trial[0]) / seen[1][1]


def ps_if_monotone(trial: Pair, seen: Seen) -> float:
    """PS where X never prevents Y (Tian and Pearl 2000)."""
    return (trial[1] - seen[0][1] - seen[1][1]) / seen[0][0]


def effect_from_survey(seen: Seen) -> Pair:
    """P(y_1) - P(y_0) with nothing assumed: an interval of width 1 that holds 0 (Manski 1990)."""
    return -seen[0][1] - seen[1][0], seen[1][1] + seen[0][0]


def risks_from_survey(seen: Seen) -> tuple[Pair, Pair]:
    """P(Y=1 | do(X=x)) for x = 0 and x = 1, with nothing assumed (Manski 1990)."""
    return (seen[0][1], 1.0 - seen[0][0]), (seen[1][1], 1.0 - seen[1][0])


def effect_from_instrument(p: Sequence[Seen]) -> Pair:
    """P(y_1) - P(y_0) from a trial with imperfect compliance, Z -> X -> Y, X <-> Y (Balke and Pearl 1997).

    ``p[z][x][y]`` = P(X=x, Y=y | Z=z): of those assigned to z, how many took x and ended with y. Each end is the best
    of eight sums.
    """

    def s(y: int, x: int, z: int) -> float:
        return p[z][x][y]

    low = max(
        s(1, 1, 1) + s(0, 0, 0) - 1.0,
        s(1, 1, 0) + s(0, 0, 1) - 1.0,
        s(1, 1, 0) - s(1, 1, 1) - s(1, 0, 1) - s(0, 1, 0) - s(1, 0, 0),
        s(1, 1, 1) - s(1, 1, 0) - s(1, 0, 0) - s(0, 1, 1) - s(1, 0, 1),
        -s(0, 1, 1) - s(1, 0, 1),
        -s(0, 1, 0) - s(1, 0, 0),
        s(0, 0, 1) - s(0, 1, 1) - s(1, 0, 1) - s(0, 1, 0) - s(0, 0, 0),
        s(0, 0, 0) - s(0, 1, 0) - s(1, 0, 0) - s(0, 1, 1) - s(0, 0, 1),
    )
    high = min(
        1.0 - s(0, 1, 1) - s(1, 0, 0),
        1.0 - s(0, 1, 0) - s(1, 0, 1),
        -s(0, 1, 0) + s(0, 1, 1) + s(0, 0, 1) + s(1, 1, 0) + s(0, 0, 0),
        -s(0, 1, 1) + s(1, 1, 1) + s(0, 0, 1) + s(0, 1, 0) + s(0, 0, 0),
        s(1, 1, 1) + s(0, 0, 1),
        s(1, 1, 0) + s(0, 0, 0),
        -s(1, 0, 1) + s(1, 1, 1) + s(0, 0, 1) + s(1, 1, 0) + s(1, 0, 0),
        -s(1, 0, 0) + s(1, 1, 0) + s(0, 0, 0) + s(1, 1, 1) + s(1, 0, 1),
    )
    return low, high


def _risks(seen: Seen) -> Pair:
    """P(Y=1 | X=x) for x = 0 and x = 1."""
    return seen[0][1] / sum(seen[0]), seen[1][1] / sum(seen[1])
