"""Gatherings (events such as IGF 2021) with their sessions, and the reports that are due."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from acquis.board.cards import Card, ChosenProcedure, Line
from acquis.floor.messages import ChooseProcedure
from acquis.reference import Profile, profile
from acquis.reference.deadlines import Due, Span, due, span_of
from acquis.reference.library import Library, library
from acquis.reference.records import Meeting
from acquis.text.folding import caseless

OwedState = Literal["filed", "filed_late", "late", "due", "not_yet", "not_followed"]
_ORDER = ("late", "due", "filed_late", "not_yet", "filed", "not_followed")


class Owed(msgspec.Struct, frozen=True):
    """A report that a session has to file: its kind, deadline and state. `filed` and `due` are in milliseconds since
    1970, or 0. The state `not_followed` means that it is not recorded here whether it was filed."""

    card: Card
    what: str
    due: int
    filed: int
    state: OwedState

    @property
    def is_late(self) -> bool:
        """Whether it is not filed and its deadline has passed."""
        return self.state == "late"

    @property
    def is_outstanding(self) -> bool:
        """Whether the report can be filed now and is not filed, in time or late."""
        return self.state in ("late", "due")

    def late_by(self, now: int) -> int:
        """Milliseconds after the deadline; 0 if it is not late or has no deadline."""
        return max(0, (self.filed or now) - self.due) if self.due else 0


class Gathering(msgspec.Struct, frozen=True):
    """A gathering: its id ("igf-2021"), its name, and the cards of its sessions by start."""

    id: str
    name: str
    cards: tuple[Card, ...]


def shared_procedure(cards: Iterable[Card]) -> ChosenProcedure | None:
    """The procedure that was chosen for the whole gathering, the latest of its sessions; None if there is none, or if
    its text was erased."""
    chosen = [card.procedure for card in cards if card.procedure is not None and card.procedure.chosen.shared]
    latest = max(chosen, key=lambda choice: choice.at, default=None)
    return latest if latest is not None and latest.chosen.text else None


def takes_procedure(card: Card) -> bool:
    """Whether a session takes the procedure of its gathering: one that is not cancelled and did not choose its own."""
    return not card.cancelled and (card.procedure is None or card.procedure.chosen.shared)


def procedure_to_take(cards: Iterable[Card], gathering: str) -> ChooseProcedure | None:
    """The command by which a session of a gathering (its name), whose programme was just published, takes the procedure
    of its gathering; None if there is none."""
    id = gathering_id(gathering)
    shared = shared_procedure(card for card in cards if card.gathering and gathering_id(card.gathering) == id)
    if shared is None or not gathering:
        return None
    name: Any = shared.chosen.procedure
    return ChooseProcedure(name, shared.chosen.text if name == "own" else "", shared=True)


def gathering_id(name: str) -> str:
    """The id of a gathering from its name: "IGF 2021" -> "igf-2021"."""
    return "-".join(re.findall(r"[a-z0-9]+", caseless(name)))[:60] or "gathering"


def gatherings(cards: Iterable[Card]) -> list[Gathering]:
    """The gatherings that are named by published sessions, the latest first."""
    by_gathering: dict[str, list[Card]] = {}
    for card in cards:
        if card.gathering and card.phase != "draft":
            by_gathering.setdefault(gathering_id(card.gathering), []).append(card)
    listed = [
        Gathering(id, own[0].gathering, tuple(sorted(own, key=lambda card: (card.starts, card.number, card.id))))
        for id, own in by_gathering.items()
    ]
    return sorted(listed, key=lambda gathering: gathering.cards[-1].starts, reverse=True)


def owed(cards: Iterable[Card], now: int) -> list[Owed]:
    """The reports of all sessions at `now` (ms): late ones first, the longest overdue on top, then by deadline."""
    reports = [report for card in cards for report in owed_by(card, now)]
    return sorted(reports, key=lambda report: (_ORDER.index(report.state), report.due, report.card.id, report.what))


def due_soon(cards: Iterable[Card], now: int, most: int = 6) -> list[Owed]:
    """The reports that are late or due now, late ones first."""
    return [task for task in owed(cards, now) if task.state in ("late", "due")][:most]


def owed_by(card: Card, now: int) -> list[Owed]:
    """The reports of one session: takeaways and call to action, and the other duties of its profile."""
    if card.phase == "draft":
        return []
    ended = card.closed_at or _ms(card.ends)
    first = ended + card.due_minutes * 60_000 if ended else 0
    takeaways = Owed(card, "takeaways", first, card.reported_at, _state(first, card, now))
    return [takeaways, *_duties(card)]


def _state(due: int, card: Card, now: int) -> OwedState:
    if card.reported_at:
        return "filed_late" if due and card.reported_at > due else "filed"
    if not due or (not card.closed_at and now < due - card.due_minutes * 60_000):
        return "not_yet"
    return "late" if now > due else "due"


def _duties(card: Card) -> list[Owed]:
    """The other duties of the profile that have a date; whether they were fulfilled is not recorded here. A date before
    the session is that of another edition, and nothing is due on it."""
    rules = _profile(card.profile)
    if rules is None:
        return []
    spans = _spans(card, library())
    when = [(duty.what, _due(duty.due, card.zone, spans)) for duty in rules.duties if duty.what != "takeaways"]
    dated = [(what, _instant(at)) for what, at in when if at is not None]
    return [Owed(card, what, at, 0, "not_followed") for what, at in dated if at >= _ms(card.starts)]


def _profile(name: str) -> Profile | None:
    try:
        return profile(name)
    except LookupError:
        return None


def _spans(card: Card, books: Library) -> dict[str, Span]:
    """The spans of the session and its gathering, as far as they are known."""
    spans = {}
    meeting = books.records.get(gathering_id(card.gathering))
    if isinstance(meeting, Meeting) and meeting.starts:
        spans["gathering"] = span_of(meeting.starts, meeting.ends, meeting.zone)
    begin, end = _ms(card.starts), card.closed_at or _ms(card.ends)
    if begin and end:
        spans["session"] = Span(_moment(begin), _moment(end))
    return spans


def _due(rule: str, zone: str, spans: dict[str, Span]) -> Due | None:
    try:
        return due(rule, zone, spans)
    except (ValueError, KeyError, OSError):  # a zone such as "GMT+03" is not a name of the time zone database
        return due(rule, "UTC", spans)


def _instant(at: Due) -> int:
    return int(at.at.timestamp() * 1000)


def _moment(ms: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(ms / 1000, ZoneInfo("UTC"))


def _ms(iso: str) -> int:
    """An ISO 8601 instant in milliseconds since 1970; 0 if the text is none or has no offset."""
    try:
        at = datetime.datetime.fromisoformat(iso)
    except ValueError:
        return 0
    return int(at.timestamp() * 1000) if at.tzinfo else 0


def chosen(lines: Iterable[Line], items: Collection[str], kinds: Collection[str], group: str) -> list[Line]:
    """The lines about any of these items, of these kinds, asked by this stakeholder group; an empty argument means
    all."""
    return [
        line
        for line in lines
        if (not items or set(line.about) & set(items))
        and (not kinds or line.kind in kinds)
        and (not group or line.group == group)
    ]
