"""One note to each person who left an address, when the report is published, and what becomes of the address."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from acquis import events as ev
from acquis.command import PARTICIPANT, Actor
from acquis.erasure import EraseText
from acquis.events import Sentence
from acquis.floor.contributions import InviteContributions, WriteContribution
from acquis.floor.people import Join
from acquis.floor.segments import CloseSession, OpenSession
from acquis.report.publishing import PublishReport
from acquis.roster.addresses import NoteAddress
from acquis.state import State
from acquis.web.http import outcome_notes
from acquis.web.http.outcome_notes import KEPT_MS, SETTLED_MS, OutcomeNotes, why_no_note
from acquis.web.http.settings import MailSettings, ServerSettings

from .client import BOSS, HOST, PROGRAMME, AppClient, app_client

MAIL = MailSettings("127.0.0.1", "acquis@example.org", ["desk@example.org"], 25, "none", notes=True)
ADDRESS = "eve@example.org"


class Sender:
    """Stands for the mail server: what it was handed, or the error that it answers with."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.error: Exception | None = None

    def take(self, settings: MailSettings, message: EmailMessage) -> list[str]:
        if self.error is not None:
            raise self.error
        self.mails.append(message)
        return []


@pytest.fixture
def sender(monkeypatch: pytest.MonkeyPatch) -> Sender:
    made = Sender()
    monkeypatch.setattr(outcome_notes, "send_mail", made.take)
    return made


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("grid", PROGRAMME)
        app.do("grid", OpenSession(), BOSS)
        yield app


def due(app: AppClient, settings: MailSettings | None = MAIL) -> None:
    assert app.client.portal is not None
    app.house.base_url = "https://dialogue.example.org"
    app.client.portal.call(OutcomeNotes(app.house, ServerSettings(mail=settings)).send_due)
    app.house.base_url = ""


def contributed(app: AppClient) -> tuple[str, int]:
    """The person of the browser, who has contributed in writing and left an address, and the entry."""
    OutcomeNotes(app.house, ServerSettings(mail=MAIL))
    app.be("participant", "grid")
    given = next(held for held in app.house.roster.passes("grid") if held.roles == {PARTICIPANT})
    actor = Actor(given.person, given.voice, given.roles)
    app.do("grid", Join(lane="online"), actor)
    app.do("grid", InviteContributions("2099-01-01T12:00"), HOST)
    entry = app.do("grid", WriteContribution("Norms need a keeper that everybody knows."), actor)
    left = app.client.post("/s/grid/note", data={"act": "leave", "address": ADDRESS})
    assert "Your address is kept until the note is sent." in left.text
    return given.person, entry


def published(app: AppClient, entry: int) -> None:
    app.do("grid", CloseSession(), BOSS)
    app.do("grid", PublishReport((Sentence("A keeper is needed.", (entry,)),), rest="on_record"), HOST)
    app.clock.forward(SETTLED_MS + 1)


def test_the_outcome_comes_once_and_the_address_is_deleted(app: AppClient, sender: Sender) -> None:
    _, entry = contributed(app)
    due(app)
    assert not sender.mails, "nothing is published yet"
    published(app, entry)
    due(app)
    due(app)
    (sent,) = sender.mails
    text = sent.get_content()
    assert sent["To"] == ADDRESS
    assert "Norms need a keeper" in text
    assert "Taken up in the report: key takeaway 1." in text
    assert f"https://dialogue.example.org/s/grid/entries/{entry}" in text
    assert "https://dialogue.example.org/s/grid/receipts" in text
    assert app.house.roster.addresses.all() == []
    assert ADDRESS.encode() not in (app.house.folder / "roster.db").read_bytes()


def test_no_page_shows_an_address_and_the_log_has_none(app: AppClient, sender: Sender) -> None:
    contributed(app)
    for role, session, path in (
        ("participant", "grid", "/s/grid/note"), ("onsite_moderator", "grid", "/s/grid/people"),
        ("onsite_moderator", "grid", "/s/grid/contributions"), ("organizer", "", "/status"),
        ("", "grid", "/s/grid/log.jsonl"),
    ):  # fmt: skip
        app.be(role, session)
        answer = app.client.get(path)
        assert answer.status_code == 200, path
        assert "eve@" not in answer.text, path


def test_an_address_is_erased_on_request_and_with_the_person(app: AppClient, sender: Sender) -> None:
    person, _ = contributed(app)
    assert "Your address was erased." in app.client.post("/s/grid/note", data={"act": "erase"}).text
    assert not app.house.roster.addresses.has("grid", person)
    app.client.post("/s/grid/note", data={"act": "leave", "address": ADDRESS})
    app.house.roster.addresses.keep(NoteAddress("grid", "p-other", "o@example.org", "en", 0))
    app.house.roster.addresses.forget("grid", person)
    assert [given.person for given in app.house.roster.addresses.all()] == ["p-other"]


def test_an_erased_text_is_not_in_the_note(app: AppClient, sender: Sender) -> None:
    _, entry = contributed(app)
    app.do("grid", EraseText(entry, "on request"), BOSS)
    published(app, entry)
    due(app)
    assert "Norms need" not in sender.mails[0].get_content()


def test_what_the_mail_server_does_not_take_is_sent_later_and_a_wrong_address_is_deleted(
    app: AppClient, sender: Sender, capsys: pytest.CaptureFixture[str]
) -> None:
    person, entry = contributed(app)
    published(app, entry)
    sender.error = OSError("the network is down")
    due(app)
    assert app.house.roster.addresses.has("grid", person)
    sender.error = smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such mailbox eve@example.org")})
    due(app)
    assert not app.house.roster.addresses.has("grid", person)
    assert "eve@" not in capsys.readouterr().err


def test_an_address_is_not_kept_for_ever(app: AppClient, sender: Sender) -> None:
    contributed(app)
    app.clock.forward(KEPT_MS + 1)
    due(app)
    assert app.house.roster.addresses.all() == []
    assert not sender.mails


@pytest.mark.parametrize("wrong", ["eve", "eve@example", "a@b.org, c@d.org", "eve@exam ple.org", "<eve@example.org>"])
def test_what_is_no_address_is_refused_beside_the_field(app: AppClient, wrong: str) -> None:
    OutcomeNotes(app.house, ServerSettings(mail=MAIL))
    app.be("participant", "grid")
    answer = app.client.post("/s/grid/note", data={"act": "leave", "address": wrong})
    assert answer.status_code == 409
    assert "Write one mail address" in answer.text
    assert app.house.roster.addresses.all() == []


def test_the_page_says_why_no_address_can_be_left(app: AppClient) -> None:
    OutcomeNotes(app.house, ServerSettings(mail=MAIL))
    app.be("participant", "grid")

    def said() -> str:
        html = app.client.get("/s/grid/note").text
        assert ("Leave my address" in html) == ("no more address" not in html)
        return html

    assert "can be left" not in said()
    app.do("grid", CloseSession(), BOSS)
    app.do("grid", PublishReport((Sentence("Norms need a keeper."),)))
    assert "The report is published, so no more address can be left." in said()
    invented = (ev.ProgrammePublished("A", rehearsal=True), ev.ProgrammePublished("A", practice=True))
    for programme in invented:
        assert "a rehearsal" in why_no_note(State(published_at=1, programme=programme), sends=True)
    state = State(published_at=1, cancelled_at=2, programme=ev.ProgrammePublished("A dialogue"))
    assert "cancelled" in why_no_note(state, sends=True)
    assert "once the programme is published" in why_no_note(State(), sends=True)


@pytest.mark.parametrize("settings", [None, msgspec.structs.replace(MAIL, notes=False)])
def test_without_the_setting_nothing_is_offered(app: AppClient, settings: MailSettings | None) -> None:
    OutcomeNotes(app.house, ServerSettings(mail=settings))
    app.be("participant", "grid")
    assert "Leave my address" not in app.client.get("/s/grid/note").text
    assert "sends no notes" in app.client.post("/s/grid/note", data={"act": "leave", "address": ADDRESS}).text
