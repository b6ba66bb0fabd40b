"""An application served on a loopback port by a thread, and a workshop that is played through its commands."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from playwright.sync_api import Page
from tests.moved_clock import MovedClock
from tests.web.client import with_ballot

from acquis import command as who
from acquis.attributes import Attributes
from acquis.command import Actor, Command
from acquis.floor import fairness, people, questions, queue, segments, statements
from acquis.plan.document import Person, PlannedSegment, Programme, to_data
from acquis.plan.programme import PublishProgramme
from acquis.record import Entry
from acquis.roster import Pass, SessionRow
from acquis.session import Session
from acquis.state import State
from acquis.web.app import create_app
from acquis.web.http import passes
from acquis.web.http.application import Application, open_application
from acquis.web.http.ids import new_secret
from acquis.web.http.protocol import Bounds, Connections
from acquis.web.http.serving import free_port

T = TypeVar("T")
MIN = 60_000

PROGRAMME = Programme(
    title="The next chapter of cyber dialogues",
    number="WS #119",
    profile="igf-2021",
    starts="2026-12-07T15:30:00+01:00",
    ends="2026-12-07T17:00:00+01:00",
    zone="Europe/Warsaw",
    room="Conference Room 6",
    rehearsal=True,
    speakers=(
        Person("One", "Institute", "Civil Society", "African Group"),
        Person("Two", "Ministry", "Government", "Asia-Pacific Group"),
        Person("Three", "Company", "Private Sector", "Eastern European Group"),
        Person("Four", "Network", "Technical Community"),
        Person("Five", "University", "Civil Society"),
    ),
    segments=(
        PlannedSegment("Opening", "opening", 15),
        PlannedSegment("Panel", "panel", 25),
        PlannedSegment("Questions and answers", "questions", 45),
        PlannedSegment("Closing", "closing", 5),
    ),
)

HOST = Actor("p-moderator", roles=who.HOSTS | {who.RAPPORTEUR})


class LiveServer:
    """A running server: its address, and methods that the thread of the test may call."""

    def __init__(self, folder: Path, most: int = 10_000, bounds: Bounds | None = None) -> None:
        self.folder = folder
        self._most, self._bounds = most, bounds
        self._ready: Future[None] = Future()
        self._keys = 0
        self.sessions: list[str] = []
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self._ready.result(60)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.house: Application = open_application(self.folder)
        self.house.clock = self.clock = MovedClock()
        bound = free_port("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        self.house.base_url = self.url
        app = create_app(self.house)
        self.connections = Connections(self._most, lambda: self.house.streams.open, self._bounds)
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=self.connections.protocol,  # type: ignore[arg-type]  # uvicorn calls it, whether it is a class or not
                ws="none",
                lifespan="off",
                log_level="error",
                timeout_graceful_shutdown=1,
            )
        )
        serving = asyncio.create_task(self._server.serve([bound]))
        while not self._server.started:
            await asyncio.sleep(0.01)
        self._ready.set_result(None)
        await serving
        self.house.streams.drop_all()  # those that a browser which was closed just now still holds
        await self.house.board.record.close()
        self.house.roster.close()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(60)

    def wait(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run a coroutine on the event loop of the server. Returns its result."""

        async def run() -> T:
            return await work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(60)

    def add(self, session: str, programme: Programme = PROGRAMME, code: str = "ABCD1234", at: int = 0) -> None:
        """Add a session with a published programme."""

        self.sessions.append(session)

        async def work() -> None:
            self.house.roster.add_session(SessionRow(session, code, self.now(), ""))

        self.wait(work)
        organizer = Actor("p-organizer", roles=frozenset({who.ORGANIZER}))
        self.do(session, PublishProgramme(to_data(programme)), organizer, at)

    def way_in(self, session: str, page: str = "") -> str:
        """The address with which one joins a session, or a page of it: it has the session code."""
        row = self.house.roster.session(session)
        assert row is not None
        return f"{self.url}/s/{session}{page}{'&' if '?' in page else '?'}code={row.code}"

    def now(self) -> int:
        return self.house.clock.now()

    def do(self, session: str, command: Command, by: Actor = HOST, at: int = 0) -> int:
        """Carry out one command. Returns the number of its entry, 0 if nothing changed."""
        self._keys += 1
        if not at:
            self.clock.pause(command)
        key = f"play-{self._keys}"

        async def work() -> Entry | None:
            return await (await self.session(session)).do(command, with_ballot(command, by), at or self.now(), key)

        entry = self.wait(work)
        return entry.seq if entry else 0

    def do_all(self, session: str, commands: Sequence[tuple[Command, Actor]], at: int = 0) -> list[int]:
        """Carry out the commands in this order. Returns the numbers of their entries, 0 where nothing changed.

        They are handed over together, so that the session makes few commits of many commands instead of waiting after
        each whether somebody else sends one too."""
        first, self._keys = self._keys + 1, self._keys + len(commands)
        given = [(command, with_ballot(command, by)) for command, by in commands]

        async def work() -> list[Entry | None]:
            there, now = await self.session(session), at or self.now()
            return await asyncio.gather(
                *(there.do(command, by, now, f"play-{first + place}") for place, (command, by) in enumerate(given))
            )

        return [entry.seq if entry else 0 for entry in self.wait(work)]

    async def session(self, session: str) -> Session:
        found = await self.house.board.session(session)
        assert found is not None
        return found

    def state(self, session: str) -> State:
        async def work() -> State:
            return await (await self.session(session)).settled()

        return self.wait(work)

    def until(
        self, holds: Callable[[], bool], what: Callable[[], str] = lambda: "it never came to hold", seconds: float = 60
    ) -> None:
        """Wait until a condition of the server holds that no page shows."""
        last = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < last, what()
            time.sleep(0.05)

    def pass_for(self, session: str, role: str, seat: int = 0, name: str = "") -> tuple[str, Pass]:
        """Issue a pass: its link and the pass."""

        async def work() -> tuple[str, Pass]:
            return passes.issue(self.house, session, role, seat, name)

        secret, given = self.wait(work)
        return f"{self.url}/p/{secret}", given

    def sign_in(self, page: Page, session: str, role: str, seat: int = 0, name: str = "") -> tuple[str, Pass]:
        """Give a browser the cookie that it would get by following the link of a pass, without loading a page. Returns
        the link and the pass."""
        link, given = self.pass_for(session, role, seat, name)
        cookie, secret = passes.cookie_name(given.session), link.rsplit("/", 1)[1]
        page.context.add_cookies([{"name": cookie, "value": secret, "url": self.url}])
        return link, given

    def take_part(self, page: Page, session: str) -> None:
        """Make a browser that of somebody who joined online, without loading the pages on which one joins."""
        _, given = self.sign_in(page, session, who.PARTICIPANT)
        self.do(session, people.Join(lane="online"), Actor(given.person, given.voice, who.PEOPLE))

    def name(self, session: str, person: str, name: str) -> None:
        async def work() -> None:
            self.house.roster.issue(new_secret(), Pass(session, frozenset(), person, "", name=name))

        self.wait(work)


@contextmanager
def served(folder: Path, most: int = 10_000, bounds: Bounds | None = None) -> Iterator[LiveServer]:
    house = LiveServer(folder, most, bounds)
    try:
        yield house
    finally:
        house.stop()


NAMES = (
    "Amina Diallo",
    "Jonas Weber",
    "Li Wei",
    "Sofía Ruiz",
    "مريم حداد",
    "Tomáš Novák",
    "Grace Mwangi",
    "Ravi Patel",
)
GROUPS = ("Civil Society", "Government", "Private Sector", "Technical Community", "")
ASKED = (
    "Which channel can a small civil society group use to be heard before the text is agreed?",
    "What happens when a state breaks a norm it has signed up to?",
    "How will the new process make sure that regions without a cyber ambassador take part?",
    "Who pays for the capacity building that every report asks for?",
    "Is there a list of national contact points, and who may use it?",
    "How do you keep two parallel groups from writing two different rule books?",
    "Buy my book about dialogues",
)
CLAIMS = (
    "Norms for cyberspace need one body that follows up every year how they are kept.",
    "Stakeholders should have a seat in the dialogue by right, not by invitation.",
    "Small states need money and people before they can keep the agreed norms.",
    "Several processes at once do more good than harm.",
    "Each government should name one contact point that answers within a day.",
)


def crowd(house: LiveServer, session: str, count: int, at: int = 0) -> list[Actor]:
    """Let `count` people join. Returns them."""
    found = []
    joining: list[tuple[Command, Actor]] = []
    for number in range(count):
        lane: Any = "online" if number % 3 == 0 else "room"
        group = GROUPS[number % len(GROUPS)]
        one = Actor(f"p-{number:04d}", f"v-{number:04d}", who.PEOPLE, Attributes(lane=lane, stakeholder=group))
        if number < len(NAMES):
            house.name(session, one.person, NAMES[number])
        joining.append((people.Join(lane=lane, stakeholder=group), one))
        found.append(one)
    house.do_all(session, joining, at)
    return found


def workshop(
    house: LiveServer, session: str = "ws119", code: str = "ABCD1234", programme: Programme = PROGRAMME
) -> list[Actor]:
    """A workshop in the middle of its questions and answers, 52 minutes after it was opened."""
    house.add(session, programme, code, house.now() - 55 * MIN)
    return play(house, session)


def play(house: LiveServer, session: str) -> list[Actor]:
    """Play a session that was added, at least 55 minutes ago, to the middle of its questions and answers."""
    now = house.now()
    opened = now - 52 * MIN
    there = crowd(house, session, 24, opened - 2 * MIN)
    house.do_all(session, [(statements.SeedStatement(text), HOST) for text in CLAIMS], opened - MIN)
    house.do(session, segments.OpenSession(), at=opened)
    for number, start in enumerate((0, 15, 40)):
        house.do(session, segments.StartSegment(number), at=opened + start * MIN)
    _ask_and_vote(house, session, there, opened + 41 * MIN)
    _speak(house, session, there, opened + 42 * MIN, now)
    return there


def _ask_and_vote(house: LiveServer, session: str, there: list[Actor], at: int) -> None:
    asking = [questions.AskQuestion(text, to=number % 3, anonymous=number == 3) for number, text in enumerate(ASKED)]
    asked = house.do_all(session, list(zip(asking, there)), at)
    house.do_all(session, [(questions.ApproveQuestion(seq), HOST) for seq in asked[:5]], at)
    supporting = [
        (questions.SupportQuestion(seq), one)
        for number, seq in enumerate(asked[:5])
        for one in there[: 17 - 3 * number]
    ]
    house.do_all(session, supporting, at)
    house.do(session, questions.HoldBackQuestion(asked[6], "off_topic"), at=at)
    house.do(
        session, questions.AnswerInWriting(asked[4], "Yes. It is kept by the secretariat and open to states."), at=at
    )
    house.do(session, questions.PutQuestion(asked[0]), at=at)
    house.do(session, statements.ProposeStatement("Hospitals should be off limits in every conflict."), there[5], at)
    choices: Any = ("agree", "agree", "disagree", "agree", "pass")
    votes = [
        (statements.CastVote(statement, choices[(place * (number + 1)) % 5]), one)
        for number, statement in enumerate(list(house.state(session).statements)[:5])
        for place, one in enumerate(there[: 20 - 2 * number])
    ]
    house.do_all(session, votes, at)


def _speak(house: LiveServer, session: str, there: list[Actor], at: int, now: int) -> None:
    for place, one in enumerate(there[:9]):
        about = "On how the norms are followed up" if place % 4 == 1 else ""
        house.do(session, queue.RaiseHand(about=about), one, at + place * 1000)
    for start in (at + MIN, at + 4 * MIN, at + 7 * MIN):
        picked = fairness.pick(house.state(session), start)
        assert picked is not None
        house.do(session, queue.GiveFloor(picked.hand), at=start)
        turn = house.state(session).turn
        house.do(session, queue.EndTurn(turn), at=start + 130_000)
    picked = fairness.pick(house.state(session), now - 84_000)
    assert picked is not None
    house.do(session, queue.GiveFloor(picked.hand), at=now - 84_000)
    house.do(session, queue.RaiseHand("right_of_reply", "I was named"), there[12], now - 20_000)
