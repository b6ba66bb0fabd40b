"""Series: sessions that carry topics, open calls and statements on, over years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import msgspec
import numpy as np

from acquis.board.cards import Card
from acquis.board.gatherings import gathering_id
from acquis.followup.commitments import UNFINISHED
from acquis.opinion.movement import firm_of, movement
from acquis.plan.document import CarriedOver
from acquis.statistics.opinion_map import Ballots, votes_of
from acquis.text.folding import caseless

MOST_OFFERED = 60
"""The most calls, and the most statements, that are offered to a session."""

Place = tuple[str, int]
"""A session and an entry of its log."""


class Series(msgspec.Struct, frozen=True):
    """A series: its id ("dialogue-on-norms"), its name, and the cards of its sessions, the earliest start first."""

    id: str
    name: str
    cards: tuple[Card, ...]


class RepeatedStatement(msgspec.Struct, frozen=True):
    """A statement that several sessions of a series voted on, in the same words: its places, in order of time."""

    text: str
    places: tuple[Place, ...]


class MovedOpinion(msgspec.Struct, frozen=True):
    """How the agreement with a repeated statement changed from one session to the next one that voted on it: the shares
    that agree, 0 to 1, of so many voters, the difference with its 90 % interval, -1 to 1, and whether it is more than
    chance, corrected for all comparisons of the series."""

    before: Place
    after: Place
    first: float
    last: float
    voters: tuple[int, int]
    change: float
    low: float
    high: float
    firm: bool


def series_of(cards: Iterable[Card], id: str) -> Series | None:
    """The series with this id among published sessions; None if there is none."""
    own = [card for card in cards if card.series and card.phase != "draft" and gathering_id(card.series) == id]
    own.sort(key=lambda card: (card.starts, card.number, card.id))
    return Series(id, own[-1].series, tuple(own)) if own else None


def repeated(cards: Iterable[Card]) -> list[RepeatedStatement]:
    """The statements that more than one of these sessions has, in the order of the sessions. Case and blanks do not
    matter; a rehearsal is compared with nothing."""
    texts: dict[str, str] = {}
    places: dict[str, dict[str, int]] = {}
    for card in cards:
        for line in card.of("statement") if not (card.rehearsal or card.practice) else ():
            words = _same(line.text)
            texts[words] = line.text
            places.setdefault(words, {}).setdefault(card.id, line.entry)
    return [RepeatedStatement(texts[words], tuple(own.items())) for words, own in places.items() if len(own) > 1]


def moved_opinion(statements: Iterable[RepeatedStatement], cast: Mapping[str, Ballots]) -> list[MovedOpinion]:
    """The changes of opinion on these statements. cast: session -> its votes; a session without votes is left out. The
    people of two sessions are compared as different people."""
    pairs: dict[tuple[str, str], dict[int, int]] = {}
    for statement in statements:
        voted = [place for place in statement.places if place[0] in cast and place[1] in cast[place[0]].statements]
        for (first, before), (last, after) in pairwise(voted):
            pairs.setdefault((first, last), {})[before] = after
    votes = {session: votes_of(cast[session]) for pair in pairs for session in pair}
    compared = [(pair, movement(votes[pair[0]], votes[pair[1]], carried)) for pair, carried in pairs.items()]
    if not compared:
        return []
    firm = iter(firm_of(np.concatenate([moved.chances for _, moved in compared])).tolist())
    return [
        MovedOpinion(
            (first, int(str(moved.before[n]))),
            (last, int(str(moved.after[n]))),
            first=float(moved.first[n]),
            last=float(moved.last[n]),
            voters=(int(moved.voters[n, 0]), int(moved.voters[n, 1])),
            change=float(moved.change[n]),
            low=float(moved.low[n]),
            high=float(moved.high[n]),
            firm=next(firm),
        )
        for (first, last), moved in compared
        for n in range(len(moved.change))
    ]


def offered(cards: Iterable[Card], session: str) -> list[CarriedOver]:
    """What the other sessions of a series left open, the newest session first: calls that nobody has finished or
    declined, and statements that were voted on; each text once."""
    known: set[tuple[str, str]] = set()
    listed: list[CarriedOver] = []
    for card in reversed([card for card in cards if card.id != session and card.is_over]):
        for carried in _left_open(card):
            words = carried.kind, _same(carried.text)
            of_kind = sum(other.kind == carried.kind for other in listed)
            if carried.text and words not in known and of_kind < MOST_OFFERED:
                known.add(words)
                listed.append(carried)
    return listed


def _left_open(card: Card) -> Iterator[CarriedOver]:
    for call in card.commitments:
        if call.status in UNFINISHED:
            yield CarriedOver("call", call.what, card.id, call.seq)
    for line in card.of("statement"):
        yield CarriedOver("statement", line.text, card.id, line.entry)


def _same(text: str) -> str:
    return caseless(" ".join(text.split()))
