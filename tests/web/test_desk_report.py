"""What the desk does with the whole draft, as a form without a script: proposals, the preview, the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import ONSITE, RAPPORTEUR, Actor
from acquis.events import Sentence
from acquis.floor.people import Join
from acquis.floor.segments import CloseSession
from acquis.floor.statements import CastVote
from acquis.report.confirming import ConfirmSummary
from acquis.report.drafting import DraftSentence

from .client import BOSS, PROGRAMME, AppClient, alert, app_client
from .desk import DESK, desk, form, ids, press, publish, text, written


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


@pytest.fixture
def said(app: AppClient) -> dict[str, int]:
    found = app.hold("grid")
    app.be(RAPPORTEUR, "grid")
    return found


@pytest.fixture
def shared(app: AppClient) -> dict[str, int]:
    """A session whose 12 people all agree with the statement, which is an area of consensus."""
    found = app.hold("grid", close=False)
    for number in (10, 11):
        voter = Actor(f"p-{number}", f"v-{number}", frozenset({"participant"}))
        app.do("grid", CastVote(found["statement"], "agree"), voter)
    app.do("grid", CloseSession(), BOSS)
    app.be(RAPPORTEUR, "grid")
    return found


@pytest.mark.parametrize(
    "act", ["use:takeaways:99999", "use:takeaways", "begin:takeaways", "begin:concern", "save", ""]
)
def test_a_proposal_that_there_is_not_loses_nothing(app: AppClient, said: dict[str, int], act: str) -> None:
    html = press(app, desk(app), "add:takeaways")
    fields = {**form(html), "act": act, text(ids(app)[0]): "Stays."}
    assert app.client.post(f"{DESK}/take", data=fields).status_code == 200
    assert written(app) == (Sentence("Stays."),)
    assert app.state("grid").draft.keys() == {"takeaways"}


@pytest.mark.parametrize("tail", ["", "/take", "/preview", "/publish"])
def test_what_is_refused_comes_back_as_it_was_typed_from_every_endpoint(
    app: AppClient, said: dict[str, int], tail: str
) -> None:
    html = press(app, press(app, desk(app), "add:takeaways"), "add:concern")
    (long,), (short,) = ids(app), ids(app, "concern")
    fields = {text(long): "x" * 5001, text(short): "Kept.", f"note.{said['turn']}": "A note."}
    answer = app.client.post(f"{DESK}{tail}", data={**form(html), **fields})
    assert (answer.status_code, form(answer.text)[text(long)]) == (400, "x" * 5001)
    assert "Characters: 5001." in alert(answer.text)
    assert written(app, "concern") == (Sentence("Kept."),)
    assert app.state("grid").turns[said["turn"]].note == "A note."
    assert app.state("grid").reports == []


def test_a_suggestion_becomes_a_sentence_with_its_evidence(app: AppClient, shared: dict[str, int]) -> None:
    said, html = shared, desk(app)
    assert f'value="use:consensus:{said["statement"]}"' in html
    press(app, html, f"use:consensus:{said['statement']}")
    assert written(app, "consensus") == (Sentence("Norms need a keeper.", (said["statement"],)),)


def test_a_suggestion_says_why_and_a_closed_session_begins_with_proposals(
    app: AppClient, shared: dict[str, int]
) -> None:
    said, html = shared, desk(app)
    assert "12 votes." in html
    assert "They are not in the report unless you add them" in html
    press(app, html, f"use:takeaways:{said['statement']}")
    assert 'value="use:takeaways' in desk(app)
    assert html.count("proposed") > desk(app).count("proposed")


def test_the_report_is_published_and_corrected(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    answer = publish(app, html)
    assert answer.url.path == "/s/grid/record"
    assert "Norms need a keeper." in answer.text
    html = press(app, desk(app), "save", **{text(ids(app)[0]): "Norms need a keeper with money."})
    answer = publish(app, desk(app))
    assert (answer.status_code, "Enter what this version corrects" in alert(answer.text)) == (409, True)
    answer = app.client.post(f"{DESK}/publish", data={**form(answer.text), "correction": "The money was missing."})
    assert answer.url.path == "/s/grid/record"
    assert "The money was missing." in answer.text
    assert [report.body.takeaways[0].text for report in app.state("grid").reports] == [
        "Norms need a keeper.",
        "Norms need a keeper with money.",
    ]
    assert "There is nothing to correct." in press(app, desk(app), "publish")


def test_publishing_asks_once_and_says_what_will_be_published(app: AppClient, said: dict[str, int]) -> None:
    """A sentence without evidence was published with one press, and nothing said so."""
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    html = press(app, html, "add:takeaways")
    asking = press(app, html, "publish", **{text(ids(app)[1]): "Nobody knows why."})
    for told in (
        "Key takeaways: 2 sentences",
        "1 sentence cites no evidence.",
        "Nobody knows why.",
        "Areas of concern: nothing is written.",
        "The report does not have the 1 question.",
        "Yes, publish it now",
    ):
        assert told in asking, told
    assert app.state("grid").reports == [], "the page asks first"
    answer = app.client.post(f"{DESK}/publish", data=form(asking))
    assert answer.url.path == "/s/grid/record"
    assert len(app.state("grid").reports) == 1


def test_publishing_says_what_of_the_confirmed_summary_is_left_out(app: AppClient) -> None:
    said = app.hold("grid", close=False)
    app.do("grid", ConfirmSummary("Norms need a keeper.\nThe keeper needs money."))
    app.do("grid", CloseSession(), BOSS)
    app.be(RAPPORTEUR, "grid")
    html = press(app, press(app, desk(app), f"use:takeaways:{said['statement']}"), "add:consensus")
    asking = press(app, html, "publish", **{text(ids(app, "consensus")[0]): "Norms need a keeper."})
    left_out = asking.partition("and the report does not have them:")[2]
    assert "The keeper needs money." in left_out
    assert "Norms need a keeper." not in left_out


def test_a_confirmed_sentence_in_another_part_is_not_left_out(app: AppClient) -> None:
    """The record repeated it as one that the report does not have."""
    said = app.hold("grid", close=False)
    app.do("grid", ConfirmSummary("Norms need a keeper."))
    app.do("grid", CloseSession(), BOSS)
    app.be(RAPPORTEUR, "grid")
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    assert "and the report does not have them" not in press(app, html, "publish")
    assert "but not in this report" not in publish(app, html).text


def test_what_was_not_asked_about_is_not_published(app: AppClient, said: dict[str, int]) -> None:
    """Somebody else changes the draft between the question and the yes."""
    asking = press(app, press(app, desk(app), f"use:takeaways:{said['statement']}"), "publish")
    press(app, desk(app), "save", **{text(ids(app)[0]): "Norms need no keeper."})
    answer = app.client.post(f"{DESK}/publish", data=form(asking))
    assert answer.status_code == 409
    assert "The draft has changed since you were asked." in alert(answer.text)
    assert app.state("grid").reports == []
    app.client.post(f"{DESK}/publish", data=form(answer.text))
    assert app.state("grid").reports[0].body.takeaways[0].text == "Norms need no keeper."


def test_empty_sentences_stay_in_the_draft_and_out_of_the_report(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    html = press(app, html, "add:takeaways")
    publish(app, html)
    assert len(app.state("grid").reports[0].body.takeaways) == 1


def test_a_report_before_the_end_is_refused_and_the_draft_is_kept(app: AppClient) -> None:
    said = app.hold("grid", close=False)
    app.be(RAPPORTEUR, "grid")
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    answer = app.client.post(f"{DESK}/publish", data={**form(html), "act": "publish"})
    assert answer.status_code == 409
    assert alert(answer.text)
    assert written(app)


def test_the_longer_report_is_written_by_the_fields_of_the_profile(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    html = press(app, html, "add:field_session_report")
    (id,) = ids(app, "field_session_report")
    html = press(app, html, "save", **{text(id): "The session began with the norms."})
    publish(app, html)
    (section,) = app.state("grid").reports[0].body.sections
    assert (section.field, section.paragraphs[0].text) == ("session_report", "The session began with the norms.")
    for path in ("record", "report.md", "report.html", "report.json"):
        found = app.client.get(f"/s/grid/{path}").text
        assert "The session began with the norms." in found, path
        assert "Session Report" in found, path


def test_the_longer_report_may_begin_with_what_is_counted(app: AppClient, said: dict[str, int]) -> None:
    counted = (
        "12 people joined. 1 intervention was made from the list of speakers. "
        "2 questions were asked. Answered in the session: 0, in writing: 0, not reached: 1. "
        "1 statement was voted on: 12 votes. Online: 0% of requests to speak, 0% of speaking time."
    )
    html = desk(app)
    assert counted in html
    assert written(app, "field_session_report") == ()
    for _ in range(2):
        html = press(app, html, "begin:field_session_report")
    assert written(app, "field_session_report") == (Sentence(counted),)
    assert "Suggested figures from the log" not in html


def test_nothing_is_proposed_before_the_end(app: AppClient) -> None:
    app.hold("grid", close=False)
    app.be(RAPPORTEUR, "grid")
    assert "proposed" not in desk(app)


def test_the_preview_has_the_longer_report(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), "add:field_session_report")
    (id,) = ids(app, "field_session_report")
    cited = {f"s.{id}.cites": str(said["question"])}
    html = press(app, html, "preview", **{text(id): "It began with the norms.", **cited})
    assert "It began with the norms." in html
    assert "Session Report" in html
    assert f'/entries/{said["question"]}">Entry {said["question"]}</a>' in html


def test_an_earlier_form_of_the_gathering_has_its_own_fields(app: AppClient) -> None:
    app.add("older", replace(PROGRAMME, gathering="IGF 2019", profile="igf-2019"))
    app.be(RAPPORTEUR, "older")
    html = app.client.get("/s/older/desk").text
    assert "Reflection to Gender Issues" in html
    assert "Session Report" not in html


def test_the_preview_is_not_published(app: AppClient, said: dict[str, int]) -> None:
    html = press(app, desk(app), f"use:takeaways:{said['statement']}")
    html = press(app, html, "preview")
    assert "this is not published" in html
    assert "Norms need a keeper." in html
    assert app.state("grid").reports == []


@pytest.mark.parametrize("tail", ["/take", "/preview", "/publish"])
def test_the_address_of_a_form_leads_to_the_desk(app: AppClient, tail: str) -> None:
    """A page that was refused stands under the address of its form; somebody may load that address again."""
    answer = app.client.get(DESK + tail, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, DESK)
    assert app.client.put(DESK + tail).status_code == 405


def missing(html: str) -> list[str]:
    return re.findall(r"<li>(.*?)</li>", html.partition('<ul class="missing"')[2].partition("</ul>")[0])


def test_the_foot_says_what_the_draft_lacks(app: AppClient, said: dict[str, int]) -> None:
    assert missing(desk(app)) == ["Write at least 1 key takeaway."]
    html = press(app, desk(app), "add:takeaways")
    (first,) = ids(app)
    html = press(app, html, "add:concern", **{text(first): "word " * 140})
    assert missing(html) == ["1 sentence cites no evidence.", "1 sentence is longer than its limit."]
    html = press(app, html, f"cite:{first}", **{text(first): "Short.", f"pick.{said['turn']}": "on"})
    assert missing(html) == []
    assert f">intervention in entry {said['turn']}</a>" in html


def test_every_entry_stands_once_among_the_evidence(app: AppClient, shared: dict[str, int]) -> None:
    html = desk(app)
    for entry in shared["statement"], shared["question"], shared["turn"]:
        assert html.count(f'id="e{entry}"') == 1
    assert "Areas of consensus</h4>" in html
    assert "Agreed by most" not in html


def test_a_majority_of_the_few_who_voted_is_not_called_a_consensus(app: AppClient) -> None:
    """Twelve of fifty-two people voted, and eight of them agree: nobody knows what most of those present think."""
    found = app.hold("grid", close=False)
    silent = [Actor(f"p-{n}", f"v-{n}", frozenset({"participant"})) for n in range(100, 140)]
    joins = [Join(lane="online" if n % 2 else "room", stakeholder="Civil Society") for n in range(len(silent))]
    app.all("grid", list(zip(joins, silent)))
    voters = [Actor(f"p-{n}", f"v-{n}", frozenset({"participant"})) for n in (7, 8)]
    app.all("grid", [(CastVote(found["statement"], "pass"), person) for person in voters])
    app.do("grid", CloseSession(), BOSS)
    app.be(RAPPORTEUR, "grid")
    html = desk(app)
    assert "Agreed by most, but not an area of consensus</h4>" in html
    assert "Areas of consensus</h4>" not in html
    assert f'value="use:consensus:{found["statement"]}"' not in html


def test_a_sentence_that_does_not_agree_with_the_record_needs_a_reason(app: AppClient) -> None:
    app.hold("grid")
    app.be(RAPPORTEUR, "grid")
    html = press(app, desk(app), "add:takeaways")
    (first,) = ids(app)
    html = press(app, html, "save", **{text(first): "The session took place on 31 February 2031."})
    assert "Does not agree with the record" in html
    assert "This day does not exist." in html
    asking = press(app, html, "publish")
    fields = form(asking)
    answer = app.client.post(f"{DESK}/publish", data=fields)
    assert answer.status_code == 409
    assert "Correct it, or enter the reason" in alert(answer.text)
    why = "The invitation has this date."
    app.client.post(f"{DESK}/publish", data={**fields, "reason.0": why})
    record = app.client.get("/s/grid/record").text
    assert f"Reason for publishing it: {why}" in record
    assert "This day does not exist." in record


def test_the_form_of_the_chair_says_what_the_record_says(app: AppClient) -> None:
    statement = app.hold("grid")["statement"]
    app.do("grid", DraftSentence("consensus", "Everybody agreed that norms need a keeper.", (statement,)), BOSS)
    app.be(RAPPORTEUR, "grid")
    assert "What the record says of these sentences" not in desk(app), "only a moderator confirms"
    app.be(ONSITE, "grid")
    for page in (desk(app), app.client.get("/s/grid/console").text):
        (form,) = re.findall(r'<form[^>]*class="confirming".*?</form>', page, re.DOTALL)
        assert "What the record says of these sentences" in form
        assert "10 agree, 2 disagree" in form
    app.do("grid", ConfirmSummary("Norms need a keeper."))
    (form,) = re.findall(r'<form[^>]*class="confirming".*?</form>', desk(app), re.DOTALL)
    assert "10 agree, 2 disagree" not in form, "nothing in the confirmed sentence can be decided"
