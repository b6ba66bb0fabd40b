"""The sessions of an installation: their cards, their full text, and access to each of them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from contextlib import suppress

import apsw

from acquis.board.cards import Card, Line, card_of
from acquis.board.folder import Loss
from acquis.board.gatherings import procedure_to_take
from acquis.board.index import Index
from acquis.board.public_states import PublicStates
from acquis.board.trees import LogTree
from acquis.events import UNDO_S, from_body
from acquis.faults import RecordLoss
from acquis.floor.messages import ChooseProcedure
from acquis.plan.document import ProgrammeError, from_yaml
from acquis.publication.masking import PublishMask
from acquis.publication.totals import needs_votes, publication
from acquis.record import LogUnreadable, Record, RecordBroken
from acquis.roster import Roster, SessionRow
from acquis.session import Session
from acquis.state import SpeechLine, State
from acquis.state.snapshots import snapshot
from acquis.state.undoing import GRACE_MS, Row

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, without I, L, O, U, so that a code that is read out or copied by hand is not misread."""
CODE_LENGTH = 8

_LOOKALIKES = str.maketrans("OIL", "011")


def code_of(typed: str) -> str:
    """The session code in canonical form, from what a person typed. Case, blanks, dashes, similar letters and the
    script of the digits do not matter."""
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in typed.upper() if c.isalnum())
    return digits.translate(_LOOKALIKES)[:32]


MASKS_AT_ONCE = 128
"""How many masked forms are published in one step: a large session has tens of thousands."""
LIVE_MS = 10_000
"""Maximum age of the card of a running session."""


class Board:
    """The sessions of one record. The state of a session is computed on first access; the index answers for the
    others."""

    def __init__(self, record: Record, roster: Roster, index: Index | None = None, losses: Iterable[Loss] = ()) -> None:
        self.record, self.roster, self.index = record, roster, index or Index()
        self._losses = list(losses)
        self.unreadable: dict[str, LogUnreadable] = {}
        """Session -> why it cannot be read, until the next start."""
        self._marked: dict[str, int] = {}
        """Session -> the number of the entry that the roster remembers as the last one of its log."""
        self._open: dict[str, Session] = {}
        self._opening = asyncio.Lock()
        self._indexing: dict[str, asyncio.Lock] = {}
        """Session -> what holds while its card is made and kept."""
        self._public = PublicStates(record, roster)
        self._trees: dict[str, LogTree] = {}
        self._masked: dict[str, int] = {}
        """Session under the rule -> the number of the last entry whose masked form is published, if it needs one."""
        self._checked: dict[str, int] = {}
        """Session -> the time when its card was last compared with its log (ms since 1970)."""

    async def session(self, id: str) -> Session | None:
        """The session with this id, opened on first access; None if it does not exist. Raises LogUnreadable,
        RecordBroken."""
        if (session := self._open.get(id)) is not None:
            return session
        async with self._opening:
            if (why := self.unreadable.get(id)) is not None:
                raise LogUnreadable(str(why), newer=why.newer)
            if id not in self._open:
                if self.roster.session(id) is None:
                    return None
                try:
                    self._open[id] = await Session.open(self.record, id)
                except LogUnreadable as error:
                    self.unreadable[id] = error
                    raise
        return self._open[id]

    async def check(self, id: str) -> None:
        """Verify the whole chain of a session, in a thread. A damaged one is refused from then on. Raises
        LogUnreadable."""
        verdict = await asyncio.to_thread(self.record.verify, id)
        if not verdict.ok and self.record.head(id)[0] and id not in self.unreadable:
            why = LogUnreadable(f"the log of {id} is damaged at entry {verdict.first_bad}: {verdict.reason}")
            self.unreadable[id] = why
            if (session := self._open.pop(id, None)) is not None:
                session.refuse(str(why))
            raise why

    def title(self, id: str) -> str:
        """The title of a session as far as it is known without its log: in the index, else in the draft; else its
        session code."""
        if id in self.index.cards:
            return self.index.cards[id].title
        if (row := self.roster.session(id)) is None:
            return id
        with suppress(ProgrammeError):
            if title := from_yaml(row.draft).title:
                return title
        return row.code

    def opened(self) -> list[Session]:
        """The sessions whose state is in memory. Only their logs can grow."""
        return list(self._open.values())

    def mark(self) -> None:
        """Let the roster remember the last entry of each log that has grown, so that it is noticed if an older copy of
        the record lies there one day. What is in the way now is tried again at the next call."""
        for session in self._open.values():
            with suppress(RecordBroken, apsw.BusyError, apsw.FullError):
                seq, head = self.record.head(session.log)
                if seq != self._marked.get(session.log, 0):
                    self.roster.mark(session.log, seq, head)
                    self._marked[session.log] = seq

    async def record_losses(self, now: int) -> None:
        """Record in each log what was lost of it and accepted as lost. Raises RecordFull, RecordBroken."""
        for loss in self._losses:
            await self.record_loss(loss, now)
        self._losses.clear()

    async def record_loss(self, loss: Loss, now: int) -> None:
        """Record in a log what was lost of it, if it is that of a session that can be read. Raises RecordFull,
        RecordBroken."""
        with suppress(LogUnreadable):
            if (session := await self.session(loss.log)) is not None:
                await session.publish((RecordLoss(loss.marked, loss.head.hex()),), now)

    def tree(self, id: str) -> LogTree:
        """The Merkle tree of the log of a session; its `grow` reads the entries that it lacks."""
        return self._trees.setdefault(id, LogTree(self.record, id))

    async def cards(self, now: int, live_ms: float = LIVE_MS) -> list[Card]:
        """The card of every session that can be read, in the order of the roster. The card of a running session may be
        up to `live_ms` old; all others are up to date."""
        cards = []
        for id in self.roster.ids():
            with suppress(LogUnreadable):  # which `unreadable` says
                if id not in self.unreadable:
                    cards.append(await self._card(id, now, live_ms))
        return cards

    def people(self, cards: Iterable[Card]) -> int:
        """How many people joined the sessions that are open, of their cards. No session is opened for it."""
        running = (card for card in cards if card.phase == "open")
        return sum(len(self._open[card.id].state.voices) if card.id in self._open else card.voices for card in running)

    async def listing(self, now: int) -> list[Card]:
        """The cards of all published sessions, the latest start first."""
        cards = [card for card in await self.cards(now) if card.phase != "draft"]
        return sorted(cards, key=lambda card: card.starts, reverse=True)

    async def procedure_of(self, gathering: str, now: int) -> ChooseProcedure | None:
        """The command by which a session takes the procedure of its gathering (its name); None if there is none."""
        return procedure_to_take(await self.listing(now), gathering)

    async def about(self, item: str, now: int) -> list[Line]:
        """The lines of all sessions about an item of the reference, the newest session first."""
        await self.cards(now)
        return self.index.about(item)

    async def drafts(self, now: int) -> list[SessionRow]:
        """The sessions that are not yet published, the newest first."""
        drafts = {card.id for card in await self.cards(now) if card.phase == "draft"}
        return [row for row in self.roster.sessions() if row.id in drafts]

    async def reindex(self, session: Session) -> None:
        """Update the card of a session at once, so that erased texts do not stay in it. One card of it is made after
        the other, so that an older one is never kept in place of a newer one."""
        async with self._indexing.setdefault(session.log, asyncio.Lock()):
            kept = False
            while not kept:
                card, public = await self._made(session)
                kept = await self.index.keep(card)
            await self.hear(session.log, public)

    def withhold(self, session: Session) -> None:
        """Let the index show and find nothing of a session until `reindex`, because a text of it was just erased."""
        self.index.withhold(session.log, session.state.seq)

    async def _made(self, session: Session) -> tuple[Card, State]:
        """The card of a session as it is now, and its public state."""
        public = await self.public(session, await session.settled())
        seq, head = self._head(session.log)
        shown, link = snapshot(public), head if seq == public.seq else ""
        return await asyncio.to_thread(card_of, session.log, shown, link), shown

    async def open_unpublished(self, now: int) -> None:
        """Open the sessions that were closed and whose votes have not been published, because the server ended in
        between, so that `publish_votes` does it."""
        for card in await self.cards(now):
            if card.is_over and not card.reported_at and not card.votes_published:
                await self.session(card.id)

    async def publish_votes(self, now: int) -> None:
        """Publish the votes of each open session whose close can no longer be taken back. Raises RecordFull (try again
        later), RecordBroken."""
        for session in list(self._open.values()):
            state = session.state
            if needs_votes(state) and now > state.closed_at + UNDO_S * 1000 + GRACE_MS:
                await session.publish(await asyncio.to_thread(publication, snapshot(state)), now)

    async def publish_masks(self, now: int) -> None:
        """Publish the masked forms of the entries of each open session that was held under the Chatham House Rule, when
        it is over and whenever something was added later. Raises as `publish_votes`."""
        for session in list(self._open.values()):
            state = session.state
            ended = state.is_over and now > state.closed_at + UNDO_S * 1000 + GRACE_MS
            if ended and state.settings.chatham and self._masked.get(session.log) != state.seq:
                entries = await self._public.entries(session)
                due = tuple(PublishMask(entry.seq, entry.due) for entry in entries if entry.due is not None)
                for first in range(0, len(due), MASKS_AT_ONCE):
                    await session.publish(due[first : first + MASKS_AT_ONCE], now)
                self._masked[session.log] = session.state.seq

    async def put_away(self, id: str) -> None:
        """Remove a draft or a rehearsal: its draft, its passes and its card. What its log holds stays there."""
        async with self._opening:
            self.roster.remove_session(id)
            await asyncio.wrap_future(self.index.drop(id))
            for kept in (self._open, self._masked, self._checked):
                kept.pop(id, None)

    async def public(self, session: Session, state: State) -> State:
        """The public state of a session, of its settled state: under the Chatham House Rule the state of the public
        log, at the same entry or a later one; otherwise the same state. Raises RecordBroken."""
        return await self._public.state(session) if state.settings.chatham else state

    async def events(self, session: Session) -> Iterable[Row]:
        """The events of the log of a session as of now, for the audit in a thread: under the Chatham House Rule as
        everybody may see them. Raises RecordBroken."""
        state = await session.settled()
        if state.settings.chatham:
            return [(entry.seq, entry.at, entry.by, entry.event) for entry in await self._public.entries(session)]
        upto, rows = state.seq, self.record.scan(session.log)
        return ((seq, at, by, from_body(body)) for seq, at, by, body in rows if seq <= upto)

    async def hear(self, id: str, state: State) -> None:
        """Update the full-text index of the spoken lines of a session."""
        changed = [line.wording for line in state.speech.values() if line.wording]
        stamp = f"{len(changed)} {max(changed, default=0)} {len(state.erased)}"
        await self.index.hear(id, state.seq, [(line.seq, line.text) for line in state.speech.values()], stamp)

    async def spoken_in(self, session: Session, state: State, words: str) -> list[SpeechLine]:
        """The spoken lines of a session that contain these words, in order, as `state` has them."""
        await self.hear(session.log, await self.public(session, state))
        entries = sorted(hit.entry for hit in await self.index.spoken(words, {session.log}))
        return [state.speech[entry] for entry in entries if entry in state.speech]

    async def spoken(self, words: str, cards: Collection[Card], most: int) -> list[Line]:
        """The spoken lines with these words in the sessions of these cards, at most `most`, the best first."""
        by_id, lines = {card.id: card for card in cards}, []
        for hit in await self.index.spoken(words, set(by_id), most):
            if hit.session in self.unreadable:
                continue
            card, session = by_id[hit.session], await self.session(hit.session)
            public = await self.public(session, await session.settled()) if session else None
            line = public.speech.get(hit.entry) if public is not None else None
            if line is not None and line.text:
                lines.append(Line(card.id, card.title, card.starts, "speech", line.seq, line.text))
        return lines

    def _head(self, id: str) -> tuple[int, str]:
        seq, link = self.record.head(id)
        return seq, link.hex()

    async def _card(self, id: str, now: int, live_ms: float) -> Card:
        """The card of a session, computed again if its log has grown. A log that is not open does not grow, so it is
        checked only once."""
        card, session = self.index.cards.get(id), self._open.get(id)
        if card is not None and session is None and id in self._checked:
            return card
        if card is not None and session is not None:
            if card.seq == session.state.seq:
                return card
            if card.phase == "open" == session.state.phase and now - self._checked.get(id, 0) < live_ms:
                return card
        self._checked[id] = now
        if card is not None and session is None and (card.seq, card.head) == self._head(id):
            return card
        session = await self.session(id)
        assert session is not None  # it is in the roster
        try:
            while id not in self.index.cards or self.index.cards[id] is card:
                await self.reindex(session)
        except (apsw.FullError, apsw.BusyError, apsw.ReadOnlyError):  # the index is derived: it is made when it can be
            self._checked.pop(id, None)
            return (await self._made(session))[0]
        return self.index.cards[id]


__all__ = ["CODE_ALPHABET", "CODE_LENGTH", "Board", "Card", "Line", "code_of"]
