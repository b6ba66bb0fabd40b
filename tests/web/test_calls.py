"""A body without an account answers the call that names it, by a link that opens nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import feedparser
import icalendar
import pytest
from httpx2 import Response

from acquis.command import ORGANIZER, RAPPORTEUR, READER
from acquis.followup.commitments import AmendCommitment, MakeCommitment

from .client import HOST, AppClient, alert, app_client, form_with

SIGNED = {"name": "Ama Example", "office": "Head of unit"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("grid")
        app.do("grid", MakeCommitment("Write to the Chair.", "The working party", due="2099-12-31"), HOST)
        yield app


def call_of(app: AppClient) -> int:
    (entry,) = app.state("grid").commitments
    return entry


def ask(app: AppClient, **fields: str) -> str:
    """The address of a new link for the body, made by the organizer."""
    app.be(ORGANIZER)
    page = app.client.get("/s/grid/followup").text
    answer = app.client.post("/s/grid/followup/link", data={**form_with(page, act="ask"), **fields})
    assert answer.status_code == 200, alert(answer.text)
    (link,) = re.findall(r'value="http://[^"/]+(/p/[^"]+)"', answer.text)
    return str(link)


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def opened(app: AppClient, link: str) -> str:
    app.client.cookies.clear()
    answer = app.client.get(link)
    assert (answer.status_code, answer.url.path) == (200, "/s/grid/answer"), words(answer.text)
    return answer.text


def answered(app: AppClient, page: str, **fields: str) -> Response:
    return app.client.post("/s/grid/do", data={**form_with(page, do="answer_call"), **SIGNED, **fields})


def test_a_body_declines_accepts_and_changes_its_answer(app: AppClient) -> None:
    page = opened(app, ask(app))
    assert "Write to the Chair." in words(page)
    assert "Your answer is on the record" in answered(app, page, answer="declined", note="Not our task.").text
    page = app.client.get("/s/grid/answer").text
    own = {"what": "Write once.", "due": "31 July 2098"}
    assert "Until you accept it" in page
    accepted = words(answered(app, page, answer="amended", **own).text)
    assert "In the words of the body: “Write once.”" in accepted
    assert "Until you accept it" not in accepted
    again = form_with(app.client.get("/s/grid/answer").text, do="answer_call")
    assert {name: again[name] for name in own} == own, "sent again it changes nothing"
    app.client.cookies.clear()
    for address in ("/s/grid/followup", "/followup"):
        html = words(app.client.get(address).text)
        assert "Answer of the body: accepted in other words" in html
        assert "In the words of the body: “Write once.”" in html
        assert "Due date of the body: 31 July 2098" in html
    html = words(app.client.get("/s/grid/followup").text)
    assert "the body declined the call" in html, "both answers stay"
    assert "Signed by Ama Example, Head of unit" in html
    (listed,) = json.loads(app.client.get("/followup.json?answer=amended").content)
    assert (listed["own_words"], listed["own_due_on"], listed["accepted"]) == ("Write once.", "2098-07-31", True)
    assert json.loads(app.client.get("/followup.json?answer=declined").content) == []


def test_the_link_opens_nothing_else(app: AppClient) -> None:
    page = opened(app, ask(app))
    update = {"do": "note_progress", "status": "dropped", "note": "No."}
    for do in (update, {"do": "ask_body"}, {"do": "close_session"}):
        key = {"idempotency-key": f"elsewhere-{do['do']}"}
        answer = app.client.post("/s/grid/do", json={**do, "commitment": call_of(app)}, headers=key)
        assert answer.status_code in (400, 403), answer.text
    for path in ("plan", "desk", "console", "people", "mine"):
        assert app.client.get(f"/s/grid/{path}").status_code == 403
    other = app.do("grid", MakeCommitment("Come.", "Another body"), HOST)
    answer = answered(app, page, commitment=str(other), answer="accepted")
    assert "This link is not for this call" in words(answer.text)


def test_a_link_ends_with_its_last_day_with_a_new_one_and_when_it_is_revoked(app: AppClient) -> None:
    first = ask(app, until="2098-01-31")
    app.be(ORGANIZER)
    assert "A link works until 31 January 2098. It was not used yet." in words(app.client.get("/s/grid/followup").text)
    second = ask(app)
    assert second != first
    app.client.cookies.clear()
    assert app.client.get(first).status_code == 404
    opened(app, second)
    app.be(ORGANIZER)
    page = app.client.get("/s/grid/followup").text
    app.client.post("/s/grid/followup/link", data=form_with(page, act="revoke"))
    app.client.cookies.clear()
    assert app.client.get(second).status_code == 404
    app.be(ORGANIZER)
    answer = app.client.post("/s/grid/followup/link", data={**form_with(page, act="ask"), "until": "2001-01-01"})
    assert answer.status_code == 409
    assert app.client.get("/s/grid/answer").status_code == 403


def test_only_the_organizer_makes_links_and_the_name_can_be_deleted(app: AppClient) -> None:
    answered(app, opened(app, ask(app)), answer="accepted")
    app.be(RAPPORTEUR, "grid")
    assert "followup/link" not in app.client.get("/s/grid/followup").text
    assert b"Ama Example" not in app.client.get("/s/grid/log.jsonl").content, "the log has no name"
    app.be(ORGANIZER)
    page = app.client.get("/s/grid/followup").text
    (address,) = re.findall(r'href="(/s/grid/forget[^"]*)"', page)
    app.client.post("/s/grid/forget", data=form_with(app.client.get(unescape(address)).text))
    app.be(READER, "grid")
    html = words(app.client.get("/s/grid/followup").text)
    assert "Ama Example" not in html
    assert "Head of unit" not in html
    assert "the body accepted the call" in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answer": "amended", "what": " "}, "Write what your body will do in its own words"),
        ({"answer": "amended"}, "If it does what the call says, accept it."),
        ({"answer": "amended", "due": "soon"}, "“soon” is not a date"),
        ({"answer": "replied"}, "Write your reply"),
        ({"answer": "declined", "name": " "}, "Enter a text"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(app: AppClient, typed: dict[str, str], sentence: str) -> None:
    answer = answered(app, opened(app, ask(app)), note=typed.get("note", ""), **typed)
    assert answer.status_code in (400, 409)
    assert sentence in unescape(alert(answer.text))
    again = form_with(answer.text, do="answer_call")
    assert again["office"] == "Head of unit"


def dates(app: AppClient, entry: int) -> list[tuple[str, int, str, str]]:
    """UID, SEQUENCE, day and status of each entry of the calendar of a commitment."""
    events = icalendar.Calendar.from_ical(app.client.get(f"/s/grid/followup/{entry}.ics").content).walk("VEVENT")
    return [
        (str(e["UID"]), int(str(e["SEQUENCE"])), e.decoded("DTSTART").isoformat(), str(e["STATUS"])) for e in events
    ]


def test_one_commitment_is_followed_by_calendar_and_feed(app: AppClient) -> None:
    entry = call_of(app)
    app.do("grid", AmendCommitment(entry, "It moved.", "Write to the Chair.", due="2100-01-31"), HOST)
    app.do("grid", MakeCommitment("Come.", "Another body", due="2101-11-30"), HOST)
    app.client.cookies.clear()
    assert dates(app, entry) == [(f"grid-{entry}@acquis", 1, "2100-01-31", "CONFIRMED")]
    feed = feedparser.parse(app.client.get(f"/s/grid/followup/{entry}.atom").content)
    titles = ["call recorded: Write to the Chair.", "wording changed: Write to the Chair."]
    assert sorted(change.title for change in feed.entries) == titles
    answered(app, opened(app, ask(app)), answer="amended", what="Write once.", due="1 March 2100")
    both = [(f"grid-{entry}@acquis", "2100-01-31"), (f"grid-{entry}-own@acquis", "2100-03-01")]
    assert [(uid, day) for uid, _, day, _ in dates(app, entry)] == both
    answered(app, app.client.get("/s/grid/answer").text, answer="declined")
    assert dates(app, entry) == [(f"grid-{entry}@acquis", 4, "2100-01-31", "CANCELLED")]
    assert app.client.get("/s/grid/followup/1.ics").status_code == 404
    assert app.client.get(f"/s/grid/followup/{entry}.pdf").status_code == 404
