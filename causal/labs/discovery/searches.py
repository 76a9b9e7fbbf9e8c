"""The door to pgmpy's searches: PC, which asks which variables are independent, and GES, which scores whole graphs.

*PC* (Spirtes and Glymour 1991) begins with every link and takes one away wherever some other variables make its ends
independent; what meets without having been needed for that is a v-structure. Who answers its questions is given: tests
on a table of data, or a graph that knows. *GES* (Chickering 2002) adds and takes away links as long as that improves a
score: how well the table is described, less a price for every number that the description needs (BIC).

Both are told of columns by their number, since the order in which Python walks a set of texts differs from run to run.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import isnan, log

import numpy as np
import pandas as pd

from causal.labs.discovery.equivalence import Arrow, Line, PartlyDirected, closed, essential
from causal.ranges.spans import Array
from causal.worlds.network import independence_test

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pgmpy 1.1.2 announces changes to modules that are not used here
    from pgmpy.causal_discovery import GES, PC
    from pgmpy.structure_score import BaseStructureScore

Independent = Callable[[str, str, Sequence[str]], bool]
"""Whether two variables are independent given others."""

LEVEL = 0.01
"""A test takes two variables for linked if chance alone shows such a link in fewer than one of a hundred tables."""

LEAST_SPREAD = 1e-12
"""What is left of a variance counts as at least this share of it: a column that follows from others has none."""


def by_answers(names: Sequence[str], independent: Independent) -> PartlyDirected:
    """PC with somebody who answers its questions."""
    numbered = pd.DataFrame(np.zeros((2, len(names))), columns=range(len(names)))

    def answer(a: int, b: int, given: Sequence[int], **_: object) -> bool:
        return independent(names[a], names[b], [names[i] for i in given])

    most = max(0, len(names) - 2)
    search = PC(variant="stable", ci_test=answer, max_cond_vars=most, n_jobs=1, show_progress=False).fit(numbered)
    # only the links and what separates are taken from pgmpy: its third rule of Meek decides too much (1.1.2)
    links = frozenset(frozenset(names[i] for i in link) for link in search.skeleton_.edges())
    apart = {
        frozenset(names[i] for i in pair): [names[i] for i in given] for pair, given in search.separating_sets_.items()
    }
    return closed(_meeting(tuple(names), links, apart))


def by_tests(table: pd.DataFrame, discrete: bool) -> PartlyDirected:
    """PC with tests on a table: chi-square where all columns are discrete, else partial correlation."""

    def independent(a: str, b: str, given: Sequence[str]) -> bool:
        p_value, _ = independence_test(table, a, b, given, discrete)
        return isnan(p_value) or p_value >= LEVEL  # no table can show a link where it leaves nothing to test

    return by_answers(list(table.columns), independent)


def by_score(table: pd.DataFrame, discrete: bool) -> PartlyDirected:
    """GES with the BIC score."""
    names = list(table.columns)
    numbered = table.set_axis(range(len(names)), axis="columns")
    score = (_Counted if discrete else _Straight)(numbered)
    best = GES(scoring_method=score).fit(numbered).causal_graph_.to_dag()
    return essential(names, [(names[a], names[b]) for a, b in best.edges()])


def _meeting(names: tuple[str, ...], links: frozenset[Line], apart: Mapping[Line, Sequence[str]]) -> PartlyDirected:
    """The links, with arrows where two of them meet in what does not separate their ends; who comes first is right."""
    arrows: set[Arrow] = set()
    for a, b in combinations(names, 2):
        for m in names:
            sides = {frozenset((a, m)), frozenset((b, m))}
            meets = m not in (a, b) and sides <= links and frozenset((a, b)) not in links
            if meets and m not in apart[frozenset((a, b))] and not arrows & {(m, a), (m, b)}:
                arrows |= {(a, m), (b, m)}
    return PartlyDirected(names, frozenset(arrows), links - {frozenset(arrow) for arrow in arrows})


class _Counted(BaseStructureScore):  # type: ignore[misc]
    """BIC of tables of counts; pgmpy's own walks a data frame for each, which takes twenty times as long."""

    def __init__(self, data: pd.DataFrame) -> None:
        super().__init__(data)
        self.codes = data.to_numpy(dtype=np.int64)
        self.sizes = self.codes.max(axis=0) + 1

    def _local_score(self, variable: int, parents: tuple[int, ...]) -> float:
        rows = np.zeros(len(self.codes), dtype=np.int64)
        for parent in parents:
            rows = rows * self.sizes[parent] + self.codes[:, parent]
        count, size = int(np.prod(self.sizes[list(parents)], dtype=np.int64)), int(self.sizes[variable])
        cells = np.bincount(rows * size + self.codes[:, variable], minlength=count * size).reshape(count, size)
        sums = cells.sum(axis=1, keepdims=True)
        seen = cells > 0
        fit = float((cells[seen] * np.log((cells / np.maximum(sums, 1))[seen])).sum())
        return fit - 0.5 * log(len(rows)) * count * (size - 1)


class _Straight(BaseStructureScore):  # type: ignore[misc]
    """BIC of straight lines with Gaussian noise, from the table's covariances alone."""

    def __init__(self, data: pd.DataFrame) -> None:
        super().__init__(data)
        self.n = len(data)
        self.covariance: Array = np.atleast_2d(np.cov(data.to_numpy(dtype=float), rowvar=False, bias=True))

    def _local_score(self, variable: int, parents: tuple[int, ...]) -> float:
        own, given = self.covariance[variable, variable], list(parents)
        across = self.covariance[given, variable]
        within = self.covariance[np.ix_(given, given)]
        left = own - across @ np.linalg.pinv(within, hermitian=True) @ across if given else own
        left = max(left, own * LEAST_SPREAD, np.finfo(float).tiny)
        return float(-0.5 * self.n * log(left) - 0.5 * log(self.n) * (len(given) + 2))
