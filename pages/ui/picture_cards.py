"""Three answers to one request for another picture: by a model that only sees, by doing, and by imagining."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from causal.labs.portrait import imagining, people, raster, scoring, seeing
from causal.labs.portrait.drawing import Scene
from causal.labs.portrait.imagining import Imagination
from causal.labs.portrait.raster import Pixels
from causal.labs.portrait.scoring import Mask, Score
from pages.ui import frame, long_work, look, numbers, portraits, sentences
from pages.ui.portraits import story
from pages.ui.texts import plain, say

ENLARGED = 5
OTHERS = 6


@dataclass(frozen=True, slots=True)
class Request:
    """One portrait, the variable that is to be different, and which draw stands for others."""

    name: str
    scene: Scene
    variable: str
    state: str
    draw: int

    @property
    def action(self) -> dict[str, str]:
        """What is set."""
        return {self.variable: self.state}

    @property
    def idle(self) -> bool:
        """Whether the picture shows already what is asked for."""
        return self.scene[self.variable] == self.state

    @property
    def words(self) -> str:
        """What is asked for, within a sentence."""
        variable = story()[self.variable]
        return say("words.is", noun=sentences.noun(variable), value=sentences.state(variable, self.state))


def imagined(request: Request) -> Imagination:
    """The engine's counterfactual, as whole pictures."""
    return imagining.imagine(story(), request.scene.values(), request.action, OTHERS)


def head(rung: int) -> None:
    """A card's heading, in its rung's colour."""
    shown = look.RUNGS[rung]
    _head(rung, f":{shown.color}[{shown.icon} {say(f'pictures.head{rung}')}]")


def _head(key: object, words: str) -> None:
    with st.container(key=f"picture_head_{key}"):
        st.header(words, anchor=False)


def original(request: Request) -> None:
    """The picture that everything is asked of."""
    _head(0, f":material/image: {plain(request.name)}")
    portraits.show(request.scene)
    st.markdown(say("pictures.asked", what=request.words))


def seen(request: Request, met: bool, maps: bool) -> None:
    """What a model that only sees makes of it: an edit of this picture, or (``met``) somebody met like that."""
    head(1)
    if met:
        scene = people.seen(story(), request.action, request.draw)
        _whole(request, scene, maps, 1, say("pictures.met"))
        return
    learnt = long_work.result(seeing.TASK, seeing.ARGUMENTS, "pictures")
    if learnt is None:
        st.markdown(say("pictures.learning", count=f"{seeing.ARGUMENTS['pictures']:,}"))
        return
    model = seeing.Seer(learnt)
    before = model.remembered(request.scene)
    after = model.asked(story(), request.scene, request.variable, request.state)
    found = scoring.score(before, after, _allowed(request))
    if maps:
        _map(after, found)
    else:
        portraits.show_pixels(raster.file(after, ENLARGED, smooth=True), say("pictures.alt1", what=request.words))
    _number(1, found)
    sees = numbers.probability(model.recognised)
    _words(1, say("pictures.sees", pictures=f"{model.count('pictures'):,}", share=sees, fresh=model.count("fresh")))


def done(request: Request, maps: bool) -> None:
    """Somebody on whom it was done."""
    head(2)
    scene = people.made(story(), request.action, request.draw)
    _whole(request, scene, maps, 2, say("pictures.anybody"))


def imagination(request: Request, maps: bool) -> None:
    """This person, with that one thing different."""
    head(3)
    found = imagined(request)
    first = found.likeliest[0]
    sure = first.weight > 1 - 1e-9
    words = "pictures.this" if sure else "pictures.likeliest"
    _whole(request, first.scene, maps, 3, say(words, share=numbers.probability(first.weight)))


def others(request: Request) -> None:
    """Where the facts leave it open: further pictures, each with its probability."""
    found = imagined(request)
    if len(found.likeliest) < 2:
        return
    _head("several", say("pictures.several"))
    strip([(i.scene, i.weight) for i in found.likeliest], found.rest)


def strip(scenes: list[tuple[Scene, float]], rest: float) -> None:
    """Pictures in a row, the likeliest first, each with its probability."""
    portraits.strip(scenes)
    if rest > 1e-9:
        st.caption(say("pictures.rest", share=numbers.probability(rest)))


def _whole(request: Request, scene: Scene, maps: bool, rung: int, words: str) -> None:
    before, after = raster.pictures([request.scene, scene])
    found = scoring.score(before, after, _allowed(request))
    if maps:
        _map(after, found)
    else:
        portraits.show(scene)
    _number(rung, found)
    _words(rung, words)


def _words(rung: int, words: str) -> None:
    with st.container(key=f"quiet_pictures_{rung}"):
        st.markdown(words)


def _number(rung: int, found: Score) -> None:
    of = say("pictures.score", pixels=f"{found.pixels:,}")
    st.markdown(look.number(rung, f"{found.wrongly:,}", of, stacked=True))


def _map(picture: Pixels, found: Score) -> None:
    alt = say("pictures.alt_map", wrong=f"{found.wrongly:,}", right=f"{found.rightly:,}", all=f"{found.pixels:,}")
    portraits.show_pixels(raster.file(scoring.overlay(picture, found), ENLARGED), alt, sharp=True)


@lru_cache(maxsize=128)
def _allowed(request: Request) -> Mask:
    return scoring.may_change(story(), request.scene, request.action)


def draw(request: Request, met: bool, maps: bool, step: int) -> None:
    """The picture and the three answers, side by side; a talk reaches them one by one."""
    frame.engine()
    cards: tuple[Callable[[], None], ...] = (
        lambda: seen(request, met, maps),
        lambda: done(request, maps),
        lambda: imagination(request, maps),
    )
    first, *places = st.columns(4, gap="medium")
    with first:
        original(request)
    for rung, (place, card) in enumerate(zip(places, cards, strict=True), 1):
        with place, st.container(key="answer" if rung == 3 else f"answer_{rung}"), frame.trouble_shown():
            if step >= rung:
                card()
