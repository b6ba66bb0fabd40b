"""Lists the uncertain and old facts of the reference, for those who can check them in the documents."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, get_args

import msgspec

from acquis.reference.library import Library, facts, refs
from acquis.reference.records import Fact, Ref, ReferenceRecord
from acquis.reference.symbols import KnownDocument, parse_symbol

Kind = Literal["unverified", "unknown", "old", "weak_source", "no_such_source"]
OLD = datetime.timedelta(days=365)


class Doubt(msgspec.Struct, frozen=True):
    """A fact to check. id: the record. field: the field, "" for the record itself. kind: why. text: the present text.
    where: the place in the documents where the fact should be found."""

    id: str
    field: str
    kind: Kind
    text: str
    where: str


def audit(books: Library, today: datetime.date) -> list[Doubt]:
    """All facts that are unverified, unknown, more than a year old at `today`, or based on a weak source only, in the
    order of the files."""
    return [doubt for record in books.records.values() for doubt in _doubts(books, record, today)]


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
    codes = [ref.source for ref in refs(record) if ref.source]
    for code in dict.fromkeys(codes):
        if code not in books.sources:
            yield Doubt(record.id, "refs", "no_such_source", code, where)
    known = [books.sources[code] for code in codes if code in books.sources]
    if known and all(source.read == "weak" for source in known) and not any(ref.symbol for ref in record.refs):
        yield Doubt(record.id, "refs", "weak_source", record.title, where)


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
