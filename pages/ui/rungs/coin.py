"""The randomise switch: a coin for every unit instead of the slider, so that one sees why trials work."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import streamlit as st

from causal.models.model import Model
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls import controls, people, predict
from pages.ui.controls.measure import Gap, Measure
from pages.ui.look import look
from pages.ui.words import quantities, sentences
from pages.ui.words.escaping import plain

if TYPE_CHECKING:
    from causal.studies import trials

SIZES = (20, 50, 100, 200, 500, 1000, 2000, 5000)


@lru_cache(maxsize=256)
def _run(
    model: Model,
    treated: str,
    outcome: str,
    event: str,
    arms: tuple[str | float, str | float],
    n: int,
    seed: int,
) -> trials.Trial:
    from causal.studies import trials

    return trials.run(model, treated, outcome, event, arms, n, seed)


def size() -> tuple[int, int]:
    """The trial's size, and which trial of that size (another one has other units)."""
    n = controls.size(say("coin.size"), SIZES, "do_n", 200)
    return n, controls.whole(say("coin.which"), "do_seed", 9999)


def draw(model: Model, treated: str, measure: Measure, n: int, seed: int, guess: predict.Guess) -> None:
    """The estimate with its interval, the exact effect beside it, and the balance of every other cause."""
    sides = people.arms(model, treated)
    found = _run(model, treated, measure.variable.name, measure.event, sides, n, seed)
    values = [sentences.state(model[treated], side) for side in sides]
    exact = measure.gap(model, {"action": {treated: sides[0]}}, {"action": {treated: sides[1]}})
    asked = say("coin.asked", noun=sentences.what(measure.variable, measure.event), one=values[0], other=values[1])
    predict.answer(2, asked, (str(Gap(measure.variable, found.estimate)), ""), guess)
    if not guess.hidden:
        ends = Gap(measure.variable, found.low, found.high)
        st.markdown(say("coin.interval", ends=ends, exact=exact, icon=look.RUNGS[2].icon))


def balance(model: Model, treated: str, measure: Measure, n: int, seed: int) -> None:
    """Every other cause in both arms: alike with the coin, unlike where units came to the treatment by themselves."""
    sides = people.arms(model, treated)
    found = _run(model, treated, measure.variable.name, measure.event, sides, n, seed)
    if not found.balance:
        return
    one, other = (sentences.state(model[treated], side) for side in sides)
    continuous = treated in model.real_valued
    heads = [say("coin.high"), say("coin.low")] if continuous else [one, other]
    rows = [say("coin.head", one=one, other=other, seen_one=heads[0], seen_other=heads[1]), "|:--|--:|--:|--:|--:|"]
    rows += [_row(model, line) for line in found.balance]
    st.header(say("coin.balance"), anchor=False)
    st.markdown("\n".join(rows))
    st.caption(say("coin.balance_words"))


def _row(model: Model, line: trials.Balance) -> str:
    variable = model[line.name]
    show = variable.support.case(states=numbers.probability, numbers=partial(quantities.quantity, variable))
    label = plain(variable.label)
    if variable.states:
        label = say("words.fact", label=label, value=quantities.value(variable, variable.states[-1]))
    cells = [label, *(show(x) for x in line.coin), *(show(x) for x in line.seen or ())]
    return "| " + " | ".join(cells) + " |"
