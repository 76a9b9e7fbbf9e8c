"""The program as a script of its own: what the page shows is what it runs, with the counts put in."""

from __future__ import annotations

from pathlib import Path

from causal.labs.programs.hidden_worlds import PRIORS, counts
from causal.labs.programs.sampler import DRAWS, WARMUP
from causal.words.catalogue import open_sentence, say

PROGRAM = Path(__file__).with_name("program.py")


def script(name: str, n: int, prior: str, seed: int) -> str:
    """A script that needs NumPyro and nothing of this app: it prints where the effect lies with 90 % probability."""
    cells = counts(name, n, seed)
    lines = [
        PROGRAM.read_text(encoding="utf-8").rstrip(),
        "",
        "",
        'if __name__ == "__main__":',
        f"    counts = np.array({cells.tolist()})  # {say('scripts.drawn', n=n, seed=seed)}",
        f"    prior = {list(PRIORS[prior])}  # {say('scripts.believed')}",
        f"    found = run(sampler({name}, {WARMUP}, {DRAWS}, 1), {seed}, counts, prior)",
        '    low, middle, high = np.quantile(found["effect"], [0.05, 0.5, 0.95])',
        f'    print(f"{open_sentence("scripts.effect")}")',
    ]
    return "\n".join(lines) + "\n"
