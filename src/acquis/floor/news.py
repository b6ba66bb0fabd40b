"""What happens on the floor, for other tools: the entries of a log that change who has the floor, the segment, the
questions that everybody sees, or what is voted on. Only numbers and times are kept of them: names and texts are looked
up when they are told, so that what was erased or withheld meanwhile is told no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from acquis import events as ev

_KINDS: dict[type[ev.Event], tuple[str, str]] = {
    ev.SessionOpened: ("session.opened", ""),
    ev.SessionPaused: ("session.paused", ""),
    ev.SessionResumed: ("session.resumed", ""),
    ev.SessionClosed: ("session.closed", ""),
    ev.SegmentStarted: ("segment.started", "segment"),
    ev.FloorGiven: ("floor.given", "entry"),
    ev.SpeakerGivenFloor: ("floor.given", "entry"),
    ev.TurnEnded: ("floor.ended", "turn"),
    ev.NotResponding: ("floor.ended", "turn"),
    ev.ListClosed: ("list.closed", ""),
    ev.ListOpened: ("list.opened", ""),
    ev.QuestionAsked: ("question.asked", "entry"),
    ev.QuestionApproved: ("question.approved", "question"),
    ev.QuestionPut: ("question.put", "question"),
    ev.QuestionAnswered: ("question.answered", "question"),
    ev.AnswerWritten: ("question.answered_in_writing", "question"),
    ev.QuestionReopened: ("question.reopened", "question"),
    ev.StatementSeeded: ("statement.opened", "entry"),
    ev.StatementOpened: ("statement.opened", "statement"),
    ev.StatementClosed: ("statement.closed", "statement"),
    ev.ActTakenBack: ("act.undone", "undone"),
}
"""Class of event -> the type of the news, and what it is about: a field of the event, or its own entry."""
_NAMES = {of.__name__.encode() for of in _KINDS}
TYPES = tuple(dict.fromkeys(kind for kind, _ in _KINDS.values()))
"""The types of news, in the order of the documentation."""


class News(msgspec.Struct, frozen=True):
    """An entry that is news: its number, its stamp (ms since 1970), and the number of what it is about: of a segment
    from 0, else of the entry of a turn, a question, a statement, or the act that was taken back. 0: nothing."""

    entry: int
    stamp: int
    type: str
    about: int = 0


def news(rows: Iterable[tuple[int, int, str, bytes]]) -> Iterator[News]:
    """The news in the rows of a log: (seq, at, by, body)."""
    for seq, at, _, body in rows:
        if _name(body) in _NAMES:
            event = ev.from_body(body)
            kind, field = _KINDS[type(event)]
            yield News(seq, at, kind, _about(event, field, seq))


def _name(body: bytes) -> bytes:
    """The name of the event in a body; only news are decoded, because a log is mostly votes."""
    begins = b'{"event":"'
    return body[len(begins) : body.find(b'"', len(begins))] if body.startswith(begins) else b""


def _about(event: Any, field: str, seq: int) -> int:
    if field in ("", "entry"):
        return seq if field else 0
    return int(event.entry if field == "undone" else getattr(event, field))
