"""The prompt: what is seen, what causes what, an experiment, or how everything comes about; and then the question.

Every number in it is the engine's: shares in four significant digits, others in six, which is enough for an answer
within the tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import assert_never

from causal.graphs.projection import project
from causal.identification.question.measuring import distribution
from causal.labs.questions.wording import clean, digits, label, noun, share, state
from causal.labs.questions.writing.levels import Level
from causal.labs.questions.writing.mechanism_words import rules
from causal.labs.questions.writing.moments import Moments, moments
from causal.labs.questions.writing.plain_words import tell
from causal.labs.questions.writing.question_sheet import Question, measured
from causal.labs.questions.writing.tolerance import tolerance_words
from causal.models.model import Model
from causal.models.support import RealLine, States, Unstated
from causal.words.catalogue import say
from causal.words.grammar import listed, together

NEVER = 1e-12
"""Combinations that are rarer than this are left out of tables."""


def prompt(question: Question, level: Level) -> str:
    """All that a language model is given: the world, as far as this level tells it, the question, and how to answer."""
    parts = [introduction(question.model), *(write(question) for write in PARTS[level])]
    return "\n\n".join([*parts, f"{say('chatbot.say.question')}\n{tell(question)}", _how(question)])


def introduction(model: Model) -> str:
    """What there is to be seen, and its values."""
    lines = []
    for name in measured(model):
        v = model[name]
        match v.support:
            case RealLine() if v.unit:
                lines.append(say("chatbot.say.smooth_in_unit", label=label(v), unit=clean(v.unit)))
            case RealLine():
                lines.append(say("chatbot.say.smooth", label=label(v)))
            case States(names):
                states = listed((say("chatbot.clause.quoted", state=state(v, s)) for s in names), "comma")
                lines.append(say("chatbot.say.variable", label=label(v), states=states))
            case Unstated():
                pass
            case other:
                assert_never(other)
    return "\n".join([say("chatbot.say.start"), say("chatbot.say.variables"), *lines])


def data(question: Question) -> str:
    """The table of what was seen."""
    model, names = question.model, question.core
    if not question.scene.y:
        return "\n".join([say("chatbot.say.data_smooth"), *_moments(model, moments(model, names))])
    return "\n".join([say("chatbot.say.data"), *_table(model, names, "", "")])


def graph(question: Question) -> str:
    """The arrows, and what is hidden and moves several things."""
    model = question.model
    seen = project(model)
    arrows = [
        f"- {label(model[a])} → {label(model[b])}" for a in seen.nodes for b in seen.nodes if (a, b) in seen.arrows
    ]
    hidden = [
        say("chatbot.say.hidden", labels=listed(noun(model[n]) for n in seen.nodes if n in group))
        for group in sorted(seen.shared, key=sorted)
    ]
    arrows = arrows or [say("chatbot.say.no_arrows")]
    return "\n".join([say("chatbot.say.graph"), *arrows, *hidden, say("chatbot.say.no_others")])


def only_graph(question: Question) -> str:
    """The graph where it is all that is said of the mechanisms."""
    return together(graph(question), say("chatbot.say.strength"))


def experiment(question: Question) -> str:
    """The tables of the experiment on the story's treatment."""
    model, name = question.model, question.trial
    lines = [say("chatbot.say.trial", label=noun(model[name]))]
    if name in model.real_valued:
        found = moments(model, question.core, name)
        return "\n".join([*lines, say("chatbot.say.trial_smooth", label=noun(model[name])), *_moments(model, found)])
    for value in model[name].states:
        action = say("chatbot.clause.state", label=noun(model[name]), state=state(model[name], value))
        lines += [say("chatbot.say.trial_arm", action=action), *_table(model, question.core, name, value)]
    return "\n".join(lines)


def how_it_works(question: Question) -> str:
    """Every rule that the story's measured variables rest on."""
    return rules(question.model, question.core)


PARTS: Mapping[Level, tuple[Callable[[Question], str], ...]] = {
    "data": (data,),
    "graph": (data, only_graph),
    "experiment": (data, only_graph, experiment),
    "mechanisms": (graph, how_it_works),
}
"""What the prompt of each level holds."""


def _table(model: Model, names: tuple[str, ...], done: str, value: str) -> Iterator[str]:
    """One line for each combination of states, with its share; of an experiment, for one of its arms."""
    found = distribution(model, names, {done} if done else ())
    left = [n for n in names if n != done]
    yield " | ".join([*(label(model[n]) for n in left), "%"])
    never = 0
    for states in product(*(model[n].states for n in left)):
        at = dict(zip(left, states, strict=True)) | ({done: value} if done else {})
        p = float(found.values[tuple(model[n].states.index(at[n]) for n in names)])
        never += p < NEVER
        if p >= NEVER:
            yield " | ".join([*(state(model[n], at[n]) for n in left), share(p)])
    if never:
        yield say("chatbot.say.never")


def _moments(model: Model, found: Moments) -> Iterator[str]:
    for i, name in enumerate(found.names):
        mean = digits(float(found.means[i]))
        if found.slopes.any():
            slope = float(found.slopes[i])
            mean = say("chatbot.say.trial_mean", low=mean, sign="−" if slope < 0 else "+", slope=digits(abs(slope)))
        yield f"- {label(model[name])}: {say('chatbot.say.normal', mean=mean, sd=digits(float(found.sds[i])))}"
    for i, name in enumerate(found.names):
        for j in range(i):
            pair = f"{label(model[found.names[j]])} / {label(model[name])}"
            yield f"- {pair}: {digits(found.correlation(i, j))}"


def _how(question: Question) -> str:
    """How the answer is to be written, and how near is near enough."""
    v = question.model[question.scene.outcome]
    if question.asks == "more":
        return say("chatbot.say.how_more")
    kind = "mean" if question.asks in ("mean", "change") else question.asks
    how = "in_unit" if kind == "mean" and v.unit else kind
    first = say(f"chatbot.say.how_{how}", unit=clean(v.unit), tolerance=tolerance_words(question))
    return together(first, say(f"chatbot.say.limits_of_{kind}"))
