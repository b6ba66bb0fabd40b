"""Whoever kept every live page and frame of a session under the Chatham House Rule, and reads its log after the close,
finds nobody's votes. (Acts on the floor can be matched to names: docs/chatham.md says so.)"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.attributes import Attributes, Lane
from acquis.command import PARTICIPANT, Actor
from acquis.events import Choice
from acquis.floor import questions, queue, segments, statements
from acquis.floor.people import Join
from acquis.roster import Pass
from acquis.web.http.passes import cookie_name
from acquis.web.live.audiences import Audience
from acquis.web.live.frames import SessionFrames

from .client import BOSS, AppClient, app_client
from .test_chatham import programme

PEOPLE = 12
PAGES = ("", "/questions", "/vote", "/map", "/stage", "/captions", "/list", "/questions/all", "/speakers", "/mine")
AUDIENCES: tuple[Audience, ...] = ("participants", "readers", "stage", "captions")
CHOICES: tuple[Choice, ...] = ("agree", "disagree", "pass")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as client:
        yield client


def crowd(app: AppClient) -> list[Actor]:
    """People with names, who joined; each with groups that nobody else has."""
    people = []
    for n in range(PEOPLE):
        lane: Lane = "online" if n % 2 else "room"
        by = Actor(f"p-person{n:02}", f"v-voice{n:02}", frozenset({PARTICIPANT}), Attributes(lane=lane))
        given = Pass("quiet", by.roles, by.person, by.voice, name=f"Name Number{n:02}")
        app.house.roster.issue(f"secret-of-person-{n:02}-0000000", given)
        app.do("quiet", Join(lane=lane), by)
        people.append(by)
    return people


def kept(app: AppClient) -> str:
    """Every byte that a participant who watches and the screens in the room show now."""
    app.client.cookies.clear()
    app.client.cookies.set(cookie_name("quiet"), "secret-of-person-00-0000000")
    pages = [app.client.get(f"/s/quiet{path}").text for path in PAGES]

    async def frames() -> list[str]:
        session = await app.house.board.session("quiet")
        assert session is not None
        shown = []
        for audience in AUDIENCES:
            made = SessionFrames(app.house, session, audience, "en")
            await made.render()
            shown += [f"{name} {html}" for name, html in made.html.items()]
        return shown

    assert app.client.portal is not None
    return "\n".join([*pages, *app.client.portal.call(frames)])


def test_live_pages_and_the_log_together_show_nobody_s_votes(app: AppClient) -> None:
    app.add("quiet", programme(chatham=True))
    app.do("quiet", segments.OpenSession(), BOSS)
    app.do("quiet", segments.StartSegment(1))
    people = crowd(app)
    claims = [app.do("quiet", statements.SeedStatement(text)) for text in ("Norms bind.", "Norms suffice.")]
    live = []
    for n, by in enumerate(people):
        app.do("quiet", queue.RaiseHand(), by)
        asked = app.do("quiet", questions.AskQuestion(f"Who pays for point {n}?"), by)
        app.do("quiet", questions.ApproveQuestion(asked))
        for claim in claims:
            app.do("quiet", statements.CastVote(claim, CHOICES[(n + claim) % 3]), by)
        live.append(kept(app))
    app.do("quiet", segments.CloseSession(), BOSS)
    live.append(kept(app))
    app.publish_votes()
    assert app.client.portal is not None
    app.client.portal.call(app.house.board.publish_masks, app.state("quiet").closed_at + 60_000)
    app.be("")
    log = app.client.get("/s/quiet/log.jsonl").text
    seen = "".join(live)
    voices = {voice.id: voice.ballot for voice in app.state("quiet").voices}

    assert all(f"Name Number{n:02}" in seen for n in range(PEOPLE)), "names are shown while the session runs"
    assert "Name Number" not in log
    others = [by for by in people if by.person != "p-person00"]
    assert [by.voice for by in others if by.voice in seen] == []
    assert [by.voice for by in people if by.voice in log] == []
    assert [by.voice for by in others if voices[by.voice] in seen] == []
    assert [log.count(ballot) for ballot in voices.values()] == [1] * PEOPLE
    named = [by.person for by in people if by.person in seen and by.person in log]
    assert len(named) == PEOPLE, "docs/chatham.md says that acts can be matched; change it when they cannot"
    line = next(line for line in log.splitlines() if "BallotsPublished" in line)
    act = json.loads(json.loads(line)["parts"][0][1])
    assert act["ballots"] == sorted(act["ballots"]), "their order tells nothing"
