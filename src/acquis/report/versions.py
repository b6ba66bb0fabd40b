"""Two versions of a report beside each other: sentence by sentence, word by word, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from acquis.events import Figure, ReportPublished, Sentence
from acquis.state.drafting import parts_of
from acquis.text.caches import MB, text_cache
from acquis.text.differences import Piece, paired, word_by_word


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


@text_cache(64, 16 * MB)
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


def _figures(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[FigureChange]:
    before, after = ({(one.statement, one.group): one for one in figures} for figures in (old, new))
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield FigureChange(*key, before.get(key), after.get(key))
