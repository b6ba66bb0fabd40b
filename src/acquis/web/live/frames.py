"""The frames of live screens: the content for an audience of a session in a language."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import msgspec

from acquis.board.maps import CurrentMap
from acquis.session import Session
from acquis.state import State
from acquis.state.counting import as_public
from acquis.web.http.application import Application
from acquis.web.http.context import StateReplaced, visible
from acquis.web.http.declaration import StreamKind, page_number
from acquis.web.http.rendering import in_slices
from acquis.web.http.streams import Channel
from acquis.web.live.audiences import KIND_OF, WATCHING, Audience
from acquis.web.live.maps import drawn, texts_of
from acquis.web.live.regions import next_hand, region_pairs
from acquis.web.live.view import View

PRESENCE_MS = 2000
MOMENT_MS = 10_000
"""The time after which a frame is rendered again while somebody has the floor."""
LATER_MS: dict[StreamKind, int] = {"participants": 0, "desk": 3000, "pages": 15_000}
SHOWS_MAP, SHOWS_PARTIAL = ("moderators", "organizers", "stage"), ("captions", "stage")
SEES_NAMES = ("moderators", "organizers")
"""Audiences that see names at any time."""


def channel_of(application: Application, session: Session, audience: Audience, language: str) -> Channel:
    """The channel of an audience of a session in a language."""
    key = (session.log, audience, language)
    return application.streams.channel(key, lambda: SessionFrames(application, session, audience, language))


def page_channel(application: Application, session: Session, kind: StreamKind) -> Channel:
    """The channel of the pages of a session that follow a stream without regions."""
    return application.streams.channel(
        (session.log, f"{kind}, no regions", ""), lambda: PageFrames(application, session, kind)
    )


def people_watching(application: Application, session: str) -> int:
    """The number of screens of participants that are open and seen, rounded to tens if it is large."""
    listening = sum(application.streams.count(session, audience) for audience in WATCHING)
    return listening if listening < 20 else listening // 10 * 10


def view_of(application: Application, session: Session, state: State, names: Mapping[str, str], language: str) -> View:
    """The present view of a session, from the state and the names that its readers may see."""
    row = application.roster.session(session.log)
    head = application.board.record.head(session.log)[1].hex()
    code, base_url = row.code if row else "", application.base_url
    return View(
        state,
        names,
        at=application.clock.now(),
        head=head,
        log=session.log,
        code=code,
        base_url=base_url,
        lang=language,
    )


def _moment(state: State, at: int) -> tuple[int, int]:
    """What a frame depends on besides the entries. While a turn runs, its time is charged to its group by the second,
    which changes the next request, the expected waits and the sentence on the balance of room and online."""
    return next_hand(state, at), at // MOMENT_MS if state.turn else 0


class PageFrames:
    """The frames of pages without regions, which only say when to fetch the page again. Hundreds of votes a second must
    not cause as many fetches: changes that live screens show in regions are announced in intervals of `LATER_MS`."""

    def __init__(self, application: Application, session: Session, kind: StreamKind) -> None:
        self.application, self.session, self.kind = application, session, kind
        self._told = 0
        self.seq = self.page = -1
        self.html: dict[str, str] = {}

    async def render(self) -> dict[str, str]:
        """Updates the number. It is also the `seq` of the frames, so that they tell nothing else of the session."""
        state, now = await self.session.settled(), self.application.clock.now()
        newest = page_number(self.kind, state)
        if newest <= self.page or (state.team_refreshed <= self.page and now < self._told + LATER_MS[self.kind]):
            return {}
        self.seq = self.page = newest
        self._told = now
        return {"": ""}

    def outdated(self) -> bool:
        """Whether the frame was made before the end of a session that must not show names afterwards."""
        return False


class SessionFrames:
    """The regions of the screens of an audience, rendered again when their data changes."""

    def __init__(self, application: Application, session: Session, audience: Audience, language: str) -> None:
        self.application, self.session, self.audience, self.language = application, session, audience, language
        self.seq, self.page, self.at = -1, 0, 0
        self.html: dict[str, str] = {}
        self._presence, self._counted = 0, -PRESENCE_MS
        self._rendered: tuple[object, ...] | None = None
        self._drawn: CurrentMap | None = None
        self._silenced = frozenset(session.state.measures.silenced)

    async def render(self) -> dict[str, str]:
        """Updates the regions and returns the changed ones. They are rendered in slices, so that some regions may have
        entries that others do not have yet. The frame has the number of the state with which it began, so that another
        frame follows."""
        session = self.session
        presence, partial = self._people_watching(), self._partial()
        current = self.application.maps.latest(session) if self.audience in SHOWS_MAP else None
        now = self.application.clock.now()
        depends = (session.state.seq, presence, _moment(session.state, now), current, partial)
        if depends == self._rendered:
            return {}
        settled, sees = await session.settled(), self.audience in SEES_NAMES
        if current is not None and current is not self._drawn:
            await self._draw(current, settled)
            settled = await session.settled()
        self._part(settled)
        seq, page = settled.seq, page_number(KIND_OF[self.audience], settled)
        state, names = await visible(self.application, session, settled, True, sees, self.language)
        state = state if sees else as_public(state)
        view = view_of(self.application, session, state, names, self.language)
        view = msgspec.structs.replace(view, presence=presence, current=current, partial=partial)
        moment = _moment(state, view.at)

        async def pause() -> None:
            await asyncio.sleep(0)
            if await session.settled() is not settled:
                raise StateReplaced

        try:
            html = dict(await in_slices(region_pairs(self.audience, view), pause))
        except StateReplaced:
            return await self.render()
        changed = {name: text for name, text in html.items() if self.html.get(name) != text}
        moved = seq != self.seq
        self.html, self.seq, self.page, self.at = html, seq, page, view.at
        self._rendered = (seq, presence, moment, current, partial)
        # An entry may change no region; the frame then has only the new `seq`.
        return changed if changed or not moved else {"": ""}

    async def _draw(self, current: CurrentMap, state: State) -> None:
        """Draws a new opinion map in a thread and stores it in a cache for the regions."""
        shown, _ = await visible(self.application, self.session, state, True, False, self.language)
        await asyncio.to_thread(drawn, current, texts_of(shown), self.language)
        self._drawn = current

    def _part(self, state: State) -> None:
        """Ends the streams of people who were silenced or are no longer silenced. They connect again with their new
        audience."""
        silenced = frozenset(state.measures.silenced)
        for person in silenced ^ self._silenced:
            self.application.streams.drop(person)
        self._silenced = silenced

    def outdated(self) -> bool:
        """Whether the frame is from before the end of a session that must not show names afterwards."""
        state = self.session.state
        return state.settings.chatham and bool(state.closed_at) and self.at < state.closed_at

    def _partial(self) -> str:
        return self.application.partials.get(self.session.log, "") if self.audience in SHOWS_PARTIAL else ""

    def _people_watching(self) -> int:
        """The number of viewers, updated at most every 2 s because it changes often."""
        now = self.application.clock.now()
        if now >= self._counted + PRESENCE_MS:
            self._counted, self._presence = now, people_watching(self.application, self.session.log)
        return self._presence
