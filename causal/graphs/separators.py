"""All smallest sufficient ways to separate two variables: minimal separators of a moral graph, each found once.

A set Z separates a from b, and no part of Z does. Such sets lie among the ancestors of a and b (van der Zander,
Liskiewicz and Textor 2019), and there separating means cutting every way from a to b in one undirected graph: that in
which all causes of a variable (and of all others in its district) are joined. What must not be in Z is taken out of
that graph beforehand, its neighbours joined, so that every way through it stays.

The minimal separators of an undirected graph lie on a ladder from a to b. The lowest is the one nearest to a; from any
of them the next ones are found by moving one of its variables over to a's side and looking for the nearest separator of
what a has then. Each takes polynomial time, however many subsets there are.

>>> shown = Projection(("U", "Z", "X", "Y"), frozenset({("U", "Z"), ("Z", "X"), ("U", "Y"), ("X", "Y")}))
>>> minimal_separators(shown.cut(out_of="X"), "X", "Y", ["U", "Z"])
(('U',), ('Z',))

References: H. Shen and W. Liang, Efficient enumeration of all minimal separators in a graph (1997); B. van der Zander,
M. Liskiewicz and J. Textor, Separators and adjustment sets in causal graphs (2019).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from causal.errors import TooLarge
from causal.graphs.projection import Projection
from causal.words.numbers import Whole

MOST_WORK = 300_000
"""Sets times variables, each of which is looked at for each set."""

MOST_SETS = 10_000
"""More sets than this are of no use to anybody; their number can double with every few variables more."""

Near = Mapping[str, frozenset[str]]


def minimal_separators(shown: Projection, a: str, b: str, allowed: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """All minimal sets of allowed variables that separate ``a`` from ``b``, small ones first.

    Raises TooLarge if there are too many of them.
    """
    near = shown.among(shown.ancestors([a, b])).moral()
    for name in [n for n in near if n not in allowed and n not in (a, b)]:
        around = near.pop(name)
        for other in around:
            near[other] = (near[other] | around) - {other, name}
    found = [] if b in near[a] else list(_separators(near, a, b, shown.nodes))
    return in_order(found, shown.nodes)


def in_order(sets: Iterable[Collection[str]], nodes: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Sets of variables, small ones first, then in the order of ``nodes``, which is also the order inside each."""
    place = {name: i for i, name in enumerate(nodes)}
    ordered = (tuple(sorted(names, key=place.__getitem__)) for names in sets)
    return tuple(sorted(ordered, key=lambda names: (len(names), [place[name] for name in names])))


def _separators(near: Near, a: str, b: str, nodes: Iterable[str]) -> Iterator[frozenset[str]]:
    order = [name for name in nodes if name in near]
    lowest = _nearest(near, {a}, b)
    seen, waiting = {lowest}, [lowest]
    while waiting:
        separator = waiting.pop()
        yield separator
        side = _side(near, a, separator)
        for name in order:
            if name in separator and b not in near[name]:
                following = _nearest(near, side | {name}, b)
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        if len(seen) > (most := min(MOST_SETS, MOST_WORK // len(near))):
            raise TooLarge("errors.graphs.too_many_sets", most=Whole(most))


def _nearest(near: Near, inner: set[str], b: str) -> frozenset[str]:
    """The minimal separator that lies nearest to ``inner``, which ``b`` does not touch."""
    rim = frozenset().union(*(near[name] for name in inner)) - inner
    far = _side(near, b, rim)
    return frozenset(n for n in rim if not far.isdisjoint(near[n]))


def _side(near: Near, start: str, wall: frozenset[str]) -> set[str]:
    """What can be reached from ``start`` without crossing the wall."""
    side, waiting = {start}, [start]
    while waiting:
        new = near[waiting.pop()] - side - wall
        side |= new
        waiting += new
    return side
