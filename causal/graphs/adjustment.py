"""Which variables to adjust for: the complete adjustment criterion (Shpitser, VanderWeele and Robins 2010).

To adjust for Z is to compute P(y | do(x)) as the sum over z of P(y | x, z) P(z). That is right in every model with this
graph if and only if

    Z holds no variable on a causal path from X to Y (other than X), and no effect of one, and
    every path from X to Y that is not causal is blocked by Z.

The back-door criterion (Pearl 2009, definition 3.3.1) asks for more, no effect of X at all, and so misses some sets:

    X -> Y, X -> D <- U -> Y        {D, U} will do, though D is an effect of X

(no minimal ones where X is one variable: the effects of X that Z may hold are never needed). The second condition is
one separation: Z separates X and Y once the first arrow of every causal path is taken out, which leaves the proper
back-door graph. So all minimal sets come from ``causal.graphs.separators``, without walking through every subset. A
set that will not do is told why, as paths of the true graph, hidden variables shown.

>>> from causal.models.model import Model, Variable
>>> sex, drug = Variable("Z", "Sex"), Variable("X", "Drug", parents=("Z",))
>>> model = Model((sex, drug, Variable("Y", "Recovery", parents=("X", "Z"))))
>>> adjustment_sets(model, "X", "Y")
(('Z',),)
>>> judge(model, "X", "Y", []).reasons[0].path.nodes
('X', 'Z', 'Y')

References: I. Shpitser, T. VanderWeele and J. Robins, On the validity of covariate adjustment for estimating causal
effects (2010); E. Perkovic et al., Complete graphical characterization and construction of adjustment sets in Markov
equivalence classes of ancestral graphs (2018); B. van der Zander, M. Liskiewicz and J. Textor, Separators and
adjustment sets in causal graphs (2019), for the proper back-door graph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from causal.errors import BadQuery, one_of
from causal.graphs import graph
from causal.graphs.bayes_ball import parents_of, shortest_open
from causal.graphs.graph import Path
from causal.graphs.projection import Projection, project
from causal.graphs.separators import minimal_separators
from causal.models.model import Model

Sets = tuple[tuple[str, ...], ...]
Wrong = Literal["closes-mediator", "descendant", "opens-collider", "leaves-open"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong with a set.

    closes-mediator   ``node`` lies on the causal ``path``; adjusting for it takes that part of the effect away
    descendant        ``node`` is an effect of ``at``, which lies on a causal path (or is the outcome)
    opens-collider    ``path`` is open only because ``node`` is ``at``, a collider on it, or an effect of ``at``
    leaves-open       ``path`` is open, and nothing on it was adjusted for
    """

    kind: Wrong
    node: str = ""
    at: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """Whether a set will do, and if not, every reason that was found; true or false by itself."""

    valid: bool
    reasons: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return self.valid


def adjustment_sets(model: Model, treatment: str, outcome: str) -> Sets:
    """All minimal adjustment sets, small ones first; ``((),)`` if the empty set will do, ``()`` if none.

    Raises TooLarge if there are more than anybody could read.
    """
    shown, barred = _back_door_graph(project(model), treatment, outcome)
    allowed = set(shown.nodes) - barred - {treatment, outcome}
    return minimal_separators(shown, treatment, outcome, allowed)


def judge(model: Model, treatment: str, outcome: str, given: Collection[str]) -> SetVerdict:
    """Whether adjusting for these measured variables gives P(outcome | do(treatment)); if not, why.

    Raises BadQuery where ``measured`` does.
    """
    treatment, outcome, *rest = measured(model, treatment, outcome, *given)
    known = frozenset(rest)
    shown, barred = _back_door_graph(project(model), treatment, outcome)
    if not known & barred and shown.separated([treatment], [outcome], known):
        return SetVerdict(True)
    reasons = (*_on_causal_paths(model, treatment, outcome, known), *_open(model, treatment, outcome, known))
    return SetVerdict(False, reasons or (_open_far_away(model, treatment, outcome, known),))


def measured(model: Model, *names: str) -> tuple[str, ...]:
    """The names as the model writes them, all different and all of variables that somebody measures.

    Raises BadQuery: unknown-variable, unmeasured, same-variable.
    """
    found: list[str] = []
    for written in names:
        name = unicodedata.normalize("NFC", written)
        known = one_of((v.name for v in model if v.observable), name)
        if name not in model:
            raise BadQuery("errors.graphs.no_variable", "unknown-variable", name=written[:80], known=known)
        if not model[name].observable:
            key = "errors.graphs.chance" if model[name].exogenous else "errors.graphs.latent"
            raise BadQuery(key, "unmeasured", name=name, known=known)
        if name in found:
            raise BadQuery("errors.graphs.twice", "same-variable", name=name)
        found.append(name)
    return tuple(found)


def on_causal_paths(model: Model, treatment: str, outcome: str) -> frozenset[str]:
    """Everything on a causal path, hidden variables too: the outcome with it, without the treatment."""
    return graph.descendants(model, treatment) & (graph.ancestors(model, outcome) | {outcome})


def _back_door_graph(shown: Projection, treatment: str, outcome: str) -> tuple[Projection, frozenset[str]]:
    """The proper back-door graph, and what no adjustment set may hold."""
    causal = shown.descendants([treatment]) & shown.ancestors([outcome]) - {treatment}
    first = frozenset((treatment, name) for name in causal)
    return replace(shown, arrows=shown.arrows - first), shown.descendants(causal)


def _on_causal_paths(model: Model, treatment: str, outcome: str, known: Collection[str]) -> Iterator[Reason]:
    between = on_causal_paths(model, treatment, outcome)
    forward = {v.name: graph.children(model, v.name) for v in model}
    for name in (n for n in model.causal_order if n in known):
        if name in between:
            arrow = {v: [c for c in forward[v] if c in between] for v in between | {treatment}}
            yield Reason("closes-mediator", name, name, _along(arrow, known, treatment, name, outcome))
        elif above := [n for n in model.causal_order if n in between and n in graph.ancestors(model, name)]:
            yield Reason("descendant", name, above[-1])


def _along(arrows: dict[str, list[str]], known: Collection[str], *stops: str) -> Path:
    """The shortest causal path by way of these stops."""
    import networkx

    nodes = [stops[0]]
    for one, two in pairwise(stops):
        nodes += networkx.shortest_path(networkx.DiGraph(arrows), one, two)[1:]
    middle = tuple(graph.Step(name, "chain", name not in known) for name in nodes[1:-1])
    return Path(tuple(nodes), ("->",) * (len(nodes) - 1), middle)


def _open(model: Model, treatment: str, outcome: str, known: Collection[str]) -> Iterator[Reason]:
    for path in graph.paths(model, treatment, outcome, known):
        if path.open and "<-" in path.arrows:
            yield _why_open(model, path, known)


def _open_far_away(model: Model, treatment: str, outcome: str, known: Collection[str]) -> Reason:
    """The open path of a graph that has more paths than were walked."""
    between = on_causal_paths(model, treatment, outcome)
    parents = parents_of(model)
    without = {n: tuple(p for p in ps if p != treatment or n not in between) for n, ps in parents.items()}
    path = shortest_open(without, treatment, outcome, known)
    assert path is not None  # noqa: S101 - a set without forbidden variables fails by a path only
    return _why_open(model, path, known)


def _why_open(model: Model, path: Path, known: Collection[str]) -> Reason:
    collider = next((step.node for step in path.steps if step.kind == "collider"), "")
    if not collider:
        return Reason("leaves-open", path=path)
    below = graph.descendants(model, collider)
    opener = collider if collider in known else next(n for n in model.causal_order if n in known and n in below)
    return Reason("opens-collider", opener, collider, path)
