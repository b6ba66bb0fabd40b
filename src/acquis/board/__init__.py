"""Many sessions at once: which there are, which are running, and the door to each."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from acquis.board.cards import Card, Line, card_of
from acquis.board.index import Index
from acquis.publication.public import public_entries
from acquis.record import Record
from acquis.roster import Roster, SessionRow
from acquis.session import Session
from acquis.state import SpeechLine, State, fold

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code read out or copied by hand is not misread."""
CODE_LENGTH = 8

_LOOKALIKES = str.maketrans("OIL", "011")


def code_of(typed: str) -> str:
    """A join code as it is kept, from what a person typed: case, blanks, dashes and look-alikes do not matter, nor
    which script's digits were used."""
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in typed.upper() if c.isalnum())
    return digits.translate(_LOOKALIKES)[:32]


LIVE_MS = 10_000
"""How old the card of a running session may be."""


class Board:
    """The sessions of one house. Each is folded when it is first asked for; the index knows enough of the others."""

    def __init__(self, record: Record, roster: Roster, index: Index | None = None) -> None:
        self.record, self.roster, self.index = record, roster, index or Index()
        self._open: dict[str, Session] = {}
        self._opening = asyncio.Lock()
        self._public: dict[str, tuple[int, State]] = {}
        """The public state of a session under the Chatham House Rule, and the entry up to which it is."""
        self._checked: dict[str, int] = {}
        """When the card of a session was last compared with its log (ms)."""

    async def session(self, id: str) -> Session | None:
        """The door of a session; None if there is no such session."""
        if (session := self._open.get(id)) is not None:
            return session
        async with self._opening:
            if id not in self._open:
                if self.roster.session(id) is None:
                    return None
                self._open[id] = await Session.open(self.record, id)
        return self._open[id]

    async def cards(self, now: int) -> list[Card]:
        """A card of every session in the order of the roster. The card of a running session may be ten seconds old, all
        others are as their logs are."""
        return [await self._card(id, now) for id in self.roster.ids()]

    async def listing(self, now: int) -> list[Card]:
        """Every session that is published, the latest start first."""
        cards = [card for card in await self.cards(now) if card.phase != "draft"]
        return sorted(cards, key=lambda card: card.starts, reverse=True)

    async def about(self, item: str, now: int) -> list[Line]:
        """What sessions said about an item of the reference, the newest session first."""
        await self.cards(now)
        return self.index.about(item)

    async def drafts(self, now: int) -> list[SessionRow]:
        """The sessions that are not published yet, the newest first."""
        drafts = {card.id for card in await self.cards(now) if card.phase == "draft"}
        return [row for row in self.roster.sessions() if row.id in drafts]

    async def reindex(self, session: Session) -> None:
        """Make the card of a session now: what was erased must not stay in it."""
        state = await session.settled()
        seq, head = self._head(session.log)
        public = self.public(session.log, state)
        self.index.keep(card_of(session.log, public, head if seq == state.seq else ""))
        self.hear(session.log, public)

    def public(self, id: str, state: State) -> State:
        """The state as everybody may know it: under the Chatham House Rule that of the public log, else the same."""
        if not state.settings.chatham:
            return state
        seq, found = self._public.get(id, (-1, state))
        if seq != state.seq:
            entries = public_entries(self.record.read(id, 0, state.seq), state, self.roster.names(id).values())
            found = fold((entry.seq, entry.at, entry.by, entry.body) for entry in entries)
            self._public[id] = (state.seq, found)
        return found

    def hear(self, id: str, state: State) -> None:
        """Bring the full text of what was said in a session up to date."""
        changed = [line.wording for line in state.speech.values() if line.wording]
        stamp = f"{len(changed)} {max(changed, default=0)} {len(state.erased)}"
        self.index.hear(id, ((line.seq, line.text) for line in state.speech.values()), stamp)

    def spoken_in(self, id: str, state: State, words: str) -> list[SpeechLine]:
        """The lines of a session with these words, in the order in which they were said."""
        self.hear(id, self.public(id, state))
        return [state.speech[one] for one in sorted(found.entry for found in self.index.spoken(words, {id}))]

    async def spoken(self, words: str, cards: Collection[Card], most: int) -> list[Line]:
        """The spoken lines with these words in the sessions of these cards, the closest first."""
        of, found = {card.id: card for card in cards}, []
        for one in self.index.spoken(words, of.keys(), most):
            card, session = of[one.session], await self.session(one.session)
            line = self.public(one.session, session.state).speech.get(one.entry) if session else None
            if line is not None and line.text:
                found.append(Line(card.id, card.title, card.starts, "speech", line.seq, line.text))
        return found

    def _head(self, id: str) -> tuple[int, str]:
        seq, link = self.record.head(id)
        return seq, link.hex()

    async def _card(self, id: str, now: int) -> Card:
        """The card of a session; made anew if the log went on. A log that nobody has opened does not grow, so that it
        is looked at once."""
        card, session = self.index.cards.get(id), self._open.get(id)
        if card is not None and session is None and id in self._checked:
            return card
        if card is not None and session is not None:
            if card.seq == session.state.seq:
                return card
            if card.phase == "open" == session.state.phase and now - self._checked.get(id, 0) < LIVE_MS:
                return card
        self._checked[id] = now
        if card is not None and session is None and (card.seq, card.head) == self._head(id):
            return card
        session = await self.session(id)
        assert session is not None  # it is in the roster
        await self.reindex(session)
        return self.index.cards[id]


__all__ = ["CODE_ALPHABET", "CODE_LENGTH", "Board", "Card", "Line", "code_of"]
