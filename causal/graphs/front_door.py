"""Front-door sets: what carries all of an effect can stand in for what is hidden (Pearl 2009, definition 3.3.3).

M satisfies the front-door criterion for X and Y if

    M cuts all causal paths from X to Y,
    no back-door path from X to M is open, and
    all back-door paths from M to Y are blocked by X,

where a back-door path of several variables is one that leaves them all at once: it is looked for when the arrows out of
all of M are taken away. Then each of the two steps can be adjusted for, and

    P(y | do(x)) = sum_m P(m | x) sum_x' P(y | m, x') P(x')           (Pearl 2009, theorem 3.3.4)

More is not always safer: a back-door path from one mediator may be cut by another one, and opened by nothing else. So
minimal sets are looked for as minimal hitting sets of those paths.

>>> from causal.models.model import Model, Variable
>>> gene, smoking = Variable("U", "Gene", latent=True), Variable("X", "Smoking", parents=("U",))
>>> tar, cancer = Variable("M", "Tar", parents=("X",)), Variable("Y", "Cancer", parents=("M", "U"))
>>> front_door_sets(Model((gene, smoking, tar, cancer)), "X", "Y")
(('M',),)

References: J. Pearl, Causality, 2nd ed. (2009), section 3.3.2; H. Jeong, J. Tian and E. Bareinboim, Finding and listing
front-door adjustment sets (2022), for sets of several variables and for the largest set that is left.
"""

from __future__ import annotations

from collections.abc import Collection

from causal.graphs.bayes_ball import connected, parents_of, shortest_open
from causal.graphs.hitting_sets import effort_for, minimal_sets
from causal.graphs.projection import Projection, project
from causal.models.model import Model


def front_door_sets(model: Model, treatment: str, outcome: str) -> tuple[tuple[str, ...], ...]:
    """All minimal front-door sets, small ones first; ``()`` if there is none, or the treatment is no cause."""
    shown = project(model)
    if outcome not in shown.descendants([treatment]):
        return ()
    confounded = connected(parents_of(model, out_of=[treatment]), treatment, [])
    able = set(shown.nodes) - confounded - {treatment, outcome}

    def unhit(chosen: frozenset[str]) -> Collection[str] | None:
        """What could cut a causal path that is left, or a back-door path from a chosen variable."""
        if (path := _uncut(shown, treatment, outcome, chosen)) is not None:
            return able.intersection(path)
        parents = parents_of(model, out_of=chosen)
        open_ = connected(parents, outcome, [treatment])
        if (name := next((n for n in shown.nodes if n in chosen and n in open_), None)) is None:
            return None
        back = shortest_open(parents, name, outcome, [treatment])
        return able.intersection(step.node for step in back.steps if step.kind != "collider") if back else None

    def feasible(chosen: frozenset[str], barred: frozenset[str]) -> bool:
        """Whether what is left, less what can never be rid of its back-door paths, holds the chosen and cuts all."""
        left = able - barred
        while lost := left & connected(parents_of(model, out_of=left), outcome, [treatment]):
            left -= lost
        return chosen <= left and _uncut(shown, treatment, outcome, left) is None

    return minimal_sets(shown.nodes, unhit, feasible, effort_for(model))


def _uncut(shown: Projection, treatment: str, outcome: str, chosen: Collection[str]) -> list[str] | None:
    """A causal path that avoids the chosen variables, if there is one."""
    import networkx  # here, as in graph: it takes 0.2 s

    left = networkx.DiGraph(sorted((cause, effect) for cause, effect in shown.arrows if cause not in chosen))
    left.add_nodes_from((treatment, outcome))
    try:
        path: list[str] = networkx.shortest_path(left, treatment, outcome)
    except networkx.NetworkXNoPath:
        return None
    return path
