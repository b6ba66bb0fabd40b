"""Sends one note to each person who left an address, when the report is published, and deletes the address.

What the mail server does not take is tried again, later each time. A crash between its answer and the deletion can send
a copy, which has the same id. No line of any log contains an address."""

from __future__ import annotations

import asyncio
import smtplib
from contextlib import suppress

from acquis.contributions.notes import SUBJECT, note_text
from acquis.i18n import N_, say
from acquis.record import LogUnreadable, RecordBroken, RecordInUse
from acquis.roster.addresses import NoteAddress
from acquis.session import Session
from acquis.state import State
from acquis.state.snapshots import snapshot
from acquis.web.http.application import Application
from acquis.web.http.context import visible
from acquis.web.http.mail import mail, send_mail
from acquis.web.http.notices import fail, warn
from acquis.web.http.reminding import AGAIN_MS, LONGEST_MS
from acquis.web.http.settings import MailSettings, ServerSettings, SettingsProblem

PERIOD_S = 30
SETTLED_MS = 60_000
"""How long after its publication the report is told of: until then it can be taken back."""
KEPT_MS = 400 * 24 * 3600 * 1000
"""How long an address is kept if no report is published."""
FAILURES = (OSError, smtplib.SMTPException, SettingsProblem)


def why_no_note(state: State, sends: bool) -> str:
    """Why no address can be left, as a message; empty if one can. sends: whether the server sends notes."""
    if not sends:
        return N_("This server sends no notes, so no address can be left.")
    if state.is_draft:
        return N_("You can leave an address once the programme is published.")
    if state.programme.rehearsal or state.programme.practice:
        return N_("This session is a rehearsal, so no note is sent.")
    if state.cancelled_at:
        return N_("This session is cancelled, so no report and no note will follow.")
    if state.reports:
        return N_("The report is published, so no more address can be left. Your receipts show each outcome.")
    return ""


def offers_note(state: State, sends: bool) -> bool:
    """Whether an address can be left."""
    return not why_no_note(state, sends)


class OutcomeNotes:
    """The notes of one server. Nothing is sent unless the settings of mail say so."""

    def __init__(self, application: Application, settings: ServerSettings) -> None:
        self._application = application
        self._mail = settings.mail if settings.mail is not None and settings.mail.notes else None
        self._failed: dict[tuple[str, str], tuple[int, int]] = {}
        """Session and person -> how often the note failed, and when it is tried again (ms)."""
        application.sends_notes = self._mail is not None

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        while self._mail is not None:
            try:
                await self.send_due()
            except RecordBroken:  # the server ends by itself
                return
            except Exception as error:  # the next period tries again
                fail("notes on outcomes could not be sent", error)
            await asyncio.sleep(PERIOD_S)

    async def send_due(self) -> None:
        """Send the notes that are due, one after the other, and delete the addresses that are not needed any more."""
        now, table = self._application.clock.now(), self._application.roster.addresses
        before = table.all()
        for given in before:
            if now - given.left > KEPT_MS:
                table.forget(given.session, given.person)
            elif now >= self._failed.get((given.session, given.person), (0, 0))[1]:
                with suppress(LogUnreadable):
                    await self._tell(given, now)
        if len(table.all()) < len(before):
            with suppress(RecordInUse):  # a reader is in the way: SQLite has overwritten the rows, at least
                self._application.roster.purge()

    async def _tell(self, given: NoteAddress, now: int) -> None:
        """Send the note of a person if the report is published; delete the address if there is nothing to tell."""
        application = self._application
        session = await application.board.session(given.session)
        state = await session.settled() if session is not None else None
        if state is None or state.cancelled_at:
            application.roster.addresses.forget(given.session, given.person)
        elif session is not None and state.reports and now - state.reports[0].at >= SETTLED_MS:
            await self._send(given, session, state, now)

    async def _send(self, given: NoteAddress, session: Session, state: State, now: int) -> None:
        application, language = self._application, given.language
        public, _ = await visible(application, session, state, live=False, names=False, language=language)
        address, shown = f"{application.base_url.rstrip('/')}/s/{given.session}", snapshot(public)
        text = await asyncio.to_thread(note_text, language, snapshot(state), shown, given.person, address)
        if text and self._mail is not None:
            subject = say(language, SUBJECT, title=public.programme.title)
            if not await self._handed_over(self._mail, given, subject, text, now):
                return
        application.roster.addresses.forget(given.session, given.person)

    async def _handed_over(self, settings: MailSettings, given: NoteAddress, subject: str, text: str, now: int) -> bool:
        """Whether the mail server took the note, or will never take it."""
        place = given.session, given.person
        message = mail(settings, f"{given.session}.{given.person}.outcome", subject, text, now, to=(given.address,))
        try:
            await asyncio.to_thread(send_mail, settings, message)
        except smtplib.SMTPRecipientsRefused as refused:
            permanent = all(code >= 500 for code, _ in refused.recipients.values())
            if permanent:
                warn(f"the mail server refuses the address of a note of {given.session}; it was deleted")
                return True
            self._note_failure(place, "SMTPRecipientsRefused", now)
            return False
        except FAILURES as error:
            self._note_failure(place, type(error).__name__, now)
            return False
        self._failed.pop(place, None)
        return True

    def _note_failure(self, place: tuple[str, str], kind: str, now: int) -> None:
        times = self._failed.get(place, (0, 0))[0] + 1
        self._failed[place] = times, now + min(AGAIN_MS << min(times - 1, 10), LONGEST_MS)
        self._application.incidents.note("mail_failed", now)
        warn(f"a note of {place[0]} was not taken (mail): {kind}; it is sent again later")
