"""The security log: what happens to passes, codes and erasures, one JSON line for each on standard error.

It contains no secrets, no codes, no names, no addresses and no ids for votes. A participant who joins is told without
an id: the order of the lines would show whose vote is whose."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from acquis.command import PARTICIPANT
from acquis.command.actors import main_role
from acquis.roster import Erasure, Pass
from acquis.web.http.limits import RateLimit

SecurityEvent = Literal[
    "pass_issued", "pass_first_used", "pass_replaced", "pass_limited", "pass_revoked", "pass_failed", "code_failed",
    "code_replaced", "signed_in", "sign_in_refused", "sign_in_failed", "signed_out", "text_erased", "person_erased",
]  # fmt: skip
FAILURES = ("pass_failed", "code_failed", "sign_in_refused", "sign_in_failed")
COMMAND_LINE = "acquis pass"
"""Who revoked a pass from outside of the server."""


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


class SecurityLog:
    """Writes the log. Of failures 60 are written at once and one a second; a line then says how many were left out."""

    def __init__(self, now: Callable[[], int], write: Callable[[str], None] = _to_stderr) -> None:
        self._now, self._write = now, write
        self._failures, self._left_out = RateLimit(60, 1), 0

    def tell(self, event: SecurityEvent, session: str = "", **facts: str | int) -> None:
        """Writes a line. `session`: empty for all sessions; facts that are empty are left out."""
        now = self._now()
        line: dict[str, Any] = {"time": datetime.fromtimestamp(now / 1000, UTC).isoformat(), "log": "security"}
        line |= {"event": event, "session": session, **{name: value for name, value in facts.items() if value}}
        if event in FAILURES:
            if self._failures.wait("", now):
                self._left_out += 1
                return
            if self._left_out:
                line["left_out"], self._left_out = self._left_out, 0
        self._write(msgspec.json.encode(line).decode())

    def pass_event(self, event: SecurityEvent, given: Pass, by: str = "") -> None:
        """Writes a line about a pass; `by`: the person who did it, if it is known."""
        if not given.roles:
            return  # somebody who speaks without a device has no pass
        role = main_role(given.roles)
        person = "" if role == PARTICIPANT and event == "pass_issued" else given.person
        self.tell(event, given.session, role=role, person=person, by=by)

    def erased(self, erasure: Erasure) -> None:
        """Writes a line about an erasure that was carried out in all files."""
        event: SecurityEvent = "person_erased" if erasure.person else "text_erased"
        self.tell(event, erasure.session, texts=len(erasure.texts), by="" if erasure.person else erasure.by)
