"""The pages of the reference: what has been agreed, where it stands, who takes part, how well each fact is known."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.board import Line
from acquis.charts import timeline
from acquis.i18n import N_
from acquis.reference import symbols
from acquis.reference.audit import audit, counts
from acquis.reference.library import Library, back, facts, library
from acquis.reference.records import (
    Actor,
    Document,
    Item,
    Layer,
    Meeting,
    Opportunity,
    Outcome,
    Process,
    ProcessStep,
    ReferenceRecord,
    Source,
    Standing,
    Status,
)
from acquis.reference.search import search
from acquis.reference.taking_part import spans
from acquis.web.http import passes
from acquis.web.http.application import house_of
from acquis.web.http.problems import json_response, problem
from acquis.web.http.rendering import language_of, render
from acquis.web.pages.gathering.page import KIND as LINE_KINDS
from acquis.web.words import dates
from acquis.web.words import reference as words
from acquis.web.words.phrases import lines

COMPARED = ("gge-6", "oewg-2", "poa", "global-mechanism")
"""The processes side by side when nobody chose any."""
MOST_COMPARED = 4
MODALITIES = {
    "accreditation": N_("Others than states: accreditation"),
    "objection": N_("Others than states: who can object"),
    "oral": N_("Others than states: speaking"),
    "written": N_("Others than states: in writing"),
    "informal": N_("Others than states: informally"),
}
DATA: dict[str, Any] = {
    "processes": Process,
    "documents": Document,
    "meetings": Meeting,
    "items": Item,
    "steps": ProcessStep,
    "opportunities": Opportunity,
    "sources": Source,
}
"""The lists in `/reference.json` and the kind of record in each."""


def today_of(request: Request) -> datetime.date:
    """The day on the clock of the house, in UTC."""
    return dates.date_of(house_of(request).clock.now())


def show(request: Request, template: str, status: int = 200, /, **context: Any) -> Response:
    """A page of the reference, with the words and links that all of them need."""
    language, books = language_of(request), library()
    tables = {
        "status_words": words.STATUSES,
        "standing_words": words.STANDINGS,
        "certainty_words": words.CERTAINTIES,
        "consensus_words": words.CONSENSUS,
        "phase_words": words.PHASES,
        "who_words": words.WHO,
        "actor_words": words.ACTORS,
        "kinds_words": words.KINDS,
        "kind_words": words.KIND,
        "acts_words": words.ACTS,
        "action_words": words.ACTIONS,
        "state_words": words.STATES,
        "read_words": words.READ,
    }
    return render(
        request,
        _template(template),
        status,
        page="reference",
        me=passes.organizer_of(request),
        books=books,
        href=words.href,
        document_href=words.document_href,
        address=address_of,
        kind_of=words.kind_of,
        day=functools.partial(words.day, language),
        days=functools.partial(words.days_words, language),
        dated=functools.partial(words.date_words, language),
        counted=functools.partial(words.counted_words, language),
        chance_words=functools.partial(words.chance_words, language),
        today=today_of(request),
        here=template,
        **{name: lines(language, table) for name, table in tables.items()},
        **context,
    )


def _template(name: str) -> str:
    """The template of a page of the reference, by the name of the page."""
    return {"start": "pages/reference/page.html", "take_part": "pages/take_part/page.html"}.get(
        name, f"pages/reference/{name}.html"
    )


def address_of(symbol: str) -> str:
    """The official address of a document; empty for what is no symbol of a document of the UN."""
    found = symbols.parse_symbol(symbol)
    return found.url if found else ""


async def start(request: Request) -> Response:
    """`/reference?q=`"""
    books, asked = library(), request.query_params.get("q", "").strip()[:200]
    doubts = counts(audit(books, today_of(request)))
    symbol = symbols.parse_symbol(asked) if asked else None
    found = [(books.records[hit.id], hit) for hit in search(books, asked, 30)] if asked else []
    language = language_of(request)
    return show(
        request,
        "start",
        q=asked,
        found=[record for record, _ in found],
        symbol=symbol if symbol and not books.document(symbol.normal) else None,
        doubts=doubts,
        total=len(books.records),
        as_of=max((record.as_of for record in books.records.values()), default=None),
        explained=[(lines(language, words.STANDINGS)[s], lines(language, words.STANDINGS_EXPLAINED)[s])
                   for s in get_args(Standing)],
        sizes={kind: len(books.kind(kind)) for kind in words.KINDS},
    )  # fmt: skip


async def processes(request: Request) -> Response:
    """`/reference/processes?p=ID&p=ID`: two to four side by side."""
    books = library()
    named = {process.id: process for process in books.processes}
    asked = [id for id in dict.fromkeys(request.query_params.getlist("p")) if id in named]
    given = "p" in request.query_params
    shown = [named[id] for id in (asked if given else COMPARED) if id in named]
    return show(
        request,
        "processes",
        every=books.processes,
        shown=shown[:MOST_COMPARED],
        too_many=len(shown) > MOST_COMPARED,
        modalities=lines(language_of(request), MODALITIES),
    )


async def process(request: Request) -> Response:
    """`/reference/processes/{id}`"""
    books, language = library(), language_of(request)
    found = books.records.get(request.path_params["id"])
    if not isinstance(found, Process):
        return problem(request, 404, "no_such_page")
    shown = timeline.happenings(books, found)
    labels = {"announced": N_("announced"), "tentative": N_("provisional"), "predicted": N_("our guess")}
    return show(
        request,
        "process",
        record=found,
        modalities=lines(language, MODALITIES),
        happenings=shown,
        drawing=timeline.draw(shown, today_of(request), lines(language, labels)),
        documents=[one for one in books.documents if one.body == found.id],
        steps=books.steps(found.id),
        chances=chances_of(books, found.id),
        before=[one for one in books.processes if found.id in one.successor],
        about=await about(request, found.id),
        line_kinds=lines(language, LINE_KINDS),
    )


Dated = tuple[Opportunity, datetime.date | None, datetime.date | None]


def chances_of(books: Library, process: str) -> list[Dated]:
    """The opportunities of a process with their first and last day: what has no date first, then the latest."""
    known = spans(books)
    found = [(one, *timeline.days_of_chance(books, one, known)) for one in books.opportunities(process)]
    return sorted(found, key=lambda dated: (dated[2] or datetime.date.max, dated[0].id), reverse=True)


async def about(request: Request, id: str) -> list[Line]:
    """What sessions here said about a record."""
    house = house_of(request)
    return await house.board.about(id, house.clock.now())


async def framework(request: Request) -> Response:
    """`/reference/framework`"""
    books = library()
    return show(request, "framework", groups={kind: books.kind(kind) for kind in words.KINDS})


async def item(request: Request) -> Response:
    """`/reference/framework/{id}`"""
    books, language = library(), language_of(request)
    found = books.records.get(request.path_params["id"])
    if not isinstance(found, Item):
        return problem(request, 404, "no_such_page")
    ids = dict.fromkeys((*found.related, *(one.id for one in back(books, found.id))))
    near = [one for id in ids if (one := books.records.get(id)) is not None and one.id != found.id]
    return show(
        request,
        "item",
        record=found,
        layers=layers_of(books, found),
        guidance=[one for one in near if words.kind_of(one) == "instrument"],
        related=[one for one in near if words.kind_of(one) != "instrument"],
        about=await about(request, found.id),
        line_kinds=lines(language, LINE_KINDS),
    )


def layers_of(books: Library, found: Item) -> list[tuple[Layer, Document | None]]:
    """Where the item stands first and what later texts add, in the order of their dates; an undated one comes last."""
    first = [Layer(ref.symbol, ref.paras, found.status, found.standing) for ref in found.refs if ref.symbol]
    both = [(layer, books.document(layer.symbol)) for layer in (*first, *found.layers)]
    return sorted(both, key=lambda pair: pair[1].date if pair[1] and pair[1].date else "9999")


async def documents(request: Request) -> Response:
    """`/reference/documents?body=&standing=`: by year, the newest first."""
    books = library()
    body, standing = request.query_params.get("body", ""), request.query_params.get("standing", "")
    chosen = [
        one for one in books.documents if body in ("", one.body) and standing in ("", one.standing)
    ]  # fmt: skip
    chosen.sort(key=lambda one: (one.date, one.symbol), reverse=True)
    years: dict[str, list[Document]] = {}
    for one in chosen:
        years.setdefault(one.date[:4], []).append(one)
    named = {one.id: one.short for one in books.processes}
    bodies = sorted({one.body for one in books.documents}, key=lambda id: str(named.get(id, id)).casefold())
    return show(
        request,
        "documents",
        years=years,
        number=len(chosen),
        bodies=[(id, named.get(id, id)) for id in bodies],
        named=named,
        body=body,
        standing=standing,
    )


async def document(request: Request) -> Response:
    """`/reference/documents/{symbol}`; another spelling is led to the right one."""
    books, asked = library(), request.path_params["symbol"][:200].strip()
    read = symbols.parse_symbol(asked)
    normal = read.normal if read else asked
    found = books.document(normal)
    if found is None and isinstance(named := books.find(asked), Document):
        found = named
    right = found.symbol if found else normal
    if right != request.path_params["symbol"] and (found or read):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(words.document_href(right) + query, 308)
    if found is None:
        return show(request, "no_document", 404, symbol=read, asked=asked) if read else problem(
            request, 404, "no_such_page"
        )  # fmt: skip
    return show(
        request,
        "document",
        record=found,
        body=books.records.get(found.body),
        uses=list(uses(books, found.symbol)),
        about=await about(request, found.id),
        line_kinds=lines(language_of(request), LINE_KINDS),
    )


def uses(books: Library, symbol: str) -> Iterator[tuple[ReferenceRecord, str, Status]]:
    """The records that refer to a document, where in it, and how well that is known; each place once."""
    seen = set()
    for record in books.records.values():
        for paras, status in _places(record, symbol):
            if (record.id, paras) not in seen and record.id != f"doc:{symbol}":
                seen.add((record.id, paras))
                yield record, paras, status


def _places(record: ReferenceRecord, symbol: str) -> Iterator[tuple[str, Status]]:
    yield from ((ref.paras, record.status) for ref in record.refs if ref.symbol == symbol)
    for _, fact in facts(record):
        if isinstance(fact, Layer) and fact.symbol == symbol:
            yield fact.paras, fact.status
        if isinstance(fact, Outcome) and symbol in (fact.symbol, fact.endorsed_by):
            yield "", fact.status
        yield from ((ref.paras, fact.status) for ref in fact.refs if ref.symbol == symbol)


async def who(request: Request) -> Response:
    """`/reference/who`: norms against kinds of actors."""
    actors = get_args(Actor)
    rows = [
        (norm, [tuple(p.part for p in norm.partners if p.actor == actor) for actor in actors])
        for norm in library().kind("norm")
    ]
    return show(request, "who", rows=rows, actors=actors)


async def sources(request: Request) -> Response:
    """`/reference/sources`: every source, and how it was read."""
    return show(request, "sources", sources=sorted(library().sources.values(), key=lambda one: _by_code(one.id)))


def _by_code(id: str) -> tuple[str, int, str]:
    letters = id.rstrip("abcdefghijklmnopqrstuvwxyz0123456789")
    digits = "".join(char for char in id if char.isdigit())
    return letters, int(digits or 0), id


async def everything(request: Request) -> Response:
    """`/reference.json`: every record."""
    books = library()
    return json_response(
        200, {name: books.of(kind) if kind is not Source else list(books.sources.values())
              for name, kind in DATA.items()}
    )  # fmt: skip


async def schema(request: Request) -> Response:
    """`/reference/schema/{name}.json`: the JSON Schema of a list in `/reference.json`."""
    kind = DATA.get(request.path_params["name"])
    if kind is None:
        return problem(request, 404, "no_such_page")
    made = msgspec.json.schema(list[kind])  # type: ignore[valid-type]  # run time names it
    return json_response(200, {"$schema": "https://json-schema.org/draft/2020-12/schema", **made})


ROUTES = [
    Route("/reference", start, methods=["GET"], name="reference"),
    Route("/reference.json", everything, methods=["GET"], name="reference_json"),
    Route("/reference/schema/{name:slug}.json", schema, methods=["GET"], name="reference_schema"),
    Route("/reference/processes", processes, methods=["GET"], name="reference_processes"),
    Route("/reference/processes/{id}", process, methods=["GET"], name="reference_process"),
    Route("/reference/framework", framework, methods=["GET"], name="reference_framework"),
    Route("/reference/framework/{id}", item, methods=["GET"], name="reference_item"),
    Route("/reference/documents", documents, methods=["GET"], name="reference_documents"),
    Route("/reference/documents/{symbol:path}", document, methods=["GET"], name="reference_document"),
    Route("/reference/who", who, methods=["GET"], name="reference_who"),
    Route("/reference/sources", sources, methods=["GET"], name="reference_sources"),
]
