"""The network of worlds: pgmpy's own elimination agrees with the contraction, and noise is what a coupling says."""

from __future__ import annotations

from itertools import product

import numpy as np
import oracle
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from strategies import contrasts, discrete_models, questions, rows_of, theorem

import causal
from causal.errors import TooLarge
from causal.files.shelf import from_dict
from causal.models.mechanisms import Table
from causal.queries.query import Atom, Setting, Term
from causal.rungs.intervention import in_brackets
from causal.rungs.prepared import prepare
from causal.worlds import contraction as contraction_module
from causal.worlds.contraction import Contraction
from causal.worlds.network import build, monotone_noise
from causal.worlds.parallel_worlds import Copy, Held, Worlds

COUPLED = ("monotone", "independent")


def case(models):
    return models.flatmap(lambda m: st.tuples(st.just(m), st.one_of(questions(m), contrasts(m))))


@theorem(case(discrete_models(COUPLED)), sample=60)
def test_variable_elimination_agrees_with_the_contraction(drawn):
    """pgmpy's VariableElimination, default order, on the network that the engine contracts."""
    from pgmpy.inference import VariableElimination

    model, term = drawn
    question, values = prepare(model, term)
    joint, total = question.joint(values)
    assume(question.targets and total > 0 and not question._masked and question.holds(question.event, values))
    known = question.index(values)
    assert question.network.bayesian.check_model()
    elimination = VariableElimination(question.network.bayesian)
    found = elimination.query(list(question.targets), evidence=known, show_progress=False)
    table = found.values.transpose([found.variables.index(t) for t in question.targets])
    for axis, name in enumerate(question.targets):
        weights = question.event_masks(values)[name]
        table = table * weights.reshape([-1 if i == axis else 1 for i in range(table.ndim)])
    assert joint / total == pytest.approx(table, abs=1e-10)


@theorem(case(discrete_models(("monotone", "independent", None))), sample=60)
def test_a_table_made_once_agrees_with_contracting_each_time(drawn):
    """Both ways a question is prepared give the same joint."""
    model, term = drawn
    question, values = prepare(model, term)
    options = {"indexed": question.contraction.indexed, "masked": question.contraction.masked, "kept": question.kept}
    assume(question.network.factors and not question.wide and question.contraction.table is not None)
    patch = pytest.MonkeyPatch()
    with patch.context() as context:
        context.setattr(contraction_module, "TABLE_UP_TO", 0)
        each_time = Contraction(question.network, **options)
    assert each_time.table is None
    index, masks = question.index(values), question.masks(values)
    assert each_time(index, masks) == pytest.approx(question.contraction(index, masks), abs=1e-12)


@st.composite
def tables(draw, coupling=None):
    size = draw(st.integers(1, 4))
    rows = [draw(rows_of(size)) for _ in range(draw(st.integers(1, 4)))]
    return Table(tuple(tuple(p / sum(row) for p in row) for row in rows), coupling)


@theorem(tables(), sample=150)
def test_monotone_noise_gives_every_row_its_own_distribution(table):
    """Read through any row, the intervals' lengths add up to the row; more noise never means an earlier state."""
    reading = monotone_noise(table)
    assert reading.probabilities.sum() == pytest.approx(1)
    assert (reading.probabilities > 0).all()
    for answers, row in zip(reading.answers, table.rows, strict=True):
        shares = [reading.probabilities[answers == k].sum() for k in range(len(row))]
        assert shares == pytest.approx(row, abs=1e-12)
        assert (np.diff(answers) >= 0).all()


@theorem(tables(), sample=100)
def test_monotone_noise_needs_no_more_states_than_breakpoints(table):
    """And no fewer: at each end some row's answer changes."""
    reading = monotone_noise(table)
    points = {round(c, 12) for row in np.cumsum(table.rows, axis=1) for c in row if round(c, 12) > 0}
    assert len(reading.ends) <= len(points)
    changes = np.diff(reading.answers, axis=1)
    assert changes.any(axis=0).all()


def one_table(rows, size, coupling):
    """X with a state for each row, and Y that reads them."""
    data = {
        "X": {"states": [str(i) for i in range(len(rows))], "p": [1 / len(rows)] * len(rows)},
        "Y": {"states": [str(k) for k in range(size)], "parents": ["X"], "cpt": [list(r) for r in rows]},
    }
    data["Y"]["coupling"] = coupling
    return from_dict({"format": 1, "variables": data}, "one table")


@theorem(tables(), sample=60)
def test_independent_answers_multiply(table):
    """All rows read at once: the probability of every combination of answers is the product of the rows'."""
    rows, size = table.rows, len(table.rows[0])
    model = one_table(rows, size, "independent")
    for answers in product(range(size), repeat=len(rows)):
        event = tuple(Atom("Y", (Setting("X", str(i)),), "=", str(a)) for i, a in enumerate(answers))
        wanted = np.prod([rows[i][a] for i, a in enumerate(answers)])
        assert causal.ask(model, Term("P", event)).value == pytest.approx(wanted, abs=1e-12)


@theorem(tables(), sample=60)
def test_monotone_answers_overlap_as_intervals_do(table):
    """All rows read at once: the length of the overlap of the rows' intervals."""
    rows, size = table.rows, len(table.rows[0])
    model = one_table(rows, size, "monotone")
    ends = [np.concatenate([[0.0], np.cumsum(row)]) for row in rows]
    for answers in product(range(size), repeat=len(rows)):
        event = tuple(Atom("Y", (Setting("X", str(i)),), "=", str(a)) for i, a in enumerate(answers))
        low = max(ends[i][a] for i, a in enumerate(answers))
        high = min(ends[i][a + 1] for i, a in enumerate(answers))
        assert causal.ask(model, Term("P", event)).value == pytest.approx(max(0.0, high - low), abs=1e-12)


@theorem(case(discrete_models(("independent",), tables_only=True)), sample=40)
def test_a_chain_that_repeats_answers_agrees_with_counting(drawn):
    """Independent coupling as a chain of copies, against every branch of chance."""
    model, term = drawn
    assume(term.kind == "P" and term.event[0].relation is not None)
    try:
        wanted = oracle.interval(model, term)
    except oracle.Impossible:
        assume(False)
    assert causal.ask(model, term).value == pytest.approx(wanted[0], abs=1e-10)


DIAMOND = from_dict(
    {
        "format": 1,
        "variables": {
            "Z": {"states": ["0", "1"], "p": [0.4, 0.6]},
            "X": {"states": ["0", "1"], "parents": ["Z"], "cpt": [[0.7, 0.3], [0.2, 0.8]], "coupling": "monotone"},
            "Y": {
                "states": ["0", "1"],
                "parents": ["X", "Z"],
                "cpt": [[0.9, 0.1], [0.6, 0.4], [0.5, 0.5], [0.2, 0.8]],
                "coupling": "monotone",
            },
            "W": {"states": ["0", "1"], "parents": ["Y"], "cpt": [[0.8, 0.2], [0.3, 0.7]], "coupling": "monotone"},
        },
    },
    "diamond",
)


def copies(query):
    worlds = Worlds(DIAMOND)
    term = in_brackets(causal.parse(query))
    for atom in (*term.event, *term.evidence):
        worlds.response(atom.variable, atom.world)
    return [copy.variable for copy in worlds.copies], worlds


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("P(Z=1)", "Z"),
        ("P(X=1)", "ZX"),  # barren: Y and W are not built
        ("P(Y=1 | do(X=1))", "ZY"),  # X has lost its mechanism
        ("P(Y[X=0]=1 | X=1, Y=1)", "ZYXY"),  # Z is shared
        ("P(Z[X=0]=1 | X=1)", "ZX"),  # what an action cannot reach is the factual one
        ("P(Y[X=0]=1, Y[X=0, W=1]=1)", "ZY"),  # worlds that agree on a variable share its copy
        ("P(Y[X=1, Z=0]=1)", "Y"),
        ("P(W[Y=Y[X=1]]=1)", "ZYW"),
    ],
)
def test_a_question_builds_no_more_copies_than_it_reads(query, wanted):
    assert "".join(copies(query)[0]) == wanted


def test_a_table_that_one_world_reads_stays_a_plain_table():
    _, worlds = copies("P(Y=1 | do(X=1))")
    network = build(DIAMOND, worlds.copies)
    assert "noise of Y" not in network.sizes
    _, worlds = copies("P(Y[X=0]=1 | X=1, Y=1)")
    network = build(DIAMOND, worlds.copies)
    assert {"noise of Y"} == {name for name in network.sizes if name.startswith("noise")}


def test_held_values_are_roots_that_are_always_indexed():
    network = build(DIAMOND, [Copy("Y", (Held("X", "0"), Held("Z", "1")))])
    assert set(network.held.values()) == {"X=0", "Z=1"}
    assert all(factor.axes == ("Y.0", "X=0", "Z=1") for factor in network.factors)


def test_a_table_beyond_all_bounds_is_refused_before_it_is_filled():
    names = [f"V{i}" for i in range(40)]
    variables = {n: {"states": ["0", "1"], "p": [0.5, 0.5]} for n in names}
    for i in range(40):
        for j in range(i):
            pair = {"states": ["0", "1"], "parents": [f"V{i}", f"V{j}"], "cpt": [[0.5, 0.5]] * 3 + [[0.2, 0.8]]}
            variables[f"E{i}_{j}"] = pair
    model = from_dict({"format": 1, "variables": variables}, "everyone with everyone")
    facts = tuple(Atom(n, (), "=", "1") for n in variables if n.startswith("E"))
    with pytest.raises(TooLarge, match="entries"):
        causal.ask(model, Term("P", (Atom("V0"),), facts))


def test_a_shared_table_cannot_be_written_to():
    question, values = prepare(DIAMOND, causal.parse("P(Y | X=1)"))
    joint, _ = question.joint(values)
    with pytest.raises(ValueError, match="read-only"):
        joint[0] = 7.0
