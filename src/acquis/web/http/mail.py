"""Sends a reminder or a note by mail.

`smtplib` of the standard library is used, in a thread: a mail is sent a few times for each session, so an asynchronous
library would be one more dependency without a gain."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime

from acquis.plan import dates
from acquis.web.http.settings import MailSettings

TIMEOUT_S = 20


def mail(settings: MailSettings, id: str, subject: str, text: str, now: int, *, to: Sequence[str] = ()) -> EmailMessage:
    """A mail to the recipients of the settings, or to others (`to`). id: names the mail for ever, so that a second copy
    is known as such."""
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = settings.sender
    message["To"] = ", ".join(to or settings.recipients)
    message["Date"] = format_datetime(dates.instant(now))
    message["Message-ID"] = f"<{id}@{settings.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def send_mail(settings: MailSettings, message: EmailMessage, context: ssl.SSLContext | None = None) -> list[str]:
    """Hand a mail over to the server. Returns the recipients that it refused, if it took others. context: which
    certificates are trusted; by itself those of the system. Raises smtplib.SMTPException, OSError."""
    trusted = context or ssl.create_default_context()
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT_S, context=trusted)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_S)
    with server:
        if settings.security == "starttls":
            server.starttls(context=trusted)
        if settings.password is not None:
            server.login(settings.user, settings.password.read())
        return list(server.send_message(message))
