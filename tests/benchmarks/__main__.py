"""Measure the engine against a raw contraction and against pyAgrum, and print the ratios: python -m tests.benchmarks.

All contenders are timed in one run, in turn, block by block, so that a busy machine slows all of them. Numbers are of
the best block, ratios in parentheses of the median ones. Nothing here is a test: no time is ever a reason to fail.
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np

import causal
from causal.answers.sweep import sweep
from causal.files.shelf import from_dict
from causal.queries.query import Term
from causal.rungs.prepared import prepare
from causal.worlds.network import monotone_noise
from tests.benchmarks.cases import STEPS, Case, cases, seen
from tests.benchmarks.identifying import BOUNDING, IDENTIFICATION, bounding, identification
from tests.benchmarks.rivals import Agrum, Floor

ROUNDS = 41
BLOCK_SECONDS = 0.004
FIRST_ROUNDS = 25

Timings = dict[str, list[float]]


@dataclass(frozen=True)
class Ratio:
    """Ours against theirs, by the best and by the median block; and what is to be reached."""

    best: float
    median: float
    target: float | None = None

    def __str__(self) -> str:
        reached = "" if self.target is None else " ✓" if self.best <= self.target else f" ✗ > {self.target:g}"
        return f"{self.best:.2f} ({self.median:.2f}){reached}"


def interleaved(contenders: dict[str, Callable[[int], object]], rounds: int, steps: dict[str, int]) -> Timings:
    """Seconds of one step, for every contender and round; the first round only warms up."""
    blocks = {}
    for name, run in contenders.items():
        run(0)
        start = time.perf_counter()
        run(1)
        took = max(time.perf_counter() - start, 1e-7)
        blocks[name] = max(1, int(BLOCK_SECONDS / took))
    found: Timings = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name, run in contenders.items():
            start = time.perf_counter()
            for step in range(blocks[name]):
                run(step)
            found[name].append((time.perf_counter() - start) / blocks[name] / steps.get(name, 1))
    return {name: times[1:] for name, times in found.items()}


def ratio(timings: Timings, ours: str, theirs: str, target: float | None = None) -> Ratio:
    """One contender's time over another's."""
    one, other = timings[ours], timings[theirs]
    return Ratio(min(one) / min(other), statistics.median(one) / statistics.median(other), target)


def first_query(case: Case, agrum: Agrum) -> Timings:
    """From a model to its first answer, with nothing compiled; pyAgrum builds its network from ready lists."""
    fresh = [replace(case.model, id=f"{case.model.id} {i}") for i in range(FIRST_ROUNDS + 1)]

    def ours(step: int) -> None:
        monotone_noise.cache_clear()
        causal.ask(fresh[step], case.term)

    found: Timings = {"ours": [], "agrum": []}
    for step in range(len(fresh)):
        for name, run in (("ours", ours), ("agrum", lambda _: agrum.first())):
            start = time.perf_counter()
            run(step)
            found[name].append(time.perf_counter() - start)
    return {name: times[1:] for name, times in found.items()}


def measure(case: Case) -> list[str]:
    """One row of the table."""
    terms = case.terms
    values = [prepare(case.model, term)[1] for term in terms]
    question = prepare(case.model, case.term)[0]
    floor, agrum = Floor(question, values), Agrum(question, values)
    first = first_query(case, agrum)
    for step, at in enumerate(values):  # all three must mean the same
        joint, total = question.joint(at)
        assert np.allclose(agrum.ask(step), joint / total, atol=1e-9)
        assert np.allclose(floor.ask(step), joint, atol=1e-12)
    moves = [t.evidence + t.action for t in terms]
    assert len(set(moves)) == len(terms) > 1
    states = [_value(case, term) for term in terms]
    slide = [states[i % len(states)] for i in range(STEPS)]
    prepared = interleaved(
        {
            "floor": floor.ask,
            "agrum": agrum.ask,
            "joint": lambda step: question.joint(values[step % len(values)]),
            "ask": lambda step: causal.ask(case.model, terms[step % len(terms)]),
            "sweep": lambda step: sweep(case.model, case.term, case.slider, slide),
        },
        ROUNDS,
        {"sweep": STEPS},
    )
    nodes = len(case.model.variables)
    return [
        case.name,
        str(case.rung),
        str(len(question.copies)),
        f"{min(first['ours']) * 1e3:.2f}",
        str(ratio(first, "ours", "agrum", 3.0)),
        f"{min(prepared['floor']) * 1e6:.0f}",
        f"{min(prepared['agrum']) * 1e6:.0f}",
        f"{min(prepared['joint']) * 1e6:.1f}",
        str(ratio(prepared, "joint", "floor", 1.3)),
        str(ratio(prepared, "joint", "agrum", 1.0 if nodes <= 40 else 1.5)),
        f"{min(prepared['ask']) * 1e6:.1f}",
        str(ratio(prepared, "ask", "floor")),
        str(ratio(prepared, "ask", "agrum")),
        f"{min(prepared['sweep']) * 1e6:.2f}",
        str(ratio(prepared, "sweep", "agrum", 0.1)),
    ]


def _value(case: Case, term: Term) -> str:
    """Where the slider stands in a question."""
    set_at = [s.value for s in term.action if s.variable == case.slider]
    return str([*set_at, *(a.value for a in term.evidence if a.variable == case.slider)][0])


HEADINGS = (
    "model",
    "rung",
    "nodes",
    "first query, ms",
    "÷ pyAgrum (≤ 3)",
    "floor, µs",
    "pyAgrum, µs",
    "prepared, µs",
    "÷ floor (≤ 1.3)",
    "÷ pyAgrum (≤ 1, at 100 nodes 1.5)",
    "ask, µs",
    "÷ floor",
    "÷ pyAgrum",
    "sweep step, µs",
    "÷ pyAgrum (≤ 0.1)",
)


def memory() -> list[list[str]]:
    """What a prepared query keeps, for tables of very different sizes."""
    rows = []
    for states in (16, 64, 256, 512):
        names = [str(k) for k in range(states)]
        row = [1 / states] * states
        variables = {"A": {"states": names, "p": row}}
        for name, parent in (("B", "A"), ("C", "B"), ("D", "C")):
            variables[name] = {"states": names, "parents": [parent], "cpt": [row] * states}
        model = from_dict({"format": 1, "variables": variables}, "chain")
        gc.collect()
        tracemalloc.start()
        question, _ = prepare(model, seen("D", A="0"))
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        tables = sum(factor.values.nbytes for factor in question.network.factors)
        rows.append(
            [f"4 variables of {states} states", f"{tables / 1e3:.0f}", f"{kept / 1e3:.0f}", f"{kept / tables:.1f}"]
        )
    return rows


def table(headings: tuple[str, ...], rows: list[list[str]]) -> str:
    """A table that reads well as text and as Markdown."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    head = "| " + " | ".join(cell.ljust(width) for cell, width in zip(headings, widths, strict=True)) + " |"
    return "\n".join([head, "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines])


def machine() -> str:
    """Where and when this was measured."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = names[0] if names else cpu
    packages = ", ".join(f"{name} {version(name)}" for name in ("pgmpy", "numpy", "opt_einsum", "pyagrum"))
    return f"{date.today()}, {os.cpu_count()} cores, {cpu}, Python {platform.python_version()}, {packages}"


def main() -> None:
    """Print the tables."""
    warnings.simplefilter("ignore")
    causal.warm_up()
    all_cases = list(cases())
    gc.collect()
    gc.freeze()  # as the app does after its imports
    print(machine(), end="\n\n", flush=True)
    rows = []
    for case in all_cases:
        rows.append(measure(case))
        print(f"  {case.name}, rung {case.rung}: done", file=sys.stderr)
    print(table(HEADINGS, rows), end="\n\n")
    print(table(("memory", "its tables, kB", "the prepared query, kB", "÷ tables"), memory()), end="\n\n")
    print(table(IDENTIFICATION, identification()), end="\n\n")
    print(table(BOUNDING, bounding()))


if __name__ == "__main__":
    main()
