"""The earlier session of a server with whose votes those of a session are compared."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import msgspec

from acquis.board import Board
from acquis.board.cards import Card
from acquis.documents.earlier import EarlierSession, carried, comparable, statement_words
from acquis.state import State
from acquis.state.counting import final_totals


class CarriedStatements(msgspec.Struct, frozen=True):
    """An earlier session, and the statements that were voted on in both: the entry there and the entry here."""

    card: Card
    pairs: tuple[tuple[int, int], ...]


async def earlier_session(board: Board, id: str, state: State, now: int) -> EarlierSession | None:
    """The earlier session with the votes that it published of everybody; None where no statement was carried, too few
    voted, or the votes of this session are not published."""
    if final_totals(state) is None:
        return None
    chosen = carried_from(state, id, await board.listing(now))
    before = await board.session(chosen.card.id) if chosen else None
    totals = final_totals(before.state) if before else None
    if chosen is None or before is None or totals is None:
        return None
    link = await asyncio.to_thread(_link, board, chosen.card.id, totals.upto + 1)
    return carried(before.state, chosen.pairs, link, chosen.card.id, chosen.card.title)


def _link(board: Board, log: str, seq: int) -> str:
    """The link of an entry, in hexadecimal."""
    return next(entry.link.hex() for entry in board.record.read(log, seq - 1, seq))


def carried_from(state: State, own: str, cards: Iterable[Card]) -> CarriedStatements | None:
    """The session that closed before this one opened and has most of its statements, in the same words; of several the
    one that closed last. A rehearsal is compared with rehearsals only."""
    here = statement_words(state)
    best: CarriedStatements | None = None
    for card in sorted(cards, key=lambda card: card.closed_at):
        earlier = 0 < card.closed_at <= state.opened_at and card.votes_published
        if not earlier or card.id == own or card.rehearsal != state.programme.rehearsal:
            continue
        there = {comparable(line.text): line.entry for line in card.of("statement")}
        pairs = tuple((there[words], seq) for words, seq in here.items() if words in there)
        if pairs and (best is None or len(pairs) >= len(best.pairs)):
            best = CarriedStatements(card, pairs)
    return best
