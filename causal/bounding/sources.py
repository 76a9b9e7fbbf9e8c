"""What is known: distributions over measured variables, seen or after an experiment.

    observed      P(V)
    do:X          P(V | do(X=x)) for every x
    do:X,Z        P(V | do(X=x, Z=z)) for every x and z, both set

From a model with numbers they are computed; or they are given as tables with named axes, as a trial and a survey report
them. A table may show some of the variables only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np

from causal.bounding.factors import Names, Source
from causal.bounding.measured_graph import MeasuredGraph, check_measured
from causal.errors import BadQuery, TooLarge, one_of
from causal.models.model import Model
from causal.ranges.spans import Array
from causal.words.numbers import Whole
from causal.words.sentence import Listed, Sentence
from causal.worlds.joint_table import joint

OBSERVED = "observed"

LARGEST = 2**18
"""The most joint states of the measured variables."""


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """A table: P(``shown`` | do(``done``)), an axis for each variable in ``done`` and then for each in ``shown``."""

    shown: Names
    probabilities: Array
    done: Names = ()


def read_sources(texts: Iterable[str], model: Model) -> tuple[Names, ...]:
    """What each of these texts says is set, each once; nothing is where the text is "observed". Raises BadQuery."""
    return tuple(dict.fromkeys(_read(text, model) for text in texts))


def _read(text: str, model: Model) -> Names:
    if text.strip() == OBSERVED:
        return ()
    word, colon, names = unicodedata.normalize("NFC", text).partition(":")
    done = [name.strip() for name in names.split(",")]
    if word.strip() != "do" or not colon or not all(done):
        known = one_of([OBSERVED, "do:X", "do:X,Z"], text.strip())
        raise BadQuery("errors.bounding.no_source", "source", found=text[:60], known=known)
    for name in done:
        check_measured(model, name)
    return tuple(sorted(set(done)))


def check_size(measured: MeasuredGraph) -> None:
    """Raise TooLarge if the joint states of the measured variables are too many."""
    if (size := prod(measured.sizes.values())) > LARGEST:
        raise TooLarge("errors.bounding.too_many_states", found=Whole(size), most=Whole(LARGEST))


@lru_cache(maxsize=64)
def computed(model: Model, measured: MeasuredGraph, done: Names) -> Array:
    """P(V | do(done)) in a model with numbers: an axis for every variable of the graph, in causal order."""
    check_size(measured)
    table = joint(model, measured.nodes, done)
    table.flags.writeable = False
    return table


def given(measured: MeasuredGraph, distribution: Distribution) -> tuple[Source, Array]:
    """A table as a source, its axes in causal order. Raises BadQuery if it is no distribution."""
    done, shown = distribution.done, distribution.shown
    names = (*done, *shown)
    of_done = {"shown": Listed(shown, "comma"), "done": Listed(done, "comma")}
    title = Sentence("errors.bounding.table_after" if done else "errors.bounding.table", **of_done)
    table = np.array(distribution.probabilities, dtype=float)
    if len(set(names)) < len(names):
        raise BadQuery("errors.bounding.table_twice", "table", title=title)
    if table.shape != measured.shape(names):
        wanted = measured.shape(names)
        raise BadQuery("errors.bounding.table_shape", "table", title=title, found=str(table.shape), wanted=str(wanted))
    totals = table.reshape(*table.shape[: len(done)], -1).sum(axis=-1, keepdims=True)
    if not np.isfinite(table).all() or table.min(initial=0.0) < -1e-9 or np.abs(totals - 1.0).max(initial=0.0) > 1e-6:
        raise BadQuery("errors.bounding.table_no_distribution", "table", title=title)
    table = np.where(table < 1e-12, 0.0, table)
    table = table / table.sum(axis=tuple(range(len(done), table.ndim)), keepdims=True)
    return Source(measured.ordered(done), measured.ordered(shown)), _in_order(measured, names, table)


def _in_order(measured: MeasuredGraph, names: Sequence[str], table: Array) -> Array:
    order = sorted(range(len(names)), key=lambda i: measured.place[names[i]])
    table = table.transpose(order).reshape([measured.sizes[n] if n in names else 1 for n in measured.nodes])
    table.flags.writeable = False
    return table
