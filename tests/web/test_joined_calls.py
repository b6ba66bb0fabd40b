"""The organizer joins the same call of two sessions on the board of the follow-up, and separates it again."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import BODY, ORGANIZER, RAPPORTEUR, READER, Actor
from acquis.followup.calls import AnswerCall, AskBody
from acquis.followup.commitments import MakeCommitment

from .client import HOST, PROGRAMME, AppClient, app_client, form_with

MINISTRY = Actor("p-body", "v-body", frozenset({BODY}))
BOARD = "/followup"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("grid")
        app.hold("river", programme=replace(PROGRAMME, title="Who keeps the rivers clean", number="78"))
        call = MakeCommitment("Write to the Chair about power grids.", "The working party", due="2099-12-31")
        app.do("grid", call, HOST)
        app.do("river", replace(call, what="Write to the Chair on power grids.", due="2099-06-30"), HOST)
        app.be(ORGANIZER)
        yield app


def call_of(app: AppClient, session: str) -> int:
    (entry,) = app.state(session).commitments
    return entry


def page(app: AppClient, address: str = BOARD) -> str:
    answer = app.client.get(address)
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def join(app: AppClient) -> None:
    answer = app.client.post("/followup/joined", data=form_with(page(app), act="join"), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/followup#grid-{call_of(app, 'grid')}")


def test_the_offer_is_joined_into_one_row_and_separated_again(app: AppClient) -> None:
    assert "Calls that may be the same" in words(page(app))
    join(app)
    html = words(page(app))
    assert "Calls and commitments: 1 of 1" in html
    assert "The same call of 2 sessions: Who keeps the lights on" in html
    assert "Due 30 June 2099" in html, "the earliest date"
    assert "“Write to the Chair on power grids.”" in html
    assert "Calls that may be the same" not in html
    same = {session: app.state(session).commitments[call_of(app, session)].same for session in ("grid", "river")}
    assert same == {"grid": (("river", call_of(app, "river")),), "river": (("grid", call_of(app, "grid")),)}

    part = form_with(page(app), act="part", session="river")
    assert app.client.post("/followup/joined", data=part).status_code == 200
    assert "Calls and commitments: 2 of 2" in words(page(app))
    assert [app.state(session).commitments[call_of(app, session)].same for session in ("grid", "river")] == [(), ()]


def test_the_answer_in_one_session_is_the_answer_of_all(app: AppClient) -> None:
    join(app)
    app.do("river", AskBody(call_of(app, "river"), "p-body"), Actor("p-boss", roles=frozenset({ORGANIZER})))
    app.do("river", AnswerCall(call_of(app, "river"), "declined", "Ama", "Head", note="Not ours."), MINISTRY)
    (row,) = json.loads(app.client.get("/followup.json?answer=declined").content)
    assert [one["session"] for one in row["calls"]] == ["grid", "river"]
    (line,) = csv.DictReader(io.StringIO(app.client.get("/followup.csv").text))
    assert (line["answer"], line["due_on"]) == ("declined", "2099-06-30")
    html = words(page(app, "/s/grid/followup"))
    assert "All sessions together: declined by the body" in html
    assert "Session “Who keeps the rivers clean”, log entry" in html, "with which call it was joined"
    feed = unescape(app.client.get("/followup.atom").text)
    assert "joined with the same call" in feed
    assert "Session “Who keeps the lights on”, log entry" in feed
    own = unescape(app.client.get(f"/s/grid/followup/{call_of(app, 'grid')}.atom").text)
    assert "Session “Who keeps the rivers clean”, log entry" in own


def test_only_the_organizer_of_all_sessions_joins_calls(app: AppClient) -> None:
    form = form_with(page(app), act="join")
    for role, session in ((READER, ""), (RAPPORTEUR, "grid")):
        app.be(role, session)
        html = page(app)
        assert "Calls that may be the same" not in words(html)
        assert "/followup/joined" not in html
        assert app.client.post("/followup/joined", data=form).status_code == 403


def test_a_call_that_is_none_is_refused_and_nothing_is_joined(app: AppClient) -> None:
    form = form_with(page(app), act="join")
    again = str(app.do("grid", MakeCommitment("Write to the Chair about power grids!", "The working party"), HOST))
    for wrong in (
        {"other": "999"}, {"other_session": "nowhere"}, {"session": "nowhere"}, {"act": "marry"}, {"commitment": "x"},
        {"session": "grid", "commitment": form["commitment"], "other_session": "grid", "other": again},
    ):  # fmt: skip
        answer = app.client.post("/followup/joined", data={**form, **wrong})
        assert 400 <= answer.status_code < 500, wrong
    assert [made.same for made in app.state("grid").commitments.values()] == [(), ()]


def test_rows_of_public_lists_stand_apart_with_their_source(app: AppClient) -> None:
    html = page(app)
    own, _, lists = words(html).partition("Asked in public lists")
    assert "Calls and commitments: 2 of 2" in own
    for said in (
        "Nominate points of contact for the global directory", "States · 8 January 2024", "A/78/265 annex B",
        "Sources: Call of the secretariat for points of contact (copy)", "As of",
    ):  # fmt: skip
        assert said in lists
    assert "Nominate points of contact" in words(page(app, "/followup?item=cbm-1"))
    for other in ("item=norm-j", "status=open", "session=grid", "process=igf"):
        shown = words(page(app, f"/followup?{other}"))
        assert "Rows of public lists: 0 of 1." in shown
        assert "Nominate points of contact" not in shown
    assert len(json.loads(app.client.get("/followup.json").content)) == 2
    (row,) = json.loads(app.client.get("/reference.json").content)["actions"]
    assert (row["body"], row["paragraph"]["text"], row["refs"][0]) == ("States", "annex B", {"source": "X5"})
