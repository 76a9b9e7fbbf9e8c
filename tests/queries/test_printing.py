"""Writing queries: as text that reads back as the same query, and as LaTeX out of which no name or state breaks."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import discrete_models, expressions, linear_models, questions, theorem

import causal.queries.printing
from causal.queries.parsing import parse
from causal.queries.printing import latex, text
from causal.queries.query import Atom, Operation, Setting, Term, ask_for

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=12)
HOSTILE = r"\\{}_^%$#&~<>|`'\"" + "\n\r\0\u2028"


def with_queries(models):
    return models.flatmap(lambda m: st.tuples(st.just(m), expressions(m) | questions(m)))


@theorem(st.one_of(with_queries(discrete_models()), with_queries(linear_models())), sample=200, proof=10_000)
def test_what_is_written_reads_back_as_the_same_query(case):
    """parse(text(query)) == query, for expressions of all rungs."""
    model, query = case
    if isinstance(query, Term):
        assert parse(text(query), model) == query
    assert parse(text(reread := parse(text(query)))) == reread
    if not isinstance(query, Operation) or has_a_term(query):
        assert reread == query


def has_a_term(query):
    return any(True for _ in causal.query.terms(query))


@settings(max_examples=200, deadline=None)
@given(ANYTHING, ANYTHING)
def test_any_state_reads_back(one, other):
    query = Term("P", (Atom("Y", (Setting("X", other),), "=", one),), (Atom("Z", (), ">", other),))
    assert parse(text(query)) == query


@pytest.mark.parametrize(
    "written",
    [
        "P(Y=1, Z=f | do(X=1), W=a-b)",
        "P(Y[X=1, M=M[X=0]]=1 | Y=1)",
        "E(Sales[Radio=1000] | Radio=2000)",
        "P(Y <= -0.5)",
        'P(Y="a b")',
        'P(Y="\\"\\\\")',
        "P(Y=a) - P(Y=b) - P(Y=c)",
        "P(Y=a) - (P(Y=b) - P(Y=c))",
        "(P(Y=a) + 1) * -2.5 / (3 / P(Y=b))",
        "-(P(Y=a) + 1)",
        "1e-07 * P(Y=a)",
        "-(-P(Y=a))",
    ],
)
def test_text_is_written_as_people_write_it(written):
    assert text(parse(written)) == written


def test_states_are_quoted_only_where_they_must_be():
    assert text(ask_for("Y", event="a.b-c_d+1")) == "P(Y=a.b-c_d+1)"
    assert text(ask_for("Y", event="a b")) == 'P(Y="a b")'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("P(Y[X=0]=1 | X=1)", r"P(Y_{X=0}=1 \mid X=1)"),
        ("P(Y=1 | do(X=1), Z=f)", r"P(Y=1 \mid \mathrm{do}(X{=}1),\,Z=\text{f})"),
        ("P(Y[X=1, M=M[X=0]]=1)", r"P(Y_{X=1,\,M=M_{X=0}}=1)"),
        ("E(Sales) / 2", r"\frac{E(\textit{Sales})}{2}"),
        ("-(P(Y=1) + 1) * 1e-07", r"-\left(P(Y=1) + 1\right) \cdot 1 \cdot 10^{-7}"),
        ("P(Y >= 0.5)", r"P(Y\ge 0.5)"),
    ],
)
def test_latex_is_the_notation_of_the_books(written, expected):
    assert latex(parse(written)) == expected


def test_with_the_model_long_numbers_are_grouped():
    data = {"format": 1, "variables": {"S": {"linear": {"intercept": 0, "coefficients": {}, "sd": 1}}}}
    model = causal.files.shelf.from_dict(data, "model")
    assert latex(parse("E(S | do(S=12345.5))"), model) == r"E(S \mid \mathrm{do}(S{=}12{,}345.5))"
    assert latex(parse("E(S | do(S=-1000))"), model) == r"E(S \mid \mathrm{do}(S{=}-1000))"


def test_a_long_sum_is_written_without_recursion():
    query = parse("+".join(["P(Y=1)"] * 2857))
    assert parse(text(query)) == query if len(text(query)) <= 20_000 else text(query).count("P(Y=1)") == 2857
    assert latex(query).count("P(Y=1)") == 2857


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(HOSTILE), min_size=1, max_size=12) | ANYTHING)
def test_no_state_breaks_out_of_its_latex(state):
    """Between the braces of a state stands nothing that LaTeX or Markdown would act on."""
    written = latex(ask_for("Y", event=state))
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", state):
        return
    inside = re.fullmatch(r"P\(Y=\\text\{(.*)\}\)", written)
    assert inside, written
    bare = re.sub(r"\\(text[a-z]+\{\}|[{}_%#&])", "", inside[1])
    assert not set(bare) & set("\\{}_^%$#&~<>|`\n\r\0\u2028")
    written.encode("utf-8")
