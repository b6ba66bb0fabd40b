"""A session as large as wanted in an application, every address that can be read in it, and the longest steps of the
event loop that reading takes. Everybody in it is simulated."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from acquis import events as ev
from acquis.attributes import Attributes
from acquis.command import ONSITE, ORGANIZER, PARTICIPANT, RAPPORTEUR, SPEAKER
from acquis.documents.formats import BY_NAME
from acquis.record import Draft
from acquis.roster import Pass, SessionRow
from acquis.web.app import ENDPOINTS
from acquis.web.http import passes
from acquis.web.http.loop import measure_steps

from .client import AppClient

GROUPS = ("Civil Society", "Government", "Private Sector", "Technical Community")
LANES: tuple[ev.Lane, ...] = ("room", "online")
READER = "voter-with-a-secret-of-enough-letters-0001"
"""The secret of the pass of somebody who joined."""
START = 1_700_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a session is."""

    questions: int = 500
    statements: int = 200
    votes: int = 100_000
    people: int = 1000
    turns: int = 1000
    voters: int = 0
    """How many of the people vote; by itself all."""
    words: int = 3000
    """How many different words there are in its texts."""
    ruled: bool = False
    """Whether it is held under the Chatham House Rule."""

    def times(self, factor: int) -> Size:
        """A session with so many times as much of everything."""
        return Size(
            questions=factor * self.questions,
            statements=factor * self.statements,
            votes=factor * self.votes,
            people=factor * self.people,
            turns=factor * self.turns,
            voters=factor * self.voters,
            words=self.words,
            ruled=self.ruled,
        )


class Happened(NamedTuple):
    """Who did something, and the event of it."""

    by: str
    event: ev.Event


def happened(size: Size) -> Iterator[Happened]:
    """A running session of this size: nobody has the floor."""
    dice = random.Random(5)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(dice.choices(letters, k=dice.randint(3, 10))) for _ in range(size.words)]

    def text() -> str:
        return " ".join(dice.choices(words, k=16)).capitalize()

    programme = (ev.Segment("All", "questions", 600),)
    settings = ev.Settings(chatham=size.ruled)
    yield Happened(
        "o", ev.ProgrammePublished("A large session", programme, settings=settings, seats=(ev.Seat("Somebody"),))
    )
    for n in range(size.people):
        yield Happened(f"v{n}", ev.ParticipantJoined(lane=LANES[n % 2], stakeholder=GROUPS[n % 4], ballot=f"{n:032x}"))
    yield from (Happened("o", ev.StatementSeeded(text())) for _ in range(size.statements))
    yield Happened("o", ev.SessionOpened())
    for n in range(size.questions):
        lane, group = LANES[n % 2], GROUPS[n % 4]
        yield Happened(f"p{n % size.people}", ev.QuestionAsked(text() + "?", 0, lane=lane, stakeholder=group))
    asked = size.people + size.statements + 3
    yield from (Happened("o", ev.QuestionApproved(asked + n)) for n in range(size.questions) if n % 10)
    for n in range(min(size.people, 3 * size.questions)):
        yield Happened(f"v{n}", ev.QuestionSupported(asked + (7 * n) % size.questions))
    yield Happened("o", ev.SegmentStarted(0, ("room", "online", "other")))
    yield from _turns(size)
    yield from _votes(size, dice)


def _turns(size: Size) -> Iterator[Happened]:
    before = 3 + size.people + size.statements + size.questions + min(size.people, 3 * size.questions)
    before += size.questions - (size.questions + 9) // 10
    for n in range(size.turns):
        lane, group = LANES[n % 2], GROUPS[n % 4]
        yield Happened(f"p{n % size.people}", ev.HandRaised("turn", lane=lane, stakeholder=group))
        yield Happened("o", ev.FloorGiven(before + 3 * n + 1))
        yield Happened("o", ev.TurnEnded(before + 3 * n + 2))


def _votes(size: Size, dice: random.Random) -> Iterator[Happened]:
    leanings: list[list[ev.Choice]] = [["agree", "disagree", "pass"], ["disagree", "agree", "pass"]]
    voters = size.voters or size.people
    each = size.votes // voters
    for n in range(voters):
        for k in range(each):
            statement = size.people + 2 + (n + k) % size.statements
            yield Happened(f"v{n}", ev.VoteCast(statement, dice.choices(leanings[n % 2], (6, 2, 1))[0]))


def fill(app: AppClient, session: str, events: Iterable[Happened], began: int = START) -> None:
    """Stores a session in the application, of which one person has a pass with the secret `READER`."""
    row = app.house.roster.session(session)
    if row is None:
        app.house.roster.add_session(SessionRow(session, session.upper().ljust(8, "X")[:8], 1, ""))
        app.house.roster.issue(
            READER,
            Pass(session, frozenset({PARTICIPANT, SPEAKER}), "p0", "v0", 1, attributes=Attributes(lane="room")),
        )
    assert app.client.portal is not None
    source, number, ruled = iter(events), 0, False
    while part := list(islice(source, 2000)):
        drafts = []
        for by, event in part:
            number += 1
            ruled = ruled or (isinstance(event, ev.ProgrammePublished) and event.settings.chatham)
            body, cuts = ev.to_parts(event, ruled)
            drafts.append(Draft(body, by, began + 10 * number, f"large-{number}", cuts))
        app.client.portal.call(app.house.board.record.append, session, drafts)


class Request(NamedTuple):
    """Something to read: a name, the role of the reader, and the path."""

    name: str
    role: str
    path: str


_BESIDE = {
    "home": "/",
    "join_code": "/join?code=NONE",
    "followup_board": "/followup",
    "said": "/said?q=norms",
    "reference_process": "/reference/processes/global-mechanism",
    "reference_item": "/reference/framework/norm-j",
    "reference_document": "/reference/documents/A/70/174",
    "followup_feed": "/followup.atom",
    "reference_take_part_feed": "/reference/take-part.atom",
    "reference_opportunities": "/reference/opportunities.json",
    "reference_schema": "/reference/schema/process.json",
}
_LEFT_OUT = {
    "claim": "it gives a pass",
    "static": "a file",
    "gathering": "the session has none",
    "gathering_compare": "the session has none",
    "export": "each format is read",
    "ballot_file": "the reader's own",
    "answer": "of the holder of a link only",
    "series": "the session has none",
}


def requests(session: str, entry: int, over: bool) -> list[Request]:
    """Every address that can be read, in the order of the declarations, then every document."""
    roles = (RAPPORTEUR, ONSITE, ORGANIZER, PARTICIPANT)
    listed = []
    for endpoint in ENDPOINTS:
        declared = endpoint.declaration
        if declared.method != "GET" or declared.name in _LEFT_OUT or declared.name.startswith("live_"):
            continue
        path = _BESIDE.get(declared.name, declared.path)
        path = path.replace("{session:slug}", session).replace("{entry}", str(entry))
        may = [role for role in roles if role in declared.roles]
        role = (
            PARTICIPANT
            if {"", PARTICIPANT} & declared.roles and declared.live
            else ""
            if "" in declared.roles
            else may[0]
        )
        query = {"consistency": "?old=1&new=2", "record_compare": "?a=1&b=1"}.get(declared.name, "")
        listed.append(Request(declared.name, role, path + query))
    listed.append(Request("live_participants", PARTICIPANT, f"/s/{session}/live/participants?poll=-1"))
    listed.append(Request("live_moderators", ONSITE, f"/s/{session}/live/moderators?poll=-1"))
    listed.append(Request("live_stage", "", f"/s/{session}/live/stage?poll=-1"))
    if over:
        listed += [Request(name, "", f"/s/{session}/{name}") for name in BY_NAME]
    return listed


class Steps:
    """The longest step of each work in an application, by a clock: seconds of the processor time of the thread of the
    loop, because a wall clock also counts what other programs do meanwhile, or calls."""

    def __init__(self, app: AppClient, clock: Callable[[], float] = time.thread_time) -> None:
        self.app, self._clock = app, clock
        self.longest: dict[str, float] = {}
        self._held: dict[str, dict[str, str]] = {}
        """Role -> the cookies of whoever has it."""
        assert app.client.portal is not None
        app.client.portal.call(self._begin)

    async def _begin(self) -> None:
        measure_steps(self._note, self._clock)

    def _note(self, work: str, seconds: float) -> None:
        self.longest[work] = max(seconds, self.longest.get(work, 0.0))

    def during(self, do: Callable[[], object]) -> float:
        """The longest step while something is done."""
        self.longest.clear()
        do()
        return max(self.longest.values(), default=0.0)

    def of(self, request: Request, session: str) -> tuple[float, int, int]:
        """The longest step while a request is answered, the status and the size of the answer."""
        self.sit(request.role, session)
        self.longest.clear()
        answer = self.app.client.get(request.path)
        return max(self.longest.values(), default=0.0), answer.status_code, len(answer.content)

    def sit(self, role: str, session: str) -> None:
        """Give the client the pass of a role, always the same one: the plan lists all that were made."""
        if role not in self._held:
            self.app.be("" if role == PARTICIPANT else role, session)
            if role == PARTICIPANT:
                self.app.client.cookies.set(passes.cookie_name(session), READER)
            self._held[role] = dict(self.app.client.cookies)
        self.app.client.cookies.clear()
        self.app.client.cookies.update(self._held[role])
