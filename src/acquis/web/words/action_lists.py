"""Phrases about the rows of public action lists that were loaded."""

from __future__ import annotations

from collections.abc import Mapping

from acquis.i18n import N_, say
from acquis.plan import dates
from acquis.roster.action_lists import LoadedAction


def loaded_by(language: str, row: LoadedAction, names: Mapping[str, str]) -> str:
    """Who loaded a row, and when, as a heading without a full stop. names: the id of an organizer -> the name."""
    day, name = dates.day(row.at, language), names.get(row.person, "")
    if name:
        return say(language, N_("Loaded by {name} on {day}"), name=name, day=day)
    return say(language, N_("Loaded by an organizer on {day}"), day=day)
