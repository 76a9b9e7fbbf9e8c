"""What data leave open, and what an experiment on one variable decides: counted exactly, and tried on units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from causal.models.model import Model
from causal.words import grammar, numbers
from causal.words.catalogue import say
from pages.ui.controls import controls
from pages.ui.graphs import discovered
from pages.ui.graphs.discovered import listed
from pages.ui.look import look
from pages.ui.shell import frame
from pages.ui.words import sentences
from pages.ui.words.escaping import plain

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.labs.discovery.equivalence import Arrow, PartlyDirected
    from causal.labs.discovery.experimenting import Seen

MOST = 500
"""The graphs of a class are counted up to here."""

LAST = 4
"""The step of a talk that comes to experiments."""

TALKED = 2
"""A talk has room for so many lines of a trial."""


@lru_cache(maxsize=64)
def _ranked(limit: PartlyDirected, true: frozenset[Arrow]) -> tuple[tuple[str, int, tuple[int, int]], ...]:
    """Each variable with what an experiment on it decides, here and at least and at most; the best first."""
    from causal.labs.discovery.equivalence import promised, settled

    rows = [(name, settled(limit, true, name), promised(limit, name)) for name in limit.nodes]
    return tuple(sorted(rows, key=lambda row: (-row[1], -row[2][0], limit.nodes.index(row[0]))))


@lru_cache(maxsize=64)
def _many(limit: PartlyDirected) -> int:
    from causal.labs.discovery.equivalence import members

    return sum(1 for _ in islice(members(limit), MOST + 1))


@lru_cache(maxsize=256)
def _trial(model: Model, name: str, near: tuple[str, ...], n: int, seed: int) -> tuple[Seen, ...]:
    from causal.labs.discovery.experimenting import trial

    return trial(model, name, near, n, seed)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the class is drawn, and what is said of it."""

    drawn: DeltaGenerator
    said: DeltaGenerator


def places() -> Places:
    """The class of endless data on the left, what an experiment on each variable decides on the right."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.header(say("graphs.limit"), anchor=False)
        drawn = st.container()
    with right, st.container(key="answer_class"):
        st.header(say("graphs.which"), anchor=False)
        return Places(drawn, st.container())


def draw(on: Places, model: Model, n: int, seed: int, step: int) -> None:
    """The class, and what an experiment on the chosen variable decides."""
    from causal.graphs.projection import project
    from causal.labs.discovery import comparing, search_run
    from causal.labs.discovery.equivalence import after_experiment

    shown, limit = project(model), search_run.limit(model)
    hidden, true = bool(shown.shared), shown.arrows
    extra = comparing.compare(limit, true).extra if hidden else ()
    with on.said:
        if hidden:
            _misled(model, extra, brief=frame.talking() and step == LAST)
        else:
            _open(limit)
        names = _worth(limit, true, extra, hidden) if step == LAST else ()
        name = controls.pick(say("graphs.set"), model, names, "graphs_set", names[0]) if names else ""
        if name and not hidden:
            _counted(model, limit, true, name)
        if name and model.numeric:
            with frame.trouble_shown():
                _tried(model, limit, name, hidden, n, seed)
    with on.drawn:
        after = after_experiment(limit, true, name) if name and not hidden else limit
        pick = partial(_pick, model, names) if names else None
        discovered.experiment(model, limit, after, name, pick, extra)


def _worth(limit: PartlyDirected, true: frozenset[Arrow], extra: Sequence[Arrow], hidden: bool) -> tuple[str, ...]:
    """Which variables are worth setting by lot, the best first: none where nothing is open."""
    if hidden:
        return tuple(name for name in limit.nodes if any(name in pair for pair in extra))
    return tuple(name for name, _, (_, most) in _ranked(limit, true) if most)


def _open(limit: PartlyDirected) -> None:
    count = _many(limit)
    if not limit.lines:
        st.markdown(f"{look.number(1, '0', say('graphs.none_open'))}")
        return
    many = say("graphs.many", most=MOST) if count > MOST else f"{count}"
    still = say("graphs.still_open", n=len(limit.lines), count=many)
    st.markdown(look.number(1, f"{len(limit.lines)}", still))


def _counted(model: Model, limit: PartlyDirected, true: frozenset[Arrow], name: str) -> None:
    rows = _ranked(limit, true)
    here = next(decided for who, decided, _ in rows if who == name)
    words = say("graphs.settles", name=plain(model[name].label))
    st.markdown(look.number(2, say("graphs.of", right=here, of=len(limit.lines)), words))
    if frame.talking():
        return
    lines = [say("graphs.ranking"), "|:--|--:|--:|"]
    for who, decided, (least, most) in rows:
        surely = f"{least}" if least == most else numbers.spanned(f"{least}", f"{most}")
        label = plain(model[who].label)
        lines.append(f"| {f'**{label}**' if who == name else label} | {decided} | {surely} |")
    with st.container(key="answer_ranking"):
        st.markdown("\n".join(lines))


def _misled(model: Model, extra: Sequence[Arrow], brief: bool) -> None:
    from causal.labs.discovery.search_run import misled

    hidden = grammar.listed(plain(v.label) for v in model if v.latent) or say("graphs.chance")
    if extra:
        st.markdown(look.number(1, f"{len(extra)}", say("graphs.not_there", n=len(extra))))
        if brief:
            return
        st.markdown(
            say(
                "graphs.hidden",
                n=len(extra),
                hidden=hidden,
                links=listed(model, extra, "extra"),
            )
        )
    else:
        pairs = listed(model, misled(model), "extra")
        st.markdown(say("graphs.hidden_unseen", hidden=hidden, links=pairs))


def _tried(model: Model, limit: PartlyDirected, name: str, hidden: bool, n: int, seed: int) -> None:
    """A trial on n simulated units: who moves with what was set by lot."""
    near = [o for o in limit.nodes if o != name and limit.linked(o, name)] if hidden else limit.open_at(name)
    found = _trial(model, name, tuple(near), n, seed)
    if not found:
        return
    st.markdown(say("graphs.trial", n=numbers.Whole(n), name=plain(model[name].label)))
    told = found[:TALKED] if frame.talking() else found
    st.markdown("\n".join(f"- {_said(model, name, seen, hidden)}" for seen in told))


def _said(model: Model, name: str, seen: Seen, hidden: bool) -> str:
    kind = ("moves" if seen.moves else "still") + ("_hidden" if hidden else "")
    other = model[seen.name]
    return say(
        f"graphs.{kind}",
        other=grammar.capital(sentences.noun(other)),
        a=plain(model[name].label),
        b=plain(other.label),
        p=numbers.p_value(seen.p_value),
    )


def _pick(model: Model, names: tuple[str, ...], name: str) -> None:
    """What a click on the graph does: set this variable by lot, or say why that would be for nothing."""
    if name in names:
        st.session_state["graphs_set"] = name
    else:
        st.toast(say("graphs.nothing_open", name=plain(model[name].label)), icon=":material/info:")
