"""Identification and bounds against the clock: ID beside y0 and pyAgrum on the same graphs, and programs of bounds.

Every contender gets its graph ready made; timed is the verdict alone (pyAgrum also works out its table). There are more
graphs than ours keeps in its caches, and each round walks all of them, so nothing is answered from memory.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress

import pyagrum
import pyagrum.causal
from networkx import NetworkXException
from y0.algorithm.identify import Identification, Query, Unidentifiable, identify
from y0.dsl import Variable
from y0.graph import NxMixedGraph

import causal
from causal.files.shelf import gallery
from causal.graphs.projection import Projection
from causal.identification.algorithms.id import effect
from tests.semimarkovian import chance, random_graph

GRAPHS = 150
SEED = 20260101
BOUNDED = (
    ("instrument", "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))", []),
    ("instrument", "P(Y=1 | do(X=1)) - P(Y=1 | do(X=0))", ["no-defiers:I:X"]),
    ("instrument", "P(Y[X=0]=0 | X=1, Y=1)", []),
)


def graphs() -> Iterator[tuple[Projection, str, str]]:
    """Random graphs of 3 to 7 variables, each with an outcome and a treatment."""
    rng = chance(SEED)
    for _ in range(GRAPHS):
        shown = random_graph(rng)
        x, y = sorted(rng.sample(range(len(shown.nodes)), 2))
        yield shown, shown.nodes[y], shown.nodes[x]


def ours(shown: Projection, y: str, x: str) -> Callable[[], object]:
    """Our verdict."""
    return lambda: effect(shown, [y], [x])


def with_y0(shown: Projection, y: str, x: str) -> Callable[[], object]:
    """The verdict of y0."""
    drawn = NxMixedGraph.from_edges(
        nodes=[Variable(n) for n in shown.nodes],
        directed=[(Variable(a), Variable(b)) for a, b in sorted(shown.arrows)],
        undirected=[tuple(map(Variable, sorted(pair))) for pair in shown.arcs],
    )
    question = Identification(Query.from_str(outcomes=[y], treatments=[x]), drawn)

    def run() -> None:
        with suppress(Unidentifiable, KeyError, NetworkXException):
            identify(question)

    return run


def with_agrum(shown: Projection, y: str, x: str) -> Callable[[], object]:
    """The verdict of pyAgrum's causalImpact."""
    net = pyagrum.BayesNet()
    for name in shown.nodes:
        net.add(pyagrum.LabelizedVariable(name, name, 2))
    for a, b in sorted(shown.arrows):
        net.addArc(a, b)
    net.generateCPTs()
    latent = [(f"U{i}", tuple(sorted(pair))) for i, pair in enumerate(sorted(shown.arcs, key=sorted))]
    model = pyagrum.causal.CausalModel(net, latent, True)
    return lambda: pyagrum.causal.causalImpact(model, on=y, doing=x)


def identification(rounds: int = 7) -> list[list[str]]:
    """Mean milliseconds a graph, of the best round; all contenders in turn in every round."""
    contenders = {"ours": ours, "y0": with_y0, "pyAgrum": with_agrum}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ready = {name: [make(*case) for case in graphs()] for name, make in contenders.items()}
        best = dict.fromkeys(contenders, float("inf"))
        for _ in range(rounds):
            for name, runs in ready.items():
                start = time.perf_counter()
                for run in runs:
                    run()
                best[name] = min(best[name], (time.perf_counter() - start) / len(runs))
    ratios = [f"{best['ours'] / best[name]:.2f}" for name in ("y0", "pyAgrum")]
    return [[f"{GRAPHS} graphs of 3 to 7 variables", *(f"{best[n] * 1e3:.2f}" for n in contenders), *ratios]]


IDENTIFICATION = ("ID", "ours, ms", "y0, ms", "pyAgrum, ms", "÷ y0 (≤ 1)", "÷ pyAgrum (≤ 1)")


def bounding(rounds: int = 15) -> list[list[str]]:
    """Milliseconds of ``causal.bounds`` on a model that it has seen before: the switches of a page."""
    paths = {path.stem: path for path in gallery()}
    rows = []
    for name, query, assume in BOUNDED:
        model, times = causal.load(paths[name]), []
        for _ in range(rounds):
            start = time.perf_counter()
            causal.bounds(model, query, ["observed"], assume)
            times.append(time.perf_counter() - start)
        rows.append(
            [name, f"`{query}`".replace("|", "given"), ", ".join(assume) or "nothing", f"{min(times) * 1e3:.1f}"]
        )
    return rows


BOUNDING = ("bounds", "question", "assumed", "ms (≤ 60)")
