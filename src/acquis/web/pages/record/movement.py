"""How agreement with the statements of a session changed since an earlier one in which they were voted on too."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable

import msgspec
import numpy as np

from acquis.board.cards import Card
from acquis.documents.blocks import Block
from acquis.documents.movement import movement_blocks
from acquis.opinion.movement import movement_of_counts
from acquis.state import State
from acquis.state.counting import final_totals, tally
from acquis.state.reading import public_statement
from acquis.text.folding import caseless
from acquis.web.http.context import RequestContext


class Carried(msgspec.Struct, frozen=True):
    """An earlier session, and the statements that were voted on in both: the entry there and the entry here."""

    card: Card
    pairs: tuple[tuple[int, int], ...]


async def since_earlier(context: RequestContext) -> tuple[Card, list[Block]] | None:
    """The earlier session, and what is said of the change since then; None where no statement was carried, or too few
    voted. It is counted from what both sessions published, so from everybody who voted, as two groups of people."""
    state = context.state
    if final_totals(state) is None:
        return None
    carried = carried_from(state, context.id, await context.application.board.listing(context.now))
    if carried is None:
        return None
    before = await context.application.board.session(carried.card.id)
    if before is None or final_totals(before.state) is None:
        return None
    read = [(tally(before.state, there), tally(state, here)) for there, here in carried.pairs]
    agree, voters = (
        np.array([[getattr(of, name) for of in both] for both in read], np.int64) for name in ("agree", "total")
    )
    texts: dict[Hashable, str] = {here: state.statements[here].text for _, here in carried.pairs}
    moved = movement_of_counts(carried.pairs, agree, voters)
    if not len(moved.change):
        return None
    return carried.card, await asyncio.to_thread(lambda: list(movement_blocks(moved, texts, context.language)))


def carried_from(state: State, own: str, cards: Iterable[Card]) -> Carried | None:
    """The session that closed before this one opened and has most of its statements, in the same words; of several the
    one that closed last. A rehearsal is compared with rehearsals only."""
    here = {_words(line.text): seq for seq, line in state.statements.items() if public_statement(line) and line.text}
    best: Carried | None = None
    for card in sorted(cards, key=lambda card: card.closed_at):
        earlier = 0 < card.closed_at <= state.opened_at and card.votes_published
        if not earlier or card.id == own or card.rehearsal != state.programme.rehearsal:
            continue
        there = {_words(line.text): line.entry for line in card.of("statement")}
        pairs = tuple((there[words], seq) for words, seq in here.items() if words in there)
        if pairs and (best is None or len(pairs) >= len(best.pairs)):
            best = Carried(card, pairs)
    return best


def _words(text: str) -> str:
    return caseless(" ".join(text.split()))
