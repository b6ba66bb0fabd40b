"""Long lists in leaves, and the search in them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

import msgspec

from acquis.state import Question
from acquis.state.reading import public_question
from acquis.text.caches import text_cache
from acquis.text.folding import folded

Row = TypeVar("Row")


class Leaf(msgspec.Struct, Generic[Row], frozen=True):
    """A part of a list: its rows, its number from 1, the number of leaves, and the number of all rows."""

    rows: Sequence[Row]
    number: int
    leaves: int
    total: int


def leaf(rows: Sequence[Row], number: int, size: int) -> Leaf[Row]:
    """The leaf of a list with a number; the nearest one if there is none. An empty list has one leaf."""
    leaves = max(1, -(-len(rows) // size))
    number = min(max(number, 1), leaves)
    return Leaf(rows[(number - 1) * size : number * size], number, leaves, len(rows))


def contains(text: str, words: str) -> bool:
    """Whether each word stands in the text, also as a part of a word, without regard to case and accents."""
    inside = _folded(text)
    return all(word in inside for word in _folded(words).split())


_folded = text_cache(10_000)(folded)


def matching(questions: Iterable[Question], words: str, unread: bool) -> list[Question]:
    """The questions for which somebody searches, by number ("41", "#41") or by words of the text, in their order. Texts
    that are not public are searched only with `unread`."""
    number = words.strip().removeprefix("#")
    return [
        q for q in questions if str(q.seq) == number or ((unread or public_question(q)) and contains(q.text, words))
    ]
