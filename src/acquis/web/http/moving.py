"""Codes with which a person moves to another device. They are kept in memory, work once and for a few minutes."""

from __future__ import annotations

from acquis.web.http.ids import new_code

CODE_MS = 10 * 60_000


class Moves:
    """The codes with which a person moves a pass to another device, until they are used or end."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, str, int]] = {}

    def code_for(self, session: str, person: str, now: int) -> str:
        """A new code for a person of a session at a time (ms since 1970); an earlier one of the person ends."""
        for code, (its_session, its_person, until) in list(self._codes.items()):
            if until < now or (its_session, its_person) == (session, person):
                del self._codes[code]
        code = new_code()
        self._codes[code] = session, person, now + CODE_MS
        return code

    def take(self, session: str, code: str, now: int) -> str:
        """The person of a code, which ends; empty if there is no such code at this time."""
        its_session, person, until = self._codes.get(code, ("", "", 0))
        if its_session != session or until < now:
            return ""
        del self._codes[code]
        return person
