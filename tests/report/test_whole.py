"""A session through its own door, from the programme to a record that a stranger checks."""

from __future__ import annotations

import asyncio

from acquis.attributes import Attributes
from acquis.command import HOSTS, ORGANIZER, PARTICIPANT, RAPPORTEUR, Actor, Command
from acquis.documents.formats import files
from acquis.erasure import EraseText
from acquis.events import Sentence
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.segments import CloseSession, OpenSession
from acquis.floor.statements import CastVote, SeedStatement
from acquis.plan.document import PlannedSegment, Programme, to_data
from acquis.plan.programme import PublishProgramme
from acquis.publication.verify import verify_entries, verify_lines
from acquis.record.sqlite import SqliteRecord
from acquis.report.publishing import PublishReport
from acquis.session import Session

HOST = Actor("p-host", "v-host", HOSTS | {ORGANIZER, RAPPORTEUR})
ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}), Attributes(lane="online"), ballot="0" * 32)
PROGRAMME = Programme("A session", segments=(PlannedSegment("Questions", "questions", 30),))

STEPS: list[tuple[Command, Actor]] = [
    (PublishProgramme(to_data(PROGRAMME)), HOST),  # 1
    (OpenSession(), HOST),  # 2
    (Join(lane="online"), ANN),  # 3
    (AskQuestion("My name is Ann, and why?"), ANN),  # 4
    (AskQuestion("This one nobody lets through"), ANN),  # 5
    (ApproveQuestion(4), HOST),  # 6
    (SeedStatement("We follow up."), HOST),  # 7
    (CastVote(7, "agree"), ANN),  # 8
    (CloseSession(), HOST),  # 9
    (PublishReport(takeaways=(Sentence("We follow up.", (7, 4)),)), HOST),  # 12, after the ballots and the totals
    (EraseText(4, "she asked for it"), HOST),  # 13
    (PublishReport(takeaways=(Sentence("We follow up.", (7,)),), correction="a cite less"), HOST),  # 14
]


async def _played() -> dict[str, bytes]:
    record = SqliteRecord(":memory:")
    session = await Session.open(record, "s")
    for number, (command, by) in enumerate(STEPS):
        await session.do(command, by, 1_700_000_000_000 + number * 1000, f"k{number}")
    state = await session.settled()
    assert verify_entries(record.read("s")).ok
    exported = files(record.read("s"), state=state)
    await record.close()
    return exported


def test_a_stranger_can_check_the_record_and_does_not_find_what_was_erased() -> None:
    exported = asyncio.run(_played())
    found = verify_lines(exported["log.jsonl"].splitlines(keepends=True))
    assert found.ok, found.reason
    assert (found.entries, len(found.omissions.erased), len(found.omissions.withheld), found.reports) == (14, 1, 1, 2)
    assert not [name for name, content in exported.items() if b"My name" in content or b"nobody lets" in content]
