"""What would be measured in a discrete model that has numbers: P(V | do(W)) as one table, an axis for each variable."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product

import numpy as np

from causal.models.model import Model
from causal.queries.query import Setting
from causal.ranges.spans import Array
from causal.worlds.contraction import Contraction
from causal.worlds.network import build
from causal.worlds.parallel_worlds import Held, Worlds


def joint(model: Model, names: Sequence[str], done: Collection[str] = ()) -> Array:
    """P(names | do(done)), axes in the order of ``names``; those of ``done`` are the states that these are set to.

    The caller must have checked that such a table is not too large.
    """
    # One network for all settings: what is held is an axis that is looked at.
    world = tuple(Setting(name, "set") for name in names if name in done)
    worlds = Worlds(model)
    copies = {name: worlds.response(name, world) for name in names if name not in done}
    network = build(model, worlds.copies)
    held = {s.variable: network.held.get(Held(s.variable, "set")) for s in world}
    kept = [network.node(copy) for copy in copies.values()]
    contraction = Contraction(network, indexed=[node for node in held.values() if node], kept=kept)
    order = [*held, *copies]
    sizes = {name: len(model[name].states) for name in names}
    table = np.empty([sizes[name] for name in order])
    for at in product(*(range(sizes[name]) for name in held)):
        table[at] = contraction({node: k for node, k in zip(held.values(), at, strict=True) if node})
    return table.transpose([order.index(name) for name in names])
