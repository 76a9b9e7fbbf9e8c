"""The page of pictures: what it shows is what the engine and the trained model give, in pictures and in words."""

import re
from base64 import b64decode
from urllib.parse import unquote

import pytest
import rehearsed

import causal
from causal.labs.portrait import imagining, raster, scoring, sitters
from causal.labs.portrait.drawing import PortraitScene, svg
from pages.ui.pictures import portraits
from tests.pages.visits import run, texts

PAGE = "pages/8_pictures.py"
MODEL = causal.load("portrait")
INES = PortraitScene.of(dict(MODEL.units[0].facts))
RED = {"Glasses": "red"}
MAP = "Map of changes"


@pytest.fixture(scope="module", autouse=True)
def trained(tmp_path_factory):
    """A small model, kept where the page looks for it."""
    with rehearsed.folder(tmp_path_factory) as patch:
        causal.warm_up()
        yield rehearsed.portraits(patch)


def images(app):
    """Every picture on the page: its description, its kind, and what is in it."""
    html = " ".join(str(element.proto.body) for element in app.get("html"))
    found = re.findall(r'<img class="portrait[^"]*" alt="([^"]*)" src="data:([^;,]+)(;base64)?,([^"]+)">', html)
    return [
        (alt, kind, b64decode(data) if packed else unquote(data).replace("'", '"').encode())
        for alt, kind, packed, data in found
    ]


def test_the_portrait_and_three_answers_stand_side_by_side(trained):
    app = run(PAGE)
    assert not app.exception and not app.error
    imagined = imagining.imagine(MODEL, INES.values(), RED).likeliest[0].scene
    pictures = [data for alt, _, data in images(app) if not alt.startswith(MAP)][:4]
    assert pictures[0].decode() == svg(INES)
    assert pictures[1] == raster.file(trained.asked(MODEL, INES, "Glasses", "red"))
    assert pictures[2].decode() == svg(sitters.made(MODEL, RED, portraits.MOST_SEEDS + 1))
    assert pictures[3].decode() == svg(imagined)


@pytest.mark.parametrize("large", ["false", "true"])
def test_beside_each_score_stands_the_map_of_what_has_changed(trained, large):
    found = images(run(PAGE, pictures_map=large))
    kinds = [alt.startswith(MAP) for alt, _, _ in found[:7]]
    assert kinds == ([False] + [large == "true", large != "true"] * 3)
    imagined = imagining.imagine(MODEL, INES.values(), RED).likeliest[0].scene
    before, after = raster.pictures([INES, imagined])
    score = scoring.score(before, after, scoring.may_change(MODEL, INES, RED))
    maps = [data for alt, _, data in found if alt.startswith(MAP)]
    assert len(maps) == 3
    assert maps[2] == raster.file(scoring.overlay(after, score))


def test_the_scores_are_those_of_the_pictures(trained):
    shown = texts(run(PAGE))
    allowed = scoring.may_change(MODEL, INES, RED)
    seen = scoring.score(trained.remembered(INES), trained.asked(MODEL, INES, "Glasses", "red"), allowed)
    before, after = raster.pictures([INES, sitters.made(MODEL, RED, portraits.MOST_SEEDS + 1)])
    done = scoring.score(before, after, allowed)
    assert f":blue[{seen.wrongly:,}]" in shown
    assert f":orange[{done.wrongly:,}]" in shown
    assert ":violet[0]" in shown


def test_every_picture_is_told_in_words():
    for query in ({}, {"pictures_map": "true"}, {"pictures_who": "Marta", "pictures_knob": "Season"}):
        found = images(run(PAGE, **query))
        assert len(found) >= 4
        assert all(len(alt) > 40 for alt, _, _ in found)
    assert "Place: in town" in images(run(PAGE))[0][0]


def test_turning_an_early_knob_gives_several_portraits_whose_probabilities_are_shown():
    app = run(PAGE, pictures_who="Marta", pictures_knob="Season", pictures_to="summer")
    marta = dict(MODEL.units[1].facts)
    found = imagining.imagine(MODEL, marta, {"Season": "summer"})
    assert len(found.likeliest) > 1
    assert f"{100 * found.likeliest[0].weight:.0f}\u00a0%" in texts(app)
    assert {raster.thumbnail(i.scene) for i in found.likeliest} <= {data for _, _, data in images(app)}


def test_a_torn_portrait_shows_nothing_of_what_is_missing():
    app = run(PAGE, pictures_cut="background")
    assert not app.exception
    torn = next(alt for alt, _, _ in images(app) if alt.startswith("A part is missing"))
    assert "Place" not in torn and "Season" not in torn and "Clothes" in torn


def test_a_portrait_that_shows_it_already_stays_as_it_is():
    app = run(PAGE, pictures_who="Amara", pictures_to="red")
    pictures = [data for alt, _, data in images(app) if not alt.startswith(MAP)]
    assert pictures[3] == pictures[0]
    assert "shows this already" in texts(app)


def test_a_talk_reaches_the_answers_one_by_one():
    """The portrait, and for each answer a picture and its map."""
    assert [len(images(run(PAGE, talk="true", pictures_step=str(step)))) for step in (1, 2, 3, 4)] == [3, 5, 7, 0]
