"""What changed from one assessment to a later one, item by item."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import msgspec

from acquis.assessment.shape import PARTS, Answer, Assessment, Evidence, Measure, answers, is_empty

_ALIKE = 0.6
"""How alike the words of two measures are at least (0..1) if one is taken for the other, rewritten."""


class Change(msgspec.Struct, frozen=True):
    """One thing that changed: a code, the item ("" for the head), and what it was and is."""

    code: str
    item: str = ""
    before: str = ""
    after: str = ""


def diff(a: Assessment, b: Assessment) -> list[Change]:
    """What changed from a to b: the head first, then item by item in the order of b, then what only a had."""
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
        old, new = (str(getattr(one, field) or "") for one in (a, b))
        if old != new:
            yield Change(f"head_{field}", "", old, new)


def _moved(a: Assessment, b: Assessment) -> Iterator[Change]:
    """Answers that stand in another part now."""
    old, new = ({item: part for part in PARTS for item in getattr(one, part)} for one in (a, b))
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
    pairs, gone, come = _paired(old, new)
    for was, now in pairs:
        if was.text != now.text:
            yield Change("measure_changed", item, was.text, now.text)
        if was.since != now.since:
            yield Change("since", item, was.since, now.since)
        yield from _evidence(item, was.evidence, now.evidence)
    for one in come:
        yield Change("measure_added", item, after=one.text)
        yield from _evidence(item, (), one.evidence)
    yield from (Change("measure_removed", item, before=one.text) for one in gone)


def _paired(
    old: Sequence[Measure], new: Sequence[Measure]
) -> tuple[list[tuple[Measure, Measure]], list[Measure], list[Measure]]:
    """The measures that are the same one in both, in the order of `new`; those that are gone; those that are new."""
    gone, found = list(old), dict[int, Measure]()
    # All that stayed word for word first: else a rewritten one might take the place of one that stayed.
    for same in (lambda was, now: was == now, lambda was, now: was.text == now.text, _alike):
        for n, now in enumerate(new):
            twin = next((was for was in gone if n not in found and same(was, now)), None)
            if twin is not None:
                found[n] = twin
                gone.remove(twin)
    pairs = [(found[n], now) for n, now in enumerate(new) if n in found]
    return pairs, gone, [now for n, now in enumerate(new) if n not in found]


def _alike(was: Measure, now: Measure) -> bool:
    words = difflib.SequenceMatcher(None, was.text.casefold().split(), now.text.casefold().split(), autojunk=False)
    return words.ratio() >= _ALIKE


def _evidence(item: str, old: Sequence[Evidence], new: Sequence[Evidence]) -> Iterator[Change]:
    gone = list(old)
    for one in new:
        if one in gone:
            gone.remove(one)
        else:
            yield Change("evidence_added", item, after=cited(one))
    yield from (Change("evidence_removed", item, before=cited(one)) for one in gone)


def cited(evidence: Evidence) -> str:
    """Evidence in one line: "A/76/135, Title, 2021-07-14, https://..."."""
    return ", ".join(text for text in (evidence.symbol, evidence.title, evidence.date, evidence.url) if text)
