"""Answers as chatbots dress them up: what a fair teacher would read in each, in tables.

Two of a teacher's judgements: "it depends" by itself is no answer (on what? one would ask back), but that it depends on
what nobody measured says that it cannot be known; and "none" may be no case, no, or no answer, so it is none of them.
"""

import doctest

import pytest

from causal.labs.questions import asides, numerals, plain, reading
from causal.labs.questions.reading import read

SHARES = {
    # an estimate, and how sure of it one is
    "~0.42 (95% CI: 0.40-0.44)": 0.42,
    "Answer: 42 % (95 % CI: 40 % to 44 %)": 0.42,
    "Answer: 0.42 [95% CI 0.40, 0.44]": 0.42,
    "Answer: 0.42, 95% confidence interval 0.40 to 0.44": 0.42,
    "Answer: 42 % (range 40–44 %)": 0.42,
    "Answer: 42 % (somewhere between 40 and 44 %)": 0.42,
    "Answer: 42 % ± 2 %": 0.42,
    "Answer: 0.42 ± 0.02": 0.42,
    "I am 95 % confident that it is 42 %.": 0.42,
    "Answer: 42 % (I'm about 90% sure)": 0.42,
    "42 %\n\nConfidence: 90 %": 0.42,
    # remarks beside it
    "Answer: 42 %\nNote: answer is 10 % if the doctors are wrong.": 0.42,
    "Answer: 42 %\n\nNote that the answer is 10 % when nobody is treated.": 0.42,
    "The answer is 42 %.\n\nNote: this rests on 1,000 cases.": 0.42,
    "42 %\n\nWould you like to see step 2 in detail?": 0.42,
    "42 %\n\nLet me know if I should explain the 3 steps.": 0.42,
    "Answer: 42% (assuming no unknown confounders)": 0.42,
    "Answer: 42 %, although the hidden cause is unknown.": 0.42,
    "Answer: 42 %, even though the mechanism cannot be determined.": 0.42,
    "Answer: 42 % [1]": 0.42,
    "Answer: 42 %¹": 0.42,
    "Answer: 42 %, not 50 %": 0.42,
    "Answer: not 50 % but 42 %": 0.42,
    "Answer: it rises from 20 % to 42 %": 0.42,
    "Answer: it falls from 0.5 to 0.42": 0.42,
    "Answer: 42 %, up from 20 %": 0.42,
    "Answer: 42 %, which is more than 20 %": 0.42,
    "Answer: 42 %, compared with 20 % without it": 0.42,
    "Answer: Yes, 42 %": 0.42,
    # reckoning
    "The difference is 0.92 - 0.5 = 0.42": 0.42,
    "P = 0.9 − 0.3 − 0.18 ≈ 0.42": 0.42,
    "Answer: 92 % − 50 % = 42 %": 0.42,
    "0.6*0.5 + 0.4*0.3 = 0.42": 0.42,
    "0.6 * 0.5 + 0.4 * 0.3 = **0.42**": 0.42,
    "(0.6)(0.5) + (0.4)(0.3) = 0.42": 0.42,
    "0.3/0.7 = 3/7": 3 / 7,
    "0.21 / 0.5 => 42%": 0.42,
    "0.21 / 0.5 -> 0.42": 0.42,
    "0.21 / 0.5 → 0.42": 0.42,
    "\\frac{0.21}{0.5} = 0.42": 0.42,
    "\\frac12": 0.5,
    "\\boxed{\\frac12}": 0.5,
    "$$\\boxed{P(Y{=}1 \\mid do(X{=}1)) = 0.42}$$": 0.42,
    "\\boxed{42\\,\\%}": 0.42,
    "\\boxed{\\approx 0.42}": 0.42,
    "\\boxed{\\text{about } 42\\%}": 0.42,
    "\\(\\boxed{\\mathbf{0.42}}\\)": 0.42,
    "\\boxed{0{,}42}": 0.42,
    "\\boxed{42^\\circ}": 0.42,
    "4.2 \\times 10^{-1}": 0.42,
    "4.2·10⁻¹": 0.42,
    "4.2 * 10**-1": 0.42,
    "10^-2": 0.01,
    "10⁻²": 0.01,
    "0.6^2": 0.36,
    "0,42 (also 42 %)": 0.42,
    # what it is the probability of
    "P(Y=1|do(X=1)) is 0.42": 0.42,
    "The probability that Y = 1 given X = 1 is 0.42": 0.42,
    "P = 0.42 for X = 1": 0.42,
    "If X = 1, then Y = 1 in 42 % of the cases": 0.42,
    "Answer: P(Y=1) = 0.42 when X=1": 0.42,
    "Step 4. Hence 0.42": 0.42,
    "3. 0.42": 0.42,
    "1. First 0.5.\n2. Then 0.84.\n3. So 0.42.": 0.42,
    # one of another
    "roughly 3 in 10": 0.3,
    "Answer: roughly 3 in 10 people": 0.3,
    "3 in every 10": 0.3,
    "3 out of every 10 cases": 0.3,
    "nine out of ten": 0.9,
    "three tenths": 0.3,
    "2/3rds": 2 / 3,
    "1 in 3 (33 %)": 1 / 3,
    "1,234 of 12,340 cases": 0.1,
    "12.340 von 123.400 Fällen": 0.1,
    "12’340 of 123’400": 0.1,
    "Out of 100 cases, 42 recover": 0.42,
    "Of 1,000 people, 420 would recover": 0.42,
    "Answer: all of them": 1.0,
    "Answer: always": 1.0,
    "Answer: never": 0.0,
    "Answer: in none of the cases": 0.0,
    "Answer: 4 times out of 10": 0.4,
    "Answer: 4 people in 10": 0.4,
    "Answer: 139 in a million": 0.000139,
    "Answer: one in a million": 0.000001,
    "Answer: 12 per 100,000": 0.00012,
    "Answer: 33⅓ %": 1 / 3,
    "Answer: 33 1/3 %": 1 / 3,
    "Answer: 50/50": 0.5,
    "Answer: fifty-fifty": 0.5,
    "Answer: just under 42 %": 0.42,
    "Answer: slightly more than a third": 1 / 3,
    "Answer: 1e-300": 0.0,
    # points
    "Answer: 7 percentage points less often": -0.07,
    "Answer: 7 percentage points lower": -0.07,
    "Answer: it drops by 7 percentage points": -0.07,
    "Answer: a decrease of 7 percentage points": -0.07,
    "Answer: −7 percentage points (that is, 7 points lower)": -0.07,
    "Answer: 7 percentage points more often": 0.07,
    "Answer: -7 p.p.": -0.07,
    "Answer: –7 ppts": -0.07,
    "Antwort: −7,5 Prozentpunkte": -0.075,
    "Answer: no difference": 0.0,
    "Answer: No effect (0 percentage points)": 0.0,
    "Answer: No, 0 percentage points": 0.0,
    # dress
    "| Question | Answer |\n|---|---|\n| 1 | 42 % |": 0.42,
    '{"answer": 0.42}': 0.42,
    '{"answer": "42 %", "confidence": 0.9}': 0.42,
    '```json\n{"reasoning": "3 steps", "answer": 0.42, "steps": 3}\n```': 0.42,
    "<answer>42 %</answer>": 0.42,
    "<answer>42 %</answer>\nThis holds for 3 in 10 cases.": 0.42,
    "<think>Answer: 10 %? No.</think>\n42 %": 0.42,
    "Answer: 10 %, I thought.</think>\n42 %": 0.42,
    "## Final answer\n\n**42 %**\n\nThis follows in 3 steps.": 0.42,
    "**Answer**\n42 %\n\nIt took 3 steps.": 0.42,
    "**Final Answer:** $P(Y=1 \\mid do(X=1)) \\approx 0.42$": 0.42,
    "Answer:** 42 %": 0.42,
    "✅ **Answer: 42 %**": 0.42,
    "1. Answer: 42 %": 0.42,
    "__Answer:__ 42 %": 0.42,
    "Answer - 42 %": 0.42,
    "Answer — 42 %": 0.42,
    "Answer: “42 %”": 0.42,
    "Answer: <b>42&nbsp;%</b>": 0.42,
    "Answer: 42&#37;": 0.42,
    "Answer: ４２％": 0.42,
    "Answer: 0.42\u200b": 0.42,
    "The answer would be 42 %, out of 3 groups.": 0.42,
    "The answer, therefore, is 0.42 for 3 groups.": 0.42,
}

LIMITS = {
    "between 0.2 and 0.4, so cannot be determined exactly": (0.2, 0.4),
    "It cannot be determined; the bounds are [0.2,0.4]": (0.2, 0.4),
    "Answer: [0.2,0.4]": (0.2, 0.4),
    "Answer: (0.2,0.4)": (0.2, 0.4),
    "Answer: [20,40] %": (0.2, 0.4),
    "\\boxed{[0.2,\\,0.4]}": (0.2, 0.4),
    "\\boxed{0.2 \\le p \\le 0.4}": (0.2, 0.4),
    "\\boxed{\\left[\\frac{1}{5}, \\frac{2}{5}\\right]}": (0.2, 0.4),
    "Answer: between about 20 % and about 40 %": (0.2, 0.4),
    "Answer: between roughly 0.2 and 0.4": (0.2, 0.4),
    "Answer: between 20 % (worst case) and 40 % (best case)": (0.2, 0.4),
    "Answer: somewhere in the range of 20-40 %": (0.2, 0.4),
    "Answer: anywhere from 20 to 40 percent": (0.2, 0.4),
    "Answer: it ranges from 20 % to 40 %": (0.2, 0.4),
    "Answer: from a minimum of 20 % to a maximum of 40 %": (0.2, 0.4),
    "Answer: minimum 20 %, maximum 40 %": (0.2, 0.4),
    "Answer: lower bound 0.2, upper bound 0.4": (0.2, 0.4),
    "Answer: lower bound = 0.2; upper bound = 0.4": (0.2, 0.4),
    "Answer: 0.4 ≥ p ≥ 0.2": (0.2, 0.4),
    "Answer: p ≥ 0.2 and p ≤ 0.4": (0.2, 0.4),
    "Answer: more than 20 % but less than 40 %": (0.2, 0.4),
    "Answer: no less than 20 % and no more than 40 %": (0.2, 0.4),
    "Answer: not below 20 % and not above 40 %": (0.2, 0.4),
    "Answer: zwischen 20,5 % und 40,5 %": (0.205, 0.405),
    "Answer: 20 % bis 40 %": (0.2, 0.4),
    "Answer: 20~40 %": (0.2, 0.4),
    "Answer: between −40 and −20 percentage points": (-0.4, -0.2),
    "Answer: -0.4 to -0.2": (-0.4, -0.2),
    "Answer: −0.4 – −0.2": (-0.4, -0.2),
    "Answer: between -5 and +15 percentage points": (-0.05, 0.15),
    "Answer: between one fifth and two fifths": (0.2, 0.4),
    "Answer: between 1/5 and 2/5": (0.2, 0.4),
    "Answer: between 2 and 4 in 10": (0.2, 0.4),
    "Answer: 2 to 4 out of 10": (0.2, 0.4),
    "Answer: between 2 in 10 and 4 in 10": (0.2, 0.4),
    "Answer: P(Y=1 | do(X=1)) is between 0.2 and 0.4": (0.2, 0.4),
    "Answer: P(Y=1 | do(X=1)) ∈ [0.2, 0.4]": (0.2, 0.4),
    "Answer: cannot be known exactly (between 20 % and 40 %)": (0.2, 0.4),
    "Answer: not identifiable, but 0.2 ≤ P ≤ 0.4": (0.2, 0.4),
    "Answer: No single number; between 20 % and 40 %": (0.2, 0.4),
}

OPEN = {
    "Answer: cannot be less than 30 %": (0.3, "above"),
    "Answer: not less than 30 %": (0.3, "above"),
    "Answer: more than 30 %": (0.3, "above"),
    "Answer: greater than 0.3": (0.3, "above"),
    "Answer: over 30 %": (0.3, "above"),
    "Answer: cannot be more than 30 %": (0.3, "below"),
    "Answer: cannot exceed 30 %": (0.3, "below"),
    "Answer: not more than 30 %": (0.3, "below"),
    "Answer: fewer than 30 %": (0.3, "below"),
    "Answer: smaller than 0.3": (0.3, "below"),
    "Answer: under 30 %": (0.3, "below"),
}

SIDES = {
    "Answer: Yes, 42 % > 20 %": "yes",
    "Answer: Yes – 42 % vs 20 %": "yes",
    "Answer: yes (the hidden cause is unknown)": "yes",
    "Answer: Yes, although the size cannot be determined.": "yes",
    "Answer: yes, between 20 and 40 points": "yes",
    "Yep": "yes",
    "Answer: yeah": "yes",
    "Answer: Definitely yes": "yes",
    "Answer: Probably yes.": "yes",
    "Answer: I would say yes": "yes",
    "Answer: “yes”": "yes",
    "**Answer:** ✅ Yes": "yes",
    "<answer>Yes</answer>": "yes",
    '{"answer": "yes"}': "yes",
    "Answer: more often": "yes",
    "Answer: nope": "no",
    "Nope.": "no",
    "Nah": "no",
    "Answer: Definitely not": "no",
    "Answer: No, 20 % < 42 %": "no",
    "Answer: no (20 % against 42 %)": "no",
    "Answer: It is not.": "no",
    "Answer: less often": "no",
    "Answer: It would be lower.": "no",
    "Answer: No difference": "no",
    "Answer: equally often": "no",
}

UNKNOWN = [
    "Answer: it depends on a cause that nobody measured",
    "Answer: It depends on the unobserved confounder.",
    "Answer: inconclusive",
    "Answer: ambiguous",
    "Answer: unclear",
    "Answer: non-identifiable",
    "Answer: not point-identified",
    "Answer: underdetermined",
    "Answer: It cannot be uniquely determined.",
    "Answer: The data do not determine it.",
    "Answer: The graph does not decide this",
    "Answer: There is no way of knowing.",
    "Answer: no unique answer",
    "Answer: we lack the information",
    "Answer: Not enough info",
    "Answer: Cannot answer",
    "Answer: nobody can know",
    "Answer: “cannot be known”, since 42 % is only what was seen",
    "Answer: Cannot be known. (42 % is what was seen.)",
    "Answer: 42 % is what was seen, but what doing brings cannot be known",
    "Answer: No – it cannot be determined",
    "\\boxed{\\text{Not identifiable}}",
    "<answer>cannot be known</answer>",
    "Antwort: kann man nicht wissen",
    "Antwort: nicht eindeutig bestimmbar",
]

QUANTITIES = {
    "10^3": 1000,
    "Answer: 10^{3}": 1000,
    "10³": 1000,
    "10**3": 1000,
    "2×10^3": 2000,
    "2·10³ m²": 2000,
    "Answer: -1,234.5 thousand records": -1234.5,
    "Answer: −1.234,5": -1234.5,
    "Answer: 1 234,5": 1234.5,
    "Answer: $1,234": 1234,
    "Answer: 440 thousand records, up from 400": 440,
    "Answer: 440 (thousand records)": 440,
    "Answer: mean = 440, sd = 12": 440,
    "Answer: mean 440 with a standard deviation of 12": 440,
    "Answer: it falls by 12.5 thousand records": -12.5,
    "Answer: 12.5 thousand records lower": -12.5,
}

NOTHING = [
    "Answer: it depends",
    "It depends.",
    "Answer: none",
    "None",
    "Answer: N/A",
    "Answer: ∞",
    "Answer: 1e308",
    "Answer: 9^999",
    "Answer: lower in the second group",
    "Answer: more information is needed",
]

TWO = [
    "Answer: yes and no",
    "Answer: yes / no / cannot be known",
    "Answer: either 20 % or 42 %",
    "Answer: 0.2 or 0.42",
]


@pytest.mark.parametrize("text", SHARES)
def test_a_share_is_read_also_beside_a_yes_or_a_no(text):
    found = read(text).quantity
    assert (found.kind, found.shares) == ("number", (pytest.approx(SHARES[text]),))


@pytest.mark.parametrize("text", LIMITS)
def test_limits_are_read(text):
    found = read(text)
    assert (found.kind, found.open) == ("limits", "")
    assert found.shares == pytest.approx(LIMITS[text])


@pytest.mark.parametrize("text", OPEN)
def test_limits_may_be_open_on_one_side(text):
    found = read(text)
    assert (found.kind, found.shares, found.open) == ("limits", (pytest.approx(OPEN[text][0]),), OPEN[text][1])


@pytest.mark.parametrize("text", SIDES)
def test_yes_and_no_are_read(text):
    assert read(text).kind == SIDES[text]


@pytest.mark.parametrize("text", UNKNOWN)
def test_that_it_cannot_be_known_is_read(text):
    assert read(text).kind == "unknown"


@pytest.mark.parametrize("text", QUANTITIES)
def test_a_quantity_keeps_its_unit(text):
    found = read(text)
    assert (found.kind, found.values) == ("number", (pytest.approx(QUANTITIES[text]),))


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_answer_is_not_read(text):
    assert read(text).kind == "nothing"


@pytest.mark.parametrize("text", TWO)
def test_two_answers_are_not_taken_for_one(text):
    assert read(text).kind == "two"


@pytest.mark.parametrize("module", [asides, numerals, plain, reading], ids=lambda module: module.__name__)
def test_the_examples_in_the_text_hold(module):
    assert doctest.testmod(module).failed == 0
