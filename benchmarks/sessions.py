"""Logs of running sessions, which several benchmarks begin with."""

from __future__ import annotations

from acquis import events as ev
from acquis.command import PEOPLE, Actor
from acquis.floor.statements import CastVote
from acquis.record import Draft
from acquis.record.sqlite import SqliteRecord

STATEMENT = 3
"""The entry of the statement that is voted on in a log that `begin` made."""
BODY = b'{"event":"VoteCast","statement":3,"choice":"agree"}'
VOTES = (CastVote(STATEMENT, "agree"), CastVote(STATEMENT, "disagree"))


def draft(event: ev.Event, by: str, at: int, key: str) -> Draft:
    """The draft of an event, divided into its parts."""
    body, cuts = ev.to_parts(event)
    return Draft(body, by, at, key, cuts)


async def begin(record: SqliteRecord, log: str, voters: int) -> int:
    """Begin a log with an open session, one statement and this number of voters. Returns the number of entries."""
    before: list[tuple[ev.Event, str]] = [
        (ev.ProgrammePublished(log, (ev.Segment("a"),)), "o"),
        (ev.SessionOpened(), "o"),
        (ev.StatementSeeded("x"), "o"),
        *((ev.ParticipantJoined(), f"v{n}") for n in range(voters)),
    ]
    await record.append(log, [draft(event, by, 1, f"begin{n}") for n, (event, by) in enumerate(before)])
    return len(before)


def voter(number: int) -> Actor:
    """A voter of a log that `begin` made."""
    return Actor(f"p{number}", f"v{number}", PEOPLE)
