"""A causal graph as DOT, always rebuilt from the model: ids are ours, names are only ever labels.

Nothing moves when something is done: a cut arrow stays in the drawing and gets the class "cut", every box has a fixed
size, and a value changes only a box's text. graph.css gives the classes their look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import graphviz

from causal.models.model import Model, Variable
from causal.words.catalogue import say
from pages.ui.words import quantities, width
from pages.ui.words.escaping import clean

MOST_NODES, MOST_EDGES = 20, 60
WIDTH, LINE, GAP, ROOMY = 1.5, 0.215, (0.36, 0.4), (0.9, 0.5)
"""Inches: a box's width, a line's height, and the gaps between columns and rows, without and with words in them."""
LETTERS = 15
LINE_CLASS = "undecided"
"""The class of an arrow that is drawn as a line: its direction is not decided."""


class TooLargeToDraw(ValueError):
    """A graph with more variables or arrows than a browser lays out in good time."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown: each variable's classes, its text below its label, each arrow's classes, and a word beside it."""

    classes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    arrows: Mapping[tuple[str, str], str] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    roomy: bool = False
    """Leave room for words between boxes."""


def shown(model: Model, chance: bool = False) -> tuple[str, ...]:
    """The variables that are drawn: chance only where several variables share it, unless ``chance`` asks for all."""
    shared = {u.name for u in model.exogenous if sum(u.name in v.parents for v in model) > 1}
    return tuple(v.name for v in model if not v.exogenous or chance or v.name in shared)


@lru_cache(maxsize=64)
def closer(model: Model) -> Model:
    """The same graph without its empty columns and rows: for a part of a large graph, which is read alone."""
    taken = [sorted({v.position[way] for v in model if v.position}) for way in (0, 1)]
    placed = (
        replace(v, position=(taken[0].index(v.position[0]), taken[1].index(v.position[1]))) if v.position else v
        for v in model
    )
    return replace(model, variables=tuple(placed))


def edges(model: Model, names: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The arrows between the variables that are drawn."""
    return tuple((a, b) for a, b in model.edges if a in names and b in names)


def scene(
    model: Model,
    *,
    seen: Mapping[str, str | float] | None = None,
    done: Mapping[str, str | float] | None = None,
    imagined: Mapping[str, str] | None = None,
) -> Scene:
    """The rungs' own scene: what is seen, what is set by hand (its arrows cut), and what is imagined (as text)."""
    classes: dict[str, str] = {}
    texts: dict[str, str] = {}
    for mark, values in (("seen", seen), ("do", done)):
        for name, value in (values or {}).items():
            classes[name] = mark
            texts[name] = value_text(model[name], value)
    for name, text in (imagined or {}).items():
        classes[name] = "imagined"
        texts[name] = text
    cut = {(a, b): "cut" for a, b in model.edges if b in (done or {})}
    return Scene(classes, texts, cut)


def tossed(model: Model, name: str, text: str) -> Scene:
    """A coin sets one variable: its arrows are cut, its value is either."""
    return Scene({name: "do"}, {name: text}, {(a, b): "cut" for a, b in model.edges if b == name})


def value_text(variable: Variable, value: str | float) -> str:
    """A value as a box shows it (not Markdown)."""
    if variable.states:
        return say("graph.value", value=clean(variable.label_of(str(value))))
    number, unit = quantities.number(variable, float(value)), clean(variable.unit) if variable.unit else ""
    return say("graph.quantity" if unit else "graph.value", value=number, unit=unit)


def dot(model: Model, names: Iterable[str], show: Scene, compact: bool = False) -> graphviz.Source:
    """The drawing of the variables ``names``: labels and values, or (compact) the short names of formulas."""
    nodes = tuple(names)
    arrows = edges(model, nodes)
    if len(nodes) > MOST_NODES or len(arrows) > MOST_EDGES:
        raise TooLargeToDraw(f"{len(nodes)} variables, {len(arrows)} arrows")
    labels = {n: [clean(n, LETTERS)] if compact else _lines(model[n].label, 3) for n in nodes}
    wide = max(0.5, 0.1 * max(width.width(n[0]) for n in labels.values()) + 0.2) if compact else WIDTH
    height = 0.34 if compact else LINE * (max(len(lines) for lines in labels.values()) + 2) + 0.16
    between = ROOMY if show.roomy else GAP
    apart = (wide + between[0], height + between[1] * (0.6 if compact else 1))
    pinned = all(model[n].position for n in nodes)
    index = {n: i for i, n in enumerate(nodes)}
    parts = [_head(len(arrows) > 12, wide, height)]
    for n, i in index.items():
        text = _lines(show.texts[n], 2, LETTERS + 2) if show.texts.get(n) and not compact else []
        where = _position(model[n], apart) if pinned else ""
        parts.append(_node(i, (*labels[n], *text), _classes(model[n], show, len(text)), where))
    for j, (a, b) in enumerate(arrows):
        parts.append(_edge(j, index[a], index[b], show.arrows.get((a, b), "live"), show.words.get((a, b), "")))
    return graphviz.Source("".join([*parts, "}\n"]), engine="neato" if pinned else "dot")


# A move changes one or two boxes. Graphviz quotes every part of the drawing with care, so what stays is kept.


@lru_cache(maxsize=256)
def _head(crowded: bool, wide: float, height: float) -> str:
    graph = graphviz.Digraph()
    graph.attr(bgcolor="transparent", pad="0.08", nodesep="0.35", ranksep="0.4", outputorder="edgesfirst")
    graph.attr(splines="line" if crowded else "true")
    graph.attr("node", shape="box", style="filled", fillcolor="transparent", fixedsize="true", fontsize="13")
    graph.attr("node", width=f"{wide:.2f}", height=f"{height:.2f}")
    graph.attr("edge", penwidth="1.8", arrowsize="0.9")
    return graph.source.removesuffix("}\n")


@lru_cache(maxsize=2048)
def _node(i: int, lines: tuple[str, ...], classes: str, where: str) -> str:
    graph = graphviz.Digraph()
    graph.node(f"n{i}", _label(lines), id=f"n{i}", **{"class": classes}, **({"pos": where} if where else {}))
    return graph.body[0]


@lru_cache(maxsize=2048)
def _edge(j: int, a: int, b: int, kind: str, word: str) -> str:
    graph = graphviz.Digraph()
    more = {"class": kind} | ({"dir": "none"} if LINE_CLASS in kind.split() else {})
    graph.edge(f"n{a}", f"n{b}", _label([f" {word} "]) if word else None, id=f"e{j}", **more)
    return graph.body[0]


def _classes(variable: Variable, show: Scene, texts: int) -> str:
    own = "chance" if variable.exogenous else "latent" if variable.latent else ""
    return " ".join(filter(None, (show.classes.get(variable.name), own, f"v{texts}")))


def _position(variable: Variable, apart: tuple[float, float]) -> str:
    column, row = variable.position or (0.0, 0.0)
    return f"{column * apart[0]:.3f},{-row * apart[1]:.3f}!"


def _lines(text: str, most: int, letters: int = LETTERS) -> list[str]:
    return list(_wrapped(text, most, letters))


@lru_cache(maxsize=2048)
def _wrapped(text: str, most: int, letters: int) -> tuple[str, ...]:
    return tuple(width.lines(clean(text), letters, most))


def _label(lines: Iterable[str]) -> str:
    # escape each line, and mark the joined result: joining loses the mark, and a label like <b> would be HTML
    return graphviz.nohtml(r"\n".join(graphviz.escape(line).replace("&", "&amp;") for line in lines))
