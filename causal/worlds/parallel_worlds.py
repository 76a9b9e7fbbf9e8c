"""Several worlds that share their chance: the network of potential responses that a question needs, and nothing more.

Every potential response Y[X=x] is a copy of Y whose parents are the copies of its parents in that world. Two copies
with the same mechanism and the same parents are one: so a world's copy of a variable that its action cannot reach is
the factual one, worlds that agree are merged, and what no question reads (a barren variable) is never built.

             factual     U         world X=x
                 X <---- . ----,
                 |             v
                 '----> Y     Y[X=x] <---- x        (the twin network, Pearl 2009, section 7.1.4)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from causal.models.model import Model
from causal.queries.query import Atom, Setting, Term, World


@dataclass(frozen=True, slots=True)
class Held:
    """A parent, or a whole potential response, that an action holds at a value."""

    variable: str
    value: str


Reference = int | Held


@dataclass(frozen=True, slots=True)
class Copy:
    """One variable in one or more worlds; ``parents`` refer to earlier copies by number, or to held values."""

    variable: str
    parents: tuple[Reference, ...]


class Worlds:
    """Collects the copies that potential responses need; parents always come before their children."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.copies: list[Copy] = []
        self._number: dict[Copy, int] = {}

    def response(self, variable: str, world: World = ()) -> Reference:
        """The copy (or held value) that is ``variable`` in ``world``."""
        held = {setting.variable: setting for setting in world}
        found: dict[str, Reference] = {}
        waiting = [variable]  # an explicit stack: a model may be a chain of thousands
        while waiting:
            name = waiting[-1]
            if name in found:
                waiting.pop()
            elif name in held:
                setting = held[name]
                value = setting.value
                found[name] = self.response(name, setting.nested) if value is None else Held(name, value)
            else:
                missing = [p for p in self.model[name].parents if p not in found]
                if missing:
                    waiting += missing
                else:
                    found[name] = self._copy(Copy(name, tuple(found[p] for p in self.model[name].parents)))
        return found[variable]

    def _copy(self, copy: Copy) -> int:
        if copy not in self._number:
            self._number[copy] = len(self.copies)
            self.copies.append(copy)
        return self._number[copy]


def shape(term: Term) -> tuple[Term, tuple[str, ...]]:
    """A question's form, each value replaced by a number, and the values: what stays and what a slider moves.

    The same value of the same variable gets the same number, so that equal worlds stay recognisable as equal.
    """
    numbers: dict[tuple[str, str], int] = {}

    def numbered(variable: str, value: str | None) -> str | None:
        return None if value is None else str(numbers.setdefault((variable, value), len(numbers)))

    def world(settings: World) -> World:
        # sorted: the order in which an action names its variables is no part of its meaning
        ordered = sorted(settings, key=lambda s: s.variable)
        return tuple(Setting(s.variable, numbered(s.variable, s.value), world(s.nested)) for s in ordered)

    def atoms(group: Iterable[Atom]) -> tuple[Atom, ...]:
        return tuple(Atom(a.variable, world(a.world), a.relation, numbered(a.variable, a.value)) for a in group)

    form = Term(term.kind, atoms(term.event), atoms(term.evidence), world(term.action))
    return form, tuple(value for _, value in numbers)
