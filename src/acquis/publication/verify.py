"""Verifies a log without a server: the chain, the erasures, and every published figure.

The chain covers the digest of each body. An entry whose text was removed has no salt either, so its digest cannot be
checked against the rest of its body. The log itself must explain each such entry: by a recorded erasure, which contains
the digest of the rest, or as a question or statement that was never approved.

Under the Chatham House Rule some entries are shown with names masked and without salt. Nothing in this format proves
the masked form: whoever has the public log of such a session could have written another one under the same fingerprint.
Such a log is verified in part only, and `unproved` names these entries.

A chain proves only that a log is consistent. Somebody who noted a head during the session (the stage shows it) can
check that the log contains it; a log that was forged afterwards does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Set
from typing import Literal

import msgspec

from acquis import events as ev
from acquis.publication.chatham import may_lack_salt
from acquis.publication.public import is_public
from acquis.record import Entry, Verdict
from acquis.record.chain import from_line, verify
from acquis.state import State
from acquis.state.undoing import Effective, LookAhead, is_valid
from acquis.statistics.opinion_map import opinion_figure
from acquis.statistics.summary import figures

Problem = Literal["", "empty", "line", "chain", "event", "undoing", "erasure", "figures", "head"]

SHORTEST_HEAD = 8
"""The fewest hexadecimal digits of a noted head: with fewer, one of a million entries would match by chance."""


class Verification(msgspec.Struct, frozen=True):
    """The result of a verification. `entries`: the number of entries that the chain confirms, up to the first that it
    does not; `head`: the link of the last of them. `first_bad`: the number of the first wrong entry; `problem` and
    `reason` say what is wrong. `erased`, `withheld`: the numbers of the entries whose text was erased on request, and
    of those whose text was never public; `unproved`: of those that are shown in another form than they were recorded
    in, which only the operator of the server vouches for. `reports`: reports computed again. `seen_at`: the entry whose
    link is the noted head, 0 for none."""

    entries: int
    head: str
    erased: tuple[int, ...] = ()
    withheld: tuple[int, ...] = ()
    unproved: tuple[int, ...] = ()
    reports: int = 0
    seen_at: int = 0
    first_bad: int | None = None
    problem: Problem = ""
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong. What is shown is proved only if it is also `complete`."""
        return self.first_bad is None

    @property
    def complete(self) -> bool:
        """Whether nothing is wrong and every value that the log shows is proved by the chain."""
        return self.ok and not self.unproved


def verify_lines(lines: Iterable[bytes], seen: str = "") -> Verification:
    """Checks an exported log, one entry per line, and with `seen` (eight or more hexadecimal digits) that it contains a
    head noted earlier. Stops at the first entry that the chain does not confirm."""
    reader = _LogReader(seen)
    return reader.verification(verify(reader.entries_of(lines)))


def verify_entries(entries: Iterable[Entry], seen: str = "") -> Verification:
    """Checks entries of a record or of an export; as `verify_lines`."""
    reader = _LogReader(seen)
    return reader.verification(verify(reader.followed(entries)))


class _LogReader:
    """Applies each entry to a state after the chain has confirmed it, so that a long log is never in memory as a
    whole."""

    def __init__(self, seen: str) -> None:
        self.seen = seen.strip().lower()
        self.seen_at = 0
        self.state = State()
        self.ahead = LookAhead()
        self.bare: dict[int, str] = {}
        """Number of an entry without salt -> SHA-256 of its body, hexadecimal."""
        self.wordless: set[int] = set()
        """Entries of `bare` without any text."""
        self.nameless: set[int] = set()
        """Entries of `bare` that may be without salt under the Chatham House Rule."""
        self.ruled: bool | None = None
        """Whether the session is held under the Chatham House Rule, as the entry of its opening says."""
        self.declared: dict[int, ev.Event] = {}
        """Number of an entry of `bare` -> its event, whose class declares who may see its texts."""
        self.reports = 0
        self.damaged = ""
        self.problem: tuple[int, Problem, str] | None = None

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
            yield entry  # `verify` asks for the next entry only if this one is correct
            if len(self.seen) >= SHORTEST_HEAD and entry.link.hex().startswith(self.seen):
                self.seen_at = entry.seq
            if self.problem is None:
                self._take(entry)

    def _take(self, entry: Entry) -> None:
        try:
            event = ev.from_body(entry.body)
            if entry.salt is None:
                self.bare[entry.seq] = hashlib.sha256(entry.body).hexdigest()
                self.declared[entry.seq] = event
                if event.texts and event == ev.redacted(event):
                    self.wordless.add(entry.seq)
                if may_lack_salt(event):
                    self.nameless.add(entry.seq)
                elif entry.seq not in self.wordless:
                    self.problem = (entry.seq, "erasure", "without its salt, yet not without its text")
                    return
            elif isinstance(event, ev.SessionOpened):
                self.ruled = event.chatham
        except Exception as error:  # an unknown log may contain anything; every failure is reported with its entry
            self.problem = (entry.seq, "event", f"{type(error).__name__}: {error}")
            return
        self._apply(self.ahead.take((entry.seq, entry.at, entry.by, event)))

    def _apply(self, rows: Iterable[Effective]) -> None:
        """Apply entries of which it is known whether they were taken back, up to the first that is wrong. It comes
        before every problem that was found already."""
        for seq, at, by, event in rows:
            before = self.problem
            try:
                if isinstance(event, ev.ReportPublished):
                    self._recompute(seq, event)
                self.state.apply(seq, at, by, event)
                if not is_valid(self.state, seq, event):
                    self.problem = (seq, "undoing", "")
            except Exception as error:  # as above
                self.problem = (seq, "event", f"{type(error).__name__}: {error}")
            if self.problem is not before:
                return

    def _recompute(self, seq: int, report: ev.ReportPublished) -> None:
        self.reports += 1
        if report.upto != self.state.seq:
            self.problem = (seq, "figures", f"computed up to entry {report.upto} instead of {self.state.seq}")
            return
        computed, published = set(figures(self.state)), set(report.figures)
        if computed != published:
            differing = min(figure.statement for figure in computed ^ published)
            self.problem = (seq, "figures", f"statement {differing} differs")
        elif report.opinion is not None and report.opinion != opinion_figure(self.state):
            self.problem = (seq, "figures", "the groups of opinion differ")

    def verification(self, verdict: Verdict) -> Verification:
        self._apply(self.ahead.rest())
        erased, masked = self.state.erased.keys() & self.bare.keys(), self._masked()
        result = Verification(
            verdict.entries,
            verdict.head.hex(),
            erased=tuple(sorted(erased)),
            withheld=tuple(sorted(self.wordless - erased - masked)),
            unproved=tuple(sorted(masked - erased)),
            reports=self.reports,
            seen_at=self.seen_at,
        )
        problems = [problem for problem in (self.problem, self._broken(verdict)) if problem]
        # Whether a text may be missing is known only from the whole log.
        first = min(problems) if problems else self._unaccounted() or self._unseen()
        if first is None:
            return result
        first_bad, problem, reason = first
        return msgspec.structs.replace(result, first_bad=first_bad, problem=problem, reason=reason)

    def _masked(self) -> Set[int]:
        """Entries in which names may be masked. That the session is held under the rule is proved by the entry of its
        opening; only logs that do not say it there are taken at their word."""
        ruled = self.state.settings.chatham if self.ruled is None else self.ruled
        return self.nameless if ruled else frozenset()

    def _broken(self, verdict: Verdict) -> tuple[int, Problem, str] | None:
        if not verdict.ok:
            return (verdict.first_bad or 0, "chain", verdict.reason)
        if self.damaged:
            return (verdict.entries + 1, "line", self.damaged)
        return None if verdict.entries else (0, "empty", "")

    def _unseen(self) -> tuple[int, Problem, str] | None:
        return (0, "head", self.seen) if self.seen and not self.seen_at else None

    def _unaccounted(self) -> tuple[int, Problem, str] | None:
        """The first entry whose missing text the log does not explain."""
        nameless = self._masked()
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
