"""How to take part as calendar and feed: the deadlines of one way in, and the opportunities of every process."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import get_args

import msgspec
from starlette.responses import Response

from acquis.command import Refused
from acquis.i18n import N_, say
from acquis.plan import dates
from acquis.reference.deadlines import Due
from acquis.reference.feeds import FeedEntry
from acquis.reference.library import Library, library
from acquis.reference.records import Meeting, Process, ReferenceRecord, Who
from acquis.reference.taking_part import Chance, StepNow, Way, coming, way_in
from acquis.web.api.feeds import feed_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.words import reference as words

MOST = 200
"""The most entries of a feed."""


class TakePartQuery(msgspec.Struct, frozen=True):
    """The kind of participant and the process asked for; "" for none. `wrong`: that of them
    whose value is unknown."""

    who: Who | None
    process: str
    wrong: str = ""


def asked_of(context: RequestContext, books: Library) -> TakePartQuery:
    """The query parameters `who` and `process`."""
    who, process = (context.query(name).strip()[:80] for name in ("who", "process"))
    kind: Who | None = next((known for known in get_args(Who) if known == who), None)
    known = isinstance(books.records.get(process), Process)
    wrong = "process" if process and not known else "who" if who and kind is None else ""
    return TakePartQuery(kind, process if known else "", wrong)


@endpoint("GET", "/reference/take-part.{form:slug}", roles=PUBLIC, name="reference_take_part_feed")
async def feed(context: RequestContext) -> Response:
    """`/reference/take-part.ics?who=&process=` and `.atom`. Raises Refused."""
    books = library()
    asked = asked_of(context, books)
    if asked.who is None or not asked.process:
        raise Refused("no_such_page")
    way = way_in(books, asked.process, asked.who, dates.date_of(context.now))
    language, base = context.language, context.base_url.rstrip("/")
    entries = [*_steps(language, way, base), *(_entry(language, books, chance, base) for chance in way.next)]
    title = context.say(N_("How to take part: {process}"), process=way.process.short)
    return feed_of(
        context, entries, title, f"/reference/take-part?who={asked.who}&process={asked.process}", "reference"
    )


@endpoint("GET", "/reference/opportunities.{form:slug}", roles=PUBLIC, name="reference_opportunities")
async def all_chances(context: RequestContext) -> Response:
    """`/reference/opportunities.ics` and `.atom`: what is to come in every process."""
    language, base, books = context.language, context.base_url.rstrip("/"), library()
    chances = coming(books, dates.date_of(context.now), MOST)
    entries = [_entry(language, books, chance, base) for chance in chances]
    return feed_of(context, entries, context.say(N_("Opportunities to take part")), "/reference/take-part", "reference")


def _steps(language: str, way: Way, base: str) -> Iterator[FeedEntry]:
    """The future deadlines of the steps."""
    for now in way.steps:
        if now.due is not None and now.state != "closed":
            yield _step(language, now, now.due, base)


def _step(language: str, now: StepNow, due: Due, base: str) -> FeedEntry:
    text = " ".join(filter(None, (now.step.what, now.step.unsure, _doubt(language, now.step))))
    return FeedEntry(
        id=f"step-{now.step.id}",
        title=now.step.title,
        text=text,
        starts=due.at,
        day=True,
        url=base + words.href(now.step),
        tentative=now.step.status != "sourced",
        updated=_updated(now.step),
        alarm_days=(14, 1),
    )


def _entry(language: str, books: Library, chance: Chance, base: str) -> FeedEntry:
    """An opportunity as an entry of a calendar. The title says if it is not announced, because a calendar shows little
    else."""
    opportunity, meeting = chance.opportunity, books.records.get(chance.opportunity.meeting)
    sure = chance.certainty in ("announced", "held")
    certainty = say(language, words.CERTAINTIES[chance.certainty])
    name = (
        opportunity.title
        if sure
        else say(language, N_("{title} ({certainty})"), title=opportunity.title, certainty=certainty)
    )
    sentences = (
        words.chance_words(language, chance),
        opportunity.note,
        words.counted_words(language, opportunity.limits),
    )
    starts, ends = _days(chance, meeting if isinstance(meeting, Meeting) else None)
    return FeedEntry(
        id=f"opportunity-{opportunity.id}",
        title=name,
        text=". ".join(text.rstrip(". ") for text in (*sentences, _doubt(language, opportunity)) if text),
        starts=starts,
        ends=ends,
        day=True,
        url=base + words.href(opportunity),
        tentative=not sure,
        updated=_updated(opportunity),
        alarm_days=(14, 1) if opportunity.deadline else (7,),
    )


def _days(chance: Chance, meeting: Meeting | None) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """The times of an opportunity: its deadline, or its first and last day."""
    if chance.due is None:
        return None, None
    opportunity, at = chance.opportunity, chance.due.at
    if opportunity.deadline:
        return at, None
    first, last = (
        (opportunity.starts, opportunity.ends)
        if opportunity.starts or meeting is None
        else (meeting.starts, meeting.ends)
    )
    noon = datetime.time(12, tzinfo=at.tzinfo)
    begin = datetime.datetime.combine(first, noon) if first else at
    return begin, datetime.datetime.combine(last, noon) if last else None


def _doubt(language: str, record: ReferenceRecord) -> str:
    return "" if record.status == "sourced" else say(language, words.STATUSES[record.status])


def _updated(record: ReferenceRecord) -> datetime.datetime:
    return datetime.datetime.combine(record.as_of, datetime.time(), datetime.UTC)
