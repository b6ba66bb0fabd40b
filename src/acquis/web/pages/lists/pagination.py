"""Long lists in pages, and the search in them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

import msgspec

from acquis.state import Question
from acquis.state.reading import public_question
from acquis.text.caches import MB, text_cache
from acquis.text.folding import folded

Row = TypeVar("Row")


class ResultsPage(msgspec.Struct, Generic[Row], frozen=True):
    """A page of a list: its rows, its number from 1, the number of pages, and the number of rows on all of them."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int


def results_page(rows: Sequence[Row], number: int, size: int) -> ResultsPage[Row]:
    """The page of a list with a number, from 1, if each page has `size` rows; the nearest page if there is none with
    this number. An empty list has one page."""
    pages = max(1, -(-len(rows) // size))
    number = min(max(number, 1), pages)
    return ResultsPage(rows[(number - 1) * size : number * size], number, pages, len(rows))


def contains(text: str, words: str) -> bool:
    """Whether each word stands in the text, also as a part of a word, without regard to case and accents."""
    inside = _folded(text)
    return all(word in inside for word in _folded(words).split())


_folded = text_cache(60_000, 32 * MB)(folded)


def matching(questions: Iterable[Question], words: str, unread: bool) -> list[Question]:
    """The questions for which somebody searches, by number ("41", "#41") or by words of the text, in their order. Texts
    that are not public are searched only with `unread`. Of many questions in a thread."""
    number = words.strip().removeprefix("#")
    return [
        q for q in questions if str(q.seq) == number or ((unread or public_question(q)) and contains(q.text, words))
    ]
