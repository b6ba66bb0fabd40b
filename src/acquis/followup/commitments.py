"""The commands for commitments, and the status of a commitment at a given time."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, ClassVar, get_args

import msgspec

from acquis import events as ev
from acquis.command import (
    ENDED,
    MODERATORS,
    ORGANIZER,
    RAPPORTEUR,
    Actor,
    Command,
    Of,
    References,
    Refused,
    Text,
    Written,
)
from acquis.followup.due_words import LANGUAGE, due_read
from acquis.i18n.dates import day_read
from acquis.reference import deadlines, symbols
from acquis.reference import records as rec
from acquis.reference.library import Library, library
from acquis.reference.taking_part import spans
from acquis.state import Commitment, State

KEEPERS = MODERATORS | {RAPPORTEUR, ORGANIZER}
WHAT_LIMIT = 600
WHO_LIMIT = 200
NOTE_LIMIT = 2000
DUE_LIMIT = 200
SYMBOL_LIMIT = 60
URL_LIMIT = 500
COMMITMENTS_LIMIT = 200
ACTORS = get_args(rec.Actor)
ZONE = "UTC"
UNFINISHED = ("open", "accepted", "in_progress")
"""The statuses of which something is still to be done."""
_URL = re.compile(r"^https?://[^\s<>\"]{3,}$")


def _actor(written: str) -> str:
    if written and written not in ACTORS:
        raise Refused("no_such_actor", actor=written[:60], actors=ACTORS)
    return written


def _process(written: str) -> str:
    id = written.strip()
    if id and not isinstance(library().records.get(id), rec.Process):
        raise Refused("no_such_reference", id=id[:60])
    return id


def _due(written: str) -> str:
    text = due_read(written)
    try:
        rule = deadlines.parse_deadline(text)
    except ValueError as error:
        raise Refused("bad_due", due=text[:60]) from error
    if isinstance(rule, deadlines.Rule) and not isinstance(library().records.get(rule.name), rec.Meeting):
        raise Refused("bad_due", due=text[:60])
    if isinstance(rule, str) and rule:
        raise Refused("bad_due", due=text[:60])
    return text


def _symbol(written: str) -> str:
    if not written.strip():
        return ""
    symbol = symbols.parse_symbol(written.strip())
    if symbol is None:
        raise Refused("bad_symbol", symbol=written.strip()[:60])
    return symbol.normal


def _link(written: str) -> str:
    url = written.strip()
    if url and not _URL.match(url):
        raise Refused("bad_link")
    return url


What = Annotated[str, Text(WHAT_LIMIT)]
Who = Annotated[str, Text(WHO_LIMIT, empty=True)]
KindOfActor = Annotated[str, Written(_actor, ("no_such_actor",), "a kind of actor", ACTORS)]
Due = Annotated[str, Written(_due, ("bad_due",), f"a date or a rule, at most {DUE_LIMIT} characters", limit=DUE_LIMIT)]
Process = Annotated[str, Written(_process, ("no_such_reference",), "the id of a process")]
Note = Annotated[str, Text(NOTE_LIMIT)]
Symbol = Annotated[
    str,
    Written(
        _symbol, ("bad_symbol",), f"the symbol of a document, at most {SYMBOL_LIMIT} characters", limit=SYMBOL_LIMIT
    ),
]
Link = Annotated[str, Written(_link, ("bad_link",), f"a link of at most {URL_LIMIT} characters", limit=URL_LIMIT)]


class MakeCommitment(Command, frozen=True, gc=False):
    """Record a commitment from a call to action; it is a call until the body that it names accepts it. `what`, by whom
    (`who`, a named body, or `actor`, a kind of actor), by when (`due`, a date or a rule such as
    "end(gm-dtg-2026-12)"; or `due_words`), in which `process`, on which `items` of the reference (ids separated by
    blanks). `report` and `call` name its source: the entry of a report, and the number of a call to action in it, from
    1."""

    roles: ClassVar = KEEPERS
    phases: ClassVar = ENDED
    refusals: ClassVar = ("no_such_call", "too_many_commitments")
    what: What
    who: Who = ""
    actor: KindOfActor = ""
    due: Due = ""
    due_words: Who = ""
    process: Process = ""
    items: Annotated[str, References] = ""
    report: int = 0
    call: int = 0

    def rule(self, state: State, by: Actor, at: int, items: tuple[str, ...]) -> ev.Event | None:
        if len(state.commitments) >= COMMITMENTS_LIMIT:
            raise Refused("too_many_commitments", limit=COMMITMENTS_LIMIT)
        if self.call or self.report:
            _call(state, self.report, self.call)
        terms = _terms(self, items)
        made = ev.CommitmentMade(**terms, report=self.report, call=self.call)
        return None if any(made == known.steps[0].body for known in state.commitments.values()) else made


class AmendCommitment(Command, frozen=True, gc=False):
    """Change the wording of a commitment and say why. The fields are those of `make_commitment`; the earlier wording
    stays in its history."""

    roles: ClassVar = KEEPERS
    commitment: Annotated[int, Of("commitments")]
    why: Note
    what: What
    who: Who = ""
    actor: KindOfActor = ""
    due: Due = ""
    due_words: Who = ""
    process: Process = ""
    items: Annotated[str, References] = ""

    def rule(self, state: State, by: Actor, at: int, commitment: Commitment, items: tuple[str, ...]) -> ev.Event | None:
        terms = _terms(self, items)
        if all(getattr(commitment, field) == value for field, value in terms.items()):
            return None
        return ev.CommitmentAmended(self.commitment, self.why, **terms)


class NoteProgress(Command, frozen=True, gc=False):
    """Report the progress of a commitment: its status ("open", "accepted" or "declined" by the body that it names,
    "in_progress", "done", "dropped") and a note, with evidence: the `symbol` of a document, a link, the day it happened
    (`on`, ISO 8601). "accepted", "declined" and "done" need a symbol or a link."""

    roles: ClassVar = KEEPERS
    refusals: ClassVar = ("bad_day", "evidence_missing")
    commitment: Annotated[int, Of("commitments")]
    status: ev.CommitmentStatus
    note: Note
    symbol: Symbol = ""
    url: Link = ""
    on: str = ""

    def rule(self, state: State, by: Actor, at: int, commitment: Commitment) -> ev.Event | None:
        on = _day(self.on, at)
        if self.status in ("accepted", "declined", "done") and not self.symbol and not self.url:
            raise Refused("evidence_missing").at("symbol")
        noted = ev.CommitmentProgressed(self.commitment, self.status, self.note, self.symbol, self.url, on)
        return None if noted == commitment.steps[-1].body else noted


def _call(state: State, entry: int, number: int) -> None:
    calls = next((len(report.body.calls_to_action) for report in state.reports if report.seq == entry), 0)
    if not 1 <= number <= calls:
        raise Refused("no_such_call", call=number)


def _terms(asked: MakeCommitment | AmendCommitment, items: tuple[str, ...]) -> dict[str, Any]:
    """The fields that the events of making and of amending a commitment share."""
    terms = {name: getattr(asked, name) for name in ("what", "who", "actor", "due", "due_words", "process")}
    return {**terms, "items": items}


def _day(written: str, at: int) -> str:
    text = written.strip()
    if not text:
        return ""
    day = day_read(text, LANGUAGE)
    if day is None:
        raise Refused("bad_day", day=text[:40])
    tomorrow = datetime.datetime.fromtimestamp(at // 1000, datetime.UTC).date() + datetime.timedelta(days=1)
    if day > tomorrow:  # later than today in every time zone
        raise Refused("bad_day", day=text[:40])
    return day.isoformat()


# --- reading ----------------------------------------------------------------------------------------------------


class Standing(msgspec.Struct, frozen=True):
    """A commitment at a given time: its status, or "overdue"; when it is due; and in how many days."""

    commitment: Commitment
    status: str
    due: deadlines.Due | None
    days: int | None
    """Whole days until the due day, negative after it; None without one."""


def standing(commitment: Commitment, now: int, books: Library | None = None) -> Standing:
    """The commitment as of `now` (ms since 1970). A due day ends at midnight UTC or, if it depends on a meeting, at
    midnight in the time zone of the meeting's venue."""
    books = books or library()
    due = due_of(commitment.due, books)
    moment = datetime.datetime.fromtimestamp(now / 1000, datetime.UTC)
    late = due is not None and moment > due.at.astimezone(datetime.UTC) and commitment.status in UNFINISHED
    days = (due.day - moment.astimezone(due.at.tzinfo).date()).days if due is not None else None
    return Standing(commitment, "overdue" if late else commitment.status, due, days)


def due_of(written: str, books: Library) -> deadlines.Due | None:
    """When a commitment with this date or rule is due; None if no date is known."""
    rule = deadlines.parse_deadline(written)
    if not isinstance(rule, deadlines.Rule):
        return deadlines.due(written, ZONE, {})
    meeting = books.records.get(rule.name)
    zone = meeting.zone if isinstance(meeting, rec.Meeting) else ZONE
    return deadlines.due(written, zone, spans(books))


COMMANDS = (MakeCommitment, AmendCommitment, NoteProgress)
