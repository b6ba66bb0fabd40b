"""B F11, B rows 9 and 44: what cannot be seen in a text is removed; joiners that scripts need are kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.text.visible import cleaned, cleaned_name


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ali \u202eecnatsissa", "Ali ecnatsissa"),
        ("\u2066Ali\u2069", "Ali"),
        ("A\x00n\x1bn\x9b", "Ann"),
        ("One\nTwo\tThree\r\n", "One\nTwo\tThree"),
        ("നന്\u200d", "നന്\u200d"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("\u200b\u200d\u2060", ""),
        ("\u3164\u115f", ""),
        ("\u0301", ""),
        ("?", "?"),
        ("a\ufffe\uffff\ufdd0b\U0001ffffc", "abc"),  # S M2
        ("a\ufff9b\ufffb", "ab"),
        ("hid\U000e0041\U000e0042den", "hidden"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("e" + "\u0301" * 150, "e" + "\u0301" * 8),
        ("\u05d1\u05bc\u05b0\u05c1\u0591\u05b7", "\u05d1\u05bc\u05b0\u05c1\u0591\u05b7"),
    ],
)
def test_what_is_kept_of_a_text(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@given(st.text())
def test_what_is_kept_can_be_seen_and_is_kept_again(text: str) -> None:
    kept = cleaned(text)
    assert cleaned(kept) == kept
    assert not {unicodedata.bidirectional(char) for char in kept} & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "PDI"}


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ana\n Silva ", "Ana Silva"),
        ("A\u00adna\u200b\u2060\ufeff", "Ana"),
        ("\u200b \u200b", ""),
        ("x" * 100, "x" * 80),
        (FAMILY * 100, FAMILY * 80),
        ("a\u0308" * 100, "a\u0308" * 80),
        ("\u0928\u093f" * 100, "\u0928\u093f" * 80),
    ],
)
def test_a_name_is_cut_where_people_see_a_character_end(typed: str, name: str) -> None:
    """S M2, B F11: the limit counts what people count, and no character is cut in the middle."""
    assert cleaned_name(typed, 80) == name
    assert cleaned_name(name, 80) == name
