"""The labs' long work in small, done before a page asks for it, so that a page looks the same on every machine."""

from contextlib import contextmanager

import pytest

import causal
from causal.jobs import queue, tasks
from causal.labs.discovery import search_run
from causal.labs.portrait import seeing
from causal.labs.star import musicians, training

ARTISTS = 150
SIZES = (50, 500, 2000)


@contextmanager
def folder(tmp_path_factory):
    """A folder of one's own for results, in which nothing lies yet; gives what takes changes back at its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LADDER_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield patch


def portraits(patch):
    """A model of a few portraits."""
    patch.setattr(seeing, "ARGUMENTS", {"pictures": 240, "components": 16, "fresh": 40, "seed": 5})
    return seeing.Seer(tasks.do(seeing.TASK, seeing.ARGUMENTS))


def predictors(patch):
    """The predictors of every case, by what they are told, trained on fewer artists and asked about fewer."""
    patch.setattr(musicians, "TRAINED", 1200)
    patch.setattr(musicians, "ASKED", ARTISTS)
    sets = {case.features for case in musicians.CASES.values()}
    return {
        features: training.Trained(features, tasks.do(training.TASK, training.arguments(features))) for features in sets
    }


def search(patch, name, hidden=""):
    """The searches of a story in smaller tables."""
    patch.setattr(search_run, "SIZES", SIZES)
    sizes = " ".join(map(str, SIZES))
    model = causal.dumps(causal.load(name), "json")
    return tasks.do(search_run.TASK, {"model": model, "hidden": hidden, "sizes": sizes, "seed": 1})


@contextmanager
def nothing_begins(patch):
    """What is not kept stands in line for good: a page that lacks it shows its progress, and no process is started."""
    patch.setattr(queue, "AT_ONCE", 0)
    yield
    queue._jobs.clear()
