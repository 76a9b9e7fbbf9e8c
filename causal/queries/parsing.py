"""Reading a question: text to ``Query``, by recursive descent without a separate scanner.

    query     = sum                                       with at least one term in it
    sum       = product { ("+" | "-") product }
    product   = signed { ("*" | "/") signed }
    signed    = { "-" } ( number | "(" sum ")" | term )
    term      = ("P" | "E") "(" atom { "," atom } [ "|" condition { "," condition } ] ")"
    condition = atom | "do" "(" setting { "," setting } ")"
    atom      = name [ "[" setting { "," setting } "]" ] [ relation state ]
    setting   = name "=" ( state | name "[" setting { "," setting } "]" )
    relation  = "=" | "<" | "<=" | ">" | ">="

No scanner, because the same characters mean different things in different places: after a relation ``a-b`` is one
state, between terms ``-`` is a minus; and P, E and do are legal names of variables. What takes the model (known names,
known states) is in ``causal.queries.checking``.

>>> parse("P(Y[X=0]=1 | X=1)").evidence
(Atom(variable='X', world=(), relation='=', value='1'),)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal, NoReturn

from causal.errors import CausalError, TooLarge
from causal.models.model import Model
from causal.queries.checking import Mention, check, shown, wrong
from causal.queries.query import Atom, Number, Operation, Query, Relation, Setting, Term, World, as_number, rung
from causal.words.numbers import Whole
from causal.words.sentence import Sentence

MOST_CHARACTERS = 20_000
MOST_NESTINGS = 50

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SPACE = re.compile(r"\s*")
_RELATIONS: tuple[Relation, ...] = ("<=", ">=", "=", "<", ">")


def parse(text: str, model: Model | None = None) -> Query:
    """Read a query; with a model, names and states must be the model's own.

    Raises BadQuery (with the position, what was found and what was expected there) and TooLarge.
    """
    reader = _Reader(text)
    query = reader.query()
    if model is not None:
        check(reader.mentions, model)
    return query


def form_rung(text: str) -> int | None:
    """The rung read off a query's form, whatever the model; None if the query cannot be read."""
    try:
        return rung(parse(text))
    except CausalError:
        return None


def plain_state(text: str) -> bool:
    """Whether a state may stand without quotes."""
    return bool(text) and all(c.isalnum() or c in "_.-+" for c in text)


def _in_state(c: str) -> bool:
    # Vowel signs and accents that stand as characters of their own belong to the letters before them.
    return c.isalnum() or c in "_.-+" or unicodedata.category(c)[0] == "M"


def _in_name(c: str) -> bool:
    return ("a" + c).isidentifier()


class _Reader:
    """The text, how far it was read, and what was met on the way."""

    def __init__(self, text: str) -> None:
        if len(text) > MOST_CHARACTERS:
            raise TooLarge("errors.queries.too_long", found=Whole(len(text)), most=Whole(MOST_CHARACTERS))
        self.text = text
        self.at = 0
        self.nestings = 0
        self.terms = 0
        self.arithmetic = False
        self.distribution_at: int | None = None
        self.mentions: list[Mention] = []

    def next(self) -> str:
        """Step over spaces; the character that stands here, "" at the end."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def accept(self, symbol: str) -> bool:
        """Step over a symbol if it is next."""
        if self.next() != symbol:
            return False
        self.at += 1
        return True

    def run(self, belongs: Callable[[str], bool]) -> str:
        """Step over as many characters as belong together."""
        self.next()
        start = self.at
        while self.at < len(self.text) and belongs(self.text[self.at]):
            self.at += 1
        return self.text[start : self.at]

    def fail(self, expected: str, /, **values: object) -> NoReturn:
        """Nothing that may stand here does; ``expected`` is the key of what may."""
        what = Sentence(expected, **values)
        if not (c := self.next()):
            raise wrong(self.at, "errors.queries.end", expected=what)
        start = self.at
        raise wrong(start, "errors.queries.found", found=shown(self.run(_in_state) or c), expected=what)

    def open(self, symbol: str, expected: str, /, **values: object) -> None:
        """Step over an opening parenthesis or bracket."""
        if not self.accept(symbol):
            self.fail(expected, **values)
        self.nestings += 1
        if self.nestings > MOST_NESTINGS:
            raise TooLarge("errors.queries.too_deep", at=self.at, most=MOST_NESTINGS)

    def close(self, symbol: str, expected: str, /, **values: object) -> None:
        """Step over a closing parenthesis or bracket."""
        if not self.accept(symbol):
            self.fail(expected, **values)
        self.nestings -= 1

    # Arithmetic

    def query(self) -> Query:
        """The whole text."""
        query = self.sum()
        if self.next():
            self.fail("errors.queries.operator_or_end")
        if not self.terms:
            raise wrong(0, "errors.queries.nothing_asked", "nothing-asked")
        if self.arithmetic and self.distribution_at is not None:
            raise wrong(self.distribution_at, "errors.queries.distribution", "distribution")
        return query

    def sum(self) -> Query:
        """Products, added and subtracted from left to right."""
        left = self.product()
        while self.next() in ("+", "-"):
            left = Operation("+" if self.operator() == "+" else "-", left, self.product())
        return left

    def product(self) -> Query:
        """Signed factors, multiplied and divided from left to right."""
        left = self.signed()
        while self.next() in ("*", "/"):
            left = Operation("*" if self.operator() == "*" else "/", left, self.signed())
        return left

    def operator(self) -> str:
        """Step over an operator, and remember that there was one: a distribution takes no part in arithmetic."""
        self.arithmetic = True
        self.at += 1
        return self.text[self.at - 1]

    def signed(self) -> Query:
        """A factor behind any number of minus signs, two of which cancel."""
        minus = False
        while self.next() == "-":
            self.operator()
            minus = not minus
        factor = self.factor()
        return Operation("-", Number(0.0), factor) if minus else factor

    def factor(self) -> Query:
        """A number, a parenthesis or a term."""
        expected = "errors.queries.a_factor"
        if self.next() == "(":
            self.open("(", expected)
            inner = self.sum()
            self.close(")", "errors.queries.operator_or_close")
            return inner
        start = self.at
        if digits := _NUMBER.match(self.text, start):
            number = as_number(digits[0])
            if number is None:
                raise wrong(start, "errors.queries.large_number", "number", found=shown(digits[0]))
            self.at = digits.end()
            return Number(number)
        kind = self.run(_in_name)
        if kind == "P":
            return self.term("P", start)
        if kind == "E":
            return self.term("E", start)
        self.at = start
        return self.fail(expected)

    # Terms

    def term(self, kind: Literal["P", "E"], start: int) -> Term:
        """The rest of P(...) or E(...)."""
        self.open("(", "errors.queries.open_after", kind=kind)
        event = self.event("event" if kind == "P" else "mean")
        conditional = self.accept("|")
        evidence, action = self.conditions(any(atom.world for atom in event)) if conditional else ((), ())
        if conditional:
            self.close(")", "errors.queries.comma_or_close", close=")")
        else:
            self.close(")", _after(event[-1]))
        if kind == "P" and event[0].relation is None and self.distribution_at is None:
            self.distribution_at = start
        self.terms += 1
        return Term(kind, event, evidence, action)

    def event(self, role: Literal["event", "mean"]) -> tuple[Atom, ...]:
        """What is asked: a distribution or a mean of one variable alone, or variables that all have a value."""
        event: list[Atom] = []
        bare: Mention | None = None
        while not event or self.accept(","):
            event.append(self.atom(role))
            mention = self.mentions[-1]
            if role == "mean" and event[-1].relation:
                raise wrong(mention.value_at, "errors.queries.value_in_mean", "mean")
            if role == "mean" and len(event) > 1:
                raise wrong(mention.at, "errors.queries.two_in_mean", "mean")
            bare = bare if event[-1].relation else bare or mention
            if bare and len(event) > 1:
                raise wrong(bare.at, "errors.queries.without_value", "distribution", name=bare.part.variable)
        return tuple(event)

    def atom(self, role: Literal["event", "mean", "evidence"]) -> Atom:
        """A variable, perhaps in a hypothetical world, and what is said of it."""
        self.next()
        start = self.at
        if role != "evidence" and self.do_is_next():
            raise wrong(start, "errors.queries.do_left_of_bar", "do-left-of-bar")
        name = self.name()
        world = self.settings("[", "]") if self.next() == "[" else ()
        self.next()
        relation = next((r for r in _RELATIONS if self.text.startswith(r, self.at)), None)
        self.at += len(relation or "")
        self.next()
        value_at = self.at
        atom = Atom(name, world, relation, self.state() if relation else None)
        asked = role == "event" and relation is None
        self.mentions.append(Mention("asked" if asked else role, atom, start, value_at, self.terms))
        return atom

    def conditions(self, brackets: bool) -> tuple[tuple[Atom, ...], World]:
        """What stands right of the bar: evidence, and at most one do()."""
        evidence: list[Atom] = []
        action: World = ()
        while True:
            self.next()
            start = self.at
            if self.do_is_next():
                if action:
                    raise wrong(start, "errors.queries.do_twice", "do-twice")
                self.at += len("do")
                action = self.settings("(", ")")
            else:
                evidence.append(self.atom("evidence"))
                if evidence[-1].relation is None:
                    world = evidence[-1].world
                    self.fail("errors.queries.given_value" if world else "errors.queries.given_world_or_value")
                brackets = brackets or bool(evidence[-1].world)
            if action and brackets:
                raise wrong(start, "errors.queries.do_beside_brackets", "do-beside-brackets")
            if not self.accept(","):
                return tuple(evidence), action

    def do_is_next(self) -> bool:
        """Whether do( stands here; do alone is a name like any other."""
        if not self.text.startswith("do", self.at):
            return False
        space = _SPACE.match(self.text, self.at + len("do"))
        return space is not None and self.text.startswith("(", space.end())

    def settings(self, opening: str, closing: str) -> World:
        """What an action holds: [X=1, M=M[X=0]] or (X=1, Z=0), each variable once."""
        self.open(opening, "errors.queries.symbol", symbol=opening)
        world: dict[str, Setting] = {}
        while True:
            self.next()
            start = self.at
            setting = self.setting(in_do=opening == "(")
            if world.setdefault(setting.variable, setting) is not setting:
                raise wrong(start, "errors.queries.set_twice", "set-twice", name=setting.variable)
            if not self.accept(","):
                self.close(closing, "errors.queries.comma_or_close", close=closing)
                return tuple(world.values())

    def setting(self, in_do: bool) -> Setting:
        """X=1, or M=M[...]: M at the value that it has in another world."""
        start = self.at
        name = self.name()
        if not self.accept("="):
            self.fail("errors.queries.a_setting")
        self.next()
        value_at = self.at
        same = unicodedata.normalize("NFC", self.run(_in_name)) == name
        if same and self.next() == "[":
            if in_do:
                raise wrong(self.at, "errors.queries.brackets_in_do", "do-beside-brackets")
            setting = Setting(name, None, self.settings("[", "]"))
        else:
            self.at = value_at
            setting = Setting(name, self.state())
            if self.next() == "[":
                found = shown(setting.value or "")
                raise wrong(value_at, "errors.queries.not_own_value", "not-own-value", found=found, name=name)
        self.mentions.append(Mention("set", setting, start, value_at, self.terms))
        return setting

    def name(self) -> str:
        """A variable's name, in composed form (NFC) as in models."""
        expected = "errors.queries.a_name"
        if not self.next():
            self.fail(expected)
        start = self.at
        name = unicodedata.normalize("NFC", self.run(_in_name))
        if not name.isidentifier():
            self.at = start
            self.fail(expected)
        return name

    def state(self) -> str:
        """A state: letters, digits, _ . - and +, or anything in double quotes."""
        if self.next() == '"':
            return self.quoted()
        state = self.run(_in_state)
        if not state:
            self.fail("errors.queries.a_state")
        return state

    def quoted(self) -> str:
        """A state in double quotes."""
        start = self.at
        self.at += 1
        pieces: list[str] = []
        while (c := self.text[self.at : self.at + 1]) != '"':
            if not c:
                raise wrong(start, "errors.queries.open_quote")
            if c == "\\":
                self.at += 1
                c = self.text[self.at : self.at + 1]
                if c not in ('"', "\\"):
                    raise wrong(self.at - 1, "errors.queries.backslash", found=shown("\\" + c))
            pieces.append(c)
            self.at += 1
        self.at += 1
        if not pieces:
            raise wrong(start, "errors.queries.empty_state")
        return "".join(pieces)


def _after(atom: Atom) -> str:
    if atom.relation:
        return "errors.queries.after_value"
    return "errors.queries.after_world" if atom.world else "errors.queries.after_name"
