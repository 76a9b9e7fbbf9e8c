"""Three answers to one request for another picture: by a model that only sees, by doing, and by imagining."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.jobs import storing
from causal.labs.portrait import imagining, raster, scoring, seeing, sitters
from causal.labs.portrait.drawing import PortraitScene
from causal.labs.portrait.imagining import Imagination
from causal.labs.portrait.raster import Pixels
from causal.labs.portrait.scoring import Mask, Score
from causal.labs.portrait.seeing import Seer
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.look import look
from pages.ui.pictures import portraits
from pages.ui.pictures.portraits import story
from pages.ui.shell import frame, long_work
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

OTHERS = 6
SMALL = 92
"""How wide the picture beside a score is, in pixels of the screen."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """One portrait, the variable that is to be different, and which draw stands for others."""

    name: str
    scene: PortraitScene
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
        return sentences.clause(story()[self.variable], self.state)


@dataclass(frozen=True, slots=True)
class PictureCard:
    """The places of one answer: its picture, the map of changes beside the score, and what it is."""

    picture: DeltaGenerator
    score: DeltaGenerator
    words: DeltaGenerator


@dataclass(frozen=True, slots=True)
class Cards:
    """The places of the request and of each answer that a talk has come to; the portrait stands already.

    ``seer`` is the model that only sees, once it has learnt.
    """

    asked: DeltaGenerator
    answers: tuple[PictureCard, ...]
    seer: Seer | None


def cards(name: str, scene: PortraitScene, met: bool, step: int) -> Cards:
    """The picture that everything is asked of, and three cards beside it; a talk reaches them one by one."""
    first, *columns = st.columns(4, gap="medium")
    with first:
        _head(0, f":material/image: {plain(name)}")
        portraits.show(scene)
        asked = st.container()
    answers, seer = [], None
    for rung, column in enumerate(columns, 1):
        with column, st.container(key="answer" if rung == 3 else f"answer_{rung}"):
            if step >= rung:
                shown = look.RUNGS[rung]
                _head(rung, f":{shown.color}[{shown.icon} {say(f'pictures.head{rung}')}]")
                if rung == 1 and not met:
                    learnt = long_work.result(seeing.TASK, seeing.ARGUMENTS, "pictures")
                    seer = None if learnt is None else Seer(learnt)
                picture = st.container()
                score = st.container(key=f"picture_score_{rung}", horizontal=True, gap="small")
                answers.append(PictureCard(picture, score, st.container()))
    return Cards(asked, tuple(answers), seer)


def fill(on: Cards, request: PictureRequest, met: bool, maps: bool) -> None:
    """The request, and what each model makes of it."""
    on.asked.markdown(say("pictures.asked", what=request.words))
    drawn: tuple[Callable[[PictureCard], None], ...] = (
        lambda card: seen(card, request, on.seer, met, maps),
        lambda card: done(card, request, maps),
        lambda card: imagination(card, request, maps),
    )
    for card, draw in zip(on.answers, drawn, strict=False):
        with card.words, frame.trouble_shown():
            draw(card)


def imagined(request: PictureRequest) -> Imagination:
    """The engine's counterfactual, as whole pictures."""
    return imagining.imagine(story(), request.scene.values(), request.action, OTHERS)


def seen(card: PictureCard, request: PictureRequest, seer: Seer | None, met: bool, maps: bool) -> None:
    """What a model that only sees makes of it: an edit of this picture, or (``met``) somebody met like that."""
    if met:
        scene = sitters.seen(story(), request.action, request.draw)
        _whole(card, request, scene, maps, 1, say("pictures.met"))
        return
    if seer is None:
        st.markdown(say("pictures.learning", n=numbers.Whole(seeing.ARGUMENTS["pictures"])))
        return
    learnt = storing.address(seeing.TASK, seeing.ARGUMENTS)
    before, after = _edited(seer, learnt, request.scene.states, request.variable, request.state)
    found = scoring.score(before, after, _allowed(request))
    edited, alt = raster.file(after), say("pictures.alt1", what=request.words)
    _shown(card, lambda width: portraits.show_pixels(edited, alt, width=width), after, found, maps)
    sees = numbers.probability(seer.recognised)
    _told(
        card,
        1,
        found,
        say("pictures.sees", pictures=numbers.Whole(seer.count("pictures")), share=sees, fresh=seer.count("fresh")),
    )


def done(card: PictureCard, request: PictureRequest, maps: bool) -> None:
    """Somebody on whom it was done."""
    scene = sitters.made(story(), request.action, request.draw)
    _whole(card, request, scene, maps, 2, say("pictures.anybody"))


def imagination(card: PictureCard, request: PictureRequest, maps: bool) -> None:
    """This person, with that one thing different."""
    found = imagined(request)
    first = found.likeliest[0]
    sure = first.weight > 1 - 1e-9
    words = "pictures.this" if sure else "pictures.likeliest"
    _whole(card, request, first.scene, maps, 3, say(words, share=numbers.probability(first.weight)))


def others(request: PictureRequest, place: DeltaGenerator) -> None:
    """Where the facts leave it open: further pictures, each with its probability."""
    found = imagined(request)
    if len(found.likeliest) < 2:
        frame.keep(place)
        return
    with place:
        _head("several", say("pictures.several"))
        strip(found)


def strip(found: Imagination) -> None:
    """Pictures in a row, the likeliest first, each with its probability."""
    portraits.strip([(i.scene, i.weight) for i in found.likeliest])
    if found.rest > 1e-9:
        st.caption(say("pictures.rest", share=numbers.probability(found.rest)))


def _head(key: object, words: str) -> None:
    with st.container(key=f"picture_head_{key}"):
        st.header(words, anchor=False)


def _whole(card: PictureCard, request: PictureRequest, scene: PortraitScene, maps: bool, rung: int, words: str) -> None:
    after = raster.picture(scene)
    found = scoring.score(raster.picture(request.scene), after, _allowed(request))
    _shown(card, lambda width: portraits.show(scene, width=width), after, found, maps)
    _told(card, rung, found, words)


def _shown(
    card: PictureCard, show: Callable[[portraits.Width], None], picture: Pixels, found: Score, maps: bool
) -> None:
    """The picture, and small beside its score the map of what has changed; with ``maps`` the other way round."""
    alt = say(
        "pictures.alt_map",
        wrong=numbers.Whole(found.wrongly),
        right=numbers.Whole(found.rightly),
        all=numbers.Whole(found.pixels),
    )
    changes = raster.file(scoring.overlay(picture, found))
    with card.score if maps else card.picture:
        show(SMALL if maps else "stretch")
    with card.picture if maps else card.score:
        portraits.show_pixels(changes, alt, sharp=True, width="stretch" if maps else SMALL)


def _told(card: PictureCard, rung: int, found: Score, words: str) -> None:
    """The score, and (but in a talk) what the picture is."""
    of = say("pictures.score", pixels=numbers.Whole(found.pixels))
    card.score.markdown(look.number(rung, numbers.whole(found.wrongly), of, stacked=True), width="stretch")
    if not frame.talking():
        card.words.markdown(words)


@st.cache_data(max_entries=500, show_spinner=False)
def _edited(_seer: Seer, learnt: str, states: tuple[str, ...], variable: str, state: str) -> tuple[Pixels, Pixels]:
    """What the model remembers of a portrait, and its edit; ``learnt`` is the address of what it has learnt."""
    scene = PortraitScene(states)
    return _seer.remembered(scene), _seer.asked(story(), scene, variable, state)


@lru_cache(maxsize=128)
def _allowed(request: PictureRequest) -> Mask:
    return scoring.may_change(story(), request.scene, request.action)
