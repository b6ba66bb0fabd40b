"""One folding, one table of scripts, one stemmer: what they do to the letters of the languages that are spoken here."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.text.folding import caseless, folded
from acquis.text.scripts import ems, language_of, right_to_left, script_of
from acquis.text.stemming import stem
from acquis.text.tokens import language_of_words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ÉQUIPE", "equipe"),
        ("Straße", "strasse"),
        ("Øresund, Łódź", "oresund, lodz"),
        ("DIYARBAKIR, Diyarbak\u0131r", "diyarbakir, diyarbakir"),
        ("O\u2019Neil", "o'neil"),
        ("Jean\u2011Luc", "jean-luc"),
        ("\u0645\u062f\u0631\u0633\u0629", "\u0645\u062f\u0631\u0633\u0647"),  # teh marbuta as heh
        ("\u0419\u043e\u0434, \u0401\u0436", "\u0439\u043e\u0434, \u0435\u0436"),  # a short i is a letter, io is ie
        ("\u304c", "\u304c"),  # voiced kana are letters
        ("\uff21\uff22\uff23", "abc"),
        ("\ud55c\uad6d", "\ud55c\uad6d"),
    ],
)
def test_folding(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text(max_size=60))
def test_folding_is_the_same_for_every_form_of_a_text_and_when_it_is_done_twice(text: str) -> None:
    plain = folded(text)
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text)) == plain
    assert folded(plain) == plain


def test_caseless_keeps_accents() -> None:
    assert caseless("ÉCOLE") == caseless("école") != caseless("ecole")


@pytest.mark.parametrize("language", ["ar", "ar-EG", "fa", "he", "ur", "ps", "ckb", "AR"])
def test_languages_from_right_to_left(language: str) -> None:
    assert right_to_left(language)


@pytest.mark.parametrize("language", ["en", "en-XA", "ru", "zh-Hans", "", "xx-YY", "no language"])
def test_languages_from_left_to_right(language: str) -> None:
    assert not right_to_left(language)


def test_scripts() -> None:
    signs = {"a": "Latin", "я": "Cyrillic", "中": "Han", "。": "Han", "か": "Hiragana", "ก": "Thai", "\U00010600": ""}
    assert {sign: script_of(sign) for sign in signs} == signs
    assert [language_of(text, "en") for text in ("hello", "привет", "中文", "日本の", "ไทย", "12")] == [
        "en",
        "ru",
        "zh",
        "ja",
        "th",
        "en",
    ]


def test_width() -> None:
    assert ems("ab", 0.5) == 1
    assert ems("中a\u0301\u200b", 0.5) == 1.5


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "attribute attributes attributed attribution"),
        ("fr", "réponse réponses"),
        ("es", "participación participaciones"),
        ("en", "вопрос вопросы вопросов вопросам"),
        ("en", "безопасность безопасности"),
        ("en", "المدرسة مدرسة"),
        ("en", "كتاب الكتاب كتابها"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, words: str) -> None:
    assert len({stem(folded(word), language) for word in words.split()}) == 1


@pytest.mark.parametrize("word", ["a/70/174", "covid19", "", "中文", "13"])
def test_what_is_no_word_of_these_languages_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who pays for the network", "en"),
        ("qui paie pour le reseau", "fr"),
        ("quien paga por la red de los pueblos", "es"),
        ("spyware", "en"),
    ],
)
def test_the_language_of_words(text: str, language: str) -> None:
    assert language_of_words(text.split()) == language
