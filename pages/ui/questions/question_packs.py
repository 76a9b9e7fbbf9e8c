"""A pack of questions to take away: prompts, key, and the command that marks the answers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import causal
from causal.labs.questions.grading.packing import MOST
from causal.labs.questions.writing.naming import NAMINGS
from causal.models.model import Model
from causal.words.caching import words_cache
from causal.words.catalogue import current, say
from pages.ui.controls import controls, stories
from pages.ui.shell import long_work

LEAST, START = 10, 30


def draw(model: Model) -> None:
    """What the pack holds, and its files once they are made."""
    st.markdown(say("questions.pack_how"))
    one, two, three = st.columns([4, 5, 3], gap="medium", vertical_alignment="bottom")
    with one:
        kinds = {name: say(f"questions.pack_{name}") for name in ("all", "this")}
        which = controls.one_of(say("questions.pack_from"), kinds, "questions_from", "all")
    with two:
        count = controls.slider(say("questions.pack_count"), "questions_count", (LEAST, MOST, 10), START)
    with three:
        seed = controls.whole(say("questions.pack_seed"), "questions_pack_seed", 9999)
    written = (causal.dumps(model, "json"),) if which == "this" else _every_story()
    found = long_work.result("pack questions", wanted(written, count, seed), "questions_pack", at_once=False)
    if found is None:
        return
    with st.container(horizontal=True):
        for kind, ending in (("jsonl", "jsonl"), ("csv", "csv"), ("key", "key.jsonl")):
            controls.download(
                say(f"questions.pack_{kind}", n=str(found["jsonl"][0]).count("\n")),
                str(found[kind][0]),
                f"questions-{seed}.{ending}",
                f"questions_save_{kind}",
            )
    st.markdown(say("questions.pack_grade", id=f"{seed}-001"))
    st.code(f"python -m causal grade questions-{seed}.key.jsonl answers.jsonl", language=None)


@words_cache(8)
def _every_story() -> tuple[str, ...]:
    return tuple(causal.dumps(stories.shipped(name), "json") for name in causal.shipped())


def wanted(models: Sequence[str], count: int, seed: int) -> dict[str, object]:
    """What the work of making a pack from these models, as they are written down, is told."""
    return {
        "models": list(models),
        "count": count,
        "seed": seed,
        "namings": list(NAMINGS),
        "language": current(),
    }
