"""The discrete part of a script: the network of worlds in pgmpy, and the range over couplings by linear programs.

What the script writes out is what the engine contracts: the copies of ``causal.worlds.parallel_worlds`` with readable
names, and the tables of ``causal.worlds.network``. A table whose missing coupling matters gets one more root, the
unit's response function (Balke and Pearl 1994); its unknown distribution is what the linear program looks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count, product
from math import comb, prod
from typing import TypeVar

from causal.couplings.coupling_range import same_under_all
from causal.couplings.open_tables import polynomials, tables
from causal.errors import TooLarge
from causal.models.model import Model
from causal.queries.query import Atom, Term
from causal.ranges.polynomials import Polynomial
from causal.rungs.prepared import prepare
from causal.words.catalogue import say
from causal.words.sentence import Listed
from causal.workings.script.library import worded
from causal.workings.script.term_worlds import NamedWorlds
from causal.worlds.network import noise_node
from causal.worlds.parallel_worlds import Held

MOST_ENTRIES = 2**14
"""The most numbers that a script writes out in tables."""

MOST_STATES = 2**16
"""The most joint states that a script keeps apart in one table."""

MOST_FUNCTIONS = 2**11
"""The most response functions (of two tables: pairs of them) that a script lists."""

MOST_BASES = 5_000
"""Of two tables, one's vertices are found by trying so many bases at most: a few seconds."""

T = TypeVar("T")

Rows = dict[tuple[str, ...], dict[str, float]]
"""The rows of a table that can be read: the parents' states, and the states the row can answer with."""


@dataclass(frozen=True, slots=True)
class TermCode:
    """One term's code: the lines that build its network, the nodes it is about, what is asked and what is known.

    ``likewise`` numbers the first term with the same evidence: what is divided by is then the same.
    """

    definition: str
    target: str
    event: str
    evidence: str
    numbers: tuple[float, ...]
    open: bool
    settled: bool
    likewise: int


class NetworkScript:
    """The networks of a question's terms, the states and tables they share, and the code that asks them."""

    def __init__(self, model: Model, asked: Sequence[tuple[Term, Term]]) -> None:
        self.states: dict[str, list[str]] = {}
        self.tables: dict[str, list[list[float]]] = {}
        self._labels: dict[str, object] = {}
        terms = [(written, term) for written, term in asked if term.event]
        told = {written: _polynomials(model, term) for written, term in terms}
        matter = tables(p for pair in told.values() for p in pair)
        if len(matter) > 2:
            raise TooLarge("errors.scripts.several_tables", names=Listed(matter, "comma"))
        known = model
        for v in model:
            if v.parents and model.kind(v.name).responses == "open" and v.name not in matter:
                known = known.couple(v.name, "independent")  # where no coupling matters, any one serves
        self.model = known
        worlds = {written: NamedWorlds(known, term, bool(written.action)) for written, term in terms}
        self.rows = _in_order({name: _readable(known, name, list(worlds.values())) for name in matter})
        known_by: dict[tuple[Atom, ...], int] = {}
        self.asked: dict[Term, TermCode] = {}
        for number, (written, term) in enumerate(asked, 1):
            if term.event:
                likewise = known_by.setdefault(term.evidence, number)
                self.asked[written] = self._write(number, likewise, written, worlds[written], told[written])

    @property
    def open(self) -> set[Term]:
        """The terms whose answer depends on a coupling that is not given."""
        return {term for term, asked in self.asked.items() if asked.open}

    def _label(self, worlds: NamedWorlds, node: str) -> str:
        """A node's name in the script, which stands for nothing else there."""
        label = _own_name(self._labels, worlds.label(node), worlds.identity.get(node, node))
        self.states[label] = worlds.states(node)
        return label

    def _write(
        self, number: int, likewise: int, term: Term, worlds: NamedWorlds, told: Sequence[Polynomial]
    ) -> TermCode:
        network, evidence = worlds.network, worlds.evidence
        label = {node: self._label(worlds, node) for node in [*network.sizes, *worlds.event, *evidence]}
        functions = prod(_functions(rows) for name, rows in self.rows.items() if name in network.open_tables)
        kept = {*worlds.event, *(node for node, states in evidence.items() if len(states) != 1)}
        if prod(len(worlds.states(node)) for node in kept) * functions > MOST_STATES:
            raise TooLarge("errors.scripts.states")
        cpds = []
        held = {node: what for node, what in worlds.identity.items() if isinstance(what, Held)}
        for node, what in held.items():
            row = [float(state == what.value) for state in worlds.states(node)]
            cpds.append(f"cpd({label[node]!r}, [], {_table([row])})")
        for found in network.bayesian.cpds:
            if found.variable not in held:
                table = self._shared(worlds, found.variables, found.get_values().T.tolist())
                cpds.append(f"cpd({label[found.variable]!r}, {[label[p] for p in found.variables[1:]]!r}, {table})")
        for name, copies in network.open_tables.items():
            cpds.append(f"response({name!r})")
            for copy in copies:
                node, parents = network.names[copy], [label[worlds.node(p)] for p, _ in worlds.parents(copy)]
                if prod(len(self.states[p]) for p in parents) * _functions(self.rows[name]) > MOST_STATES:
                    raise TooLarge("errors.scripts.responses", name=name)
                cpds.append(f"responding({label[node]!r}, {parents!r}, {name!r})")
        return TermCode(
            definition=f"network_{number} = network(\n    " + ",\n    ".join(cpds) + ",\n)",
            target=repr(label[next(iter(worlds.event))]),
            event=repr({label[node]: states for node, states in worlds.event.items()}),
            evidence=repr({label[node]: states for node, states in evidence.items()}),
            numbers=self.model[term.event[0].variable].numbers or (),
            open=bool(network.open_tables),
            settled=not told or same_under_all(self.model, told[-1]),
            likewise=likewise,
        )

    def _shared(self, worlds: NamedWorlds, nodes: Sequence[str], rows: list[list[float]]) -> str:
        """A table's place in TABLES, which copies with the same numbers share."""
        what = worlds.identity.get(nodes[0])
        plain = str(what[0]) if isinstance(what, tuple) else nodes[0]
        read_with_noise = noise_node(plain) in nodes[1:]
        plain = say("scripts.read_with_noise", name=plain) if read_with_noise else plain
        name = _own_name(self.tables, plain, rows)
        if sum(len(r) * len(r[0]) for r in self.tables.values()) > MOST_ENTRIES:
            raise TooLarge("errors.scripts.tables")
        return f"TABLES[{name!r}]"

    # -- the text ----------------------------------------------------------------------------------------------------

    def ask(self, term: Term, number: int) -> list[str]:
        """The lines that answer one term: ``answer_n``; or, where a coupling matters, ``top_n`` and ``bottom_n``."""
        asked = self.asked[term]
        net, target, known = f"network_{number}", asked.target, asked.evidence
        distribution = term.kind == "P" and term.event[0].relation is None
        lines = [asked.definition]
        if not asked.open:
            if term.kind == "E":
                return [*lines, f"answer_{number} = mean({net}, {target}, {list(asked.numbers)!r}, {known})"]
            if distribution:
                return [*lines, f"answer_{number} = distribution({net}, {target}, {known})"]
            return [*lines, f"answer_{number} = probability({net}, {asked.event}, {known})"]
        if term.kind == "P" and not distribution:
            lines.append(f"top_{number}, bottom_{number} = by_response({net}, {asked.event}, {known})")
        else:
            each = f"by_response({net}, {{{target}: [state]}}, {known})"
            lines += [
                f"shares_{number} = [{each} for state in STATES[{target}]]",
                f"bottom_{number} = shares_{number}[0][1]",
            ]
            if not distribution:
                terms = f"number * top for number, (top, _) in zip({list(asked.numbers)!r}, shares_{number})"
                lines.append(f"top_{number} = sum({terms})")
        if asked.settled:
            lines.append(f"bottom_{number} = average(bottom_{number})  # {say('scripts.settled')}")
        return lines

    def distribution(self, term: Term, number: int) -> list[str]:
        """The lines that end with ``answer``: an interval for every state."""
        asked = self.asked[term]
        ends = f"ends(top / bottom_{number}, 1.0)" if asked.settled else f"ends(top, bottom_{number})"
        pairs = f"zip(STATES[{asked.target}], shares_{number})"
        return [f"answer = {{state: told(*{ends}) for state, (top, _) in {pairs}}}"]

    def shared(self) -> list[str]:
        """The states, tables and functions that the terms share."""
        if not self.asked:
            return []
        lines = ["STATES = {", *(f"    {node!r}: {states!r}," for node, states in self.states.items()), "}"]
        if self.tables:
            lines += ["TABLES = {", *(f"    {name!r}: {_table(rows)}," for name, rows in self.tables.items()), "}"]
        if self.rows:
            lines.append("ROWS = {")
            for name, rows in self.rows.items():
                lines += [f"    {name!r}: {{", *(f"        {row!r}: {p!r}," for row, p in rows.items()), "    },"]
            lines.append("}")
        settled = [term for term, asked in self.asked.items() if not asked.open]
        parts = ["network"]
        if any(t.kind == "P" and t.event[0].relation is not None for t in settled):
            parts.append("probability")
        if any(t.kind == "P" and t.event[0].relation is None for t in settled):
            parts.append("distribution")
        if any(t.kind == "E" for t in settled):
            parts.append("mean")
        if self.rows:
            parts += ["responses", "two_tables" if len(self.rows) == 2 else "one_table", "closed"]
        return [*lines, "", "", worded(parts), ""]

    def imports(self) -> list[str]:
        """What the functions stand on."""
        lines = [
            "import numpy as np",
            "from pgmpy.factors.discrete import TabularCPD",
            "from pgmpy.inference import VariableElimination",
            "from pgmpy.models import DiscreteBayesianNetwork",
        ]
        if self.rows:
            names = "combinations, product" if len(self.rows) == 2 else "product"
            lines += [f"from itertools import {names}", "from math import prod", "from scipy.optimize import linprog"]
        return lines if self.asked else []


def _own_name(taken: dict[str, T], plain: str, what: T) -> str:
    """A name that stands for nothing else, with a number where the plain one is taken."""
    names = chain([plain], (f"{plain} ({number})" for number in count(2)))
    return next(name for name in names if taken.setdefault(name, what) == what)


def _polynomials(model: Model, term: Term) -> tuple[Polynomial, ...]:
    """What a term says of couplings: its numerators and, last, its denominator; empty where it says nothing."""
    question, values = prepare(model, term)
    if question.entries > MOST_STATES * 16:
        raise TooLarge("errors.scripts.elimination")
    if not question.depends_on_coupling:
        return ()
    joint, total = polynomials(question, values)
    return (*joint.values(), total)


def _readable(model: Model, name: str, worlds: Sequence[NamedWorlds]) -> Rows:
    """The rows of a table that some world can read, given what actions hold and what is known."""
    combinations: set[tuple[str, ...]] = set()
    for one in worlds:
        for copy in one.network.open_tables.get(name, ()):
            combinations.update(product(*(states for _, states in one.parents(copy))))
    several = [i for i, p in enumerate(model[name].parents) if len(model[p].states) > 1]
    rows: Rows = {}
    for row, shares in zip(model.rows_of(name), model.table(name).rows, strict=True):
        at = tuple(row[i] for i in several)
        if at in combinations:
            rows[at] = {state: p for state, p in zip(model[name].states, shares, strict=True) if p > 0.0}
    return rows


def _functions(rows: Rows) -> int:
    return prod(len(row) for row in rows.values())


def _in_order(rows: dict[str, Rows]) -> dict[str, Rows]:
    """Of two tables, the one with fewer vertices to try comes first; refuse what would take too long."""

    def bases(name: str) -> int:
        count = _functions(rows[name])
        return comb(count, sum(len(row) - 1 for row in rows[name].values()) + 1) if count < 1000 else MOST_BASES + 1

    order = sorted(rows, key=bases)
    if prod(map(_functions, rows.values())) > MOST_FUNCTIONS or (len(order) == 2 and bases(order[0]) > MOST_BASES):
        raise TooLarge("errors.scripts.responses_of", names=Listed(order))
    return {name: rows[name] for name in order}


def _table(rows: Sequence[Sequence[float]]) -> str:
    """Rows of numbers, on one line if they are few."""
    written = ["[" + ", ".join(f"{x:.0f}" if x in (0.0, 1.0) else repr(float(x)) for x in row) + "]" for row in rows]
    short = "[" + ", ".join(written) + "]"
    return short if len(short) <= 90 else "[\n        " + ",\n        ".join(written) + ",\n    ]"
