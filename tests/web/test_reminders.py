"""Reminders of reports: each step of a report once, by mail and to a webhook, whatever fails and starts again."""

from __future__ import annotations

import asyncio
import email
import hmac
import json
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from click.testing import CliRunner
from tests.certificates import certificate

from acquis.board.reminders import FILE, SOON_MS
from acquis.cli import main
from acquis.floor.segments import CloseSession, OpenSession
from acquis.web.http.mail import mail, send_mail
from acquis.web.http.reminding import Reminding
from acquis.web.http.settings import MailSettings, Secret, ServerSettings, WebhookSettings

from .client import BOSS, PROGRAMME, AppClient, app_client
from .hook import Hook

MIN = 60_000
SECRET = "a-secret-of-the-webhook-for-tests"


async def ended(server: asyncio.Server) -> None:
    """Ends a server with all that it does."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for _ in range(5):  # the loop closes the sockets
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks for the name of the machine, which takes seconds where no name server answers."""
    monkeypatch.setattr(socket, "getfqdn", lambda name="": "localhost")


class Inbox:
    """A mail server of aiosmtpd, with what it received. `busy`: how many mails it refuses first."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.busy = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # named by aiosmtpd
        if self.busy:
            self.busy -= 1
            return "451 Try again later"
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 OK"

    @contextmanager
    def served(self, **options: Any) -> Iterator[int]:
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        try:
            opening = loop.create_server(lambda: SMTP(self, loop=loop, **options), "127.0.0.1", 0)
            server = asyncio.run_coroutine_threadsafe(opening, loop).result()
            yield server.sockets[0].getsockname()[1]
            asyncio.run_coroutine_threadsafe(ended(server), loop).result()
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    """A session that has just ended; its report is due after two hours."""
    with app_client(tmp_path) as app:
        app.hold("grid-norms")
        app.house.base_url = "https://dialogue.example.org"
        yield app


def by_mail(port: int) -> ServerSettings:
    return ServerSettings(mail=MailSettings("127.0.0.1", "acquis@example.org", ["desk@example.org"], port, "none"))


def by_webhook(port: int, folder: Path) -> ServerSettings:
    (folder / "secret").write_text(f"{SECRET}\n", "utf-8")
    return ServerSettings(
        webhook=WebhookSettings(f"http://127.0.0.1:{port}/reports?key=1", Secret(str(folder / "secret")))
    )


def send(app: AppClient, settings: ServerSettings, *, starts: int = 2) -> None:
    """Send what is due twice, in each of some processes that start one after the other."""
    assert app.client.portal is not None
    for _ in range(starts):
        reminding = Reminding(app.house, settings)
        for _ in range(2):
            app.client.portal.call(reminding.send_due)


def minutes(app: AppClient, number: int) -> None:
    app.clock.forward(number * MIN)


def test_each_step_of_a_report_is_one_mail_across_starts(app: AppClient) -> None:
    inbox = Inbox()
    with inbox.served() as port:
        for minutes_on in (0, 60, 120 - SOON_MS // MIN - 60, 10, 40, 60, 7 * 24 * 60):
            minutes(app, minutes_on)
            send(app, by_mail(port))
    assert [message["subject"] for message in inbox.mails] == [
        "Report due: Who keeps the lights on",
        "Report due in less than 30 minutes: Who keeps the lights on",
        "Report overdue: Who keeps the lights on",
    ]
    assert len({message["message-id"] for message in inbox.mails}) == 3
    assert inbox.mails[0]["to"] == "desk@example.org"
    assert "https://dialogue.example.org/s/grid-norms/desk" in inbox.mails[0].get_payload()


def test_a_mail_that_was_not_taken_is_sent_again_later_and_the_organizer_is_told(app: AppClient) -> None:
    inbox = Inbox()
    inbox.busy = 2
    assert app.client.portal is not None
    with inbox.served() as port:
        reminding = Reminding(app.house, by_mail(port))
        taken = []
        for _ in range(5):
            app.client.portal.call(reminding.send_due)
            taken.append(len(inbox.mails))
            minutes(app, 1)
    assert taken == [0, 0, 0, 1, 1]  # after one minute, and after two more
    assert [(incident.kind, incident.times) for incident in app.house.incidents.recent(app.clock.now())] == [
        ("mail_failed", 2)
    ]


def test_a_webhook_is_signed_tried_again_and_follows_no_redirect(app: AppClient, tmp_path: Path) -> None:
    hook = Hook(500, 302)
    with hook.served() as port:
        for _ in range(4):
            send(app, by_webhook(port, tmp_path), starts=1)
            minutes(app, 2)
    assert len(hook.posted) == 3
    assert {path for path, _, _ in hook.posted} == {"/reports?key=1"}
    assert len({headers["webhook-id"] for _, headers, _ in hook.posted}) == 1
    for _, headers, body in hook.posted:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = b64encode(hmac.digest(SECRET.encode(), signed, "sha256")).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert json.loads(body)["data"]["step"] == "due"


def test_nothing_is_sent_of_a_rehearsal(tmp_path: Path) -> None:
    inbox = Inbox()
    with app_client(tmp_path) as app, inbox.served() as port:
        app.add("rehearsed", msgspec.structs.replace(PROGRAMME, rehearsal=True))
        app.do("rehearsed", OpenSession(), BOSS)
        app.do("rehearsed", CloseSession(), BOSS)
        send(app, by_mail(port))
    assert inbox.mails == []


def test_after_a_long_pause_only_the_latest_step_is_sent_and_nothing_of_the_distant_past(app: AppClient) -> None:
    inbox = Inbox()
    with inbox.served() as port:
        minutes(app, 180)
        send(app, by_mail(port))
        assert [message["subject"] for message in inbox.mails] == ["Report overdue: Who keeps the lights on"]
        (app.house.folder / FILE).unlink()
        minutes(app, 8 * 24 * 60)
        send(app, by_mail(port))
    assert len(inbox.mails) == 1


def test_mail_is_sent_with_starttls_and_a_password_and_only_to_who_proves_the_name(tmp_path: Path) -> None:
    files, inbox = certificate(tmp_path), Inbox()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(files.certificate, files.key)
    (tmp_path / "password").write_text("a password", "utf-8")

    def check(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(b"acquis", b"a password")
        return AuthResult(success=right)

    options = {"tls_context": context, "require_starttls": True, "authenticator": check, "auth_required": True}
    with inbox.served(**options) as port:
        settings = MailSettings(
            host="localhost",
            sender="a@example.org",
            recipients=["b@example.org"],
            port=port,
            user="acquis",
            password=Secret(str(tmp_path / "password")),
        )
        message = mail(settings, "grid.takeaways.due", "Report\n due", "It is due.", 0)
        with pytest.raises(ssl.SSLCertVerificationError):
            send_mail(settings, message)
        assert send_mail(settings, message, ssl.create_default_context(cafile=files.certificate)) == []
    assert [message["subject"] for message in inbox.mails] == ["Report due"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[mial]\n", "mial"),
        ("[mail\n", "cannot be read"),
        ('[mail]\nhost="mail.example.org"\nsender="a@b.org"\nrecipients=["c@d.org"]\nsecurity="none"', "without TLS"),
        ('[mail]\nhost="m"\nsender="a@b.org"\nrecipients=["c@d.org"]\nuser="x"', "or neither"),
        ('[mail]\nhost="m"\nsender="a@b.org, x@y.org"\nrecipients=["c@d.org"]', "is not a mail address"),
        ('[webhook]\nurl="http://hooks.example.org/"\nsecret={environment="PATH"}', "begins with https://"),
        ('[webhook]\nurl="https://hooks.example.org/"\nsecret={environment="NO_SUCH_NAME"}', "is empty"),
        ('[webhook]\nurl="https://hooks.example.org/"\nsecret={}', "either “file” or “environment”"),
    ],
)
def test_wrong_settings_are_refused_at_the_start_with_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    call = ["serve", "--data", str(tmp_path / "data"), "--settings", str(tmp_path / "settings.toml")]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 78
    assert sentence in result.stderr
    assert not (tmp_path / "data").exists()


def test_the_reports_that_are_due_are_a_feed_and_a_calendar(app: AppClient) -> None:
    app.house.base_url = ""
    feed = app.client.get("/reports.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "Report due: Who keeps the lights on" in feed.text
    minutes(app, 121)
    assert "Report overdue: Who keeps the lights on" in app.client.get("/reports.atom").text
    calendar = app.client.get("/reports.ics").text
    assert "BEGIN:VEVENT" in calendar
    assert app.client.get("/reports.exe").status_code == 404
