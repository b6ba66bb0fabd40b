"""Lists the uncertain and old facts of the reference, for those who can check them in the documents."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Literal, get_args

import msgspec

from acquis.reference.library import Library, facts, refs
from acquis.reference.records import Fact, Ref, ReferenceRecord
from acquis.reference.symbols import KnownDocument, parse_symbol

Kind = Literal[
    "unverified", "unknown", "partly", "old", "weak_source", "no_such_source", "home_page", "address_incomplete"
]
UNOPENED: dict[str, Kind] = {"site": "home_page", "beginning": "address_incomplete"}
"""What an address opens that is not the page itself -> the doubt about its source."""
OLD = datetime.timedelta(days=365)


class Doubt(msgspec.Struct, frozen=True):
    """A fact to check. id: the record, or the source whose address does not open its page. field: the field, "" for the
    record itself. kind: why; `partly` is a fact of which a part was not read at a source. text: the present text, or
    that part; of a source, how often it is cited. where: the place in the documents where the fact should be found; of
    a source, its address."""

    id: str
    field: str
    kind: Kind
    text: str
    where: str


def audit(books: Library, today: datetime.date) -> list[Doubt]:
    """All facts that are unverified, in whole or in part, unknown, more than a year old at `today`, or based on weak
    sources only, in the order of the files; then the sources whose page the address does not open."""
    doubts = [doubt for record in books.records.values() for doubt in _doubts(books, record, today)]
    return [*doubts, *_unopened(books)]


def _unopened(books: Library) -> Iterator[Doubt]:
    cited = Counter(ref.source for record in books.records.values() for ref in refs(record))
    for source in books.sources.values():
        if source.opens in UNOPENED:
            text = f"{source.title} (cited {cited[source.id]} times)"
            yield Doubt(source.id, "url", UNOPENED[source.opens], text, source.url)


def _doubts(books: Library, record: ReferenceRecord, today: datetime.date) -> Iterator[Doubt]:
    where = refs_line(record.refs)
    if record.status != "sourced":
        yield Doubt(record.id, "", record.status, record.title, where)
    if today - record.as_of > OLD:
        yield Doubt(record.id, "as_of", "old", record.as_of.isoformat(), where)
    yield from (
        Doubt(record.id, field, fact.status, _text(fact), refs_line(fact.refs) or where)
        for field, fact in facts(record)
        if fact.status != "sourced"
    )
    if record.unverified:
        yield Doubt(record.id, "", "partly", record.unverified, where)
    yield from (
        Doubt(record.id, field, "partly", fact.unverified, refs_line(fact.refs) or where)
        for field, fact in facts(record)
        if fact.unverified
    )
    codes = [ref.source for ref in refs(record) if ref.source]
    for code in dict.fromkeys(codes):
        if code not in books.sources:
            yield Doubt(record.id, "refs", "no_such_source", code, where)
    if _only_weak(books, record.refs):
        yield Doubt(record.id, "refs", "weak_source", record.title, where)
    for field, fact in facts(record):
        if _only_weak(books, fact.refs):
            yield Doubt(record.id, field, "weak_source", _text(fact), refs_line(fact.refs))


def _only_weak(books: Library, named: tuple[Ref, ...]) -> bool:
    """Whether the pages that were read are all weak. The symbol of a document is not a page that was read."""
    pages = [ref for ref in named if ref.source or (ref.url and not ref.symbol)]
    weak = {source.id for source in books.sources.values() if source.read == "weak"}
    return bool(pages) and all(ref.source in weak for ref in pages)


def _text(fact: object) -> str:
    if isinstance(fact, Fact):
        return fact.text
    return str(getattr(fact, "title", "") or getattr(fact, "adds", ""))


def refs_line(named: tuple[Ref, ...]) -> str:
    """References in one line: "A/70/174 13(j); U1"."""
    parts = (" ".join(filter(None, (ref.symbol, ref.paras))) or ref.source or ref.url for ref in named)
    return "; ".join(dict.fromkeys(parts))


def counts(doubts: list[Doubt]) -> dict[str, int]:
    """Kind of doubt -> how many of the `doubts` are of it; every kind is listed, also with 0."""
    return {kind: sum(doubt.kind == kind for doubt in doubts) for kind in get_args(Kind)}


def known_documents(books: Library) -> dict[str, KnownDocument]:
    """Normalized symbol -> document for all documents of the reference; an argument of `symbols.check`."""
    known = {}
    for document in books.documents:
        symbol = parse_symbol(document.symbol)
        kind = symbol.kind if symbol else ""
        year = int(document.date[:4]) if document.date[:4].isdigit() else 0
        word = "report" if kind == "document" else kind
        known[document.symbol] = KnownDocument(document.symbol, word, document.last_paragraph, year)
    return known
