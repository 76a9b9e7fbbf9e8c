"""Rung 1 as pictures: a model that only sees, trained here on portraits and on nothing else.

*What is fitted.* Some thousand portraits are drawn from the story with their seed. Each becomes 75 x 90 pixels, and
each is labelled with what it shows. Principal components (Hotelling 1933) give every picture a code z. For every
variable V a Gaussian is fitted to the codes, z | V=v ~ N(m_v, S), with one covariance S for all states of V.

*What is asked.* "This picture, given red glasses." The fitted model splits a code into what is typical for its glasses,
m_v = E[z | V=v], and the picture's own deviation from it, z - m_v, which in this model does not depend on V. So the
deviation is kept and the typical part exchanged: z' = z + E[z | V=red] - E[z | V=v]. This is how attributes are edited
in the codes of picture generators. E[z | V=red] is a mean over those who *are seen* in red: it holds the beach and the
shirt. (For this the covariance is not needed: it cancels.)

*What it can do.* The same Gaussians recognise the glasses of new portraits (the likeliest v given z; here S is needed).
How often they are right is measured on portraits that were not in the training set: it sees well. What fails is the
question.

Its pictures are compared with its own reconstruction of the original, so that no blur is counted against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from causal.files.shelf import load
from causal.jobs.storing import Result
from causal.jobs.tasks import Report
from causal.labs.portrait.drawing import DRAWN, PortraitScene
from causal.labs.portrait.raster import SMALL, Pixels, pictures
from causal.labs.portrait.sitters import crowd
from causal.models.model import Model
from causal.words.numbers import Whole
from causal.words.sentence import Sentence

TASK = "portraits"
ARGUMENTS: Mapping[str, object] = {"pictures": 3000, "components": 80, "fresh": 400, "seed": 1}
LABEL = "Glasses"
"""What it is tested on."""

STEP = 200

Floats = NDArray[np.float32]


def train(arguments: Mapping[str, object], report: Report) -> Result:
    """Draw portraits, find their principal components, fit the Gaussians, and test them on fresh portraits."""
    n, k, fresh, seed = (int(str(arguments[name])) for name in ("pictures", "components", "fresh", "seed"))
    model = load("portrait")
    scenes = crowd(model, n + fresh, seed)
    rows = []
    for start in range(0, len(scenes), STEP):
        report(0.6 * start / len(scenes), Sentence("jobs.drawing", at=Whole(start + 1), n=Whole(len(scenes))))
        rows.append(pictures(scenes[start : start + STEP]))
    flat = np.concatenate(rows).reshape(len(scenes), -1)
    report(0.6, Sentence("jobs.in_common"))
    found = PCA(n_components=k, svd_solver="randomized", iterated_power=2, copy=False, random_state=seed)
    found.fit(flat[:n].astype(np.float32))
    report(0.9, Sentence("jobs.typical"))
    mean, parts = found.mean_.astype(np.float32), found.components_.astype(np.float32)
    codes = np.concatenate([(flat[i : i + STEP] - mean) @ parts.T for i in range(0, len(flat), STEP)])
    learnt = {
        f"typical {name}": _typical(codes[:n], _shown(scenes[:n], model, name), len(model[name].states))
        for name in DRAWN
    }
    worn = _shown(scenes, model, LABEL)
    return learnt | {
        "mean": mean,
        "parts": parts,
        "pictures": np.array(n),
        "fresh": np.array(fresh),
        "recognised": np.array(_recognised(codes[:n], worn[:n], codes[n:], worn[n:])),
    }


def _shown(scenes: Sequence[PortraitScene], model: Model, name: str) -> NDArray[np.int64]:
    """The state of a variable in every picture, as its place among the states."""
    states = model[name].states
    return np.array([states.index(scene[name]) for scene in scenes])


def _typical(codes: Floats, shown: NDArray[np.int64], states: int) -> Floats:
    """The mean code of each state's pictures; of a state that no picture shows, the mean of all."""
    everybody = codes.mean(axis=0)
    return np.stack([codes[shown == s].mean(axis=0) if (shown == s).any() else everybody for s in range(states)])


def _recognised(codes: Floats, shown: NDArray[np.int64], fresh: Floats, true: NDArray[np.int64]) -> float:
    """How often the likeliest state given a fresh picture's code is the true one."""
    typical = _typical(codes, shown, int(shown.max()) + 1)
    spread = np.cov((codes - typical[shown]).T)
    share = np.bincount(shown, minlength=len(typical)) / len(shown)
    away = fresh[:, None, :] - typical[None, :, :]
    fit = np.einsum("nsk,kl,nsl->ns", away, np.linalg.inv(spread), away)
    return float(((np.log(share) - 0.5 * fit).argmax(axis=1) == true).mean())


@dataclass(frozen=True, slots=True)
class Seer:
    """The trained model."""

    learnt: Result

    @property
    def recognised(self) -> float:
        """The share of fresh portraits whose glasses it named rightly."""
        return float(self.learnt["recognised"])

    def count(self, name: str) -> int:
        """How many ``pictures`` it learnt from, or how many ``fresh`` ones it was tested on."""
        return int(self.learnt[name])

    def remembered(self, scene: PortraitScene) -> Pixels:
        """Its own reconstruction of a picture: all that it can say of it."""
        return self._drawn(self._code(scene))

    def asked(self, model: Model, scene: PortraitScene, name: str, state: str) -> Pixels:
        """This picture, given that a variable is seen in another state."""
        typical, states = self._of(f"typical {name}"), model[name].states
        return self._drawn(self._code(scene) + typical[states.index(state)] - typical[states.index(scene[name])])

    def _code(self, scene: PortraitScene) -> Floats:
        flat = pictures([scene]).reshape(-1).astype(np.float32)
        return np.asarray(self._of("parts") @ (flat - self._of("mean")))

    def _drawn(self, code: Floats) -> Pixels:
        flat = np.rint(np.clip(self._of("mean") + code @ self._of("parts"), 0, 255))
        return np.asarray(flat, dtype=np.uint8).reshape(SMALL[1], SMALL[0], 3)

    def _of(self, name: str) -> Floats:
        return np.asarray(self.learnt[name], dtype=np.float32)
