"""The cases of every command, from all files of scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from acquis import events as ev
from acquis.command import MODERATORS

from . import (
    scenarios,
    scenarios_after,
    scenarios_amending,
    scenarios_calls,
    scenarios_contributions,
    scenarios_desk,
    scenarios_fates,
    scenarios_keys,
    scenarios_meetings,
    scenarios_messages,
    scenarios_moderation,
    scenarios_own,
    scenarios_registration,
    scenarios_speech,
    scenarios_team,
    scenarios_undoing,
    scenarios_words,
)
from .scenarios import Case, Refusal

_WRITTEN: tuple[Case, ...] = (
    *scenarios.case,
    *scenarios_words.case,
    *scenarios_after.case,
    *scenarios_calls.case,
    *scenarios_amending.case,
    *scenarios_contributions.case,
    *scenarios_fates.case,
    *scenarios_desk.case,
    *scenarios_own.case,
    *scenarios_registration.case,
    *scenarios_speech.case,
    *scenarios_meetings.case,
    *scenarios_messages.case,
    *scenarios_moderation.case,
    *scenarios_team.case,
    *scenarios_keys.case,
    *scenarios_undoing.case,
)


def _stopped() -> Iterator[Case]:
    """Every accepted case of a command with which people take part, or that moves the session on, in a pause; and of
    the former by a person who was silenced."""
    for case in _WRITTEN:
        kind = type(case.command)
        if not isinstance(case.then, ev.Event):
            continue
        if kind.takes_part or kind.conducts:
            yield Case((*case.given, ev.SessionPaused()), case.command, case.by, Refusal("session_paused", {}))
        if kind.takes_part and not case.by.roles & MODERATORS:
            silenced = ev.ParticipantSilenced(person=case.by.person, reason="flooding")
            yield Case((*case.given, silenced), case.command, case.by, Refusal("silenced", {}))


CASES = (*_WRITTEN, *_stopped())
