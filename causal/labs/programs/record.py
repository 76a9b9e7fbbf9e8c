"""Record the run that the page shows where NumPyro is not installed.

    python -m pip install -r causal/labs/programs/requirements.txt
    python -m causal.labs.programs.record

Writes data/programs/run.npz: for both worlds, every belief before the data and every size, 400 draws of the effect and
of the share that is helped; beside them the counts that were seen, the seed, and the versions that sampled.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from causal.labs.programs.hidden_worlds import PRIORS, SIZES, WORLDS, counts
from causal.labs.programs.sampler import sample
from causal.labs.programs.stored import PATH, QUANTITIES

SEED = 1
KEPT = 400
LIBRARIES = ("numpyro", "jax", "jaxlib", "numpy")


def main(path: Path = PATH) -> None:
    """Sample everything, and write it down."""
    found: dict[str, NDArray[np.generic]] = {"seed": np.array(SEED), "sizes": np.array(SIZES)}
    found["versions"] = np.array([f"{name} {version(name)}" for name in LIBRARIES])
    for name in WORLDS:
        seen = [counts(name, n, SEED) for n in SIZES]
        found[f"{name} counts"] = np.array(seen)
        for prior in PRIORS:
            runs = [sample(name, cells, prior, SEED, 1, lambda part, what: None) for cells in seen]
            for quantity in QUANTITIES:
                kept = np.array([run[quantity][:: len(run[quantity]) // KEPT][:KEPT] for run in runs])
                found[f"{name} {prior} {quantity}"] = kept.astype(np.float32)
            print(f"{name}, {prior}: {len(runs)} sizes", flush=True)
    np.savez_compressed(path, allow_pickle=False, **found)


if __name__ == "__main__":
    main()
