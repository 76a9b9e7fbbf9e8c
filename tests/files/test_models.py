"""The stories in data/models/: each is told as promised, and its published answers are the engine's."""

from __future__ import annotations

from typing import Any

import pytest

import causal
from causal.models.model import Model

STORIES = (
    "binge", "drug-and-gender", "eye-disease", "fever", "firing-squad", "homework-encouragement", "kidney-stones",
    "monty-hall", "portrait", "record-sales", "smallpox", "smoking-tar-cancer", "sprinkler", "streetlight",
    "talent-and-looks", "thermometer",
)  # fmt: skip
MODELS = {name: causal.load(name) for name in causal.shipped()}
EXPECTED = [(m, e) for m in MODELS.values() for e in m.expected]


def test_the_stories_are_there() -> None:
    assert set(STORIES) <= set(MODELS)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_story_is_told_as_promised(model: Model) -> None:
    assert 60 <= len(model.story.split()) <= 120
    assert model.title and model.source
    assert model.question.endswith("?") and len(model.question) <= 80
    assert model.treatment and model.outcome and not model[model.treatment].latent
    assert len(model.expected) >= 3 and all(e.source and e.tolerance <= 0.005 for e in model.expected)
    assert {causal.query.rung(causal.parse(e.query)) for e in model.expected} == {1, 2, 3}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_people_can_read_and_draw_it(model: Model) -> None:
    for v in model:
        assert v.label and v.position is not None
        assert not v.states or v.exogenous or v.state_labels or not any(s.isdigit() for s in v.states)
        assert v.exogenous or v.states or (v.unit and v.range and v.step)
    places = [v.position for v in model]
    assert len(set(places)) == len(places)
    columns = 3 if len(model.endogenous) <= 12 else 4  # three stay legible on a phone; more variables need the room
    assert {column for column, _ in filter(None, places)} <= set(range(columns))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_its_people_can_exist(model: Model) -> None:
    assert model.units
    for unit in model.units:
        evidence = ", ".join(f'{name}="{fact}"' for name, fact in unit.facts)
        causal.ask(model, f"P({model.outcome}[{model.treatment}={_a_value(model)}] | {evidence})")


def _a_value(model: Model) -> str:
    return (model[model.treatment].states or ("1",))[0]


@pytest.mark.parametrize(("model", "expected"), EXPECTED, ids=[f"{m.id}: {e.query}" for m, e in EXPECTED])
def test_a_published_answer_is_the_engines(model: Model, expected: Any) -> None:
    answer = causal.ask(model, expected.query).to_dict()
    for key, value in expected.answer:
        assert answer[key] == pytest.approx(value, abs=expected.tolerance, rel=0)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_row_is_found_where_it_stands(model: Model) -> None:
    for v in model:
        if v.states:
            rows = [dict(zip(v.parents, states, strict=True)) for states in model.rows_of(v.name)]
            assert [model.row_at(v.name, states) for states in rows] == list(range(model.row_count(v.name)))
