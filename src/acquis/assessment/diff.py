"""The differences between two versions of an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from acquis.assessment.shape import PARTS, Answer, Assessment, Measure, MeasureEvidence, answers, is_empty
from acquis.text.differences import words_in_order

_ALIKE = 0.6
"""Similarity of the words of two measures (0..1) from which one is considered to be the other one, rewritten."""


class Change(msgspec.Struct, frozen=True):
    """A change: a code, the item ("" for the head of the file), and the text before and after."""

    code: str
    item: str = ""
    before: str = ""
    after: str = ""


def diff(a: Assessment, b: Assessment) -> list[Change]:
    """The changes from a to b: first the head, then by item in the order of b, then items that only a has."""
    before, after = answers(a), answers(b)
    items = [*after, *(item for item in before if item not in after)]
    nothing = Answer()
    return [
        *_head(a, b),
        *(change for item in items for change in _item(item, before.get(item, nothing), after.get(item, nothing))),
        *_moved(a, b),
    ]


def _head(a: Assessment, b: Assessment) -> Iterator[Change]:
    for field in ("edition", "by", "as_of", "language"):
        old, new = (str(getattr(assessment, field) or "") for assessment in (a, b))
        if old != new:
            yield Change(f"head_{field}", "", old, new)


def _moved(a: Assessment, b: Assessment) -> Iterator[Change]:
    """Changes of the part in which an answer is stored."""
    old, new = ({item: part for part in PARTS for item in getattr(assessment, part)} for assessment in (a, b))
    yield from (
        Change("moved", item, old[item], part) for item, part in new.items() if item in old and old[item] != part
    )


def _item(item: str, old: Answer, new: Answer) -> Iterator[Change]:
    if is_empty(new) and not is_empty(old):
        yield Change("emptied", item)
    yield from _measures(item, old.measures, new.measures)
    for field in ("challenges", "gaps"):
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield Change(field, item, was, now)
    if old.private != new.private:
        yield Change("made_private" if new.private else "made_public", item)


def _measures(item: str, old: Sequence[Measure], new: Sequence[Measure]) -> Iterator[Change]:
    pairs, removed, added = _paired(old, new)
    for was, now in pairs:
        if was.text != now.text:
            yield Change("measure_changed", item, was.text, now.text)
        if was.since != now.since:
            yield Change("since", item, was.since, now.since)
        yield from _evidence(item, was.evidence, now.evidence)
    for measure in added:
        yield Change("measure_added", item, after=measure.text)
        yield from _evidence(item, (), measure.evidence)
    yield from (Change("measure_removed", item, before=measure.text) for measure in removed)


def _paired(
    old: Sequence[Measure], new: Sequence[Measure]
) -> tuple[list[tuple[Measure, Measure]], list[Measure], list[Measure]]:
    """The pairs of corresponding measures, in the order of `new`; the removed measures; the added measures."""
    removed, twins = list(old), dict[int, Measure]()
    # Unchanged measures are paired first, so that a rewritten measure cannot take the place of one of them.
    for same in (lambda was, now: was == now, lambda was, now: was.text == now.text, _alike):
        for n, now in enumerate(new):
            twin = next((was for was in removed if n not in twins and same(was, now)), None)
            if twin is not None:
                twins[n] = twin
                removed.remove(twin)
    pairs = [(twins[n], now) for n, now in enumerate(new) if n in twins]
    return pairs, removed, [now for n, now in enumerate(new) if n not in twins]


def _alike(was: Measure, now: Measure) -> bool:
    return words_in_order(was.text, now.text) >= _ALIKE


def _evidence(item: str, old: Sequence[MeasureEvidence], new: Sequence[MeasureEvidence]) -> Iterator[Change]:
    removed = list(old)
    for evidence in new:
        if evidence in removed:
            removed.remove(evidence)
        else:
            yield Change("evidence_added", item, after=cited(evidence))
    yield from (Change("evidence_removed", item, before=cited(evidence)) for evidence in removed)


def cited(evidence: MeasureEvidence) -> str:
    """A citation of the evidence in one line: "A/76/135, Title, 2021-07-14, https://..."."""
    return ", ".join(text for text in (evidence.symbol, evidence.title, evidence.date, evidence.url) if text)
