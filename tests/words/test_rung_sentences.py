"""Each rung's sentence, as a reader would write it; and in a language of another order, with no code."""

import pytest

import causal
from causal.words import grammar
from causal.words.catalogue import say, speak
from causal.words.numbers import Whole
from causal.words.sentence import Listed, Sentence
from pages.ui.derive import plain_question
from pages.ui.drawing import charts
from pages.ui.words import sentences

NBSP = "\u00a0"

MODEL = causal.loads(
    """
format = 1
[variables.Z]
label = "Sex"
states = ["f", "m"]
state_labels = ["female", "male"]
p = [0.5, 0.5]
[variables.A]
label = "Rifleman A"
states = ["no", "yes"]
parents = ["Z"]
cpt = [[0.5, 0.5], [0.2, 0.8]]
[variables.Radio]
label = "Radio play"
unit = "hours"
range = [0, 2000]
linear = { intercept = 0.0, coefficients = {}, sd = 1.0 }
[variables.Sales]
label = "Record sales"
unit = "thousand records"
range = [0, 800]
parents = ["Radio"]
linear = { intercept = 0.0, coefficients = { Radio = 1.0 }, sd = 1.0 }
"""
)
A, SALES = MODEL["A"], MODEL["Sales"]


@pytest.mark.parametrize(
    ("rung", "values", "variable", "read"),
    [
        (1, {}, A, "With nothing known, rifleman A is “yes” in"),
        (1, {}, SALES, "With nothing known, we expect record sales at"),
        (1, {"Z": "f"}, A, "Where we **see** that the sex is female, rifleman A is “yes” in"),
        (1, {"Radio": 10.0}, SALES, "Where we **see** radio play at 10_hours, we expect record sales at"),
        (
            1,
            {"Z": "m", "Radio": 10.0},
            SALES,
            "Where we **see** that the sex is male and radio play at 10_hours, we expect record sales at",
        ),
        (
            1,
            {"Radio": 10.0, "Sales": 1.5},
            A,
            "Where we **see** radio play at 10_hours and record sales at 1.5_thousand records, rifleman A is “yes” in",
        ),
        (2, {"Z": "f"}, A, "If we **make sure** that the sex is female, rifleman A is “yes” in"),
        (2, {"Radio": 1000.0}, SALES, "If we **set** radio play to 1,000_hours, we expect record sales at"),
        (
            2,
            {"Radio": 0.0, "Z": "m"},
            A,
            "If we **set** radio play to 0_hours and **make sure** that the sex is male, rifleman A is “yes” in",
        ),
        (3, {"Z": "f"}, A, "**Ada**: **had** the sex been female, rifleman A would have been “yes” with probability"),
        (3, {"Radio": 10.0}, SALES, "**Ada**: **had** radio play been at 10_hours, record sales would have been at"),
        (
            3,
            {"Z": "f", "Radio": 10.0},
            SALES,
            "**Ada**: **had** the sex been female and radio play been at 10_hours, record sales would have been at",
        ),
    ],
)
def test_a_rung_asks_with_none_one_or_several_facts(rung, values, variable, read):
    said = sentences.asked(MODEL, rung, values, variable, "yes", "Ada")
    assert said == read.replace("_", NBSP)


def test_what_is_seen_after_an_action_is_said_after_it():
    said = sentences.acted(MODEL, {"Radio": 10.0}, {"Z": "f"}, A, "yes")
    assert said == (
        f"If we **set** radio play to 10{NBSP}hours, and then see that the sex is female, rifleman A is “yes” in"
    )
    said = sentences.acted(MODEL, {"Z": "f"}, {"Radio": 10.0}, SALES, "")
    assert said == (
        f"If we **make sure** that the sex is female, and then see radio play at 10{NBSP}hours, "
        "we expect record sales at"
    )


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("P(A=yes)", "how often is it that rifleman A is “yes”, with nothing known?"),
        ("P(A)", "how often is it that rifleman A is “yes”, with nothing known?"),
        ("E(Sales | Radio=10)", "what is record sales on average, where we **see** radio play at 10_hours?"),
        ("P(A=no | do(Z=f))", "how often is it that rifleman A is “no”, if we **make sure** that the sex is female?"),
        (
            "E(Sales | do(Radio=10), Z=f)",
            "what is record sales on average, if we **set** radio play to 10_hours, "
            "where we **see** that the sex is female?",
        ),
        ("P(A[Z=m]=yes)", "how often would rifleman A be “yes”, **had** the sex been male?"),
        (
            "P(A[Z=m]=yes | Z=f, A=no)",
            "how often would rifleman A be “yes”, **had** the sex been male, "
            "among those where Sex: female, Rifleman A: no?",
        ),
        ("P(A[Z=m]=yes, A[Z=f]=no)", None),
        ("P(A=yes) - P(A=no)", None),
    ],
)
def test_a_question_reads_as_a_sentence_where_it_is_a_plain_one(query, read):
    said = plain_question.words(MODEL, causal.parse(query, MODEL))
    assert said == (f":small[**In words:** {read}]".replace("_", NBSP) if read else "")


def test_nouns_have_articles_unless_they_are_names_or_quantities():
    assert [sentences.noun(v) for v in MODEL] == ["the sex", "rifleman A", "radio play", "record sales"]
    labels = ["A dose", "TikTok use", "X", "treatment", "The weather"]
    assert [grammar.needs_article(label) for label in labels] == [False] * 5
    assert [grammar.within(label) for label in labels] == ["A dose", *labels[1:4], "the weather"]


def test_a_reason_calls_variables_as_the_page_does():
    reason = Sentence("answers.no_coupling", n=2, names=Listed(["A", "Z"], "comma"))
    assert str(sentences.labelled(MODEL, reason)).startswith("Rifleman A, Sex have no coupling:")


CHINESE = """
[grammar]
small = "no"
articles = ""
the = "{noun}"
bare = "yes no"
quoted = "“{word}”"
then = "{first}{then}"
[numbers]
quantity = "{number}{unit}"
[words]
fact = "{label}：{value}"
[seeing]
fact_state = "{noun}为{value}"
mean_state = "若**见到**{x}为{at}，则{noun}平均为"
mean_states = "若**见到**{facts}，则{noun}平均为"
mean_number = "{noun}在{x}为{at}时平均为"
"""


def test_a_language_of_another_order_needs_a_folder_and_no_code(language):
    language("zh", CHINESE)
    with speak("zh"):
        assert sentences.asked(MODEL, 1, {"Z": "f"}, SALES, "") == "若**见到**Sex为female，则Record sales平均为"
        said = sentences.asked(MODEL, 1, {"Radio": 1000.0}, SALES, "")
        assert said == "Record sales在Radio play为1,000hours时平均为"
        said = sentences.asked(MODEL, 1, {"Z": "f", "A": "no"}, SALES, "")
        assert said == "若**见到**Sex为female和Rifleman A为“no”，则Record sales平均为"
        assert sentences.facts(MODEL, {"Z": "f", "A": "no"}) == "Sex：female、Rifleman A：no"
        assert grammar.together("一。", "", "二。") == "一。二。"
    assert sentences.noun(MODEL["Z"]) == "the sex"  # nothing of one language is kept for another


POLISH = '[crowd]\nnobody = { one = "{n} jednostka", few = "{n} jednostki", many = "{n} jednostek" , other = "{n}" }'


def test_a_count_takes_the_plural_form_that_the_language_has_for_it(language):
    language("pl", POLISH)
    with speak("pl"):
        said = [say("crowd.nobody", n=Whole(n)) for n in (1, 3, 5, 12, 22, 10000)]
    assert said == [
        "1 jednostka",
        "3 jednostki",
        "5 jednostek",
        "12 jednostek",
        "22 jednostki",
        "10\u00a0000 jednostek",
    ]
    assert [say("verdict.more", n=n) for n in (1, 2)] == ["… and 1 more reason.", "… and 2 more reasons."]


def test_the_axes_of_charts_write_numbers_as_the_language_does(language, monkeypatch):
    drawn = []
    monkeypatch.setattr(charts.st, "vega_lite_chart", lambda data, spec, **_: drawn.append(spec))
    language("de")
    for code in ("en", "de"):
        with speak(code):
            charts.bells([("see", 1.0, 2.0)], SALES, "key", "alt")
    english, german = drawn
    assert "config" not in english and german["height"] == english["height"]
    number = german["config"]["locale"]["number"]
    assert (number["decimal"], number["thousands"]) == (",", ".")
