"""The stored run: what the programs said of data of every size, recorded once (``record`` says how)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from causal.files.shelf import PROGRAMS
from causal.labs.programs.hidden_worlds import PRIORS, SIZES, WORLDS

PATH = PROGRAMS / "run.npz"
QUANTITIES = ("effect", "helped")
SURE = 0.9
"""An interval holds the quantity with this probability."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What draws say: where nine tenths of them lie, and their middle."""

    low: float
    middle: float
    high: float

    @property
    def width(self) -> float:
        """How far its ends are apart."""
        return self.high - self.low


def interval(draws: NDArray[np.generic]) -> Interval:
    """The interval that leaves as many draws below it as above."""
    low, middle, high = np.quantile(np.asarray(draws, dtype=float), [(1 - SURE) / 2, 0.5, (1 + SURE) / 2])
    return Interval(float(low), float(middle), float(high))


@lru_cache(maxsize=1)
def run() -> dict[str, NDArray[np.generic]]:
    """Everything that was recorded."""
    with np.load(PATH, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


@lru_cache(maxsize=256)
def said(name: str, prior: str, n: int, quantity: str) -> Interval:
    """What the stored run says of a quantity of one world, after n units and with one belief before them."""
    return interval(run()[f"{name} {prior} {quantity}"][SIZES.index(n)])


def seed() -> int:
    """The seed of its data, and of its sampler."""
    return int(np.asarray(run()["seed"], dtype=np.int64))


def draws() -> int:
    """How many draws were kept for each interval."""
    return int(run()[f"{WORLDS[0]} {next(iter(PRIORS))} {QUANTITIES[0]}"].shape[1])


def versions() -> tuple[str, ...]:
    """What sampled it."""
    return tuple(str(text) for text in run()["versions"])
