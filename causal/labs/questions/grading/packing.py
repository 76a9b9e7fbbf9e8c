"""A pack of questions for a class or a chatbot: prompts without answers, and apart from them the key.

Questions come from a seed: stories, namings, levels and kinds of question take turns, rung after rung, so that a pack
of any size is balanced. Questions and key are joined by their ids.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from causal.files import shelf
from causal.labs.questions.grading.keys import Key, key
from causal.labs.questions.writing.families import FAMILIES
from causal.labs.questions.writing.levels import LEVELS, Level
from causal.labs.questions.writing.naming import NAMINGS
from causal.labs.questions.writing.prompting import prompt
from causal.labs.questions.writing.question_sheet import Question, sheet, told
from causal.models.model import Model
from causal.words.catalogue import speak
from causal.words.sentence import Sentence

Texts = npt.NDArray[np.str_]

MOST = 200
"""The questions a pack may hold."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One question of a pack: its id, its prompt, and its key."""

    id: str
    prompt: str
    key: Key


def pack(
    models: Sequence[Model],
    count: int,
    seed: int,
    namings: Sequence[str] = tuple(NAMINGS),
    levels: Sequence[Level] = LEVELS,
) -> Iterator[Packed]:
    """So many different questions, one after the other (fewer, if the stories do not hold more)."""
    told_already: set[str] = set()
    most = min(count, MOST)
    for question, level, naming in _draw(models, most, seed, namings, levels):
        if len(told_already) == most:
            return
        text = prompt(question, level)
        if text not in told_already:
            told_already.add(text)
            number = f"{seed}-{len(told_already):03d}"
            yield Packed(number, text, key(question, level, number, naming))


def _draw(
    models: Sequence[Model], count: int, seed: int, namings: Sequence[str], levels: Sequence[Level]
) -> Iterator[tuple[Question, Level, str]]:
    """Questions by turns; the draw ends by itself where nothing new is to be had."""
    rng = np.random.default_rng((seed, 13))
    by_rung = [[f.key for f in FAMILIES.values() if f.rung == rung] for rung in (1, 2, 3)]
    for turn in range(8 * count):
        naming, level = namings[turn % len(namings)], levels[int(rng.integers(len(levels)))]
        model = told(models[int(rng.integers(len(models)))], naming, seed * 1000 + turn)
        if model is None:
            continue
        family = by_rung[turn % 3][int(rng.integers(len(by_rung[turn % 3])))]
        for question in sheet(model, seed * 1000 + turn, [family], wander=True):
            yield question, level, naming


def work(arguments: Mapping[str, object], report: Callable[[float, Sentence], None]) -> Mapping[str, Texts]:
    """A pack as long work: ``models`` as JSON, ``count``, ``seed``, ``namings``; three files, each as one text.

    Its prompts are in the ``language`` of who wanted it.
    """
    models = [shelf.loads(str(text), "model.json") for text in _list(arguments["models"])]
    count = int(str(arguments["count"]))
    namings = [str(naming) for naming in _list(arguments["namings"])]
    packed = []
    with speak(str(arguments["language"])):
        for one in pack(models, count, int(str(arguments["seed"])), namings):
            packed.append(one)
            report(len(packed) / count, Sentence("jobs.question", at=len(packed), n=count))
    written = (questions_jsonl(packed), questions_csv(packed), keys_jsonl(packed))
    return {name: np.array([text]) for name, text in zip(("jsonl", "csv", "key"), written, strict=True)}


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def questions_jsonl(packed: Sequence[Packed]) -> str:
    """The questions, a line each: id and prompt."""
    return "".join(json.dumps({"id": p.id, "prompt": p.prompt}, ensure_ascii=False) + "\n" for p in packed)


def questions_csv(packed: Sequence[Packed]) -> str:
    """The questions as a table with an empty column for the answers."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["id", "prompt", "answer"])
    table.writerows([p.id, p.prompt, ""] for p in packed)
    return out.getvalue()


def keys_jsonl(packed: Sequence[Packed]) -> str:
    """The key, a line for each question."""
    return "".join(p.key.to_json() + "\n" for p in packed)
