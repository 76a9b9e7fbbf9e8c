"""Linear models with Gaussian noise: every potential response is a straight line in the unit's noise.

Y[x](u) = constant + slopes . x + loadings . u, with u standard normal and the same in every world, because
v = a + B v + D u is solved along the arrows: v = (I - B)^-1 (a + D u). Facts are equations in u. Their least-norm
solution (the pseudo-inverse of the facts' loadings) is the mean of u given the facts; what they leave free, its spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, inf, isinf, pi, sqrt

import numpy as np
from scipy.special import ndtr, owens_t

from causal.models.model import Model
from causal.queries.query import Atom, World
from causal.ranges.spans import Array
from causal.worlds.network import linear_mechanisms
from causal.worlds.parallel_worlds import Copy, Held, Reference, Worlds

CONTRADICTION = 1e-9
"""Facts may miss an equation without noise by this much (relative above 1) before they contradict it."""

DETERMINED = 1e-11
"""A spread below this share of what it was before the facts is rounding: the value is determined."""


@dataclass(frozen=True, slots=True)
class LinearResponse:
    """A potential response as a function of noise and of the values put in (their slopes are for the slots)."""

    constant: float
    slopes: Array
    loadings: Array


class Responses:
    """The potential responses of a linear model; values held by actions are numbered slots."""

    def __init__(self, model: Model, slots: int) -> None:
        self.slots = slots
        self.mechanisms = linear_mechanisms(model)
        self.noise = {name: i for i, name in enumerate(self.mechanisms)}
        self._worlds = Worlds(model)
        self._found: list[LinearResponse] = []

    def of(self, variable: str, world: World) -> LinearResponse:
        """``variable`` in ``world``, each setting's value the number of its slot."""
        reference = self._worlds.response(variable, world)
        for copy in self._worlds.copies[len(self._found) :]:
            self._found.append(self._mechanism(copy))
        return self._at(reference)

    def _at(self, reference: Reference) -> LinearResponse:
        if not isinstance(reference, Held):
            return self._found[reference]
        slopes = np.zeros(self.slots)
        slopes[int(reference.value)] = 1.0
        return LinearResponse(0.0, slopes, np.zeros(len(self.noise)))

    def _mechanism(self, copy: Copy) -> LinearResponse:
        cpd = self.mechanisms[copy.variable]
        intercept, *coefficients = cpd.beta.tolist()
        constant, slopes, loadings = float(intercept), np.zeros(self.slots), np.zeros(len(self.noise))
        loadings[self.noise[copy.variable]] = cpd.std
        for parent, coefficient in zip(map(self._at, copy.parents), coefficients, strict=True):
            constant += coefficient * parent.constant
            slopes = slopes + coefficient * parent.slopes
            loadings = loadings + coefficient * parent.loadings
        return LinearResponse(constant, slopes, loadings)


class Abduced:
    """The unit's noise given facts: its mean as a function of the values put in, and what is left of its spread.

    Facts enter in causal order, each as what it adds to the ones before it (Gram-Schmidt). A fact that adds nothing is
    redundant, and contradicts the others if it misses what they already determine.
    """

    def __init__(self, facts: Sequence[tuple[LinearResponse, int]], noises: int) -> None:
        self.facts = tuple(facts)
        directions: list[Array] = []
        self._steps: list[tuple[LinearResponse, int, Array, float]] = []
        for response, slot in facts:
            rest, shares = response.loadings.copy(), np.zeros(len(directions))
            for _ in range(2):  # twice is enough: one pass leaves rounding along the earlier directions
                for k, direction in enumerate(directions):
                    share = float(direction @ rest)
                    shares[k] += share
                    rest = rest - share * direction
            length = float(np.linalg.norm(rest))
            if length <= DETERMINED * float(np.linalg.norm(response.loadings)):
                length = 0.0
            else:
                directions.append(rest / length)
            self._steps.append((response, slot, shares, length))
        self.known = np.array(directions).reshape(len(directions), noises)

    def mean(self, values: Array) -> tuple[Array, int | None]:
        """The mean of the noise at these values, and the position of the first fact that contradicts the others."""
        along: list[float] = []
        for at, (response, slot, shares, length) in enumerate(self._steps):
            told = float(values[slot])
            gap = told - response.constant - float(response.slopes @ values) - float(shares @ np.array(along))
            if length:
                along.append(gap / length)
            elif abs(gap) > CONTRADICTION * max(1.0, abs(told)):
                return np.zeros(self.known.shape[1]), at
        return np.array(along) @ self.known, None

    def spread(self, loadings: Array) -> Array:
        """What is left of a response's loadings when the known directions of the noise are taken out."""
        rest = loadings
        for _ in range(2):
            rest = rest - (self.known @ rest) @ self.known
        if np.linalg.norm(rest) <= DETERMINED * np.linalg.norm(loadings):
            return np.zeros_like(loadings)
        return rest


@dataclass(frozen=True, slots=True)
class Gaussian:
    """A normal distribution; ``sd`` may be 0."""

    mean: float
    sd: float


class LinearQuestion:
    """Quantities given facts in a linear model, for any values; made once for a form of question."""

    def __init__(self, model: Model, event: Sequence[Atom], evidence: Sequence[Atom], slots: int) -> None:
        responses = Responses(model, slots)
        order = {name: i for i, name in enumerate(model.causal_order)}
        # a fact about a value that an action holds says nothing of the noise: it comes first and is only checked
        facts = sorted(evidence, key=lambda a: order[a.variable])
        self.evidence = tuple(facts)
        known = [(responses.of(a.variable, a.world), int(a.value or 0)) for a in facts]
        self.abduced = Abduced(known, len(responses.noise))
        self.entries = len(facts) * len(responses.noise)
        self.event = tuple(event)
        self.quantities = tuple(dict.fromkeys((a.variable, a.world) for a in event))
        self._responses = tuple(responses.of(variable, world) for variable, world in self.quantities)
        self._spreads = tuple(self.abduced.spread(r.loadings) for r in self._responses)

    def contradiction(self, values: Array) -> Atom | None:
        """The first fact, in causal order, that the facts before it rule out."""
        at = self.abduced.mean(values)[1] if self.evidence else None
        return None if at is None else self.evidence[at]

    def distribution(self, values: Array, quantity: int = 0) -> Gaussian:
        """Mean and standard deviation of one quantity given the facts."""
        noise, _ = self.abduced.mean(values)
        r = self._responses[quantity]
        mean = r.constant + float(r.slopes @ values) + float(r.loadings @ noise)
        return Gaussian(mean, float(np.linalg.norm(self._spreads[quantity])))

    def probability(self, values: Array) -> float:
        """The probability that every inequality of the event holds (at most two quantities)."""
        boxes = []
        for k, quantity in enumerate(self.quantities):
            normal = self.distribution(values, k)
            low, high = -inf, inf
            for atom in self.event:
                if (atom.variable, atom.world) != quantity:
                    continue
                bound = float(values[int(atom.value or 0)])
                if normal.sd == 0.0:
                    if not _holds(normal.mean, str(atom.relation), bound):
                        return 0.0
                elif atom.relation in (">", ">="):
                    low = max(low, (bound - normal.mean) / normal.sd)
                else:
                    high = min(high, (bound - normal.mean) / normal.sd)
            if normal.sd:
                boxes.append((k, low, high))
        if any(low >= high for _, low, high in boxes):
            return 0.0
        if not boxes:
            return 1.0
        if len(boxes) == 1:
            return between(boxes[0][1], boxes[0][2])
        (first, *one), (second, *two) = boxes
        a, b = self._spreads[first], self._spreads[second]
        correlation = float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))
        return rectangle((one[0], one[1]), (two[0], two[1]), correlation)


def _holds(value: float, relation: str, bound: float) -> bool:
    if abs(value - bound) <= CONTRADICTION * max(1.0, abs(bound)):
        return "=" in relation
    return value > bound if ">" in relation else value < bound


def between(low: float, high: float) -> float:
    """P(low < Z < high) for a standard normal Z, exact in both tails."""
    if low > 0:
        low, high = -high, -low
    return float(ndtr(high) - ndtr(low))


def rectangle(one: tuple[float, float], two: tuple[float, float], correlation: float) -> float:
    """P(Z1 in one, Z2 in two) for standard normals with this correlation."""
    if abs(correlation) >= 1 - 1e-14:
        low, high = two if correlation > 0 else (-two[1], -two[0])
        low, high = max(low, one[0]), min(high, one[1])
        return between(low, high) if low < high else 0.0
    corners = [(one[1], two[1], 1), (one[0], two[1], -1), (one[1], two[0], -1), (one[0], two[0], 1)]
    return min(1.0, max(0.0, sum(sign * quadrant(h, k, correlation) for h, k, sign in corners)))


def quadrant(h: float, k: float, correlation: float) -> float:
    """P(Z1 < h, Z2 < k), by Owen's T function (Owen 1956)."""
    if h == -inf or k == -inf:
        return 0.0
    if isinf(h) or isinf(k):
        return float(ndtr(min(h, k)))
    if h == 0 and k == 0:
        return 0.25 + asin(correlation) / (2 * pi)
    rest = sqrt((1 - correlation) * (1 + correlation))

    def slice_(x: float, y: float) -> float:
        if x == 0:
            return 0.25 if y > 0 else -0.25
        return float(owens_t(x, (y - correlation * x) / (x * rest)))

    corner = 0.0 if h * k > 0 or (h * k == 0 and h + k >= 0) else 0.5
    return float((ndtr(h) + ndtr(k)) / 2 - slice_(h, k) - slice_(k, h) - corner)
