"""Reading queries: what is legal, what is not and where it says so, and that no text at all does anything worse."""

import re
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import discrete_models, expressions, linear_models, questions, theorem

import causal
import causal.queries.parsing
import causal.queries.query
from causal.errors import BadQuery, CausalError, TooLarge
from causal.files.shelf import from_dict
from causal.queries.parsing import MOST_CHARACTERS, MOST_NESTINGS, form_rung, parse
from causal.queries.query import Atom, Number, Operation, Setting, Term, as_number, fold, rung, terms

Y1 = Atom("Y", (), "=", "1")
X0 = Setting("X", "0")

MODEL = from_dict(
    {
        "format": 1,
        "exogenous": {"U": {"states": ["a", "b"], "p": [0.5, 0.5]}},
        "variables": {
            "X": {"states": ["0", "1"], "p": [0.5, 0.5]},
            "Mood": {"states": ["ill", "well"], "parents": ["X"], "cpt": [[0.5, 0.5], [0.2, 0.8]]},
            "Y": {"states": ["0", "1"], "parents": ["X", "U"], "function": ["0", "1", "1", "0"]},
            "Radio": {"linear": {"intercept": 0, "coefficients": {}, "sd": 1}},
            "TikTok": {"linear": {"intercept": 0, "coefficients": {}, "sd": 1}},
            "Sales": {"parents": ["Radio"], "linear": {"intercept": 0, "coefficients": {"Radio": 2}, "sd": 1}},
        },
    },
    "model",
)
GRAPH = from_dict({"format": 1, "variables": {"X": {}, "Y": {"parents": ["X"]}, "Z": {"states": ["0", "1"]}}}, "graph")


LEGAL = {
    "P(Y=1)": (1, Term("P", (Y1,))),
    "P(Y)": (1, Term("P", (Atom("Y"),))),
    "P(Y=1, Z=f | X=1)": (1, Term("P", (Y1, Atom("Z", (), "=", "f")), (Atom("X", (), "=", "1"),))),
    "P(Y=1 | do(X=0))": (2, Term("P", (Y1,), (), (X0,))),
    "P(Y=1 | do(X=0), Z=f)": (2, Term("P", (Y1,), (Atom("Z", (), "=", "f"),), (X0,))),
    "P(Y=1 | Z=f, do(X=0))": (2, Term("P", (Y1,), (Atom("Z", (), "=", "f"),), (X0,))),
    "P(Y[X=0]=1 | Y=1)": (3, Term("P", (Atom("Y", (X0,), "=", "1"),), (Y1,))),
    "P(Y=1 | Y[X=0]=1)": (3, Term("P", (Y1,), (Atom("Y", (X0,), "=", "1"),))),
    "P(Y[X=1, M=M[X=0]]=1)": (
        3,
        Term("P", (Atom("Y", (Setting("X", "1"), Setting("M", None, (X0,))), "=", "1"),)),
    ),
    "E(Y[X=0])": (3, Term("E", (Atom("Y", (X0,)),))),
    "P(Y >= 0.5)": (1, Term("P", (Atom("Y", (), ">=", "0.5"),))),
    "P(P=1 | do=1)": (1, Term("P", (Atom("P", (), "=", "1"),), (Atom("do", (), "=", "1"),))),
    "P(do=1 | do(E=1))": (2, Term("P", (Atom("do", (), "=", "1"),), (), (Setting("E", "1"),))),
    "E(E)": (1, Term("E", (Atom("E"),))),
    "P(X=-1)": (1, Term("P", (Atom("X", (), "=", "-1"),))),
    "P(Y=a-b)": (1, Term("P", (Atom("Y", (), "=", "a-b"),))),
    'P(Y="a \\"b\\" \\\\ ]")': (1, Term("P", (Atom("Y", (), "=", 'a "b" \\ ]'),))),
    "P(Y[M=M]=1)": (3, Term("P", (Atom("Y", (Setting("M", "M"),), "=", "1"),))),
    " \n( P(Y = 1) ) ": (1, Term("P", (Y1,))),
    "-P(Y=1)": (1, Operation("-", Number(0.0), Term("P", (Y1,)))),
    "--P(Y=1)": (1, Term("P", (Y1,))),
    "P(Y=1)-P(Y=1)": (1, Operation("-", Term("P", (Y1,)), Term("P", (Y1,)))),
    "1-2*.5e1/P(Y=1)": (
        1,
        Operation("-", Number(1.0), Operation("/", Operation("*", Number(2.0), Number(5.0)), Term("P", (Y1,)))),
    ),
    "(P(Y))": (1, Term("P", (Atom("Y"),))),
}


@pytest.mark.parametrize(("text", "expected"), LEGAL.items(), ids=LEGAL.keys())
def test_a_legal_query_is_read(text, expected):
    assert (rung(parse(text)), parse(text)) == expected
    assert form_rung(text) == expected[0]


ILLEGAL = [
    ("", 0, "syntax", "P(...)"),
    ("P", 1, "syntax", "( after P"),
    ("Q(Y=1)", 0, "syntax", "P(...)"),
    ("P()", 2, "syntax", "name of a variable"),
    ("P(1=1)", 2, "syntax", "name of a variable"),
    ("P(Y=1", 5, "syntax", "a comma, | or )"),
    ("P(Y=1))", 6, "syntax", "end of the query"),
    ("P(Y=1) P(Y=1)", 7, "syntax", "end of the query"),
    ("2P(Y=1)", 1, "syntax", "end of the query"),
    ("1_000 + P(Y=1)", 1, "syntax", "end of the query"),
    ("P(Y=)", 4, "syntax", "a state"),
    ("P(Y==1)", 4, "syntax", "a state"),
    ("P(Y=😀)", 4, "syntax", "double quotes"),
    ("P(Y=a b)", 6, "syntax", "a comma"),
    ('P(Y="a)', 4, "syntax", 'closing "'),
    ('P(Y="\\n")', 5, "syntax", "backslash"),
    ('P(Y="")', 4, "syntax", "at least one character"),
    ("P(Y=1 | )", 8, "syntax", "name of a variable"),
    ("P(Y=1 | X)", 9, "syntax", "a relation"),
    ("P(Y=1 | X=1 | Z=1)", 12, "syntax", "a comma or )"),
    ("P(Y=1 | do())", 11, "syntax", "name of a variable"),
    ("P(Y=1 | do(X))", 12, "syntax", "= and a state"),
    ("P(Y=1 | do(X>1))", 12, "syntax", "= and a state"),
    ("P(Y[X<1]=1)", 5, "syntax", "= and a state"),
    ("P(Y[]=1)", 4, "syntax", "name of a variable"),
    ("P(Y[M=M[]]=1)", 8, "syntax", "name of a variable"),
    ("P(do(X=1))", 2, "do-left-of-bar", "right of the bar"),
    ("P(Y=1 | do(X=1), do(Z=1))", 17, "do-twice", "one do"),
    ("P(Y[X=1]=1 | do(Z=1))", 13, "do-beside-brackets", "one of the two"),
    ("P(Y=1 | do(Z=1), Y[X=1]=1)", 17, "do-beside-brackets", "one of the two"),
    ("P(Y=1 | Y[X=1]=1, do(Z=1))", 18, "do-beside-brackets", "one of the two"),
    ("P(Y=1 | do(M=M[X=0]))", 14, "do-beside-brackets", "one of the two"),
    ("P(Y[X=1, X=1]=1)", 9, "set-twice", "once"),
    ("P(Y=1 | do(X=1, X=0))", 16, "set-twice", "once"),
    ("P(Y[M=N[X=1]]=1)", 6, "not-own-value", "M=M[...]"),
    ('P(Y[M="M"[X=1]]=1)', 6, "not-own-value", "M=M[...]"),
    ("P(Y, Z)", 2, "distribution", "Y="),
    ("P(Y=1, Z)", 7, "distribution", "Z="),
    ("1 - P(Y)", 4, "distribution", "a number"),
    ("-P(Y)", 1, "distribution", "a number"),
    ("E(Y=1)", 4, "mean", "alone"),
    ("E(Y, Z)", 5, "mean", "exactly one"),
    ("1 + 1", 0, "nothing-asked", "at least one"),
    ("1e999 * P(Y=1)", 0, "number", "not too large"),
]


@pytest.mark.parametrize(("text", "position", "kind", "expected"), ILLEGAL, ids=[case[0] for case in ILLEGAL])
def test_an_illegal_query_is_refused_at_its_place(text, position, kind, expected):
    with pytest.raises(BadQuery) as error:
        parse(text)
    assert (error.value.kind, error.value.position) == (f"bad-query/{kind}", position)
    assert error.value.message.startswith(f"at character {position + 1}: found ")
    assert expected in error.value.message.split(", expected ", 1)[1]
    assert form_rung(text) is None


MEANINGLESS = [
    ("P(Moood=ill)", 2, "unknown-variable", "did you mean Mood? Known are: U, X, Mood, Y"),
    ("P(Y[Z=1]=1)", 4, "unknown-variable", "known are: X, Mood"),
    ("P(Mood=wel)", 7, "unknown-state", "did you mean well? Known are: ill, well"),
    ("P(Y=1 | do(X=2))", 13, "unknown-state", "nown are: 0, 1"),
    ("P(Y=1.0)", 4, "unknown-state", "nown are: 0, 1"),
    ("P(Y=1 | do(U=a))", 11, "sets-exogenous", "known are: X, Mood"),
    ("P(Y[X=1, U=a]=1)", 9, "sets-exogenous", "that can be set"),
    ("E(Mood)", 2, "no-numbers", "words: known are: ill, well"),
    ("P(Mood > 1)", 2, "no-numbers", "words"),
    ("P(Y=1 | Mood > 1)", 8, "no-numbers", "words"),
    ("P(Y > a)", 6, "number", "decimal"),
    ("P(Sales > inf)", 10, "number", "decimal"),
    ("P(Sales > 1_000)", 10, "number", "decimal"),
    ("P(Sales > 1e999)", 10, "number", "finite"),
    ("P(Sales | Radio=nan)", 16, "number", "decimal"),
    ("P(Sales | do(Radio=٣))", 19, "number", "decimal"),
    ("P(Sales=3)", 2, "point-event", "Sales > "),
    ("P(Sales=3 | do(Sales=3))", 2, "point-event", "Sales > "),
    ("P(Sales[Radio=1]=3, Y=1)", 2, "point-event", "Sales > "),
    ("P(Y=1 | Sales > 3)", 16, "range-evidence", "Sales = a number"),
    ("P(Sales > 1, Radio > 1, TikTok > 1)", 24, "too-many-continuous", "at most two"),
    ("P(Sales > 1, Sales[Radio=1] > 1, Sales[Radio=2] > 1)", 33, "too-many-continuous", "at most two"),
]


@pytest.mark.parametrize(("text", "position", "kind", "expected"), MEANINGLESS, ids=[case[0] for case in MEANINGLESS])
def test_a_query_without_meaning_in_the_model_is_refused_at_its_place(text, position, kind, expected):
    with pytest.raises(BadQuery) as error:
        parse(text, MODEL)
    assert (error.value.kind, error.value.position) == (f"bad-query/{kind}", position)
    assert error.value.message.startswith(f"at character {position + 1}: found ")
    assert expected in error.value.message
    assert form_rung(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "P(U=a | Y=1)",
        "P(Y > 0.5 | X <= 0)",
        "E(Y | Mood=ill)",
        "P(Sales > 1, Sales < 2, Sales[Radio=1, TikTok=2] > 1, Sales[TikTok=2.0, Radio=1] < 5)",
        "P(Sales | Sales=-1.5e1, do(Radio=+2))",
        'P(Sales > 1 | Radio="2")',
        "P(Sales > 1, Radio > 1) + P(Sales > 1, TikTok > 1)",
        "P(X=0, X=1)",
    ],
)
def test_a_query_with_meaning_in_the_model_is_read(text):
    assert parse(text, MODEL) == parse(text)


@pytest.mark.parametrize("text", ["P(Y=anything | do(X=1))", "E(Y)", "P(X > 1)", "P(Z=1)"])
def test_a_graph_without_states_takes_any_state(text):
    assert parse(text, GRAPH)


@pytest.mark.parametrize("text", ["P(W=1)", "P(Z=2)", "P(Y[W=1]=1)"])
def test_a_graph_still_knows_its_names_and_states(text):
    with pytest.raises(BadQuery, match=" of "):
        parse(text, GRAPH)


def test_names_are_composed_and_states_are_not():
    decomposed = "Gro\N{COMBINING DIAERESIS}\N{LATIN SMALL LETTER SHARP S}e"
    (term,) = terms(parse(f"P({decomposed}={decomposed})"))
    assert isinstance(term, Term)
    assert (term.event[0].variable, term.event[0].value) == ("Größe", decomposed)


# Limits


@pytest.mark.parametrize(
    "text",
    [
        "P(Y=" + "1" * MOST_CHARACTERS + ")",
        "(" * MOST_NESTINGS + "P(Y=1)" + ")" * MOST_NESTINGS,
        "P(" + "Y[M=" * 1 + "M[M=" * MOST_NESTINGS + "1",
        "(" * 15_000,
        "P(Y=1 | " + "Y[Y=" + "Y[Y=" * 4_000,
    ],
    ids=["long", "parentheses", "brackets", "unclosed", "unclosed brackets"],
)
def test_what_is_too_large_is_refused(text):
    with pytest.raises(TooLarge):
        parse(text)
    assert form_rung(text) is None


def test_the_limits_themselves_are_allowed():
    assert parse("(" * (MOST_NESTINGS - 1) + "P(Y=1)" + ")" * (MOST_NESTINGS - 1)) == parse("P(Y=1)")
    deep = MOST_NESTINGS - 2
    assert rung(parse("P(Y[" + "M=M[" * deep + "X=1" + "]" * deep + "]=1)")) == 3
    assert parse("P(Y=1)".ljust(MOST_CHARACTERS))


LONG = {
    "a sum": "+".join(["P(Y=1)"] * 2857),
    "numbers": "1-" * 9_990 + "P(Y=1)",
    "minuses": "-" * 19_990 + "P(Y=1)",
    "an event": "P(" + ",".join(["Y=1"] * 4_990) + ")",
    "evidence": "P(Y=1 | " + ",".join(["Y=1"] * 4_990) + ")",
    "settings": "P(Y=1 | do(" + ",".join(f"X{i}=1" for i in range(2_400)) + "))",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_long_query_is_read_and_walked_without_recursion(text):
    query = parse(text)
    few = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        assert query == parse(text)
        assert hash(query) == hash(parse(text))
        assert query != parse(text.replace("Y=1", "Y=2"))
        assert len(repr(query)) > 100
        assert rung(query) == (2 if "do" in text else 1)
        assert fold(query, lambda leaf: 1, lambda _, left, right: left + right) >= len(list(terms(query)))
    finally:
        sys.setrecursionlimit(few)


# Whatever the text


PIECES = [
    "P(",
    "E(",
    "Y",
    "X",
    "=1",
    "=",
    "[X=0]",
    "[",
    "]",
    "do(",
    ")",
    "|",
    ",",
    " ",
    '"',
    "\\",
    "<",
    ">=",
    "-",
    "+",
    "*",
    "/",
    "2",
]


def read_or_refuse(text):
    try:
        query = parse(text, MODEL)
    except CausalError as error:
        assert re.match(r"bad-query/|too-large$", error.kind)
        assert len(error.message) < 1_000
        assert error.message.isprintable()
        position = getattr(error, "position", None)
        assert position is None or 0 <= position <= len(text)
    else:
        assert rung(query) in (1, 2, 3)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_pieces_of_the_language_give_a_query_or_an_error(text):
    read_or_refuse(text)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
@example("P(\ud800=1)")
@example("P(Y\0=1)")
@example('P(Mood="\ud83d")')
@example("P(Y=\N{ARABIC-INDIC DIGIT ONE})")
@example("P(\N{ZERO WIDTH JOINER}=1)")
@example("\N{ZERO WIDTH NO-BREAK SPACE}P(Y=1)")
def test_any_text_gives_a_query_or_an_error(text):
    read_or_refuse(text)
    read_or_refuse(f"P({text}=1)")
    read_or_refuse(f"P(Mood={text})")


@pytest.mark.prove
@settings(max_examples=50_000, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=40).map("".join))
def test_very_many_texts_give_a_query_or_an_error(text):
    read_or_refuse(text)


def with_expressions(models):
    return models.flatmap(lambda m: st.tuples(st.just(m), expressions(m) | questions(m)))


@theorem(st.one_of(with_expressions(discrete_models()), with_expressions(linear_models())), sample=100)
def test_spaces_do_not_matter(case):
    """A query reads the same with spaces around every sign, and with none."""
    _, query = case
    written = causal.text(query)
    spaced = re.sub(r"([()\[\]=|,]|<=?|>=?)", r"  \1\t", written).replace("<\t  =", "<=").replace(">\t  =", ">=")
    assert parse(spaced) == query
    assert parse(re.sub(r" +", "", written)) == query


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1.0), ("-2.5", -2.5), ("+.5", 0.5), ("3.", 3.0), ("1e3", 1000.0), ("1e999", None), ("inf", None)]
    + [(text, None) for text in ("", "nan", "1_0", "٣", "1 ", "0x1", "1e", ".", "--1", "1\n")],
)
def test_only_finite_ascii_decimals_are_numbers(text, number):
    assert as_number(text) == number
