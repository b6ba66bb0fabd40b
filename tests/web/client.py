"""An application with a test client. Roles are taken by means of passes, and forms are sent as a browser sends them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
from httpx2 import Response
from msgspec.structs import asdict
from starlette.testclient import TestClient
from tests.moved_clock import MovedClock
from tests.web.one_call import OneCall

from acquis.attributes import Attributes
from acquis.board.folder import RECORD
from acquis.command import MONITOR, ONSITE, ORGANIZER, RAPPORTEUR, Actor, Command
from acquis.documents.making import made
from acquis.events import Choice
from acquis.floor import questions, queue, segments, statements
from acquis.floor.people import Join
from acquis.plan.document import PageReport, Person, PlannedSegment, Programme, to_data
from acquis.plan.programme import PublishProgramme
from acquis.roster import SessionRow
from acquis.session import Session
from acquis.state import State
from acquis.web.app import create_app
from acquis.web.http import passes
from acquis.web.http.application import Application, open_application
from acquis.web.http.documents import DocumentMaker
from acquis.web.http.ids import new_secret
from acquis.web.http.newcomers import JOINING

PAGE = """\
IGF 2021 WS #77 Who keeps the lights on: norms for power grids
Time
Friday, 10th December, 2021 (08:30 UTC) - Friday, 10th December, 2021 (09:30 UTC)
Room
Ballroom C
About this Session
Organizer 1: Nadia Example, Grid Institute
Speaker 1: Amara Specimen, Government, African Group
Speaker 2: Bruno Muster, Private Sector, Western European and Others Group (WEOG)
Speaker 3: Carla Ejemplo, Civil Society, Latin American and Caribbean Group (GRULAC)
Moderator
Dag Eksempel, Technical Community, Western European and Others Group (WEOG)
Online Moderator
Ewa Przyklad, Civil Society, Eastern European Group
Rapporteur
Femi Apeere, Civil Society, African Group
Format
Panel - Auditorium - 60 Min
Policy Question(s)
Keeping norms: Who checks that a norm about power grids is kept?
Description:
We look at what happened to the norms on critical infrastructure.
How will you facilitate interaction?
Timing: 00:00 – 00:10 Opening remarks 00:10 – 00:30 Panel 00:30 – 00:55 Open Q&A 00:55 – 01:00 Closing summary
"""
"""An invented page in the shape of the real ones."""

PROGRAMME = Programme(
    title="Who keeps the lights on",
    number="77",
    gathering="IGF 2021",
    starts="2026-12-07T08:30:00+00:00",
    ends="2026-12-07T09:30:00+00:00",
    room="Ballroom C",
    speakers=(Person("Amara Specimen", "", "Government"), Person("Bruno Muster", "", "Private Sector")),
    rapporteurs=(Person("Femi Apeere", "", "Civil Society"),),
    segments=(PlannedSegment("Panel", "panel", 30), PlannedSegment("Open Q&A", "questions", 30)),
    page_report=PageReport(("The page says so itself.",)),
)
HOST = Actor("p-host", roles=frozenset({ONSITE, RAPPORTEUR}))
BOSS = Actor("p-boss", roles=frozenset({ORGANIZER}))


class _Forms(HTMLParser):
    """Collects for each form of a page the fields that a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.names: list[str] = []
        self.open = ""
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = given.get("id") or f"{given.get('action', '')} {len(self.forms)}"
            self.forms[self.open] = {}
        form = self.forms.get(given.get("form", self.open))
        if form is None or ("name" not in given and tag != "option"):
            return
        if tag == "input" and (given.get("type") not in ("checkbox", "radio", "file") or "checked" in given):
            form[given["name"]] = given.get("value", "on" if given.get("type") in ("checkbox", "radio") else "")
        elif tag == "textarea":
            self.area = given["name"]
            form[self.area] = ""
            self.owner = given.get("form", self.open)
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and self.select and ("selected" in given or self.select not in form):
            form[self.select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = ""
        elif tag == "textarea":
            self.forms[self.owner][self.area] = self.forms[self.owner][self.area].removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[self.owner][self.area] += data


def forms(html: str) -> list[dict[str, str]]:
    """The fields that each form of a page would send unchanged, in document order."""
    reader = _Forms()
    reader.feed(html)
    return list(reader.forms.values())


def form_with(html: str, **fields: str) -> dict[str, str]:
    """The fields of the first form that sends these fields and values. Raises StopIteration if there is none."""
    return next(form for form in forms(html) if fields.items() <= form.items())


def with_ballot(command: Command, by: Actor) -> Actor:
    """Who gives a command, with a ballot if it is that of joining, as the server makes it."""
    ballot = sha256(by.voice.encode()).hexdigest()[:32]
    return msgspec.structs.replace(by, ballot=ballot) if isinstance(command, Join) else by


class WithCode(TestClient):
    """A browser whose user knows the session codes: a form of joining is sent with it. `request` sends what it is
    given."""

    house: Application

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._transport = OneCall(self)

    def post(self, url: Any, **sent: Any) -> Response:
        joining = re.search(r"/s/([\w-]+)/join$", str(url))
        row = self.house.roster.session(joining[1]) if joining else None
        if row is not None and isinstance(data := sent.get("data"), dict) and not data.get("code"):
            sent["data"] = {**data, "code": row.code}
        return super().post(url, **sent)


class AppClient:
    """The application, a test client, and direct access to the sessions without HTTP."""

    def __init__(self, house: Application, client: TestClient, clock: MovedClock) -> None:
        self.house, self.client, self.clock, self._keys = house, client, clock, 0

    def be(self, role: str, session: str = "") -> None:
        """Give the client a pass with this role, or none if `role` is empty."""
        self.client.cookies.clear()
        if role:
            everywhere = role in (ORGANIZER, MONITOR)
            secret, _ = passes.issue(self.house, "" if everywhere else session, role)
            name = passes.ORGANIZER_COOKIE if everywhere else passes.cookie_name(session)
            self.client.cookies.set(name, secret)

    def joins(self, session: str, base: str = "", headers: Mapping[str, str] = {}, **fields: str) -> Response:
        """The answer to a joining of a browser that has the cookie of a pass to come; it is not followed."""
        scheme = "https" if base.startswith("https") or self.house.public_url.startswith("https") else "http"
        cookie = f"{passes.cookie_name(session, scheme, JOINING)}={new_secret()}"
        sent = {"lane": "online", **fields}
        return self.client.post(
            f"{base}/s/{session}/join", data=sent, headers={"cookie": cookie, **headers}, follow_redirects=False
        )

    def add(self, session: str, programme: Programme = PROGRAMME) -> None:
        self.house.roster.add_session(SessionRow(session, session.upper().ljust(8, "X")[:8], 1, ""))
        self.do(session, PublishProgramme(to_data(programme)), BOSS)

    def do(self, session: str, command: Command, by: Actor = HOST) -> int:
        self._keys += 1
        self.clock.pause(command)
        key = f"table-{self._keys}"

        async def work() -> Any:
            return await (await self._session(session)).do(
                command, with_ballot(command, by), self.house.clock.now(), key
            )

        assert self.client.portal is not None
        entry = self.client.portal.call(work)
        return entry.seq if entry else 0

    def all(self, session: str, asked: list[tuple[Command, Actor]]) -> None:
        """Carry out many commands in one batch."""
        first = self._keys + 1
        self._keys += len(asked)
        given = [(command, with_ballot(command, by)) for command, by in asked]

        async def work() -> None:
            door, now = await self._session(session), self.house.clock.now()
            await asyncio.gather(
                *(door.do(command, by, now, f"table-{n}") for n, (command, by) in enumerate(given, first))
            )

        assert self.client.portal is not None
        self.client.portal.call(work)

    def publish_votes(self) -> None:
        """Let the server publish the votes of the sessions whose close is final."""

        async def work() -> None:
            await self.house.board.publish_votes(self.house.clock.now() + 20_000)

        assert self.client.portal is not None
        self.client.portal.call(work)

    async def _session(self, session: str) -> Session:
        found = await self.house.board.session(session)
        assert found is not None
        return found

    def state(self, session: str) -> State:
        async def work() -> State:
            return await (await self._session(session)).settled()

        assert self.client.portal is not None
        return self.client.portal.call(work)

    def hold(self, session: str, close: bool = True, programme: Programme = PROGRAMME) -> dict[str, int]:
        """A small session with a turn, a question, a hidden question and a statement; entry numbers by name."""
        self.add(session, programme)
        self.do(session, segments.OpenSession(), BOSS)
        self.do(session, segments.StartSegment(1))
        people = [
            Actor(
                f"p-{n}",
                f"v-{n}",
                frozenset({"participant"}),
                Attributes(lane="online" if n % 2 else "room", stakeholder="Civil Society"),
            )
            for n in range(12)
        ]
        self.all(session, [(Join(**asdict(one.attributes)), one) for one in people])
        said: dict[str, int] = {"statement": self.do(session, statements.SeedStatement("Norms need a keeper."))}
        choices: dict[bool, Choice] = {True: "agree", False: "disagree"}
        self.all(
            session, [(statements.CastVote(said["statement"], choices[n < 10]), one) for n, one in enumerate(people)]
        )
        said["question"] = self.do(session, questions.AskQuestion("Who pays for the keeper?"), people[0])
        said["hidden"] = self.do(session, questions.AskQuestion("Somebody's private matter"), people[1])
        self.do(session, questions.ApproveQuestion(said["question"]))
        self.do(session, questions.HoldBackQuestion(said["hidden"], "personal_data"))
        hand = self.do(session, queue.RaiseHand(), people[2])
        said["turn"] = self.do(session, queue.GiveFloor(hand))
        self.clock.forward(100)  # on a fast machine the turn would take no time at all
        self.do(session, queue.EndTurn(said["turn"]))
        if close:
            self.do(session, segments.CloseSession(), BOSS)
        return said


@contextmanager
def app_client(folder: Path, moment: str = "") -> Iterator[AppClient]:
    """A client of an application whose data is in `folder` and whose clock begins at a moment, by itself now."""
    house = open_application(folder)
    house.clock = clock = MovedClock(moment)
    # In this process, because another one takes a second to start; `test_document_process.py` has that.
    house.documents = DocumentMaker(partial(made, folder / RECORD))
    with WithCode(create_app(house), base_url="http://testserver") as client:
        client.house = house
        yield AppClient(house, client, clock)
        assert client.portal is not None
        client.portal.call(house.board.record.close)
    house.roster.close()


def alert(html: str) -> str:
    """The sentences of the alert at the top of the page; empty if there is none."""
    match = re.search(r'role="alert">(.*?)</(?:p|div)>', html, re.S)
    lines = re.findall(r"<li>(?:<a[^>]*>)?([^<]*)<", match[1]) if match else []
    return " ".join(lines) or (match[1] if match else "")
