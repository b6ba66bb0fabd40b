"""Many sessions at once: a gathering with its takeaways and the reports that are due, sessions side by side, and a
search in everything that was said."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

import msgspec
from starlette.responses import Response

from acquis.board.cards import Card, Line, LineKind
from acquis.board.gatherings import Gathering, chosen, gatherings, owed
from acquis.command import Refused
from acquis.documents.schedules import SCHEDULE_FORMS
from acquis.followup.tracking import tracked
from acquis.i18n import N_
from acquis.plan import dates
from acquis.reference.library import Library, library
from acquis.reference.records import Document, Item
from acquis.web.http import lengths
from acquis.web.http.assets import AGE, DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.words import followup as followup_words
from acquis.web.words.lines import LINE_KIND, LINE_KINDS
from acquis.web.words.reference import href

OWED: dict[str, str] = {
    "late": N_("overdue"),
    "due": N_("due"),
    "filed_late": N_("filed late"),
    "not_yet": N_("not due yet"),
    "filed": N_("filed"),
    "not_followed": N_("Due date only (filing is tracked elsewhere)"),
}
DUTIES: dict[str, str] = {"takeaways": N_("Key takeaways and call to action"), "report": N_("Full report")}
MOST_COMPARED = 4
SHOWN = 100


class Wish(msgspec.Struct, frozen=True):
    """The filter of the page of a gathering or of the search; an empty field accepts everything."""

    q: str = ""
    item: str = ""
    process: str = ""
    group: str = ""
    kind: str = ""

    @property
    def any(self) -> bool:
        """Whether a reader asks for a part of the lines, and not for all."""
        return bool(self.q or self.item or self.process or self.group or self.kind)


def wish_of(context: RequestContext) -> Wish:
    """What the query parameters ask for; each is cut to the length of a search."""
    return Wish(**{name: context.query(name).strip()[: lengths.SEARCH] for name in Wish.__struct_fields__})


def items_of(wish: Wish, books: Library) -> set[str]:
    """The ids of the reference that a line must be about; with a process, everything that belongs to it."""
    ids = {wish.item} if wish.item else set()
    if wish.process:
        ids.add(wish.process)
        for record in books.records.values():
            owner = record.body if isinstance(record, Document) else getattr(record, "process", "")
            if owner == wish.process:
                ids.add(record.id)
    return ids


async def lines_of(context: RequestContext, cards: list[Card], wish: Wish) -> list[Line]:
    """What these sessions said that fits the wish: by closeness where words are searched, else in order. What was
    spoken is searched by words only, and comes last."""
    board = context.application.board
    kinds = {wish.kind} if wish.kind in get_args(LineKind) else set()
    sessions = {card.id for card in cards}
    everything = await board.index.search(wish.q, sessions) if wish.q else [line for c in cards for line in c.lines]
    fitting = chosen(everything, items_of(wish, library()), kinds, wish.group)
    if wish.q and not (wish.item or wish.process or wish.group) and wish.kind in ("", "speech"):
        fitting = [*fitting, *await board.spoken(wish.q, cards, SHOWN)]
    return fitting


@page("/gatherings/{gathering:slug}", roles=PUBLIC, styles=(DOCUMENT,), scripts=AGE)
async def gathering(context: RequestContext) -> Response:
    """Its takeaways and calls to action, or what fits a search, and the reports that are due."""
    language, now, wish = context.language, context.now, wish_of(context)
    wanted = await gathering_of(context)
    cards = list(wanted.cards)
    due = owed(cards, now)
    said = await lines_of(context, cards, wish)
    if not wish.any:
        said = [line for line in said if line.kind in ("takeaway", "call_to_action")]
    return context.render(
        "pages/gathering/page.html",
        gathering=wanted,
        due=due,
        counted=Counter(task.state for task in due if task.what == "takeaways"),
        late={task.card.id for task in due if task.state == "late"},
        said=said[:SHOWN],
        more=len(said) - SHOWN,
        by_session=_by_session(said[:SHOWN]),
        here=f"/gatherings/{wanted.id}",
        timed=any(card.starts and not card.rehearsal for card in cards),
        schedule_forms=SCHEDULE_FORMS,
        at=lambda card: dates.moment(card.due, card.card.zone, language) if card.due else "",
        owed_words=lambda card: context.words(OWED)[card.state],
        late_by=lambda card: card.late_by(now),
        duties=context.words(DUTIES),
        **_common_values(context, wish, cards),
    )


async def gathering_of(context: RequestContext) -> Gathering:
    """The gathering that the address names. Raises Refused."""
    listing = await context.application.board.listing(context.now)
    for gathering in gatherings(listing):
        if gathering.id == context.part("gathering"):
            return gathering
    raise Refused("no_such_gathering")


def _by_session(said: list[Line]) -> list[tuple[Line, list[Line]]]:
    """The lines under their sessions, in the order of the first."""
    lines_of: dict[str, list[Line]] = {}
    for line in said:
        lines_of.setdefault(line.session, []).append(line)
    return [(own[0], own) for own in lines_of.values()]


def _common_values(context: RequestContext, wish: Wish, cards: list[Card]) -> dict[str, Any]:
    """The template variables of the filters and of the lists of lines."""
    books = library()
    ids = {item for card in cards for line in card.lines for item in line.about}
    records = [record for id in sorted(ids) if (record := books.find(id)) is not None]
    groups = {line.group for card in cards for line in card.lines if line.group}
    return {
        "wish": wish,
        "kinds": context.words(LINE_KINDS),
        "kind": context.words(LINE_KIND),
        "item_options": [(r.id, f"{r.id}: {r.title}") for r in records if isinstance(r, Item)],
        "process_options": [(r.id, r.short) for r in books.processes],
        "group_options": [(group, group) for group in sorted(groups)],
        "record_of": books.find,
        "href": href,
        "statuses": context.words(followup_words.STATUSES),
    }


@page("/said", roles=PUBLIC, styles=(DOCUMENT,), scripts=AGE)
async def said(context: RequestContext) -> Response:
    """`?q=`: everything that was said in all sessions, searched."""
    wish = wish_of(context)
    cards = await context.application.board.listing(context.now)
    fitting = await lines_of(context, cards, wish) if wish.any else []
    return context.render(
        "pages/gathering/said.html",
        by_session=_by_session(fitting[:SHOWN]),
        said=fitting[:SHOWN],
        more=len(fitting) - SHOWN,
        here="/said",
        **_common_values(context, wish, cards),
    )


@page("/gatherings/{gathering:slug}/compare", roles=PUBLIC, name="gathering_compare", styles=(DOCUMENT,), scripts=AGE)
async def compare(context: RequestContext) -> Response:
    """`?s=…&s=…`: two to four sessions side by side."""
    wanted, now = await gathering_of(context), context.now
    asked = list(dict.fromkeys(context.request.query_params.getlist("s")))[:MOST_COMPARED]
    cards = [card for card in wanted.cards if card.id in asked]
    return context.render(
        "pages/gathering/compare.html",
        gathering=wanted,
        cards=cards,
        asked=asked,
        owed={task.card.id: task for task in owed(cards, now) if task.what == "takeaways"},
        owed_words=lambda card: context.words(OWED)[card.state],
        tracked={
            c.id: [tracked(c.id, c.title, c.rehearsal, commitment, now) for commitment in c.commitments] for c in cards
        },
        shared=_shared(cards),
        most=MOST_COMPARED,
        **_common_values(context, Wish(), cards),
    )


def _shared(cards: list[Card]) -> list[tuple[str, set[str]]]:
    """The items of the reference that two or more of the sessions spoke about, and which."""
    by_item: dict[str, set[str]] = {}
    for card in cards:
        for line in card.lines:
            for item in line.about:
                by_item.setdefault(item, set()).add(card.id)
    return [(item, sessions) for item, sessions in sorted(by_item.items()) if len(sessions) > 1]
