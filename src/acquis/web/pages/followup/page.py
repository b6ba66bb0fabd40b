"""The pages of commitments of a session and of all sessions."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any, get_args

import msgspec
from starlette.responses import Response

from acquis.command import BODY, ORGANIZER
from acquis.events import CommitmentStatus
from acquis.followup.commitments import KEEPERS
from acquis.followup.due_words import due_written, meeting_names
from acquis.followup.filtering import LISTED, Row, traits
from acquis.followup.joining import joined, offers, places_of
from acquis.followup.tracking import ANSWERS, STATUSES, Tracked, answer_counts, board, counts, tracked
from acquis.plan import dates
from acquis.reference.library import library
from acquis.reference.records import AskedAction, Item
from acquis.roster.action_lists import LoadedAction
from acquis.state import State
from acquis.web.api.followup import TITLE, all_tracked, titles_of, wanted
from acquis.web.http.assets import AGE, DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.words import followup as words
from acquis.web.words.action_lists import loaded_by
from acquis.web.words.reference import ACTORS, DOUBTS, date_words, href


class MadeLink(msgspec.Struct, frozen=True):
    """The link for a body that was just made: of which commitment, its address, and the text of a letter."""

    commitment: int
    address: str
    letter: str


class OpenLink(msgspec.Struct, frozen=True):
    """The link with which a body can answer: until when it works, and the day of its first use; empty: not used."""

    until: str
    used: str


@page(
    "/s/{session:slug}/followup",
    roles=PUBLIC,
    scripts=("shared/dom.js", "pages/plan/page.js"),
    styles=(DOCUMENT,),
)
async def followup(context: RequestContext) -> Response:
    """Each call to action of a session, what was made of it, and every change with its evidence."""
    return await shown(context)


async def shown(context: RequestContext, made: MadeLink | None = None) -> Response:
    """The page of a session. `made`: the link that was just made, which is shown once."""
    state, now, language = context.state, context.now, context.language
    title, rehearsal = state.programme.title, state.programme.rehearsal
    listed = [tracked(context.id, title, rehearsal, commitment, now) for commitment in state.commitments.values()]
    everywhere = await all_tracked(context) if any(commitment.same for commitment in listed) else []
    rows = [row for row in joined(everywhere) if row.calls]
    return context.render(
        "pages/followup/page.html",
        state=state,
        listed=board(listed),
        calls=_calls(state, listed),
        row_of={entry: row for row in rows for session, entry in places_of(row) if session == context.id},
        other_call=lambda change: words.other_call(language, change, titles_of(everywhere)),
        keeper=bool(context.actor.roles & KEEPERS),
        meetings=meeting_names().values(),
        due_written=due_written,
        processes=library().processes,
        day=lambda at: dates.day(at, language),
        authors=context.application.roster.authors(context.id),
        signers={} if state.settings.chatham else context.application.roster.names(context.id),
        made=made,
        organizer=ORGANIZER in context.actor.roles,
        open_links=_open_links(context) if ORGANIZER in context.actor.roles else {},
        blank=defaultdict(str),
        progress=get_args(CommitmentStatus),
        **_common_values(context),
    )


def _open_links(context: RequestContext) -> dict[int, OpenLink]:
    """Commitment -> the link with which the body can answer it."""
    valid = {given.person: given for given in context.application.roster.passes(context.id) if BODY in given.roles}
    asked = {entry: valid.get(call.addressee) for entry, call in context.session.state.commitments.items()}
    return {
        entry: OpenLink(
            dates.day(given.until - 1, context.language),
            dates.day(given.used, context.language) if given.used else "",
        )
        for entry, given in asked.items()
        if given is not None and given.is_valid(context.now)
    }


def _common_values(context: RequestContext) -> dict[str, Any]:
    """The template variables of all pages of commitments."""
    books, language = library(), context.language
    return {
        "statuses": context.words(words.STATUSES),
        "kinds": context.words(words.CHANGE_KINDS),
        "actors": context.words(ACTORS),
        "due": lambda entry: words.due_words(language, entry),
        "who": lambda entry: words.who(language, entry),
        "answers": context.words(words.ANSWERS),
        "answer_of": lambda entry: words.answer_of(language, entry),
        "own_words": lambda change: words.own_words(language, change),
        "due_before": lambda change: words.due_before(language, change),
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
    return [
        (report.seq, n, text, sum(commitment.source == text for commitment in listed))
        for n, text in enumerate(texts, 1)
    ]


@page("/followup", roles=PUBLIC, name="followup_board", styles=(DOCUMENT,), scripts=AGE)
async def followup_board(context: RequestContext) -> Response:
    """The commitments of all sessions, filtered."""
    chosen, calls = wanted(context), await all_tracked(context)
    everything, elsewhere, loaded = joined(calls), library().of(AskedAction), _loaded(context)
    rows: list[Row] = [*everything, *elsewhere, *(row.action for row, _ in loaded)]
    all_traits = [traits(row) for row in rows]
    organizer = ORGANIZER in context.actor.roles
    return context.render(
        "pages/followup/board.html",
        listed=board(row for row in everything if chosen.takes(row)),
        of=len(everything),
        organizer=organizer,
        alike=await asyncio.to_thread(offers, everything) if organizer else [],
        counted=counts(everything),
        chosen=chosen,
        query=context.request.url.query,
        order=STATUSES,
        dues=context.words(words.DUES),
        listed_status=(LISTED, context.say(words.LISTED)),
        answered=answer_counts(everything),
        answer_order=ANSWERS,
        sessions=titles_of(calls),
        processes=_named({row.process for row in all_traits}),
        items=_named({item for row in all_traits for item in row.items}),
        title=context.say(TITLE),
        books=library(),
        asked=[row for row in elsewhere if chosen.takes(row)],
        loaded=[(row, who) for row, who in loaded if chosen.takes(row.action)],
        in_lists=len(elsewhere) + len(loaded),
        doubts=context.words(DOUBTS),
        **_common_values(context),
    )


def _loaded(context: RequestContext) -> list[tuple[LoadedAction, str]]:
    """The rows of public action lists that organizers loaded, each with who loaded it and when."""
    roster = context.application.roster
    names = roster.names("")
    return [(row, loaded_by(context.language, row, names)) for row in roster.actions.all()]


def _named(ids: set[str]) -> list[tuple[str, str]]:
    """The ids and titles of the records of these ids, items of the framework first."""
    records = [record for id in sorted(ids) if id and (record := library().find(id)) is not None]
    records.sort(key=lambda record: (not isinstance(record, Item), record.id))
    return [
        (record.id, f"{record.id}: {record.title}" if isinstance(record, Item) else record.title) for record in records
    ]
