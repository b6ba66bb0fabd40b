"""The pages of the reference: norms, processes, documents, participants and sources."""

from __future__ import annotations

import asyncio
import datetime
import functools
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from starlette.responses import RedirectResponse, Response

from acquis.board import Line
from acquis.charts import timeline
from acquis.command import Refused
from acquis.i18n import N_
from acquis.plan import dates
from acquis.reference import symbols
from acquis.reference.audit import audit, counts
from acquis.reference.library import Library, back, facts, library
from acquis.reference.records import (
    Actor,
    Assertion,
    Document,
    Item,
    Layer,
    Opportunity,
    Outcome,
    Process,
    ReferenceRecord,
    Standing,
)
from acquis.reference.search import search
from acquis.reference.taking_part import spans
from acquis.text.folding import caseless
from acquis.web.http import lengths
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.words import reference as words
from acquis.web.words.lines import LINE_KIND

COMPARED = ("gge-6", "oewg-2", "poa", "global-mechanism")
"""The processes compared by default."""
MOST_COMPARED = 4
MODALITIES = {
    "accreditation": N_("Accreditation"),
    "objection": N_("Objections to accreditation"),
    "oral": N_("Oral statements"),
    "written": N_("Written input"),
    "informal": N_("Informal consultations"),
}
"""How non-State stakeholders take part."""


WITHIN = {"process": "processes", "item": "framework", "document": "documents"}
"""A page of one record -> the place of the navigation to which it belongs."""


def show(context: RequestContext, name: str, template: str, /, **values: Any) -> Response:
    """A page of the reference, by its name in the navigation, with the words and links that all of them need."""
    language, books = context.language, library()
    tables = {
        "status_words": words.STATUSES,
        "doubt_words": words.DOUBTS,
        "standing_words": words.STANDINGS,
        "certainty_words": words.CERTAINTIES,
        "consensus_words": words.CONSENSUS,
        "phase_words": words.PHASES,
        "who_words": words.WHO,
        "actor_words": words.ACTORS,
        "kinds_words": words.ITEM_KINDS,
        "kind_words": words.KIND,
        "acts_words": words.ACTS,
        "action_words": words.ACTIONS,
        "state_words": words.STATES,
        "read_words": words.READ,
        "against_words": words.AGAINST,
        "opens_words": words.OPENS,
    }
    return context.render(
        template,
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
        today=dates.date_of(context.now),
        here=name,
        within=WITHIN.get(name, ""),
        **{name: context.words(table) for name, table in tables.items()},
        **values,
    )


def address_of(symbol: str) -> str:
    """The official address of a document; empty if the symbol is not one of the United Nations."""
    parsed = symbols.parse_symbol(symbol)
    return parsed.url if parsed else ""


@page("/reference", roles=PUBLIC, name="reference")
async def start(context: RequestContext) -> Response:
    """`/reference?q=`: the start page of the reference and its search."""
    books, asked = library(), context.query("q").strip()[: lengths.SEARCH]
    doubts = counts(await asyncio.to_thread(audit, books, dates.date_of(context.now)))  # hundreds of records
    symbol = symbols.parse_symbol(asked) if asked else None
    hits = [(books.records[hit.id], hit) for hit in search(books, asked, 30)] if asked else []
    return show(
        context,
        "start",
        "pages/reference/page.html",
        q=asked,
        records=[record for record, _ in hits],
        symbol=symbol if symbol and not books.document(symbol.normal) else None,
        doubts=doubts,
        total=len(books.records),
        as_of=max((record.as_of for record in books.records.values()), default=None),
        explained=[(context.words(words.STANDINGS)[s], context.words(words.STANDINGS_EXPLAINED)[s])
                   for s in get_args(Standing)],
        sizes={kind: len(books.kind(kind)) for kind in words.ITEM_KINDS},
    )  # fmt: skip


@page("/reference/processes", roles=PUBLIC, name="reference_processes")
async def processes(context: RequestContext) -> Response:
    """`/reference/processes?p=ID&p=ID`: two to four side by side."""
    books = library()
    named = {process.id: process for process in books.processes}
    asked = [id for id in dict.fromkeys(context.request.query_params.getlist("p")) if id in named]
    given = "p" in context.request.query_params
    shown = [named[id] for id in (asked if given else COMPARED) if id in named]
    first, last = scale(shown[:MOST_COMPARED], dates.date_of(context.now).year)
    return show(
        context,
        "processes",
        "pages/reference/processes.html",
        every=books.processes,
        shown=shown[:MOST_COMPARED],
        too_many=len(shown) > MOST_COMPARED,
        first=first,
        last=last,
        modalities=context.words(MODALITIES),
    )


def scale(shown: Sequence[Process], this_year: int) -> tuple[int, int]:
    """The first and the last year of the common scale of some processes; one that continues lasts until this year."""
    years = [year for process in shown for year in (process.years.first, process.years.last or this_year)]
    return min(years, default=this_year), max(years, default=this_year)


@page(
    "/reference/processes/{id}",
    roles=PUBLIC,
    name="reference_process",
    styles=("pages/reference/timeline.css",),
)
async def process(context: RequestContext) -> Response:
    """`/reference/processes/{id}`: a process with its time line."""
    books = library()
    record = books.records.get(context.part("id"))
    if not isinstance(record, Process):
        raise Refused("no_such_page")
    shown = timeline.happenings(books, record)
    labels = {"announced": N_("announced"), "tentative": N_("provisional"), "predicted": N_("estimate")}
    return show(
        context,
        "process",
        "pages/reference/process.html",
        record=record,
        modalities=context.words(MODALITIES),
        happenings=shown,
        drawing=timeline.draw(shown, dates.date_of(context.now), context.words(labels)),
        documents=[document for document in books.documents if document.body == record.id],
        steps=books.steps(record.id),
        chances=chances_of(books, record.id),
        before=[earlier for earlier in books.processes if record.id in earlier.successor],
        about=await about(context, record.id),
        line_kinds=context.words(LINE_KIND),
    )


Dated = tuple[Opportunity, datetime.date | None, datetime.date | None]


def chances_of(books: Library, process: str) -> list[Dated]:
    """The opportunities of a process with their first and last day: what has no date first, then the latest."""
    known = spans(books)
    dated = [
        (opportunity, *timeline.days_of_chance(books, opportunity, known))
        for opportunity in books.opportunities(process)
    ]
    return sorted(dated, key=lambda dated: (dated[2] or datetime.date.max, dated[0].id), reverse=True)


async def about(context: RequestContext, id: str) -> list[Line]:
    """The lines of sessions of this server about a record."""
    return await context.application.board.about(id, context.now)


@page("/reference/framework", roles=PUBLIC, name="reference_framework")
async def framework(context: RequestContext) -> Response:
    """`/reference/framework`: the items of the framework by kind."""
    books = library()
    return show(
        context,
        "framework",
        "pages/reference/framework.html",
        groups={kind: books.kind(kind) for kind in words.ITEM_KINDS},
    )


@page("/reference/framework/{id}", roles=PUBLIC, name="reference_item")
async def item(context: RequestContext) -> Response:
    """`/reference/framework/{id}`: an item with its sources and uses."""
    books = library()
    record = books.records.get(context.part("id"))
    if not isinstance(record, Item):
        raise Refused("no_such_page")
    ids = dict.fromkeys((*record.related, *(other.id for other in back(books, record.id))))
    near = [other for id in ids if (other := books.records.get(id)) is not None and other.id != record.id]
    return show(
        context,
        "item",
        "pages/reference/item.html",
        record=record,
        layers=layers_of(books, record),
        guidance=[other for other in near if words.kind_of(other) == "instrument"],
        related=[other for other in near if words.kind_of(other) != "instrument"],
        about=await about(context, record.id),
        line_kinds=context.words(LINE_KIND),
    )


def layers_of(books: Library, item: Item) -> list[tuple[Layer, Document | None]]:
    """Where the item stands first and what later texts add, in the order of their dates; an undated one comes last."""
    first = [Layer(ref.symbol, ref.paras, item.status, item.standing) for ref in item.refs if ref.symbol]
    both = [(layer, books.document(layer.symbol)) for layer in (*first, *item.layers)]
    return sorted(both, key=lambda pair: pair[1].date if pair[1] and pair[1].date else "9999")


@page("/reference/documents", roles=PUBLIC, name="reference_documents")
async def documents(context: RequestContext) -> Response:
    """`/reference/documents?body=&standing=`: by year, the newest first."""
    books = library()
    body, standing = context.query("body"), context.query("standing")
    chosen = [
        document for document in books.documents if body in ("", document.body) and standing in ("", document.standing)
    ]  # fmt: skip
    chosen.sort(key=lambda record: (record.date, record.symbol), reverse=True)
    years: dict[str, list[Document]] = {}
    for document in chosen:
        years.setdefault(document.date[:4], []).append(document)
    named = {process.id: process.short for process in books.processes}
    bodies = sorted({document.body for document in books.documents}, key=lambda id: caseless(str(named.get(id, id))))
    return show(
        context,
        "documents",
        "pages/reference/documents.html",
        years=years,
        number=len(chosen),
        bodies=[(id, named.get(id, id)) for id in bodies],
        named=named,
        body=body,
        standing=standing,
    )


@page("/reference/documents/{symbol:path}", roles=PUBLIC, name="reference_document")
async def document(context: RequestContext) -> Response:
    """`/reference/documents/{symbol}`; another spelling of the symbol is redirected to the normal one."""
    books, asked = library(), context.part("symbol")[:200].strip()
    read = symbols.parse_symbol(asked)
    normal = read.normal if read else asked
    record = books.document(normal)
    if record is None and isinstance(named := books.find(asked), Document):
        record = named
    right = record.symbol if record else normal
    if right != context.part("symbol") and (record or read):
        query = f"?{context.request.url.query}" if context.request.url.query else ""
        return RedirectResponse(words.document_href(right) + query, 308)
    if record is None and read is None:
        raise Refused("no_such_page")
    if record is None:
        context.status = 404
        return show(context, "no_document", "pages/reference/no_document.html", symbol=read, asked=asked)
    return show(
        context,
        "document",
        "pages/reference/document.html",
        record=record,
        body=books.records.get(record.body),
        uses=list(uses(books, record.symbol)),
        about=await about(context, record.id),
        line_kinds=context.words(LINE_KIND),
    )


def uses(books: Library, symbol: str) -> Iterator[tuple[ReferenceRecord, str, Assertion]]:
    """The records that refer to a document, where in it, and what says how well that is known; each place once."""
    seen = set()
    for record in books.records.values():
        for paras, assertion in _places(record, symbol):
            if (record.id, paras) not in seen and record.id != f"doc:{symbol}":
                seen.add((record.id, paras))
                yield record, paras, assertion


def _places(record: ReferenceRecord, symbol: str) -> Iterator[tuple[str, Assertion]]:
    yield from ((ref.paras, record) for ref in record.refs if ref.symbol == symbol)
    for _, fact in facts(record):
        if isinstance(fact, Layer) and fact.symbol == symbol:
            yield fact.paras, fact
        if isinstance(fact, Outcome) and symbol in (fact.symbol, fact.endorsed_by):
            yield "", fact
        yield from ((ref.paras, fact) for ref in fact.refs if ref.symbol == symbol)


@page("/reference/who", roles=PUBLIC, name="reference_who")
async def who(context: RequestContext) -> Response:
    """`/reference/who`: norms against kinds of actors."""
    actors = get_args(Actor)
    rows = [
        (norm, [tuple(p.part for p in norm.partners if p.actor == actor) for actor in actors])
        for norm in library().kind("norm")
    ]
    return show(context, "who", "pages/reference/who.html", rows=rows, actors=actors)


@page("/reference/sources", roles=PUBLIC, name="reference_sources")
async def sources(context: RequestContext) -> Response:
    """`/reference/sources`: every source, and how it was read."""
    return show(
        context,
        "sources",
        "pages/reference/sources.html",
        sources=sorted(library().sources.values(), key=lambda record: _by_code(record.id)),
    )


def _by_code(id: str) -> tuple[str, int, str]:
    letters = id.rstrip("abcdefghijklmnopqrstuvwxyz0123456789")
    digits = "".join(char for char in id if char.isdigit())
    return letters, int(digits or 0), id
