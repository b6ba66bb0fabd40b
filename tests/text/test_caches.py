from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.text.caches import TextCache, clear_texts, size_of, text_cache


@given(st.lists(st.text(max_size=40)), st.integers(1, 5), st.integers(1, 400))
def test_a_cache_is_bounded_in_number_and_in_bytes(texts: list[str], entries: int, size: int) -> None:
    cache: TextCache[str, str] = TextCache(entries, size)
    for text in texts:
        assert cache.get(text, text.upper) == text.upper()
        assert len(cache) <= entries
        assert cache.size <= size


def test_what_is_kept_is_made_once_and_the_oldest_goes_first() -> None:
    made: list[str] = []

    @text_cache(2)
    def shout(text: str) -> str:
        made.append(text)
        return text.upper()

    assert [shout(text) for text in ("a", "a", "b", "c", "b", "a")] == ["A", "A", "B", "C", "B", "A"]
    assert made == ["a", "b", "c", "a"]


def test_all_caches_are_emptied_at_once() -> None:
    first: TextCache[str, int] = TextCache(9)
    second: TextCache[str, int] = TextCache(9, None)
    for cache in (first, second):
        cache.get("a", lambda: 1)
    clear_texts()
    assert (len(first), len(second), first.size) == (0, 0, 0)
    assert first.known("a") is None


def test_what_was_begun_before_the_caches_were_emptied_is_not_kept() -> None:
    cache: TextCache[str, str] = TextCache(9)

    def make() -> str:
        clear_texts()
        return "a text that was erased meanwhile"

    assert cache.get("a", make) == "a text that was erased meanwhile"
    assert len(cache) == 0


@pytest.mark.parametrize("value", ["x" * 1000, ("x" * 1000,), {"a": ["x" * 1000]}, {"x" * 1000: 1}])
def test_the_size_counts_what_is_inside(value: object) -> None:
    assert 1000 < size_of(value) < 10_000
