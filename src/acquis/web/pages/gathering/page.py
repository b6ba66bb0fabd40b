"""Many sessions at once: a gathering with its takeaways and the reports that are due, sessions side by side, and a
search in everything that was said."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from acquis.board.cards import Card, Line, LineKind
from acquis.board.gatherings import Gathering, Owed, chosen, gatherings, owed
from acquis.followup.tracking import tracked
from acquis.i18n import N_
from acquis.reference.library import Library, library
from acquis.reference.records import Document, Item
from acquis.web.http import passes
from acquis.web.http.application import Application, house_of
from acquis.web.http.problems import problem
from acquis.web.http.rendering import language_of, render
from acquis.web.words import dates
from acquis.web.words import followup as followup_words
from acquis.web.words.phrases import lines
from acquis.web.words.reference import href

KINDS: dict[str, str] = {
    "takeaway": N_("Key takeaways"),
    "call_to_action": N_("Call to action"),
    "commitment": N_("Commitments"),
    "statement": N_("Statements"),
    "question": N_("Questions"),
    "speech": N_("What was said"),
}
KIND: dict[str, str] = {
    "takeaway": N_("Key takeaway"),
    "call_to_action": N_("Call to action"),
    "commitment": N_("Commitment"),
    "statement": N_("Statement"),
    "question": N_("Question"),
    "speech": N_("Said"),
}
OWED: dict[str, str] = {
    "late": N_("late"),
    "due": N_("due"),
    "filed_late": N_("filed late"),
    "not_yet": N_("not due yet"),
    "filed": N_("filed"),
    "not_followed": N_("date only: whether it was filed is kept elsewhere"),
}
DUTIES: dict[str, str] = {"takeaways": N_("key takeaways and call to action"), "report": N_("full report")}
MOST_COMPARED = 4
SHOWN = 100


class Wish(msgspec.Struct, frozen=True):
    """What the page of a gathering or of the search is asked for; empty: everything."""

    q: str = ""
    item: str = ""
    process: str = ""
    group: str = ""
    kind: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.q or self.item or self.process or self.group or self.kind)


def wish_of(request: Request) -> Wish:
    """What an address asks for."""
    return Wish(**{name: request.query_params.get(name, "").strip()[:200] for name in Wish.__struct_fields__})


def items_of(wish: Wish, books: Library) -> set[str]:
    """The ids of the reference that a line must be about; with a process, everything that belongs to it."""
    found = {wish.item} if wish.item else set()
    if wish.process:
        found.add(wish.process)
        for record in books.records.values():
            owner = record.body if isinstance(record, Document) else getattr(record, "process", "")
            if owner == wish.process:
                found.add(record.id)
    return found


async def lines_of(house: Application, cards: list[Card], wish: Wish) -> list[Line]:
    """What these sessions said that fits the wish: by closeness where words are searched, else in order. What was
    spoken is searched by words only, and comes last."""
    kinds = {wish.kind} if wish.kind in get_args(LineKind) else set()
    sessions = {card.id for card in cards}
    everything = house.board.index.search(wish.q, sessions) if wish.q else [line for c in cards for line in c.lines]
    found = chosen(everything, items_of(wish, library()), kinds, wish.group)
    if wish.q and not (wish.item or wish.process or wish.group) and wish.kind in ("", "speech"):
        found = [*found, *await house.board.spoken(wish.q, cards, SHOWN)]
    return found


async def gathering(request: Request) -> Response:
    """`/gatherings/{id}`"""
    house, language = house_of(request), language_of(request)
    found = await _gathering(house, request.path_params["gathering"])
    if found is None:
        return problem(request, 404, "no_such_gathering")
    now, wish, cards = house.clock.now(), wish_of(request), list(found.cards)
    due = owed(cards, now)
    said = await lines_of(house, cards, wish)
    if not wish.any:
        said = [line for line in said if line.kind in ("takeaway", "call_to_action")]
    return render(
        request,
        "pages/gathering/page.html",
        200,
        page="board",
        me=passes.organizer_of(request),
        gathering=found,
        due=due,
        counted=Counter(one.state for one in due if one.what == "takeaways"),
        late={one.card.id for one in due if one.state == "late"},
        said=said[:SHOWN],
        more=len(said) - SHOWN,
        by_session=_by_session(said[:SHOWN]),
        here=f"/gatherings/{found.id}",
        at=lambda one: dates.moment(one.due, one.card.zone, language) if one.due else "",
        owed_words=lambda one: lines(language, OWED)[one.state],
        late_by=lambda one: one.late_by(now),
        duties=lines(language, DUTIES),
        **_usual(language, wish, cards),
    )


async def _gathering(house: Application, id: str) -> Gathering | None:
    listing = await house.board.listing(house.clock.now())
    return next((found for found in gatherings(listing) if found.id == id), None)


def _by_session(said: list[Line]) -> list[tuple[Line, list[Line]]]:
    """The lines under their sessions, in the order of the first."""
    found: dict[str, list[Line]] = {}
    for line in said:
        found.setdefault(line.session, []).append(line)
    return [(own[0], own) for own in found.values()]


def _usual(language: str, wish: Wish, cards: list[Card]) -> dict[str, Any]:
    """What the filters and the lists of lines need."""
    books = library()
    ids = {item for card in cards for line in card.lines for item in line.about}
    records = [record for id in sorted(ids) if (record := books.find(id)) is not None]
    groups = {line.group for card in cards for line in card.lines if line.group}
    return {
        "wish": wish,
        "kinds": lines(language, KINDS),
        "kind": lines(language, KIND),
        "item_options": [(r.id, f"{r.id}: {r.title}") for r in records if isinstance(r, Item)],
        "process_options": [(r.id, r.short) for r in books.processes],
        "group_options": [(group, group) for group in sorted(groups)],
        "record_of": books.find,
        "href": href,
        "statuses": lines(language, followup_words.STATUSES),
    }


async def said(request: Request) -> Response:
    """`/said?q=`: everything that was said in all sessions, searched."""
    house, wish = house_of(request), wish_of(request)
    cards = await house.board.listing(house.clock.now())
    found = await lines_of(house, cards, wish) if wish.any else []
    return render(
        request,
        "pages/gathering/said.html",
        200,
        page="board",
        me=passes.organizer_of(request),
        by_session=_by_session(found[:SHOWN]),
        said=found[:SHOWN],
        more=len(found) - SHOWN,
        here="/said",
        **_usual(language_of(request), wish, cards),
    )


async def compare(request: Request) -> Response:
    """`/gatherings/{id}/compare?s=…&s=…`: two to four sessions side by side."""
    house, language = house_of(request), language_of(request)
    found = await _gathering(house, request.path_params["gathering"])
    if found is None:
        return problem(request, 404, "no_such_gathering")
    asked = list(dict.fromkeys(request.query_params.getlist("s")))[:MOST_COMPARED]
    cards = [card for card in found.cards if card.id in asked]
    now = house.clock.now()
    return render(
        request,
        "pages/gathering/compare.html",
        200,
        page="board",
        me=passes.organizer_of(request),
        gathering=found,
        cards=cards,
        asked=asked,
        owed={one.card.id: one for one in owed(cards, now) if one.what == "takeaways"},
        owed_words=lambda one: lines(language, OWED)[one.state],
        tracked={c.id: [tracked(c.id, c.title, c.rehearsal, one, now) for one in c.commitments] for c in cards},
        shared=_shared(cards),
        most=MOST_COMPARED,
        **_usual(language, Wish(), cards),
    )


def _shared(cards: list[Card]) -> list[tuple[str, set[str]]]:
    """The items of the reference that two or more of the sessions spoke about, and which."""
    by_item: dict[str, set[str]] = {}
    for card in cards:
        for line in card.lines:
            for item in line.about:
                by_item.setdefault(item, set()).add(card.id)
    return [(item, sessions) for item, sessions in sorted(by_item.items()) if len(sessions) > 1]


def due_soon(cards: list[Card], now: int, most: int = 6) -> list[Owed]:
    """The reports that are late or due now, late ones first."""
    return [one for one in owed(cards, now) if one.state in ("late", "due")][:most]


ROUTES = [
    Route("/gatherings/{gathering:slug}", gathering, methods=["GET"], name="gathering"),
    Route("/gatherings/{gathering:slug}/compare", compare, methods=["GET"], name="gathering_compare"),
    Route("/said", said, methods=["GET"], name="said"),
]
