"""How to take part: the steps for one kind of participant, the dated chances, and both as calendar and feed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from acquis.i18n import N_, say
from acquis.reference.deadlines import Due
from acquis.reference.feeds import FeedEntry, atom, calendar
from acquis.reference.library import Library, library
from acquis.reference.records import Meeting, Process, ReferenceRecord, Who
from acquis.reference.taking_part import Chance, StepNow, Way, coming, way_in
from acquis.web.http.application import house_of
from acquis.web.http.problems import problem
from acquis.web.http.rendering import language_of
from acquis.web.pages.reference.page import show, today_of
from acquis.web.words import dates
from acquis.web.words import reference as words

MOST = 200
"""Entries of a feed."""


class TakePartQuery(msgspec.Struct, frozen=True):
    """Who asks about which process; empty: not said. `wrong` is what was said and is neither."""

    who: Who | None
    process: str
    wrong: str = ""


def asked_of(request: Request, books: Library) -> TakePartQuery:
    """What an address asks for."""
    who, process = (request.query_params.get(name, "").strip()[:80] for name in ("who", "process"))
    kind: Who | None = next((known for known in get_args(Who) if known == who), None)
    known = isinstance(books.records.get(process), Process)
    wrong = process if process and not known else who if who and kind is None else ""
    return TakePartQuery(kind, process if known else "", wrong)


async def page(request: Request) -> Response:
    """`/reference/take-part?who=company&process=global-mechanism`"""
    books, today = library(), today_of(request)
    asked = asked_of(request, books)
    way = way_in(books, asked.process, asked.who, today) if asked.who and asked.process else None
    language = language_of(request)
    wrong = say(language, N_("There is no “{name}” here. Choose from the lists."), name=asked.wrong)
    return show(
        request,
        "take_part",
        404 if asked.wrong else 200,
        problem=wrong if asked.wrong else "",
        asked=asked,
        way=way,
        open_to=books.processes,
        whos=get_args(Who),
        soon=[] if way else coming(books, today, 8),
        at=lambda due: moments(language, due),
    )


def moments(language: str, due: Due) -> tuple[str, str]:
    """A last moment on the clock of the venue, and in UTC (empty where that is the same clock)."""
    ms = int(due.at.timestamp() * 1000)
    zone = getattr(due.at.tzinfo, "key", "UTC")
    return dates.moment(ms, zone, language), "" if zone == "UTC" else dates.moment(ms, "UTC", language)


async def feed(request: Request) -> Response:
    """`/reference/take-part.ics?who=&process=` and `.atom`"""
    books = library()
    asked = asked_of(request, books)
    if asked.who is None or not asked.process:
        return problem(request, 404, "no_such_page")
    way = way_in(books, asked.process, asked.who, today_of(request))
    language, base = language_of(request), str(request.base_url).rstrip("/")
    entries = [*_steps(language, way, base), *(_entry(language, books, chance, base) for chance in way.next)]
    title = say(language, N_("How to take part: {process}"), process=way.process.short)
    return _file(request, entries, title, f"/reference/take-part?who={asked.who}&process={asked.process}")


async def all_chances(request: Request) -> Response:
    """`/reference/opportunities.ics` and `.atom`: what is to come in every process."""
    language, base, books = language_of(request), str(request.base_url).rstrip("/"), library()
    entries = [_entry(language, books, chance, base) for chance in coming(books, today_of(request), MOST)]
    return _file(request, entries, say(language, N_("Opportunities to take part")), "/reference/take-part")


def _file(request: Request, entries: list[FeedEntry], title: str, page: str) -> Response:
    base, now = str(request.base_url).rstrip("/"), dates.instant(house_of(request).clock.now())
    if request.path_params["form"] == "ics":
        content, kind = calendar(entries, title, now), "text/calendar; charset=utf-8"
    elif request.path_params["form"] == "atom":
        newest = max((entry.updated for entry in entries), default=dates.instant(0))
        tag = f"tag:{request.url.hostname},2026:reference"
        own, language = str(request.url), language_of(request)
        content = atom(entries, title, tag, base + page, newest, own=own, language=language)
        kind = "application/atom+xml; charset=utf-8"
    else:
        return problem(request, 404, "no_such_page")
    return Response(content, 200, {"cache-control": "no-store"}, kind)


def _steps(language: str, way: Way, base: str) -> Iterator[FeedEntry]:
    """The deadlines of the steps that are still ahead."""
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
    """A chance for a diary. One that nobody announced says so in its title, since a diary shows little else."""
    one, meeting = chance.opportunity, books.records.get(chance.opportunity.meeting)
    sure = chance.certainty in ("announced", "held")
    certainty = say(language, words.CERTAINTIES[chance.certainty])
    name = one.title if sure else say(language, N_("{title} ({certainty})"), title=one.title, certainty=certainty)
    sentences = (words.chance_words(language, chance), one.note, words.counted_words(language, one.limits))
    starts, ends = _days(chance, meeting if isinstance(meeting, Meeting) else None)
    return FeedEntry(
        id=f"opportunity-{one.id}",
        title=name,
        text=". ".join(text.rstrip(". ") for text in (*sentences, _doubt(language, one)) if text),
        starts=starts,
        ends=ends,
        day=True,
        url=base + words.href(one),
        tentative=not sure,
        updated=_updated(one),
        alarm_days=(14, 1) if one.deadline else (7,),
    )


def _days(chance: Chance, meeting: Meeting | None) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """The days of a chance: its deadline, or from its first to its last."""
    if chance.due is None:
        return None, None
    one, at = chance.opportunity, chance.due.at
    if one.deadline:
        return at, None
    first, last = (one.starts, one.ends) if one.starts or meeting is None else (meeting.starts, meeting.ends)
    noon = datetime.time(12, tzinfo=at.tzinfo)
    begin = datetime.datetime.combine(first, noon) if first else at
    return begin, datetime.datetime.combine(last, noon) if last else None


def _doubt(language: str, record: ReferenceRecord) -> str:
    return "" if record.status == "sourced" else say(language, words.STATUSES[record.status])


def _updated(record: ReferenceRecord) -> datetime.datetime:
    return datetime.datetime.combine(record.as_of, datetime.time(), datetime.UTC)


ROUTES: list[Any] = [
    Route("/reference/take-part", page, methods=["GET"], name="reference_take_part"),
    Route("/reference/take-part.{form:slug}", feed, methods=["GET"], name="reference_take_part_feed"),
    Route("/reference/opportunities.{form:slug}", all_chances, methods=["GET"], name="reference_opportunities"),
]
