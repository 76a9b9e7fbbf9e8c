"""The door to NumPyro: run a program on this machine, if it is installed here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from causal.jobs.storing import Result
from causal.jobs.tasks import Report
from causal.labs.programs.hidden_worlds import PRIORS, WORLDS, counts
from causal.words.numbers import Whole
from causal.words.sentence import Sentence

TASK = "programs"
WARMUP, DRAWS = 400, 1200
PARTS = 4
"""A run that is waited for is told of so many times for each world."""

Draws = Mapping[str, NDArray[np.float64]]


def installed() -> bool:
    """Whether programs can run here: the libraries are optional."""
    return find_spec("numpyro") is not None and find_spec("jax") is not None


def sample(name: str, seen: NDArray[np.int64], prior: str, seed: int, parts: int, report: Report) -> Draws:
    """Draws of the effect, and of the share that is helped, given what was seen; ``report`` is told after each part."""
    from causal.labs.programs import program

    mcmc = _sampler(name, DRAWS // parts)
    mcmc.post_warmup_state = None
    found = []
    for part in range(parts):
        report(part / parts, Sentence("jobs.sampling", at=Whole(part * (DRAWS // parts)), n=Whole(DRAWS)))
        found.append(program.run(mcmc, seed + part, seen, PRIORS[prior]))
        mcmc.post_warmup_state = mcmc.last_state  # the next part goes on from here
    return {quantity: np.concatenate([draws[quantity] for draws in found]) for quantity in ("effect", "helped")}


def live(arguments: Mapping[str, object], report: Report) -> Result:
    """Both worlds, here and now: the same size, the same belief before the data, the same seed."""
    n, seed, prior = int(str(arguments["n"])), int(str(arguments["seed"])), str(arguments["prior"])
    result: dict[str, NDArray[np.float64]] = {}
    for at, name in enumerate(WORLDS):

        def told(part: float, what: Sentence, at: int = at) -> None:
            report((at + part) / len(WORLDS), Sentence("jobs.world", at=at + 1, n=len(WORLDS), what=what))

        draws = sample(name, counts(name, n, seed), prior, seed, PARTS, told)
        result |= {f"{name} {quantity}": values for quantity, values in draws.items()}
    return result


@lru_cache(maxsize=4)
def _sampler(name: str, draws: int) -> Any:
    from causal.labs.programs import program

    return program.sampler(getattr(program, name), WARMUP, draws, 1)
