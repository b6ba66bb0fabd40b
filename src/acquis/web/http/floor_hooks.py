"""Tells the addresses that the settings name what happens on the floor: each item of the news once or more, in order.

What an address has taken is noted durably for each session, so that a start goes on from there. An item that was taken
just before a crash is sent again, with the same id. What an address does not take is tried again, later each time,
until it is an hour old: who had the floor an hour ago is no news, so the item is then left out, and a line of the log
says so. Nothing is sent of a session under the Chatham House Rule, because an address has not joined it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec

from acquis.board.cards import Card
from acquis.i18n.dates import iso
from acquis.record import LogUnreadable, RecordBroken
from acquis.record.faults import DataProblem
from acquis.record.keys import write_durably
from acquis.session import Session
from acquis.web.http.application import Application
from acquis.web.http.floor_news import floor_view, item_data, now_data
from acquis.web.http.notices import fail, warn
from acquis.web.http.settings import FloorWebhookSettings, ServerSettings, SettingsProblem
from acquis.web.http.webhook import HTTPException, WebhookRefused, send_webhook
from acquis.web.words.floor_news import FloorItem

FILE = "floor-webhooks.json"
PERIOD_S = 1
OLD_MS = 3600_000
AGAIN_MS, LONGEST_MS = 2_000, 300_000
"""After how long an item that was not taken is sent again, twice as long each time, and at most."""
MOST = 1000
LANGUAGE = "en"
"""An address is no reader whose language is known."""
FAILURES = (OSError, HTTPException, WebhookRefused, SettingsProblem)


class TakenItems:
    """Address -> session -> the last entry that it has taken, in a file."""

    def __init__(self, folder: Path) -> None:
        """Raises DataProblem if the file is damaged."""
        self._path = folder / FILE
        self._taken: dict[str, dict[str, int]] = {}
        try:
            self._taken = msgspec.json.decode(self._path.read_bytes(), type=dict[str, dict[str, int]])
        except FileNotFoundError:
            pass
        except msgspec.MsgspecError as error:
            raise DataProblem(f"{self._path} is damaged. Remove it; the last hour is then sent again.") from error

    def last(self, url: str, session: str) -> int:
        """The last entry that an address has taken; 0: none."""
        return self._taken.get(url, {}).get(session, 0)

    def note(self, url: str, session: str, entry: int) -> None:
        """Note durably what an address has taken. Raises OSError; it is then known until the process ends."""
        self._taken.setdefault(url, {})[session] = entry
        write_durably(self._path, msgspec.json.encode(self._taken))


class FloorHooks:
    """The webhooks of the floor of one server. Raises DataProblem if the file of what was taken is damaged."""

    def __init__(self, application: Application, settings: ServerSettings) -> None:
        taken = TakenItems(application.folder) if settings.floor_webhooks else None
        self._hooks = [FloorHook(application, hook, taken) for hook in settings.floor_webhooks if taken is not None]

    async def run(self) -> None:
        """Send what is new, until cancelled; a slow address holds up no other."""
        await asyncio.gather(*(hook.run() for hook in self._hooks))


class FloorHook:
    """One address and what it has taken."""

    def __init__(self, application: Application, settings: FloorWebhookSettings, taken: TakenItems) -> None:
        self._application, self._settings, self._taken = application, settings, taken
        self._failed, self._again = 0, 0
        """How often the address failed without a success since, and when it is tried again (ms since 1970)."""
        self._seen: dict[str, int] = {}
        """Session -> the last entry of its log that was looked at."""

    async def run(self) -> None:
        """Send what is new, until cancelled."""
        while True:
            try:
                await self.send_new()
            except RecordBroken:  # the server ends by itself
                return
            except Exception as error:  # the next period tries again
                fail("the news of the floor could not be sent", error)
            await asyncio.sleep(PERIOD_S)

    async def send_new(self) -> None:
        """Send the items that the address has not taken, one after the other, up to the first that it does not take."""
        application = self._application
        if application.clock.now() < self._again:
            return
        for card in await application.board.cards(application.clock.now()):
            if not self._is_told(card):
                continue
            try:
                session = await application.board.session(card.id)
            except LogUnreadable:  # which `/status` says
                continue
            if session is not None and not await self._session(session, card):
                return

    def _is_told(self, card: Card) -> bool:
        """Whether the address is told of a session now: of one that runs, or that ended within the last hour."""
        if self._settings.sessions and card.id not in self._settings.sessions:
            return False
        return card.phase == "open" or card.closed_at > self._application.clock.now() - OLD_MS

    async def _session(self, session: Session, card: Card) -> bool:
        """Send what is new in a session. Returns whether the address took all of it."""
        state = await session.settled()
        if state.settings.chatham or state.seq == self._seen.get(session.log):
            return True
        view = await floor_view(self._application, session, LANGUAGE)
        taken = self._taken.last(self._settings.url, session.log)
        for item in view.items(MOST, after=taken):
            now = self._application.clock.now()
            if now - item.at > OLD_MS:
                if self._failed:
                    warn(f"the news {_id(session, item)} was left out: its address did not take it for an hour")
                continue
            of = {"session": session.log, "title": state.programme.title, "rehearsal": card.rehearsal}
            if not await self._try(session, item, {**of, **item_data(item), "floor": now_data(view.now(now))}, now):
                return False
        self._seen[session.log] = view.upto
        return True

    async def _try(self, session: Session, item: FloorItem, data: dict[str, Any], now: int) -> bool:
        body = msgspec.json.encode({"type": item.type, "timestamp": iso(item.at), "data": data})
        settings, id = self._settings, _id(session, item)
        try:
            await asyncio.to_thread(send_webhook, settings.webhook, id, body, now)
            await asyncio.to_thread(self._taken.note, settings.url, session.log, item.entry)
        except FAILURES as error:
            self._failed += 1
            self._again = now + min(AGAIN_MS << min(self._failed - 1, 10), LONGEST_MS)
            self._application.incidents.note("floor_webhook_failed", now)
            warn(f"the news {id} was not taken by a webhook: {error}; it is sent again later")
            return False
        self._failed = 0
        return True


def _id(session: Session, item: FloorItem) -> str:
    """A name that the item has for ever."""
    return f"{session.log}.floor.{item.entry}"
