"""A model at the end of an interval: same graph, same distributions, the extreme answer.

The program's solution is a distribution over response types. Written out, the types are the states of one hidden cause
for each group of variables (Balke and Pearl 1994), and every variable a function of its parents and that cause. Groups
that the question does not touch keep the mechanisms that they have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from causal.bounding.blocks import Block
from causal.bounding.factors import Names
from causal.bounding.feasible import Feasible
from causal.bounding.measured_graph import MeasuredGraph
from causal.bounding.response_program import Program
from causal.bounding.response_queries import Known
from causal.bounding.response_types import Counts
from causal.models.mechanisms import Function, Table
from causal.models.model import Model, Variable
from causal.ranges.space import Point
from causal.ranges.spans import Array

LEAST = 1e-15
"""Types that are rarer than this are rounding."""


def model_at(model: Model, program: Program, told: Array, touched: Sequence[int], point: Point) -> Model:
    """The model with new mechanisms for the groups that are touched, which put the types where ``point`` says."""
    feasible, measured = Feasible(program, told), program.measured
    changed: dict[str, Variable] = {}
    causes: list[Variable] = []
    for group in touched:
        names = program.groups[group]
        of_group = [b for b, block in enumerate(program.blocks) if block.group == group]
        others = [b for b in of_group if b not in point]
        shares = {**point, **feasible.space([], others).some(others)}
        types = list(_mixed([(program.blocks[b], feasible.block(b).kept, shares[b]) for b in of_group]))
        cause, functions = _cause(model, measured, names, types)
        causes.append(cause)
        changed |= {name: replace(model[name], parents=p, mechanism=f) for name, (p, f) in functions.items()}
    kept = [changed.get(v.name, v) for v in model]
    while idle := {v.name for v in kept if not v.observable} - {p for v in kept for p in v.parents}:
        kept = [v for v in kept if v.name not in idle]
    return replace(model, variables=(*causes, *kept), id="", units=(), expected=())


def _mixed(blocks: Sequence[tuple[Block, Counts, Array]]) -> Iterator[tuple[Known, float]]:
    """A distribution over whole types with these over blocks' columns: one uniform noise, read through each block."""
    at, left = [0] * len(blocks), [float(shares[0]) for *_, shares in blocks]
    while True:
        weight = min(left, default=1.0)
        if weight > LEAST:
            columns = (block.answered(int(kept[i])) for (block, kept, _), i in zip(blocks, at, strict=True))
            yield {row: state for known in columns for row, state in known.items()}, weight
        if not blocks:
            return
        for b, (*_, shares) in enumerate(blocks):
            left[b] -= weight
            while left[b] <= LEAST:
                at[b] += 1
                if at[b] == len(shares):
                    return
                left[b] = float(shares[at[b]])


def _cause(
    model: Model, measured: MeasuredGraph, names: Names, types: Sequence[tuple[Known, float]]
) -> tuple[Variable, Mapping[str, tuple[Names, Function]]]:
    """The hidden cause of a group, and its variables' parents and functions."""
    shares: dict[tuple[tuple[int, ...], ...], float] = {}
    for known, weight in types:
        # a row that no part of the program looks at may answer anything
        answers = tuple(
            tuple(known.get((name, row), 0) for row in measured.combinations(measured.parents[name])) for name in names
        )
        shares[answers] = shares.get(answers, 0.0) + weight
    title = "R_" + "_".join(names)
    while title in model:
        title += "_"
    labels = [" ".join(_label(measured, n, a) for n, a in zip(names, answers, strict=True)) for answers in shares]
    total = sum(shares.values())
    chances = Table((tuple(weight / total for weight in shares.values()),))
    cause = Variable(title, f"Type of {', '.join(names)}", exogenous=True, states=tuple(labels), mechanism=chances)
    functions = {}
    for i, name in enumerate(names):
        states = measured.variable(name).states
        rows = range(len(list(measured.combinations(measured.parents[name]))))
        taken = Function(tuple(states[answers[i][row]] for row, answers in product(rows, shares)))
        functions[name] = (*measured.parents[name], title), taken
    return cause, functions


def _label(measured: MeasuredGraph, name: str, answers: Sequence[int]) -> str:
    """ "Y:01": the states that Y answers with, row by row."""
    states = measured.variable(name).states
    short = all(len(state) == 1 for state in states)
    return f"{name}:" + ("" if short else ",").join(states[k] for k in answers)
