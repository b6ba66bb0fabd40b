"""The follow-up: of one session, where its commitments are kept; of all sessions, as a board with feeds and tables."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from acquis.board import Card
from acquis.documents.tables import written
from acquis.followup.commitments import KEEPERS
from acquis.followup.tracking import COLUMNS, STATUSES, Filter, Tracked, board, counts, rows, to_json, tracked
from acquis.i18n import N_, say
from acquis.reference.feeds import FeedEntry, atom, calendar
from acquis.reference.library import library
from acquis.reference.records import Item, Meeting
from acquis.state import State
from acquis.web.api.actions import PAGES
from acquis.web.http import passes
from acquis.web.http.application import Application, house_of
from acquis.web.http.problems import problem
from acquis.web.http.rendering import language_of, render
from acquis.web.pages.record import page as record_page
from acquis.web.words import dates
from acquis.web.words import followup as words
from acquis.web.words.phrases import lines
from acquis.web.words.reference import ACTORS, date_words, href

Typed = dict[str, str]
TITLE = N_("Follow-up: what was called for, and what came of it")


async def session_page(request: Request, wrong: str = "", typed: Typed | None = None, status: int = 200) -> Response:
    """`/s/{id}/followup`: each call to action, what was made of it, and every change with its evidence."""
    found = await record_page.published(request, "followup")
    if isinstance(found, Response):
        return found
    session, state, _ = found
    house, language, me = house_of(request), language_of(request), passes.pass_of(request, session.log)
    assert state.programme is not None
    now = house.clock.now()
    listed = [
        tracked(session.log, state.programme.title, state.programme.rehearsal, one, now)
        for one in state.commitments.values()
    ]
    return render(
        request,
        "pages/followup/page.html",
        status,
        page="board",
        session=session.log,
        me=me,
        state=state,
        listed=board(listed),
        calls=_calls(state, listed),
        keeper=bool(me.roles & KEEPERS),
        meetings=_meetings(),
        processes=library().processes,
        day=lambda at: dates.day(at, language),
        authors=house.roster.authors(session.log),
        problem=wrong,
        typed=defaultdict(str, typed or {}),
        blank=defaultdict(str),
        **_usual(language),
    )


def _usual(language: str) -> dict[str, Any]:
    """What every page of commitments needs."""
    books = library()
    return {
        "statuses": lines(language, words.STATUSES),
        "kinds": lines(language, words.KINDS),
        "actors": lines(language, ACTORS),
        "due": lambda one: words.due_words(language, one),
        "who": lambda one: words.who(language, one),
        "author": lambda roles, simulated: words.author(language, roles, simulated),
        "record_of": books.find,
        "href": href,
        "date": lambda text: date_words(language, text),
        "document": lambda symbol: books.document(symbol),
    }


def _calls(state: State, listed: list[Tracked]) -> list[tuple[int, int, str, int]]:
    """The calls to action of the newest report: its entry, their number, their text, and how many commitments were made
    of the same sentence."""
    if not state.reports:
        return []
    report = state.reports[-1]
    texts = [sentence.text for sentence in report.body.calls_to_action]
    return [(report.seq, n, text, sum(one.source == text for one in listed)) for n, text in enumerate(texts, 1)]


def _meetings() -> list[Meeting]:
    """The meetings that a deadline may count from, the latest first."""
    dated = [meeting for meeting in library().meetings() if meeting.starts]
    return sorted(dated, key=lambda meeting: str(meeting.starts), reverse=True)


# --- the board of all sessions ----------------------------------------------------------------------------------


async def all_tracked(house: Application) -> list[Tracked]:
    """The commitments of every session."""
    now, books = house.clock.now(), library()
    cards: list[Card] = await house.board.listing(now)
    return [tracked(c.id, c.title, c.rehearsal, one, now, books) for c in cards for one in c.commitments]


def wanted(request: Request) -> Filter:
    """The filter that an address asks for."""
    asked = {name: request.query_params.get(name, "")[:120] for name in Filter.__struct_fields__}
    return Filter(**asked)


async def board_page(request: Request) -> Response:
    """`/followup`: the commitments of all sessions, filtered."""
    language, chosen = language_of(request), wanted(request)
    everything = await all_tracked(house_of(request))
    shown = [one for one in everything if chosen.takes(one)]
    books = library()
    return render(
        request,
        "pages/followup/board.html",
        200,
        page="board",
        me=passes.organizer_of(request),
        listed=board(shown),
        of=len(everything),
        counted=counts(everything),
        chosen=chosen,
        query=request.url.query,
        order=STATUSES,
        sessions={one.session: one.session_title for one in everything},
        processes=_named({one.process for one in everything}),
        items=_named({item for one in everything for item in one.items}),
        title=say(language, TITLE),
        books=books,
        **_usual(language),
    )


def _named(ids: set[str]) -> list[tuple[str, str]]:
    """The ids and titles of the records of these ids, items of the framework first."""
    found = [record for id in sorted(ids) if id and (record := library().find(id)) is not None]
    found.sort(key=lambda record: (not isinstance(record, Item), record.id))
    return [
        (record.id, f"{record.id}: {record.title}" if isinstance(record, Item) else record.title) for record in found
    ]


async def feed(request: Request) -> Response:
    """`/followup.ics`, `.atom`, `.csv`, `.json`, with the filters of the page."""
    house, language, kind = house_of(request), language_of(request), request.path_params["form"]
    chosen, base = wanted(request), str(request.base_url).rstrip("/")
    found = board(one for one in await all_tracked(house) if chosen.takes(one))
    if kind == "csv":
        return _file(written(COLUMNS, rows(found)), "text/csv; charset=utf-8")
    if kind == "json":
        return _file(to_json(found), "application/json")
    if kind == "ics":
        due = [_date(language, one, base) for one in found if one.due_at]
        return _file(
            calendar(due, say(language, TITLE), dates.instant(house.clock.now())), "text/calendar; charset=utf-8"
        )
    changes = [_changed(language, one, number, base) for one in found for number in range(len(one.changes))]
    changes = sorted(changes, key=lambda entry: (entry.updated, entry.id), reverse=True)[:200]
    newest = max((entry.updated for entry in changes), default=dates.instant(0))
    tag = f"tag:{request.url.hostname},2026:follow-up"
    if kind != "atom":
        return problem(request, 404, "no_such_page")
    text = atom(changes, say(language, TITLE), tag, f"{base}/followup", newest, own=str(request.url), language=language)
    return _file(text, "application/atom+xml; charset=utf-8")


def _file(content: bytes, kind: str) -> Response:
    return Response(content, 200, {"cache-control": "no-store"}, kind)


def _place(one: Tracked, base: str) -> str:
    return f"{base}/s/{one.session}/followup#c{one.entry}"


def _date(language: str, one: Tracked, base: str) -> FeedEntry:
    """The due day of a commitment, for a diary."""
    text = " · ".join((words.who(language, one), say(language, words.STATUSES[one.status]), one.session_title))
    return FeedEntry(
        id=f"{one.session}-{one.entry}",
        title=one.what[:120],
        text=text,
        starts=dates.instant(one.due_at),
        day=True,
        url=_place(one, base),
        updated=dates.instant(one.changed_at),
        alarm_days=(7, 1) if one.status in ("open", "in_progress", "overdue") else (),
    )


def _changed(language: str, one: Tracked, number: int, base: str) -> FeedEntry:
    """A change of a commitment, for a reader of feeds."""
    change = one.changes[number]
    return FeedEntry(
        id=f"{one.session}-{change.entry}",
        title=f"{say(language, words.KINDS.get(change.kind, change.kind))}: {one.what[:100]}",
        text=words.entry_text(language, one, change),
        url=_place(one, base),
        updated=dates.instant(change.at),
    )


PAGES["followup"] = lambda request, sentence, typed, status: session_page(request, sentence, typed, status)

ROUTES = [
    Route("/followup", board_page, methods=["GET"], name="followup_board"),
    Route("/followup.{form:slug}", feed, methods=["GET"], name="followup_feed"),
    Route("/s/{session:slug}/followup", session_page, methods=["GET"], name="followup"),
]
