"""What is measured: five models, and for each rung a question with one value that a slider moves."""

from __future__ import annotations

import gzip
import random
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import causal
from causal.files.shelf import from_dict
from causal.models.model import Model
from causal.queries.query import Atom, Setting, Term

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pgmpy.utils
    from pgmpy.readwrite import BIFReader

STEPS = 101

ALARM_FACTS = ("HRBP", "BP", "CVP", "HREKG", "HRSAT", "PAP", "EXPCO2", "MINVOL", "PRESS", "HISTORY")
HUNDRED_FACTS = (*(f"V{i}" for i in range(90, 14, -6)), "V98")


@dataclass(frozen=True)
class Case:
    """A question, and the variable whose value moves."""

    name: str
    rung: int
    model: Model
    term: Term
    slider: str

    @property
    def terms(self) -> tuple[Term, ...]:
        """The question for every state of the slider that can be known or set."""
        found = []
        for state in self.model[self.slider].states:
            term = causal.answers.sweep.put(self.term, self.slider, state)
            try:
                causal.ask(self.model, term)
            except causal.CausalError:
                continue
            found.append(term)
        return tuple(found)


def random_model(nodes: int, window: int, seed: int, dial: int = 2) -> Model:
    """Binary variables, each with up to two parents among the latest ``window``; the first has ``dial`` states."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    variables: dict[str, dict[str, object]] = {}
    for i in range(nodes):
        parents = [f"V{p}" for p in sorted(rng.sample(range(max(0, i - window), i), min(i, rng.choice((1, 2, 2)))))]
        size = dial if i == 0 else 2
        rows = 1
        for parent in parents:
            rows *= dial if parent == "V0" else 2
        table = []
        for _ in range(rows):
            weights = [rng.uniform(0.02, 1.0) ** 3 for _ in range(size)]
            table.append([w / sum(weights) for w in weights])
        variable: dict[str, object] = {"states": [str(k) for k in range(size)], "cpt": table}
        if parents:
            variable |= {"parents": parents, "coupling": "monotone"}
        variables[f"V{i}"] = variable
    return from_dict({"format": 1, "variables": variables}, f"random {nodes}")


def from_bif(name: str) -> Model:
    """One of pgmpy's bundled networks as a model; coupled, so that rung 3 is a number."""
    path = Path(pgmpy.utils.__file__).parent / "example_models" / f"{name}.bif.gz"
    with warnings.catch_warnings(), gzip.open(path, "rt", encoding="utf-8") as file:
        warnings.simplefilter("ignore")
        cpds = BIFReader(string=file.read()).get_model().get_cpds()
    tables = {c.variable: (c.state_names[c.variable], c.variables[1:], c.get_values().T.tolist()) for c in cpds}
    return _tables(name, tables)


def _tables(name: str, tables: Mapping[str, tuple[Sequence[str], Sequence[str], list[list[float]]]]) -> Model:
    variables: dict[str, dict[str, object]] = {}
    for variable, (states, parents, rows) in tables.items():
        variables[variable] = {"states": list(states), "cpt": [[p / sum(row) for p in row] for row in rows]}
        if parents:
            variables[variable] |= {"parents": list(parents), "coupling": "monotone"}
    return from_dict({"format": 1, "variables": variables}, name)


def seen(target: str, **facts: str) -> Term:
    """P(target | facts)."""
    return Term("P", (Atom(target),), tuple(Atom(k, (), "=", v) for k, v in facts.items()))


def done(target: str, action: Mapping[str, str], **facts: str) -> Term:
    """P(target | do(action), facts)."""
    term = seen(target, **facts)
    return Term("P", term.event, term.evidence, tuple(Setting(k, v) for k, v in action.items()))


def imagined(target: str, world: Mapping[str, str], **facts: str) -> Term:
    """P(target[world] | facts)."""
    held = tuple(Setting(k, v) for k, v in world.items())
    return Term("P", (Atom(target, held),), seen(target, **facts).evidence)


def cases() -> Iterator[Case]:
    """Every model's question on each rung."""
    ten = random_model(10, 10, seed=1)
    yield Case("10 nodes", 1, ten, seen("V5", V0="0", V7="0", V9="1"), "V7")
    yield Case("10 nodes", 2, ten, done("V9", {"V3": "1"}, V7="0"), "V3")
    yield Case("its twin network", 3, ten, imagined("V9", {"V2": "1"}, V2="0", V7="1", V9="0"), "V7")
    lungs = from_bif("asia")
    yield Case("asia", 1, lungs, seen("lung", xray="yes", dysp="yes", smoke="no"), "xray")
    yield Case("asia", 2, lungs, done("dysp", {"smoke": "no"}, xray="yes"), "smoke")
    yield Case("asia", 3, lungs, imagined("dysp", {"smoke": "no"}, smoke="yes", dysp="yes", xray="no"), "xray")
    alarm = from_bif("alarm")
    low = alarm["HRBP"].states[0]
    yield Case(
        "alarm", 1, alarm, seen("LVFAILURE", HRBP=low, BP=alarm["BP"].states[0], CVP=alarm["CVP"].states[1]), "BP"
    )
    yield Case("alarm", 2, alarm, done("BP", {"VENTLUNG": alarm["VENTLUNG"].states[0]}, HRBP=low), "VENTLUNG")
    yield Case(
        "alarm",
        3,
        alarm,
        imagined("BP", {"LVFAILURE": alarm["LVFAILURE"].states[1]}, BP=alarm["BP"].states[0], HRBP=low),
        "HRBP",
    )
    hundred = random_model(100, 6, seed=3)
    yield Case("100 nodes", 1, hundred, seen("V99", V3="0", V50="1", V90="0"), "V90")
    yield Case("100 nodes", 2, hundred, done("V99", {"V87": "1"}, V50="0", V92="1"), "V87")
    yield Case("100 nodes", 3, hundred, imagined("V99", {"V85": "1"}, V85="0", V99="0", V90="1"), "V90")
    known = [("ten facts", alarm, ALARM_FACTS, "LVFAILURE"), ("14 facts", hundred, HUNDRED_FACTS, "V99")]
    for facts, model, names, target in known:
        somebody = causal.draw(model, 1, seed=5).values().iloc[0]
        about = {name: str(somebody[name]) for name in names}
        yield Case(f"{'alarm' if model is alarm else '100 nodes'}, {facts}", 1, model, seen(target, **about), names[0])
    dial = random_model(10, 10, seed=1, dial=STEPS)
    yield Case("10 nodes, a dial of 101 states", 1, dial, seen("V9", V0="0", V4="1"), "V0")
    yield Case("10 nodes, a dial of 101 states", 2, dial, done("V9", {"V0": "1"}, V4="0"), "V0")
