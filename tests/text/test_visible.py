"""B F11, B rows 9 and 44: what cannot be seen in a text is removed; joiners that scripts need are kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.text.visible import cleaned


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
    ],
)
def test_what_is_kept_of_a_text(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@given(st.text())
def test_what_is_kept_can_be_seen_and_is_kept_again(text: str) -> None:
    kept = cleaned(text)
    assert cleaned(kept) == kept
    assert not {unicodedata.bidirectional(char) for char in kept} & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "PDI"}
