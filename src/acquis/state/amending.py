"""Effects of amendments of the programme, and of the choice of what the stage shows."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from acquis import events as ev
from acquis.attributes import attributes_of
from acquis.state.model import State, effect


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


@effect(ev.SpeakerWithdrawn)
def _(s: State, e: ev.SpeakerWithdrawn, seq: int, at: int, by: str) -> None:
    was = s.seats[e.seat - 1]
    _amend(s, _with(s, e.seat, replace(was, withdrawn=True)), [part for part in _listed(s) if not _is(part, was)])


@effect(ev.SpeakerCorrected)
def _(s: State, e: ev.SpeakerCorrected, seq: int, at: int, by: str) -> None:
    was = s.seats[e.seat - 1]
    new = {"name": e.name, "organization": e.organization}
    listed = [{**part, **new} if _is(part, was) else part for part in _listed(s)]
    _amend(s, _with(s, e.seat, replace(was, name=e.name, organization=e.organization)), listed)


def _listed(s: State) -> list[Any]:
    """The speakers of the document of the programme, which readers see."""
    return list(s.programme.document.get("speakers") or ())


def _is(listed: Any, seat: ev.Seat) -> bool:
    return isinstance(listed, dict) and listed.get("name") == seat.name


def _with(s: State, number: int, seat: ev.Seat) -> tuple[ev.Seat, ...]:
    return (*s.seats[: number - 1], seat, *s.seats[number:])


def _amend(s: State, seats: tuple[ev.Seat, ...], listed: list[Any]) -> None:
    document = {**s.programme.document, "speakers": listed} if s.programme.document else {}
    s.programme = replace(s.programme, seats=seats, document=document)


@effect(ev.SegmentTimeChanged)
def _(s: State, e: ev.SegmentTimeChanged, seq: int, at: int, by: str) -> None:
    segments = list(s.segments)
    s.added_min += e.minutes - segments[e.segment].minutes
    segments[e.segment] = replace(segments[e.segment], minutes=e.minutes)
    s.programme = replace(s.programme, segments=tuple(segments))


@effect(ev.TurnTimeChanged)
def _(s: State, e: ev.TurnTimeChanged, seq: int, at: int, by: str) -> None:
    s.turns[e.turn].limit_s = e.limit_s


@effect(ev.SceneChosen)
def _(s: State, e: ev.SceneChosen, seq: int, at: int, by: str) -> None:
    s.scene = e.scene
    s.scene_entry = seq


@effect(ev.ResultsShown)
def _(s: State, e: ev.ResultsShown, seq: int, at: int, by: str) -> None:
    s.results_shown = e.shown
