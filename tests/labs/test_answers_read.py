"""Answers as people and machines write them: what is read out of each, in a table."""

import re

import answers_of_chatbots as chatbots
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from causal.labs.questions.reading.written_answer import read

SHARES = {
    # plain numbers
    "0.32": 0.32,
    ".32": 0.32,
    "0,32": 0.32,
    ",32": 0.32,
    "0.320": 0.32,
    "32": 0.32,
    "32.0": 0.32,
    "1": 1.0,
    "0": 0.0,
    "3.2e-1": 0.32,
    "3.2E-01": 0.32,
    "3.2 × 10^-1": 0.32,
    "3.2 x 10^{-1}": 0.32,
    "5e-5": 0.00005,
    # percent
    "32 %": 0.32,
    "32%": 0.32,
    "32\u00a0%": 0.32,
    "32.5 %": 0.325,
    "32,5 %": 0.325,
    "0.5 %": 0.005,
    "100 %": 1.0,
    "0 %": 0.0,
    "32 percent": 0.32,
    "32 per cent": 0.32,
    "32 pct": 0.32,
    "32 Prozent": 0.32,
    "thirty-two percent": 0.32,
    "thirty two percent": 0.32,
    "five percent": 0.05,
    "fünf Prozent": 0.05,
    "Twelve percent.": 0.12,
    "one hundred percent": 1.0,
    # differences
    "+7 percentage points": 0.07,
    "-9 percentage points": -0.09,
    "−9 percentage points": -0.09,
    "minus 9 percentage points": -0.09,
    "negative 9 percentage points": -0.09,
    "-0.09": -0.09,
    "−0.09": -0.09,
    "-9 pp": -0.09,
    "−9 Prozentpunkte": -0.09,
    "It falls; Answer: - 9 %": -0.09,
    # one number of another
    "1/3": 1 / 3,
    "8/25": 0.32,
    "32/100": 0.32,
    "32 of 100": 0.32,
    "32 out of 100": 0.32,
    "8 in 25": 0.32,
    "32 von 100": 0.32,
    "139 of 1,000,000": 0.000139,
    "139 of 1 000 000": 0.000139,
    "½": 0.5,
    "⅓": 1 / 3,
    "one third": 1 / 3,
    "about one third": 1 / 3,
    "a third": 1 / 3,
    "two thirds": 2 / 3,
    "two-thirds": 2 / 3,
    "half": 0.5,
    "one half": 0.5,
    "three quarters": 0.75,
    "a quarter": 0.25,
    "one in five": 0.2,
    "one out of ten": 0.1,
    "ein Drittel": 1 / 3,
    "die Hälfte": 0.5,
    "zwei Drittel": 2 / 3,
    # round it
    "about 32 %": 0.32,
    "≈ 32 %": 0.32,
    "~32%": 0.32,
    "roughly 0.32": 0.32,
    "ca. 32 %": 0.32,
    "circa 0,32": 0.32,
    "0.32 (32 %)": 0.32,
    "32 % (0.32)": 0.32,
    "(32 %)": 0.32,
    "32 %.": 0.32,
    "0.32.": 0.32,
    # formulas
    "P(Y=1 | do(X=1)) = 0.32": 0.32,
    "P = 0.2 + 0.12 = 0.32": 0.32,
    "0.4 × 0.8 = 0.32": 0.32,
    "p ≈ 0.32": 0.32,
    "x = 32 %": 0.32,
    "P(Y=1|do(X=1)) ≈ 32%": 0.32,
    # LaTeX and Markdown
    "\\boxed{0.32}": 0.32,
    "$\\boxed{32\\%}$": 0.32,
    "\\boxed{\\frac{8}{25}}": 0.32,
    "\\boxed{\\text{32 percent}}": 0.32,
    "$0.32$": 0.32,
    "\\(0.32\\)": 0.32,
    "\\[ \\boxed{0.32} \\]": 0.32,
    "\\frac{1}{3}": 1 / 3,
    "\\dfrac{1}{3}": 1 / 3,
    "$32\\,\\%$": 0.32,
    "**32 %**": 0.32,
    "*32 %*": 0.32,
    "`0.32`": 0.32,
    # where it stands
    "Answer: 32 %": 0.32,
    "answer: 32 %": 0.32,
    "ANSWER: 32 %": 0.32,
    "**Answer:** 32 %": 0.32,
    "**Answer: 32 %**": 0.32,
    "Final answer: 32 %": 0.32,
    "### Answer: 32 %": 0.32,
    "> Answer: 32 %": 0.32,
    "- Answer: 32 %": 0.32,
    "Answer = 0.32": 0.32,
    "The answer is 32 %.": 0.32,
    "The final answer is 32 %.": 0.32,
    "So the answer is: 32 %": 0.32,
    "Antwort: 32 %": 0.32,
    "Die Antwort lautet 32 %": 0.32,
    "First 0.5, then 0.7.\nAnswer: 32 %": 0.32,
    "Answer: 50 %\nNo, wait.\nAnswer: 32 %": 0.32,
    "Answer: 32 %\nThis is for 100 cases.": 0.32,
    "Answer: 50 % at first. \\boxed{0.32} \nAnswer: 32 %": 0.32,
    "I use 0.5 and 0.64.\n\n\\boxed{0.32}\n\nThat was step 3.": 0.32,
    "Step 1: 0.5\nStep 2: 0.32": 0.32,
    "Out of everybody, 32 % recover.": 0.32,
    "32 % of the 700 cases": 0.32,
    "Answer:\n32 %": 0.32,
    "\ufeffAnswer: 32 %\r\n": 0.32,
}

LIMITS = {
    "between 0.2 and 0.4": (0.2, 0.4),
    "between 20 % and 40 %": (0.2, 0.4),
    "between 20 and 40 %": (0.2, 0.4),
    "between 20 and 40 percent": (0.2, 0.4),
    "from 20 % to 40 %": (0.2, 0.4),
    "20 % to 40 %": (0.2, 0.4),
    "20–40 %": (0.2, 0.4),
    "20-40%": (0.2, 0.4),
    "20 % – 40 %": (0.2, 0.4),
    "0.2 - 0.4": (0.2, 0.4),
    "0.2…0.4": (0.2, 0.4),
    "[0.2, 0.4]": (0.2, 0.4),
    "[20 %, 40 %]": (0.2, 0.4),
    "(0.2, 0.4)": (0.2, 0.4),
    "[0,2; 0,4]": (0.2, 0.4),
    "\\boxed{[0.2, 0.4]}": (0.2, 0.4),
    "0.2 ≤ p ≤ 0.4": (0.2, 0.4),
    "$0.2 \\leq p \\leq 0.4$": (0.2, 0.4),
    "0.2 <= P <= 0.4": (0.2, 0.4),
    "p ∈ [0.2, 0.4]": (0.2, 0.4),
    "at least 20 % and at most 40 %": (0.2, 0.4),
    "at least 0.2 but no more than 0.4": (0.2, 0.4),
    "zwischen 20 und 40 Prozent": (0.2, 0.4),
    "zwischen 0,2 und 0,4": (0.2, 0.4),
    "von 20 bis 40 %": (0.2, 0.4),
    "between 40 % and 20 %": (0.2, 0.4),
    "It cannot be known exactly, but it lies between 20 % and 40 %.": (0.2, 0.4),
    "Answer: anything between 0.2 and 0.4": (0.2, 0.4),
    "between −9 and 7 percentage points": (-0.09, 0.07),
    "between -0.09 and +0.07": (-0.09, 0.07),
    "between 0.5 % and 40 %": (0.005, 0.4),
    "between 0 and 1": (0.0, 1.0),
}

OPEN = {
    "at least 30 %": (0.3, "above"),
    "no less than 30 %": (0.3, "above"),
    "mindestens 30 %": (0.3, "above"),
    "≥ 0.3": (0.3, "above"),
    "at most 30 %": (0.3, "below"),
    "no more than 30 %": (0.3, "below"),
    "up to 30 %": (0.3, "below"),
    "≤ 0.3": (0.3, "below"),
    "höchstens 30 %": (0.3, "below"),
}

SIDES = {
    "yes": "yes",
    "Yes.": "yes",
    "**Yes**": "yes",
    "Answer: yes": "yes",
    "Answer: Yes, it would.": "yes",
    "Yes, by 7 percentage points": "yes",
    "\\boxed{\\text{Yes}}": "yes",
    "ja": "yes",
    "True": "yes",
    "It would.": "yes",
    "It would raise it.": "yes",
    "<p><b>Answer:</b> <em>yes</em></p>": "yes",
    "no": "no",
    "No.": "no",
    "Answer: **No**": "no",
    "No, it would fall by 9 %.": "no",
    "nein": "no",
    "False": "no",
    "It would not.": "no",
    "Yes at first sight.\nAnswer: no": "no",
}

UNKNOWN = [
    "cannot be known",
    "Cannot be known.",
    "Answer: cannot be known",
    "**Answer:** “cannot be known”",
    "can't be known",
    "can not be known",
    "This cannot be determined from the data.",
    "It can't be determined.",
    "It cannot be identified.",
    "cannot be computed from what is given",
    "It could not be determined",
    "not identifiable",
    "unidentifiable",
    "The effect is not identified.",
    "unknown",
    "Undetermined",
    "indeterminate",
    "not known",
    "not enough information",
    "There is not enough information to say.",
    "insufficient information",
    "Insufficient data",
    "impossible to say",
    "impossible to determine",
    "There is no way to tell.",
    "I don't know.",
    "I cannot say",
    "Unable to determine",
    "No number follows.",
    "No, it cannot be known.",
    "\\boxed{\\text{cannot be known}}",
    "nicht bestimmbar",
    "lässt sich nicht bestimmen",
    "Das ist unbekannt.",
    "Das kann man nicht sagen.",
    "not determinable",
    "It is not possible to determine this.",
]

QUANTITIES = {
    "440": 440,
    "440 thousand records": 440,
    "1,234": 1234,
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1 234": 1234,
    "1'234": 1234,
    "1,234,567": 1234567,
    "1.234.567": 1234567,
    "-12.5 °C": -12.5,
    "−12,5": -12.5,
    "E(Sales) = 440.0": 440,
    "The mean would have been 465.2 thousand records.": 465.2,
}


@pytest.mark.parametrize("text", SHARES)
def test_a_share_is_read(text):
    found = read(text)
    assert found.kind == "number"
    assert found.shares == (pytest.approx(SHARES[text]),)


@pytest.mark.parametrize(("text", "ends"), (LIMITS | chatbots.LIMITS).items())
def test_limits_are_read_lowest_first(text, ends):
    found = read(text)
    assert (found.kind, found.open) == ("limits", "")
    assert found.shares == pytest.approx(ends)


@pytest.mark.parametrize(("text", "end"), (OPEN | chatbots.OPEN).items())
def test_limits_may_be_open_on_one_side(text, end):
    found = read(text)
    assert (found.kind, found.shares, found.open) == ("limits", (pytest.approx(end[0]),), end[1])


@pytest.mark.parametrize(("text", "side"), (SIDES | chatbots.SIDES).items())
def test_yes_and_no_are_read(text, side):
    assert read(text).kind == side


@pytest.mark.parametrize("text", [*UNKNOWN, *chatbots.UNKNOWN])
def test_that_it_cannot_be_known_is_read(text):
    assert read(text).kind == "unknown"


@pytest.mark.parametrize(("text", "value"), (QUANTITIES | chatbots.QUANTITIES).items())
def test_a_quantity_keeps_its_unit(text, value):
    found = read(text)
    assert found.kind == "number"
    assert found.values == (pytest.approx(value),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "I like trains.",
        "Answer:",
        "%",
        "…",
        "-",
        "\\boxed{}",
        "1e999",
        "Answer: ?",
        *chatbots.NOTHING,
    ],
)
def test_where_there_is_no_answer_none_is_read(text):
    assert read(text).kind == "nothing"


@pytest.mark.parametrize("text", chatbots.SHARES)
def test_a_share_is_read_also_beside_a_yes_or_a_no(text):
    found = read(text).quantity
    assert (found.kind, found.shares) == ("number", (pytest.approx(chatbots.SHARES[text]),))


@pytest.mark.parametrize("text", chatbots.TWO)
def test_two_answers_are_not_taken_for_one(text):
    assert read(text).kind == "two"


@pytest.mark.parametrize("dress", chatbots.DRESS)
def test_no_dress_changes_what_is_read(dress):
    for text in [*SHARES, *LIMITS, *OPEN, *SIDES, *UNKNOWN, *QUANTITIES]:
        if not re.search(r"answer|antwort|[\n\\<\"]", text, re.IGNORECASE):  # what is dressed already
            bare, found = read(text), read(dress.format(text))
            assert (found.kind, found.open, found.values) == (bare.kind, bare.open, bare.values), text


def test_there_are_more_than_a_hundred_ways():
    assert sum(map(len, (SHARES, LIMITS, OPEN, SIDES, UNKNOWN, QUANTITIES))) > 200


@given(st.floats(0, 1), st.sampled_from(("{:.6f}", "{:.4%}", "Answer: {:.3%}", "\\boxed{{{:.5f}}}", "**{:.2%}**")))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_every_share_is_read_back_as_it_was_written(p, form):
    assert read(form.format(p)).shares == (pytest.approx(p, abs=1e-4),)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_any_text_is_read_without_an_error(text):
    found = read(text).quantity
    assert len(found.numbers) == {"number": 1, "limits": 1 if found.open else 2}.get(found.kind, 0)


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "1 111",
        "at least ",
        "cannot be ",
        "not a ",
        "\\text{",
        "answer is ",
        "between 1 and ",
        "a a ",
        "\\frac{1}{",
        "1/",
        "(1 ",
        "of 1 a, ",
        "although ",
        "rises from 1 to ",
        "under x = 1 ",
        "1 % confidence ",
        '{"answer": 1, ',
        "</think>",
        "- ",
        "~1",
        "at most 1, at least ",
        "depends on ",
    ],
)
def test_a_long_text_is_read_to_its_end(piece):
    """A pattern that goes back over the text for each of its characters would not come to an end here."""
    assert read(piece * 20_000).kind in {"number", "limits", "yes", "no", "unknown", "two", "nothing"}
