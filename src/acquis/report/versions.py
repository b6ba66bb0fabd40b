"""Two versions of a report beside each other: sentence by sentence, word by word, figure by figure.

Nothing of either version is lost: the pieces that are not "added" make up the sentence as it was, those that are not
"removed" the sentence as it is.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from acquis.events import Figure, ReportPublished, Sentence
from acquis.state.drafting import parts_of

ALIKE = 0.4
"""Two sentences that share this much of their words are one sentence that was changed."""
MOST = 400_000
"""Pairs of words that are compared; longer texts are shown as replaced as a whole between what they have in common at
both ends, so that no reader can keep the server busy."""
_HAN = "\\u2e80-\\u9fff\\uf900-\\ufaff\\U00020000-\\U0003ffff"
_MARKS = "\\u0300-\\u036f\\u0591-\\u05c7\\u0610-\\u065f\\u0900-\\u109f\\u1780-\\u17ff\\u200c\\u200d"
"""Signs above and below letters: they stay with their word."""
_WORDS = re.compile(rf"\s*[{_HAN}]|\s*(?:[^\W{_HAN}]|[{_MARKS}])+|\s*\W")
"""Words with the blanks before them; each sign and each Chinese character by itself. Every character is in one."""


class Piece(msgspec.Struct, frozen=True):
    """A run of words and what became of it."""

    text: str
    kind: Literal["same", "removed", "added"]


class Compared(msgspec.Struct, frozen=True):
    """A sentence in two versions, None where one has none like it. `moved`: it stands elsewhere among the others."""

    kind: Literal["same", "changed", "removed", "added"]
    before: Sentence | None
    after: Sentence | None
    pieces: tuple[Piece, ...]
    moved: bool = False


class FigureChange(msgspec.Struct, frozen=True):
    """The votes of a group on a statement in two versions, None where one does not have them."""

    statement: int
    group: str
    before: Figure | None
    after: Figure | None


class Comparison(msgspec.Struct, frozen=True):
    """What two versions say, by part ("takeaways") in the order of the later one, and the figures that differ."""

    parts: dict[str, tuple[Compared, ...]]
    figures: tuple[FigureChange, ...]

    @property
    def changes(self) -> int:
        """How many sentences were changed, removed, added or moved."""
        return sum(one.kind != "same" or one.moved for ones in self.parts.values() for one in ones)


@functools.lru_cache(maxsize=64)
def compared(before: ReportPublished, after: ReportPublished) -> Comparison:
    """Two versions of a report, sentence by sentence. Every sentence of both is in it exactly once."""
    old, new = dict(parts_of(before)), dict(parts_of(after))
    parts = {part: tuple(_compared(old.get(part, ()), new.get(part, ()))) for part in dict.fromkeys([*new, *old])}
    return Comparison(parts, tuple(_figures(before.figures, after.figures)))


def _compared(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Compared]:
    pairs = paired([one.text for one in old], [one.text for one in new])
    moved = _moved([before for before, after in pairs if before is not None and after is not None])
    for left, right in pairs:
        before, after = old[left] if left is not None else None, new[right] if right is not None else None
        pieces = word_by_word(before.text if before else "", after.text if after else "")
        yield Compared(_kind(before, after), before, after, pieces, left in moved)


def _kind(before: Sentence | None, after: Sentence | None) -> Literal["same", "changed", "removed", "added"]:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "same" if before == after else "changed"


def _moved(order: list[int]) -> set[int]:
    """Of the places that sentences had, in the order that they have now: those of which fewest would have to be moved
    back."""
    runs: list[list[int]] = []  # the longest rising run that ends with each
    for place in order:
        runs.append([*_longest([run for run in runs if run[-1] < place]), place])
    return set(order) - set(_longest(runs))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Which text of the one is which of the other: equal ones first, then by the words they share, the most alike
    first. In the order of the new ones; what is gone stands behind what it stood behind."""
    of: dict[int, int] = {}
    free = list(range(len(old)))
    for n, text in enumerate(new):
        if (same := next((m for m in free if old[m] == text), None)) is not None:
            of[n] = same
            free.remove(same)
    likeness = sorted(
        (-alike, n, m)
        for n in range(len(new))
        if n not in of
        for m in free
        if (alike := _alike(old[m], new[n])) >= ALIKE
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


def _alike(text: str, other: str) -> float:
    """The share of words that two texts have in common, 0..1."""
    first, second = Counter(_words(text)), Counter(_words(other))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


@functools.lru_cache(maxsize=2000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().casefold() for word in _WORDS.findall(text) if word.strip())


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """How a text became another one. The pieces that are not added are the first, those not removed the second."""
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


def _figures(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[FigureChange]:
    before, after = ({(one.statement, one.group): one for one in figures} for figures in (old, new))
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield FigureChange(*key, before.get(key), after.get(key))
