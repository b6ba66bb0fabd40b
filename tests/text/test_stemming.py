"""Stems of words."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from acquis.text.stemming import _stem, stem


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("attribution", "en", "attribut"),
        ("attributed", "en", "attribut"),
        ("gouvernements", "fr", "gouvern"),
        ("безопасности", "en", "безопасн"),
        ("consultations", "xx", "consult"),
        ("ws119", "en", "ws119"),
        ("a" * 65, "en", "a" * 65),
    ],
)
def test_a_word_has_the_stem_of_its_language(word: str, language: str, expected: str) -> None:
    assert stem(word, language) == expected


def test_threads_do_not_change_the_stems_of_each_other() -> None:
    uncached = _stem.__wrapped__  # type: ignore[attr-defined]  # the function without its cache
    words = [f"{first}{second}ationalities" for first in "bcdfglmnprst" for second in "aeiou"]
    expected = [stem(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            stems = list(pool.map(lambda _: [uncached(word, "en") for word in words], range(40)))
    finally:
        sys.setswitchinterval(interval)
    assert all(row == expected for row in stems)
