"""Comparison of two versions of a report by sentence, word and figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from acquis.events import Figure, ReportPublished, Sentence
from acquis.state.drafting import parts_of
from acquis.text.caches import MB, text_cache
from acquis.text.differences import Piece, paired, word_by_word


class Compared(msgspec.Struct, frozen=True):
    """A sentence in two versions, None in a version without it. `moved`: its order among the others has changed."""

    kind: Literal["same", "changed", "removed", "added"]
    before: Sentence | None
    after: Sentence | None
    pieces: tuple[Piece, ...]
    moved: bool = False


class FigureChange(msgspec.Struct, frozen=True):
    """The votes of a group on a statement in two versions, None in a version without them."""

    statement: int
    group: str
    before: Figure | None
    after: Figure | None


class Comparison(msgspec.Struct, frozen=True):
    """Part ("takeaways") -> the compared sentences, in the order of the later version; and the figures that differ."""

    parts: dict[str, tuple[Compared, ...]]
    figures: tuple[FigureChange, ...]

    @property
    def changes(self) -> int:
        """The number of sentences that were changed, removed, added or moved."""
        sentences = (sentence for part in self.parts.values() for sentence in part)
        return sum(sentence.kind != "same" or sentence.moved for sentence in sentences)


@text_cache(64, 16 * MB)
def compared(before: ReportPublished, after: ReportPublished) -> Comparison:
    """Compares two versions of a report. Every sentence of both is in the result exactly once."""
    old, new = dict(parts_of(before)), dict(parts_of(after))
    parts = {part: tuple(_compared(old.get(part, ()), new.get(part, ()))) for part in dict.fromkeys([*new, *old])}
    return Comparison(parts, tuple(_figures(before.figures, after.figures)))


def _compared(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Compared]:
    pairs = paired([sentence.text for sentence in old], [sentence.text for sentence in new])
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
    """The smallest set of sentences that must be moved to restore their old order. `order`: old places of the sentences
    in their new order. The others are a longest increasing subsequence."""
    runs: list[list[int]] = []  # the longest increasing subsequence that ends with each place
    for place in order:
        runs.append([*_longest([run for run in runs if run[-1] < place]), place])
    return set(order) - set(_longest(runs))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=len) if runs else []


def _figures(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[FigureChange]:
    before, after = ({(figure.statement, figure.group): figure for figure in figures} for figures in (old, new))
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield FigureChange(*key, before.get(key), after.get(key))
