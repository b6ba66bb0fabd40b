"""Sends the reminders of reports that are due, by mail and to a webhook, as far as the settings say so.

What was handed over is noted durably at once, and not sent again. What fails is tried again, later each time. A crash
between the answer of the other side and the note can send a copy, which has the same id.
"""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Awaitable, Callable

import msgspec

from acquis.board.reminders import Channel, Reminder, SentReminders, reminders
from acquis.i18n import N_, say
from acquis.i18n.dates import iso
from acquis.plan import dates
from acquis.record import RecordBroken
from acquis.web.http.application import Application
from acquis.web.http.mail import mail, send_mail
from acquis.web.http.notices import fail, warn
from acquis.web.http.settings import MailSettings, ServerSettings, SettingsProblem, WebhookSettings
from acquis.web.http.webhook import HTTPException, WebhookRefused, send_webhook

PERIOD_S = 15
AGAIN_MS, LONGEST_MS = 60_000, 3600_000
"""After how long a reminder that was not taken is sent again, twice as long each time, and at most."""
FAILURES = (OSError, smtplib.SMTPException, HTTPException, WebhookRefused, SettingsProblem)
LANGUAGE = "en"
"""Reminders go to an address, not to a reader whose language is known."""
SUBJECTS = {
    "due": N_("Report due: {title}"),
    "soon": N_("Report due in less than 30 minutes: {title}"),
    "late": N_("Report overdue: {title}"),
}
TEXTS = {
    "due": N_("The session “{title}” has ended. Its report is due on {when}."),
    "soon": N_("The report of the session “{title}” is due on {when}, in less than 30 minutes."),
    "late": N_("The report of the session “{title}” was due on {when} and has not been published."),
}
Send = Callable[[Reminder, int], Awaitable[None]]


class Reminding:
    """The reminders of one server. Raises DataProblem if the file of those that were sent is damaged."""

    def __init__(self, application: Application, settings: ServerSettings) -> None:
        self._application = application
        self._sent = SentReminders(application.folder)
        self._failed: dict[tuple[str, Channel], tuple[int, int]] = {}
        """Reminder and channel -> how often it failed, and when it is tried again (ms)."""
        self._channels: dict[Channel, Send] = {}
        if settings.mail is not None:
            self._channels["mail"] = _Mail(application, settings.mail).send
        if settings.webhook is not None:
            self._channels["webhook"] = _Webhook(application, settings.webhook).send

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        while self._channels:
            try:
                await self.send_due()
            except RecordBroken:  # the server ends by itself
                return
            except Exception as error:  # the next period tries again
                fail("reminders could not be sent", error)
            await asyncio.sleep(PERIOD_S)

    async def send_due(self) -> None:
        """Send the reminders that are due now and were not sent, one after the other."""
        now = self._application.clock.now()
        for reminder in reminders(await self._application.board.cards(now), now):
            for channel, send in self._channels.items():
                if not self._sent.has(reminder, channel) and now >= self._failed.get((reminder.id, channel), (0, 0))[1]:
                    await self._try(reminder, channel, send, now)

    async def _try(self, reminder: Reminder, channel: Channel, send: Send, now: int) -> None:
        try:
            await send(reminder, now)
            await asyncio.to_thread(self._sent.note, reminder, channel, now)
        except FAILURES as error:
            times = self._failed.get((reminder.id, channel), (0, 0))[0] + 1
            self._failed[reminder.id, channel] = times, now + min(AGAIN_MS << min(times - 1, 10), LONGEST_MS)
            self._application.incidents.note(f"{channel}_failed", now)
            warn(f"the reminder {reminder.id} was not taken ({channel}): {error}; it is sent again later")


class _Mail:
    def __init__(self, application: Application, settings: MailSettings) -> None:
        self._application, self._settings = application, settings

    async def send(self, reminder: Reminder, now: int) -> None:
        card = reminder.report.card
        facts = {"title": card.title, "when": dates.moment(reminder.report.due, card.zone, LANGUAGE)}
        desk = f"{self._application.base_url}/s/{card.id}/desk"
        text = f"{say(LANGUAGE, TEXTS[reminder.step], **facts)}\n\n{desk}\n"
        message = mail(self._settings, reminder.id, say(LANGUAGE, SUBJECTS[reminder.step], **facts), text, now)
        refused = await asyncio.to_thread(send_mail, self._settings, message)
        if refused:
            warn(f"the mail server refused these recipients of reminders: {', '.join(refused)}")


class _Webhook:
    def __init__(self, application: Application, settings: WebhookSettings) -> None:
        self._application, self._settings = application, settings

    async def send(self, reminder: Reminder, now: int) -> None:
        report, card = reminder.report, reminder.report.card
        data = {
            "session": card.id,
            "title": card.title,
            "report": report.what,
            "step": reminder.step,
            "due": iso(report.due),
            "desk": f"{self._application.base_url}/s/{card.id}/desk",
        }
        body = msgspec.json.encode({"type": "report.reminder", "timestamp": iso(now), "data": data})
        await asyncio.to_thread(send_webhook, self._settings, reminder.id, body, now)
