"""What comes from outside is shown as it is written: no markup, no endless line, in any script."""

import pytest

from pages.ui.words import width
from pages.ui.words.escaping import clean, plain, prose, readable


def test_a_name_is_no_markup_and_no_control_characters():
    assert plain("a*b* [x](y) $z$") == r"a\*b\* \[x\]\(y\) \$z\$"
    assert clean("a\u202eb\x00c\u200bd  e\n") == "abcd e"
    assert clean("") == clean("\u200b") == "?"
    assert clean("e\u0301") == "\u00e9"


def test_a_long_name_is_cut_where_sixty_letters_have_room():
    assert clean("x" * 60) == "x" * 60
    assert clean("x" * 61) == "x" * 59 + "…"
    assert clean("音" * 31) == "音" * 29 + "…"  # each takes the room of two letters
    assert clean("abc def", 5) == "abc…"


def test_a_sentence_from_outside_keeps_its_words_and_loses_its_markup():
    assert readable("No  variable *x*:\nwrite [y]") == r"No variable \*x\*\: write \[y\]"
    assert readable("x" * 100) == "x" * 59 + "…"
    chinese = "没有变量" * 30
    assert readable(f"{chinese}。 *x*") == rf"{chinese}。 \*x\*"  # a sentence without blanks is no long word


def test_a_story_may_emphasise_and_no_more():
    assert prose("A **b** <i>\n\n[c](d) `e`") == "A **b** \\<i\\>\n\n\\[c\\](d) \\`e\\`"


@pytest.mark.parametrize(("text", "room"), [("abc", 3), ("音乐", 4), ("e\u0301", 1), ("aｂ", 3), ("“x”", 3)])
def test_width_is_counted_in_letters(text, room):
    assert width.width(text) == room


@pytest.mark.parametrize(
    ("text", "letters", "most", "lines"),
    [
        ("Stone before treatment", 15, 3, ["Stone before", "treatment"]),
        ("Stone before treatment", 15, 1, ["Stone before t…"]),
        ("Label's marketing spend", 15, 3, ["Label's", "marketing spend"]),
        ("唱片公司的宣传支出", 8, 3, ["唱片公司", "的宣传支", "出"]),
        ("唱片公司的宣传支出", 8, 2, ["唱片公司", "的宣传…"]),
        ("电台播放，小时", 8, 3, ["电台播放，", "小时"]),  # no line begins with a comma
        ("TikTok 使用次数", 8, 3, ["TikTok", "使用次数"]),
    ],
)
def test_a_label_is_broken_at_blanks_or_in_a_script_without_them_anywhere(text, letters, most, lines):
    assert width.lines(text, letters, most) == lines
