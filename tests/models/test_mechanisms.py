"""Mechanisms through their protocol, and what a new kind of them needs: the type checker lists it."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from causal.models.mechanisms import Function, Linear, Mechanism, Table
from causal.models.mechanisms.protocol import SOLVERS, Kind, ParentValues
from causal.models.support import RealLine, States, Support, Unstated

ROOT = Path(__file__).parents[2]
RNG = np.random.default_rng(7)
N = 20_000
STATES = ("no", "maybe", "yes")
ROWS = ((0.2, 0.5, 0.3), (0.0, 0.1, 0.9), (1.0, 0.0, 0.0))

KINDS = {
    "a table": Table(ROWS),
    "a monotone table": Table(ROWS, "monotone"),
    "an independent table": Table(ROWS, "independent"),
    "a function": Function(("yes", "no", "maybe")),
    "a line": Linear(1.5, (2.0, -0.5), 0.7),
    "a line without noise": Linear(1.5, (2.0, -0.5), 0.0),
}
SOME = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def parents_of(kind):
    discrete = kind.support(STATES).case(states=True, numbers=False)
    return (
        ParentValues(RNG.integers(0, 3, N)) if discrete else ParentValues(np.zeros(N), tuple(RNG.normal(size=(2, N))))
    )


@SOME
def test_values_come_up_as_often_as_the_density_says(kind):
    parents, noise = parents_of(kind), kind.noise(N, RNG)
    values = kind.values(STATES, parents, noise)
    assert kind.solver in SOLVERS
    match kind.support(STATES):
        case States(names):
            dense = np.array([kind.density(STATES, np.full(N, k), parents) for k in range(len(names))])
            assert dense.sum(axis=0) == pytest.approx(1.0)
            for row in range(3):
                here = parents.rows == row
                for k in range(len(names)):
                    assert (values[here] == k).mean() == pytest.approx(dense[k][here].mean(), abs=0.02)
        case RealLine():
            line = kind.values(STATES, parents, np.zeros(N))
            away = np.linspace(-6, 6, 4001)
            one = ParentValues(parents.rows[:1].repeat(4001), tuple(x[:1].repeat(4001) for x in parents.numbers))
            dense = kind.density(STATES, line[0] + away, one)
            if kind.sd:
                assert np.trapezoid(dense, away) == pytest.approx(1.0)
                assert np.trapezoid(dense * away**2, away) == pytest.approx(np.var(values - line), rel=0.05)
            else:
                assert np.isposinf(dense[2000]) and not dense[:2000].any() and (values == line).all()


@SOME
def test_noise_from_a_value_leads_back_to_it(kind):
    parents, noise = parents_of(kind), kind.noise(N, RNG)
    values = kind.values(STATES, parents, kind.noise(N, RNG))
    if noise is None:
        return
    told = kind.noise_given(values, parents, noise, RNG)
    assert told.shape == noise.shape
    assert kind.values(STATES, parents, told) == pytest.approx(values)
    if noise.ndim == 2:  # rows that were not read keep what was drawn
        other = (parents.rows + 1) % 3
        assert (told[np.arange(N), other] == noise[np.arange(N), other]).all()


@SOME
def test_the_same_noise_gives_the_same_value(kind):
    parents, noise = parents_of(kind), kind.noise(N, np.random.default_rng(1))
    again = kind.noise(N, np.random.default_rng(1))
    assert (noise is None and again is None) or (noise == again).all()
    assert (kind.values(STATES, parents, noise) == kind.values(STATES, parents, again)).all()


def test_a_support_reads_a_text_as_one_of_its_values():
    assert States(("1", "2")).read("1") == "1" and Unstated().read("1") == "1"
    assert RealLine().read("1") == 1.0


# -- a new kind -------------------------------------------------------------------------------------------------------

NEW_KIND = '''"""A throwaway kind, which knows everything but how dense its values lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from causal.models.mechanisms.protocol import ParentValues, Responses, Solver
from causal.models.support import RealLine

if TYPE_CHECKING:
    from numpy.random import Generator

    from causal.models.mechanisms.protocol import Array


class Throwaway:
    solver: ClassVar[Solver] = "linear"
    responses: ClassVar[Responses] = "linear"

    def support(self, states: tuple[str, ...]) -> RealLine:
        return RealLine()

    def noise(self, n: int, generator: Generator) -> None:
        return None

    def values(self, states: tuple[str, ...], parents: ParentValues, noise: Array | None) -> Array:
        return parents.numbers[0] ** 2

    def noise_given(self, values: Array, parents: ParentValues, noise: Array, generator: Generator) -> Array:
        return noise
'''
NEW_SUPPORT = """

class Counts:
    def case(self, *, states: T, numbers: T) -> T:
        return numbers

    def read(self, text: str) -> str | float:
        return float(text)


Support = States | RealLine | Unstated | Counts
"""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory):
    """What the type checker says of a copy of causal/ with one more kind and one more support: (file, message)."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "causal", folder / "causal", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    if (ROOT / ".mypy_cache").is_dir():
        shutil.copytree(ROOT / ".mypy_cache", folder / ".mypy_cache")  # what has not changed need not be checked again
    kinds = folder / "causal" / "models" / "mechanisms"
    (kinds / "throwaway.py").write_text(NEW_KIND, encoding="utf-8")
    told = (kinds / "__init__.py").read_text(encoding="utf-8")
    union = "Mechanism = Table | Function | Linear"
    assert union in told
    new = f"from causal.models.mechanisms.throwaway import Throwaway\n\n{union} | Throwaway"
    (kinds / "__init__.py").write_text(told.replace(union, new), encoding="utf-8")
    supports = folder / "causal" / "models" / "support.py"
    told = supports.read_text(encoding="utf-8")
    assert "\n\n\nSupport = " in told
    supports.write_text(told.partition("\n\n\nSupport = ")[0] + "\n" + NEW_SUPPORT, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=folder, capture_output=True, text=True)
    found = re.findall(r"^(\S+?):\d+: error: (.*)$", done.stdout, flags=re.M)
    assert found, done.stdout + done.stderr
    return found


def telling_apart(classes):
    """The files of causal/ that tell one of these classes from the others: by a case of it, or by isinstance."""
    names = {cls.__name__ for cls in classes}
    found = set()
    for path in (ROOT / "causal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.MatchClass(cls=ast.Name(id=name)) if name in names:
                    found.add(str(path.relative_to(ROOT)))
                case ast.Call(func=ast.Name(id="isinstance"), args=[_, kind]):
                    if names & {n.id for n in ast.walk(kind) if isinstance(n, ast.Name)}:
                        found.add(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize(("new", "union"), [("Throwaway", Mechanism), ("Counts", Support)], ids=["kind", "support"])
def test_the_type_checker_names_every_place_that_tells_kinds_apart(complaints, new, union):
    expected = telling_apart(union.__args__)
    named = {file for file, message in complaints if f'has incompatible type "{new}"; expected "Never"' in message}
    assert named == expected
    assert 3 <= len(named) <= 9


def test_the_type_checker_names_what_a_kind_lacks(complaints):
    assert {file for file, message in complaints if 'expected "Kind"' in message or '"Kind")' in message} == {
        "causal/models/model.py"
    }
    assert not [m for _, m in complaints if "Throwaway" not in m and "Counts" not in m and '"Kind"' not in m]


def test_every_kind_keeps_to_the_protocol():
    asked = [name for name in vars(Kind) if not name.startswith("_")]
    assert asked and all(hasattr(kind, name) for kind in Mechanism.__args__ for name in asked)
