"""What comes back for a question: one number, a distribution, a mean with its spread, or an interval; with its rung."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from causal.queries.printing import text
from causal.queries.query import Query
from causal.words.sentence import Sentence

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """One exact answer to what was ``asked``; the fields that do not apply are None.

    ``value`` is a probability or a mean; ``distribution`` gives each state its probability, or the interval of its
    probability; ``mean`` and ``sd`` describe a continuous variable (``sd`` may be 0); ``interval`` holds every value
    that some coupling allows, ``sharp`` says whether its ends are attained or approached, ``reason`` (in words:
    ``because``) what is missing, and ``missing`` names the variables whose couplings matter.
    """

    asked: str | Query
    rung: int
    value: float | None = None
    distribution: Mapping[str, float | Interval] | None = None
    mean: float | None = None
    sd: float | None = None
    interval: Interval | None = None
    sharp: bool | None = None
    reason: Sentence | None = None
    missing: tuple[str, ...] = ()

    @property
    def because(self) -> str | None:
        """What is missing, in the language that is spoken."""
        return None if self.reason is None else str(self.reason)

    @property
    def query(self) -> str:
        """The question as a text."""
        return self.asked if isinstance(self.asked, str) else text(self.asked)

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON data, as the contract writes it."""
        data: dict[str, Any] = {"query": self.query, "rung": self.rung}
        if self.distribution is not None:
            data["distribution"] = {s: list(p) if isinstance(p, tuple) else p for s, p in self.distribution.items()}
        if self.interval is not None:
            data["interval"] = list(self.interval)
        for name in ("value", "mean", "sd", "sharp", "because"):
            if (given := getattr(self, name)) is not None:
                data[name] = given
        return data
