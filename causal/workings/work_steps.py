"""Show the work: how an answer comes about, step by step, in words and in formulas with the live numbers put in.

Every number here is an answer of the engine, and most steps are a second road to it: the adjustment formula sums to
P(y | do(x)), the equations of a linear model lead to E(Y[x] | facts), numerator over denominator is the condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from causal.answers.answer import Answer
from causal.answers.engine import ask
from causal.answers.sweep import put
from causal.errors import CausalError
from causal.graphs.graph import ancestors
from causal.models.model import Model
from causal.queries.printing import escape, latex, latex_term
from causal.queries.query import Atom, Number, Query, Setting, Term, fold, mentioned, rung, terms
from causal.queries.reading import read
from causal.rungs.intervention import in_brackets
from causal.words.sentence import Listed, Sentence
from causal.workings.abduction import abduce

MOST_ROWS = 12
"""Sums with more terms than this are described, not written out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what is done, if it is said, and the formula (LaTeX, or "") that does it."""

    sentence: Sentence | None
    formula: str | Sentence = ""

    @property
    def text(self) -> str:
        """What is done, in the language that is spoken."""
        return "" if self.sentence is None else str(self.sentence)

    @property
    def latex(self) -> str:
        """The formula, its few words in the language that is spoken."""
        return str(self.formula)


def _line(key: str, formula: str | Sentence = "", /, **values: object) -> Line:
    return Line(Sentence(key, **values), formula)


def work(model: Model, question: str | Query) -> tuple[Line, ...]:
    """The steps that lead to the answer of a question; raises CausalError where ``ask`` does."""
    query = read(question, model)
    answer = ask(model, query)
    if isinstance(query, Term):
        return (*_term(model, query, answer), _result(model, query, answer))
    lines = [_line("workings.each_first")]
    asked = list(dict.fromkeys(terms(query)))
    lines += [_result(model, term, ask(model, term)) for term in asked]
    if answer.interval is None and all(ask(model, t).value is not None for t in asked):
        numbers = {t: _number(ask(model, t).value or 0.0) for t in asked}
        lines.append(_line("workings.arithmetic", f"{_filled(query, numbers)} = {_number(answer.value or 0.0)}"))
    else:
        lines.append(_line("workings.same_coupling"))
        lines.append(_result(model, query, answer))
    return tuple(lines)


def _filled(query: Query, numbers: Mapping[Term, str]) -> str:
    signs = {"*": r" \times ", "+": " + ", "-": " - "}

    def join(operator: str, a: str, b: str) -> str:
        return rf"\frac{{{a}}}{{{b}}}" if operator == "/" else f"{{{a}}}{signs[operator]}{{{b}}}"

    return fold(query, lambda x: _number(x.value) if isinstance(x, Number) else numbers[x], join)


def _term(model: Model, term: Term, answer: Answer) -> list[Line]:
    step = rung(term)
    solvers = {model.kind(name).solver for name in mentioned(term)}
    if answer.reason is not None:
        return [_line("workings.over_couplings", because=answer.reason)]
    if len(solvers) > 1:
        return [_line("workings.two_kinds")]
    linear = "linear" in solvers
    if step == 3:
        return _imagined(model, term, linear)
    if step == 2:
        return _done(model, term, linear)
    return _straight_line(model, term) if linear else _conditioned(model, term)


# -- discrete ---------------------------------------------------------------------------------------------------------


def _one_state(model: Model, term: Term) -> Term | None:
    """The term about one state: its own event, or for a distribution the variable's last state; None for a mean."""
    if term.kind == "E":
        return None
    if term.event[0].relation is not None:
        return term
    atom = term.event[0]
    return replace(term, event=(replace(atom, relation="=", value=model[atom.variable].states[-1]),))


def _conditioned(model: Model, term: Term) -> list[Line]:
    one = _one_state(model, term)
    if one is None or not one.evidence:
        return [_line("workings.nothing_known")]
    both, known = _both_and_known(one)
    return [
        _line(
            "workings.keep_those",
            rf"{latex(one, model)} = \frac{{{latex(both, model)}}}{{{latex(known, model)}}}"
            rf" = \frac{{{_value(model, both)}}}{{{_value(model, known)}}}",
        )
    ]


def _both_and_known(term: Term) -> tuple[Term, Term]:
    """P(event, evidence) and P(evidence), whose ratio a conditional probability is."""
    known = replace(term, event=term.evidence, evidence=())
    return replace(known, event=(*term.event, *term.evidence)), known


def _done(model: Model, term: Term, linear: bool) -> list[Line]:
    cut = [p for s in term.action for p in model[s.variable].parents]
    names = Listed((model[s.variable].label for s in term.action), "comma")
    lines = [_line("workings.cut_and_set" if cut else "workings.nothing_to_cut", names=names)]
    if linear:
        return lines + _straight_line(model, term)
    adjusted = _adjusted(model, term)
    return lines + (adjusted or (_conditioned(model, term) if term.evidence else []))


def _adjusted(model: Model, term: Term) -> list[Line]:
    """P(y | do(x)) as the average over the direct causes of X (Pearl 2009, theorem 3.2.2), if it is short enough."""
    one = _one_state(model, term)
    if one is None or one.evidence or len(term.action) != 1 or len(one.event) != 1:
        return []
    (setting,), outcome = term.action, one.event[0].variable
    x = setting.variable
    parents = model[x].parents
    if outcome == x or x not in ancestors(model, outcome):
        return [_line("workings.no_cause", x=model[x].label, y=model[outcome].label)]
    if not parents or outcome in parents or model.row_count(x) > MOST_ROWS:
        return []
    seen = Atom(x, (), "=", setting.value)
    pieces = []
    try:
        for row in model.rows_of(x):
            causes = tuple(Atom(p, (), "=", s) for p, s in zip(parents, row, strict=True))
            weight = Term("P", causes)
            share = replace(one, evidence=(seen, *causes), action=())
            if ask(model, weight).value:
                pieces.append(rf"{_value(model, share)} \times {_value(model, weight)}")
    except CausalError:
        return []  # a group in which nobody does x: the formula does not apply, the submodel still does
    z = ", ".join(parents)
    lower = escape(z.lower())
    given = latex_term(replace(one, evidence=(seen,), action=()), model, lower)
    return [
        _line(
            "workings.adjusted",
            rf"{latex(one, model)} = \sum_{{{lower}}} {given}\,P({lower})",
            groups=Listed((model[p].label for p in parents), "comma"),
        ),
        _line("workings.numbers", " + ".join(pieces)),
    ]


def _imagined(model: Model, term: Term, linear: bool) -> list[Line]:
    facts = {a.variable: str(a.value) for a in term.evidence if not a.world and a.relation == "="}
    plain = len(facts) == len(term.evidence) and not term.action
    if linear and plain:
        return _replayed(model, term, facts)
    if linear:
        return [
            _line("workings.abduction_as_equations"),
            _line("workings.action"),
            _line("workings.prediction_by_equations"),
        ]
    one = _one_state(model, in_brackets(term))
    if one is None or not one.evidence:
        return [_line("workings.same_chance")]
    both, known = _both_and_known(one)
    return [
        _line("workings.abduction", Sentence("workings.p_of_facts", facts=_value(model, known))),
        _line("workings.action_in_world"),
        _line(
            "workings.prediction",
            Sentence(
                "workings.share_of_facts",
                asked=latex(both, model),
                both=_value(model, both),
                facts=_value(model, known),
            ),
        ),
    ]


# -- linear -----------------------------------------------------------------------------------------------------------


def _straight_line(model: Model, term: Term) -> list[Line]:
    """The mean as a straight line in every value put in: its slopes are differences of the engine's own answers."""
    if len(term.event) != 1 or term.event[0].relation is not None:
        return [_line("workings.area")]
    moves = [(s.variable, s.value) for s in term.action] + [(a.variable, a.value) for a in term.evidence]
    pieces, at = [], float(_mean(model, term))
    constant = at
    for name, value in moves:
        told = float(value or 0.0)
        try:
            slope = _mean(model, put(term, name, told + 1.0)) - at
        except CausalError:
            return []  # the facts determine one another: none of them can move alone
        constant -= slope * told
        pieces.append(rf"{_number(slope)} \times {_number(told)}")
    if not pieces:
        return []
    target = escape(term.event[0].variable)
    return [
        _line(
            "workings.straight_line",
            rf"E({target}) = {_number(constant)} + " + " + ".join(pieces) + f" = {_number(at)}",
        )
    ]


def _mean(model: Model, term: Term) -> float:
    return ask(model, replace(term, kind="E")).value or 0.0


def _replayed(model: Model, term: Term, facts: Mapping[str, str]) -> list[Line]:
    """Abduction, action and prediction, equation by equation."""
    world = term.event[0].world
    held = {s.variable: s for s in world}
    if len(term.event) != 1 or any(s.value is None for s in world):
        return []
    lines = [_line("workings.abduction_as_rest")]
    chance = {c.name: c for c in abduce(model, {k: float(v) for k, v in facts.items()}).rows}
    target = term.event[0].variable
    needed = {target, *ancestors(model, target)}
    order = [
        n for n in model.causal_order if n in needed and model.kind(n).solver == "linear" and not model[n].exogenous
    ]
    for name in order:
        if model[name].parents and name not in held:
            lines.append(Line(None, rf"u_{{{escape(name)}}} = {_number(chance[name].mean or 0.0)}"))
    settings = ",\\ ".join(rf"{escape(s.variable)} = {_number(float(s.value or 0.0))}" for s in world)
    lines.append(_line("workings.action", settings))
    lines.append(_line("workings.prediction_as_rest"))
    for name in order:
        if name not in held and set(held) & set(ancestors(model, name)):
            lines.append(Line(None, _equation(model, term, name, world, chance[name].mean or 0.0)))
    return lines


def _equation(model: Model, term: Term, name: str, world: Sequence[Setting], noise: float) -> str:
    mechanism = model.line(name)
    held = {s.variable: float(s.value or 0.0) for s in world}
    pieces = [_number(mechanism.intercept)] if mechanism.intercept else []
    for parent, coefficient in zip(model[name].parents, mechanism.coefficients, strict=True):
        value = held.get(parent)
        if value is None:
            value = _mean(model, replace(term, event=(Atom(parent, tuple(world)),)))
        pieces.append(rf"{_number(coefficient)} \times {_number(value)}")
    result = _mean(model, replace(term, event=(Atom(name, tuple(world)),)))
    return rf"{escape(name)} = {' + '.join([*pieces, _number(noise)])} = {_number(result)}"


# -- numbers ----------------------------------------------------------------------------------------------------------


def _value(model: Model, term: Term) -> str:
    return _number(ask(model, term).value or 0.0)


def _number(value: float) -> str:
    """A number for a formula: short, exact enough to follow, negative ones in parentheses."""
    text = f"{value:.6g}"
    if "e" in text:
        digits, power = text.split("e")
        text = rf"{digits} \times 10^{{{int(power)}}}"
    return f"({text})" if value < 0 else text


def _result(model: Model, query: Query, answer: Answer) -> Line:
    asked = latex(query, model)
    if answer.interval is not None:
        low, high = answer.interval
        return _line("workings.so_interval", rf"{_number(low)} \le {asked} \le {_number(high)}")
    if answer.mean is not None:
        mean, sd = _number(answer.mean), _number(answer.sd or 0.0)
        return _line("workings.so_mean_and_sd", Sentence("workings.mean_and_sd", asked=asked, mean=mean, sd=sd))
    if answer.distribution is not None:
        shares = [
            rf"{escape(s)}: [{_number(p[0])}, {_number(p[1])}]"
            if isinstance(p, tuple)
            else rf"{escape(s)}: {_number(p)}"
            for s, p in answer.distribution.items()
        ]
        return _line("workings.so", rf"{asked}:\quad " + r",\quad ".join(shares))
    return _line("workings.so", f"{asked} = {_number(answer.value or 0.0)}")
