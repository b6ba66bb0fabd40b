"""The outcome of every input: confirmed by groups, stated at publication, and told to each person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from acquis.command import RAPPORTEUR
from acquis.events import Sentence
from acquis.floor.contributions import EnterContribution, InviteContributions
from acquis.report.drafting import DraftSentence
from acquis.report.publishing import PublishReport
from acquis.web.http import passes

from .client import BOSS, HOST, AppClient, app_client, form_with, forms


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def inputs(app: AppClient, query: str = "") -> str:
    return app.client.get(f"/s/grid/inputs{query}").text


def test_a_group_is_confirmed_at_once_without_what_is_left_out(app: AppClient) -> None:
    said = app.hold("grid")
    texts = ("Publish the register of contact points.", "Train people in every region.", "Keep the norm.")
    entries = [
        app.do("grid", EnterContribution(text=text, source=f"{'0' * 16}-{n}")) for n, text in enumerate(texts, 1)
    ]
    app.be(RAPPORTEUR, "grid")
    form = next(form for form in forms(inputs(app)) if str(entries[0]) in form.get("inputs", ""))
    assert form["fate"] == "not_used"
    sent = {**form, "reason": "off_topic", f"out.{entries[1]}": "on"}
    assert "Saved." in app.client.post("/s/grid/inputs", data=sent).text
    shown = words(inputs(app, "?show=not_used"))
    assert "Not used in the report: Outside the topic of the session." in shown
    assert texts[1] not in words(inputs(app, "?show=not_used").partition('id="h-all"')[2])
    app.be("")
    assert "Suggested outcomes" not in inputs(app)
    assert said["question"]


def test_the_page_before_publishing_lists_what_has_no_outcome_and_the_reason_is_published(app: AppClient) -> None:
    said = app.hold("grid")
    app.publish_votes()
    app.do("grid", DraftSentence("takeaways", "Somebody has to pay.", (said["question"],)))
    app.be(RAPPORTEUR, "grid")
    asked = app.client.post("/s/grid/desk/publish", data={}).text
    assert "Inputs without an outcome" in words(asked)
    assert "Interventions: 1" in words(asked)
    sent = {**form_with(asked, act="publish"), "rest": "no_agreement"}
    app.client.post("/s/grid/desk/publish", data=sent)
    state = app.state("grid")
    assert state.reports[-1].body.rest == "no_agreement"
    app.be("")
    shown = words(inputs(app))
    assert "Taken up in the report: key takeaway 1." in shown
    assert "Not used in the report: The session reached no agreement on it." in shown
    assert "No outcome has been stated yet." not in shown
    assert f"{said['turn']},intervention,not_used" in app.client.get("/s/grid/inputs.csv").text


def test_each_person_finds_the_outcome_by_the_receipt_without_an_account_and_on_the_own_page(app: AppClient) -> None:
    app.hold("grid")
    app.do("grid", InviteContributions("2100-01-01T00:00"), BOSS)
    secret, _ = passes.issue(app.house, "grid", "participant")
    app.client.cookies.set(passes.cookie_name("grid"), secret)
    form = form_with(app.client.get("/s/grid/contributions").text, on_behalf_of="")
    app.client.post("/s/grid/contributions", data={**form, "text": "Keep the norm."}, files={"file": ("", b"")})
    (entry,) = app.state("grid").contributions
    receipt = app.client.get(f"/s/grid/receipts/{entry}.json").text
    app.do("grid", PublishReport((Sentence("The norm is kept.", (entry,)),)), HOST)
    sentence = "Taken up in the report: key takeaway 1. “The norm is kept.”"
    assert sentence in words(app.client.get("/s/grid/mine").text)
    app.be("")
    assert sentence in words(app.client.post("/s/grid/check", data={"noted": receipt}).text)
    for address in ("synthesis", "report.html"):
        html = re.sub("</?bdi[^>]*>", "", app.client.get(f"/s/grid/{address}").text)
        assert re.search(
            r'<th scope="row"[^>]*>key takeaway 1<br><span class="quiet">The norm is kept.</span></th>', html
        )
    app.do("grid", PublishReport((Sentence("Nothing is kept."),), correction="It was not agreed."), HOST)
    shown = words(inputs(app))
    assert "Earlier: Taken up in the report: key takeaway 1." in shown
