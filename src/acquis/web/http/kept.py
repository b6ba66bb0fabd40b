"""The passes that a browser keeps for a session, or for all sessions (session ""): one is active, the others wait in a
second cookie, and a third holds for a few minutes the pass of a link that was opened and not yet taken."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from acquis.command.actors import main_role
from acquis.roster import Pass
from acquis.web.http.application import Application
from acquis.web.http.cookies import YEAR_S, set_cookie
from acquis.web.http.passes import cookie_name, holder_of, note_use
from acquis.web.http.sign_ins import note_sign_in

KEPT, OPENED = "kept", "opened"
MOST, OPENED_S = 5, 600
"""The most passes that wait, and for how many seconds a link that was opened can be taken."""


class Held(NamedTuple):
    """A pass in a browser, with the secret that its cookie holds."""

    secret: str
    given: Pass


class Browser:
    """The valid passes of a session, or for all sessions (session ""), in the browser of a request."""

    def __init__(self, application: Application, request: Request, session: str) -> None:
        self._application, self._request = application, request
        self._scheme, self._session, self._present = request.scope["scheme"], session, request.cookies.keys()

        def passes_in(kind: str = "pass") -> list[Held]:
            secrets = request.cookies.get(cookie_name(session, self._scheme, kind), "").split(".")[:MOST]
            holders = ((secret, holder_of(application, secret)) for secret in secrets)
            return [Held(secret, given) for secret, given in holders if given is not None and given.session == session]

        self.active = next(iter(passes_in()), None)
        self.opened = next(iter(passes_in(OPENED)), None)
        self.kept = passes_in(KEPT)
        self.signed_out = cookie_name(session, self._scheme) in request.cookies and self.active is None
        """Whether the active pass is no longer valid."""
        secret = request.cookies.get(cookie_name(session, self._scheme), "")
        self.erased = self.signed_out and application.roster.was_erased(secret)
        """Whether the data of the person who had the active pass were deleted."""

    def with_active(self, secret: str, given: Pass, keep: bool = True) -> Browser:
        """The browser with another active pass; the present one is kept or given up."""
        before = [self.active] if self.active is not None and keep else []
        kept = [entry for entry in (*before, *self.kept) if entry.given.person != given.person]
        self.active, self.kept, self.opened = Held(secret, given), kept[:MOST], None
        note_use(self._application, secret, given)
        return self

    def left(self, person: str = "") -> list[Held]:
        """Gives up the passes of a person, or all of them. Returns those that were given up."""
        entries = [entry for entry in (self.active, *self.kept) if entry is not None]
        gone = [entry for entry in entries if person in ("", entry.given.person)]
        self.active = None if self.active in gone else self.active
        self.kept = [entry for entry in self.kept if entry not in gone]
        return gone

    def is_here(self, person: str) -> bool:
        """Whether the active pass is of this person."""
        return self.active is not None and self.active.given.person == person

    def open(self, response: Response, secret: str, seconds: int = OPENED_S) -> None:
        """Sets the cookie of a link that was opened; the others stay. seconds: how long it can be taken."""
        self._set(response, OPENED, [secret], seconds)

    def write(self, response: Response) -> Response:
        """The same response with the cookies of all passes of the browser set."""
        self._set(response, "pass", [self.active.secret] if self.active else [], YEAR_S)
        self._set(response, KEPT, [entry.secret for entry in self.kept], YEAR_S)
        self._set(response, OPENED, [self.opened.secret] if self.opened else [], OPENED_S)
        if self._session:
            mine = [entry.given for entry in (self.active, *self.kept) if entry is not None]
            note_sign_in(response, self._request, self._session, [main_role(given.roles) for given in mine])
        return response

    def _set(self, response: Response, kind: str, secrets: list[str], seconds: int) -> None:
        name = cookie_name(self._session, self._scheme, kind)
        if not secrets and name not in self._present:
            return
        path = f"/s/{self._session}" if self._session else "/"
        set_cookie(response, self._request, name, ".".join(secrets), seconds if secrets else 0, path)
        response.headers["cache-control"] = "no-store"
