"""Written contributions on their page: from a person to the record, moderated, erased, and taken in from files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from acquis.captions.word import LARGEST_TEXT
from acquis.command import ONLINE, ORGANIZER, PARTICIPANT, RAPPORTEUR
from acquis.erasure import EraseText
from acquis.floor.contributions import ApproveContribution, InviteContributions
from acquis.floor.segments import CloseSession, OpenSession
from acquis.plan.document import FloorSettings
from acquis.web.pages.desk import page as desk_page

from .client import BOSS, HOST, PROGRAMME, AppClient, alert, app_client, form_with

TABLE = (
    "Text,On behalf of,Stakeholder group,Language\n"
    "Keep the norm.,Grid Institute,civil society,en\n"
    "Publish a yearly report.,,,\n"
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("grid")
        app.do("grid", InviteContributions("2100-01-01T00:00"), BOSS)
        yield app


def page(app: AppClient, session: str = "grid") -> str:
    return app.client.get(f"/s/{session}/contributions").text


def send(app: AppClient, session: str = "grid", file: tuple[str, bytes] = ("", b""), **fields: str) -> Any:
    typed = {**form_with(page(app, session), on_behalf_of=""), **fields}
    return app.client.post(f"/s/{session}/contributions", data=typed, files={"file": file})


def document(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
    return made.getvalue()


def test_a_contribution_of_a_participant_is_public_once_it_was_approved(app: AppClient) -> None:
    app.be(PARTICIPANT, "grid")
    html = send(app, text="Keep the norm.", on_behalf_of="Grid Institute").text
    assert "Your contribution was received." in html
    assert "waiting for a moderator" in html
    assert "You contributed in writing." in app.client.get("/s/grid/receipts").text
    own = app.client.get("/s/grid/mine").text
    assert "waiting for a moderator" in own
    assert "On behalf of Grid Institute" in own
    (entry,) = app.state("grid").contributions
    app.be("")
    for address in ("contributions", "log.jsonl", "report.md"):
        assert "Keep the norm." not in app.client.get(f"/s/grid/{address}").text
    app.be(ONLINE, "grid")
    form = form_with(page(app), do="approve_contribution", contribution=str(entry))
    app.client.post("/s/grid/do", data=form)
    app.be("")
    html = page(app)
    assert "Keep the norm." in html
    assert "Grid Institute" in html


def test_what_a_contribution_is_about_is_confirmed_at_the_desk_and_found_by_the_item(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_page, "ENTRIES_EACH", 1)
    app.be(PARTICIPANT, "grid")
    said = "States should report vulnerabilities responsibly and share remedies."
    for text in (said, "Publish a yearly report."):
        send(app, text=text)
    first, second = app.state("grid").contributions
    for entry in (first, second):
        app.do("grid", ApproveContribution(entry))
    app.be(RAPPORTEUR, "grid")
    assert f'id="e{second}"' not in app.client.get("/s/grid/desk").text
    assert f'id="e{second}"' in app.client.get("/s/grid/desk?contributions=2").text
    html = app.client.get("/s/grid/desk").text
    offered = form_with(html, do="confirm_references", entry=str(first), items="norm-j")
    assert app.client.post("/s/grid/do", data=offered).status_code == 200
    assert app.state("grid").about == {first: ("norm-j",)}
    app.be("")
    shown = app.client.get("/reference/framework/norm-j").text
    assert said in shown
    assert f'href="/s/grid/entries/{first}"' in shown
    app.do("grid", EraseText(first, "It names a person."), BOSS)
    assert said not in app.client.get("/reference/framework/norm-j").text


def test_a_word_document_is_a_contribution(app: AppClient) -> None:
    app.be(PARTICIPANT, "grid")
    send(app, file=("statement.docx", document("Keep the norm.", "", "Every year.")))
    assert [made.text for made in app.state("grid").contributions.values()] == ["Keep the norm.\n\nEvery year."]


@pytest.mark.parametrize(
    ("fields", "file", "sentence"),
    [
        ({"text": "Both."}, ("a.txt", b"Both."), "either a text or a file"),
        ({"text": ""}, ("a.docx", b"PK\x03\x04 no archive"), "“a.docx” cannot be read"),
        ({"text": " "}, ("", b""), "Enter a text"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_what_was_typed(
    app: AppClient, fields: dict[str, str], file: tuple[str, bytes], sentence: str
) -> None:
    app.be(PARTICIPANT, "grid")
    answer = send(app, file=file, on_behalf_of="Grid Institute", **fields)
    assert answer.status_code >= 400
    assert sentence in alert(answer.text)
    assert form_with(answer.text, on_behalf_of="Grid Institute")
    assert not app.state("grid").contributions


def test_a_document_that_unpacks_to_more_than_the_limit_is_not_read(app: AppClient) -> None:
    """Its name is told without the signs that would turn the sentence round."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (LARGEST_TEXT + 1))
    app.be(RAPPORTEUR, "grid")
    files = {"files": ("\u202ea.docx", written.getvalue())}
    answer = app.client.post("/s/grid/contributions/files", files=files)
    assert answer.status_code == 409
    assert "“a.docx” is too large" in alert(answer.text)


def test_files_are_taken_in_once_also_after_an_erasure(app: AppClient) -> None:
    app.be(RAPPORTEUR, "grid")
    files = [("files", ("all.csv", TABLE.encode())), ("files", ("one.docx", document("Train people.")))]
    for _ in range(2):
        answer = app.client.post("/s/grid/contributions/files", files=files)
        assert "The contributions were added." in answer.text
    made = list(app.state("grid").contributions.values())
    assert [(one.text, one.on_behalf_of, one.attributes.stakeholder, one.language) for one in made] == [
        ("Keep the norm.", "Grid Institute", "Civil Society", "en"),
        ("Publish a yearly report.", "", "", ""),
        ("Train people.", "", "", ""),
    ]
    assert "Publish a yearly report." in app.client.get("/s/grid/log.jsonl").text
    app.do("grid", EraseText(made[0].seq, "asked for"), BOSS)
    assert "Grid Institute" not in app.client.get("/s/grid/log.jsonl").text
    assert "Grid Institute" not in page(app)
    app.client.post("/s/grid/contributions/files", files=files)
    assert len(app.state("grid").contributions) == 3


def test_a_file_with_a_group_of_no_programme_enters_nothing(app: AppClient) -> None:
    app.be(RAPPORTEUR, "grid")
    files = {"files": ("all.csv", TABLE.replace("civil society", "Martians").encode())}
    answer = app.client.post("/s/grid/contributions/files", files=files)
    assert "Martians" in alert(answer.text)
    assert not app.state("grid").contributions


def test_under_the_chatham_house_rule_nobody_learns_for_whom_it_speaks(app: AppClient) -> None:
    ruled = structs.replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True))
    app.add("quiet", ruled)
    app.do("quiet", InviteContributions("2100-01-01T00:00"), BOSS)
    app.be(PARTICIPANT, "quiet")
    send(app, "quiet", text="Bruno Muster asked us to keep the norm.", on_behalf_of="Velocity Institute")
    (entry,) = app.state("quiet").contributions
    app.do("quiet", ApproveContribution(entry), HOST)
    app.do("quiet", OpenSession(), BOSS)
    app.do("quiet", CloseSession(), BOSS)
    app.clock.forward(60)
    app.publish_votes()
    app.be("")
    for address in ("contributions", "log.jsonl", f"entries/{entry}", "report.json"):
        html = app.client.get(f"/s/quiet/{address}").text
        assert "Velocity" not in html
        assert "Bruno" not in html
    assert "[…] asked us to keep the norm." in page(app, "quiet")


def test_the_deadline_is_that_of_the_venue_and_closes_the_form(app: AppClient) -> None:
    app.be(ORGANIZER)
    form = form_with(page(app), do="invite_contributions")
    html = app.client.post("/s/grid/do", data={**form, "until": "2020-01-01T00:00"}).text
    assert "Contributions were accepted until" in html
    app.be(PARTICIPANT, "grid")
    assert 'name="on_behalf_of"' not in page(app)
