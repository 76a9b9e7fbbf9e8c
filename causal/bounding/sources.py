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
from causal.bounding.frame import Frame, check_measured
from causal.errors import BadQuery, TooLarge, one_of
from causal.models.model import Model
from causal.ranges.spans import Array
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
        raise BadQuery(f'"{text[:60]}" is nothing that bounds can be drawn from: {known}', "source")
    for name in done:
        check_measured(model, name)
    return tuple(sorted(set(done)))


def check_size(frame: Frame) -> None:
    """Raise TooLarge if the joint states of the measured variables are too many."""
    if (size := prod(frame.sizes.values())) > LARGEST:
        raise TooLarge(
            f"The measured variables that matter here have {size:,} joint states; the most that bounds are computed "
            f"from is {LARGEST:,}. Ask about fewer variables, or mark some of them as latent."
        )


@lru_cache(maxsize=64)
def computed(model: Model, frame: Frame, done: Names) -> Array:
    """P(V | do(done)) in a model with numbers: an axis for every variable of the frame, in causal order."""
    check_size(frame)
    table = joint(model, frame.nodes, done)
    table.flags.writeable = False
    return table


def given(frame: Frame, distribution: Distribution) -> tuple[Source, Array]:
    """A table as a source, its axes in causal order. Raises BadQuery if it is no distribution."""
    done, shown = distribution.done, distribution.shown
    names = (*done, *shown)
    title = f"The table of {', '.join(shown)}" + (f" after setting {', '.join(done)}" if done else "")
    table = np.array(distribution.probabilities, dtype=float)
    if len(set(names)) < len(names):
        raise BadQuery(f"{title} names a variable twice.", "table")
    if table.shape != frame.shape(names):
        raise BadQuery(f"{title} has the shape {table.shape}; {frame.shape(names)} is right.", "table")
    totals = table.reshape(*table.shape[: len(done)], -1).sum(axis=-1, keepdims=True)
    if not np.isfinite(table).all() or table.min(initial=0.0) < -1e-9 or np.abs(totals - 1.0).max(initial=0.0) > 1e-6:
        raise BadQuery(f"{title} is no distribution: its probabilities must not be negative and sum to 1.", "table")
    table = np.where(table < 1e-12, 0.0, table)
    table = table / table.sum(axis=tuple(range(len(done), table.ndim)), keepdims=True)
    return Source(frame.ordered(done), frame.ordered(shown)), _in_order(frame, names, table)


def _in_order(frame: Frame, names: Sequence[str], table: Array) -> Array:
    order = sorted(range(len(names)), key=lambda i: frame.place[names[i]])
    table = table.transpose(order).reshape([frame.sizes[n] if n in names else 1 for n in frame.nodes])
    table.flags.writeable = False
    return table
