"""Caches of results computed from texts of people. They are bounded in number and size, and all are emptied when a text
is erased. Results computed from constants use `functools.cache`."""

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
    """Key -> value, at most `entries` of them and about `size` bytes of keys and values (None: not measured). The
    oldest entry is removed first. Thread-safe."""

    def __init__(self, entries: int, size: int | None = 4 * MB) -> None:
        self._entries, self._size = entries, size
        self._kept: dict[K, tuple[V, int]] = {}
        self._used = 0
        self._cleared = 0
        self._lock = threading.Lock()
        _caches.add(self)

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key; `make` computes it if it is not cached."""
        if (kept := self._kept.get(key)) is not None:
            return kept[0]
        cleared = self._cleared
        value = make()
        size = 0 if self._size is None else size_of(key) + size_of(value)
        with self._lock:
            # A value whose computation began before an erasure may contain the erased text.
            if cleared == self._cleared and key not in self._kept and (self._size is None or size <= self._size):
                self._kept[key] = value, size
                self._used += size
                while len(self._kept) > self._entries or (self._size is not None and self._used > self._size):
                    self._used -= self._kept.pop(next(iter(self._kept)))[1]
        return value

    def known(self, key: K) -> V | None:
        """The value of a key; None if it is not cached."""
        kept = self._kept.get(key)
        return kept[0] if kept is not None else None

    @property
    def size(self) -> int:
        """The approximate size of keys and values in bytes; 0 if it is not measured."""
        return self._used

    def clear(self) -> None:
        """Remove all entries, also those that other threads are computing now."""
        with self._lock:
            self._cleared += 1
            self._kept.clear()
            self._used = 0

    def __len__(self) -> int:
        return len(self._kept)


_caches: WeakSet[TextCache[Any, Any]] = WeakSet()


def text_cache(entries: int, size: int | None = 4 * MB) -> Callable[[Callable[P, V]], Callable[P, V]]:
    """A decorator that caches the results of a function of positional, hashable arguments in a `TextCache`."""

    def decorate(function: Callable[P, V]) -> Callable[P, V]:
        cache: TextCache[object, V] = TextCache(entries, size)

        @functools.wraps(function)
        def cached(*args: P.args, **kwargs: P.kwargs) -> V:
            return cache.get(args, lambda: function(*args, **kwargs))

        return cached

    return decorate


LONGEST_WORD = 64
"""The most letters of a word in a cache of words."""
_word_caches: list[Callable[[], None]] = []


def word_cache(entries: int) -> Callable[[Callable[P, V]], Callable[P, V]]:
    """A decorator that caches the results of a function of words. Callers pass words of at most `LONGEST_WORD` letters
    only. It is faster than `text_cache`, because it does not measure sizes."""

    def decorate(function: Callable[P, V]) -> Callable[P, V]:
        cached = functools.lru_cache(maxsize=entries)(function)
        _word_caches.append(cached.cache_clear)
        return cached  # type: ignore[return-value]  # it is called as the function is

    return decorate


def clear_texts() -> None:
    """Empties every cache that may contain a text of a person, including the pattern caches of `re` and `regex`."""
    for cache in list(_caches):
        cache.clear()
    for clear in _word_caches:
        clear()
    re.purge()
    regex.purge()


def size_of(value: object) -> int:
    """The approximate size of a value and its contents in bytes. For structs and collections it is eight times the
    length of their encoding, the ratio measured for many short strings."""
    if isinstance(value, tuple):
        return sum(map(size_of, value))
    if isinstance(value, str | bytes | int | None):
        return sys.getsizeof(value)
    try:
        return 8 * len(msgspec.msgpack.encode(value))
    except TypeError:  # an object of another kind: its contents are not counted
        return sys.getsizeof(value)
