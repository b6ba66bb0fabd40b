"""Reminders of the reports that are due: which are to be sent, and which were.

A report has three steps: it can be filed (`due`), half an hour is left (`soon`), its deadline has passed (`late`). Of a
step that passed while no server ran, only the latest is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from acquis.board.cards import Card
from acquis.board.gatherings import Owed, owed
from acquis.record.faults import DataProblem
from acquis.record.keys import write_durably

Step = Literal["due", "soon", "late"]
Channel = Literal["mail", "webhook"]
SOON_MS = 30 * 60_000
OLD_MS = 7 * 24 * 3600 * 1000
"""How long after its deadline a report is reminded of: a server that begins to send does not tell of past years."""
FILE = "reminders.json"


class Reminder(msgspec.Struct, frozen=True):
    """That a report has reached a step."""

    report: Owed
    step: Step

    @property
    def id(self) -> str:
        """A name that the step of this report has for ever."""
        return f"{self.report.card.id}.{self.report.what}.{self.step}"


def reminders(cards: Iterable[Card], now: int) -> Iterator[Reminder]:
    """The present step of each report that can be filed and is not. Rehearsals and cancelled sessions have none."""
    real = (card for card in cards if not (card.rehearsal or card.practice or card.cancelled))
    for report in owed(real, now):
        if report.is_outstanding and now - report.due < OLD_MS:
            yield Reminder(report, _step(report, now))


def _step(report: Owed, now: int) -> Step:
    if report.is_late:
        return "late"
    return "soon" if report.due - now <= SOON_MS else "due"


class SentReminders:
    """The reminders that were sent, in a file, so that a start does not send them again."""

    def __init__(self, folder: Path) -> None:
        """Raises DataProblem if the file is damaged."""
        self._path = folder / FILE
        self._sent: dict[str, dict[Channel, int]] = {}
        try:
            self._sent = msgspec.json.decode(self._path.read_bytes(), type=dict[str, dict[Channel, int]])
        except FileNotFoundError:
            pass
        except msgspec.MsgspecError as error:
            raise DataProblem(f"{self._path} is damaged. Remove it; reminders are then sent again.") from error

    def has(self, reminder: Reminder, channel: Channel) -> bool:
        """Whether a reminder was sent by a channel."""
        return channel in self._sent.get(reminder.id, {})

    def note(self, reminder: Reminder, channel: Channel, now: int) -> None:
        """Note durably that a reminder was sent. Raises OSError; it is then known until the process ends."""
        self._sent.setdefault(reminder.id, {})[channel] = now
        write_durably(self._path, msgspec.json.encode(self._sent))
