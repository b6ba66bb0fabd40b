"""Verifying a log without a server: the chain, the erasures, and every figure that was published.

The chain covers the digest of each body. Where a text is gone, its salt is gone too and the digest cannot be checked
against what is left; so each such entry must be accounted for by the log itself: an erasure that was recorded, which
holds the digest of what is left, or a question or statement that nobody let through.

A chain proves only that a log fits itself. Whoever noted a head on the way (the stage shows it) can ask for it: a log
that was made anew since then does not have it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from acquis import events as ev
from acquis.publication.chatham import may_leave
from acquis.publication.public import is_public
from acquis.record import Entry, Verdict
from acquis.record.chain import from_line, verify
from acquis.state import State
from acquis.statistics.opinion_map import opinion_figure
from acquis.statistics.summary import figures

Problem = Literal["", "empty", "line", "chain", "event", "erasure", "figures", "head"]

SHORTEST_HEAD = 8
"""Hexadecimal digits of a head that somebody noted: with fewer, one of a million entries has them by chance."""


class Verification(msgspec.Struct, frozen=True):
    """What was found. `entries` are good up to the first that the chain does not hold; `first_bad` is the number of the
    first entry that is not right, `problem` in what way. `erased` texts are gone on somebody's request, `withheld` ones
    were never let through to the public. `reports` were computed again. `seen_at` is the entry whose link is the head
    that was asked for."""

    entries: int
    head: str
    erased: int = 0
    withheld: int = 0
    reports: int = 0
    seen_at: int = 0
    first_bad: int | None = None
    problem: Problem = ""
    reason: str = ""

    @property
    def ok(self) -> bool:
        return self.first_bad is None


def verify_lines(lines: Iterable[bytes], seen: str = "") -> Verification:
    """Check an exported log, one entry a line; with `seen`, that it has a head noted earlier (its first eight
    hexadecimal digits or more). Reads no further than the first entry that the chain does not hold."""
    reader = _LogReader(seen)
    return reader.verification(verify(reader.entries_of(lines)))


def verify_entries(entries: Iterable[Entry], seen: str = "") -> Verification:
    """The same of entries, as kept or as exported."""
    reader = _LogReader(seen)
    return reader.verification(verify(reader.followed(entries)))


class _LogReader:
    """Follows the chain and takes each entry in once the chain has accepted it, so that a long log is never held in
    memory as a whole."""

    def __init__(self, seen: str) -> None:
        self.seen = seen.strip().lower()
        self.seen_at = 0
        self.state = State()
        self.bare: dict[int, str] = {}
        """Entries without their salt, with the digest of what is left of them."""
        self.wordless: set[int] = set()
        """Those of them that have no text left."""
        self.nameless: set[int] = set()
        """Those that a session under the Chatham House Rule lets out without what names somebody."""
        self.declared: dict[int, ev.Event] = {}
        """The bare entries as they are in the log: their class declares who may see their texts."""
        self.reports = 0
        self.damaged = ""
        self.found: tuple[int, Problem, str] | None = None

    def entries_of(self, lines: Iterable[bytes]) -> Iterator[Entry]:
        return self.followed(self._read(lines))

    def _read(self, lines: Iterable[bytes]) -> Iterator[Entry]:
        for line in lines:
            try:
                entry = from_line(line)
            except (ValueError, RecursionError) as error:
                self.damaged = str(error)
                return
            yield entry

    def followed(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            yield entry  # whoever checks the chain asks for the next only if this one is good
            if len(self.seen) >= SHORTEST_HEAD and entry.link.hex().startswith(self.seen):
                self.seen_at = entry.seq
            if self.found is None:
                self._take(entry)

    def _take(self, entry: Entry) -> None:
        try:
            event = ev.from_body(entry.body)
            if entry.salt is None:
                self.bare[entry.seq] = hashlib.sha256(entry.body).hexdigest()
                self.declared[entry.seq] = event
                if event.texts and event == ev.redacted(event):
                    self.wordless.add(entry.seq)
                if may_leave(event):
                    self.nameless.add(entry.seq)
                elif entry.seq not in self.wordless:
                    self.found = (entry.seq, "erasure", "without its salt, yet not without its text")
                    return
            if isinstance(event, ev.ReportPublished):
                self._recompute(entry.seq, event)
            self.state.apply(entry.seq, entry.at, entry.by, event)
        except Exception as error:  # a log of a stranger may say anything: whatever breaks, its entry is named
            self.found = (entry.seq, "event", f"{type(error).__name__}: {error}")

    def _recompute(self, seq: int, report: ev.ReportPublished) -> None:
        self.reports += 1
        if report.upto != self.state.seq:
            self.found = (seq, "figures", f"computed up to entry {report.upto} instead of {self.state.seq}")
            return
        here, there = set(figures(self.state)), set(report.figures)
        if here != there:
            differing = min(figure.statement for figure in here ^ there)
            self.found = (seq, "figures", f"statement {differing} differs")
        elif report.opinion is not None and report.opinion != opinion_figure(self.state):
            self.found = (seq, "figures", "the groups of opinion differ")

    def verification(self, verdict: Verdict) -> Verification:
        erased = self.state.erased.keys() & self.bare.keys()
        found = Verification(
            verdict.entries,
            verdict.head.hex(),
            erased=len(erased),
            withheld=len(self.bare) - len(erased),
            reports=self.reports,
            seen_at=self.seen_at,
        )
        problems = [problem for problem in (self.found, self._broken(verdict)) if problem]
        # Whether a text may be missing is known only from the whole log.
        worst = min(problems) if problems else self._unaccounted() or self._unseen()
        if worst is None:
            return found
        first_bad, problem, reason = worst
        return msgspec.structs.replace(found, first_bad=first_bad, problem=problem, reason=reason)

    def _broken(self, verdict: Verdict) -> tuple[int, Problem, str] | None:
        if not verdict.ok:
            return (verdict.first_bad or 0, "chain", verdict.reason)
        if self.damaged:
            return (verdict.entries + 1, "line", self.damaged)
        return None if verdict.entries else (0, "empty", "")

    def _unseen(self) -> tuple[int, Problem, str] | None:
        return (0, "head", self.seen) if self.seen and not self.seen_at else None

    def _unaccounted(self) -> tuple[int, Problem, str] | None:
        """The first entry whose text is gone, though nothing in the log says that it may be."""
        nameless = self.nameless if self.state.settings.chatham else frozenset[int]()
        for seq, left in self.bare.items():
            hidden = not is_public(self.declared[seq], seq, self.state)
            if seq not in self.wordless and (seq not in nameless or hidden or seq in self.state.erased):
                return (seq, "erasure", "without its salt, yet not without its text")
            if seq in nameless:
                continue
            if seq not in self.state.erased and not hidden:
                return (seq, "erasure", "no entry says that it was erased")
            if self.state.erased.get(seq, left) != left:
                return (seq, "erasure", "it was changed after its text was erased")
        return None
