"""The narrowest box of a text: it holds the text, on no more lines than were asked for, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.text.measure import LONGEST_WORD, lines_in, narrowest, pieces, width

SCRIPTS = {
    "Latin": "Maximiliana-Theodora van der Wasserstrom-Oyelaran",
    "Arabic": "الدكتورة عبير بنت عبد الرحمن بن سليمان المنصوري",
    "Chinese": "联合国教育、科学及文化组织驻华代表处",
    "Cyrillic": "Александра-Екатерина Константиновна Верхнеозёрская",
    "Devanagari": "श्रीमती अनुराधा कुलश्रेष्ठ भट्टाचार्य",
    "emoji": "👩🏽‍💻 🇫🇷 Ann 🎉",
}
WORDS = st.lists(st.text("aimW-é字ل्ा", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)
LINES = st.integers(1, 9)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_has_a_width(script: str) -> None:
    text = SCRIPTS[script]
    assert 0.2 * len(text) < width(text) < 1.2 * len(text)
    assert width(text) <= width(text, bold=True) + 0.2
    assert narrowest(text, 1) == pytest.approx(width(text), abs=0.2 + 0.03 * width(text))


def test_marks_have_no_width_and_joined_letters_are_narrower() -> None:
    assert width("e\u0301") == width("é") == width("e")
    assert width("क्") == width("क")
    assert width("ببب") < 3 * width("ب")
    assert width("a\u200bb") == width("ab")
    assert width("字字") == pytest.approx(2 * width("字"))


def test_lines_break_where_every_browser_breaks_them() -> None:
    words = "one two-three 4-5 http://a/\u200bb 字字。 字"
    measured = [round(long, 2) for _, long in pieces(words)]
    parts = ["one", "two-", "three", "4-5", "http://a/", "b", "字", "字。", "字"]
    assert measured == [round(width(part), 2) for part in parts]
    assert [blank > 0 for blank, _ in pieces("a b-c")] == [False, True, False]


@given(WORDS, LINES)
def test_the_box_holds_the_text(text: str, lines: int) -> None:
    room = narrowest(text, lines)
    assert lines_in(room, pieces(text)) <= lines
    assert lines_in(room * 1.07, pieces(text)) <= lines
    assert room <= width(text) * 1.01 + 0.2


@given(WORDS, LINES)
def test_more_lines_need_no_wider_box(text: str, lines: int) -> None:
    assert narrowest(text, lines + 1) <= narrowest(text, lines) + 0.02


@given(WORDS, WORDS, LINES)
def test_paragraphs_begin_on_lines_of_their_own(first: str, second: str, lines: int) -> None:
    room = narrowest(f"{first}\n{second}", lines)
    assert lines_in(room, pieces(first)) + lines_in(room, pieces(second)) <= max(lines, 2)


def test_only_a_word_that_is_too_long_is_broken() -> None:
    assert narrowest("Hochseeschifffahrtsgesellschaft", 8) == pytest.approx(width("Hochseeschifffahrtsgesellschaft"))
    assert narrowest("R" * 120, 8) == pytest.approx(LONGEST_WORD, abs=0.02)
    assert lines_in(LONGEST_WORD, pieces("R" * 120)) <= 8


def test_a_text_without_letters_needs_no_room() -> None:
    assert narrowest("", 1) == 0
    assert lines_in(0, pieces("")) == 1
