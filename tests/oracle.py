"""The second road to every number: answers from first principles, by counting, without the engine.

Discrete models: a question is run as a small program that asks chance for what it needs ("which state does U take?",
"what would this unit's answer to that row be?"). Every branch of chance is followed, and the weights of the branches in
which event and evidence hold are added up. A table without coupling has no weights for answers to several rows taken
together: such branches are added up per pattern of answers, and the patterns' weights are the unknowns of a program.

Linear models: every potential response is an affine function of the noises; conditioning on one fact after another is
exact arithmetic with fractions.

Only the types of the model and of the query are shared with the engine.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, combinations, pairwise, product

import numpy as np
from scipy.integrate import quad
from scipy.optimize import linprog

from causal.models.mechanisms import Function, Linear
from causal.models.model import Model
from causal.queries.query import Atom, Number, Operation, Query, Term


class Impossible(Exception):
    """The condition has probability 0, under every coupling."""


# Discrete models: every branch of chance


def branches(run):
    """The results of ``run(choose)`` for every way chance can turn out; ``choose(key, options)`` gives one option."""
    waiting = [()]
    while waiting:
        script = waiting.pop()
        turns, known = [], {}

        def choose(key, options, script=script, turns=turns, known=known):
            if key not in known:
                forced = len(turns) < len(script)
                if not forced:
                    waiting.extend((*turns, other) for other in range(1, len(options)))
                turns.append(script[len(turns)] if forced else 0)
                known[key] = options[turns[-1]]
            return known[key]

        yield run(choose)


class Branch:
    """One way chance turned out: the weight of it, and the answers of uncoupled tables that were read."""

    def __init__(self, model: Model, choose) -> None:
        self.model, self.choose = model, choose
        self.weights: dict[object, float] = {}
        self.answers: dict[str, dict[int, tuple[str, float]]] = {}

    def value(self, name, world):
        """The state of a potential response."""
        for setting in world:
            if setting.variable == name:
                return setting.value if setting.value is not None else self.value(name, setting.nested)
        v = self.model[name]
        row = 0
        for p in v.parents:
            row = row * len(self.model[p].states) + self.model[p].states.index(self.value(p, world))
        if isinstance(v.mechanism, Function):
            return v.mechanism.rows[row]
        if v.mechanism.coupling == "monotone":
            return self.read(name, v, row)
        options = [(s, p) for s, p in zip(v.states, v.mechanism.rows[row], strict=True) if p > 0]
        state, weight = self.choose((name, row), options)
        if v.mechanism.coupling == "independent" or not v.parents:
            self.weights[name, row] = weight
        else:
            self.answers.setdefault(name, {})[row] = (state, weight)
        return state

    def read(self, name, v, row):
        """One uniform noise, read through the row's inverse cumulative distribution."""
        steps = sorted({0.0, 1.0, *(min(c, 1.0) for r in v.mechanism.rows for c in accumulate(r))})
        noise, weight = self.choose(name, [((a + b) / 2, b - a) for a, b in pairwise(steps) if b - a > 1e-13])
        self.weights[name] = weight
        return next(s for s, c in zip(v.states, accumulate(v.mechanism.rows[row]), strict=True) if noise < c)

    def holds(self, atom: Atom, action):
        got = self.value(atom.variable, atom.world or action)
        if atom.relation == "=":
            return got == atom.value
        v = self.model[atom.variable]
        number, bound = v.numbers[v.states.index(got)], float(atom.value)
        return {"<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound}[atom.relation]

    def monomial(self):
        """The pattern of answers whose joint weight is unknown, and the known weight of the rest."""
        weight = math.prod(self.weights.values())
        pattern = set()
        for name, answers in self.answers.items():
            if len(answers) == 1:  # the answer to one row alone has the table's own probability
                weight *= next(iter(answers.values()))[1]
            else:
                pattern.add((name, frozenset((row, state) for row, (state, _) in answers.items())))
        return frozenset(pattern), weight


def polynomial(model: Model, run):
    """The sum over all branches of what ``run(branch)`` gives (a number), as {pattern: weight}."""
    total = Counter()

    def one(choose):
        branch = Branch(model, choose)
        if factor := run(branch):
            pattern, weight = branch.monomial()
            total[pattern] += factor * weight

    for _ in branches(one):
        pass
    return total


def fraction(model: Model, term: Term, state=None):
    """A term as numerator and denominator; of a distribution, the numerator of one state."""
    atom = term.event[0] if term.event else None

    def given(branch):
        return all(branch.holds(a, term.action) for a in term.evidence)

    def asked(branch):
        if not given(branch):
            return 0
        if term.kind == "E":
            v = model[atom.variable]
            return v.numbers[v.states.index(branch.value(atom.variable, atom.world or term.action))]
        if atom is not None and atom.relation is None:
            return branch.value(atom.variable, atom.world or term.action) == state
        return all(branch.holds(a, term.action) for a in term.event)

    return polynomial(model, asked), polynomial(model, given)


# Tables without coupling: the unknown weights


class Unknown:
    """How one uncoupled table's answers to some rows hang together: any joint distribution with these marginals."""

    def __init__(self, model: Model, name: str, rows) -> None:
        self.rows = sorted(rows)
        v = model[name]
        tables = [dict(zip(v.states, v.mechanism.rows[r], strict=True)) for r in self.rows]
        self.functions = list(product(*([s for s, p in t.items() if p > 0] for t in tables)))
        pairs = [(i, s) for i, t in enumerate(tables) for s, p in t.items() if p > 0]
        self.matrix = np.array([[float(f[i] == s) for f in self.functions] for i, s in pairs])
        self.marginals = np.array([tables[i][s] for i, s in pairs])

    def indicator(self, answers):
        places = [(self.rows.index(row), state) for row, state in answers]
        return np.array([float(all(f[i] == s for i, s in places)) for f in self.functions])

    @cached_property
    def vertices(self):
        """All corners of the polytope, or None if there are too many bases to look at."""
        independent: list[int] = []
        for i in range(len(self.matrix)):
            if np.linalg.matrix_rank(self.matrix[[*independent, i]]) > len(independent):
                independent.append(i)
        a, b = self.matrix[independent], self.marginals[independent]
        if math.comb(a.shape[1], a.shape[0]) > 20_000:
            return None
        found = {}
        for columns in map(list, combinations(range(a.shape[1]), a.shape[0])):
            if abs(np.linalg.det(a[:, columns])) > 1e-9:
                x = np.zeros(a.shape[1])
                x[columns] = np.linalg.solve(a[:, columns], b)
                if (x > -1e-12).all():
                    found[tuple(np.round(x, 10))] = np.maximum(x, 0)
        return list(found.values())

    def sample(self, rng):
        """Some point of the polytope, inside or at the rim."""
        corners = self.vertices or [self.extreme(rng.normal(size=len(self.functions))) for _ in range(4)]
        return rng.dirichlet(np.full(len(corners), rng.choice([0.1, 1.0]))) @ np.array(corners)

    def extreme(self, objective):
        return linprog(objective, A_eq=self.matrix, b_eq=self.marginals).x


def unknowns(model: Model, polynomials):
    rows: dict[str, set[int]] = {}
    for p in polynomials:
        for pattern in p:
            for name, answers in pattern:
                rows.setdefault(name, set()).update(row for row, _ in answers)
    return {name: Unknown(model, name, which) for name, which in rows.items()}


def at(p, free, point):
    """A polynomial's value where ``point`` gives every unknown distribution."""
    return sum(w * math.prod(free[n].indicator(a) @ point[n] for n, a in pattern) for pattern, w in p.items())


def least(above, below, free, homogeneous):
    """The infimum of above/below over all couplings with below > 0; None if this oracle cannot tell.

    With one unknown a linear program (Charnes and Cooper 1962). With more, both are linear in each unknown, so the
    optimum is at corners; that takes above = 0 wherever below = 0, which is so for one term (``homogeneous``).
    """
    if len(free) == 1 and homogeneous:
        ((_, unknown),) = free.items()
        size = len(unknown.functions)

        def row(p):
            coefficients = np.zeros(size + 1)
            for pattern, w in p.items():
                for _, answers in pattern:
                    coefficients[:size] += w * unknown.indicator(answers)
                coefficients[size] += 0 if pattern else w
            return coefficients

        program = linprog(
            row(above),
            A_eq=np.vstack([np.column_stack([unknown.matrix, -unknown.marginals]), row(below)]),
            b_eq=[*np.zeros(len(unknown.marginals)), 1.0],
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if program.status == 2:
            raise Impossible
        return program.fun if program.status == 0 else None
    corners = [u.vertices for u in free.values()]
    if any(c is None for c in corners) or math.prod(len(c) for c in corners) > 3000:
        return None
    values = []
    for choice in product(*corners):
        point = dict(zip(free, choice, strict=True))
        top, bottom = at(above, free, point), at(below, free, point)
        if bottom > 1e-12:
            values.append(top / bottom)
        elif not homogeneous or abs(top) > 1e-9:
            return None
    if not values:
        raise Impossible
    return min(values)


def bounds(model: Model, above, below, homogeneous=True):
    """The least and the greatest value of above/below over all couplings."""
    above, below = (Counter({k: w for k, w in p.items() if w}) for p in (above, below))
    free = unknowns(model, (above, below))
    low = least(above, below, free, homogeneous)
    high = least(Counter({k: -w for k, w in above.items()}), below, free, homogeneous)
    return None if low is None or high is None else (low, -high)


def distribution(model: Model, term: Term):
    """The bounds of every state's probability."""
    return {s: bounds(model, *fraction(model, term, s)) for s in model[term.event[0].variable].states}


def interval(model: Model, query: Query):
    """The bounds of a discrete expression; (low, high) are equal where couplings do not matter, None: cannot tell."""
    if isinstance(query, Term):
        return bounds(model, *fraction(model, query))
    ratio = as_fraction(model, query)
    return None if ratio is None else bounds(model, *ratio, homogeneous=False)


ONE = Counter({frozenset(): 1.0})


def plus(p, q, sign=1):
    total = Counter(p)
    for k, w in q.items():
        total[k] += sign * w
    return total


def times(p, q):
    """The product, or None if an unknown would be squared."""
    if {n for k in p for n, _ in k} & {n for k in q for n, _ in k}:
        return None
    total = Counter()
    for (a, v), (b, w) in product(p.items(), q.items()):
        total[a | b] += v * w
    return total


def constant(p):
    return all(not pattern for pattern, w in p.items() if w)


def as_fraction(model: Model, query: Query):
    """An expression as one fraction of polynomials linear in each unknown, or None."""
    if isinstance(query, Number):
        return Counter({frozenset(): query.value}), ONE
    if isinstance(query, Term):
        above, below = fraction(model, query)
        if constant(below):
            if not below[frozenset()] > 0:
                raise Impossible
            return Counter({k: w / below[frozenset()] for k, w in above.items()}), ONE
        bounds(model, below, below)  # raises Impossible where it is
        return above, below
    left, right = as_fraction(model, query.left), as_fraction(model, query.right)
    if left is None or right is None:
        return None
    (a, b), (c, d) = left, right
    if query.operator == "/":
        if constant(c) and not c[frozenset()]:
            raise ZeroDivisionError
        c, d = d, c
    if query.operator in "*/":
        top, bottom = times(a, c), times(b, d)
    elif b == d:
        top, bottom = plus(a, c, 1 if query.operator == "+" else -1), b
    else:
        ad, cb, bottom = times(a, d), times(c, b), times(b, d)
        top = None if ad is None or cb is None else plus(ad, cb, 1 if query.operator == "+" else -1)
    if top is None or bottom is None:
        return None
    if constant(bottom) and bottom[frozenset()]:
        return Counter({k: w / bottom[frozenset()] for k, w in top.items()}), ONE
    return top, bottom


def samples(model: Model, query: Query, seed: int, count: int = 30):
    """Values of an expression under random couplings (those under which every condition can happen)."""
    fractions = {}

    def collect(q):
        if isinstance(q, Term):
            fractions.setdefault(q, fraction(model, q))
        elif isinstance(q, Operation):
            collect(q.left)
            collect(q.right)

    collect(query)
    free = unknowns(model, [p for pair in fractions.values() for p in pair])
    rng = np.random.default_rng(seed)

    def evaluate(q, point):
        if isinstance(q, Number):
            return q.value
        if isinstance(q, Term):
            above, below = (at(p, free, point) for p in fractions[q])
            return above / below if below > 1e-7 else math.nan
        a, b = evaluate(q.left, point), evaluate(q.right, point)
        if q.operator == "/":
            return a / b if abs(b) > 1e-7 else math.nan
        return a + b if q.operator == "+" else a - b if q.operator == "-" else a * b

    values = [evaluate(query, {n: u.sample(rng) for n, u in free.items()}) for _ in range(count)]
    return [v for v in values if not math.isnan(v)]


# Linear models: affine functions of the noises, in fractions


def affine(model: Model, name, world):
    """A potential response as {noise: coefficient}, its constant under None."""
    for setting in world:
        if setting.variable == name:
            if setting.value is not None:
                return Counter({None: Fraction(float(setting.value))})
            return affine(model, name, setting.nested)
    v = model[name]
    assert isinstance(v.mechanism, Linear)
    total = Counter({None: Fraction(v.mechanism.intercept), name: Fraction(v.mechanism.sd)})
    for p, coefficient in zip(v.parents, v.mechanism.coefficients, strict=True):
        for noise, c in affine(model, p, world).items():
            total[noise] += Fraction(coefficient) * c
    return total


def moments(model: Model, atoms, evidence, action=()):
    """The exact mean and covariance of potential responses, given facts, one after the other."""
    forms = [affine(model, a.variable, a.world or action) for a in (*evidence, *atoms)]
    size = range(len(forms))
    mean = [f[None] for f in forms]
    cov = [[sum((f[n] * g[n] for n in f if n is not None), Fraction(0)) for g in forms] for f in forms]
    for e, fact in enumerate(evidence):
        value = Fraction(float(fact.value))
        if cov[e][e] == 0:
            if abs(value - mean[e]) > Fraction(1, 10**9) * max(1, abs(value)):
                raise Impossible
            continue
        gain = [cov[i][e] / cov[e][e] for i in size]
        mean = [mean[i] + gain[i] * (value - mean[e]) for i in size]
        cov = [[cov[i][j] - gain[i] * cov[e][j] for j in size] for i in size]
    k = len(evidence)
    return mean[k:], [row[k:] for row in cov[k:]]


def gaussian(model: Model, term: Term):
    """Mean and sd of the one continuous quantity a term asks for."""
    mean, cov = moments(model, term.event, term.evidence, term.action)
    return float(mean[0]), math.sqrt(cov[0][0])


def normal(z):
    return math.erfc(-z / math.sqrt(2)) / 2


def within(mean, sd, low, high):
    """The probability of low < N(mean, sd) < high."""
    if high <= low:
        return 0.0
    return max(0.0, normal((high - mean) / sd) - normal((low - mean) / sd))


def continuous_event(model: Model, term: Term):
    """The probability of inequalities on at most two continuous quantities."""
    mean, cov = moments(model, term.event, term.evidence, term.action)
    forms = [affine(model, a.variable, a.world or term.action) for a in term.event]
    limits: dict[int, tuple[float, float]] = {}
    for i, atom in enumerate(term.event):
        bound, strict = float(atom.value), atom.relation in "<>"
        if cov[i][i] == 0:
            m = float(mean[i])
            if not ((m > bound if ">" in atom.relation else m < bound) or (not strict and m == bound)):
                return 0.0
            continue
        first = next(j for j in range(i + 1) if +forms[j] == +forms[i] and -forms[j] == -forms[i])
        low, high = limits.get(first, (-math.inf, math.inf))
        limits[first] = (max(low, bound), high) if ">" in atom.relation else (low, min(high, bound))
    if not limits:
        return 1.0
    i, *others = limits
    m, sd = float(mean[i]), math.sqrt(cov[i][i])
    low, high = limits[i]
    if not others:
        return within(m, sd, low, high)
    (j,) = others
    slope = cov[i][j] / cov[i][i]
    rest = cov[j][j] - slope * cov[i][j]
    slope, offset = float(slope), float(mean[j] - slope * mean[i])
    if rest == 0:  # the second is a function of the first
        ends = sorted((limit - offset) / slope for limit in limits[j])
        return within(m, sd, max(low, ends[0]), min(high, ends[1]))
    left, right = max(low, m - 12 * sd), min(high, m + 12 * sd)
    if right <= left:
        return 0.0
    kinks = [(limit - offset) / slope for limit in limits[j] if slope and math.isfinite(limit)]

    def density(x):
        return (
            math.exp(-(((x - m) / sd) ** 2) / 2)
            / (sd * math.sqrt(2 * math.pi))
            * within(offset + slope * x, math.sqrt(rest), *limits[j])
        )

    points = sorted({left, right, *(min(max(p, left), right) for p in (m, m - 3 * sd, m + 3 * sd, *kinks))})
    return sum(quad(density, a, b, epsabs=1e-11, epsrel=1e-11, limit=200)[0] for a, b in pairwise(points))
