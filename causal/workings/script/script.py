"""Take it with you: a question as a Python script on plain pgmpy, numpy and scipy that prints the same answer.

A script writes out the network of worlds (``causal.workings.script.discrete_part``) or the linear equations
(``causal.workings.script.linear_part``) that a question needs, asks pgmpy or numpy for every term, and does the
arithmetic. Its last line is for programs: "answer: " and a number, two ends of an interval, "mean m sd s", or a
dictionary of states.

Names, states and numbers come from files and links: what is code is written with ``repr``, what is a comment has no
character that could end it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from string import Formatter

from causal.answers.engine import ask
from causal.answers.terms import only
from causal.errors import BadQuery, TooLarge
from causal.models.model import Model
from causal.queries.printing import text
from causal.queries.query import Number, Query, Term, fold, rung, terms
from causal.queries.reading import read
from causal.rungs.intervention import in_brackets
from causal.words.catalogue import open_sentence, say
from causal.workings.script.discrete_part import NetworkScript
from causal.workings.script.linear_part import LinearScript

MOST_TERMS = 40
MOST_LEAVES = 400
LONGEST = 200_000
"""Beyond so many different terms, terms and numbers in all, or characters, nobody would read the script."""

FIRST = ("scripts.first", "scripts.last_line")

STEPS = {
    1: ("scripts.seeing",),
    2: ("scripts.doing",),
    3: ("scripts.abduction", "scripts.action", "scripts.prediction"),
}


def script(model: Model, question: str | Query) -> str:
    """A standalone script that prints the answer to a question.

    Raises CausalError where ``ask`` does; TooLarge or BadQuery also where a short script cannot give the answer.
    """
    query = read(question, model)
    ask(model, query)
    asked = list(dict.fromkeys(terms(query)))
    if len(asked) > MOST_TERMS or fold(query, lambda leaf: 1, lambda _, left, right: left + right) > MOST_LEAVES:
        raise TooLarge("errors.scripts.terms")
    parts = [(term, in_brackets(term)) for term in asked]
    networks = NetworkScript(model, [(term, only(model, part, "network")) for term, part in parts])
    equations = LinearScript(model, [(term, only(model, part, "linear")) for term, part in parts])
    lines = ["import warnings", "", *_sorted([*networks.imports(), *equations.imports()])]
    lines += ["", f"QUESTION = {shown(text(query))!r}", "", *networks.shared(), *equations.shared()]
    for number, term in enumerate(asked, 1):
        lines += ["", f"# {shown(text(term))}", *(f"# {say(step)}" for step in STEPS[rung(term)])]
        lines += _asked(term, number, networks, equations)
    lines += ["", *_answer(query, asked, networks, equations)]
    first = "".join(f"# {say(line)}\n" for line in FIRST)
    whole = first + re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)) + "\n"
    if len(whole) > LONGEST:
        raise TooLarge("errors.scripts.too_long")
    return whole


def shown(written: str) -> str:
    """Any text on one line: a character that cannot be printed is written as Python would escape it."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in written)


def _sorted(imports: list[str]) -> list[str]:
    """The standard library first, then the rest; pgmpy announces changes when it is imported, which are not ours."""
    ours = sorted({line for line in imports if "from itertools" in line or "from math" in line})
    theirs = sorted({line for line in imports if line not in ours}, key=lambda line: (line.startswith("from"), line))
    return [*ours, *([""] if ours else []), 'warnings.simplefilter("ignore")', "", *theirs]


def _asked(term: Term, number: int, networks: NetworkScript, equations: LinearScript) -> list[str]:
    """The lines that answer one term; discrete and continuous parts are independent of each other."""
    if term not in equations.asked:
        return networks.ask(term, number)
    if term not in networks.asked:
        return equations.ask(term, number, f"answer_{number}")
    share, whole = f"share_{number}", f"{'top' if term in networks.open else 'answer'}_{number}"
    return [*networks.ask(term, number), *equations.ask(term, number, share), f"{whole} = {whole} * {share}"]


def _answer(query: Query, asked: list[Term], networks: NetworkScript, equations: LinearScript) -> list[str]:
    """The last lines: the arithmetic between terms, and the answer."""
    if isinstance(query, Term) and query.kind == "P" and query.event[0].relation is None:
        if query in equations.asked:
            return [
                "mean, sd = answer_1",
                _printed("scripts.has_mean", question="QUESTION", mean="mean", sd="sd"),
                'print("answer: mean", mean, "sd", sd)',
            ]
        answer = networks.distribution(query, 1) if query in networks.open else ["answer = answer_1"]
        return [*answer, *_PRINTED]
    pieces = {term: _piece(term, number, networks) for number, term in enumerate(asked, 1)}
    whole = fold(query, lambda leaf: _Piece(repr(leaf.value)) if isinstance(leaf, Number) else pieces[leaf], _joined)
    if not networks.open:
        return [f"answer = {whole.top}", *_PRINTED]
    lines = [f"low, high = ends({whole.top}, {whole.bottom})"]
    if isinstance(query, Term) and query.kind == "P":
        lines.append("low, high = max(low, 0.0), min(high, 1.0)")
    return [
        *lines,
        "answer = told(low, high)",
        "if isinstance(answer, list):",
        "    " + _printed("scripts.lies_between", question="QUESTION", low="answer[0]", high="answer[1]"),
        '    print("answer:", *answer)',
        "else:",
        *(f"    {line}" for line in _PRINTED),
    ]


_PRINTED = ['print(QUESTION, "=", answer)', 'print("answer:", answer)']


def _printed(key: str, /, **code: str) -> str:
    """The line that prints a sentence: its words as texts, and in its slots what this code gives."""
    pieces = []
    for words, slot, _, _ in Formatter().parse(open_sentence(key)):
        pieces += [f'"{words.strip()}"'] if words.strip() else []
        pieces += [code[slot]] if slot else []
    return f"print({', '.join(pieces)})"


@dataclass(frozen=True, slots=True)
class _Piece:
    """An expression as code, top / bottom; ``open`` where it depends on a coupling, ``level`` how tightly it binds."""

    top: str
    bottom: str = "1.0"
    open: bool = False
    level: int = 3


def _piece(term: Term, number: int, networks: NetworkScript) -> _Piece:
    if term not in networks.open:
        return _Piece(f"answer_{number}")
    if networks.asked[term].settled:
        return _Piece(f"top_{number} / bottom_{number}", open=True, level=2)
    return _Piece(f"top_{number}", f"bottom_{networks.asked[term].likewise}", open=True)


def _joined(operator: str, left: _Piece, right: _Piece) -> _Piece:
    """Arithmetic between two pieces, as one ratio that a linear program can take.

    Response functions' weights sum to 1, so a number may be added to an array over them, and multiply one.
    """
    if left.bottom == right.bottom == "1.0" and (operator in "+-" or (not right.open and operator == "/")):
        return _written(operator, left, right)
    if operator == "*" and not (left.open and right.open):
        one, other = (left, right) if left.open else (right, left)
        return replace(_written("*", replace(one, bottom="1.0"), other), bottom=one.bottom)
    if operator in "+-":
        for number, ratio in ((left, right), (right, left)):
            if not number.open:
                spread = _written("*", number, _Piece(ratio.bottom))
                pair = (spread, ratio) if number is left else (ratio, spread)
                return replace(_written(operator, *pair), bottom=ratio.bottom, open=True)
        if left.bottom == right.bottom:
            return replace(_written(operator, left, right), bottom=left.bottom)
    if operator == "/":
        if not right.open:
            return replace(_written("/", left, right), bottom=left.bottom)
        if left.bottom == right.bottom:
            return _Piece(left.top, _closed(right), open=True, level=left.level)
        if not left.open:
            spread = _written("*", left, _Piece(right.bottom))
            return _Piece(spread.top, _closed(right), open=True, level=2)
    raise BadQuery("errors.scripts.arithmetic", "script")


def _closed(piece: _Piece) -> str:
    return piece.top if piece.level == 3 else f"({piece.top})"


def _written(operator: str, left: _Piece, right: _Piece) -> _Piece:
    level = 1 if operator in "+-" else 2
    one = left.top if left.level >= level else f"({left.top})"
    two = right.top if right.level > level else f"({right.top})"
    return _Piece(f"{one} {operator} {two}", open=left.open or right.open, level=level)
