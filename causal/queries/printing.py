r"""Writing a question down again: as the text it can be read from, and as LaTeX.

    Y[X=0]=1        Y_{X=0}=1                 the potential response of Y to X = 0
    do(X=1)         \mathrm{do}(X{=}1)
    M=M[X=0]        M=M_{X=0}                 M held at the value it has when X = 0

``parse(text(query)) == query`` for every query that parse has read. Names and states come from files and links, so in
LaTeX no character of theirs keeps a meaning of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from causal.models.model import Model
from causal.queries.parsing import plain_state
from causal.queries.query import Atom, Number, Operation, Query, Term, World, as_number, as_text

_SUM, _PRODUCT, _SIGNED, _FACTOR = range(4)
_RELATIONS = {"=": "=", "<": "<", "<=": r"\le ", ">": ">", ">=": r"\ge "}
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    # Not \$: Markdown ends a formula at any dollar sign, whatever stands before it.
    "$": r"\textdollar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
}


def text(query: Query) -> str:
    """The query in the language that ``parse`` reads, states quoted only where they must be.

    >>> from causal.queries.parsing import parse
    >>> text(parse('P( Y [X = 0]="1" |Z="a b")'))
    'P(Y[X=0]=1 | Z="a b")'
    """
    return "".join(_arithmetic(query, _term, as_text, _plain_operation))


def latex(query: Query, model: Model | None = None) -> str:
    r"""The query in LaTeX, for one line of mathematics; with the model, long numbers are grouped in threes.

    >>> from causal.queries.parsing import parse
    >>> latex(parse("P(Y=1 | do(X=1))"))
    'P(Y=1 \\mid \\mathrm{do}(X{=}1))'
    """
    return "".join(_arithmetic(query, lambda term: latex_term(term, model), _latex_number, _latex_operation))


def latex_term(term: Term, model: Model | None = None, more: str = "") -> str:
    """A term in LaTeX; ``more`` is what is given besides, in LaTeX already."""

    def state(variable: str, value: str) -> str:
        number = as_number(value) if model is not None and variable in model.real_valued else None
        if number is not None and abs(number) >= 10_000 and (grouped := f"{number:,.12g}").count("e") == 0:
            return grouped.replace(",", "{,}")
        return value if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) else rf"\text{{{escape(value)}}}"

    def world(held: World, equals: str) -> str:
        return r",\,".join(
            _latex_name(s.variable)
            + equals
            + (
                state(s.variable, s.value)
                if s.value is not None
                else f"{_latex_name(s.variable)}_{{{world(s.nested, '=')}}}"
            )
            for s in held
        )

    def atom(a: Atom) -> str:
        response = _latex_name(a.variable) + (f"_{{{world(a.world, '=')}}}" if a.world else "")
        return response if a.relation is None else response + _RELATIONS[a.relation] + state(a.variable, a.value or "")

    done = [rf"\mathrm{{do}}({world(term.action, '{=}')})"] if term.action else []
    given = r",\,".join([*done, *map(atom, term.evidence)])
    given = ", ".join(filter(None, (given, more)))
    event = r",\,".join(map(atom, term.event))
    return f"{term.kind}({event}" + (rf" \mid {given}" if given else "") + ")"


def escape(text: str) -> str:
    """Any text as LaTeX text: every character that LaTeX or Markdown would act on is written by name."""
    return "".join(_ESCAPES.get(c) or ("\N{REPLACEMENT CHARACTER}" if _invisible(c) else c) for c in text)


def _invisible(c: str) -> bool:
    # Line ends would end the formula; half a surrogate pair cannot be sent to a browser at all.
    return unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")


def _term(term: Term) -> str:
    done = [action_text(term.action)] if term.action else []
    given = [*done, *map(atom_text, term.evidence)]
    return f"{term.kind}({', '.join(map(atom_text, term.event))}{' | ' if given else ''}{', '.join(given)})"


def action_text(action: World) -> str:
    """An action in the language that ``parse`` reads: do(X=1)."""
    return f"do({_world(action)})"


def atom_text(atom: Atom) -> str:
    """What is said of one potential response in the language that ``parse`` reads: Y[X=0]=1."""
    response = atom.variable + (f"[{_world(atom.world)}]" if atom.world else "")
    if atom.relation is None or atom.value is None:
        return response
    relation = "=" if atom.relation == "=" else f" {atom.relation} "
    return response + relation + _state(atom.value)


def _world(world: World) -> str:
    return ", ".join(
        f"{s.variable}={_state(s.value) if s.value is not None else f'{s.variable}[{_world(s.nested)}]'}" for s in world
    )


def _state(state: str) -> str:
    if plain_state(state):
        return state
    escaped = state.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# Arithmetic. A piece is text already, or an expression that may bind no looser than a level (else it gets parentheses).
_Piece = str | tuple[Query, int]


def _arithmetic(
    query: Query,
    term: Callable[[Term], str],
    number: Callable[[float], str],
    operation: Callable[[Operation, int], Iterable[_Piece]],
) -> list[str]:
    """The pieces of an expression's text, without recursion: a sum of thousands of terms is thousands deep."""
    pieces: list[str] = []
    waiting: list[_Piece] = [(query, _SUM)]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            pieces.append(piece)
        elif isinstance(piece[0], Operation):
            waiting += reversed(list(operation(piece[0], piece[1])))
        else:
            pieces.append(term(piece[0]) if isinstance(piece[0], Term) else number(piece[0].value))
    return pieces


def _is_minus(operation: Operation) -> bool:
    return operation.operator == "-" and operation.left == Number(0.0)


def _plain_operation(operation: Operation, level: int) -> Iterable[_Piece]:
    return _binary(operation, level, "(", ")", f" {operation.operator} ")


def _latex_operation(operation: Operation, level: int) -> Iterable[_Piece]:
    if operation.operator == "/":
        return (r"\frac{", (operation.left, _SUM), "}{", (operation.right, _SUM), "}")
    sign = r" \cdot " if operation.operator == "*" else f" {operation.operator} "
    return _binary(operation, level, r"\left(", r"\right)", sign)


def _binary(operation: Operation, level: int, opening: str, closing: str, sign: str) -> Iterable[_Piece]:
    if _is_minus(operation):
        own = _SIGNED
        pieces: list[_Piece] = ["-", (operation.right, _FACTOR)]
    else:
        own = _SUM if operation.operator in ("+", "-") else _PRODUCT
        pieces = [(operation.left, own), sign, (operation.right, own + 1)]
    return pieces if own >= level else [opening, *pieces, closing]


def _latex_name(name: str) -> str:
    if len(name) == 1 and name.isascii() and name.isalpha():
        return name
    return rf"\textit{{{escape(name)}}}"


def _latex_number(value: float) -> str:
    mantissa, _, exponent = as_text(value).partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa
