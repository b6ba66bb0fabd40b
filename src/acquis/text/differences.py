"""Differences by words between two texts, or two lists of texts.

The pieces that are not "added" make up the first text, those that are not "removed" the second.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import regex

from acquis.text.folding import caseless
from acquis.text.scripts import CJK

ALIKE = 0.4
"""The share of common words from which two texts count as versions of one text."""
MOST = 400_000
"""The most pairs of words to compare. The middle parts of longer texts are shown as replaced, so that a request cannot
occupy the server."""
_WORDS = regex.compile(rf"\s*[{CJK}]|\s*[^\W{CJK}]+|\s*\W")
"""Words with the blanks before them; each punctuation mark and each Chinese or Japanese character is a word. Every
character of a text except trailing blanks is in one match."""


class Piece(msgspec.Struct, frozen=True):
    """A run of words that is equal in both texts, removed or added."""

    text: str
    kind: Literal["same", "removed", "added"]


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pairs of indices of the texts that correspond in two lists: first equal texts, then those with the most common
    words (`ALIKE` or more). In the order of `new`; a removed text follows the text that it followed in `old`."""
    of: dict[int, int] = {}
    free = list(range(len(old)))
    for n, text in enumerate(new):
        if (same := next((m for m in free if old[m] == text), None)) is not None:
            of[n] = same
            free.remove(same)
    before, after = [Counter(_words(text)) for text in old], [Counter(_words(text)) for text in new]
    likeness = sorted(
        (-alike, n, m)
        for n in range(len(new))
        if n not in of
        for m in free
        if (alike := _words_shared(before[m], after[n])) >= ALIKE
    )
    for _, n, m in likeness:
        if n not in of and m in free:
            of[n] = m
            free.remove(m)
    return _in_order(of, free, len(new))


def _in_order(of: dict[int, int], gone: list[int], count: int) -> list[tuple[int | None, int | None]]:
    pairs: list[tuple[int | None, int | None]] = [(of.get(n), n) for n in range(count)]
    for m in gone:
        behind = next((n for n, (before, _) in enumerate(pairs) if before is not None and before == m - 1), None)
        pairs.insert(0 if m == 0 else len(pairs) if behind is None else behind + 1, (m, None))
    return pairs


def _words_shared(words: Counter[str], other: Counter[str]) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    return 2 * (words & other).total() / max(words.total() + other.total(), 1)


def _words(text: str) -> tuple[str, ...]:
    return tuple(caseless(word.strip()) for word in _WORDS.findall(text) if word.strip())


def words_in_order(text: str, other: str) -> float:
    """The share of words that two texts have in common in the same order, from 0 to 1, ignoring case."""
    before, after = caseless(text).split(), caseless(other).split()
    return difflib.SequenceMatcher(None, before, after, autojunk=False).ratio()


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two texts, in order: equal, removed and added words."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    pieces = [("same", old[:head]), *_middle(*middle), ("same", old[len(old) - tail :])]
    return tuple(Piece("".join(words), kind) for kind, words in pieces if words)  # type: ignore[arg-type]  # one of the three


def _common(words: list[str], other: list[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(words, other)) if a != b), min(len(words), len(other)))


def _middle(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str]]]:
    if len(old) * len(new) > MOST:
        yield "removed", old
        yield "added", new
        return
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", old[a:b]
        else:
            yield "removed", old[a:b]
            yield "added", new[c:d]
