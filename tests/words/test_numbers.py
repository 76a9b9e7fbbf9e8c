"""Numbers as people read them, worked out by hand; and in other languages, as Unicode's tables have them."""

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from causal.models.model import Variable
from causal.words import numbers
from causal.words.catalogue import say, speak
from pages.ui.words import quantities

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("p", "read"),
    [
        (0.826, "82.6 %"),
        (0.5, "50 %"),
        (1 / 3, "33.3 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.01, "1 %"),
        (0.999, "99.9 %"),
        (0.5475, "54.8 %"),  # a half is rounded to the even digit: 54.75 is 54.8
        (0.5475 + 1e-13, "54.8 %"),  # ... however its last bits came about
        (0.00999, "9,990 of 1,000,000"),
        (0.000139, "139 of 1,000,000"),
        (0.0000032, "3.2 of 1,000,000"),
        (0.9999, "999,900 of 1,000,000"),
        (1e-13, "0 %"),
        (1 - 1e-13, "100 %"),
    ],
)
def test_a_probability_is_percent_or_a_count_of_a_million_where_that_would_hide_it(p, read):
    assert numbers.probability(p) == read.replace(" %", f"{NBSP}%")
    assert numbers.is_rare(p) == ("of" in read)


@pytest.mark.parametrize(
    ("gap", "read", "none"),
    [
        (0.126, "+12.6 percentage points", False),
        (-0.35, "−35 percentage points", False),
        (0.0, "0 percentage points", True),
        (0.005, "+0.5 percentage points", False),
        (-0.00123, "−0.12 percentage points", False),
        (0.00005, "+50 in 1,000,000", False),
        (-0.0000032, "−3.2 in 1,000,000", False),
        (1e-10, "0 in 1,000,000", True),
        (-1e-13, "0 percentage points", True),
    ],
)
def test_a_gap_has_a_sign_and_knows_whether_it_is_nought(gap, read, none):
    assert numbers.points(gap) == read.replace(" percentage", f"{NBSP}percentage")
    assert numbers.no_points(gap) == none


def test_an_interval_says_both_ends_and_one_number_where_they_meet():
    assert numbers.interval(0.2, 0.25) == f"20{NBSP}% to 25{NBSP}%"
    assert numbers.between(0.2, 0.2 + 1e-12) == f"20{NBSP}%"
    assert numbers.between(0.0, 0.001) == f"0{NBSP}% to 1,000 of 1,000,000"


def test_a_p_value_that_is_too_small_is_only_bounded():
    assert [numbers.p_value(p) for p in (0.0312, 0.001, 0.00099)] == ["p = 0.031", "p = 0.001", "p < 0.001"]


SALES = Variable("S", "Record sales", range=(0.0, 800.0), unit="thousand records")
DOSE = Variable("D", "Dose", range=(0.0, 0.5), unit="mg")


@pytest.mark.parametrize(
    ("variable", "x", "read"),
    [
        (SALES, 45.62, "45.6 thousand records"),
        (SALES, 1234.56, "1,234.6 thousand records"),
        (SALES, -0.04, "0 thousand records"),
        (SALES, 50.0, "50 thousand records"),
        (DOSE, 0.12345, "0.1235 mg"),
        (Variable("Y", "Harvest"), 3.14159, "3.14"),
    ],
)
def test_a_quantity_is_as_fine_as_the_eye_needs_on_its_range(variable, x, read):
    unit = variable.unit
    assert quantities.quantity(variable, x) == (read.replace(f" {unit}", f"{NBSP}{unit}") if unit else read)


def test_a_difference_has_a_sign_unless_nobody_could_read_it():
    assert quantities.difference(SALES, 12.5) == f"+12.5{NBSP}thousand records"
    assert quantities.difference(SALES, -0.3) == f"−0.3{NBSP}thousand records"
    assert quantities.difference(SALES, 0.04) == f"0{NBSP}thousand records"
    assert quantities.is_nought(SALES, 0.04) and not quantities.is_nought(SALES, 0.06)
    assert quantities.alike(SALES, 12.51, 12.49) and not quantities.alike(SALES, 12.44, 12.46)


def test_a_unit_from_outside_is_no_markup():
    assert quantities.quantity(Variable("X", "X", range=(0.0, 1000.0), unit="*b*"), 2.0) == f"2{NBSP}\\*b\\*"


def test_a_whole_number_writes_itself_in_a_sentence():
    assert say("sample.csv", n=numbers.Whole(20000)) == "All 20,000 units (CSV)"
    assert numbers.Whole(20000) == 20000


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("de", ["1.234.567,89", "82,6\u00a0%", "−12,5"]),
        ("fr", ["1\u202f234\u202f567,89", "82,6\u00a0%", "−12,5"]),
        ("zh", ["1,234,567.89", "82.6%", "−12.5"]),
        ("hi", ["12,34,567.89", "82.6%", "−12.5"]),
        ("tr", ["1.234.567,89", "%82,6", "−12,5"]),
    ],
)
def test_a_language_that_says_nothing_of_numbers_writes_them_as_unicodes_tables_have_them(language, code, read):
    language(code)
    with speak(code):
        assert [numbers.decimal(1234567.89, 2), numbers.probability(0.826), numbers.signed(-12.5, 1)] == read


def test_what_a_language_says_of_numbers_goes_before_the_tables(language):
    language("de", '[numbers]\npercent = "{number} Prozent"\nquantity = "{unit} {number}"\ndecimal = "·"')
    with speak("de"):
        assert numbers.probability(0.826) == "82·6 Prozent"
        assert quantities.quantity(DOSE, 0.25) == "mg 0·25"
        assert numbers.decimal(1234.5, 1) == "1.234·5"
        assert numbers.probability(0.000139) == "139 of 1,000,000"  # nobody has said it in German yet
    assert numbers.probability(0.826) == f"82.6{NBSP}%"


CODES = ("en", "de", "fr", "hi", "bn", "zh", "pt-BR", "sv", "tr", "ja")


@given(st.sampled_from(CODES), st.integers(-(10**12), 10**12), st.integers(0, 4))
@example("hi", -34567, 0)
@example("hi", 100000, 2)
def test_numbers_are_written_as_babel_writes_them(code, digits, places):
    x = digits / 10**places
    locale = Locale.parse(code, sep="-")
    with speak(code):
        ours = numbers.decimal(x, places)
    assert ours == format_decimal(x, locale=locale, decimal_quantization=False).replace("-", "−")
