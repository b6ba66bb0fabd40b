"""The frames of live screens: the content for an audience of a session in a language."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from acquis.board.maps import CurrentMap
from acquis.session import Session
from acquis.state import State
from acquis.web.http.application import Application
from acquis.web.http.context import visible
from acquis.web.http.streams import Channel
from acquis.web.live.audiences import Audience
from acquis.web.live.regions import View, next_hand, regions

PRESENCE_MS = 2000
SHOWS_MAP, SHOWS_PARTIAL = ("moderators", "organizers", "stage"), ("captions", "stage")
SEES_NAMES = ("moderators", "organizers")
"""Audiences that see names at any time."""


def channel_of(application: Application, session: Session, audience: Audience, language: str) -> Channel:
    """The channel of an audience of a session in a language."""
    key = (session.log, audience, language)
    return application.streams.channel(key, lambda: SessionFrames(application, session, audience, language))


def people_watching(application: Application, session: str) -> int:
    """The number of open screens of participants to show; large numbers are rounded to tens."""
    listening = sum(application.streams.count(session, audience) for audience in ("participants", "readers"))
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


class SessionFrames:
    """The regions of the screens of an audience, rendered again when their data changes."""

    def __init__(self, application: Application, session: Session, audience: Audience, language: str) -> None:
        self.application, self.session, self.audience, self.language = application, session, audience, language
        self.seq, self.at = -1, 0
        self.html: dict[str, str] = {}
        self._presence, self._counted = 0, -PRESENCE_MS
        self._rendered: tuple[int, int, int, CurrentMap | None, str] | None = None

    async def render(self) -> dict[str, str]:
        """Updates the regions and gives the changed ones."""
        session, log = self.session, self.session.log
        presence, partial = self._people_watching(), self._partial()
        current = self.application.maps.latest(session) if self.audience in SHOWS_MAP else None
        depends = (session.state.seq, presence, self._next_hand(session.state), current, partial)
        if depends == self._rendered:
            return {}
        state, names = visible(self.application, log, await session.settled(), True, self.audience in SEES_NAMES)
        view = view_of(self.application, session, state, names, self.language)
        view = msgspec.structs.replace(view, presence=presence, current=current, partial=partial)
        html = {name: str(text) for name, text in regions(self.audience, view).items()}  # plain strings for JSON
        changed = {name: text for name, text in html.items() if self.html.get(name) != text}
        moved = session.state.seq != self.seq
        self.html, self.seq, self.at = html, session.state.seq, view.at
        self._rendered = (self.seq, presence, next_hand(state, view.at), current, partial)
        # An entry may change no region; the frame then has only the new `seq`.
        return changed if changed or not moved else {"": ""}

    def outdated(self) -> bool:
        """Whether the frame is from before the end of a session that must not show names afterwards."""
        state = self.session.state
        return state.settings.chatham and bool(state.closed_at) and self.at < state.closed_at

    def _next_hand(self, state: State) -> int:
        return next_hand(state, self.application.clock.now())

    def _partial(self) -> str:
        return self.application.partials.get(self.session.log, "") if self.audience in SHOWS_PARTIAL else ""

    def _people_watching(self) -> int:
        """The number of viewers, updated at most every 2 s because it changes often."""
        now = self.application.clock.now()
        if now >= self._counted + PRESENCE_MS:
            self._counted, self._presence = now, people_watching(self.application, self.session.log)
        return self._presence
