"""Long work by name: what a lab may set going, and how it tells how far it is.

A task is a function of plain arguments that gives named arrays. It runs in a process of its own
(``causal.jobs.queue``), so it holds up no page and can be stopped at any moment; what it gives is kept
(``causal.jobs.storing``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from importlib import import_module

import numpy as np

from causal.jobs import storing
from causal.jobs.storing import Result
from causal.words.sentence import Sentence

Report = Callable[[float, Sentence], None]
"""Tells how much is done, from 0 to 1, and what is being done."""

Task = Callable[[Mapping[str, object], Report], Result]

TASKS: Mapping[str, str] = {
    "pack questions": "causal.labs.questions.grading.packing:work",
    "rehearse": "causal.jobs.tasks:rehearse",
    "portraits": "causal.labs.portrait.seeing:train",
    "musicians": "causal.labs.star.training:train",
    "programs": "causal.labs.programs.sampler:live",
    "discovery": "causal.labs.discovery.search_run:sweep",
}
"""Every task's name, and where its function is: a module and a name in it."""


def do(name: str, arguments: Mapping[str, object], report: Report = lambda part, what: None) -> Result:
    """The task's result, read if it is kept, else worked out here and kept."""
    key = storing.address(name, arguments)
    kept = storing.load(key)
    if kept is None:
        kept = _function(name)(arguments, report)
        storing.save(key, kept)
    return kept


def rehearse(arguments: Mapping[str, object], report: Report) -> Result:
    """Count to ``steps``, a tenth of a second each: what the way work is done is tried on."""
    steps = int(str(arguments["steps"]))
    if steps < 0:
        raise ValueError("a rehearsal has no negative steps")
    for step in range(steps):
        report(step / steps, Sentence("jobs.step", at=step + 1, n=steps))
        time.sleep(0.1)
    return {"steps": np.arange(steps)}


def _function(name: str) -> Task:
    module, _, function = TASKS[name].partition(":")
    found: Task = getattr(import_module(module), function)
    return found
