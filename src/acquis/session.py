"""Carries out the commands of a session: check roles, decide, append, apply, answer.

Commands that arrive during a commit are collected. The next batch is decided in order, each command against the state
after the previous ones, and stored in one transaction. All callers are answered after it is durable, including those
whose command was refused, because a refusal may depend on an entry of the same batch. Until then the state must not be
shown: code that renders it waits for `settled()`.

A command that takes an act back is a batch of its own: the state without the act is computed from the log before
anything is stored, and replaces the state when the entry is durable.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TypeAlias

from acquis import events as ev
from acquis.command import THE_SERVER, Actor, Command, Refused
from acquis.floor.undoing import state_without
from acquis.record import Draft, Entry, LogUnreadable, Record, RecordBroken, RecordFull, RecordInUse
from acquis.record.format1 import without
from acquis.state import State, fold
from acquis.state.rows import separated
from acquis.text.caches import clear_texts

BATCH = 512
ENOUGH = 8
GATHER_S = 0.004

Outcome: TypeAlias = Entry | Exception | None


def hides_authors(state: State, event: ev.Event) -> bool:
    """Whether the public log does not show whose act an event is: under the Chatham House Rule, from the programme on
    that sets it."""
    return state.settings.chatham or (isinstance(event, ev.ProgrammePublished) and event.settings.chatham)


class _Asked:
    """A command whose caller waits for the answer."""

    __slots__ = ("answer", "at", "by", "command", "key", "signed")

    def __init__(self, command: Command, by: Actor, at: int, key: str, answer: asyncio.Future[Entry | None]) -> None:
        self.command, self.by, self.at, self.key, self.answer = command, by, at, key, answer
        self.signed = command.signed(by)

    def tell(self, outcome: Outcome) -> None:
        if self.answer.done():
            return  # the caller was cancelled
        if isinstance(outcome, Exception):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)


class Session:
    """A session with its log and state. It is the only writer of its log."""

    def __init__(self, record: Record, log: str) -> None:
        self.log = log
        self._record = record
        self._lost = ""
        """Why the state is not known; empty if it is."""
        self._state = self._from_log()
        self._asked: list[_Asked] = []
        self._work: asyncio.Task[None] | None = None
        self._settling: list[asyncio.Future[None]] = []
        self._careful = False
        self._last, self._crowded = "", False

    @classmethod
    async def open(cls, record: Record, log: str) -> Session:
        """The session of a log, whose state is computed in a thread, because the log may be long. Completes erasures
        that were interrupted by a crash. Raises LogUnreadable if an entry is damaged, or of a newer version;
        RecordBroken."""
        try:
            session = await asyncio.to_thread(cls, record, log)
        except RecordBroken:
            raise
        except Exception as error:  # a damaged log may contain anything
            raise LogUnreadable(f"the log of {log} cannot be read: {error}", newer=ev.is_newer(error)) from error
        for seq in session.state.erased:
            if session._has_text(seq):
                await session.blank(seq)
        return session

    @property
    def state(self) -> State:
        """The present state, which may contain entries that are not durable yet. Raises RecordBroken if it is not
        known, because the log could not be read: nothing is shown and nothing decided then."""
        if self._lost:
            raise RecordBroken(self._lost)
        return self._state

    def _from_log(self) -> State:
        """The state that follows from the log. Raises RecordBroken if the log cannot be read up to its head."""
        self._record.require_whole(self.log)
        head, _ = self._record.head(self.log)
        state = fold(self._record.scan(self.log))
        if state.seq < head:
            raise RecordBroken(f"the log of {self.log} has {head} entries, and only {state.seq} of them can be read")
        state.order.rows(state, "asked")  # many are put in order here, so that no reader waits for it
        return state

    async def do(self, command: Command, by: Actor, at: int, key: str) -> Entry | None:
        """Decide a command and store its event. Returns the entry when it is durable; None if nothing changes. A
        command with the same key by the same person is stored only once.

        Raises Refused; RecordFull (nothing was stored, repeat later); RecordBroken (unknown, repeat with the same key
        after a restart)."""
        if not by.roles & command.roles:
            raise Refused("not_allowed", roles=sorted(command.roles))
        if before := command.follows(self.state):
            await self.publish(before, at)
        if command.erases():
            return await self._erase(command, by, at, key)
        return await self._ask(command, by, at, key)

    async def publish(self, commands: tuple[Command, ...], at: int) -> None:
        """What the server itself does, such as publishing the votes after the close: in one transaction. Raises as
        `do`."""
        key = f"server-{self.state.seq}"
        asked = [self._ask(command, THE_SERVER, at, f"{key}-{n}") for n, command in enumerate(commands, 1)]
        for outcome in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def separate_rows(self) -> None:
        """Copy the rows of the state that snapshots share, with the event loop free in between, before a command that
        changes nearly all of them."""
        for _ in separated(self.state):
            await asyncio.sleep(0)

    async def settled(self) -> State:
        """The state without entries that are not durable. It may change at the next await."""
        if self._work is not None:
            waiting = asyncio.get_running_loop().create_future()
            self._settling.append(waiting)
            await waiting
        return self.state

    async def _ask(self, command: Command, by: Actor, at: int, key: str) -> Entry | None:
        loop = asyncio.get_running_loop()
        asked = _Asked(command, by, at, key, loop.create_future())
        self._asked.append(asked)
        if self._work is None:
            self._work = loop.create_task(self._serve())
        return await asked.answer

    async def _serve(self) -> None:
        try:
            while self._asked:
                if self._trickles():
                    await asyncio.sleep(GATHER_S)
                batch = self._next_batch()
                self._last, self._crowded = batch[-1].by.person, len(batch) > 1
                await self._keep(batch)
                self._settle()
                await asyncio.sleep(0)  # lets callers of settled() read the state
        finally:
            self._work = None
            self._settle()

    def _next_batch(self) -> list[_Asked]:
        """Take the next commands from those that wait: one that takes an act back alone, others up to the next such
        one."""
        size = 1 if self._careful or self._asked[0].command.undoes() else BATCH
        undoing = (place for place, asked in enumerate(self._asked[1:size], 1) if asked.command.undoes())
        size = next(undoing, size)
        batch, self._asked = self._asked[:size], self._asked[size:]
        return batch

    def _trickles(self) -> bool:
        """Whether many callers send single commands: then a short wait makes one commit of many, at a third of the
        cost. Repeated commands of one person are handled at once, and so is a batch that is large already, and the
        commands of a caller who sends one after the other for many people: then nobody else would come."""
        if len(self._asked) >= ENOUGH or not (self._crowded or len(self._asked) > 1):
            return False
        return any(asked.by.person != self._last for asked in self._asked)

    def _settle(self) -> None:
        for waiting in self._settling:
            if not waiting.done():
                waiting.set_result(None)
        self._settling.clear()

    async def _keep(self, batch: list[_Asked]) -> None:
        outcomes: list[Outcome | int] = []
        try:
            drafts = self._decide(batch, outcomes)
            without = await self._without(batch[0].command.undoes(), drafts)
            entries = await self._record.append(self.log, drafts) if drafts else []
        except Refused as refused:  # only an act that cannot be taken back; nothing was stored or applied
            batch[0].tell(refused)
            return
        except Exception as error:  # after any error all callers need an answer, and the state may be ahead of the log
            self._careful = isinstance(error, RecordFull)
            self._begin_again()
            for asked in batch:
                asked.tell(error)
            return
        if without is not None:
            self._state = without
        elif self._careful and entries:
            self._state = fold(self._rows(entries), self.state)
        if entries:
            self._careful = False
        for asked, outcome in zip(batch, outcomes, strict=True):
            asked.tell(entries[outcome] if isinstance(outcome, int) else outcome)

    async def _without(self, entry: int, drafts: list[Draft]) -> State | None:
        """The state after the draft that takes back the act of `entry`; None if nothing is to be taken back. It is
        computed in a thread, because the log may be long. Raises Refused."""
        if not entry or not drafts:
            return None
        draft, seq = drafts[0], self.state.seq + 1
        rows = itertools.chain(self._record.scan(self.log), [(seq, draft.at, draft.by, draft.body)])
        return await asyncio.to_thread(state_without, rows, entry)

    def _begin_again(self) -> None:
        """Compute the state again from the log, because the present one may contain entries that were not stored. If
        the log cannot be read, the state is not known, and the record ends: the process has to be started again."""
        try:
            self._state = self._from_log()
        except RecordBroken as error:
            self._lose(str(error))

    def _require_head(self) -> None:
        """Raises RecordBroken, and ends the record, if the state is not that of the log: what is decided on it would
        get another number than it is given."""
        head, _ = self._record.head(self.log)
        if head != self.state.seq:
            self._lose(f"the log of {self.log} has {head} entries, its state has {self.state.seq}")
            raise RecordBroken(self._lost)

    def refuse(self, why: str) -> None:
        """Show and decide nothing any more, because the log was found to be damaged."""
        self._lost = why

    def _lose(self, why: str) -> None:
        self._lost = why
        self._record.end(why)

    def _decide(self, batch: list[_Asked], outcomes: list[Outcome | int]) -> list[Draft]:
        """The drafts to append. Sets for each command its outcome or the index of its draft."""
        self._require_head()
        known = self._record.known(self.log, [(asked.signed, asked.key) for asked in batch])
        places: dict[tuple[str, str], tuple[int, Command]] = {}
        drafts: list[Draft] = []
        for asked in batch:
            name = (asked.signed, asked.key)
            if (before := known.get(name)) is not None:
                outcomes.append(
                    before if asked.command.matches(ev.from_body(before.body), self.state) else Refused("key_used")
                )
            elif name in places:
                place, first = places[name]
                outcomes.append(place if asked.command == first else Refused("key_used"))
            else:
                outcome = self._decide_one(asked)
                if isinstance(outcome, Draft):
                    places[name] = len(drafts), asked.command
                    outcomes.append(len(drafts))
                    drafts.append(outcome)
                else:
                    outcomes.append(outcome)
        return drafts

    def _decide_one(self, asked: _Asked) -> Draft | Exception | None:
        state = self.state
        at = max(asked.at, state.at)
        try:
            event = asked.command.decide(state, asked.by, at)
        except Refused as refused:
            return refused
        if event is None:
            return None
        stamp = at + state.ahead
        # After a full disk, commands are handled one at a time and applied only when stored.
        if not self._careful and not asked.command.undoes():
            state.apply(state.seq + 1, stamp, asked.signed, event)
        body, cuts = ev.to_parts(event, hides_authors(state, event))
        return Draft(body, asked.signed, stamp, asked.key, cuts)

    @staticmethod
    def _rows(entries: list[Entry]) -> Iterable[tuple[int, int, str, bytes]]:
        return ((entry.seq, entry.at, entry.by, entry.body) for entry in entries)

    async def _erase(self, command: Command, by: Actor, at: int, key: str) -> Entry | None:
        """Record the erasure with the digest of the remaining body, then erase the texts. If another process reads the
        file, the texts stay in it until `blank` succeeds."""
        left = self._left(command.erases())
        rest = hashlib.sha256(left[0]).hexdigest() if left is not None else ""
        entry = await self._ask(command.with_rest(rest), by, at, key)
        with suppress(RecordInUse):
            await self.blank(command.erases())
        return entry

    def _left(self, seq: int) -> tuple[bytes, Sequence[str]] | None:
        """The body of an entry without its texts, and the fields that contain them; None if there is no such entry or
        it has no texts."""
        if not 1 <= seq <= self.state.seq:
            return None  # including a number that is out of range for the file
        for entry in self._record.read(self.log, seq - 1, seq):
            event = ev.from_body(entry.body)
            return (without(entry.body, event.texts), event.texts) if event.texts else None
        return None

    def _has_text(self, seq: int) -> bool:
        """Whether texts of an entry are in the log, because a crash interrupted their erasure."""
        return any(
            getattr(event, name)
            for entry in self._record.read(self.log, seq - 1, seq)
            for event in (ev.from_body(entry.body),)
            for name in event.texts
        )

    async def blank(self, seq: int) -> None:
        """Erase the texts of an entry that the log calls erased, and the masked forms of them. Raises RecordInUse,
        RecordFull: the bytes may still be in a file, so it has to be repeated; RecordBroken."""
        if seq not in self.state.erased:
            return
        masked = self.state.measures.masked.get(seq)
        for entry in (seq, *(masked.entries if masked else ())):
            left = self._left(entry)
            if left is not None:
                await self._record.erase(self.log, entry, left[1])
        clear_texts()


__all__ = ["RecordBroken", "RecordFull", "Refused", "Session"]
