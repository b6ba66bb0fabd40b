"""Before the close, what everybody sees tells nothing of one vote: it changes in steps of five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.attributes import Attributes
from acquis.command import Actor
from acquis.floor import moderation, segments, statements
from acquis.floor.people import Join
from acquis.state import counting
from acquis.state.counting import as_public
from acquis.statistics import summary
from acquis.web.live.audiences import Audience
from acquis.web.live.frames import SessionFrames

from .client import BOSS, AppClient, app_client

PAGES = ("", "/vote", "/map", "/questions", "/stage", "/captions", "/record", "/handout", ".json", "/report.json")
FILES = ("/votes.csv", "/participants-votes.csv", "/comments.csv", "/report.md", "/report.html")
AUDIENCES: tuple[Audience, ...] = ("participants", "readers", "stage", "captions")
PASSING = re.compile(
    r"""data-(seq|at|page|drawn)="\d+"|"(seq|head|at|upto|entries)":\ ?[^,}]*|[0-9a-f]{12,}|name="key"\ value="[^"]*"
    |<time>[\d:]+|\b\d+:\d\d\b|entr(ies|y):?\ \d+|with\ \d+\ entries""",
    re.VERBOSE,
)
"""What every entry changes, whatever is in it: its number and the head of the log; and the time, and keys of forms."""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as client:
        yield client


def people(n: int) -> list[Actor]:
    groups = ("Government", "Civil Society")
    return [
        Actor(f"p-{k}", f"v-{k}", frozenset({"participant"}), Attributes(lane="room", stakeholder=groups[k % 2]))
        for k in range(n)
    ]


def snapshot(app: AppClient) -> dict[str, str]:
    """Every public byte of the session that is a page, a frame, a table or data."""
    app.be("")
    seen = {path: app.client.get(f"/s/ws{path}") for path in (*PAGES, *FILES)}
    assert {path: answer.status_code for path, answer in seen.items() if answer.status_code != 200} == {}
    texts = {path: PASSING.sub("", answer.text) for path, answer in seen.items()}

    async def frames() -> dict[str, str]:
        session = await app.house.board.session("ws")
        assert session is not None
        rendered: dict[str, str] = {}
        for audience in AUDIENCES:
            made = SessionFrames(app.house, session, audience, "en")
            await made.render()
            rendered |= {f"{audience} {name}": PASSING.sub("", html) for name, html in made.html.items()}
        return rendered

    assert app.client.portal is not None
    return texts | app.client.portal.call(frames)


def vote(app: AppClient, by: Actor, statement: int, choice: str) -> None:
    app.do("ws", statements.CastVote(statement, choice), by)  # type: ignore[arg-type]  # a choice


def open_session(app: AppClient, crowd: list[Actor]) -> tuple[int, int]:
    app.add("ws")
    app.do("ws", segments.OpenSession(), BOSS)
    app.do("ws", segments.StartSegment(1))
    first = app.do("ws", statements.SeedStatement("Norms need a keeper."))
    second = app.do("ws", statements.SeedStatement("Norms need money."))
    app.all("ws", [(Join(lane="room", stakeholder=one.attributes.stakeholder), one) for one in crowd])
    return first, second


def test_nothing_public_tells_of_one_vote(app: AppClient) -> None:
    crowd = people(14)
    first, second = open_session(app, crowd)
    for number, one in enumerate(crowd[:5]):
        vote(app, one, first, "agree" if number < 3 else "disagree")
        vote(app, one, second, "pass")
    before = snapshot(app)
    for number, one in enumerate(crowd[5:9]):
        vote(app, one, first, "disagree")
        after = snapshot(app)
        differing = [name for name in before if before[name] != after.get(name)]
        assert differing == [], f"after {number + 1} further votes"
    vote(app, crowd[0], first, "disagree")
    assert snapshot(app)["/vote"] != before["/vote"], "the fifth changes what everybody sees"


def test_a_tally_moves_when_five_voters_have_changed(app: AppClient) -> None:
    crowd = people(12)
    first, _ = open_session(app, crowd)
    shown = []
    for one in crowd:
        vote(app, one, first, "agree")
        shown.append(counting.tally(as_public(app.state("ws")), first).total)
    assert shown == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10]
    for choice in ("disagree", "agree", "pass"):
        vote(app, crowd[0], first, choice)  # one voter who changes again and again is one voter
    assert counting.tally(as_public(app.state("ws")), first).disagree == 0
    assert counting.tally(app.state("ws"), first).total == 12, "the moderators see every vote at once"


def test_no_group_is_shown_before_the_totals_are_published(app: AppClient) -> None:
    crowd = people(30)
    first, _ = open_session(app, crowd)
    app.all("ws", [(statements.CastVote(first, "agree" if n % 3 else "disagree"), one) for n, one in enumerate(crowd)])
    app.be("")
    assert app.client.get("/s/ws/report.json").json()["figures"] == [], "the public log has no votes yet"
    assert [figure.group for figure in summary.figures(as_public(app.state("ws")))] == [""]
    app.do("ws", segments.CloseSession(), BOSS)
    assert app.client.get("/s/ws/report.json").json()["figures"] == [], "also not while the close can be taken back"
    assert [figure.group for figure in summary.figures(as_public(app.state("ws")))] == [""]
    app.publish_votes()
    figures = app.client.get("/s/ws/report.json").json()["figures"]
    assert {figure.get("group", "") for figure in figures} >= {"", "Government", "Civil Society"}


def test_nothing_shows_how_the_person_voted_whose_votes_are_left_out(app: AppClient) -> None:
    """Before the close no public byte changes but the number of people and the reason."""
    crowd = people(14)
    first, second = open_session(app, crowd)
    for number, one in enumerate(crowd):
        vote(app, one, first, "agree" if number % 3 else "disagree")
        vote(app, one, second, "pass")
    before = snapshot(app)
    app.do("ws", moderation.StrikeVotes("p-3", "voted_twice", "v-3"))
    after = snapshot(app)
    told = [path for path in after if "People whose votes are left out of the published results: 1" in after[path]]
    assert told == ["/record", "/report.md", "/report.html"]
    of_moderation = re.compile(
        r"""<li><a\ href="\#moderation">Moderation</a></li>|<section\ aria-labelledby="moderation">.*?</section>
        |<h2[^>]*><bdi>Moderation</bdi></h2>\s*<p><bdi>[^<]*</bdi></p>|\#\#\ Moderation\s+People\ whose[^\n]*|\s""",
        re.VERBOSE | re.DOTALL,
    )
    assert {path: of_moderation.sub("", text) for path, text in after.items()} == {
        path: of_moderation.sub("", text) for path, text in before.items()
    }
