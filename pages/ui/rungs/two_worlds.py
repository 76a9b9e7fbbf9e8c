"""Two worlds side by side: what happened, and what would have happened; kept, set and changed values told apart."""

from __future__ import annotations

from dataclasses import replace

from causal.answers.answer import Answer
from causal.graphs.graph import descendants
from causal.models.model import Model, Variable
from causal.queries.query import ask_for
from causal.words import numbers
from causal.words.catalogue import say
from pages.ui.controls.measure import ask
from pages.ui.controls.people import Facts
from pages.ui.drawing import dot
from pages.ui.words import quantities
from pages.ui.words.escaping import clean

CERTAIN = 1e-9


def factual(model: Model, facts: Facts) -> dot.Scene:
    """The world that happened: the facts, and what they tell of the rest."""
    told = {
        v.name: brief(v, ask(model, ask_for(v.name, evidence=facts))) for v in model.endogenous if v.name not in facts
    }
    known = dot.scene(model, seen=facts)
    return dot.Scene(known.classes, {**told, **known.texts}, known.arrows)


def imagined(model: Model, facts: Facts, action: Facts, predicted: bool) -> dot.Scene:
    """The world where ``action`` was done: what it cannot reach is kept, the rest is asked of (or still open)."""
    reached = set().union(*(descendants(model, n) for n in action))
    texts: dict[str, str] = {}
    classes: dict[str, str] = {}
    for v in model.endogenous:
        if v.name in action:
            classes[v.name], texts[v.name] = "do", dot.value_text(v, action[v.name])
        elif v.name not in reached:
            if v.name in facts:
                classes[v.name], texts[v.name] = "seen", dot.value_text(v, facts[v.name])
            else:
                texts[v.name] = brief(v, ask(model, ask_for(v.name, evidence=facts)))
        elif predicted:
            answer = ask(model, ask_for(v.name, evidence=facts, world=action))
            kept = v.name in facts and _comes_back(v, answer, facts[v.name])
            texts[v.name], classes[v.name] = brief(v, answer), "seen" if kept else "imagined"
        else:
            texts[v.name] = "?"
    return dot.Scene(classes, texts, {(a, b): "cut" for a, b in model.edges if b in action})


def brief(variable: Variable, answer: Answer) -> str:
    """An answer as a box shows it: a value where it is certain, else the likeliest state or the mean, and how sure."""
    if (sure := _certain(answer)) is not None:
        return dot.value_text(variable, sure)
    if answer.mean is not None:
        spread = quantities.number(variable, answer.sd or 0.0)
        return say("words.spread", mean=dot.value_text(variable, answer.mean), sd=spread)
    state, (low, high) = _likeliest(answer)
    share = numbers.probability(low) if high - low < CERTAIN else numbers.interval(low, high)
    return say("words.share", state=clean(variable.label_of(state)), share=share)


def _certain(answer: Answer) -> str | float | None:
    """The one value that an answer leaves, if it leaves one only."""
    if answer.mean is not None:
        return answer.mean if (answer.sd or 0.0) <= CERTAIN * max(1.0, abs(answer.mean)) else None
    state, (low, _) = _likeliest(answer)
    return state if low >= 1 - CERTAIN else None


def _likeliest(answer: Answer) -> tuple[str, tuple[float, float]]:
    shares = {s: p if isinstance(p, tuple) else (p, p) for s, p in (answer.distribution or {}).items()}
    return max(shares.items(), key=lambda item: sum(item[1]))


def _comes_back(variable: Variable, answer: Answer, fact: str | float) -> bool:
    """Whether an answer is the fact for certain, as far as anybody can read."""
    sure = _certain(answer)
    if sure is None or variable.states:
        return sure == str(fact)
    return quantities.alike(variable, float(sure), float(fact))


def replays(model: Model, facts: Facts, acted: str) -> bool:
    """Whether the facts come back for certain when the action changes nothing (it must)."""
    if acted not in facts:
        return False
    same = {acted: facts[acted]}
    for name, value in facts.items():
        if name == acted:
            continue
        answer = ask(model, ask_for(name, evidence=facts, world=same))
        if answer.mean is not None:
            if abs(answer.mean - float(value)) > 1e-6 * max(1.0, abs(float(value))) or (answer.sd or 0.0) > 1e-6:
                return False
        elif _certain(answer) != str(value):
            return False
    return True


def twin(model: Model, acted: str) -> tuple[Model, dot.Scene]:
    """Both worlds as one graph: every variable twice, joined by the chance that the unit has in both."""
    both: list[Variable] = []
    for v in model:
        if v.exogenous:
            both.append(replace(v, position=None))
            continue
        own = f"U_{v.name}"
        both.append(Variable(own, own, exogenous=True))
        both.append(replace(v, parents=(*v.parents, own), position=None))
        parents = tuple(p if model[p].exogenous else _starred(p) for p in v.parents)
        both.append(replace(v, name=_starred(v.name), parents=(*parents, own), position=None))
    joined = Model(tuple(sorted(both, key=lambda v: not v.exogenous)))
    held = _starred(acted)
    classes = dict.fromkeys(map(_starred, descendants(model, acted)), "imagined") | {held: "do"}
    cut = {(a, b): "cut" for a, b in joined.edges if b == held}
    return joined, dot.Scene(classes, {}, cut)


def _starred(name: str) -> str:
    return f"{name}*"
