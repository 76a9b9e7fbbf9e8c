"""What a distribution says about each district by itself: c-factors (Tian and Pearl 2002).

Districts share no hidden cause, so a distribution is a product of one factor for each,

    P(v) = product over districts D of Q[D](v_D; v_pa(D)),    Q[D] = product over V in D of P(v | all before v)

and Q[D] is how often the types of D respond with v_D when its parents stand at v_pa(D): linear in their distribution.
An experiment do(W) says the same of the graph without the arrows into W.

Where several hidden causes link a district, dropping a variable of it can make it fall apart, and then the pieces have
factors of their own (napkin: W <-> X, W <-> Y, W -> R -> X -> Y; without W, X and Y are two districts). They follow
from the data, but not from one free distribution over the types of all; so the factor of every set that pieces make up
is told to the program, unless it follows from that of a larger set by summing over a variable that nothing responds to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations

import numpy as np

from causal.bounding.measured_graph import MeasuredGraph
from causal.ranges.polytopes import NothingFits
from causal.ranges.spans import Array

Names = tuple[str, ...]

SAME = 1e-9
"""Probabilities that the graph says are equal may differ by so much, and no more."""

MOST_PIECES = 200
LARGEST = 8
"""So many pieces are looked for, and sets of them among so many variables; what more would say only narrows bounds."""


@dataclass(frozen=True, slots=True)
class Source:
    """The form of a distribution: of which variables, after which were set."""

    done: Names
    shown: Names


@dataclass(frozen=True, slots=True)
class Factor:
    """How often ``shown`` among the variables ``names`` respond with each joint state, given each of ``parents``.

    ``spare``: it is only needed where the factor of which it is the first part is not known (a division by 0).
    """

    source: int
    names: Names
    parents: Names
    shown: Names
    spare: bool = False


@dataclass(frozen=True, slots=True)
class _Split:
    """The factor of ``whole``, summed down to ``kept``, is the product of those of ``parts``."""

    whole: Names
    kept: Names
    parts: tuple[Names, ...]


@lru_cache(maxsize=256)
def factors(measured: MeasuredGraph, groups: tuple[Names, ...], sources: tuple[Source, ...]) -> tuple[Factor, ...]:
    """The factors that these distributions determine, each inside one group of districts."""
    found: dict[tuple[int, Names], Factor] = {}
    for number, source in enumerate(sources):
        if _partial(measured, source):
            names = response_set(measured, source)
            if names:
                found[number, names] = Factor(number, names, measured.outer(names), source.shown)
            continue
        for whole in _parts(groups, source.done):
            for names in [*_sets(measured, groups, source.done, whole), *(whole[:end] for end in range(1, len(whole)))]:
                spare = len(names) < len(whole) and names == whole[: len(names)]
                found.setdefault((number, names), Factor(number, names, measured.outer(names), names, spare))
    return tuple(found.values())


def _parts(groups: tuple[Names, ...], done: Names) -> list[Names]:
    """What of each group responds after an action."""
    parts = (tuple(n for n in group if n not in done) for group in groups)
    return [part for part in parts if part]


def _sets(measured: MeasuredGraph, groups: tuple[Names, ...], done: Names, whole: Names) -> list[Names]:
    """The sets of a part's variables whose factors are known, and follow from no larger one's; the part comes first."""
    found = [whole]
    if measured.one_cause(whole) or len(whole) > LARGEST:
        return found
    pieces = {piece for split in _splits(measured, groups, done) for piece in split.parts}
    known = {whole}
    for size in range(len(whole) - 1, 0, -1):
        for names in combinations(whole, size):
            if not pieces.issuperset(_districts(measured, names)):
                continue
            known.add(names)
            larger = (measured.ordered([*names, n]) for n in whole if n not in names and not _moves(measured, n, names))
            if known.isdisjoint(larger):
                found.append(names)
    return found


def _moves(measured: MeasuredGraph, name: str, others: Names) -> bool:
    return any(name in measured.parents[other] for other in others)


def _partial(measured: MeasuredGraph, source: Source) -> bool:
    return len(source.done) + len(source.shown) < len(measured.nodes)


def response_set(measured: MeasuredGraph, source: Source) -> Names:
    """All that responds when the shown variables of a distribution come about."""
    causes = measured.projection.cut(into=source.done).ancestors(source.shown)
    return measured.ordered(causes.difference(source.done))


@lru_cache(maxsize=256)
def _splits(measured: MeasuredGraph, groups: tuple[Names, ...], done: Names) -> tuple[_Split, ...]:
    """The order of work: from the whole distribution to districts, and on to the pieces of those that fall apart."""
    everything = tuple(n for n in measured.nodes if n not in done)
    parts = _parts(groups, done)
    pieces = [piece for part in parts for piece in _districts(measured, part)]
    found = [_Split(everything, everything, tuple(dict.fromkeys([*parts, *pieces])))]
    seen: set[Names] = set(found[0].parts)
    waiting = [p for p in found[0].parts if not measured.one_cause(p)]
    while waiting and len(seen) < MOST_PIECES:
        whole = waiting.pop()
        for name in whole:
            kept = tuple(n for n in whole if n != name)
            if _moves(measured, name, kept) or not kept:
                continue  # summing over a variable takes that nothing in the set responds to it
            apart = _districts(measured, kept)
            if fresh := [p for p in apart if p not in seen]:
                found.append(_Split(whole, kept, apart))
                seen.update(fresh)
                waiting += [p for p in fresh if not measured.one_cause(p)]
    return tuple(found)


def _districts(measured: MeasuredGraph, names: Names) -> tuple[Names, ...]:
    return tuple(measured.ordered(d) for d in measured.projection.among(names).districts())


def tell(
    measured: MeasuredGraph, groups: tuple[Names, ...], sources: tuple[Source, ...], tables: tuple[Array, ...]
) -> tuple[Array, ...]:
    """The numbers of all ``factors``: axes are parents, then what is shown; nan where a division by 0 leaves it open.

    A table has an axis for every variable in causal order, of length 1 where it neither shows nor sets the variable.
    Raises NothingFits where the graph calls equal what the tables say is not.
    """
    known: list[Mapping[Names, Array]] = []
    for source, table in zip(sources, tables, strict=True):
        if _partial(measured, source):
            names = response_set(measured, source)
            known.append({names: _reduce(measured, table, names)})
            continue
        own: dict[Names, Array] = {}
        for split in _splits(measured, groups, source.done):
            own |= _divide(measured, own.get(split.whole, table), split)
        known.append(own)
    return tuple(_read(measured, known[f.source], f) for f in factors(measured, groups, sources))


def _divide(measured: MeasuredGraph, whole: Array, split: _Split) -> dict[Names, Array]:
    """The factors of the parts, and of their first variables: products of P(v | all before v)."""
    dropped = tuple(measured.place[n] for n in split.whole if n not in split.kept)
    margin = whole.sum(axis=dropped, keepdims=True)
    margins = [margin]
    for name in reversed(split.kept):
        margin = margin.sum(axis=measured.place[name], keepdims=True)
        margins.append(margin)
    margins.reverse()
    with np.errstate(divide="ignore", invalid="ignore"):
        step = {n: margins[i + 1] / margins[i] for i, n in enumerate(split.kept)}
    found: dict[Names, Array] = {}
    for part in split.parts:
        value: Array = np.ones([1] * len(measured.nodes))
        for end, name in enumerate(part, 1):
            # once 0, a product stays 0, though what would follow is not defined
            value = np.where(value == 0.0, 0.0, value * step[name])
            found[part[:end]] = _reduce(measured, value, part[:end])
    return found


def _reduce(measured: MeasuredGraph, value: Array, names: Names) -> Array:
    """The factor without the axes that the graph says it does not depend on."""
    kept = {measured.place[n] for n in chain(names, measured.outer(names))}
    spare = tuple(i for i in range(value.ndim) if i not in kept and value.shape[i] > 1)
    if not spare:
        return value
    low = np.where(np.isnan(value), np.inf, value).min(axis=spare, keepdims=True)
    high = np.where(np.isnan(value), -np.inf, value).max(axis=spare, keepdims=True)
    defined = high >= low
    if (high - low)[defined].max(initial=0.0) > SAME:
        raise NothingFits
    middle = (np.where(defined, low, 0.0) + np.where(defined, high, 0.0)) / 2
    return np.where(defined, middle, np.nan)


def _read(measured: MeasuredGraph, known: Mapping[Names, Array], factor: Factor) -> Array:
    axes = [*factor.parents, *factor.shown]
    pieces = [factor.names] if factor.names in known else _districts(measured, factor.names)
    value: Array = np.ones([1] * len(measured.nodes))
    for piece in pieces:
        value = value * known[piece]
    value = np.broadcast_to(value, [measured.sizes[n] if n in axes else 1 for n in measured.nodes])
    order = [measured.place[n] for n in axes]
    return np.moveaxis(value, order, range(len(order))).reshape(measured.shape(axes))
