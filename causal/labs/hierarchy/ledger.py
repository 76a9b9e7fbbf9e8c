"""What a number rests on: each assumption can be taken away, and the number widens into its interval.

    the mechanisms      how one unit responds to different causes               rung 3
    monotonicity        nobody's outcome gets worse by the treatment            rung 3
    no hidden cause     chance moves treatment and outcome independently        rung 2
    the arrow           the treatment may move the outcome, not the reverse     rung 2
    an experiment       P(Y | do(X)) is known besides what is observed          rung 2

With the mechanisms the model answers itself; without them ``causal.bounding`` says what the graph and the data leave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from causal.answers import engine
from causal.answers.answer import Interval
from causal.bounding import bounds
from causal.errors import BadQuery
from causal.graphs.graph import descendants
from causal.models.mechanisms import Function, Linear, Table
from causal.models.model import Model, Variable
from causal.queries.printing import text
from causal.queries.query import Term, ask_for
from causal.words.catalogue import say


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Which of them are made."""

    mechanisms: bool = True
    monotone: bool = False
    unconfounded: bool = True
    directed: bool = True
    experiment: bool = False


def settle(model: Model, treatment: str, outcome: str, question: Term, made: Assumptions) -> tuple[Interval, bool]:
    """Between which values the answer lies, and whether both ends are sure to be attained.

    Without the arrow's direction the outcome may come first. Then no action on the treatment moves it, and the interval
    also reaches to what is so without any action.

    Raises BadQuery for a question with continuous variables, ImpossibleEvidence where what is assumed contradicts what
    is known.
    """
    if not made.directed:
        (low, high), sharp = settle(model, treatment, outcome, question, replace(made, mechanisms=False, directed=True))
        idle = engine.ask(model, _without_effect(question, treatment)).value or 0.0
        return (min(low, idle), max(high, idle)), sharp
    if made.mechanisms and made.unconfounded:
        answer = engine.ask(model, question)
        if answer.interval is not None:
            return answer.interval, bool(answer.sharp)
        return (answer.value or 0.0, answer.value or 0.0), True
    graph = model if made.unconfounded else confounded(model, treatment, outcome)
    found = bounds(graph, question, *_given(treatment, outcome, made))
    return found.interval or (0.0, 1.0), found.sharp


def _given(treatment: str, outcome: str, made: Assumptions) -> tuple[list[str], list[str]]:
    """The distributions that are known, and what is assumed, as ``causal.bounds`` takes them."""
    sources = ["observed", f"do:{treatment}"] if made.experiment else ["observed"]
    return sources, [f"monotone:{treatment}:{outcome}"] if made.monotone else []


def command(file: str, treatment: str, outcome: str, question: Term, made: Assumptions) -> tuple[str, ...]:
    """The command lines that give the same: two where the arrow's direction is open, for each direction one.

    ``file`` names the model whose graph is drawn, the hidden cause included.
    """
    asked = f"python -m causal ask {file} '{{}}'"
    if made.directed and made.mechanisms and made.unconfounded:
        return (asked.format(text(question)),)
    sources, assumed = _given(treatment, outcome, made)
    lines = [f"python -m causal bounds {file} '{text(question)}' --from {','.join(sources)}"]
    lines[0] += "".join(f" --assume {a}" for a in assumed)
    return tuple(lines) if made.directed else (*lines, asked.format(text(_without_effect(question, treatment))))


HIDDEN = "hidden"


def _without_effect(question: Term, treatment: str) -> Term:
    """The question where actions on the treatment change nothing: all its worlds are the factual one."""
    kept = tuple(s for s in question.action if s.variable != treatment)
    event = tuple(replace(a, world=tuple(s for s in a.world if s.variable != treatment)) for a in question.event)
    return replace(question, event=event, action=kept)


def confounded(model: Model, treatment: str, outcome: str) -> Model:
    """The same graph with one more cause that nobody measured, of treatment and outcome; its numbers are left out.

    Only for questions about what the graph allows (``causal.bounds``): the observed distribution stays the model's.
    """
    name = HIDDEN
    while name in model:
        name += "_"
    joined = Variable(
        name,
        say("labs.ledger.hidden_cause"),
        exogenous=True,
        states=("0", "1"),
        mechanism=Table(((0.5, 0.5),)),
        position=_above(model, treatment, outcome),
    )
    return replace(
        model,
        variables=(joined, *(_also(v, name) if v.name in (treatment, outcome) else v for v in model)),
        units=(),
        expected=(),
    )


def _above(model: Model, treatment: str, outcome: str) -> tuple[float, float] | None:
    """A place in the drawing that leaves all others where they are, if they have theirs."""
    places = [v.position for v in model if v.position is not None]
    one, other = model[treatment].position, model[outcome].position
    if one is None or other is None:
        return None
    return (one[0] + other[0]) / 2, min(row for _, row in places) - 1.2


def _also(variable: Variable, cause: str) -> Variable:
    """The variable with one more parent, which changes nothing: every row is there for each of its two states."""
    match variable.mechanism:
        case Table(rows, coupling):
            doubled: Table | Function = Table(tuple(row for row in rows for _ in range(2)), coupling)
        case Function(taken):
            doubled = Function(tuple(state for state in taken for _ in range(2)))
        case Linear() | None:
            raise BadQuery("errors.bounding.continuous", "continuous", name=variable.name)
        case other:
            assert_never(other)
    return replace(variable, parents=(*variable.parents, cause), mechanism=doubled)


def needed(model: Model, treatment: str, outcome: str) -> Term:
    """PNS as a question: who gets the outcome's last state with the treatment's last one, and not with its first.

    Raises BadQuery where the outcome has other than two states, or the treatment no effect on it.
    """
    states = model[outcome].states
    if len(states) != 2 or len(model[treatment].states) < 2 or outcome not in descendants(model, treatment):
        raise BadQuery("errors.labs.ledger", "ledger")
    had = ask_for(outcome, event=states[1], world={treatment: model[treatment].states[-1]})
    not_had = ask_for(outcome, event=states[0], world={treatment: model[treatment].states[0]})
    return Term("P", (*had.event, *not_had.event))
