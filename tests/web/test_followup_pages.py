"""The follow-up on its pages: commitments are made, changed and reported on; feeds and tables tell the same."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest

from acquis.command import RAPPORTEUR, READER
from acquis.events import Sentence
from acquis.report.publishing import PublishReport

from .client import HOST, AppClient, alert, app_client, form_with

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        said = app.hold("grid")
        call = Sentence("Write to the Chair before the meeting of December.", (said["question"],), ("cbm-8",))
        app.do("grid", PublishReport((Sentence("A keeper is wanted.", (said["statement"],)),), (call,)), HOST)
        app.be(RAPPORTEUR, "grid")
        yield app


def page(app: AppClient, address: str = "/s/grid/followup") -> str:
    answer = app.client.get(address)
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def make(app: AppClient, **fields: str) -> None:
    form = form_with(page(app), do="make_commitment")
    answer = app.client.post("/s/grid/do", data={**form, **fields}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/s/grid/followup"), alert(answer.text)


def commitment(app: AppClient) -> int:
    (seq,) = app.state("grid").commitments
    return seq


def test_a_call_becomes_a_commitment_and_its_history_grows(app: AppClient) -> None:
    make(app, what="Write to the Chair", who="The working party", due="2099-12-11", items="cbm-8", process="oewg-2")
    form = form_with(page(app), do="note_progress")
    note = {"status": "in_progress", "note": "A draft went round.", "on": "Friday, 20 November 2026"}
    app.client.post("/s/grid/do", data={**form, **note})
    form = form_with(page(app), do="amend_commitment")
    assert form["what"] == "Write to the Chair", "the form holds what stands now"
    app.client.post("/s/grid/do", data={**form, "due": "2099-12-31", "why": "The meeting moved."})
    html = words(page(app))
    for said in (
        "Followed up: 1", "Write to the Chair", "The working party", "Due 31 December 2099",
        "A draft went round.", "20 November 2026", "The meeting moved.", "by the rapporteur", "in progress",
        "Based on call to action 1", "a call, not accepted yet", "first due 11 December 2099",
        "Due before: 11 December 2099",
    ):  # fmt: skip
        assert said in html
    assert app.state("grid").commitments[commitment(app)].due == "2099-12-31"


def test_a_call_that_is_done_waits_for_nobody(app: AppClient) -> None:
    make(app, what="Write to the Chair")
    note = {"status": "done", "note": "The letter was sent.", "on": "2026-11-20", "url": "https://example.org/letter"}
    app.client.post("/s/grid/do", data={**form_with(page(app), do="note_progress"), **note})
    html = words(page(app))
    assert "done a call" in html
    assert "not accepted yet" not in html


def test_readers_see_it_and_have_no_forms(app: AppClient) -> None:
    make(app, what="Write to the Chair")
    app.be(READER, "grid")
    html = page(app)
    assert "Write to the Chair" in html
    assert "<form" not in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due": "next week"}, "“next week” is not a date"),
        ({"items": "norm-x"}, "“norm-x” is not in the reference"),
        ({"what": " "}, "Enter a text"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(app: AppClient, wrong: dict[str, str], sentence: str) -> None:
    form = form_with(page(app), do="make_commitment")
    typed = {"what": "Write to the Chair", "who": "The working party", "due_words": "soon"} | wrong
    answer = app.client.post("/s/grid/do", data={**form, **typed})
    assert 400 <= answer.status_code < 500
    assert sentence in unescape(alert(answer.text))
    again = form_with(answer.text, do="make_commitment", who="The working party", due_words="soon")
    assert {name: again[name] for name in wrong} == wrong
    assert app.state("grid").commitments == {}


@pytest.mark.parametrize("status", ["accepted", "done"])
def test_what_others_did_needs_evidence_and_the_note_is_kept(app: AppClient, status: str) -> None:
    make(app, what="Write to the Chair")
    form = form_with(page(app), do="note_progress")
    answer = app.client.post("/s/grid/do", data={**form, "status": status, "note": "It is sent."})
    assert "To mark a commitment as accepted, declined or done" in alert(answer.text)
    assert form_with(answer.text, do="note_progress")["note"] == "It is sent."


def test_the_record_leads_to_it(app: AppClient) -> None:
    assert "Follow up the call to action" in words(page(app, "/s/grid/record"))
    make(app, what="Write to the Chair")
    html = words(page(app, "/s/grid/record"))
    assert "1 call of this report is followed up." in html
    assert "commitment" not in html.split("1 call of this report is followed up.")[1].split("Calls, commitments")[0]
    note = {"status": "accepted", "note": "It agreed.", "on": "2026-11-20", "url": "https://example.org/letter"}
    app.client.post("/s/grid/do", data={**form_with(page(app), do="note_progress"), **note})
    html = words(page(app, "/s/grid/record"))
    assert "1 call of this report is followed up. 1 was accepted by the body that it names." in html
    assert 'href="/reference/framework/cbm-8"' in page(app, "/s/grid/record")


def test_the_board_is_filtered_and_its_files_follow_the_filter(app: AppClient) -> None:
    make(app, what="Write to the Chair", due="2099-12-11", items="cbm-8", actor="civil-society")
    make(app, what="Publish a contact", due="2020-01-31", items="norm-j", actor="private-sector")
    make(app, what="Come together", due_words="before the next session")
    html = words(page(app, "/followup"))
    assert html.index("Publish a contact") < html.index("Write to the Chair") < html.index("Come together")
    assert "Calls and commitments: 3 of 3" in html
    one = words(page(app, "/followup?item=cbm-8")).split("Download:")[1]
    assert "Write to the Chair" in one
    assert "Publish a contact" not in one

    calendar = icalendar.Calendar.from_ical(app.client.get("/followup.ics").content)
    days = {str(event["summary"]): event.decoded("dtstart").isoformat() for event in calendar.walk("VEVENT")}
    assert days == {"Write to the Chair": "2099-12-11", "Publish a contact": "2020-01-31"}

    content = app.client.get("/followup.atom?item=cbm-8").content
    assert not feedparser.parse(content).bozo, "another program reads it without a complaint"
    feed = ElementTree.fromstring(content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "call recorded: Write to the Chair"
    ]
    rows = list(csv.DictReader(io.StringIO(app.client.get("/followup.csv?status=overdue").text)))
    assert [row["what"] for row in rows] == ["Publish a contact"]
    found = json.loads(app.client.get("/followup.json?actor=civil-society").content)
    assert [(one["what"], one["items"]) for one in found] == [("Write to the Chair", ["cbm-8"])]
    assert app.client.get("/followup.exe").status_code == 404


def test_questions_and_statements_are_tied_at_the_desk_and_found_again(app: AppClient) -> None:
    said = next(iter(app.state("grid").statements))
    form = form_with(page(app, "/s/grid/desk"), do="confirm_references", entry=str(said))
    answer = app.client.post("/s/grid/do", data={**form, "items": "norm-g norm-f"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/s/grid/desk")
    assert app.state("grid").about == {said: ("norm-g", "norm-f")}
    assert 'href="/reference/framework/norm-g"' in page(app, "/s/grid/record")
    assert "Norms need a keeper." in words(page(app, "/reference/framework/norm-g"))


def test_a_sentence_is_tied_with_a_button_and_published_with_it(app: AppClient) -> None:
    (id, *_) = [one.id for one in app.state("grid").draft["takeaways"]]
    fields = form_with(page(app, "/s/grid/desk"), **{f"s.{id}.about": ""})
    text = "An emergency response team must never be attacked nor take part in an attack."
    app.client.post("/s/grid/desk", data={**fields, f"s.{id}.text": text, "act": "save"})
    html = page(app, "/s/grid/desk")
    assert f'value="tie:{id}:norm-k"' in html, "suggested by its words"
    fields = form_with(html, **{f"s.{id}.about": ""})
    app.client.post("/s/grid/desk", data={**fields, "act": f"tie:{id}:norm-k"})
    fields = form_with(page(app, "/s/grid/desk"), **{f"s.{id}.about": "norm-k"})
    answer = app.client.post("/s/grid/desk/publish", data={**fields, "act": "publish"})
    app.client.post("/s/grid/desk/publish", data={**form_with(answer.text, act="publish"), "correction": "Tied."})
    assert app.state("grid").reports[-1].body.takeaways[0].about == ("norm-k",)
