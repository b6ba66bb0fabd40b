"""An invented gathering of forty sessions: some reported in time, some reported late, and some have not reported."""

from __future__ import annotations

import asyncio
import datetime
import random
from collections.abc import Callable
from importlib import resources
from typing import Any

import yaml
from msgspec.structs import asdict

from acquis import command as who
from acquis.attributes import Attributes
from acquis.command import Actor, Command
from acquis.events import Choice, Sentence
from acquis.floor import people, questions, segments, statements
from acquis.floor.references import ConfirmReferences
from acquis.followup.commitments import MakeCommitment, NoteProgress
from acquis.plan.document import Goal, Person, PlannedSegment, Programme, to_data, to_yaml
from acquis.plan.programme import PublishProgramme
from acquis.publication.totals import publication
from acquis.report.publishing import PublishReport
from acquis.roster import SessionRow
from acquis.session import Session
from acquis.state import State
from acquis.web.http.application import Application

SESSIONS = 40
HOUR_MS = 3_600_000
CHOICES: tuple[Choice, ...] = ("agree", "disagree", "pass")
GROUPS = ("Civil Society", "Government", "Private Sector", "Technical Community")
HOST = Actor("p-moderator", roles=who.HOSTS | {who.RAPPORTEUR})


def invented() -> dict[str, Any]:
    """The topics of the invented gathering as plain data."""
    text = resources.files("acquis.reference").joinpath("data/demo/gathering.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


async def gather(
    application: Application, new_code: Callable[[], str], seed: int, now: int, sessions: int = SESSIONS
) -> None:
    """Play the invented gathering so that its last sessions have just ended at `now` (ms). Deterministic for a seed."""
    data, dice = invented(), random.Random(seed)
    plans = []
    for number in range(1, sessions + 1):
        id, begin = f"example-2026-{number}", now - (sessions - number) * 3 * HOUR_MS - 2 * HOUR_MS
        programme = _programme(data, number, begin, dice)
        if application.roster.session(id) is None:
            application.roster.add_session(SessionRow(id, new_code(), now, to_yaml(programme)))
        session = await application.board.session(id)
        assert session is not None  # it was added above
        if session.state.seq == 0:
            plans.append(
                _InventedSession(
                    session, data["topics"][(number - 1) % len(data["topics"])], random.Random(seed * 1000 + number)
                )
            )
            plans[-1].plan(programme, begin, now)
    await asyncio.gather(*(invented_session.hold() for invented_session in plans))


def _programme(data: dict[str, Any], number: int, begin: int, dice: random.Random) -> Programme:
    topic = data["topics"][(number - 1) % len(data["topics"])]
    track = data["tracks"][(number - 1) // len(data["topics"]) % len(data["tracks"])]
    start = datetime.datetime.fromtimestamp(begin // 1000, datetime.UTC).replace(minute=0, second=0)
    speakers = tuple(Person(**fields) for fields in dice.sample(data["speakers"], 3))
    return Programme(
        title=f"{topic['title']}: {track.lower()}",
        number=str(number),
        gathering=data["name"],
        type="Workshop",
        starts=start.isoformat(),
        ends=(start + datetime.timedelta(hours=1)).isoformat(),
        room=f"Room {1 + number % 5}",
        minutes=60,
        rehearsal=True,
        speakers=speakers,
        sdgs=(Goal(16),),
        segments=(
            PlannedSegment("Panel", "panel", 20),
            PlannedSegment("Questions", "questions", 35),
            PlannedSegment("Closing", "closing", 5),
        ),
    )


class _InventedSession:
    """One invented session while it is played."""

    def __init__(self, session: Session, topic: dict[str, Any], dice: random.Random) -> None:
        self.session, self.topic, self.dice = session, topic, dice
        self.ballots = random.Random(session.log)
        self.keys = 0

    def plan(self, programme: Programme, begin: int, now: int) -> None:
        """Choose the times of the session, and the time of its report, if it has one. Times are in ms."""
        self.programme, self.begin, self.now = programme, begin, now
        self.end = begin + HOUR_MS
        late = self.dice.random()
        delay = self.dice.uniform(0.5, 1.9) if late < 0.7 else self.dice.uniform(2.2, 30)
        self.reported = self.end + int(delay * HOUR_MS) if late < 0.85 else now + 1

    async def do(self, command: Command, at: int, by: Actor = HOST) -> int:
        """Carry out a command. Returns the number of its entry, 0 if nothing changed."""
        self.keys += 1
        entry = await self.session.do(command, by, at, f"invented-{at}-{self.keys}")
        return entry.seq if entry else 0

    async def hold(self) -> None:
        """Play the session from the publication of its programme to its follow-up."""
        organizer = Actor("p-organizer", roles=frozenset({who.ORGANIZER}))
        await self.do(PublishProgramme(to_data(self.programme)), self.begin - HOUR_MS, organizer)
        seeded = [await self.do(statements.SeedStatement(text), self.begin) for text in self.topic["statements"]]
        await self.do(segments.OpenSession(), self.begin)
        await self.do(segments.StartSegment(1), self.begin + 60_000)
        asked = await self._room(seeded)
        await self.do(segments.CloseSession(), self.end)
        await self.session.publish(publication(self.session.state), self.end + 15_000)
        for seq in (*seeded, *asked):
            await self.do(ConfirmReferences(seq, " ".join(self.topic["about"])), self.end + 60_000)
        if self.reported <= self.now:
            await self._report(seeded, asked)

    async def _room(self, statement_entries: list[int]) -> list[int]:
        """Let people join, vote and ask. Returns the entries of their questions."""
        crowd = [
            Actor(
                f"p-{n}",
                f"v-{n}-{self.dice.getrandbits(40):x}",
                who.PEOPLE,
                Attributes(lane=("room", "online")[n % 2], stakeholder=self.dice.choice(GROUPS)),
                ballot=f"{self.ballots.getrandbits(128):032x}",
            )
            for n in range(self.dice.randint(9, 16))
        ]
        for person in crowd:
            await self.do(people.Join(**asdict(person.attributes)), self.begin + 90_000, person)
            for statement in statement_entries:
                choice = self.dice.choices(CHOICES, (7, 2, 1))[0]
                await self.do(statements.CastVote(statement, choice), self.begin + 120_000, person)
        asked = []
        for text in self.topic["questions"]:
            seq = await self.do(questions.AskQuestion(text), self.begin + 600_000, self.dice.choice(crowd))
            await self.do(questions.ApproveQuestion(seq), self.begin + 660_000)
            asked.append(seq)
        return asked

    async def _report(self, statement_entries: list[int], asked: list[int]) -> None:
        about = tuple(self.topic["about"])
        await self.do(
            PublishReport(
                tuple(
                    Sentence(text, (seq,), about)
                    for text, seq in zip(self.topic["takeaways"], (*statement_entries, *asked), strict=False)
                ),
                (Sentence(self.topic["call"], (asked[0],), about),),
            ),
            self.reported,
        )
        state: State = self.session.state
        made = await self.do(
            MakeCommitment(
                self.topic["call"],
                actor="state",
                due=self._due(),
                items=" ".join(about),
                report=state.reports[-1].seq,
                call=1,
            ),
            self.reported + 60_000,
        )
        if self.dice.random() < 0.5:
            note = "A first step was taken (invented for the demo)."
            await self.do(NoteProgress(made, "in_progress", note), min(self.now, self.reported + HOUR_MS))

    def _due(self) -> str:
        day = datetime.datetime.fromtimestamp(self.now // 1000, datetime.UTC).date()
        off = self.dice.randint(-9, -1) if self.dice.random() < 0.15 else self.dice.randint(10, 300)
        return (day + datetime.timedelta(days=off)).isoformat()
