"""The synthesis of a gathering: what was proposed in its sessions on each topic, by how many and from which groups, and
what became of it. It adds up what the cards of the sessions say of each, so it has no more than the records have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from acquis.board.cards import Card
from acquis.board.gatherings import Gathering
from acquis.contributions.ledger import KINDS, OUTCOMES, InputKind, OutcomeKind
from acquis.contributions.synthesis import OutcomeCount, TopicCount
from acquis.messages.drafts import DraftParagraph

_Key = TypeVar("_Key", bound=str)


class SessionShare(msgspec.Struct, frozen=True):
    """What a session adds: its inputs with their final outcomes, and what was proposed on each of its messages."""

    session: str
    title: str
    inputs: int
    outcomes: dict[OutcomeKind, int] = {}
    draft: tuple[DraftParagraph, ...] = ()


class GatheringTopic(msgspec.Struct, frozen=True):
    """The count of a topic in all sessions, and in which of them it was."""

    count: TopicCount
    sessions: tuple[str, ...]


class GatheringSynthesis(msgspec.Struct, frozen=True):
    """The synthesis of a gathering. Sessions that have not ended have no inputs in it, and rehearsals are left out
    unless all sessions are rehearsals (`rehearsal`)."""

    gathering: str
    name: str
    rehearsal: bool
    kinds: tuple[OutcomeCount, ...] = ()
    groups: tuple[OutcomeCount, ...] = ()
    topics: tuple[GatheringTopic, ...] = ()
    sessions: tuple[SessionShare, ...] = ()


def gathering_synthesis(of: Gathering, now: int) -> GatheringSynthesis:
    """The synthesis of a gathering at `now` (ms since 1970): its sessions by start, and the topics with the most inputs
    first."""
    rehearsal = all(card.rehearsal for card in of.cards)
    cards = [card for card in of.cards if rehearsal or not card.rehearsal]
    made = [card.synthesis for card in cards if card.synthesis is not None]
    kinds, groups = [count for part in made for count in part.kinds], [count for part in made for count in part.groups]
    return GatheringSynthesis(
        of.id,
        of.name,
        rehearsal,
        kinds=tuple(_counts([count for count in kinds if count.kind == kind]) for kind in KINDS if _of(kinds, kind)),
        groups=tuple(
            _counts([count for count in groups if count.stakeholder == group])
            for group in sorted({count.stakeholder for count in groups})
        ),
        topics=tuple(_topics(cards)),
        sessions=tuple(_share(card, now) for card in cards if card.synthesis is not None or card.draft),
    )


def _of(counts: Iterable[OutcomeCount], kind: InputKind) -> bool:
    return any(count.kind == kind for count in counts)


def _counts(counts: Sequence[OutcomeCount]) -> OutcomeCount:
    """The sum of counts of one kind, or of one group; at least one."""
    outcomes = _sum((count.outcomes for count in counts), OUTCOMES)
    return msgspec.structs.replace(counts[0], of=sum(count.of for count in counts), outcomes=outcomes)


def _sum(counts: Iterable[dict[_Key, int]], order: Sequence[_Key]) -> dict[_Key, int]:
    total: Counter[_Key] = Counter()
    for count in counts:
        total.update(count)
    return {key: total[key] for key in order if total[key]}


def _topics(cards: Iterable[Card]) -> list[GatheringTopic]:
    of: dict[str, list[tuple[str, TopicCount]]] = {}
    for card in cards:
        for topic in card.synthesis.topics if card.synthesis is not None else ():
            of.setdefault(topic.item, []).append((card.id, topic))
    made = [GatheringTopic(_topic([topic for _, topic in own]), tuple(id for id, _ in own)) for own in of.values()]
    return sorted(made, key=lambda topic: (not topic.count.item, -topic.count.inputs, topic.count.item))


def _topic(counts: Sequence[TopicCount]) -> TopicCount:
    return TopicCount(
        counts[0].item,
        sum(count.inputs for count in counts),
        kinds=_sum((count.kinds for count in counts), KINDS),
        outcomes=_sum((count.outcomes for count in counts), OUTCOMES),
        groups=tuple(sorted({group for count in counts for group in count.groups})),
    )


def _share(card: Card, now: int) -> SessionShare:
    kinds = card.synthesis.kinds if card.synthesis is not None else ()
    outcomes = _sum((count.outcomes for count in kinds), OUTCOMES)
    draft = tuple(paragraph.at(now) for paragraph in card.draft)
    return SessionShare(card.id, card.title, sum(count.of for count in kinds), outcomes, draft)
