"""Caches of what was computed from texts of people. They are bounded in number and in bytes, and all are emptied when a
text is erased. What is computed from constants alone is kept by `functools.cache`."""

from __future__ import annotations

import functools
import re
import sys
import threading
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar
from weakref import WeakSet

import msgspec
import regex

MB = 1 << 20

K = TypeVar("K")
V = TypeVar("V")
P = ParamSpec("P")


class TextCache(Generic[K, V]):
    """Key -> value, at most `entries` of them and `size` bytes of keys and values (about; None: not measured). The
    oldest goes first. Several threads may use it."""

    def __init__(self, entries: int, size: int | None = 4 * MB) -> None:
        self._entries, self._size = entries, size
        self._kept: dict[K, tuple[V, int]] = {}
        self._used = 0
        self._cleared = 0
        self._lock = threading.Lock()
        _caches.add(self)

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not there."""
        if (kept := self._kept.get(key)) is not None:
            return kept[0]
        cleared = self._cleared
        value = make()
        size = 0 if self._size is None else size_of(key) + size_of(value)
        with self._lock:
            # What was begun before a text was erased may hold it.
            if cleared == self._cleared and key not in self._kept and (self._size is None or size <= self._size):
                self._kept[key] = value, size
                self._used += size
                while len(self._kept) > self._entries or (self._size is not None and self._used > self._size):
                    self._used -= self._kept.pop(next(iter(self._kept)))[1]
        return value

    def known(self, key: K) -> V | None:
        """The value of a key, None where it is not there."""
        kept = self._kept.get(key)
        return kept[0] if kept is not None else None

    @property
    def size(self) -> int:
        """About how many bytes the keys and values take; 0 where that is not measured."""
        return self._used

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._cleared += 1
            self._kept.clear()
            self._used = 0

    def __len__(self) -> int:
        return len(self._kept)


_caches: WeakSet[TextCache[Any, Any]] = WeakSet()


def text_cache(entries: int, size: int | None = 4 * MB) -> Callable[[Callable[P, V]], Callable[P, V]]:
    """Keep the results of a function of positional, hashable arguments in a `TextCache`."""

    def decorate(function: Callable[P, V]) -> Callable[P, V]:
        cache: TextCache[object, V] = TextCache(entries, size)

        @functools.wraps(function)
        def cached(*args: P.args, **kwargs: P.kwargs) -> V:
            return cache.get(args, lambda: function(*args, **kwargs))

        return cached

    return decorate


LONGEST_WORD = 64
"""Letters: what is longer is no word, and has no place in a cache of words."""
_word_caches: list[Callable[[], None]] = []


def word_cache(entries: int) -> Callable[[Callable[P, V]], Callable[P, V]]:
    """Keep the results of a function of single words of at most `LONGEST_WORD` letters; the caller sees to that. It is
    faster than `text_cache`, which measures what it keeps."""

    def decorate(function: Callable[P, V]) -> Callable[P, V]:
        cached = functools.lru_cache(maxsize=entries)(function)
        _word_caches.append(cached.cache_clear)
        return cached  # type: ignore[return-value]  # it is called as the function is

    return decorate


def clear_texts() -> None:
    """Empty every cache that may hold a text of a person, the patterns that `re` and `regex` keep among them."""
    for cache in list(_caches):
        cache.clear()
    for clear in _word_caches:
        clear()
    re.purge()
    regex.purge()


def size_of(value: object) -> int:
    """About how many bytes a value takes, with what is inside it. Structs and collections are measured by their
    encoding, which is an eighth of what many short strings take."""
    if isinstance(value, tuple):
        return sum(map(size_of, value))
    if isinstance(value, str | bytes | int | None):
        return sys.getsizeof(value)
    try:
        return 8 * len(msgspec.msgpack.encode(value))
    except TypeError:  # an object of another kind: what is inside it is not seen
        return sys.getsizeof(value)
