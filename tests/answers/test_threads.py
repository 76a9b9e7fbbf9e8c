"""Many visitors at once: everybody gets the very answer that one alone would get, and memory stays bounded."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, replace
from threading import Barrier

import pytest

import causal
from causal.answers.answer import Answer
from causal.errors import CausalError
from causal.files.shelf import from_dict
from causal.queries.query import Setting, Term, ask_for
from causal.rungs import prepared

VISITORS = 30
MODELS = {name: causal.load(name) for name in causal.shipped()}


def values(model, name):
    v = model[name]
    if v.states:
        return v.states
    low, high = v.range
    return tuple(str(round(low + (high - low) * k / 4, 3)) for k in range(5))


def questions():
    """Every rung of every story at every value of the treatment, the published questions, and some that are refused."""
    found = []
    for model in MODELS.values():
        x, y = model.treatment, model.outcome
        facts = dict(model.units[0].facts)
        for value in values(model, x):
            found += [(model, ask_for(y, evidence={x: value})), (model, ask_for(y, action={x: value}))]
            found += [(model, ask_for(y, world={x: value}, evidence=facts))]
        found += [(model, expected.query) for expected in model.expected]
    found.append((MODELS["firing-squad"], "P(D=1 | A=1, B=0)"))
    found.append((MODELS["firing-squad"], "P(D=1 | E=1)"))
    return found


def answer(model, query):
    """An answer, or the error, as plain data."""
    try:
        return causal.ask(model, query).to_dict()
    except CausalError as error:
        return {"kind": error.kind, "message": error.message}


def afresh():
    """The same questions about models that no cache has seen."""
    new = {model.id: replace(model, id=f"{model.id} again") for model in MODELS.values()}
    return [(new[model.id], query) for model, query in questions()]


@pytest.fixture
def hurried():
    """Switch threads a thousand times as often as usual, so that what can go wrong does."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(usual)


def crowd(visit):
    """Run ``visit(number)`` for every visitor in a thread of its own, all at once; what each returns."""
    together = Barrier(VISITORS)

    def run(number):
        together.wait()
        return visit(number)

    with ThreadPoolExecutor(VISITORS) as pool:
        return list(pool.map(run, range(VISITORS)))


def test_thirty_visitors_get_exactly_the_answers_of_one(hurried):
    asked = questions()
    alone = [answer(model, query) for model, query in asked]
    new = afresh()  # compiled for the first time by whoever comes first

    def visit(number):
        order = list(range(len(asked)))
        random.Random(number).shuffle(order)  # noqa: S311 - no secret
        return {i: answer(*(new if number % 2 else asked)[i]) for i in order}

    for answers in crowd(visit):
        for i, wanted in enumerate(alone):
            assert answers[i] == wanted


def test_thirty_sliders_on_one_question_do_not_mix(hurried):
    model = MODELS["record-sales"]
    term = causal.parse("P(Sales[Radio=1000] | Label=300, Radio=2000)")
    many = [str(k) for k in range(0, 3000, 30)]

    def visit(number):
        own = many[number:] + many[:number]
        one_by_one = [causal.ask(model, causal.answers.sweep.put(term, "Radio", v)).to_dict() for v in own[:20]]
        return own, one_by_one, [a.to_dict() for a in causal.sweep(model, term, "Radio", own)]

    alone = {v: a.to_dict() for v, a in zip(many, causal.sweep(model, term, "Radio", many), strict=True)}
    for own, one_by_one, swept in crowd(visit):
        assert swept == [alone[v] for v in own]
        for got, v in zip(one_by_one, own[:20], strict=True):
            assert got.keys() == alone[v].keys()
            assert got["query"] == alone[v]["query"]
            assert (got["mean"], got["sd"]) == (alone[v]["mean"], alone[v]["sd"])


def test_thirty_sweeps_that_open_different_facts_do_not_mix(hurried):
    """Too many facts for one table: each sweep opens an axis of the shared contraction."""
    rows = [[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.25, 0.5, 0.25]]
    data = {"V0": {"states": ["0", "1", "2"], "p": rows[0]}}
    for i in range(1, 20):
        data[f"V{i}"] = {"states": ["0", "1", "2"], "parents": [f"V{i - 1}"], "cpt": rows}
    model = from_dict({"format": 1, "variables": data}, "chain")
    facts = [f"V{i}" for i in range(1, 20, 2)]
    term = ask_for("V0", evidence=dict.fromkeys(facts, "1"))

    def swept(name):
        return [a.to_dict() for a in causal.sweep(model, term, name, ["0", "1", "2"])]

    alone = {name: swept(name) for name in facts}
    for number, got in enumerate(crowd(lambda n: [swept(facts[(n + k) % len(facts)]) for k in range(6)])):
        assert got == [alone[facts[(number + k) % len(facts)]] for k in range(6)]


def test_everything_a_page_asks_for_is_the_same_for_thirty(hurried):
    """Units, abduction, work and scripts, too."""
    names = ["sprinkler", "homework-encouragement", "streetlight", "smoking-tar-cancer"]

    def everything(model):
        facts = dict(model.units[0].facts)
        term = ask_for(model.outcome, world={model.treatment: values(model, model.treatment)[-1]}, evidence=facts)
        people = causal.draw(model, 40, seed=3, facts=facts)
        rewound = people.values({model.treatment: values(model, model.treatment)[0]})
        rows = causal.abduce(model, facts).rows
        return rewound.to_csv(), rows, causal.work(model, term), causal.script(model, term)

    alone = {name: everything(MODELS[name]) for name in names}
    new = {name: replace(MODELS[name], id=f"{name} once more") for name in names}
    for number, got in enumerate(crowd(lambda n: everything(new[names[n % len(names)]]))):
        assert got == alone[names[number % len(names)]]


def test_what_is_shared_is_frozen():
    model = MODELS["sprinkler"]
    with pytest.raises(FrozenInstanceError):
        model.title = "mine"
    with pytest.raises(FrozenInstanceError):
        model["Rain"].label = "mine"
    with pytest.raises(FrozenInstanceError):
        causal.ask(model, "P(Rain=1)").value = 1.0
    with pytest.raises(TypeError):
        model._index["Rain"] = model["Wet"]
    assert Answer.__dataclass_params__.frozen
    assert Term.__dataclass_params__.frozen


def modules():
    return [
        importlib.import_module(m.name)
        for m in pkgutil.walk_packages(causal.__path__, "causal.")
        if not m.name.startswith("causal.labs") and not m.name.endswith("__main__")
    ]


def test_every_cache_has_a_bound():
    caches = {
        id(value): value
        for module in modules()
        for owner in (module, *(v for v in vars(module).values() if isinstance(v, type)))
        for value in vars(owner).values()
        if isinstance(value, functools._lru_cache_wrapper)
    }
    own = [c for c in caches.values() if c.__module__.startswith("causal")]
    assert len(own) >= 5
    assert all(cache.cache_info().maxsize is not None for cache in own)


def test_compiled_questions_do_not_grow_without_bound(monkeypatch):
    """More forms of question than are kept: the oldest go, and so do those that are too big together."""
    monkeypatch.setattr(prepared, "KEPT_QUESTIONS", 20)
    monkeypatch.setattr(prepared, "KEPT_ENTRIES", 4000)
    kept = prepared._Kept(prepared._NETWORK.compiler)
    monkeypatch.setattr(prepared, "_NETWORK", kept)
    base = MODELS["sprinkler"]
    sizes = Counter()

    def visit(number):
        for k in range(12):
            model = replace(base, id=f"visitor {number} model {k % 4}")
            for variable in ("Wet", "Rain", "Cloudy"):
                causal.ask(model, ask_for(variable, evidence={"Sprinkler": "1"}))
                causal.ask(model, Term("P", ask_for(variable, world={"Sprinkler": "1"}).event))
            sizes[len(kept._kept)] += 1

    crowd(visit)
    assert max(sizes) <= 20
    assert len(kept._kept) <= 20
    assert kept._entries == sum(question.entries for question in kept._kept.values()) <= 4000
    again = causal.ask(base, Term("P", ask_for("Wet", event="1").event, (), (Setting("Sprinkler", "1"),)))
    assert again.to_dict() == causal.ask(base, "P(Wet=1 | do(Sprinkler=1))").to_dict()


def test_a_compiled_question_counts_what_it_keeps():
    question, _ = prepared.prepare(MODELS["sprinkler"], causal.parse("P(Wet | Rain=1, Cloudy=0)"))
    assert question.entries == question.contraction.table.size == 8
