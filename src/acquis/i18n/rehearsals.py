"""What pages and documents say of a rehearsal: one with invented people is simulated, in the other one people practise
a session of their own."""

from __future__ import annotations

from typing import Protocol

from acquis.i18n import N_, say

SIMULATED = N_("Rehearsal: all participants are simulated.")
PRACTICE = N_("Rehearsal: people practised for a session. The people named in the programme said nothing here.")
MARK_SIMULATED = N_("rehearsal with simulated participants")
MARK_PRACTICE = N_("Rehearsal")
STAND_IN_SIMULATED, STAND_IN_PRACTICE = "Panellist {number} (simulated)", "Panellist {number} (rehearsal)"
"""The names of speakers in the log, in the language of all logs."""


class MayBeRehearsal(Protocol):
    """Something of a session that may be a rehearsal. `practice`: if it is one, people practise in it."""

    @property
    def rehearsal(self) -> bool: ...
    @property
    def practice(self) -> bool: ...


def rehearsal_notice(language: str, session: MayBeRehearsal) -> str:
    """The sentence that pages and documents show of a rehearsal; empty if the session is none."""
    return say(language, PRACTICE if session.practice else SIMULATED) if session.rehearsal else ""


def rehearsal_mark(language: str, session: MayBeRehearsal) -> str:
    """The same in few words, beside a title in a list; empty if the session is none."""
    return say(language, MARK_PRACTICE if session.practice else MARK_SIMULATED) if session.rehearsal else ""


def stand_in(number: int, session: MayBeRehearsal) -> str:
    """The name of a speaker in a rehearsal, so that nobody believes that the person of the programme spoke."""
    return (STAND_IN_PRACTICE if session.practice else STAND_IN_SIMULATED).format(number=number)
