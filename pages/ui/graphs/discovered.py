"""Graphs with open directions: what a search found, the truth beside it, and the class that no data narrow down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from causal.models.model import Model
from causal.words import grammar
from causal.words.catalogue import say
from pages.ui.drawing import dot, world_graph
from pages.ui.look import look
from pages.ui.words.escaping import plain

if TYPE_CHECKING:  # pages must not import the engine: its import thread may still be at it
    from causal.labs.discovery.comparing import Comparison
    from causal.labs.discovery.equivalence import Arrow, PartlyDirected


def found(model: Model, given: PartlyDirected, verdict: Comparison | None) -> None:
    """What a search found; with a verdict, each link that is wrong says so."""
    marks: dict[Arrow, tuple[str, str]] = {}
    if verdict:
        for kind in ("extra", "reversed"):
            for a, b in verdict.links(kind):
                arrow = (a, b) if kind == "extra" and (b, a) not in given.arrows else (b, a)
                marks[arrow] = "extra", say(f"graphs.mark_{kind}")
    draw(model, given, "graphs_found", "graphs.alt_found", marks)


def truth(canvas: world_graph.Canvas, verdict: Comparison | None) -> None:
    """The story's own graph, what is hidden dashed; arrows that the search missed say so."""
    missed = verdict.missing if verdict else ()
    scene = dot.Scene(
        arrows=dict.fromkeys(missed, "blocked"), words=dict.fromkeys(missed, say("graphs.mark_missing")), roomy=True
    )
    canvas.draw(scene, alt=say("graphs.alt_truth"))


def experiment(
    model: Model,
    before: PartlyDirected,
    after: PartlyDirected,
    name: str,
    pick: Callable[[str], None] | None,
    extra: Collection[Arrow] = (),
) -> None:
    """The class, with what an experiment on one variable decides (no name: the class as it is)."""
    new = after.arrows - before.arrows
    marks = dict.fromkeys(new, ("cause", say("graphs.mark_settled")))
    marks |= dict.fromkeys(extra, ("extra", say("graphs.mark_extra")))
    alt = "graphs.alt_experiment" if name else "graphs.alt_limit"
    draw(model, after, "graphs_class", alt, marks, name, pick)


def draw(
    model: Model,
    given: PartlyDirected,
    key: str,
    alt: str,
    marks: Mapping[Arrow, tuple[str, str]],
    name: str = "",
    pick: Callable[[str], None] | None = None,
) -> None:
    """A graph of arrows and lines, in the places that the variables have in the story; ``name`` is set by lot.

    ``marks`` gives arrows and lines a class and a word.
    """
    lines = [
        (a, b) for i, a in enumerate(given.nodes) for b in given.nodes[i + 1 :] if frozenset((a, b)) in given.lines
    ]
    kinds, words = dict.fromkeys(lines, dot.LINE_CLASS), dict.fromkeys(lines, say("graphs.mark_open"))
    for arrow, (kind, word) in marks.items():
        link = arrow if arrow in given.arrows else next((x for x in lines if set(x) == set(arrow)), arrow)
        kinds[link], words[link] = f"{kind} {kinds.get(link, '')}".strip(), word
    shown = _as_model(model, given, [*sorted(given.arrows), *lines])
    done, names = ({name: say("graphs.by_lot")}, {"name": plain(model[name].label)}) if name else ({}, {})
    scene = dot.Scene(dict.fromkeys(done, "do"), done, kinds, words, roomy=True)
    canvas = world_graph.canvas(shown, key, on_pick=pick, verb=say("graphs.verb") if pick else "", lines=lines)
    canvas.draw(scene, alt=say(alt, graph=in_words(model, given), **names))


def in_words(model: Model, given: PartlyDirected) -> str:
    """Every arrow and every line, for screen readers."""
    names = {n: plain(model[n].label) for n in given.nodes}
    said = [say("graph.arrow", a=names[a], b=names[b]) for a, b in sorted(given.arrows)]
    said += [say("graph.line", a=names[a], b=names[b]) for a, b in sorted(sorted(line) for line in given.lines)]
    return grammar.listed(said, "semicolon") or say("graphs.no_links")


def told(model: Model, verdict: Comparison) -> None:
    """The verdict in words: each kind of link that there is, by name."""
    for kind, links in ((k, verdict.links(k)) for k in ("open", "reversed", "missing", "extra")):
        if links:
            st.markdown(say(f"graphs.{kind}", n=len(links), links=listed(model, links, kind)))


def listed(model: Model, links: Sequence[Arrow], kind: str) -> str:
    """Links by name, those of the truth as arrows."""
    place = "graph.line" if kind == "extra" else "graph.arrow"
    return grammar.listed(say(place, a=plain(model[a].label), b=plain(model[b].label)) for a, b in links)


def by_size(verdicts: Mapping[str, Comparison]) -> None:
    """A table of the verdicts on ever larger samples; the last column, of endless data, is bold."""
    heads = list(verdicts)
    rows = [f"| {say('graphs.units')} | " + " | ".join(heads) + " |", "|:--|" + "--:|" * len(heads)]
    kinds = next(iter(verdicts.values())).counts
    for kind in kinds:
        *counts, last = (f"{verdict.counts[kind]}" for verdict in verdicts.values())
        rows.append(f"| {say(f'graphs.row_{kind}')} | " + " | ".join([*counts, f"**{last}**"]) + " |")
    with st.container(key="answer_table"):
        st.header(say("graphs.more"), anchor=False)
        st.markdown("\n".join(rows))


def number(right: int, of: int, words: str) -> None:
    """The page's main number."""
    st.markdown(look.number(1, say("graphs.of", right=right, of=of), words))


def _as_model(model: Model, given: PartlyDirected, links: Sequence[Arrow]) -> Model:
    """The measured variables with other links, to be drawn; its mechanisms are not meant."""
    return replace(
        model,
        variables=tuple(
            replace(model[n], parents=tuple(a for a, b in links if b == n), mechanism=None, latent=False)
            for n in given.nodes
        ),
    )
