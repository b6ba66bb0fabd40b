"""A schedule: many sessions of one gathering; its clashes, and what a later version of it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from acquis.plan.check import span
from acquis.plan.document import Person, Programme
from acquis.text.folding import caseless

MOST_SESSIONS = 2000
"""The most sessions of a schedule."""
TIMETABLE = (
    "title", "number", "gathering", "starts", "ends", "zone", "room", "format", "theme", "description", "organizers",
    "speakers", "onsite_moderators",
)  # fmt: skip
"""The fields that a schedule states. What was added to a session here, such as its segments, is in other fields."""


class Schedule(msgspec.Struct, frozen=True):
    """The sessions of a schedule in the order of the file. `source` of each is its identity: the schedule's own id."""

    sessions: tuple[Programme, ...]


class Clash(msgspec.Struct, frozen=True):
    """Two sessions, by their places in the list, that need the same room or person (`name`) at the same time."""

    kind: Literal["room", "person"]
    name: str
    first: int
    second: int


class KnownSession(msgspec.Struct, frozen=True):
    """What an imported schedule says of a session that is known: its id here, the programme as it would become, and the
    fields that differ. Without fields it is unchanged."""

    session: str
    programme: Programme
    fields: tuple[str, ...]


class ScheduleComparison(msgspec.Struct, frozen=True):
    """A schedule against the sessions that are here: those that are new, those that are known, and the ids of those
    that came from the same schedule and are no longer in it."""

    new: tuple[Programme, ...]
    known: tuple[KnownSession, ...]
    gone: tuple[str, ...]

    @property
    def changed(self) -> list[KnownSession]:
        """The known sessions that would change."""
        return [difference for difference in self.known if difference.fields]


def clashes(sessions: Iterable[Programme]) -> list[Clash]:
    """The rooms and people that are needed twice at the same time, in the order of the sessions. A session without
    readable times is left out."""
    timed = [(both, place, programme) for place, programme in enumerate(sessions) if (both := span(programme))]
    timed.sort(key=lambda entry: (entry[0], entry[1]))
    needed_twice = []
    for needed in ("room", "person"):
        running: dict[str, tuple[datetime, int]] = {}
        for (starts, ends), place, programme in timed:
            for key, name in _needs(programme, needed):
                until, other = running.get(key, (starts, -1))
                if other >= 0 and starts < until:
                    kind: Literal["room", "person"] = "room" if needed == "room" else "person"
                    needed_twice.append(Clash(kind, name, other, place))
                if other < 0 or ends > until:
                    running[key] = (ends, place)
    return needed_twice


def _needs(programme: Programme, kind: str) -> Iterator[tuple[str, str]]:
    """What a session needs for itself: (the key by which it is the same, its name)."""
    if kind == "room":
        if programme.room:
            yield _folded(programme.room), programme.room
        return
    people = (*programme.speakers, *programme.onsite_moderators, *programme.online_moderators, *programme.rapporteurs)
    yield from {_folded(person.name): person.name for person in people if person.name}.items()


def _folded(name: str) -> str:
    return " ".join(caseless(name).split())


def compare(here: Iterable[tuple[str, Programme]], schedule: Schedule) -> ScheduleComparison:
    """A schedule against the sessions that are here, (id, programme) each: the same `source` is the same session, and
    so is one of an export of the event in another form that has the same title and begins at the same time. Only the
    fields of `TIMETABLE` are compared."""
    by_source = {programme.source: (id, programme) for id, programme in here if programme.source}
    origins = {_origin(programme.source) for programme in schedule.sessions}
    elsewhere = {slot: both for both in by_source.values() if (slot := _slot(both[1]))}
    new, known = [], []
    for programme in schedule.sessions:
        same, slot = by_source.get(programme.source), _slot(programme)
        if same is None and slot in elsewhere and _is_other_export(elsewhere[slot][1].source, programme.source):
            same = elsewhere.pop(slot)
        if same:
            id, earlier = same
            merged = _merged(
                earlier, programme if earlier.source == programme.source else _as_stated(earlier, programme)
            )
            fields = tuple(name for name in TIMETABLE if getattr(earlier, name) != getattr(merged, name))
            known.append(KnownSession(id, merged, fields))
        else:
            new.append(programme)
    listed = {programme.source for programme in schedule.sessions}
    gone = [id for source, (id, _) in by_source.items() if source not in listed and _origin(source) in origins]
    return ScheduleComparison(tuple(new), tuple(known), tuple(sorted(gone)))


def _origin(source: str) -> str:
    """The schedule from which a session came: its source without the id of the session."""
    return source.rpartition(":")[0]


def _slot(programme: Programme) -> tuple[str, datetime] | None:
    """The title and the start of a session, by which another export of the same event has it; None without a time."""
    both = span(programme)
    return (_folded(programme.title), both[0]) if both and programme.title else None


def _is_other_export(first: str, second: str) -> bool:
    """Whether two sources may be of one event in different forms ("frab:ferry25:g-1", "pretalx:ferry25:ABCDE"): some
    forms do not name their event."""
    (form, _, event), (other_form, _, other_event) = (_origin(source).partition(":") for source in (first, second))
    return form != other_form and (event == other_event or not event or not other_event)


def _as_stated(earlier: Programme, later: Programme) -> Programme:
    """A session of another export with what that does not state as it is here: numbers, names of time zones and of the
    event differ between exports and are no changes, and what is empty was left out."""
    kept = {name: getattr(earlier, name) for name in ("title", "number", "gathering", "starts", "zone")}
    kept |= {name: getattr(earlier, name) for name in TIMETABLE if not getattr(later, name)}
    here, there = span(earlier), span(later)
    if here and there and here[1] == there[1]:
        kept["ends"] = earlier.ends
    return replace(later, **kept)


def _merged(earlier: Programme, later: Programme) -> Programme:
    """The earlier programme with the timetable of the later one. People who stay keep what is known of them here."""
    fields = {name: getattr(later, name) for name in TIMETABLE}
    for role in ("organizers", "speakers", "onsite_moderators"):
        known = {_folded(person.name): person for person in getattr(earlier, role) if person.name}
        fields[role] = tuple(_completed(known.get(_folded(person.name)), person) for person in getattr(later, role))
    return replace(earlier, **fields)


def _completed(known: Person | None, stated: Person) -> Person:
    """A person as known here, with the name as it is stated now, and the organization if one is stated."""
    if known is None:
        return stated
    return replace(known, name=stated.name, organization=stated.organization or known.organization)
