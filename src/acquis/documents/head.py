"""The head of a report: time and place of the session, and its people."""

from __future__ import annotations

from datetime import datetime

from acquis.documents.amendments import changes_of_people
from acquis.documents.view import Named, ReportView
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.state import State
from acquis.text.plain_text import one_line


def facts(view: ReportView, state: State, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The facts at the head: time and place of the session, the people of each role at its end, who was replaced."""
    date, time = when(view)
    rows = [
        (say(language, label), (one_line(value),))
        for label, value in (
            (N_("Number"), view.number),
            (N_("Event"), view.gathering),
            (N_("Date"), date),
            (N_("Time"), time),
            (N_("Room"), view.room),
        )
        if value
    ]
    people = [
        (word(language, "role", role), tuple(map(_person, named))) for role, named in view.people.items() if named
    ]
    changes = changes_of_people(state, language)
    return (*rows, *people, *([(say(language, N_("Changes")), changes)] if changes else []))


def _person(person: Named) -> str:
    return one_line(", ".join(filter(None, (person.name, person.organization, person.stakeholder, person.region))))


def when(view: ReportView) -> tuple[str, str]:
    """Date and time of the programme with its time zone; if they are not in ISO 8601, an empty date and both texts."""
    try:
        starts, ends = datetime.fromisoformat(view.starts), datetime.fromisoformat(view.ends)
    except ValueError:
        return "", " / ".join(filter(None, (view.starts, view.ends)))
    return starts.date().isoformat(), f"{starts:%H:%M}-{ends:%H:%M} ({view.zone})"
