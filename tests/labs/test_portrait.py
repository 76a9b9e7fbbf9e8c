"""The picture lab: an imagined portrait changes what follows from what was set, pixel for pixel, and nothing else."""

import io
import re
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import causal
from causal.graphs.graph import descendants
from causal.labs.portrait import dragging, imagining, raster, scoring, seeing, sheets, sitters
from causal.labs.portrait.drawing import DRAWN, LAYERS, PARTS, PortraitScene, painted, svg
from causal.models.mechanisms import Function, Table

MODEL = causal.load("portrait")
ROUNDING = 8
"""Of 255: each of some twenty sheets is rounded once more than in a picture painted at once."""

KNOBS = [v.name for v in MODEL.endogenous]
UNITS = {u.name: PortraitScene.of(dict(u.facts)) for u in MODEL.units}
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

somebody = st.integers(1, 9999).map(lambda seed: sitters.anybody(MODEL, seed))
turned = st.sampled_from([(v.name, s) for v in MODEL.endogenous for s in v.states])


def reachable(action):
    return set(action).union(*(descendants(MODEL, name) for name in action))


def touched(scene, names):
    """Where the layers that read any of these variables leave paint."""
    layers = [layer for layer in LAYERS if not names.isdisjoint(layer.reads)]
    states = tuple(scene[name] for layer in layers for name in layer.reads)
    png = raster.png(painted(layers, states), raster.SMALL[0])
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))[..., 3] > 0


# Pictures


def test_everything_in_the_story_is_drawn_but_what_only_leads_to_it():
    hidden = {v.name for v in MODEL} - set(DRAWN)
    assert hidden == {"U_Hair", "U_Grey", "U_Skin", "U_Freckles"}


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_every_part_of_a_drawing_waits_for_a_state_that_its_layer_reads(layer):
    drawing = (sheets.FOLDER / f"{layer.name}.svg").read_text(encoding="utf-8")
    awaited = {state for states in re.findall(r'when="([^"]+)"', drawing) for state in states.split()}
    assert awaited <= {state for name in layer.reads for state in MODEL[name].states}
    drawn = [painted([layer], states) for states in product(*(MODEL[name].states for name in layer.reads))]
    assert any("fill" in picture for picture in drawn)


def test_a_drawing_asks_for_a_colour_with_another_in_it():
    assert f"{sheets.Paint('#000000'):#ff8040 0.5}" == "#804020"
    assert f"{sheets.Paint('#123456')}" == "#123456"


@FEW
@given(somebody)
def test_the_same_scene_is_the_same_picture_to_the_byte(scene):
    first = svg(scene)
    svg.cache_clear()
    assert svg(PortraitScene.of(scene.values())) == first


@FEW
@given(somebody, somebody)
def test_pictures_on_one_page_share_no_id_and_run_nothing(one, other):
    ids = [set(re.findall(r'id="([^"]+)"', svg(scene))) for scene in (one, other)]
    assert all(ids) and (one == other or not ids[0] & ids[1])
    for name in ids[0]:
        assert svg(one).count(f'id="{name}"') == 1
    assert not re.search(r"<script|<text|<image|href|\bon\w+=", svg(one))


def test_sheets_laid_together_are_the_picture_that_resvg_paints_at_once():
    scenes = [*UNITS.values(), *(sitters.anybody(MODEL, seed) for seed in (3, 4, 5))]
    for scene, laid in zip(scenes, raster.pictures(scenes), strict=True):
        states = tuple(scene[name] for layer in LAYERS for name in layer.reads)
        at_once = Image.open(io.BytesIO(raster.png(painted(LAYERS, states), raster.SMALL[0]))).convert("RGB")
        assert np.abs(laid.astype(int) - np.asarray(at_once).astype(int)).max() <= ROUNDING


@pytest.mark.parametrize("part", PARTS)
def test_what_is_cut_away_leaves_no_trace_in_the_picture(part):
    missing = frozenset(PARTS[part])
    scene = UNITS["Ines"]
    for name in PARTS[part]:
        for state in MODEL[name].states:
            other = PortraitScene.of(scene.values() | {name: state})
            ids = re.compile(r"p[0-9a-f]{10}-")
            assert ids.sub("", svg(other, missing)) == ids.sub("", svg(scene, missing))


# Imagining


@FEW
@given(somebody, turned)
def test_an_imagined_picture_changes_only_where_what_was_set_and_what_follows_are_painted(scene, knob):
    name, state = knob
    before = raster.pictures([scene])[0]
    for imagined in imagining.imagine(MODEL, scene.values(), {name: state}).likeliest:
        after = raster.pictures([imagined.scene])[0]
        region = touched(scene, reachable([name])) | touched(imagined.scene, reachable([name]))
        assert np.array_equal(after[~region], before[~region])
        assert all(imagined.scene[n] == scene[n] for n in DRAWN if n not in reachable([name]))
        assert imagined.scene[name] == state


def test_the_hand_that_wobbles_and_the_paper_change_nothing_else_either():
    wide, scene = 100, UNITS["Ines"]
    other = imagining.imagine(MODEL, scene.values(), {"Glasses": "red"}).likeliest[0].scene
    one, two = (np.asarray(Image.open(io.BytesIO(raster.png(svg(s), wide)))) for s in (scene, other))
    region = touched(scene, reachable(["Glasses"])) | touched(other, reachable(["Glasses"]))
    near = np.asarray(Image.fromarray(region.astype(np.uint8) * 255).resize((wide, 120), Image.Resampling.BOX)) > 0
    for axis, step in product((0, 1), (-1, 1, -2, 2)):  # the hand moves what it paints by at most three of these pixels
        near = near | np.roll(near, step, axis)
    assert (one != two).any()
    assert np.array_equal(one[~near], two[~near])


@FEW
@given(somebody, st.sampled_from(KNOBS))
def test_imagining_what_is_so_already_changes_nothing(scene, name):
    found = imagining.imagine(MODEL, scene.values(), {name: scene[name]})
    assert [i.scene for i in found.likeliest] == [scene]
    assert found.likeliest[0].weight == pytest.approx(1.0) and found.rest == pytest.approx(0.0)


def test_red_glasses_leave_ines_in_town_in_her_coat():
    found = imagining.imagine(MODEL, UNITS["Ines"].values(), {"Glasses": "red"})
    changed = {n for n in DRAWN if found.likeliest[0].scene[n] != UNITS["Ines"][n]}
    assert changed == {"Glasses", "Cheeks", "Collar"} and len(found.likeliest) == 1


def row(name, values):
    at = 0
    for parent in MODEL[name].parents:
        at = at * len(MODEL[parent].states) + MODEL[parent].states.index(values[parent])
    return at


def answers(name, values, then):
    """How this unit's variable answers the parents' new states, given how it answered the old ones."""
    variable = MODEL[name]
    mechanism = variable.mechanism
    if isinstance(mechanism, Function):
        hidden = [p for p in variable.parents if p not in DRAWN]
        shares = {}
        for states in product(*(MODEL[u].states for u in hidden)):
            chance = dict(zip(hidden, states, strict=True))
            p = prod(MODEL[u].mechanism.rows[0][MODEL[u].states.index(s)] for u, s in chance.items())
            if mechanism.rows[row(name, values | chance)] == values[name]:
                state = mechanism.rows[row(name, then | chance)]
                shares[state] = shares.get(state, 0.0) + p
        return {s: p / sum(shares.values()) for s, p in shares.items()}
    old, new = mechanism.rows[row(name, values)], mechanism.rows[row(name, then)]
    at = variable.states.index(values[name])
    if old == new and row(name, values) == row(name, then):
        return {values[name]: 1.0}
    if mechanism.coupling == "independent":
        return dict(zip(variable.states, new, strict=True))
    low, high = sum(old[:at]), sum(old[: at + 1])
    shares = {}
    for k, state in enumerate(variable.states):
        overlap = min(high, sum(new[: k + 1])) - max(low, sum(new[:k]))
        if overlap > 1e-12:
            shares[state] = overlap / (high - low)
    return shares


def otherwise(values, action):
    """Every scene that may be in the world of the action, with its probability, by following each unit's answers."""
    found = [({}, 1.0)]
    for name in (n for n in MODEL.causal_order if n in DRAWN):
        grown = []
        for then, weight in found:
            if name in action:
                shares = {action[name]: 1.0}
            elif not MODEL[name].parents:
                shares = {values[name]: 1.0}
            else:
                shares = answers(name, values, then)
            grown += [(then | {name: s}, weight * p) for s, p in shares.items() if p > 0]
        found = grown
    return {PortraitScene.of(then): weight for then, weight in found}


def likelihood(values):
    """P(everything that is drawn)."""
    p = 1.0
    for name in DRAWN:
        mechanism = MODEL[name].mechanism
        if isinstance(mechanism, Table):
            p *= mechanism.rows[row(name, values)][MODEL[name].states.index(values[name])]
        else:
            hidden = [u for u in MODEL[name].parents if u not in DRAWN]
            share = 0.0
            for states in product(*(MODEL[u].states for u in hidden)):
                chance = dict(zip(hidden, states, strict=True))
                if mechanism.rows[row(name, values | chance)] == values[name]:
                    share += prod(MODEL[u].mechanism.rows[0][MODEL[u].states.index(s)] for u, s in chance.items())
            p *= share
    return p


def agree(found, exact):
    weights = sorted(exact.values(), reverse=True)
    assert sum(weights) == pytest.approx(1.0)
    assert [i.weight for i in found.likeliest] == pytest.approx(weights[: len(found.likeliest)], abs=1e-9)
    for imagined in found.likeliest:
        assert imagined.weight == pytest.approx(exact[imagined.scene], abs=1e-9)
    assert found.rest == pytest.approx(1.0 - sum(i.weight for i in found.likeliest), abs=1e-9)


@FEW
@given(somebody, turned)
def test_the_weights_are_those_of_following_every_answer_of_this_unit(scene, knob):
    action = dict([knob])
    agree(imagining.imagine(MODEL, scene.values(), action), otherwise(scene.values(), action))


@settings(FEW, max_examples=6)
@given(somebody, st.sampled_from(["clothes", "head"]), st.sampled_from(["red", "none"]))
def test_a_cropped_picture_is_imagined_with_the_weights_of_all_its_completions(scene, part, glasses):
    facts = {n: s for n, s in scene.values().items() if n not in PARTS[part]}
    action = {"Glasses": glasses}
    wholes = [
        facts | dict(zip(PARTS[part], states, strict=True))
        for states in product(*(MODEL[n].states for n in PARTS[part]))
    ]
    weights = [likelihood(whole) for whole in wholes]
    exact = {}
    for whole, weight in zip(wholes, weights, strict=True):
        if weight > 0:
            for then, share in otherwise(whole, action).items():
                exact[then] = exact.get(then, 0.0) + weight * share / sum(weights)
    agree(imagining.imagine(MODEL, facts, action), exact)


def test_even_of_nothing_known_there_is_a_picture_and_the_rest_is_told():
    found = imagining.imagine(MODEL, {}, {"Glasses": "red"})
    assert len(found.likeliest) >= 1
    assert found.likeliest[0].scene["Glasses"] == "red"
    assert found.rest == pytest.approx(1.0 - sum(i.weight for i in found.likeliest))


def test_old_people_are_imagined_young_with_the_hair_that_anybody_may_have():
    facts = UNITS["Marta"].values()
    colours = {}
    for scene, weight in otherwise(facts, {"Age": "young"}).items():
        colours[scene["Hair"]] = colours.get(scene["Hair"], 0.0) + weight
    born = MODEL["U_Hair"]
    assert colours == pytest.approx(dict(zip(born.states, born.mechanism.rows[0], strict=True)))


# Seeing and doing


@FEW
@given(st.integers(1, 9999))
def test_who_is_met_fits_what_is_seen_and_doing_leaves_what_it_cannot_reach(seed):
    assert sitters.seen(MODEL, {"Glasses": "red"}, seed)["Glasses"] == "red"
    before, after = sitters.anybody(MODEL, seed), sitters.made(MODEL, {"Glasses": "red"}, seed)
    assert after["Glasses"] == "red"
    assert all(before[n] == after[n] for n in DRAWN if n not in reachable(["Glasses"]))


def test_seeing_red_drags_the_beach_along_and_imagining_does_not():
    rows = {row.name: row for row in dragging.rows(MODEL, UNITS["Ines"].values(), {"Glasses": "red"})}
    assert {n for n, r in rows.items() if r.moved} == {"Cheeks", "Collar"}
    assert rows["Place"].seen[0] == "beach" and rows["Place"].imagined == ("town", pytest.approx(1.0))
    assert {"Place", "Clothes", "Season"} <= {n for n, r in rows.items() if r.dragged}
    for name, r in rows.items():
        exact = causal.ask(MODEL, f"P({name}={r.seen[0]} | Glasses=red)").value
        assert r.seen[1] == pytest.approx(exact)


SMALL = {"pictures": 240, "components": 16, "fresh": 40, "seed": 5}


@pytest.fixture(scope="module")
def learnt():
    return seeing.train(SMALL, lambda part, what: None)


def test_training_is_reproduced_by_its_seed(learnt):
    again = seeing.train(SMALL, lambda part, what: None)
    assert set(again) == set(learnt)
    for name in learnt:
        assert np.allclose(again[name], learnt[name], atol=1e-3), name


def test_the_model_that_only_sees_changes_what_it_should_not(learnt):
    seer = seeing.Seer(learnt)
    for scene in UNITS.values():
        glasses = "blue" if scene["Glasses"] == "red" else "red"
        found = imagining.imagine(MODEL, scene.values(), {"Glasses": glasses})
        allowed = scoring.may_change(MODEL, scene, {"Glasses": glasses})
        seen = scoring.score(seer.remembered(scene), seer.asked(MODEL, scene, "Glasses", glasses), allowed)
        before, after = raster.pictures([scene, found.likeliest[0].scene])
        assert seen.wrongly > scoring.score(before, after, allowed).wrongly == 0
        assert seen.wrongly > seen.rightly
        assert scoring.score(before, after, allowed).rightly > 0


def test_asked_for_what_is_there_it_gives_its_own_reconstruction(learnt):
    seer, scene = seeing.Seer(learnt), UNITS["Ines"]
    assert np.array_equal(seer.asked(MODEL, scene, "Glasses", "blue"), seer.remembered(scene))


def test_the_edit_is_the_difference_of_two_means_of_pictures(learnt):
    """E[z | red] - E[z | blue], decoded, is the mean picture in red less that in blue, as far as the codes hold it."""
    seer, scene = seeing.Seer(learnt), UNITS["Ines"]
    crowd = sitters.crowd(MODEL, SMALL["pictures"] + SMALL["fresh"], SMALL["seed"])[: SMALL["pictures"]]
    pixels = raster.pictures(crowd).reshape(len(crowd), -1).astype(float)
    worn = np.array([s["Glasses"] for s in crowd])
    gap = pixels[worn == "red"].mean(axis=0) - pixels[worn == "blue"].mean(axis=0)
    held = gap @ learnt["parts"].T @ learnt["parts"]
    before, after = (
        p.astype(float).ravel() for p in (seer.remembered(scene), seer.asked(MODEL, scene, "Glasses", "red"))
    )
    inside = (after > 0) & (after < 255) & (before > 0) & (before < 255)
    assert np.abs((after - before - held)[inside]).max() <= 1.5


@FEW
@given(somebody, turned)
def test_no_portrait_that_may_come_of_an_action_is_counted_as_wrong_anywhere(scene, knob):
    allowed = scoring.may_change(MODEL, scene, dict([knob]))
    possible = list(otherwise(scene.values(), dict([knob])))
    before, *after = raster.pictures([scene, *possible[:: 1 + len(possible) // 300]])
    assert all(scoring.score(before, picture, allowed).wrongly == 0 for picture in after)


@FEW
@given(somebody, turned, st.sampled_from(KNOBS))
def test_the_telling_facts_answer_as_all_facts_do(scene, knob, outcome):
    action, facts = dict([knob]), scene.values()
    few = dragging.telling(MODEL, facts, action, outcome)
    answers_ = [
        causal.ask(MODEL, causal.query.ask_for(outcome, evidence=known, world=action)).distribution
        for known in (facts, few)
    ]
    assert answers_[0] == pytest.approx(answers_[1], abs=1e-9)


def test_a_map_colours_exactly_the_pixels_that_changed():
    before = np.zeros((4, 4, 3), dtype=np.uint8)
    after = before.copy()
    after[0, 1] = 200
    after[2, 2] = 200
    after[3, 3] = scoring.VISIBLE  # too little to be seen
    allowed = np.zeros((4, 4), dtype=bool)
    allowed[2, 2] = True
    found = scoring.score(before, after, allowed)
    assert (found.wrongly, found.rightly, found.pixels) == (1, 1, 16)
    shown = scoring.overlay(after, found).astype(int)
    coloured = shown.max(axis=-1) - shown.min(axis=-1) > 20
    assert coloured.sum() == 2 and coloured[0, 1] and coloured[2, 2]
