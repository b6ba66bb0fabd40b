"""Somebody who took part in a session under the Chatham House Rule kept every live page and frame, and reads everything
that is public after the close. What this person was not told in the room, the two together do not tell either: who
asked without a name, who proposed a statement, who voted how, whom moderators excluded.

That the log does not depend on who did what is tested in `tests/report/test_nameless_acts.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from acquis.attributes import Attributes, Lane
from acquis.command import PARTICIPANT, Actor
from acquis.documents.formats import BY_NAME
from acquis.events import Choice
from acquis.floor import moderation, people, questions, queue, segments, statements
from acquis.publication.verify import verify_lines
from acquis.roster import Pass
from acquis.web.http.passes import cookie_name
from acquis.web.live.audiences import Audience
from acquis.web.live.frames import SessionFrames

from .client import BOSS, HOST, AppClient, app_client
from .test_chatham import PAGES, programme

PEOPLE = 25
LIVE = ("", "/questions", "/vote", "/map", "/stage", "/captions", "/list", "/questions/all", "/speakers", "/mine")
AUDIENCES: tuple[Audience, ...] = ("participants", "readers", "stage", "captions")
CHOICES: tuple[Choice, ...] = ("agree", "disagree", "pass")
WATCHES = "p-person00"


def crowd(app: AppClient) -> list[Actor]:
    """People with names, who joined; each with groups that nobody else has."""
    stated = app.state("quiet").programme
    crowd = []
    for n in range(PEOPLE):
        lane: Lane = "online" if n % 2 else "room"
        stakeholder = stated.stakeholder_groups[n // 2 % 4]
        given = Attributes(lane=lane, stakeholder=stakeholder, region=stated.regional_groups[n // 8])
        by = Actor(f"p-person{n:02}", f"v-voice{n:02}", frozenset({PARTICIPANT}), given)
        held = Pass("quiet", by.roles, by.person, by.voice, name=f"Name Number{n:02}")
        app.house.roster.issue(f"secret-of-person-{n:02}-0000000", held)
        app.do("quiet", people.Join(**msgspec.structs.asdict(given)), by)
        crowd.append(by)
    assert len({by.attributes for by in crowd}) == PEOPLE
    return crowd


def kept(app: AppClient) -> str:
    """Every byte that a participant who watches and the screens in the room show now."""
    app.client.cookies.clear()
    app.client.cookies.set(cookie_name("quiet"), "secret-of-person-00-0000000")
    pages = [app.client.get(f"/s/quiet{path}").text for path in LIVE]

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


def published(app: AppClient, folder: Path) -> dict[str, str]:
    """Every byte that is public after the close, and the index of the server."""
    app.be("")
    paths = [path.format(id="quiet") for path in PAGES] + [f"/s/quiet/{name}" for name in BY_NAME]
    paths += [f"/s/quiet/entries/{n}" for n in range(1, app.state("quiet").seq + 1)]
    answers = {path: app.client.get(path) for path in paths}
    texts = {path: answer.text for path, answer in answers.items() if answer.status_code == 200}
    index = b"".join(path.read_bytes() for path in sorted(folder.glob("index.db*")))
    assert index
    return texts | {"index.db": index.decode("latin-1")}


class Held:
    """The session: who did what, what was kept of it while it ran, and what is public afterwards."""

    def __init__(self, app: AppClient, folder: Path) -> None:
        app.add("quiet", programme(chatham=True))
        app.do("quiet", segments.OpenSession(), BOSS)
        app.do("quiet", segments.StartSegment(1))
        self.people = crowd(app)
        self.open, self.silent = self.people[:12], self.people[12:]
        """Those who speak and ask under their names, and those who do nothing under their names."""
        claims = [app.do("quiet", statements.SeedStatement(text)) for text in ("Norms bind.", "Norms suffice.")]
        live = []
        for n, (by, other) in enumerate(zip(self.open, self.silent, strict=False)):
            turn = app.do("quiet", queue.GiveFloor(app.do("quiet", queue.RaiseHand(), by), "other"))
            live.append(kept(app))
            app.do("quiet", queue.EndTurn(turn))
            asked = app.do("quiet", questions.AskQuestion(f"Who pays for point {n}?"), by)
            app.do("quiet", questions.ApproveQuestion(asked))
            for author in (by, other):
                told = app.do(
                    "quiet",
                    questions.AskQuestion(f"Who is afraid of point {n}, {author is by}?", anonymous=True),
                    author,
                )
                app.do("quiet", questions.ApproveQuestion(told))
                claim = app.do("quiet", statements.ProposeStatement(f"Somebody pays for {told}."), author)
                app.do("quiet", statements.OpenStatement(claim))
                for each in (*claims, claim):
                    app.do("quiet", statements.CastVote(each, CHOICES[(n + each) % 3]), author)
                app.do("quiet", questions.SupportQuestion(asked), author)
            live.append(kept(app))
        for by in self.people[10:14]:
            app.do("quiet", moderation.SilencePerson(by.person, "flooding"), HOST)
            app.do("quiet", moderation.RenamePerson(by.person, "impersonation", f"Name Other{by.person[-2:]}"), HOST)
        live.append(kept(app))
        app.do("quiet", segments.CloseSession(), BOSS)
        live.append(kept(app))
        app.publish_votes()
        assert app.client.portal is not None
        app.client.portal.call(app.house.board.publish_masks, app.state("quiet").closed_at + 60_000)
        self.ballots = {voice.id: voice.ballot for voice in app.state("quiet").voices}
        self.live, self.public = "".join(live), published(app, folder)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    folder = tmp_path_factory.mktemp("linkage")
    with app_client(folder) as app:
        yield Held(app, folder)


def test_no_public_byte_has_an_id_of_the_live_pages(held: Held) -> None:
    """Nor the four digits by which somebody without a name is called."""
    for path, text in held.public.items():
        assert [by.person for by in held.people if by.person in text] == [], path
        assert [by.voice for by in held.people if by.voice in text] == [], path
        assert [by.person for by in held.people if f"Participant {by.person[-4:].upper()}" in text] == [], path
        assert HOST.person not in text, path
        assert "Name Number" not in text, path
        assert "Name Other" not in text, path


def test_the_live_pages_show_no_id_of_somebody_who_did_nothing_under_a_name(held: Held) -> None:
    """They asked without a name, proposed, voted and supported: the same screens show those who spoke by name."""
    assert [by.person for by in held.silent if by.person in held.live] == []
    assert [by.voice for by in held.people if by.voice in held.live and by.person != WATCHES] == []
    assert [by.person for by in held.open if by.person not in held.live] == [], "the names beside them are shown"
    assert all(f"Name Number{n:02}" in held.live for n in range(1, 12))


def test_ballots_stand_in_the_public_log_once_and_nowhere_else(held: Held) -> None:
    log = held.public["/s/quiet/log.jsonl"]
    cast = [ballot for voice, ballot in held.ballots.items() if voice in {by.voice for by in held.people[:24]}]
    assert {log.count(ballot) for ballot in cast} == {1}
    assert [by.voice for by in held.people if held.ballots[by.voice] in held.live and by.person != WATCHES] == []
    line = next(line for line in log.splitlines() if "BallotsPublished" in line)
    act = json.loads(json.loads(line)["parts"][0][1])
    assert act["ballots"] == sorted(act["ballots"]), "their order tells nothing"


def test_the_log_shows_no_author_and_verifies(held: Held) -> None:
    log = held.public["/s/quiet/log.jsonl"]
    shown = [part[1] for line in log.splitlines() for part in json.loads(line)["parts"] if isinstance(part, list)]
    assert [value for value in shown if '"by":' in value or '"person":' in value] == []
    verified = verify_lines(log.encode().splitlines(keepends=True))
    assert verified.complete, verified.reason
    assert verified.omissions.nameless + verified.omissions.sealed == len(log.splitlines())
