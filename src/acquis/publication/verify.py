"""Verifies a log without a server: the chain, what it leaves out, and every published figure.

Each value that a log shows has a salt, and is covered by a commitment in the chain. What a log leaves out has to be
explained by what it shows (`accounting`, and `format1` for logs of earlier versions, in which some values are shown
that nothing proves; these are named).

A chain proves only that a log is consistent. Somebody who noted a head during the session (the room screen shows it)
can check that the log contains it; a log that was forged afterwards does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from acquis import events as ev
from acquis.publication.accounting import Accounting, Omissions, Unexplained
from acquis.publication.format1 import Accounting1
from acquis.publication.outcomes import wrong_outcome
from acquis.publication.public import public_rows
from acquis.publication.recount import wrong_ballots, wrong_slate, wrong_strike, wrong_totals, wrong_unput
from acquis.publication.signatures import SignatureError, SignedKeys, keys_in
from acquis.publication.stated import wrong_statements
from acquis.record import Entry, Verdict
from acquis.record.chain import verify
from acquis.record.lines import from_line
from acquis.state import State, TakenBack
from acquis.state.undoing import Effective, LookAhead, is_valid
from acquis.statistics.opinion_map import opinion_figure
from acquis.statistics.summary import figures

Problem = Literal["", "empty", "line", "chain", "newer", "event", "undoing", "erasure", "figures", "key", "head"]

SHORTEST_HEAD = 8
"""The fewest hexadecimal digits of a noted head: with fewer, one of a million entries would match by chance."""


class Verification(msgspec.Struct, frozen=True):
    """The result of a verification. `entries`: the number of entries that the chain confirms, up to the first that it
    does not; `head`: the link of the last of them. `first_bad`: the number of the first wrong entry; `problem` and
    `reason` say what is wrong. `omissions`: what the log does not show. `reports`: reports computed again. `seen_at`:
    the entry whose link is the noted head, 0 for none. `open_votes`: the number of sealed entries that no totals count,
    because they are not published; `bare_totals`: whether there are totals without the ballots or votes to compute them
    from; `earlier_method`: reports whose groups of opinion an earlier version found by another method; `recounted`:
    whether the log contains the votes, and ballots and totals were computed from them. `keys`: those that the log
    announces."""

    entries: int
    head: str
    omissions: Omissions = Omissions()
    reports: int = 0
    seen_at: int = 0
    open_votes: int = 0
    bare_totals: bool = False
    earlier_method: tuple[int, ...] = ()
    recounted: bool = False
    keys: SignedKeys = SignedKeys()
    first_bad: int | None = None
    problem: Problem = ""
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong. Everything was checked only if it is also `complete`."""
        return self.first_bad is None

    @property
    def complete(self) -> bool:
        """Whether nothing is wrong and nothing was left unchecked."""
        open_ = self.omissions.unproved or self.open_votes or self.bare_totals or self.earlier_method or self.keys.lost
        return self.ok and not open_


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
    """Applies each entry to a state after the chain has confirmed it, so that a long log is never in memory as a whole.
    Only under the Chatham House Rule the entries wait for the end, because the masked forms of what they leave out
    follow later."""

    def __init__(self, seen: str) -> None:
        self.seen = seen.strip().lower()
        self.seen_at = 0
        self.state = State()
        self.ahead = LookAhead()
        self.accounting: Accounting | Accounting1 = Accounting()
        self.waiting: list[Entry] | None = None
        """The entries of a session under the rule."""
        self.sealed_before: dict[int, int] = {}
        """Entry that publishes votes -> the number of sealed entries before it."""
        self.counted = False
        """Whether the totals are published: nobody joins, votes or supports after that."""
        self.reports = 0
        self.earlier_method: list[int] = []
        """The reports whose groups of opinion an earlier version found."""
        self.format = 2
        self.announcing: list[Entry] = []
        """The entries that announce keys or name witnesses."""
        self.at = 0
        """The time of the last entry that shows one."""
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
            if entry.seq == 1 and entry.format == 1:
                self.accounting, self.format = Accounting1(), 1
            if len(self.seen) >= SHORTEST_HEAD and entry.link.hex().startswith(self.seen):
                self.seen_at = entry.seq
            if self.problem is None:
                self._take(entry)

    def _take(self, entry: Entry) -> None:
        if entry.is_sealed:
            self.accounting.seal()
            if self.counted:
                self.problem = (entry.seq, "erasure", "nothing of it is shown, and the totals do not count it")
            return
        try:
            event = ev.from_body(entry.body)
            if reason := self.accounting.take(entry, event):
                self.problem = (entry.seq, "erasure", reason)
                return
        except Exception as error:  # an unknown log may contain anything; every failure is reported with its entry
            kind: Problem = "newer" if ev.is_newer(error) else "event"
            self.problem = (entry.seq, kind, f"{type(error).__name__}: {error}")
            return
        if entry.at < self.at and self.format != 1:
            self.problem = (entry.seq, "event", "its time is before that of the entry before it")
            return
        self.at = entry.at
        if isinstance(event, ev.KeyAnnounced | ev.WitnessNamed):
            self.announcing.append(entry)
            try:
                keys_in(self.announcing)
            except SignatureError as error:
                self.problem = (entry.seq, "key", str(error))
        if isinstance(event, ev.BallotsPublished | ev.TotalsPublished):
            self.sealed_before[entry.seq] = self.accounting.sealed
            self.counted = self.counted or isinstance(event, ev.TotalsPublished)
        if entry.format != 1 and isinstance(event, ev.ProgrammePublished) and event.settings.chatham:
            self.waiting = self.waiting or []
        if self.waiting is not None:
            self.waiting.append(entry)
        else:
            self._apply(self.ahead.take((entry.seq, entry.at, entry.by, event)))

    def _apply_waiting(self) -> None:
        """Apply the entries that waited, with the masked forms of what they leave out."""
        seq = 0
        try:
            for seq, at, by, body in public_rows(self.waiting or ()):
                self._apply(self.ahead.take((seq, at, by, ev.from_body(body))))
        except Exception as error:  # as above
            self.problem = min(filter(None, (self.problem, (seq + 1, "event", f"{type(error).__name__}: {error}"))))

    def _apply(self, rows: Iterable[Effective]) -> None:
        """Apply entries of which it is known whether they were taken back, up to the first that is wrong. It comes
        before every problem that was found already."""
        for seq, at, by, event in rows:
            before = self.problem
            try:
                self._recompute(seq, at, event)
                self.state.apply(seq, at, by, event)
                if not is_valid(self.state, seq, event):
                    self.problem = (seq, "undoing", "")
            except Exception as error:  # as above
                self.problem = (seq, "event", f"{type(error).__name__}: {error}")
            if self.problem is not before:
                return

    def _recompute(self, seq: int, at: int, event: ev.Event | TakenBack) -> None:
        """Compute what an entry publishes again."""
        wrong = ""
        late = isinstance(event, ev.ProgrammePublished) and not self.state.before_opening
        if late and self.format != 1:  # earlier versions allowed it
            self.problem = (seq, "event", "a programme was published after the session opened")
        if isinstance(event, ev.ReportPublished):
            self.reports += 1
            wrong = self._wrong_report(seq, event)
        elif isinstance(event, ev.BallotsPublished):
            wrong = wrong_ballots(self.state, event, whole=not self.sealed_before[seq])
        elif isinstance(event, ev.TotalsPublished):
            wrong = wrong_totals(self.state, event, seq, self.sealed_before[seq])
        else:
            wrong = wrong_strike(self.state, event)
        if not wrong and (outcome := wrong_outcome(self.state, event, at - self.state.ahead)):
            self.problem = (seq, "event", outcome)
        if wrong:
            self.problem = (seq, "figures", wrong)

    def _wrong_report(self, seq: int, report: ev.ReportPublished) -> str:
        if report.upto != seq - 1:
            return f"computed up to entry {report.upto} instead of {seq - 1}"
        computed, published = set(figures(self.state)), set(report.figures)
        if len(published) < len(report.figures):
            return "a statement has two figures of one group"
        if computed != published:
            differing = min(figure.statement for figure in computed ^ published)
            return f"statement {differing} differs"
        wrong = self._wrong_groups(seq, report.opinion) if report.opinion is not None else ""
        wrong = wrong or wrong_slate(self.state, report.slate) or wrong_unput(self.state, report.unput)
        return wrong or wrong_statements(self.state, report, seq)

    def _wrong_groups(self, seq: int, published: ev.OpinionFigure) -> str:
        computed = opinion_figure(self.state)
        if computed is None or (computed.people, computed.digest) != (published.people, published.digest):
            return "the votes of the opinion map differ"
        if published.method < computed.method:
            self.earlier_method.append(seq)
        elif computed != published:
            return "the groups of opinion differ"
        return ""

    def verification(self, verdict: Verdict) -> Verification:
        self._apply_waiting()
        self._apply(self.ahead.rest())
        sealed, totals = self.accounting.sealed, self.state.totals
        result = Verification(
            verdict.entries,
            verdict.head.hex(),
            reports=self.reports,
            seen_at=self.seen_at,
            earlier_method=tuple(self.earlier_method),
            open_votes=sealed if totals is None and self.format != 1 else 0,
            bare_totals=bool(totals and totals.body.figures and sealed) and self.state.ballots is None,
            recounted=totals is not None and not sealed,
        )
        problems = [problem for problem in (self.problem, self._broken(verdict)) if problem]
        if not problems:  # what may be missing is known only from the whole log
            omissions = self.accounting.omissions(self.state)
            if isinstance(omissions, Unexplained):
                problems.append((omissions.entry, "erasure", omissions.reason))
            else:
                result = msgspec.structs.replace(result, omissions=omissions, keys=keys_in(self.announcing))
        first = min(problems) if problems else self._unseen()
        if first is None:
            return result
        first_bad, problem, reason = first
        return msgspec.structs.replace(result, first_bad=first_bad, problem=problem, reason=reason)

    def _broken(self, verdict: Verdict) -> tuple[int, Problem, str] | None:
        if not verdict.ok:
            return (verdict.first_bad or 0, "chain", verdict.reason)
        if self.damaged:
            return (verdict.entries + 1, "line", self.damaged)
        return None if verdict.entries else (0, "empty", "")

    def _unseen(self) -> tuple[int, Problem, str] | None:
        return (0, "head", self.seen) if self.seen and not self.seen_at else None
