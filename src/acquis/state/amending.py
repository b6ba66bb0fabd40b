"""Effects of amendments of the programme, and of the choice of what the stage shows."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from acquis import events as ev
from acquis.attributes import attributes_of
from acquis.state.measures import Amendment
from acquis.state.model import State, effect


def amended(s: State, seq: int, at: int, event: ev.Event, before: str = "") -> None:
    """Keep a change with what was there before, for the record."""
    s.measures.amendments.append(Amendment(seq, at, event, before))


def show(s: State, scene: ev.Scene, seq: int, part: int = 0) -> None:
    """Let the stage show a scene from entry `seq` on. `part`: of a message; 0: the first."""
    s.scene, s.scene_entry, s.scene_part = scene, seq, part


@effect(ev.SpeakerAdded)
def _(s: State, e: ev.SpeakerAdded, seq: int, at: int, by: str) -> None:
    groups = attributes_of(e)
    listed = {
        "name": e.name,
        "organization": e.organization,
        "stakeholder_group": groups.stakeholder,
        "regional_group": groups.region,
    }
    seat = ev.Seat(e.name, e.organization, stakeholder=groups.stakeholder, region=groups.region)
    _amend(s, (*s.seats, seat), [*_listed(s), listed])
    amended(s, seq, at, e)


@effect(ev.SpeakerWithdrawn)
def _(s: State, e: ev.SpeakerWithdrawn, seq: int, at: int, by: str) -> None:
    was = s.seats[e.seat - 1]
    _amend(s, _with(s, e.seat, replace(was, withdrawn=True)), [part for part in _listed(s) if not _is(part, was)])
    amended(s, seq, at, e, was.name)


@effect(ev.SpeakerCorrected)
def _(s: State, e: ev.SpeakerCorrected, seq: int, at: int, by: str) -> None:
    was = s.seats[e.seat - 1]
    new = {"name": e.name, "organization": e.organization}
    listed = [{**part, **new} if _is(part, was) else part for part in _listed(s)]
    _amend(s, _with(s, e.seat, replace(was, name=e.name, organization=e.organization)), listed)
    amended(s, seq, at, e, _called(was.name, was.organization))


def _listed(s: State) -> list[Any]:
    """The speakers of the document of the programme, which readers see."""
    return list(s.programme.document.get("speakers") or ())


def _is(listed: Any, seat: ev.Seat) -> bool:
    return isinstance(listed, dict) and listed.get("name") == seat.name


def put_in_place(s: State, role: ev.TeamRole, former: str, name: str) -> None:
    """Let the document of the programme name another person in a role."""
    document, field = s.programme.document, f"{role}s"
    listed = list(document.get(field) or ())
    place = next((n for n, part in enumerate(listed) if isinstance(part, dict) and part.get("name") == former), None)
    if place is not None:
        listed[place] = {"name": name}
        s.programme = replace(s.programme, document={**document, field: listed})


def _called(name: str, organization: str) -> str:
    return ", ".join(filter(None, (name, organization)))


def _with(s: State, number: int, seat: ev.Seat) -> tuple[ev.Seat, ...]:
    return (*s.seats[: number - 1], seat, *s.seats[number:])


def _amend(s: State, seats: tuple[ev.Seat, ...], listed: list[Any]) -> None:
    document = {**s.programme.document, "speakers": listed} if s.programme.document else {}
    s.programme = replace(s.programme, seats=seats, document=document)


@effect(ev.TitleCorrected)
def _(s: State, e: ev.TitleCorrected, seq: int, at: int, by: str) -> None:
    amended(s, seq, at, e, s.programme.title)
    document = {**s.programme.document, "title": e.title} if s.programme.document else {}
    s.programme = replace(s.programme, title=e.title, document=document)


@effect(ev.SegmentTitleCorrected)
def _(s: State, e: ev.SegmentTitleCorrected, seq: int, at: int, by: str) -> None:
    amended(s, seq, at, e, s.segments[e.segment].title)
    segments, document = list(s.segments), s.programme.document
    segments[e.segment] = replace(segments[e.segment], title=e.title)
    listed = list(document.get("segments") or ())
    if e.segment < len(listed) and isinstance(listed[e.segment], dict):
        listed[e.segment] = {**listed[e.segment], "title": e.title}
        document = {**document, "segments": listed}
    s.programme = replace(s.programme, segments=tuple(segments), document=document)


@effect(ev.SegmentTimeChanged)
def _(s: State, e: ev.SegmentTimeChanged, seq: int, at: int, by: str) -> None:
    segments = list(s.segments)
    amended(s, seq, at, e, str(segments[e.segment].minutes))
    s.added_min += e.minutes - segments[e.segment].minutes
    segments[e.segment] = replace(segments[e.segment], minutes=e.minutes)
    s.programme = replace(s.programme, segments=tuple(segments))


@effect(ev.TurnTimeChanged)
def _(s: State, e: ev.TurnTimeChanged, seq: int, at: int, by: str) -> None:
    amended(s, seq, at, e, str(s.turns[e.turn].limit_s))
    s.turns.edit(e.turn).limit_s = e.limit_s


@effect(ev.SceneChosen)
def _(s: State, e: ev.SceneChosen, seq: int, at: int, by: str) -> None:
    show(s, e.scene, seq, e.part)


@effect(ev.ResultsShown)
def _(s: State, e: ev.ResultsShown, seq: int, at: int, by: str) -> None:
    s.results_shown = e.shown
