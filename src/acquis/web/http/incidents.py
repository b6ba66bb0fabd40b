"""What went wrong lately, counted by kind, so that the organizer is told. It is kept in memory only."""

from __future__ import annotations

from typing import NamedTuple

RECENT_MS = 24 * 3600 * 1000


class Incident(NamedTuple):
    """Something that went wrong: its kind, how often since the start, and when it last did (ms since 1970). The kind is
    the code of a refusal of service, `internal` for a defect, `clock_set` or `clock_behind`."""

    kind: str
    times: int
    last: int


class Incidents:
    """What went wrong since the start of the process."""

    def __init__(self) -> None:
        self._noted: dict[str, Incident] = {}

    def note(self, kind: str, now: int) -> None:
        """Notes that something of this kind went wrong at `now` (ms)."""
        before = self._noted.get(kind)
        self._noted[kind] = Incident(kind, before.times + 1 if before else 1, now)

    def recent(self, now: int) -> list[Incident]:
        """What went wrong in the last 24 hours, the latest first."""
        recent = [incident for incident in self._noted.values() if incident.last > now - RECENT_MS]
        return sorted(recent, key=lambda incident: incident.last, reverse=True)
