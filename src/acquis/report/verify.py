"""Verifying a log without a server: the chain, the erasures, and every figure that was published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from acquis import events as ev
from acquis.record import Entry
from acquis.record.chain import from_line, verify_rows
from acquis.report.summary import figures
from acquis.state import EFFECTS, State

Problem = Literal["", "line", "chain", "event", "erasure", "figures"]


class Verification(msgspec.Struct, frozen=True):
    """What was found. `first_bad` is the number of the first entry that is not right, `problem` in what way. `erased`
    texts are gone on somebody's request, `withheld` ones were never let through to the public."""

    entries: int
    head: str
    erased: int
    withheld: int
    reports: int
    first_bad: int | None = None
    problem: Problem = ""
    reason: str = ""

    @property
    def ok(self) -> bool:
        return self.first_bad is None


def verify_lines(lines: Iterable[bytes]) -> Verification:
    """Check an exported log, one entry a line."""
    entries: list[Entry] = []
    problem: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(from_line(line))
        except ValueError as error:
            problem = (number, str(error))
            break
    found = verify_entries(entries)
    if problem is not None and found.ok:
        return msgspec.structs.replace(found, first_bad=problem[0], problem="line", reason=problem[1])
    return found


def verify_entries(entries: Iterable[Entry]) -> Verification:
    """Check entries, as kept or as exported: the chain first, then what they say."""
    kept = list(entries)
    rows = ((e.seq, e.at, e.by, e.body, e.salt, e.digest, e.link) for e in kept)
    verdict = verify_rows(rows)
    found = Verification(verdict.entries, verdict.head.hex(), 0, 0, 0)
    if not verdict.ok:
        return msgspec.structs.replace(found, first_bad=verdict.first_bad, problem="chain", reason=verdict.reason)
    return _meaning(kept, found)


def _meaning(entries: list[Entry], found: Verification) -> Verification:
    """Fold the log and recompute what the reports in it claim."""
    state, bare, reports = State(), dict[int, str](), 0
    for entry, event in _events(entries):
        if event is None:
            return msgspec.structs.replace(
                found, first_bad=entry.seq, problem="event", reason="not an event known here"
            )
        if entry.salt is None:
            bare[entry.seq] = hashlib.sha256(entry.body).hexdigest()
            if any(getattr(event, name) for name in event.texts) or not event.texts:
                reason = "a body without its salt must be without its texts"
                return msgspec.structs.replace(found, first_bad=entry.seq, problem="erasure", reason=reason)
        if isinstance(event, ev.ReportPublished):
            reports += 1
            if event.upto != state.seq or event.figures != figures(state):
                reason = f"its figures are not those of the log up to entry {event.upto}"
                return msgspec.structs.replace(found, first_bad=entry.seq, problem="figures", reason=reason)
        try:
            EFFECTS[type(event)](state, event, entry.seq, entry.at, entry.by)
        except (KeyError, IndexError, ValueError) as error:
            reason = f"it refers to something that is not there: {error}"
            return msgspec.structs.replace(found, first_bad=entry.seq, problem="event", reason=reason)
        state.seq, state.at = entry.seq, entry.at
    for seq, rest in state.erased.items():
        if bare.get(seq, rest) != rest:
            reason = "it was changed after its text was erased"
            return msgspec.structs.replace(found, first_bad=seq, problem="erasure", reason=reason)
    erased = sum(seq in bare for seq in state.erased)
    return msgspec.structs.replace(found, erased=erased, withheld=len(bare) - erased, reports=reports)


def _events(entries: list[Entry]) -> Iterator[tuple[Entry, ev.Event | None]]:
    for entry in entries:
        try:
            yield entry, ev.from_body(entry.body)
        except msgspec.DecodeError:
            yield entry, None
