"""The news of the floor as everybody may see them: for the feed of a session, and for the webhooks of the operator."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from acquis.floor.news import News, news
from acquis.i18n.dates import iso
from acquis.session import Session
from acquis.state import State
from acquis.web.http.application import Application
from acquis.web.http.context import visible
from acquis.web.words.floor_news import FloorItem, FloorNow, FloorPerson, floor_items, floor_now

_READ: WeakKeyDictionary[Session, tuple[int, list[News]]] = WeakKeyDictionary()
"""Session -> the news of its log up to an entry, so that only what was added is read. They hold no text and no name."""


class FloorView:
    """The floor of a session as everybody may see it: its news and its present state, in a language. `upto`: the last
    entry of the log whose news it has."""

    def __init__(self, state: State, names: Mapping[str, str], read: tuple[int, list[News]], language: str) -> None:
        self.upto, self._listed = read
        self.state, self._names, self._language = state, names, language

    def items(self, most: int, after: int = 0) -> list[FloorItem]:
        """The latest items after an entry, at most `most`, in their order."""
        items = floor_items(self._language, self.state, self._names, self._listed)
        return [item for item in items if item.entry > after][-most:]

    def now(self, at: int) -> FloorNow:
        """The floor as it is at `at` (ms since 1970)."""
        return floor_now(self._language, self.state, self._names, at)


async def floor_view(application: Application, session: Session, language: str) -> FloorView:
    """The floor of a session after its last durable entry. Raises RecordBroken."""
    until = (await session.settled()).seq
    upto, listed = read = _READ.get(session, (0, []))
    if until > upto:
        read = until, [*listed, *await asyncio.to_thread(_added, application, session.log, upto, until)]
        _READ[session] = read
    state = await session.settled()  # which may have gone on, or without an act that was taken back
    live = not state.settings.chatham
    seen, names = await visible(application, session, state, live=live, names=False, language=language)
    return FloorView(seen, names, read, language)


def _added(application: Application, log: str, after: int, until: int) -> list[News]:
    """The news of the entries after one and up to another."""
    rows = application.board.record.scan(log, after)
    return list(news(row for row in rows if row[0] <= until))


def item_data(item: FloorItem) -> dict[str, Any]:
    """An item as data: without what it does not have."""
    data = {"type": item.type, "entry": item.entry, "at": iso(item.at), "sentence": item.sentence}
    return data | {name: value for name in ("about", "name", "text") if (value := getattr(item, name))}


def now_data(now: FloorNow) -> dict[str, Any]:
    """The floor as data; lengths of time are in seconds."""
    return {
        "entry": now.seq,
        "at": iso(now.at),
        "phase": now.phase,
        "paused": now.paused,
        "segment": {"number": now.segment, "title": now.segment_title, "left_s": now.segment_left // 1000}
        if now.segment
        else None,
        "speaker": _person(now.speaker),
        "next": _person(now.next),
        "waiting": now.waiting,
        "question": {"entry": now.question, "text": now.question_text} if now.question else None,
    }


def _person(person: FloorPerson | None) -> dict[str, Any] | None:
    if person is None:
        return None
    times = {"used_s": person.used // 1000, "left_s": person.left // 1000} if person.used or person.left else {}
    return {"name": person.name, "kind": person.kind, **times}
